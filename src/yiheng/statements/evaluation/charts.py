"""Charts of an evaluation paper (得分瀑布、完成率、指标体系雷达), from the same scores as its tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Final

from yiheng.facts import Chart, PointState, Series
from yiheng.money import round_to
from yiheng.scoring.attainment import Status
from yiheng.scoring.department import CriterionScore
from yiheng.scoring.reproduction import SheetReproduction
from yiheng.scoring.rowscore import show
from yiheng.scoring.whole import Whole
from yiheng.statements.evaluation.draw import apart
from yiheng.statements.evaluation.judged import Judged, deductions

POINTS: Final = "分"
PERCENT: Final = "%"
WHOLE_WATERFALL: Final = "department-score"
WHOLE_RADAR: Final = "department-rates"
PLACES: Final = 2
RATE_PLACES: Final = 1
LEAST_AXES: Final = 3
"""A radar of fewer axes has no area."""
LEAST_STEPS: Final = 2
"""A single deduction of a project is said in one line and needs no picture."""
_STATES: Final = {Status.MET: PointState.MET, Status.NOT_MET: PointState.UNMET}


def department_charts(judged: Judged) -> tuple[Chart, ...]:
    """Waterfall and radar of the whole department."""
    if judged.department is None:
        return ()
    made = (_whole_waterfall(judged.department), _radar(judged, judged.department))
    return tuple(chart for chart in made if chart is not None)


def project_charts(judged: Judged) -> tuple[Chart, ...]:
    """For each project what it lost, and how far its measurable indicators came."""
    return tuple(chart for found in judged.projects for chart in _of_project(found))


def _of_project(found: SheetReproduction) -> Iterator[Chart]:
    score = found.score
    name = score.sheet.name
    lost = [(one.name, one.lost) for one in deductions(score)]
    drawn = _waterfall(f"{score.sheet.key}-score", f"{name}：得分构成", score.weights, lost, score.total)
    if drawn is not None and len(lost) >= LEAST_STEPS:
        yield drawn
    measured = [
        row for row in score.rows if row.attainment.status in _STATES and row.attainment.ratio is not None
    ]
    if measured:
        labels = apart([row.row.name for row in measured])
        points = tuple(
            (label, round_to((row.attainment.ratio or Fraction(0)) * 100, RATE_PLACES))
            for label, row in zip(labels, measured, strict=True)
        )
        states = tuple(_STATES[row.attainment.status] for row in measured)
        series = Series("完成率", points, states=states)
        yield Chart(f"{score.sheet.key}-attainment", "attainment", f"{name}：指标完成率", PERCENT, (series,))


def _whole_waterfall(whole: Whole) -> Chart | None:
    lost = [
        (
            row.criterion.name,
            round_to((row.criterion.weight or Fraction(0)) - Fraction(row.points or 0), PLACES),
        )
        for row in whole.scored
    ]
    lost = [(name, points) for name, points in lost if points]
    title = f"{whole.score.framework.title}：得分构成"
    chart = _waterfall(WHOLE_WATERFALL, title, whole.weight, lost, whole.total)
    if chart is not None and whole.open:
        names = "、".join(row.criterion.name for row in whole.open)
        return Chart(chart.id, chart.kind, chart.title, chart.unit, chart.series, f"{names}未评，不在图中。")
    return chart


def _waterfall(
    id: str, title: str, full: Fraction, lost: Sequence[tuple[str, Decimal]], total: Decimal | None
) -> Chart | None:
    """None where nothing was lost, or where rounded weights do not add up to what they share."""
    if total is None or not lost:
        return None
    top = Decimal(show(full)) if Fraction(round_to(full, PLACES)) == full else None
    if top is None or top - sum((points for _, points in lost), Decimal(0)) != total:
        return None
    names = apart([name for name, _ in lost])
    points = [("满分", top), *zip(names, (points for _, points in lost), strict=True), ("得分", total)]
    return Chart(id, "waterfall", title, POINTS, (Series("得分", tuple(points)),))


def _radar(judged: Judged, whole: Whole) -> Chart | None:
    """One axis a level-2 group; unknown where one of its criteria is open."""
    groups: dict[str, list[CriterionScore]] = {}
    for row in whole.score.criteria:
        groups.setdefault(row.criterion.level2 or row.criterion.name, []).append(row)
    points = tuple((name, _rate(rows)) for name, rows in groups.items())
    if len([value for _, value in points if value is not None]) < LEAST_AXES:
        return None
    series = Series(judged.department_year.unit.name, points)
    return Chart(WHOLE_RADAR, "radar", f"{whole.score.framework.title}：得分率", PERCENT, (series,))


def _rate(rows: Sequence[CriterionScore]) -> Decimal | None:
    full = sum((row.criterion.weight or Fraction(0) for row in rows), Fraction(0))
    if not full or any(row.points is None for row in rows):
        return None
    reached = sum((Fraction(row.points or 0) for row in rows), Fraction(0))
    return round_to(reached / full * 100, PLACES)
