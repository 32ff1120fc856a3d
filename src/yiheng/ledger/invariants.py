"""What must hold of the ledger as a whole after a write (台账恒等规则), where no constraint can say it.

Only what the changes can break is looked at: the rules on views forbid rows side by side, so that a row breaks one
only where it newly stands; an amount that changed, or a row that went, breaks none. Each rule is one query; it names
the rows by key, since they may have come with different contents.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

from django.db.models import Count, Q

from yiheng.facts import JOINT_VIEW
from yiheng.reading.problems import Problem

from .coverage import chain
from .difference import Change
from .models import (
    Adjustment,
    BudgetLine,
    JournalRow,
    Payment,
    Procurement,
    Revenue,
    ThreePublic,
    Unit,
    current,
)
from .sheets import Values, shapes

_VIEWED: Final[tuple[tuple[type[JournalRow], tuple[str, ...]], ...]] = (
    (BudgetLine, ("unit_id", "year", "stage")),
    (Adjustment, ("unit_id", "year")),
    (Payment, ("unit_id", "year")),
    (Revenue, ("unit_id", "year", "stage")),
    (Procurement, ("unit_id", "year")),
)
_POINTERS: Final = (("payments", "contract", "contracts"), ("contracts", "procurement", "procurements"),
                    ("objectives", "task", "tasks"), ("evaluation_rows", "evaluation", "evaluations"),
                    ("evaluation_rows", "indicator", "indicators"), ("criterion_scores", "evaluation", "evaluations"),
                    ("criterion_inputs", "evaluation", "evaluations"), ("survey_answers", "survey", "surveys"),
                    ("survey_frames", "survey", "surveys"), ("actuals", "indicator", "indicators"),
                    ("deviations", "indicator", "indicators"), ("follow_ups", "deviation", "deviations"))  # fmt: skip
"""References to sheets whose rows have versions, which no foreign key can hold."""


def broken_invariants(changes: Sequence[Change]) -> list[Problem]:
    """Every rule that the ledger breaks where the changes touched it."""
    touched: dict[str, list[Change]] = {}
    for change in changes:
        touched.setdefault(change.sheet, []).append(change)
    come = _newly_standing(changes)
    scope = _scope(come)
    return [
        *_unit_circles(touched),
        *_pointers(touched),
        *_mixed_views(come, scope),
        *_two_adjusted(come, scope),
        *_two_three_publics(come, scope),
    ]


class _Standing(NamedTuple):
    """Where a row stands, as far as the rules on views ask; "" where its sheet has no such column."""

    unit: Any
    year: Any
    stage: Any
    view: Any


_Come = dict[str, set[_Standing]]
"""Sheet → where rows came to stand that did not stand there before."""


def _newly_standing(changes: Iterable[Change]) -> _Come:
    found: _Come = {}
    for change in changes:
        place = shapes()[change.sheet].place
        if change.after is None or not {"unit", "year"} <= place.keys():
            continue
        now = _standing(place, change.after)
        if change.before is None or _standing(place, change.before) != now:
            found.setdefault(change.sheet, set()).add(now)
    return found


def _standing(place: Mapping[str, int], values: Values) -> _Standing:
    return _Standing(*(values[place[name]] if name in place else "" for name in _Standing._fields))


def _scope(come: _Come) -> Q:
    """A condition that holds for all rows of the units and years where rows came to stand."""
    there = {each for of_sheet in come.values() for each in of_sheet}
    return Q(unit__in={each.unit for each in there}, year__in={each.year for each in there})


def _problem(kind: str, sheet: str, value: str, reason: str, remedy: str) -> Problem:
    return Problem(
        kind=kind, file="台账", reason=reason, remedy=remedy, sheet=shapes()[sheet].title, value=value
    )


def _unit_circles(touched: dict[str, list[Change]]) -> Iterator[Problem]:
    if "units" not in touched:
        return
    parents = {key: parent or "" for key, parent in Unit.objects.values_list("key", "parent_id")}
    reported: set[frozenset[str]] = set()
    for change in touched["units"]:
        above = chain(change.key, parents)
        back = parents.get(above[-1], "")
        circle = above[above.index(back) :] if back in above else ()
        if circle and frozenset(circle) not in reported:
            reported.add(frozenset(circle))
            reason = f"单位的上级绕成一圈：{' → '.join((*circle, back))}"
            yield _problem("上级单位循环", "units", back, reason, "改正其中一个单位的上级")


def _pointers(touched: dict[str, list[Change]]) -> Iterator[Problem]:
    for sheet, column, target in _POINTERS:
        if sheet not in touched and target not in touched:
            continue
        index = shapes()[sheet].place[column]
        named = {
            change.after[index] for change in touched.get(sheet, ()) if change.after and change.after[index]
        }
        gone = {change.key for change in touched.get(target, ()) if change.after is None}
        source: Any = shapes()[sheet].model
        aim: Any = shapes()[target].model
        if gone:
            named |= set(current(source).filter(**{f"{column}__in": gone}).values_list(column, flat=True))
        if named:
            named -= set(current(aim).filter(key__in=named).values_list("key", flat=True))
        for key in sorted(named):
            title, label = shapes()[target].title, shapes()[sheet].label(column)
            yield _problem(
                "引用不存在", sheet, key, f"“{label}”栏所引的行在“{title}”表中不存在或已删除",
                f"在“{title}”表补上该行，或改正引用",
            )  # fmt: skip


def still_named(changes: Sequence[Change]) -> list[Problem]:
    """A problem for each withdrawn row of a register that rows in use still refer to.

    A load brings or removes the rows that refer to it together; who removes a single row may not know them.
    """
    gone: dict[str, set[str]] = {}
    for change in changes:
        if change.after is None and shapes()[change.sheet].is_register:
            gone.setdefault(change.sheet, set()).add(change.key)
    found: list[Problem] = []
    for shape in shapes().values():
        for column, target in shape.references:
            if target not in gone:
                continue
            model: Any = shape.model
            rows = model.objects.filter(active=True) if shape.is_register else current(model)
            named = rows.filter(**{f"{column}__in": gone[target]}).values(column)
            for row in named.annotate(rows=Count("pk")).order_by(column):
                reason = f"“{shape.title}”还有 {row['rows']} 行引用这一行"
                remedy = f"先删去或改正“{shape.title}”中的这些行，再删除"
                found.append(_problem("仍被引用", target, row[column], reason, remedy))
    return found


def _mixed_views(come: _Come, scope: Q) -> Iterator[Problem]:
    joint = Count("pk", filter=Q(view=JOINT_VIEW))
    other = Count("pk", filter=~Q(view=JOINT_VIEW))
    for model, group in _VIEWED:
        if model.sheet not in come:
            continue
        rows: Any = current(model).filter(scope)
        for found in rows.values(*group).annotate(joint=joint, other=other).filter(joint__gt=0, other__gt=0):
            yield _problem(
                "口径混用", model.sheet, "，".join(str(found[name]) for name in group),
                f"同一单位、年度、阶段既有完整明细（joint）{found['joint']} 行，又有单一口径 {found['other']} 行，"
                "合计会重复",
                "只留一种：有完整明细的，删去按功能、按经济、按项目等单一口径的行",
            )  # fmt: skip


def _two_adjusted(come: _Come, scope: Q) -> Iterator[Problem]:
    if "adjustments" not in come and "adjusted" not in _stages(come):
        return
    printed = current(BudgetLine).filter(scope, stage="adjusted").values_list("unit_id", "year")
    moved = current(Adjustment).filter(scope).values_list("unit_id", "year")
    for unit, year in sorted(set(printed.distinct()) & set(moved.distinct())):
        yield _problem(
            "调整预算重复", "adjustments", f"{unit}，{year}",
            "既有调整阶段的支出预算，又有预算调整的流水，调整预算数无从取舍",
            "能列明每笔调整的，删去调整阶段的行；只知道调整后总数的，删去流水",
        )  # fmt: skip


def _stages(come: _Come) -> set[str]:
    """The stages at which budget lines came to stand."""
    return {each.stage for each in come.get("budget_lines", ())}


def _two_three_publics(come: _Come, scope: Q) -> Iterator[Problem]:
    if not {"three_public", "payments"} & come.keys() and not {"approved", "adjusted"} & _stages(come):
        return
    lines = current(BudgetLine).filter(scope, view=JOINT_VIEW)
    planned = set(lines.filter(stage="approved").values_list("unit_id", "year").distinct())
    printed = set(lines.filter(stage="adjusted").values_list("unit_id", "year").distinct())
    paid = current(Payment).filter(scope, view=JOINT_VIEW).values_list("unit_id", "year").distinct()
    joint = {"budget": planned, "adjusted": planned | printed, "accounts": set(paid)}
    own = current(ThreePublic).filter(scope).values_list("unit_id", "year", "stage").distinct()
    for unit, year, stage in sorted(own):
        if (unit, year) in joint[stage]:
            yield _problem(
                "三公经费重复", "three_public", f"{unit}，{year}，{stage}",
                "该单位该年度已有完整明细，三公经费由经济分类科目得出，不得另填",
                "删去“三公经费”表中的这些行；与明细不符时，核对明细的经济分类科目",
            )  # fmt: skip
