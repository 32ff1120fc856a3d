"""The indicators of a performance form in a text export: levels, name, target, actual, weight, score and reason."""

from __future__ import annotations

from typing import Final, NamedTuple

from yiheng.facts.document import OPEN, Place
from yiheng.reading.raw import RawCell
from yiheng.reading.structure.headings import number_level
from yiheng.reading.structure.words import bare, flowing
from yiheng.reading.text.lines import Style, TextLine
from yiheng.reading.text.phrases import Levels, is_cut_level, last_cell, levels, scores
from yiheng.reading.text.starts import stops
from yiheng.reading.text.zones import is_page_number

_TOTALS: Final = ("总分", "合计", "总计")


class _Row(NamedTuple):
    first: str
    second: str
    name: str
    values: tuple[str, ...]
    line: TextLine


class Indicators:
    """Reads the lines after the header, row by row."""

    def __init__(self, head: list[str], style: Style) -> None:
        self._head = head
        self._columns = head[head.index("三级指标") + 1 :]
        self._scored = "得分" in "".join(self._columns)
        self._pair = sum("值" in c and c != "分值" for c in self._columns) == 2
        self._style = style
        self._first = self._second = ""
        self._pending: list[TextLine] = []
        self._found: list[_Row] = []
        self.open_rows: list[TextLine] = []
        """Rows whose target and actual could not be told apart from the name."""

    def read(self, lines: list[TextLine], at: int) -> int:
        """Read from `at`; the line after the last one that belongs to the table."""
        while at < len(lines):
            line = lines[at]
            text = line.text
            if is_page_number(text):
                at += 1
                continue
            if stops(lines, at):
                break
            if bare(text).startswith(_TOTALS) and self._scored:
                self._total(line)
                return at + 1
            if self._ends(lines, at):
                break
            if at + 1 < len(lines) and is_cut_level(text, lines[at + 1].text):
                merged = text + lines[at + 1].text
                at += 2
                line = line._replace(text=merged)
            else:
                at += 1
            self._take(line, lines[at] if at < len(lines) else None)
        at -= len(self._pending)
        self._pending = []
        return at

    def _ends(self, lines: list[TextLine], at: int) -> bool:
        if number_level(lines[at].text) not in (-1, 1, 2):
            return False
        return self._scored is False or not any(scores(line.text) for line in lines[at : at + 4])

    def _take(self, line: TextLine, following: TextLine | None) -> None:
        found = levels(line.text, bool(self._first))
        if found.first or found.second:
            self._settle(found, line)
        if not found.rest:
            return
        self._pending.append(line._replace(text=found.rest))
        if self._scored:
            self._scored_row()
        elif self._is_complete(following):
            self._plain_row()

    def _settle(self, found: Levels, line: TextLine) -> None:
        """A new level begins: what waits before it belongs to the row above."""
        if self._pending:
            self._give_reason(self._pending)
            self._pending = []
        if found.first:
            self._first, self._second = found.first, found.second
        else:
            self._second = found.second

    def _scored_row(self) -> None:
        last = self._pending[-1]
        found = scores(last.text)
        if found is None:
            return
        before, weight, score, after = found
        waiting = [*self._pending[:-1], last._replace(text=before)] if before else self._pending[:-1]
        waiting = self._without_reason(waiting)
        name, values = self._cells(waiting)
        cells = [*values, weight, score]
        reason = [after] if len(self._columns) > len(cells) else []
        self._add(name, (*cells, *reason), last if not waiting else waiting[0])

    def _without_reason(self, waiting: list[TextLine]) -> list[TextLine]:
        """Lines that still belong to the reason of the row above: they end its sentence."""
        ends = [n for n, line in enumerate(waiting[:-1]) if line.text.endswith("。")]
        if not ends or not self._found or "原因" not in self._columns[-1]:
            return waiting
        self._give_reason(waiting[: ends[-1] + 1])
        return waiting[ends[-1] + 1 :]

    def _give_reason(self, lines: list[TextLine]) -> None:
        if not self._found or not lines or "原因" not in self._columns[-1]:
            return
        row = self._found[-1]
        *values, reason = row.values
        text = flowing("\n".join([*([reason] if reason else []), *(line.text for line in lines)]))
        self._found[-1] = row._replace(values=(*values, text))

    def _cells(self, waiting: list[TextLine]) -> tuple[str, list[str]]:
        """Name, and target and actual, from the lines before the weight."""
        chunks = _chunks(waiting)
        if not self._pair:
            *before, text = chunks or [""]
            rest, target = last_cell(text)
            return flowing("".join([*before, rest])), [target]
        if len(chunks) >= 3 and not any(" " in chunk.strip() for chunk in chunks[-2:]):
            return flowing("".join(chunks[:-2])), [flowing(chunks[-2]), flowing(chunks[-1])]
        *before, text = chunks or [""]
        rest, actual = last_cell(text)
        if not rest:
            # One run of words: nothing says where the name ends and target and actual begin.
            self.open_rows.append(waiting[0] if waiting else self._pending[-1])
            return flowing("".join(chunks)), [OPEN, OPEN]
        rest, target = last_cell(rest)
        return flowing("".join([*before, rest])), [target, actual]

    def _is_complete(self, following: TextLine | None) -> bool:
        """Whether the waiting lines hold a name and its target."""
        text = self._pending[-1].text
        rest, target = last_cell(text)
        if not rest and len(self._pending) == 1:
            return False
        if self._style.marks:
            return self._pending[-1].marked and (
                bool(rest) or any(line.marked for line in self._pending[:-1])
            )
        return bool(target) and (bool(rest) or len(self._pending) > 1)

    def _plain_row(self) -> None:
        waiting = self._pending
        text = waiting[-1].text
        rest, target = last_cell(text)
        cut = next((n for n, line in enumerate(waiting[:-1]) if line.marked), None)
        if self._style.marks and cut is not None:
            name = "".join(line.text for line in waiting[: cut + 1])
            target = "".join(line.text for line in waiting[cut + 1 :])
        else:
            name = "".join([*(line.text for line in waiting[:-1]), rest])
        self._add(flowing(name), (flowing(target),), waiting[0])

    def _add(self, name: str, values: tuple[str, ...], line: TextLine) -> None:
        padded = (*values, *[""] * (len(self._columns) - len(values)))
        self._found.append(_Row(self._first, self._second, name, padded, line))
        self._pending = []

    def _total(self, line: TextLine) -> None:
        if self._pending:
            self._give_reason(self._pending)
            self._pending = []
        words = line.text.split()
        weight = next(n for n, c in enumerate(self._columns) if c in ("分值", "权重"))
        values = [""] * len(self._columns)
        for n, word in enumerate(words[1:]):
            if weight + n < len(values):
                values[weight + n] = word
        self._found.append(_Row("", "", words[0], tuple(values), line))

    def rows(self, side: str, head: TextLine) -> list[list[RawCell | None]]:
        """The rows of the grid, header first."""
        place = Place(line=head.number)
        made: list[list[RawCell | None]] = [
            [RawCell(side, place, len(self._found) + 1), *(RawCell(c, place) for c in self._head)]
        ]
        for row in self._found:
            where = Place(line=row.line.number)
            texts = [row.first, row.second, row.name, *row.values]
            made.append([None, *(RawCell(text, where) for text in texts)])
        return made


def _chunks(lines: list[TextLine]) -> list[str]:
    """Lines of one cell put together: an export leaves no empty line before a line of another cell."""
    found: list[str] = []
    for line in lines:
        if found and line.gap and not _is_own(line.text):
            found[-1] += line.text
        else:
            found.append(line.text)
    return found


def _is_own(text: str) -> bool:
    """A line that holds target and actual."""
    rest, actual = last_cell(text)
    return bool(rest) and bool(actual)
