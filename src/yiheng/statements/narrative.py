"""Narrative (情况说明): sentences from policy templates, every figure bound to its facts.

What the ledger does not hold becomes a gap, never a guess: an amount that is not loaded or not attested, a text that
nobody wrote, a change without a reason.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from yiheng.facts import Entered, Gap, Section, Sentence, Span
from yiheng.facts.select import Conditions, amount_of
from yiheng.statements.figures import Figures, Found
from yiheng.statements.narrative_spec import (
    AmountSpec,
    CompareSpec,
    CostingSpec,
    EachSpec,
    FigureSpec,
    ListSpec,
    NamesSpec,
    ReasonSpec,
    SectionSpec,
    SentenceSpec,
    Shown,
    StopSpec,
    TextSpec,
)
from yiheng.statements.narrative_template import NAME
from yiheng.statements.template import TermSpec
from yiheng.statements.words import ordinal

Glossary = Sequence[Mapping[str, str]]
"""Terms with their definitions."""
COSTING: Final = AmountSpec((TermSpec(("costing",), year=0),), ("project",))


def sections(
    specs: Sequence[SectionSpec],
    figures: Figures,
    tables: tuple[str, ...],
    glossaries: Mapping[str, Glossary],
) -> tuple[Section, ...]:
    """All sections of a template, in order. `tables` are the codes that `tables: all` stands for."""
    return tuple(made for spec in specs for made in _sections(spec, figures, tables, glossaries))


def _sections(
    spec: SectionSpec, figures: Figures, tables: tuple[str, ...], glossaries: Mapping[str, Glossary]
) -> Iterator[Section]:
    codes = tables if spec.tables == ("all",) else spec.tables
    words = figures.words.placeholders()
    for key, around, where in _repeated(spec.each, figures, words, ()):
        id = f"{spec.id}.{key}" if key else spec.id
        heading = spec.heading.format(**around)
        written = Writer(figures, id, around, where, heading).write(spec.sentences)
        explained = _explained(glossaries.get(spec.glossary, ()), id)
        yield Section(id, spec.level, heading, (*written, *explained), codes)


def _explained(glossary: Glossary, section: str) -> Iterator[Sentence]:
    """Terms with their definitions, numbered （一）（二）."""
    for number, entry in enumerate(glossary, 1):
        yield Sentence(f"{section}.{number}", (f"（{ordinal(number)}）{entry['term']}：{entry['text']}",))


def _repeated(
    each: EachSpec | None, figures: Figures, words: Mapping[str, str], where: Conditions
) -> Iterator[tuple[str, Mapping[str, str], Conditions]]:
    """Once for each code found, with its key, words and predicate; once as it is where nothing is repeated."""
    if each is None:
        yield "", words, where
        return
    for number, (code, name) in enumerate(figures.codes(each, where), 1):
        own = {each.dim: code, "name": name, "code": code, "number": str(number), "ordinal": ordinal(number)}
        yield code, {**words, **own}, (*where, (each.dim, (code,)))


@dataclass(frozen=True, slots=True)
class Writer:
    """Writes the sentences of one section under the section's own words and predicates."""

    figures: Figures
    section: str
    words: Mapping[str, str]
    where: Conditions = ()
    heading: str = ""

    def write(self, sentences: Sequence[SentenceSpec]) -> Iterator[Sentence]:
        """The sentences that are to be said."""
        for spec in sentences:
            for key, words, where in _repeated(spec.each, self.figures, self.words, self.where):
                id = f"{self.section}.{spec.id}.{key}" if key else f"{self.section}.{spec.id}"
                sentence = _Draft(self.figures, spec, id, words, where, self.heading).sentence()
                if sentence is not None:
                    yield sentence


