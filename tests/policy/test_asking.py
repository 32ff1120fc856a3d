"""Asking for a rule by id, jurisdiction and day."""

from datetime import date
from pathlib import Path
from types import MappingProxyType

import pytest
from tests.policy.overlays import entry, overlay

from yiheng.policy import Policy, PolicyNotInForce, PolicyUnknown, Problem

SHENZHEN, GUANGZHOU, GUANGDONG, NATION = "440300", "440100", "440000", "100000"
DAY = date(2021, 6, 30)


@pytest.fixture
def policy(tmp_path: Path) -> Policy:
    """One rule of the nation, overridden by the province from 2021 and by one city in 2021 only."""
    return Policy.load(
        overlay(
            tmp_path,
            cn__rules=entry(jurisdiction=NATION, value="nation") + entry("test.other", jurisdiction=NATION),
            cn_44__rules=entry(jurisdiction=GUANGDONG, valid_from="2021-01-01", value="province"),
            cn_4403__rules=entry(valid_from="2021-01-01", valid_to="2021-12-31", value="city")
            + entry("test.local", valid_from="2021-03-01", valid_to="2021-12-31")
            + entry("test.local", valid_from="2023-01-01"),
        )
    )


@pytest.mark.parametrize(
    ("jurisdiction", "on", "value"),
    [
        (SHENZHEN, date(2020, 12, 31), "nation"),
        (SHENZHEN, date(2021, 1, 1), "city"),
        (SHENZHEN, date(2021, 12, 31), "city"),
        (SHENZHEN, date(2022, 1, 1), "province"),
        (GUANGZHOU, date(2021, 6, 30), "province"),
        (NATION, date(2021, 6, 30), "nation"),
    ],
)
def test_the_nearest_jurisdiction_in_force_is_found(
    policy: Policy, jurisdiction: str, on: date, value: str
) -> None:
    assert policy.get("test.rule", jurisdiction, on).value == value


def test_all_gives_each_id_once_from_the_nearest_jurisdiction(policy: Policy) -> None:
    found = {item.id: item.jurisdiction for item in policy.all("test", SHENZHEN, DAY)}
    assert found == {"test.rule": SHENZHEN, "test.other": NATION, "test.local": SHENZHEN}
    assert [item.id for item in policy.all("test", SHENZHEN, date(2020, 6, 1))] == ["test.rule", "test.other"]
    assert policy.all("no-such-type", SHENZHEN, DAY) == ()


def test_before_the_first_day_the_error_names_rule_day_and_source(policy: Policy) -> None:
    with pytest.raises(PolicyNotInForce) as caught:
        policy.get("test.local", SHENZHEN, date(2021, 2, 28))
    text = str(caught.value)
    for said in ("test.local", "尚未生效", "2021-03-01", "《试验文件》（试〔2020〕1号）第一条"):
        assert said in text
    assert policy.find("test.local", SHENZHEN, date(2021, 2, 28)) is None


def test_after_the_last_day_the_error_says_when_it_ended_and_what_follows(policy: Policy) -> None:
    with pytest.raises(PolicyNotInForce, match=r"有效至 2021-12-31.*2023-01-01 起另有规定"):
        policy.get("test.local", SHENZHEN, date(2022, 1, 1))


def test_a_rule_of_another_place_is_not_taken_and_its_places_are_named(policy: Policy) -> None:
    with pytest.raises(PolicyUnknown, match="不适用于广州市，只适用于：深圳市"):
        policy.get("test.local", GUANGZHOU, DAY)


def test_an_unknown_id_lists_near_ones_and_an_unknown_division_the_known_ones(policy: Policy) -> None:
    with pytest.raises(PolicyUnknown, match=r"test\.locl.*相近的有：test\.local"):
        policy.get("test.locl", SHENZHEN, DAY)
    with pytest.raises(PolicyUnknown, match="440300 深圳市"):
        policy.get("test.local", "999999", DAY)


def test_divisions_have_names_and_parents() -> None:
    place = Policy.load().jurisdiction(GUANGZHOU)
    assert (place.name, place.short_name, place.parents) == ("广州市", "广州", (GUANGDONG, NATION))


def test_values_cannot_be_changed(tmp_path: Path) -> None:
    policy = Policy.load(overlay(tmp_path, cn_4403__rules=entry(value="{list: [{a: 1}]}")))
    value = policy.get("test.rule", SHENZHEN, DAY).value
    assert isinstance(value, MappingProxyType)
    assert isinstance(value["list"], tuple) and isinstance(value["list"][0], MappingProxyType)
    with pytest.raises(TypeError):
        value["list"] = ()


def test_validators_run_on_the_entries_of_their_type(policy: Policy) -> None:
    def complain(item: object, whole: Policy) -> list[Problem]:
        assert whole is policy
        return [Problem(getattr(item, "file", ""), getattr(item, "id", ""), "value", "不好", "改")]

    assert {problem.id for problem in policy.problems({"test": complain})} == {
        "test.rule",
        "test.other",
        "test.local",
    }
    assert len(policy.problems({"test": complain})) == 6
    assert policy.problems({"no-such-type": complain}) == []
    assert "test" in policy.types()
