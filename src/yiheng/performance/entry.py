"""Judging the actuals of a content before they are written (实际完成值装载前校验): what gives them, and in which unit.

A row that was transcribed from a paper is taken as printed; the same defects are findings of `yiheng evaluate` there.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from yiheng.facts.sheets import SheetRow
from yiheng.ledger.models import JournalRow, current
from yiheng.ledger.sheets import shapes
from yiheng.ledger.validation.context import Context, Rows
from yiheng.ledger.validation.problem import problem
from yiheng.policy import PolicyUnknown
from yiheng.reading.problems import Problem
from yiheng.scoring.actual import parse_actual
from yiheng.scoring.attainment import attain
from yiheng.scoring.errors import ScoringError
from yiheng.scoring.grammar import parse, unknown_units
from yiheng.scoring.lexicon import Lexicon, Relation
from yiheng.scoring.measures import Measures
from yiheng.scoring.override import override
from yiheng.scoring.sheet import COST

from .actuals import COLUMN, SOURCES, unknown_measure
from .models import Indicator
from .providers import Provider, unknown_query

_WAYS: Final = {"measure": "取数口径", "query": "业务查询"}


def actual_problems(rows: Rows, context: Context, provider: Provider | None = None) -> Iterator[Problem]:
    """Everything that keeps the content's own indicators, actuals and rows of sheets from being written.

    Without a provider the names of queries cannot be looked up.
    """
    entry = _Entry(rows, context, provider)
    for row in rows.get("indicators", ()):
        yield from entry.names(row, row.text("project"))
    for row in rows.get("actuals", ()):
        if not row.text("document"):
            yield from entry.actual(row)
    for row in rows.get("evaluation_rows", ()):
        if not row.text("document") and row.text("actual"):
            yield from entry.filled_in_twice(row)


def named_rows(rows: Rows, model: type[JournalRow], keys: Iterable[str]) -> dict[str, SheetRow]:
    """The rows of a sheet that are named, of the content and, where it has none of that key, of the ledger."""
    shape = shapes()[model.sheet]
    found = {row.key: row for row in rows.get(model.sheet, ())}
    stored = current(model).filter(key__in=set(keys) - {"", *found}).values_list(*shape.attributes)
    return found | {shape.key(values): shape.row(values) for values in stored}


@dataclass
class _Entry:
    """What the rows of one content are judged against."""

    rows: Rows
    context: Context
    provider: Provider | None
    _indicators: dict[str, SheetRow] | None = None
    _rules: dict[tuple[str, int], tuple[Lexicon, Measures] | None] = field(default_factory=dict)

    def actual(self, row: SheetRow) -> Iterator[Problem]:
        """The problems of one actual."""
        indicator, kind = self.indicators.get(row.text("indicator")), row.text("kind")
        yield from self.names(row, indicator.text("project") if indicator else "")
        declared = {column: indicator.text(column) for column in _WAYS} if indicator else {}
        if kind not in SOURCES:
            yield from _against_the_measure(row, declared, "value")
        elif not (asked := row.text(COLUMN[kind]) or declared.get(COLUMN[kind], "")):
            title = _WAYS[COLUMN[kind]]
            yield problem(
                row, "没有取数口径", COLUMN[kind], f"没有填{title}，它的绩效指标也没有，不知道由什么得出",
                f"填写{title}；由人填写的，取得方式改为填报",
            )  # fmt: skip
        elif row.text("value") and not row.text("system_value"):
            yield problem(
                row, "改写没有理由", "value", f"由“{asked}”得出的值由系统填写，这里另填了“{row.text('value')}”",
                "清空实际完成值；确要改写的，填系统得出的值和改写理由",
            )  # fmt: skip
        rules = self._in_force(row)
        if rules and row.text("value"):
            mismatched = list(_override(row, rules[0]))
            yield from mismatched
            if indicator is not None and not mismatched:
                yield from _against_the_target(row, indicator, rules[0])

    def names(self, row: SheetRow, project: str) -> Iterator[Problem]:
        """A measure or query that nobody has."""
        rules = self._in_force(row)
        if rules and (id := row.text("measure")):
            measure = rules[1].by_id.get(id)
            if measure is None:
                yield problem(
                    row, "取数口径不存在", "measure", unknown_measure(id, rules[1]),
                    "改为列出的编号，见 yiheng indicators --measures",
                )  # fmt: skip
            elif project and not measure.of_projects:
                yield problem(
                    row, "取数口径不适用", "measure", f"“{measure.name}”只能由部门整体计算，不能由单个项目计算",
                    "改用项目也有的取数口径，或把指标改为部门指标",
                )  # fmt: skip
        query = row.text("query")
        if self.provider is not None and query and (reason := unknown_query(self.provider, query)):
            yield problem(row, "业务查询不存在", "query", reason, "改为列出的查询名称")

    def filled_in_twice(self, row: SheetRow) -> Iterator[Problem]:
        """A row of a sheet with an actual of its own, whose indicator gets its actual from the system."""
        indicator = self.indicators.get(row.text("indicator"))
        if indicator is not None:
            yield from _against_the_measure(
                row, {column: indicator.text(column) for column in _WAYS}, "actual"
            )

    @property
    def indicators(self) -> Mapping[str, SheetRow]:
        """The indicators that are named, of the content and, where it has none of that key, of the ledger."""
        if self._indicators is None:
            referring = (*self.rows.get("actuals", ()), *self.rows.get("evaluation_rows", ()))
            self._indicators = named_rows(self.rows, Indicator, (row.text("indicator") for row in referring))
        return self._indicators

    def _in_force(self, row: SheetRow) -> tuple[Lexicon, Measures] | None:
        """The rules of the row's year and place; None where others have told already that there are none."""
        year, place = row.values.get("year"), self.context.jurisdiction(row.text("unit"))
        if not isinstance(year, int) or not place:
            return None
        if (place, year) not in self._rules:
            day = dt.date(year, 12, 31)
            try:
                policy = self.context.policy
                self._rules[place, year] = Lexicon.of(policy, place, day), Measures.of(policy, place, day)
            except PolicyUnknown:
                self._rules[place, year] = None
        return self._rules[place, year]


