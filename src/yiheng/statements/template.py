"""Table templates (表式): the policy entry of a table family, parsed into typed parts.

A cell is a *term* (measure, view, year) under the predicates of its row and its column. What a row does not say it
takes from the row around it, then from the column, the block and the table. The keys of the YAML are the field
names below; `docs/table-families.md` shows them by example.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from yiheng.facts.select import Conditions


@dataclass(frozen=True, slots=True)
class TermSpec:
    """One amount to look for. Of several measures the first that the ledger holds is taken."""

    measures: tuple[str, ...]
    sign: int = 1
    year: int | None = None
    """Offset from the paper's year; None leaves it to the row."""
    where: Conditions = ()


@dataclass(frozen=True, slots=True)
class ColumnSpec:
    path: tuple[str, ...]
    text: str = ""
    """Words to print (label, code, name, unit, line, group, value, or record.field); empty for money."""
    terms: tuple[TermSpec, ...] = ()
    views: tuple[str, ...] = ()
    where: Conditions = ()


@dataclass(frozen=True, slots=True)
class RowSpec:
    """A fixed line (`label`), blank lines (`blank`), a heading (`group`) or one row for each thing found (`each`)."""

    label: str = ""
    key: str = ""
    group: bool = False
    each: str = ""
    blank: int = 0
    header: bool = True
    all: bool = False
    role: str = ""
    footer: bool = False
    year: int | None = None
    value: str = ""
    code: str = ""
    terms: tuple[TermSpec, ...] = ()
    views: tuple[str, ...] = ()
    views_by: tuple[tuple[str, str], ...] = ()
    where: Conditions = ()
    levels: tuple[int, ...] = ()
    codes: tuple[str, ...] = ()
    labels: tuple[tuple[int, str], ...] = ()
    names: tuple[tuple[str, str], ...] = ()
    rows: tuple[RowSpec, ...] = ()


@dataclass(frozen=True, slots=True)
class BlockSpec:
    columns: tuple[ColumnSpec, ...]
    rows: tuple[RowSpec, ...]
    name: str = ""
    title: str = ""
    first_line: int = 1


@dataclass(frozen=True, slots=True)
class TableSpec:
    code: str
    title: str
    blocks: tuple[BlockSpec, ...]
    unit: str
    places: int
    strip: bool
    zero: str
    layout: str = "beside"
    each: str = ""
    terms: tuple[TermSpec, ...] = ()
    views: tuple[str, ...] = ()
    where: Conditions = ()
    notes: tuple[str, ...] = ()
    empty_note: str = ""
    not_attested: str = ""


@dataclass(frozen=True, slots=True)
class FamilySpec:
    name: str
    kind: str
    owner_label: str
    tables: tuple[TableSpec, ...]

    def table(self, code: str) -> TableSpec:
        return next(t for t in self.tables if t.code == code)


class TemplateError(ValueError):
    """A template that cannot be read: names the place and the reason, in Chinese."""


_FAMILY = {"name", "kind", "unit", "places", "strip", "zero", "owner_label", "tables"}
_TABLE = {
    "code",
    "title",
    "view",
    "measure",
    "terms",
    "where",
    "notes",
    "empty_note",
    "blocks",
    "layout",
    "each",
    "unit",
    "places",
    "strip",
    "zero",
    "not_attested",
}
_BLOCK = {"name", "title", "columns", "rows", "measure", "first_line"}
_COLUMN = {"path", "text", "measure", "terms", "view", "where"}
_ROW = {
    "label",
    "key",
    "group",
    "each",
    "blank",
    "header",
    "all",
    "role",
    "footer",
    "year",
    "value",
    "code",
    "measure",
    "terms",
    "view",
    "views",
    "where",
    "levels",
    "codes",
    "labels",
    "names",
    "rows",
}
_TERM = {"measure", "sign", "year", "where"}
EACH = {"unit", "function", "economic", "item", "project", "fact", "task", "objective", "indicator"}
TABLE_EACH = {"", "objective_unit", "project"}


def parse_family(value: Mapping[str, Any]) -> FamilySpec:
    """Read a table family. Raises `TemplateError` at the first part that cannot be read."""
    _known(value, _FAMILY, "表式")
    tables = tuple(_table(t, value) for t in _list(value, "tables", "表式"))
    codes = [t.code for t in tables]
    if len(set(codes)) != len(codes):
        raise TemplateError(f"表式 {value.get('name')}：表号重复")
    return FamilySpec(value["name"], value["kind"], value.get("owner_label", "单位名称"), tables)


