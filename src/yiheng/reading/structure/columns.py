"""What each column of a table is, and where a table has two or three sides."""

from __future__ import annotations

from enum import Enum
from typing import Final, NamedTuple

from yiheng.reading.structure.heads import paths
from yiheng.reading.structure.parts import Part
from yiheng.reading.structure.sheet import Sheet
from yiheng.reading.structure.words import (
    CODE,
    GROUP,
    INDEX,
    LABEL,
    SIDED,
    UNIT,
    UNIT_CODE,
    YEAR,
    bare,
    is_empty,
    is_figure,
)

_SAMPLE: Final = 200
"""Rows that are looked at to see what a column holds."""


class Role(Enum):
    """What a column holds."""

    LABEL = "项目"
    CODE = "编码"
    INDEX = "行次"
    GROUP = "分组"
    VALUE = "数"


class Side(NamedTuple):
    """Columns of one side of a table."""

    name: str
    label: int | None
    codes: tuple[int, ...]
    groups: tuple[int, ...]
    numbers: int | None
    """行次."""
    values: tuple[int, ...]
    paths: tuple[tuple[str, ...], ...]
    """Path of each value column, without the name of the side."""
    of_units: bool = False
    """Its codes are codes of units."""


def sides(sheet: Sheet, part: Part) -> list[Side]:
    """The sides of a part from the left; most tables have one."""
    columns = [c for c in range(part.left, sheet.width) if _is_used(sheet, part, c)]
    named = paths(sheet, part.start, part.head)
    heads = {c: bare(named[c][-1]) if named[c] else "" for c in columns}
    sided = {c for c in columns if SIDED.match(heads[c]) and not _holds_figures(sheet, part, c)}
    groups = _split(columns, heads, sided)
    made = [_side(sheet, part, group, named, heads) for group in groups]
    if len(made) < 2:
        return made
    # 收入 | 预算数 | 支出 | 预算数: the heads of the labels name the sides.
    return [
        side._replace(name=side.name or (heads[group[0]] if SIDED.match(heads[group[0]]) else ""))
        for side, group in zip(made, groups, strict=True)
    ]


def _is_used(sheet: Sheet, part: Part, column: int) -> bool:
    """Some words or figure of the part begin in the column: a cut that only other parts of a form need is none."""
    for row in range(part.start, part.end):
        slot = sheet.slots[row][column]
        if slot is not None and slot.column == column and slot.text.strip():
            return True
    return False


def _split(columns: list[int], heads: dict[int, str], sided: set[int]) -> list[list[int]]:
    """Cut before a label or code column that comes after figures and has had its like before.

    `sided` are columns of words headed 收入 or 支出, which are labels where both are there.
    """
    found: list[list[int]] = []
    current: list[int] = []
    seen: set[str] = set()
    has_values = False
    for column in columns:
        kind = "label" if column in sided and len(sided) > 1 else _kind(heads[column])
        if current and has_values and kind in ("label", "code") and kind in seen:
            found.append(current)
            current, has_values = [], False
        if kind in ("label", "code"):
            seen.add(kind)
        elif kind == "" and not UNIT.match(heads[column]) and not GROUP.match(heads[column]):
            has_values = True
        current.append(column)
    if current:
        found.append(current)
    return found


def _kind(head: str) -> str:
    if LABEL.match(head):
        return "label"
    if CODE.match(head):
        return "code"
    return "index" if INDEX.match(head) else ""


def _side(
    sheet: Sheet, part: Part, columns: list[int], named: list[tuple[str, ...]], heads: dict[int, str]
) -> Side:
    roles = _roles(sheet, part, columns, heads)
    of = {role: tuple(c for c in columns if roles[c] is role) for role in Role}
    values = of[Role.VALUE]
    name, cut = _name(columns, values, named)
    return Side(
        name,
        of[Role.LABEL][0] if of[Role.LABEL] else None,
        of[Role.CODE],
        of[Role.GROUP],
        of[Role.INDEX][0] if of[Role.INDEX] else None,
        values,
        tuple(named[c][cut:] for c in values),
        any(UNIT_CODE.match(heads[c]) for c in of[Role.CODE]),
    )


