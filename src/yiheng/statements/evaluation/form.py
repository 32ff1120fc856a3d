"""The forms of evaluation tables (自评表式): the policy entry of type `evaluation_form`, typed.

A table has blocks, a block columns. A column shows a named value of its rows, or adds up measures of the ledger.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from yiheng.facts.select import Conditions
from yiheng.statements.template import TemplateError, TermSpec, known, needs, texts, where_of

FORM: Final = "form.evaluation"
TYPE: Final = "evaluation_form"
SHOWS: Final[Mapping[str, Mapping[str, frozenset[str]]]] = {
    "sheet": {
        "general": frozenset({"label", "value"}),
        "funds": frozenset({"label", "weight", "rate", "points"}),
        "goals": frozenset({"goal", "outcome"}),
        "indicators": frozenset(
            {"level1", "level2", "label", "target", "actual", "weight", "points", "reason"}
        ),
        "total": frozenset({"label", "weight", "points", "grade"}),
    },
    "framework": {
        "criteria": frozenset(
            {"level1", "level2", "label", "standard", "weight", "points", "rate", "ground", "assumed"}
        )
    },
    "summary": {
        "projects": frozenset({"number", "label", "rate", "weight", "points", "grade", "printed", "verdict"})
    },
    "deductions": {"rows": frozenset({"project", "label", "weight", "points", "lost", "reason"})},
    "survey": {
        "questions": frozenset({"label", "options", "rate"}),
        "results": frozenset({"label", "value"}),
    },
    "findings": {"rows": frozenset({"number", "severity", "label", "place", "message", "next"})},
    "units": {"units": frozenset({"label", "share"})},
}
"""What the columns of each block of each table may show."""
VALUES: Final = frozenset({"name", "amount", "department", "implementer"})
"""What the lines of a sheet's head may say."""
ROLES: Final = ("", "total")


@dataclass(frozen=True, slots=True)
class ColumnForm:
    """A column: a named value of its row, or measures of the ledger to be added up."""

    path: tuple[str, ...]
    show: str = ""
    terms: tuple[TermSpec, ...] = ()
    views: tuple[str, ...] = ()
    """The views that attest its money, best first."""
    optional: bool = False
    """Left out where no row has anything to show in it."""


@dataclass(frozen=True, slots=True)
class RowForm:
    """A fixed line: words, or a part of the money."""

    label: str
    value: str = ""
    where: Conditions = ()
    role: str = ""


@dataclass(frozen=True, slots=True)
class BlockForm:
    """Columns that stand over rows; `of` says what the rows are."""

    of: str
    title: str
    columns: tuple[ColumnForm, ...]
    rows: tuple[RowForm, ...]


@dataclass(frozen=True, slots=True)
class TableForm:
    """One table. `code` and `title` may name {number} and {name} where there are several."""

    code: str
    title: str
    unit: str
    blocks: tuple[BlockForm, ...]
    notes: tuple[str, ...] = ()
    first: int = 1
    """The number of the first, where there are several."""

    def named(self, name: Mapping[str, Any]) -> TableForm:
        """The form under the code, title and first number that an outline gives it."""
        return replace(self, **name)

    def block(self, of: str) -> BlockForm | None:
        """The block of that kind, where the form has one."""
        return next((block for block in self.blocks if block.of == of), None)


@dataclass(frozen=True, slots=True)
class FormSpec:
    """All forms of a place and year."""

    places: int
    zero: str
    blank: str
    """What stands where nothing is to be filled in."""
    owner_label: str
    tables: Mapping[str, TableForm]


def parse_form(value: Mapping[str, Any]) -> FormSpec:
    """Read the forms. Raises `TemplateError` at the first part that cannot be read."""
    known(value, {"basis", "places", "zero", "blank", "owner_label", "tables"}, "自评表式")
    needs(value, ("basis", "places", "zero", "blank", "owner_label", "tables"), "自评表式")
    known(value["tables"], set(SHOWS), "自评表式")
    tables = {name: _table(name, table) for name, table in value["tables"].items()}
    return FormSpec(value["places"], value["zero"], value["blank"], value["owner_label"], tables)


def _table(name: str, value: Mapping[str, Any]) -> TableForm:
    place = f"自评表式 {name}"
    known(value, {"code", "title", "unit", "notes", "blocks"}, place)
    needs(value, ("code", "title", "blocks"), place)
    blocks = tuple(_block(block, name, place) for block in value["blocks"])
    return TableForm(
        value["code"], value["title"], value.get("unit", ""), blocks, texts(value.get("notes", ()))
    )


def _block(value: Mapping[str, Any], table: str, place: str) -> BlockForm:
    known(value, {"of", "title", "columns", "rows"}, place)
    needs(value, ("of", "columns"), place)
    allowed = SHOWS[table].get(value["of"])
    if allowed is None:
        raise TemplateError(f"{place}：没有部分 {value['of']!r}，可用 {'、'.join(SHOWS[table])}")
    columns = tuple(_column(column, allowed, place) for column in value["columns"])
    rows = tuple(_row(row, place) for row in value.get("rows", ()))
    return BlockForm(value["of"], value.get("title", ""), columns, rows)


def _column(value: Mapping[str, Any], allowed: frozenset[str], place: str) -> ColumnForm:
    known(value, {"path", "show", "measure", "view", "optional"}, place)
    needs(value, ("path",), place)
    show = value.get("show", "")
    if ("measure" in value) == bool(show):
        raise TemplateError(f"{place}：每栏要写 show 或 measure，也只写一个")
    if show and show not in allowed:
        raise TemplateError(f"{place}：show 不认识 {show!r}，可用 {'、'.join(sorted(allowed))}")
    terms = (TermSpec(texts(value["measure"]), year=0),) if "measure" in value else ()
    return ColumnForm(
        texts(value["path"]), show, terms, texts(value.get("view", "project")), value.get("optional", False)
    )


def _row(value: Mapping[str, Any], place: str) -> RowForm:
    known(value, {"label", "value", "where", "role"}, place)
    needs(value, ("label",), place)
    said, role = value.get("value", ""), value.get("role", "")
    if said and said not in VALUES:
        raise TemplateError(f"{place}：value 不认识 {said!r}，可用 {'、'.join(sorted(VALUES))}")
    if role not in ROLES:
        raise TemplateError(f"{place}：role 不认识 {role!r}，可用 total")
    return RowForm(value["label"], said, where_of(value.get("where", {}), place), role)
