"""Curves, colours and forecasts, worked by hand. 2020 is a leap year of 366 days: 31 August is day 244."""

import datetime as dt
from fractions import Fraction

import pytest

from yiheng.policy import Policy
from yiheng.scoring.curve import Curve, Observation, Shape, forecast, monitor, year_share
from yiheng.scoring.errors import ScoringError
from yiheng.scoring.profiles import MonitoringProfile, is_house

AUGUST = dt.date(2020, 8, 31)
LINEAR = Curve()
SEASONAL = Curve(Shape.SEASONAL, months=(*[Fraction(1, 20)] * 10, Fraction(1, 4), Fraction(1, 4)))
STEPS = Curve(
    Shape.STEP, steps=((dt.date(2020, 6, 30), Fraction(2, 5)), (dt.date(2020, 11, 30), Fraction(1)))
)


@pytest.fixture(scope="module")
def profile(policy: Policy) -> MonitoringProfile:
    return MonitoringProfile.of(policy, "440300", AUGUST)


@pytest.mark.parametrize(
    ("curve", "day", "share"),
    [
        (LINEAR, AUGUST, Fraction(244, 366)),
        (LINEAR, dt.date(2020, 1, 1), Fraction(1, 366)),
        (LINEAR, dt.date(2020, 12, 31), Fraction(1)),
        (SEASONAL, AUGUST, Fraction(8, 20)),
        (SEASONAL, dt.date(2020, 11, 15), Fraction(10, 20) + Fraction(1, 8)),
        (SEASONAL, dt.date(2020, 12, 31), Fraction(1)),
        (STEPS, dt.date(2020, 6, 29), Fraction(0)),
        (STEPS, dt.date(2020, 6, 30), Fraction(2, 5)),
        (STEPS, dt.date(2020, 12, 1), Fraction(1)),
        (Curve(Shape.YEAR_END), dt.date(2020, 12, 30), Fraction(0)),
        (Curve(Shape.YEAR_END), dt.date(2020, 12, 31), Fraction(1)),
    ],
)
def test_expected(curve: Curve, day: dt.date, share: Fraction) -> None:
    assert curve.expected(day, 2020) == share


@pytest.mark.parametrize(
    ("progress", "colour"),
    [
        ("1.2", "blue"),
        ("1.1999", "green"),
        ("0.8", "green"),
        ("0.7999", "yellow"),
        ("0.6", "yellow"),
        ("0.5999", "red"),
        ("0", "red"),
    ],
)
def test_colours(profile: MonitoringProfile, progress: str, colour: str) -> None:
    assert profile.status(Fraction(progress)).colour == colour
    assert is_house(profile.entry)


def test_a_year_on_its_way(profile: MonitoringProfile) -> None:
    seen = (Observation(dt.date(2020, 6, 30), Fraction(1, 2)), Observation(AUGUST, Fraction(1, 2)))
    found = monitor(seen, LINEAR, AUGUST, 2020, profile)
    assert found is not None and found.status is not None and found.forecast is not None
    assert (found.progress, found.status.colour) == (Fraction(3, 4), "yellow")
    # Half by day 182 leads to 183/182 of the target, half by day 244 to 3/4.
    assert (found.forecast.value, found.forecast.low, found.forecast.high) == (
        Fraction(3, 4),
        Fraction(3, 4),
        Fraction(183, 182),
    )


def test_what_comes_later_is_not_known_yet(profile: MonitoringProfile) -> None:
    later = (Observation(dt.date(2020, 9, 1), Fraction(1)),)
    assert monitor(later, LINEAR, AUGUST, 2020, profile) is None
    assert monitor((), LINEAR, AUGUST, 2020, profile) is None


def test_nothing_due_no_colour(profile: MonitoringProfile) -> None:
    seen = (Observation(AUGUST, Fraction(1, 2)),)
    found = monitor(seen, Curve(Shape.YEAR_END), AUGUST, 2020, profile)
    assert found is not None and found.progress is None and found.status is None and found.forecast is None


def test_one_observation_has_no_interval() -> None:
    found = forecast((Observation(AUGUST, Fraction(2, 3)),), LINEAR, 2020)
    assert found is not None and (found.value, found.low, found.high) == (1, None, None)


def test_bad_curves_and_days_are_refused() -> None:
    with pytest.raises(ScoringError, match="合计为 1"):
        Curve(Shape.SEASONAL, months=(Fraction(1, 12),) * 11)
    with pytest.raises(ScoringError, match="最后为 1"):
        Curve(Shape.STEP, steps=((AUGUST, Fraction(1, 2)),))
    with pytest.raises(ScoringError, match="最后为 1"):
        Curve(Shape.STEP, steps=((AUGUST, Fraction(1)), (dt.date(2020, 3, 1), Fraction(1))))
    with pytest.raises(ScoringError, match="不在 2021 年度内"):
        LINEAR.expected(AUGUST, 2021)
    assert year_share(dt.date(2021, 12, 31)) == 1


def test_what_is_spent_stays_spent() -> None:
    """January would lead to 24 % of the year, but two thirds are spent by August."""
    seen = (Observation(dt.date(2020, 1, 31), Fraction(2, 100)), Observation(AUGUST, Fraction(2, 3)))
    found = forecast(seen, LINEAR, 2020)
    assert found is not None
    assert (found.low, found.value, found.high) == (Fraction(2, 3), Fraction(1), Fraction(1))


def test_what_has_fallen_may_fall_again() -> None:
    seen = (Observation(dt.date(2020, 6, 30), Fraction(9, 10)), Observation(AUGUST, Fraction(1, 3)))
    found = forecast(seen, LINEAR, 2020)
    assert found is not None and found.low == Fraction(1, 2)
