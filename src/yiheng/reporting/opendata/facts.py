"""The leaf facts as one wide file (预算明细): one row a fact, its codes split into levels with their names."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from yiheng.facts import YUAN_UOM, Fact
from yiheng.reporting import wording
from yiheng.reporting.labels import Labels

Read = Callable[[Fact, Labels], str]


@dataclass(frozen=True, slots=True)
class Field:
    """A column: name and title, Table Schema type, the fiscal concept it stands for, and how to read it."""

    name: str
    title: str
    type: str
    concept: str
    read: Read
    required: bool = False


# Which phase and direction of the budget cycle a measure belongs to; other measures are cuts of the same money.
_PHASES: Final[Mapping[str, tuple[str, str]]] = {
    "budget": ("approved", "expenditure"),
    "budget_adjusted": ("adjusted", "expenditure"),
    "spending": ("executed", "expenditure"),
    "budget_revenue": ("approved", "revenue"),
    "revenue": ("executed", "revenue"),
}
_PHASE_NAMES: Final = {"approved": "年初预算", "adjusted": "调整预算", "executed": "执行（决算）"}
_LEVELS: Final = {"function": (3, 5, 7), "economic": (3, 5)}
"""Digits of 类, 款 and 项."""
_LEVEL_NAMES: Final = (("class", "类"), ("section", "款"), ("item", "项"))
_CONCEPTS: Final = {
    "function": "functional-classification:generic",
    "economic": "economic-classification:generic",
    "fund": "fin-source:generic:level1",
    "source": "fin-source:generic:level2",
    "category": "expenditure-type",
    "program": "activity:generic:program",
    "project": "activity:generic:project",
}


def fields(facts: Sequence[Fact], labels: Labels, internal: bool) -> tuple[Field, ...]:
    """The columns for these facts. Dimensions that none of them has still get the columns of the vocabulary."""
    extra = sorted({name for fact in facts for name in fact.dims} - set(labels.dimensions))
    plain = [name for name in (*labels.dimensions, *extra) if name not in _LEVELS]
    return (
        Field("id", "编号", "string", "budget-line-id", lambda f, _: f"{f.measure}/{f.view}/{f.key}", True),
        Field("year", "年度", "integer", "date:fiscal-year", lambda f, _: str(f.year), True),
        Field(
            "unit", "单位", "string", "administrative-classification:generic:code", lambda f, _: f.unit, True
        ),
        Field(
            "unit_name",
            "单位名称",
            "string",
            "administrative-classification:generic:label",
            lambda f, labels: labels.unit(f.unit),
        ),
        Field(
            "direction", "收支方向", "string", "direction", lambda f, _: _PHASES.get(f.measure, ("", ""))[1]
        ),
        Field("phase", "阶段", "string", "phase:id", lambda f, _: _phase(f)),
        Field(
            "phase_name", "阶段名称", "string", "phase:label", lambda f, _: _PHASE_NAMES.get(_phase(f), "")
        ),
        Field("measure", "指标", "string", "", lambda f, _: f.measure, True),
        Field("measure_name", "指标名称", "string", "", lambda f, labels: labels.measure(f.measure)),
        Field("view", "口径", "string", "", lambda f, _: f.view, True),
        Field("view_name", "口径名称", "string", "", lambda f, labels: labels.view(f.view)),
        *(field for name in _LEVELS for field in _levels(name, labels)),
        *(field for name in plain for field in _dimension(name, labels)),
        Field("amount", "数值", "number", "value", lambda f, _: number(f), True),
        Field("uom", "计量单位", "string", "", lambda f, _: f.uom, True),
        Field("precision", "精度（0 为准确数）", "number", "", lambda f, _: _precision(f)),
        Field("date", "日期", "string", "", lambda f, _: wording.date_text(f.on, f.on_precision)),
        Field("document", "来源文件", "string", "", lambda f, labels: labels.document(f.source.document)),
        Field("place", "出处", "string", "", lambda f, _: f.source.place),
        *(_ledger() if internal else ()),
    )


def rows(facts: Iterable[Fact], columns: Sequence[Field], labels: Labels) -> Iterable[list[str]]:
    """The facts as text, column by column."""
    return ([column.read(fact, labels) for column in columns] for fact in facts)


def number(fact: Fact) -> str:
    """Decimal yuan for money, the count for anything else; without thousands separators."""
    return wording.yuan(fact.amount).replace(",", "") if fact.uom == YUAN_UOM else str(fact.amount)


def model(columns: Sequence[Field], resource: str) -> dict[str, Any]:
    """The measures and dimensions of the file, as version 0.3 of the Fiscal Data Package describes them."""
    dimensions: dict[str, Any] = {}
    for column in columns:
        concept = column.concept.partition(":")[0]
        kind = _DIMENSION_TYPES.get(concept)
        if kind is None:
            continue
        dimension = dimensions.setdefault(
            concept, {"dimensionType": kind, "primaryKey": [], "attributes": {}}
        )
        dimension["attributes"][column.name] = {"source": column.name, "resource": resource}
        if not column.concept.endswith(":label"):
            dimension["primaryKey"].append(column.name)
    return {
        "measures": {"amount": {"source": "amount", "resource": resource, "currency": "CNY", "factor": 1}},
        "dimensions": dimensions,
    }


_DIMENSION_TYPES: Final = {
    "date": "datetime",
    "administrative-classification": "classification",
    "functional-classification": "classification",
    "economic-classification": "classification",
    "fin-source": "classification",
    "expenditure-type": "classification",
    "activity": "activity",
    "phase": "other",
    "direction": "other",
}


def _phase(fact: Fact) -> str:
    return _PHASES.get(fact.measure, ("", ""))[0]


def _precision(fact: Fact) -> str:
    if fact.uom != YUAN_UOM:
        return str(fact.quantum)
    return wording.yuan(fact.quantum).replace(",", "") if fact.quantum else "0"


def _levels(dimension: str, labels: Labels) -> Iterable[Field]:
    """A code by levels: each level has a code and a name, blank where the fact is known less finely."""
    for number, digits in enumerate(_LEVELS[dimension], 1):
        suffix, title = _LEVEL_NAMES[number - 1]
        concept = f"{_CONCEPTS[dimension]}:level{number}"
        yield Field(
            f"{dimension}_{suffix}",
            f"{labels.dimension(dimension)}（{title}）",
            "string",
            f"{concept}:code",
            _part(dimension, digits),
        )
        yield Field(
            f"{dimension}_{suffix}_name",
            f"{labels.dimension(dimension)}（{title}）名称",
            "string",
            f"{concept}:label",
            _part_name(dimension, digits),
        )


def _part(dimension: str, digits: int) -> Read:
    def read(fact: Fact, _: Labels) -> str:
        code = fact.dims.get(dimension, "")
        return code[:digits] if len(code) >= digits else ""

    return read


def _part_name(dimension: str, digits: int) -> Read:
    part = _part(dimension, digits)
    return lambda fact, labels: labels.name(dimension, part(fact, labels))


def _dimension(name: str, labels: Labels) -> Iterable[Field]:
    concept = _CONCEPTS.get(name, "")
    code, label = (f"{concept}:code", f"{concept}:label") if concept else ("", "")
    title = labels.dimension(name)
    yield Field(name, title, "string", code, lambda f, _: f.dims.get(name, ""))
    yield Field(
        f"{name}_name",
        f"{title}名称",
        "string",
        label,
        lambda f, labels: labels.name(name, f.dims.get(name, "")),
    )


def _ledger() -> tuple[Field, ...]:
    """Rows of the ledger, for internal papers."""
    return (
        Field("ledger_table", "台账表", "string", "", lambda f, _: f.source.table),
        Field("ledger_row", "台账行", "string", "", lambda f, _: f.source.row),
    )
