"""What else in a document speaks for the column of a figure: the same row elsewhere, or a sentence that names it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from yiheng.money import PrintedKind, parse_printed
from yiheng.reading.structure.words import bare
from yiheng.reading.text.arbiter import Figures, Path

_AMOUNT: Final = re.compile(r"(\d[\d,]*(?:\.\d+)?)\s*[万亿]?元")
_CLAUSE: Final = re.compile(r"[，,。；;：:、（）()]")
_PREFIX: Final = re.compile(
    r"^(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)]|\d{1,2}[.．、]|其中[:：])"
)


class Known:
    """Figures with their row and column in tables already laid out, and the clauses of the text."""

    def __init__(self, prose: str) -> None:
        self._rows: dict[tuple[str, Decimal], list[str]] = {}
        self._names: dict[tuple[str, Decimal], int] = {}
        self._clauses: dict[Decimal, list[str]] = {}
        for clause in _split_clauses(prose):
            for number in _AMOUNT.findall(clause):
                printed = parse_printed(number)
                if printed.value is not None:
                    self._clauses.setdefault(printed.value.normalize(), []).append(bare(clause))

    def add(self, key: str, label: str, column: Path, text: str) -> None:
        """A figure that stands in a column for certain."""
        printed = parse_printed(text)
        if printed.kind is not PrintedKind.NUMBER or printed.value is None or not column:
            return
        value = printed.value.normalize()
        if key:
            self._rows.setdefault((key, value), []).append(_name(column))
        self._names[(_plain(label), value)] = 1

    def of(self, paths: Sequence[Path]) -> _Evidence:
        """The evidence for the columns of one table."""
        return _Evidence(self, paths)

    def score(self, row: Figures, value: Decimal, column: int, paths: Sequence[Path]) -> int:
        """How much speaks for `column`."""
        at = value.normalize()
        name = _name(paths[column])
        same_row = sum(1 for found in self._rows.get((row.key, at), ()) if found == name) if row.key else 0
        # A row of this year's money says nothing about a column of what was carried over.
        carried = any("结" in part for part in paths[column])
        as_row = 0 if carried and "结" not in name else self._names.get((_plain(name), at), 0)
        said = self._said(at, paths[column], paths) if row.parent < 0 else 0
        return 4 * (same_row > 0) + 2 * as_row + (said > 0)

    def _said(self, value: Decimal, path: Path, paths: Sequence[Path]) -> int:
        mine = _words_of(path)
        theirs = set().union(*(_words_of(other) for other in paths if _name(other) != _name(path)))
        own, others = mine - theirs, theirs - mine
        return sum(
            1
            for clause in self._clauses.get(value, ())
            if own and any(word in clause for word in own) and not any(word in clause for word in others)
        )


class _Evidence:
    """Called by the arbiter."""

    def __init__(self, known: Known, paths: Sequence[Path]) -> None:
        self._known = known
        self._paths = paths

    def __call__(self, row: Figures, value: Decimal, column: int) -> int:
        return self._known.score(row, value, column, self._paths)


def _name(path: Path) -> str:
    return bare(path[-1])


def _plain(label: str) -> str:
    """A label without its number, and without the words that forms add or leave out."""
    text = _PREFIX.sub("", bare(label))
    return re.sub(r"(?:财政)?拨款(?:收入|支出)?$|(?<=预算)(?:收入|支出)$", "", text)


def _words_of(path: Path) -> set[str]:
    """Pairs of characters of the innermost name."""
    name = bare(path[-1])
    return {name[n : n + 2] for n in range(len(name) - 1)}


def _split_clauses(prose: str) -> list[str]:
    """Clauses; a comma inside a number is none."""
    guarded = re.sub(r"(?<=\d),(?=\d{3})", "\u0001", prose)
    return [part.replace("\u0001", ",") for part in _CLAUSE.split(guarded)]
