"""Rows of a table with one side in a text export: a code, a label that may be wrapped, and figures."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from yiheng.facts.document import Place
from yiheng.reading.structure.words import TOTAL, bare, flowing
from yiheng.reading.text.heading import Column
from yiheng.reading.text.lines import TextLine
from yiheng.reading.text.segments import Segment, segments, words

_YEAR_LABEL: Final = re.compile(r"(?:^|(?<=\s))((?:19|20)\d\d\s*年?度?|增减变化?(?:金额)?|增减额?|增长率?)$")


class TextRow(NamedTuple):
    """A row of one side."""

    unit: str
    code: str
    label: str
    figures: tuple[str, ...]
    lead: int
    place: Place
    number: int
    """The row of print that it shares with the other sides."""


class OneSide:
    """Reads the lines of a table one after the other."""

    def __init__(self, columns: list[Column], places: int | None, coded: bool) -> None:
        self._kinds = {column.kind for column in columns}
        self._values = sum(column.kind == "value" for column in columns)
        self._places = places
        self._coded = coded
        self._rows: list[TextRow] = []
        self._pending: list[TextLine] = []
        """Lines of a label whose figures have not come yet."""
        self._texts: list[str] = []
        self._code = ""
        self._above = 0
        """Lines of its label that stood above the last row, where its code and figures stand in the middle of it."""

    def read(self, lines: list[TextLine]) -> list[TextRow]:
        """The rows that the lines make."""
        for line in lines:
            part = self._part(line)
            if part is not None:
                self._take(line, part)
        self._rest_of_label(self._above)
        if self._pending and (self._code or TOTAL.match(bare("".join(self._texts)))):
            self._close((), self._pending[-1])
        return self._rows

    def _part(self, line: TextLine) -> Segment | None:
        parts = segments(words(line.text, self._places, self._coded))
        if not parts:
            return None
        part = parts[0] if len(parts) == 1 else _inner_figures(line.text, parts)
        unlabelled = not part.label and not self._pending and len(part.figures) > 1
        return _year_first(part) if "year" in self._kinds and unlabelled else part

    def _take(self, line: TextLine, part: Segment) -> None:
        if self._above and self._pending and (part.figures or part.code):
            # The row before stood in the middle of its label: what follows it is the rest, as many lines as before.
            self._rest_of_label(min(self._above, len(self._pending) - (0 if part.label else 1)))
        if self._goes_on(part):
            last = self._rows[-1]
            self._rows[-1] = last._replace(figures=(*last.figures, *part.figures))
            return
        centred = len(self._pending) if part.code and part.figures and not part.label else 0
        begins = (bool(part.code) and not centred) or TOTAL.match(bare(part.label)) is not None
        if self._pending and begins:
            self._close((), self._pending[-1])
        self._code = part.code or self._code
        if part.label or part.code:
            self._pending.append(line)
        if part.label:
            self._texts.append(part.label)
        if part.figures:
            self._close(part.figures, line)
            self._above = centred

    def _goes_on(self, part: Segment) -> bool:
        """Figures alone after a row that has room for them: an export that puts every cell on a line of its own."""
        if self._pending or part.label or part.code or not self._rows or not part.figures:
            return False
        last = self._rows[-1]
        named = bool(last.label or last.code or last.unit) and bool(last.figures)
        return named and len(last.figures) + len(part.figures) <= self._values

    def _rest_of_label(self, count: int) -> None:
        """Give the last row the first lines that wait."""
        if self._rows and self._texts[:count]:
            last = self._rows[-1]
            self._rows[-1] = last._replace(label=flowing("\n".join([last.label, *self._texts[:count]])))
            del self._pending[:count], self._texts[:count]
        self._above = 0

    def _close(self, figures: tuple[str, ...], line: TextLine) -> None:
        first = self._pending[0] if self._pending else line
        lead = 0 if "year" in self._kinds else indent(first)
        unit, label = _unit_and_label(flowing("\n".join(self._texts)), self._kinds, self._code)
        place = Place(line=line.number)
        self._rows.append(TextRow(unit, self._code, label, figures, lead, place, len(self._rows)))
        self._pending, self._texts, self._code = [], [], ""


def _inner_figures(text: str, parts: list[Segment]) -> Segment:
    """Figures inside a label are part of it: only those at the end are the row's."""
    last = parts[-1].figures
    label = text
    for figure in reversed(last):
        label = label.rstrip()[: -len(figure)] if label.rstrip().endswith(figure) else label
    code = parts[0].code
    label = label.strip()
    if code and label.startswith(code):
        label = label[len(code) :].strip()
    return Segment(code, label, last)


def _year_first(part: Segment) -> Segment:
    if re.fullmatch(r"(?:19|20)\d\d", part.figures[0]):
        return Segment("", part.figures[0], part.figures[1:])
    return part


def _unit_and_label(text: str, kinds: set[str], code: str) -> tuple[str, str]:
    if "year" in kinds:
        found = _YEAR_LABEL.search(text)
        if found:
            return text[: found.start()].strip(), found[1].strip()
        return text, ""
    if "unit" not in kinds:
        return "", text
    if not {"label", "code"} & kinds:
        return text, ""
    return ("", text) if code else (text, "")


def indent(line: TextLine) -> int:
    """A single blank is what some exports put where a page begins."""
    return line.lead if line.lead > 1 else 0
