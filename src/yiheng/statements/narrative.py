"""Narrative (情况说明): sentences from policy templates, every figure bound to its facts.

A template sentence names figures in braces. A figure is an amount (`measure` or `terms`), a `change` or a rate
(`growth`, `share`, `completion`) of two named amounts, a `list` of labelled amounts, the `names` of codes with an
amount, a ledger `text` or the `reason` of a change. What the ledger does not hold becomes a gap, never a guess.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from yiheng.facts import Gap, Section, Sentence, Span, Status
from yiheng.facts.select import Conditions, amount_of
from yiheng.statements.figures import RATES, Figures, Sum, with_places
from yiheng.statements.words import ordinal

_COMPOSED = frozenset({*RATES, "change", "list", "names", "text", "reason", "costing", "stop"})
"""Kinds of figure that are made from others, or from records; all others are amounts."""
_NAME = re.compile(r"\{(\w+)\}")


def sections(template: Mapping[str, Any], figures: Figures, tables: tuple[str, ...]) -> tuple[Section, ...]:
    """All sections of a narrative template, in order. `tables` are the codes that `tables: all` stands for."""
    made: list[Section] = []
    for spec in template["sections"]:
        made.extend(_section(spec, figures, tables))
    return tuple(made)


def _section(spec: Mapping[str, Any], figures: Figures, tables: tuple[str, ...]) -> Iterator[Section]:
    fill = figures.words.placeholders()
    codes = tables if spec.get("tables") == "all" else tuple(spec.get("tables", ()))
    repeat = spec.get("each")
    if not repeat:
        writer = Writer(figures, spec["id"], fill)
        written = (*writer.write(spec), *_glossary(spec.get("glossary", ()), spec["id"]))
        yield Section(spec["id"], spec["level"], spec["heading"].format(**fill), written, codes)
        return
    found = figures.codes(repeat, repeat["dim"], repeat.get("level", 0), ())
    for number, (code, name) in enumerate(found, 1):
        words = _words(fill, repeat["dim"], code, name, number)
        id = f"{spec['id']}.{code}"
        writer = Writer(figures, id, words, ((repeat["dim"], (code,)),))
        yield Section(id, spec["level"], spec["heading"].format(**words), tuple(writer.write(spec)), codes)


def _glossary(entries: Sequence[Mapping[str, str]], section: str) -> Iterator[Sentence]:
    """Terms with their definitions, numbered （一）（二）."""
    for number, entry in enumerate(entries, 1):
        yield Sentence(f"{section}.{number}", (f"（{ordinal(number)}）{entry['term']}：{entry['text']}",))


@dataclass
class Writer:
    """Writes the sentences of one section under the section's own predicates."""

    figures: Figures
    section: str
    fill: Mapping[str, str]
    where: Conditions = ()
    _sums: dict[str, Sum] = field(default_factory=dict)

    def write(self, section: Mapping[str, Any]) -> Iterator[Sentence]:
        for spec in section.get("sentences", ()):
            yield from self._sentences(spec)

    def _sentences(self, spec: Mapping[str, Any]) -> Iterator[Sentence]:
        repeat = spec.get("each")
        if not repeat:
            sentence = self._sentence(spec, spec["id"], self.fill, self.where)
            if sentence is not None:
                yield sentence
            return
        found = self.figures.codes(repeat, repeat["dim"], repeat.get("level", 0), self.where)
        for number, (code, name) in enumerate(found, 1):
            words = _words(self.fill, repeat["dim"], code, name, number)
            sentence = self._sentence(
                spec, f"{spec['id']}.{code}", words, (*self.where, (repeat["dim"], (code,)))
            )
            if sentence is not None:
                yield sentence

    def _sentence(
        self, spec: Mapping[str, Any], id: str, fill: Mapping[str, str], where: Conditions
    ) -> Sentence | None:
        wanted: Mapping[str, Mapping[str, Any]] = spec.get("figures", {})
        self._sums = {
            name: self.figures.sum(f, where) for name, f in wanted.items() if not _COMPOSED & f.keys()
        }
        if not self._occurs(spec.get("when")):
            return None
        address = f"{self.section}.{id}"
        unknown = [
            name
            for name, found in self._sums.items()
            if found.status is not Status.VALUE and not wanted[name].get("optional")
        ]
        if unknown:
            labels = "、".join(wanted[n].get("label", n) for n in unknown)
            gap = Gap(
                unknown[0], f"说明[{address}.{unknown[0]}]", f"缺少数据：{labels}", "请在台账补录后重新生成"
            )
            return Sentence(address, (gap,))
        spans: list[Span] = []
        for number, part in enumerate(_NAME.split(spec["text"])):
            if number % 2 == 0:
                spans.append(part)
            elif part in fill:
                spans.append(fill[part])
            else:
                spans.extend(self._figure(part, wanted[part], f"说明[{address}.{part}]", fill, where))
        return Sentence(address, tuple(s for s in _tidy(spans) if s != ""))

    def _occurs(self, when: str | None) -> bool:
        """Whether the sentence is said: `when: name` needs an amount other than 0, `when: not name` needs none."""
        if not when:
            return True
        name = when.removeprefix("not ")
        there = bool(self._sums[name].terms) and self._sums[name].amount.fen != 0
        return there != when.startswith("not ")

    def _figure(
        self, name: str, spec: Mapping[str, Any], address: str, fill: Mapping[str, str], where: Conditions
    ) -> Iterator[Span]:
        look = with_places(self.figures.look, spec)
        if name in self._sums:
            found = self._sums[name]
            if spec.get("optional") and not found.terms:
                return
            yield spec.get("before", "")
            yield self.figures.amount(name, address, found, look)
            return
        if "change" in spec:
            now, before = (self._sums[n] for n in spec["change"])
            if before.terms or (before.status is Status.VALUE and not spec.get("optional")):
                yield spec.get("before", "").format(**fill)
                yield self.figures.change(name, address, now, before, look)
            return
        kind = next((k for k in RATES if k in spec), "")
        if kind:
            one, other = (self._sums[n] for n in spec[kind])
            figure = self.figures.rate(name, address, kind, one, other, spec.get("places", 2))
            if figure is not None and other.terms:
                yield from (spec.get("before", "，"), figure)
        elif "list" in spec:
            yield from self._list(name, spec, address, where)
        elif "costing" in spec:
            yield from self._costing(address, where)
        elif "stop" in spec:
            yield "。" if self._sums[spec["stop"]].terms else ""
        elif "names" in spec:
            named = self.figures.codes(spec, spec["names"], spec.get("level", 0), where)
            yield "、".join(label for _, label in named)
        elif "text" in spec:
            yield from self._record("text", "section", spec["text"], name, address, "")
        else:
            yield from self._reason(spec, name, address, fill)

    def _list(self, name: str, spec: Mapping[str, Any], address: str, where: Conditions) -> Iterator[Span]:
        first = True
        shared = {k: v for k, v in spec.items() if k in ("measure", "views", "year")}
        for number, item in enumerate(spec["list"], 1):
            found = self.figures.sum({**shared, **item}, where)
            if found.amount.fen == 0 and not item.get("always"):
                continue
            yield ("" if first else spec.get("separator", "，")) + item["label"]
            yield self.figures.amount(
                f"{name}{number}", f"{address[:-1]}{number}]", found, with_places(self.figures.look, spec)
            )
            first = False
        if first:
            yield spec.get("none", "无")

    def _costing(self, address: str, where: Conditions) -> Iterator[Span]:
        """The itemised costing (测算) of a project, in brackets; nothing where there is none."""
        found = self.figures.sum({"measure": "costing", "views": "project"}, where)
        for number, term in enumerate(found.terms, 1):
            record = self.figures.words.department_year.record("costing", term.fact.key)
            part = Sum((term,), amount_of(term.fact), Status.VALUE, found.rule)
            yield ("（包括：" if number == 1 else "、") + (record.get("item") if record else "")
            yield self.figures.amount(f"item{number}", f"{address[:-1]}{number}]", part)
        if found.terms:
            yield "）"

    def _reason(
        self, spec: Mapping[str, Any], name: str, address: str, fill: Mapping[str, str]
    ) -> Iterator[Span]:
        """Why an amount changed. Nothing is asked where nothing changed; a change without a reason is a gap."""
        now, before = (self._sums[n] for n in spec["of"])
        if not before.terms or (now.amount - before.amount).fen == 0:
            return
        subject = spec["reason"].format(**fill)
        yield from self._record(
            "reason", "subject", subject, name, address, spec.get("before", "主要原因是：")
        )

    def _record(
        self, kind: str, key: str, subject: str, name: str, address: str, before: str
    ) -> Iterator[Span]:
        found = [
            r.get("text")
            for r in self.figures.words.department_year.records_of(kind)
            if r.get(key) == subject
        ]
        if found:
            yield before + "".join(found)
        else:
            what, sheet = ("变动原因", "变动原因") if kind == "reason" else ("说明文字", "说明文字")
            yield Gap(name, address, f"缺少{what}：{subject}", f"请在“{sheet}”表补录 {key}={subject}")


def _words(fill: Mapping[str, str], dim: str, code: str, name: str, number: int) -> dict[str, str]:
    """The words that a repeated section or sentence may name."""
    return {**fill, dim: code, "name": name, "code": code, "number": str(number), "ordinal": ordinal(number)}


def _tidy(spans: list[Span]) -> Iterator[Span]:
    """Join neighbouring words and keep one stop where an omitted part leaves two."""
    words = ""
    for span in spans:
        if isinstance(span, str):
            words += span
        else:
            yield _stops(words)
            yield span
            words = ""
    yield _stops(words)


def _stops(text: str) -> str:
    return re.sub(r"[，；]+(?=[。；])", "", re.sub(r"。{2,}", "。", text))