def _name(columns: list[int], values: tuple[int, ...], named: list[tuple[str, ...]]) -> tuple[str, int]:
    """The group over all columns of a side (收入), which then is its name and not part of every path."""
    first = named[columns[0]]
    if len(columns) < 2 or not first or not values:
        return "", 0
    if any(len(named[c]) < 2 for c in columns):
        return "", 0
    return (first[0], 1) if all(named[c][0] == first[0] for c in columns) else ("", 0)


def _roles(sheet: Sheet, part: Part, columns: list[int], heads: dict[int, str]) -> dict[int, Role]:
    roles = dict.fromkeys(columns, Role.VALUE)
    for column in columns:
        if INDEX.match(heads[column]) and _mostly_whole_numbers(sheet, part, column):
            roles[column] = Role.INDEX
        elif CODE.match(heads[column]) and _holds_codes(sheet, part, column):
            roles[column] = Role.CODE
    leading = _leading_words(sheet, part, columns, roles, heads)
    label = _label(leading, heads)
    if label is not None:
        roles[label] = Role.LABEL
        for column in leading[: leading.index(label)]:
            roles[column] = Role.GROUP
    return roles


def _leading_words(
    sheet: Sheet, part: Part, columns: list[int], roles: dict[int, Role], heads: dict[int, str]
) -> list[int]:
    """The columns of words before the first column of figures, codes and indices left out."""
    found: list[int] = []
    for column in columns:
        if roles[column] is not Role.VALUE:
            continue
        if _holds_figures(sheet, part, column) and not (YEAR.match(heads[column]) and found):
            break
        found.append(column)
    return found


def _label(leading: list[int], heads: dict[int, str]) -> int | None:
    """The column that names the rows: the first whose head says so, a unit's name only where nothing else does."""
    if not leading:
        return None
    named = [c for c in leading if LABEL.match(heads[c])] or [c for c in leading if YEAR.match(heads[c])]
    if named:
        return named[0]
    first = leading[0]
    rest = [c for c in leading if not UNIT.match(heads[c]) and not GROUP.match(heads[c])]
    if (UNIT.match(heads[first]) or GROUP.match(heads[first])) and rest:
        return rest[0]
    return first


def _texts(sheet: Sheet, part: Part, column: int) -> list[str]:
    found = []
    for row in range(part.body, min(part.end, part.body + _SAMPLE)):
        slot = sheet.slots[row][column]
        if slot is not None and slot.row == row and slot.column == column:
            found.append(slot.text)
    return found


def _holds_figures(sheet: Sheet, part: Part, column: int) -> bool:
    texts = _texts(sheet, part, column)
    shown = [text for text in texts if not is_empty(text)]
    if not shown:
        return column > part.left and bool(texts) and any(text.strip() for text in texts)
    return sum(map(is_figure, shown)) * 2 >= len(shown)


def _mostly_whole_numbers(sheet: Sheet, part: Part, column: int) -> bool:
    shown = [bare(text) for text in _texts(sheet, part, column) if text.strip()]
    return not shown or sum(text.isdigit() and len(text) <= 3 for text in shown) * 2 > len(shown)


def _holds_codes(sheet: Sheet, part: Part, column: int) -> bool:
    """Codes, and the words of totals that reach over from the label."""
    shown = [bare(text) for text in _texts(sheet, part, column) if text.strip()]
    codes = sum(1 for text in shown if is_code(text))
    return not shown or codes * 2 >= len(shown) or all(not is_figure(text) for text in shown)


def is_code(text: str) -> bool:
    """A code as forms print it: 205, 20508, 2080505, 05, A02010104, 30101."""
    return (
        text.isascii() and text.isalnum() and any(c.isdigit() for c in text) and len(text) <= 13
    ) or text in (
        "A",
        "B",
        "C",
    )
