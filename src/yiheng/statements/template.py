"""Table templates (表式): the policy entry of a table family, parsed into typed parts.

A cell is a *term* (measure, view, year) under the predicates of its row and its column. What a row does not say it
takes from the row around it, then from the column, the block and the table. The keys of the YAML are the field
names below; `docs/table-families.md` shows them by example.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from yiheng.facts.select import CODED_DIMS, Conditions


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
    """A column: words, or money under predicates."""

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
    """A name for addresses where the label is none."""
    group: bool = False
    each: str = ""
    blank: int = 0
    header: bool = True
    """Whether each unit has a line of its own above the rows inside it."""
    all: bool = False
    """Units without amounts are listed too."""
    role: str = ""
    footer: bool = False
    """Of two blocks beside each other the footers share the last lines."""
    year: int | None = None
    value: str = ""
    """Words in a `value` column: project.field, unit.title, unit.name, department.title, department.name."""
    code: str = ""
    """Dimension whose code names a row of `each: fact`."""
    terms: tuple[TermSpec, ...] = ()
    views: tuple[str, ...] = ()
    views_by: tuple[tuple[str, str], ...] = ()
    """Views of `each: task` by what the task names (project or category)."""
    where: Conditions = ()
    levels: tuple[int, ...] = ()
    """Lengths of the codes to list."""
    codes: tuple[str, ...] = ()
    """A fixed list of codes, printed whether found or not."""
    labels: tuple[tuple[int, str], ...] = ()
    """How codes of a length are labelled, with {name} and {ordinal}."""
    names: tuple[tuple[str, str], ...] = ()
    """Names that the form prints otherwise than the classification."""
    rows: tuple[RowSpec, ...] = ()


@dataclass(frozen=True, slots=True)
class BlockSpec:
    """Columns and rows that stand together."""

    columns: tuple[ColumnSpec, ...]
    rows: tuple[RowSpec, ...]
    name: str = ""
    title: str = ""
    first_line: int = 1


@dataclass(frozen=True, slots=True)
class TableSpec:
    """One table; with `each` it is drawn once for each unit with objectives, or for each project."""

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
    """Why the table cannot be drawn at all: no paper shows its form."""


@dataclass(frozen=True)
class FamilySpec:
    """A table family: all tables of one kind of paper from one year on."""

    name: str
    kind: str
    owner_label: str
    tables: tuple[TableSpec, ...]

    @cached_property
    def dims(self) -> frozenset[frozenset[str]]:
        """Of each block the dimensions that its predicates and lists name: what facts are bundled by."""
        return frozenset(_dims(table, block) for table in self.tables for block in table.blocks)

    def table(self, code: str) -> TableSpec:
        """The table with that code."""
        return next(t for t in self.tables if t.code == code)


class TemplateError(ValueError):
    """A template that cannot be read: names the place and the reason, in Chinese."""


def _keys(text: str) -> frozenset[str]:
    return frozenset(text.split())


_FAMILY = _keys("name kind unit places strip zero owner_label tables")
_TABLE = _keys(
    "code title view measure terms where notes empty_note blocks layout each unit places strip zero not_attested"
)
_BLOCK = _keys("name title columns rows first_line")
_COLUMN = _keys("path text measure terms view where")
_ROW = _keys(
    "label key group each blank header all role footer year value code measure terms view views where levels codes "
    "labels names rows"
)
_TERM = _keys("measure sign year where")
LAYOUTS = ("beside", "stacked")
ROLES = ("", "total")
EACH = ("unit", "function", "economic", "item", "project", "fact", "task", "objective", "indicator")
TABLE_EACH = ("", "objective_unit", "project")
TEXTS = ("label", "code", "name", "unit", "line", "group", "value")
RECORD_TEXTS = ("project", "task", "objective", "indicator", "fact")
"""Records of which a column may print a field, as in `project.span`."""


def parse_family(value: Mapping[str, Any]) -> FamilySpec:
    """Read a table family. Raises `TemplateError` at the first part that cannot be read."""
    place = f"表式 {value.get('name', '')}".strip()
    known(value, _FAMILY, place)
    needs(value, ("name", "kind", "unit", "places", "tables"), place)
    tables = tuple(_table(t, value) for t in value["tables"])
    codes = [t.code for t in tables]
    if len(set(codes)) != len(codes):
        raise TemplateError(f"{place}：表号重复")
    return FamilySpec(value["name"], value["kind"], value.get("owner_label", "单位名称"), tables)


def walk(rows: Sequence[RowSpec]) -> Iterator[RowSpec]:
    """The rows and all rows inside them."""
    for row in rows:
        yield row
        yield from walk(row.rows)


def _dims(table: TableSpec, block: BlockSpec) -> frozenset[str]:
    parts: list[ColumnSpec | RowSpec] = [*block.columns, *walk(block.rows)]
    terms = [*table.terms, *(term for part in parts for term in part.terms)]
    where = [table.where, *(part.where for part in parts), *(term.where for term in terms)]
    listed = {row.each for row in walk(block.rows)} & {*CODED_DIMS, "unit", "project"}
    return frozenset({dim for conditions in where for dim, _ in conditions} | listed)


def _table(value: Mapping[str, Any], family: Mapping[str, Any]) -> TableSpec:
    place = f"表式 {family['name']} {value.get('code', '?')}"
    known(value, _TABLE, place)
    needs(value, ("code", "title"), place)
    if bool(value.get("blocks")) == bool(value.get("not_attested")):
        raise TemplateError(f"{place}：blocks 和说明 not_attested 要写一个，也只写一个")
    return TableSpec(
        code=value["code"],
        title=value["title"],
        blocks=tuple(_block(b, place) for b in value.get("blocks", ())),
        unit=value.get("unit", family["unit"]),
        places=value.get("places", family["places"]),
        strip=value.get("strip", family.get("strip", False)),
        zero=value.get("zero", family.get("zero", "")),
        layout=_one_of(value, "layout", LAYOUTS, place),
        each=_one_of(value, "each", TABLE_EACH, place),
        terms=_terms(value, place),
        views=texts(value.get("view", ())),
        where=where_of(value.get("where", {}), place),
        notes=tuple(value.get("notes", ())),
        empty_note=value.get("empty_note", ""),
        not_attested=value.get("not_attested", ""),
    )


def _block(value: Mapping[str, Any], place: str) -> BlockSpec:
    known(value, _BLOCK, place)
    needs(value, ("columns", "rows"), place)
    columns = tuple(_column(c, place) for c in value["columns"])
    rows = tuple(_row(r, place) for r in value["rows"])
    return BlockSpec(columns, rows, value.get("name", ""), value.get("title", ""), value.get("first_line", 1))


def _column(value: Mapping[str, Any], place: str) -> ColumnSpec:
    known(value, _COLUMN, place)
    needs(value, ("path",), place)
    text = value.get("text", "")
    if text and text not in TEXTS and text.partition(".")[0] not in RECORD_TEXTS:
        options = (*TEXTS, *(f"{name}.字段" for name in RECORD_TEXTS))
        raise TemplateError(f"{place}：text 不认识 {text!r}，可用 {'、'.join(options)}")
    return ColumnSpec(
        tuple(value["path"]),
        text,
        _terms(value, place),
        texts(value.get("view", ())),
        where_of(value.get("where", {}), place),
    )


def _row(value: Mapping[str, Any], place: str) -> RowSpec:
    known(value, _ROW, place)
    kinds = [name for name in ("label", "group", "each", "blank") if name in value]
    if len(kinds) != 1:
        raise TemplateError(
            f"{place}：每行要写 label、group、each、blank 之一，现有 {'、'.join(kinds) or '无'}"
        )
    if value.get("each") in ("function", "economic", "item") and not (
        value.get("levels") or value.get("codes")
    ):
        raise TemplateError(f"{place}：each: {value['each']} 要写 levels 或 codes")
    return RowSpec(
        label=value.get("group", value.get("label", "")),
        key=value.get("key", ""),
        group="group" in value,
        each=_one_of(value, "each", EACH, place) if "each" in value else "",
        blank=value.get("blank", 0),
        header=value.get("header", True),
        all=value.get("all", False),
        role=_one_of(value, "role", ROLES, place),
        footer=value.get("footer", False),
        year=value.get("year"),
        value=value.get("value", ""),
        code=value.get("code", ""),
        terms=_terms(value, place),
        views=texts(value.get("view", ())),
        views_by=tuple(value.get("views", {}).items()),
        where=where_of(value.get("where", {}), place),
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
        return (TermSpec(texts(value["measure"])),)
    return tuple(parse_term(t, place) for t in value.get("terms", ()))


def parse_term(value: Mapping[str, Any], place: str) -> TermSpec:
    """One signed term with its own predicates. Raises `TemplateError`."""
    known(value, _TERM, place)
    needs(value, ("measure",), place)
    if value.get("sign", 1) not in (1, -1):
        raise TemplateError(f"{place}：sign 应为 1 或 -1，现为 {value['sign']!r}")
    where = where_of(value.get("where", {}), place)
    return TermSpec(texts(value["measure"]), value.get("sign", 1), value.get("year"), where)


def where_of(value: Mapping[str, Any], place: str) -> Conditions:
    """Predicates as written: dimension to code or codes. Raises `TemplateError` for an empty one."""
    where = tuple((dim, tuple(c) if isinstance(c, (list, tuple)) else (c,)) for dim, c in value.items())
    empty = [dim for dim, codes in where if not codes or not all(isinstance(c, str) and c for c in codes)]
    if empty:
        raise TemplateError(f"{place}：条件 {'、'.join(empty)} 没有编码，或编码不是文字（编码请加引号）")
    return where


def texts(value: str | Sequence[str]) -> tuple[str, ...]:
    """One text or several, as several."""
    return (value,) if isinstance(value, str) else tuple(value)


def _one_of(value: Mapping[str, Any], key: str, allowed: Sequence[str], place: str) -> str:
    found: str = value.get(key, allowed[0])
    if found not in allowed:
        raise TemplateError(f"{place}：{key} 不认识 {found!r}，可用 {'、'.join(a for a in allowed if a)}")
    return found


def needs(value: Mapping[str, Any], keys: Sequence[str], place: str) -> None:
    """Raises `TemplateError` where a key is missing or empty."""
    missing = [key for key in keys if value.get(key) in (None, "", ())]
    if missing:
        raise TemplateError(f"{place}：缺少 {'、'.join(missing)}")


def known(value: Any, allowed: Set[str], place: str) -> None:
    """Raises `TemplateError` for a key that nobody reads, so that a slip of the pen is no silence."""
    if not isinstance(value, Mapping):
        raise TemplateError(f"{place}：{value!r} 应写成键值对，例如 {{label: 合计}}")
    unknown = sorted(set(value) - allowed)
    if unknown:
        raise TemplateError(f"{place}：不认识的项 {'、'.join(unknown)}；可用：{'、'.join(sorted(allowed))}")