def _against_the_measure(row: SheetRow, declared: Mapping[str, str], column: str) -> Iterator[Problem]:
    for name, title in _WAYS.items():
        if asked := declared.get(name, ""):
            yield problem(
                row, "改写矛盾", column, f"该指标由{title}“{asked}”得出，这里又直接填了“{row.text(column)}”",
                "清空这一栏；确要改写的，在“实际完成值”表填改写的值、系统得出的值和改写理由",
            )  # fmt: skip


def _override(row: SheetRow, lexicon: Lexicon) -> Iterator[Problem]:
    """A value that cannot stand for what the system gave."""
    system, reason, year = row.text("system_value"), row.text("override_reason"), row.values["year"]
    if not system or not reason or row.text("kind") not in SOURCES:
        return  # told by the row itself
    try:
        override(system, row.text("value"), SOURCES[row.text("kind")], reason, lexicon, int(str(year)))
    except ScoringError as error:
        yield problem(row, "改写矛盾", "value", str(error), "按系统得出的值的单位填写")


def _against_the_target(row: SheetRow, indicator: SheetRow, lexicon: Lexicon) -> Iterator[Problem]:
    """A unit that nobody knows, or one that the target does not have."""
    year = int(str(row.values["year"]))
    if not indicator.text("target"):
        return
    target = parse(indicator.text("target"), lexicon, year)
    actual = parse_actual(row.text("value"), lexicon, year, target)
    if actual.value is not None and (unknown := list(unknown_units(actual.value, lexicon))):
        yield problem(
            row,
            "单位不认识",
            "value",
            f"单位 {'、'.join(unknown)} 不认识",
            "请改用已收录的单位，或在自有目录补充",
        )
        return
    found = attain(target, actual, lexicon, lower_is_better=indicator.text("level2") == COST)
    if found.relation is Relation.DIFFERENT:
        yield problem(
            row, "目标与实际单位不一致", "value",
            f"指标值是“{indicator.text('target')}”，实际完成值是“{row.text('value')}”：{found.relation.label}",
            "请按指标值的单位填写实际完成值",
        )  # fmt: skip