def _table(value: Mapping[str, Any], family: Mapping[str, Any]) -> TableSpec:
    place = f"表式 {family.get('name')} {value.get('code', '?')}"
    _known(value, _TABLE, place)
    each = value.get("each", "")
    if each not in TABLE_EACH:
        raise TemplateError(f"{place}：each 不认识 {each!r}，可用 {'、'.join(sorted(TABLE_EACH - {''}))}")
    blocks = tuple(_block(b, place) for b in value.get("blocks", ()))
    if not blocks and not value.get("not_attested"):
        raise TemplateError(f"{place}：既没有 blocks，也没有说明 not_attested")
    return TableSpec(
        code=value["code"],
        title=value["title"],
        blocks=blocks,
        layout=value.get("layout", "beside"),
        each=each,
        unit=value.get("unit", family["unit"]),
        places=value.get("places", family["places"]),
        strip=value.get("strip", family.get("strip", False)),
        zero=value.get("zero", family.get("zero", "")),
        terms=_terms(value, place),
        views=_texts(value.get("view", ())),
        where=_where(value.get("where", {})),
        notes=tuple(value.get("notes", ())),
        empty_note=value.get("empty_note", ""),
        not_attested=value.get("not_attested", ""),
    )


def _block(value: Mapping[str, Any], place: str) -> BlockSpec:
    _known(value, _BLOCK, place)
    columns = tuple(_column(c, place) for c in _list(value, "columns", place))
    rows = tuple(_row(r, place) for r in _list(value, "rows", place))
    return BlockSpec(columns, rows, value.get("name", ""), value.get("title", ""), value.get("first_line", 1))


def _column(value: Mapping[str, Any], place: str) -> ColumnSpec:
    _known(value, _COLUMN, place)
    return ColumnSpec(
        tuple(value["path"]),
        value.get("text", ""),
        _terms(value, place),
        _texts(value.get("view", ())),
        _where(value.get("where", {})),
    )


def _row(value: Mapping[str, Any], place: str) -> RowSpec:
    _known(value, _ROW, place)
    group = "group" in value
    each = value.get("each", "")
    if each and each not in EACH:
        raise TemplateError(f"{place}：each 不认识 {each!r}，可用 {'、'.join(sorted(EACH))}")
    if not (each or group or "label" in value or value.get("blank")):
        raise TemplateError(f"{place}：有一行既无 label，也无 each、group、blank")
    return RowSpec(
        label=value["group"] if group else value.get("label", ""),
        key=value.get("key", ""),
        group=group,
        each=each,
        blank=value.get("blank", 0),
        header=value.get("header", True),
        all=value.get("all", False),
        role=value.get("role", ""),
        footer=value.get("footer", False),
        year=value.get("year"),
        value=value.get("value", ""),
        code=value.get("code", ""),
        terms=_terms(value, place),
        views=_texts(value.get("view", ())),
        views_by=tuple(value.get("views", {}).items()),
        where=_where(value.get("where", {})),
        levels=tuple(value.get("levels", ())),
        codes=tuple(value.get("codes", ())),
        labels=tuple(value.get("labels", {}).items()),
        names=tuple(value.get("names", {}).items()),
        rows=tuple(_row(r, place) for r in value.get("rows", ())),
    )


def _terms(value: Mapping[str, Any], place: str) -> tuple[TermSpec, ...]:
    if "terms" in value and "measure" in value:
        raise TemplateError(f"{place}：measure 与 terms 只能写一个")
    if "measure" in value:
        return (TermSpec(_texts(value["measure"])),)
    return tuple(parse_term(t, place) for t in value.get("terms", ()))


def parse_term(value: Mapping[str, Any], place: str) -> TermSpec:
    """One signed term with its own predicates."""
    _known(value, _TERM, place)
    return TermSpec(
        _texts(value["measure"]), value.get("sign", 1), value.get("year"), _where(value.get("where", {}))
    )


def _where(value: Mapping[str, Any]) -> Conditions:
    return tuple((dim, _texts(codes)) for dim, codes in value.items())


def _texts(value: str | Sequence[str]) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)


def _list(value: Mapping[str, Any], key: str, place: str) -> Sequence[Mapping[str, Any]]:
    found = value.get(key)
    if not found:
        raise TemplateError(f"{place}：缺少 {key}")
    return tuple(found)


def _known(value: Mapping[str, Any], allowed: set[str], place: str) -> None:
    unknown = sorted(set(value) - allowed)
    if unknown:
        raise TemplateError(f"{place}：不认识的项 {'、'.join(unknown)}；可用：{'、'.join(sorted(allowed))}")
