"""The narrative as the editor shows it: headings and paragraphs of fixed words, chips and places to write in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from yiheng.facts import Entered, Figure, Gap, Sentence
from yiheng.facts.bound import Bound, escaped, split
from yiheng.pipelines.writing import Place
from yiheng.reporting.entry import table_name
from yiheng.reporting.html.markup import figure_id
from yiheng.reporting.sections import shown
from yiheng.web.readings import Prepared

Typed = Mapping[tuple[str, str, str, str], str]
"""What somebody typed and could not be saved, by place."""
_FIRST: Final = 2
_DEEPEST: Final = 6


@dataclass(frozen=True, slots=True)
class Bit:
    """Words that somebody wrote, or a figure that they name."""

    text: str
    raw: str = ""
    """How the words name the figure; empty for words."""
    address: str = ""
    """Where the figure stands in the sentence; empty where it is not to be found."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a paragraph."""

    kind: str
    """words, chip, place or gap."""
    text: str
    address: str = ""
    anchor: str = ""
    place: Place | None = None
    remedy: str = ""
    problem: str = ""
    stored: str = ""
    """The words as the ledger has them, where others were typed."""
    number: int = 0
    """Of a missing text, counted from 1 through the whole paper."""
    bits: tuple[Bit, ...] = ()
    """The words with the figures that they name, where they name any."""
    lacks: str = ""
    """Which of these are not to be found."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One sentence of the narrative."""

    id: str
    pieces: tuple[Piece, ...]

    @property
    def may_be_written(self) -> bool:
        """Whether it has a place to write in."""
        return any(piece.kind == "place" for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class Part:
    """A section: heading with its paragraphs, and the tables and charts that the paper prints there."""

    id: str
    heading: str
    level: int
    """Of its HTML heading."""
    paragraphs: tuple[Paragraph, ...]
    tables: tuple[tuple[str, str], ...]
    """(code, title)."""
    charts: tuple[str, ...]


def parts(
    prepared: Prepared, places: Mapping[str, tuple[Place, ...]], typed: Typed, problems: Typed
) -> tuple[Part, ...]:
    """All sections in order. What was typed and not saved stands in its place, with the reason beside it."""
    paper = shown(prepared.paper)
    top = min((section.level for section in paper.sections if section.heading), default=0)
    charts = {chart.id: chart.title for chart in paper.charts}
    count = _Count()
    level, found = _FIRST, []
    for number, section in enumerate(paper.sections):
        # Levels go down by one at most, as screen readers need.
        level = min(_FIRST + section.level - top, level + 1, _DEEPEST) if section.heading else level
        paragraphs = (
            Paragraph(s.id, tuple(_pieces(s, prepared, places.get(s.id, ()), typed, problems, count)))
            for s in section.sentences
        )
        tables = (
            (code, table_name(paper.table(code), paper.table_labels.get(code, ""))) for code in section.tables
        )
        found.append(
            Part(
                f"s{number}",
                section.heading,
                level,
                tuple(paragraph for paragraph in paragraphs if paragraph.pieces),
                tuple(tables),
                tuple(charts.get(ident, ident) for ident in section.charts),
            )
        )
    return tuple(found)


class _Count:
    """Numbers what is missing, through the whole paper."""

    def __init__(self) -> None:
        self.found = 0

    def next(self) -> int:
        """The next number."""
        self.found += 1
        return self.found


def missing(parts: tuple[Part, ...]) -> tuple[tuple[str, Piece], ...]:
    """Everything that is missing, with the heading above it."""
    return tuple(
        (part.heading, piece)
        for part in parts
        for paragraph in part.paragraphs
        for piece in paragraph.pieces
        if piece.number
    )


def _pieces(
    sentence: Sentence,
    prepared: Prepared,
    places: tuple[Place, ...],
    typed: Typed,
    problems: Typed,
    count: _Count,
) -> Iterator[Piece]:
    here = {(place.record, place.subject, place.key): place for place in places}
    for span in sentence.spans:
        if (isinstance(span, Figure | Gap) and span.entered) or (isinstance(span, Entered) and span.part):
            continue  # shown with the first part of the words
        if isinstance(span, Figure):
            number = prepared.trace.places.get(span.address)
            anchor = "" if number is None else figure_id(number)
            yield Piece("chip", span.text, span.address, anchor)
        elif isinstance(span, Entered | Gap) and (
            place := here.get((span.record, span.subject, getattr(span, "key", "")))
        ):
            lacks = _lacks(sentence, place)
            number = count.next() if place.missing or lacks else 0
            text = typed.get(place.id, place.text)
            yield Piece(
                "place",
                text,
                place=place,
                problem=problems.get(place.id, "") or lacks,
                stored=place.text,
                number=number,
                bits=_bits(sentence, place) if text == place.text else (),
                lacks=lacks,
            )
        elif isinstance(span, Gap):
            if prepared.paper.audience == "internal":
                yield Piece("gap", span.what, remedy=span.remedy, number=count.next())
        elif span:
            yield Piece("words", str(span))


def _lacks(sentence: Sentence, place: Place) -> str:
    """What is not to be found of the figures that the words at the place name."""
    found = (s.what for s in sentence.spans if isinstance(s, Gap) and s.entered and s.entered == place.key)
    return "；".join(dict.fromkeys(found))


def _bits(sentence: Sentence, place: Place) -> tuple[Bit, ...]:
    """The words at the place with their figures as they are printed; nothing where they name none."""
    named = iter([s for s in sentence.spans if isinstance(s, Figure | Gap) and s.entered == place.key != ""])
    parts, found = split(place.text), []
    if not any(isinstance(part, Bound) for part in parts):
        return ()
    for part in parts:
        if isinstance(part, str):
            found.append(Bit(escaped(part)))
        elif isinstance(figure := next(named, None), Figure):
            found.append(Bit(figure.text, part.raw, figure.address))
        else:
            found.append(Bit(part.raw, part.raw))
    return tuple(found)