class _Draft:
    """One sentence while it is being written."""

    def __init__(
        self,
        figures: Figures,
        spec: SentenceSpec,
        id: str,
        words: Mapping[str, str],
        where: Conditions,
        heading: str,
    ) -> None:
        self.figures, self.spec, self.id, self.words, self.where = figures, spec, id, words, where
        self.heading = heading
        self._found = {
            name: figures.find(f, where) for name, f in spec.figures.items() if isinstance(f, AmountSpec)
        }

    def sentence(self) -> Sentence | None:
        """The sentence; a gap in its place where an amount is not known; None where it is not to be said."""
        if self.spec.when and not self._found[self.spec.when].is_there:
            return None
        if self.spec.unless and self._found[self.spec.unless].is_there:
            return None
        unknown = {
            name: f
            for name, f in self.spec.figures.items()
            if isinstance(f, AmountSpec) and not f.optional and not self._found[name].known
        }
        if unknown:
            return Sentence(self.id, (self._lacking(next(iter(unknown)), unknown.values()),))
        spans: list[Span] = []
        for number, part in enumerate(NAME.split(self.spec.text)):
            if number % 2 == 0:
                spans.append(part)
            elif part in self.spec.figures:
                spans.extend(self._figure(part, self.spec.figures[part]))
            else:
                spans.append(self.words[part])
        return Sentence(self.id, tuple(_tidy(spans)))

    def _address(self, name: str) -> str:
        return f"说明[{self.id}.{name}]"

    def _lacking(self, name: str, amounts: Iterable[AmountSpec]) -> Gap:
        labels = "、".join(dict.fromkeys(self.figures.label(a) for a in amounts))
        return Gap(name, self._address(name), f"缺少数据：{labels}", "请在台账补录后重新生成")

    def _figure(self, name: str, spec: FigureSpec) -> Iterator[Span]:
        match spec:
            case AmountSpec():
                yield from self._amount(name, spec)
            case CompareSpec():
                yield from self._compared(name, spec)
            case ListSpec():
                yield from self._list(name, spec)
            case NamesSpec():
                yield from self._names(name, spec)
            case TextSpec():
                yield from self._record(name, "text", "section", spec.section, "", self.heading)
            case ReasonSpec():
                yield from self._reason(name, spec)
            case CostingSpec():
                yield from self._costing()
            case StopSpec():
                yield "。" if self._found[spec.amount].terms else ""

    def _amount(self, name: str, spec: AmountSpec) -> Iterator[Span]:
        found = self._found[name]
        if spec.optional and not found.terms:
            return
        yield (spec.shown.before or "").format(**self.words)
        yield self.figures.amount(name, self._address(name), found, spec.shown)

    def _compared(self, name: str, spec: CompareSpec) -> Iterator[Span]:
        one, other = (self._found[n] for n in spec.of)
        if not (one.known and other.known) or (spec.optional and not other.terms):
            return
        address = self._address(name)
        if spec.kind == "change":
            before = spec.shown.before or ""
            figure = self.figures.change(name, address, one, other, spec.shown)
        else:
            before = "，" if spec.shown.before is None else spec.shown.before
            rate = self.figures.rate(name, address, spec.kind, one, other, spec.shown)
            if rate is None:
                return
            figure = rate
        yield before.format(**self.words)
        yield figure

    def _list(self, name: str, spec: ListSpec) -> Iterator[Span]:
        found = [(item, self.figures.find(item.amount, self.where)) for item in spec.items]
        unknown = [item.amount for item, amount in found if not amount.known]
        if unknown:
            yield self._lacking(name, unknown)
            return
        separator = ""
        for number, (item, amount) in enumerate(found, 1):
            if amount.amount.fen or item.always:
                yield separator + item.label
                part = f"{name}{number}"
                yield self.figures.amount(part, self._address(part), amount, spec.shown)
                separator = spec.separator
        if not separator:
            yield spec.none

    def _names(self, name: str, spec: NamesSpec) -> Iterator[Span]:
        if not self.figures.find(spec.each.amount, self.where).known:
            yield self._lacking(name, [spec.each.amount])
            return
        yield "、".join(label for _, label in self.figures.codes(spec.each, self.where))

    def _costing(self) -> Iterator[Span]:
        """The itemised costing (测算) of a project, in brackets; nothing where there is none."""
        found = self.figures.find(COSTING, self.where)
        for number, term in enumerate(found.terms, 1):
            record = self.figures.department_year.record("costing", term.fact.key)
            yield ("（包括：" if number == 1 else "、") + (record.get("item") if record else "")
            part = Found(amount_of(term.fact), (term,), True, found.rule)
            yield self.figures.amount(f"item{number}", self._address(f"item{number}"), part, Shown())
        if found.terms:
            yield "）"

    def _reason(self, name: str, spec: ReasonSpec) -> Iterator[Span]:
        """Why an amount changed. Nothing is asked where nothing changed; a change without a reason is a gap."""
        now, base = (self._found[n] for n in spec.of)
        if base.terms and (now.amount - base.amount).fen:
            subject = spec.subject.format(**self.words)
            yield from self._record(
                name, "reason", "subject", subject, spec.before, self._amount_of(spec.of[0])
            )

    def _amount_of(self, name: str) -> str:
        """What an amount is called, and of what it is where the sentence is repeated."""
        amount = self.spec.figures[name]
        label = self.figures.label(amount) if isinstance(amount, AmountSpec) else ""
        return f"{self.words['name']}（{label}）" if "name" in self.words else label

    def _record(
        self, name: str, kind: str, key: str, subject: str, before: str, called: str
    ) -> Iterator[Span]:
        """What the ledger says on a subject; of the paper's own unit where that says anything. `called` is for the gap:
        the subject is a key, which only the sheet's column takes.
        """
        department_year = self.figures.department_year
        said = [r for r in department_year.records_of(kind) if r.get(key) == subject]
        own = [r for r in said if r.unit == department_year.unit.key]
        if said:
            yield before
            yield from (Entered(r.get("text"), kind, subject, r.key) for r in own or said)
        else:
            sheet, column = {"reason": ("变动原因", "事项"), "text": ("说明文字", "段落")}[kind]
            remedy = f"请在“{sheet}”表补录，“{column}”栏填 {subject}"
            yield Gap(name, self._address(name), f"缺少{sheet}：{called or subject}", remedy, kind, subject)


def _tidy(spans: Sequence[Span]) -> Iterator[Span]:
    """Join neighbouring words of the template and keep one stop where an omitted part leaves two."""
    words: list[str] = []
    for span in spans:
        if isinstance(span, str):
            words.append(span)
            continue
        yield from _stops(words)
        yield span
        words = []
    yield from _stops(words)


_SPARE: Final = re.compile(r"[，；]+(?=[。；])|(?<=。)。+")


def _stops(words: Sequence[str]) -> Iterator[str]:
    """Neighbouring words without the stops that are one too many, wherever these stand."""
    text = "".join(words)
    spare = {place for found in _SPARE.finditer(text) for place in range(*found.span())}
    plain, start = "", 0
    for part in words:
        kept = "".join(char for n, char in enumerate(part, start) if n not in spare) if spare else str(part)
        start += len(part)
        if isinstance(part, Entered):
            yield from (plain,) if plain else ()
            yield Entered(kept, part.record, part.subject, part.key)
            plain = ""
        else:
            plain += kept
    if plain:
        yield plain
