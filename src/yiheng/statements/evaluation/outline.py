"""Outlines of evaluation reports (自评报告提纲): policy entries of type `evaluation_outline`, by place and year.

A sentence either is of the narrative's kind (`text` with figures of the ledger), or says what the scores tell (`say`).
A section names tables and charts by the part that they play.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from yiheng.facts import Figure, Section, Sentence, Span
from yiheng.statements.evaluation.form import SHOWS
from yiheng.statements.evaluation.told import EACH, FLAGS, Said, Setting, Telling, Told, allowed
from yiheng.statements.figures import Figures
from yiheng.statements.narrative import Writer
from yiheng.statements.narrative_spec import ChartSpec, SentenceSpec
from yiheng.statements.narrative_template import NAME, PLACEHOLDERS, parse_chart, parse_sentence, unique
from yiheng.statements.template import TemplateError, known, needs, texts

OUTLINE: Final = "outline.evaluation"
TYPE: Final = "evaluation_outline"
TABLES: Final = ("framework", "summary", "deductions", "sheets", "surveys", "findings", "units")
"""Parts that tables play. A part without anything to show prints no table."""
CHARTS: Final = ("department", "projects", "progress")


@dataclass(frozen=True, slots=True)
class SaySpec:
    """A paragraph from what the scores tell: once or for each of something, where all conditions hold."""

    id: str
    text: str
    each: str = ""
    when: tuple[str, ...] = ()
    """Conditions; `not ` before one turns it round."""


@dataclass(frozen=True, slots=True)
class PartSpec:
    """A section of the outline."""

    id: str
    level: int
    heading: str
    sentences: tuple[SentenceSpec | SaySpec, ...]
    tables: tuple[str, ...]
    charts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OutlineSpec:
    """The outline of a place from one year on."""

    title: str
    sheets_title: str
    """What the paper is called where the whole department was not judged."""
    unit: str
    places: int
    strip: bool
    sections: tuple[PartSpec, ...]
    names: Mapping[str, Mapping[str, Any]]
    """Code, title and first number of tables that the place calls otherwise than the form."""
    progress: ChartSpec | None
    """The curve of budget execution, drawn where payments are dated finely enough."""


def parse_outline(value: Mapping[str, Any]) -> OutlineSpec:
    """Read an outline. Raises `TemplateError` at the first part that cannot be read."""
    place = "自评报告提纲"
    known(
        value,
        {"basis", "title", "sheets_title", "unit", "places", "strip", "sections", "progress", "names"},
        place,
    )
    needs(value, ("basis", "title", "sheets_title", "unit", "places", "sections"), place)
    for key in ("title", "sheets_title"):
        _named(value[key], PLACEHOLDERS, place)
    sections = tuple(_section(section) for section in value["sections"])
    unique([section.id for section in sections], place)
    names = value.get("names", {})
    known(names, set(SHOWS), place)
    for name in names.values():
        known(name, {"code", "title", "first"}, place)
    progress = parse_chart(value["progress"]) if "progress" in value else None
    return OutlineSpec(
        value["title"], value["sheets_title"], value["unit"], value["places"], value.get("strip", False), sections,
        names, progress,
    )  # fmt: skip


def _section(value: Mapping[str, Any]) -> PartSpec:
    place = f"提纲 {value.get('id', '?')}"
    known(value, {"id", "level", "heading", "sentences", "tables", "charts"}, place)
    needs(value, ("id", "level", "heading"), place)
    _named(value["heading"], PLACEHOLDERS, place)
    sentences = tuple(_sentence(sentence, value["id"]) for sentence in value.get("sentences", ()))
    unique([sentence.id for sentence in sentences], place)
    tables, charts = texts(value.get("tables", ())), texts(value.get("charts", ()))
    for names, options in ((tables, TABLES), (charts, CHARTS)):
        unknown = [name for name in names if name not in options]
        if unknown:
            raise TemplateError(f"{place}：不认识 {'、'.join(unknown)}，可用 {'、'.join(options)}")
    return PartSpec(value["id"], value["level"], value["heading"], sentences, tables, charts)


def _sentence(value: Mapping[str, Any], section: str) -> SentenceSpec | SaySpec:
    if "say" not in value:
        return parse_sentence(value, section, PLACEHOLDERS)
    place = f"提纲 {section}.{value.get('id', '?')}"
    known(value, {"id", "say", "each", "when"}, place)
    needs(value, ("id", "say"), place)
    each, when = value.get("each", ""), texts(value.get("when", ()))
    if each and each not in EACH:
        raise TemplateError(f"{place}：each 不认识 {each!r}，可用 {'、'.join(EACH)}")
    unknown = [name for name in when if name.removeprefix("not ") not in FLAGS]
    if unknown:
        raise TemplateError(f"{place}：when 不认识 {'、'.join(unknown)}，可用 {'、'.join(sorted(FLAGS))}")
    _named(value["say"], allowed(each), place)
    return SaySpec(value["id"], value["say"], each, when)


def _named(text: str, words: frozenset[str], place: str) -> None:
    unknown = sorted(set(NAME.findall(text)) - words)
    if unknown:
        raise TemplateError(f"{place}：不认识的名称 {'、'.join(unknown)}；可用：{'、'.join(sorted(words))}")


def write_sections(
    spec: OutlineSpec,
    figures: Figures,
    telling: Telling,
    tables: Mapping[str, tuple[str, ...]],
    charts: Mapping[str, tuple[str, ...]],
) -> tuple[Section, ...]:
    """The sections in order. `tables` and `charts` are the codes and ids that play each part."""
    words = figures.words.placeholders()
    return tuple(
        Section(
            part.id,
            part.level,
            part.heading.format(**words),
            tuple(_sentences(part, figures, telling)),
            tuple(code for name in part.tables for code in tables.get(name, ())),
            tuple(id for name in part.charts for id in charts.get(name, ())),
        )
        for part in spec.sections
    )


def _sentences(part: PartSpec, figures: Figures, telling: Telling) -> Iterator[Sentence]:
    writer = Writer(figures, part.id, figures.words.placeholders())
    for spec in part.sentences:
        if isinstance(spec, SentenceSpec):
            yield from writer.write([spec])
            continue
        for setting in telling.each(spec.each):
            if all(_holds(name, setting) for name in spec.when):
                id = ".".join(name for name in (part.id, spec.id, setting.key) if name)
                yield Sentence(id, tuple(_spans(spec.text, id, setting)))


def _holds(name: str, setting: Setting) -> bool:
    return (name.removeprefix("not ") in setting.flags) is not name.startswith("not ")


def _spans(text: str, id: str, setting: Setting) -> Iterator[Span]:
    for n, part in enumerate(NAME.split(text)):
        yield from (part,) if n % 2 == 0 else _said(part, f"说明[{id}.{part}]", setting.words[part])


def _said(name: str, address: str, said: Said) -> Iterator[Span]:
    if isinstance(said, tuple):
        for n, one in enumerate(said, 1):
            yield from _said(f"{name}{n}", address.replace("]", f"{n}]"), one)
    elif isinstance(said, Told):
        kind = "amount" if said.amount else "count"
        yield Figure(name, address, said.text, kind, said.amount, None, said.terms, said.rule)
    else:
        yield said
