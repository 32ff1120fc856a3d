"""Codes that stand in columns of their own (类 | 款 | 项) → one code at the front of each row, as other texts have it.

A row prints its code with those above it (208 05 05), or only its own level (208, then 05, then 05). Then nothing but
the order of the codes and the sums say whether 05 is a 款 or a 项: the reading under which codes go up and fewest sums
fail is taken; where two are as good, the rows stay without codes.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache
from typing import Final, NamedTuple

from yiheng.money import PrintedKind, parse_printed
from yiheng.reading.text.lines import TextLine
from yiheng.reading.text.rows import is_one_cell_a_line
from yiheng.reading.text.segments import segments, usual_places, words
from yiheng.reading.text.zones import Zone

_LEVELS: Final = ("类", "款", "项")
_FULL: Final = re.compile(r"^(\d{3})\s+(\d{2})(?:\s+(\d{2}))?(?=\s*[^\d\s.,%]|\s*$)")
_NESTED: Final = re.compile(r"^(\d{3})\s+(\1\d{2})(?:\s+(\2\d{2}))?(?=\s*[^\d\s.,%]|\s*$)")
_CLASS: Final = re.compile(r"^(\d{3})(?=\s*[^\d\s.,%])")
_OWN: Final = re.compile(r"^(\d{2})(?=\s*[^\d\s.,%]|\s*$)")
_FIRST: Final = re.compile(r"^(?:\d{3}|\d{2})$")
_DIGITS: Final = re.compile(r"^\d{2}(?:\d{3}|\d{5})?$")
"""The next level, or the whole code down to it."""
_LABEL: Final = re.compile(r"^[^\d\s.,%—–-]")
_CODED: Final = re.compile(r"^(\d{3,7}) (\D.*)$")
_WORD: Final = re.compile(r"(?:科目|分类|支出|功能|经济)?(?:编码|代码)")


class _Part(NamedTuple):
    """A row that prints its own level only: where it stands, its digits, its first figure."""

    line: int
    digits: str
    amount: Decimal | None


def assembled(zone: Zone) -> Zone:
    """The zone with whole codes, where its header has a column for each level."""
    alone = is_one_cell_a_line(zone.rows)
    head = _levels_joined(zone.head) if alone else zone.head
    depth = _depth(head)
    if depth < 2:
        return zone
    rows = _with_labels(zone.rows) if alone else zone.rows
    found = _by_level([_whole(line.text) for line in rows], depth)
    if found is None:
        return zone
    zone.head = _without_levels(head)
    made = [line._replace(text=text) for line, text in zip(rows, found, strict=True)]
    zone.rows = [part for line in made for part in _apart(line)] if alone else made
    return zone


def _levels_joined(head: list[TextLine]) -> list[TextLine]:
    """类, 款 and 项 on lines of their own, on one line."""
    found: list[TextLine] = []
    for line in head:
        last = found[-1].text.split() if found else []
        if last and (*last, line.text) == _LEVELS[: len(last) + 1]:
            found[-1] = found[-1]._replace(text=f"{found[-1].text} {line.text}")
        else:
            found.append(line)
    return found


def _with_labels(rows: list[TextLine]) -> list[TextLine]:
    """The parts of a code on lines of their own, on the line of the label below them."""
    found: list[TextLine] = []
    at = 0
    while at < len(rows):
        end = at
        while (
            end < len(rows)
            and end - at < len(_LEVELS)
            and (_DIGITS if end > at else _FIRST).match(rows[end].text)
        ):
            end += 1
        labelled = end > at and end < len(rows) and _LABEL.match(rows[end].text)
        end = end + 1 if labelled else at + 1
        found.append(rows[at]._replace(text=" ".join(line.text for line in rows[at:end])))
        at = end
    return found


def _apart(line: TextLine) -> list[TextLine]:
    """A code and its label on lines of their own."""
    found = _CODED.match(line.text)
    return [line._replace(text=found[1]), line._replace(text=found[2])] if found else [line]


def _depth(head: list[TextLine]) -> int:
    """How many levels the header names as columns of their own; 0 where it names none."""
    for line in head:
        found = line.text.split()
        for depth in (3, 2):
            if any(tuple(found[n : n + depth]) == _LEVELS[:depth] for n in range(len(found))):
                return depth
    return 0


def _without_levels(head: list[TextLine]) -> list[TextLine]:
    """The header without 类, 款 and 项; their place is taken by 科目编码 where nothing else heads the code."""
    named = any(_WORD.search(line.text) for line in head)
    made: list[TextLine] = []
    for line in head:
        left = [word for word in line.text.split() if word not in _LEVELS]
        if len(left) < len(line.text.split()) and not named:
            left.insert(0, "科目编码")
        if left:
            made.append(line._replace(text=" ".join(left)))
    return made


def _whole(text: str) -> str:
    """A row that prints its code with those above it."""
    for pattern in (_NESTED, _FULL):
        found = pattern.match(text)
        if found:
            parts = [part for part in found.groups() if part]
            code = parts[-1] if pattern is _NESTED else "".join(parts)
            return f"{code} {text[found.end() :].lstrip()}"
    return text


def _by_level(texts: list[str], depth: int) -> list[str] | None:
    """Rows that print their own level only get the codes above them; None where nothing decides which."""
    places = usual_places(texts)
    made = list(texts)
    above, run = "", list[_Part]()
    for n, text in enumerate([*texts, "000 。"]):
        head, own = _CLASS.match(text), _OWN.match(text)
        if own and above:
            run.append(_Part(n, own[1], _amount(texts, n, places)))
        if head is None:
            continue
        if run:
            whole = _amount(texts, _position(texts, above), places)
            levels = _levels(tuple(run), whole) if depth == 3 else (2,) * len(run)
            if levels is None:
                return None
            _write(made, run, above, levels)
        above, run = head[1], []
    return made


def _position(texts: list[str], code: str) -> int:
    return next(n for n, text in enumerate(texts) if text.startswith(code))


def _write(made: list[str], run: list[_Part], above: str, levels: tuple[int, ...]) -> None:
    item = ""
    for part, level in zip(run, levels, strict=True):
        item = part.digits if level == 2 else item
        code = above + (item if level == 2 else item + part.digits)
        made[part.line] = f"{code} {made[part.line][2:].lstrip()}"


def _amount(texts: list[str], at: int, places: int | None) -> Decimal | None:
    """The first figure of a row, which may stand on a later line than its code."""
    for n in range(at, min(at + 4, len(texts))):
        if n > at and (_CLASS.match(texts[n]) or _OWN.match(texts[n])):
            return None
        for part in segments(words(texts[n], places, True)):
            for figure in part.figures:
                printed = parse_printed(figure)
                if printed.kind is PrintedKind.NUMBER and (
                    printed.places or "," in figure or not printed.value
                ):
                    return printed.value
    return None


def _levels(run: tuple[_Part, ...], whole: Decimal | None) -> tuple[int, ...] | None:
    """款 (2) or 项 (3) for each row of a class; None where two readings are as good."""

    @cache
    def best(at: int, last: str) -> tuple[int, tuple[tuple[int, ...], ...]]:
        """The fewest failing sums from the 款 at `at` on, and the readings that have no more (two are enough)."""
        if at == len(run):
            return 0, ((),)
        if run[at].digits <= last:
            return len(run) + 1, ()
        found: dict[tuple[int, ...], int] = {}
        for end in range(at + 1, len(run) + 1):
            if end > at + 2 and run[end - 1].digits <= run[end - 2].digits:
                break
            own = 0 if _adds_up(run[at].amount, [part.amount for part in run[at + 1 : end]]) else 1
            cost, rests = best(end, run[at].digits)
            for rest in rests:
                found[(2, *(3 for _ in run[at + 1 : end]), *rest)] = own + cost
        least = min(found.values(), default=len(run) + 1)
        return least, tuple(levels for levels, cost in found.items() if cost == least)[:2]

    _, readings = best(0, "")
    if len(readings) > 1:
        readings = tuple(r for r in readings if _adds_up(whole, _tops(run, r))) or readings
    return readings[0] if len(readings) == 1 else None


def _tops(run: tuple[_Part, ...], levels: tuple[int, ...]) -> list[Decimal | None]:
    return [part.amount for part, level in zip(run, levels, strict=True) if level == 2]


def _adds_up(total: Decimal | None, parts: list[Decimal | None]) -> bool:
    """Whether the parts make the total but for what rounding leaves."""
    known = [part for part in parts if part is not None]
    if total is None or not parts or len(known) < len(parts):
        return False
    exponent = total.as_tuple().exponent
    last = Decimal(1).scaleb(exponent if isinstance(exponent, int) else 0)
    return abs(total - sum(known)) * 2 <= last * (len(known) + 1) if len(known) > 1 else total == known[0]
