"""Lists that no 其中 opens: in brackets behind their total, numbered in a paragraph, or named by their parts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from yiheng.facts.claims import ClaimKind, FigureKind, Strength
from yiheng.reading.narrative.changes import is_value
from yiheng.reading.narrative.drafts import Draft
from yiheng.reading.narrative.lexicon import Words
from yiheng.reading.narrative.lists import enough, fills
from yiheng.reading.narrative.mentions import Mention

_INLINE = (
    re.compile(r"(?:^|[,，。;:、\s])(?P<n>[一二三四五六七八九十])、"),
    re.compile(r"(?:^|[,，。;:、\s])\((?P<n>[一二三四五六七八九十])\)"),
    re.compile(r"(?:^|[,，。;:、\s])(?P<n>\d)[.、．](?!\d)"),
    re.compile(r"(?:^|[,，。;:、\s])\((?P<n>\d)\)"),
    re.compile(r"(?:^|[,，。;:、\s])(?P<n>[一二三四五六七八九])是"),
)
_OPENED = re.compile(r":$|(?:如下|其中)[。:]$")
_NUMERALS = "一二三四五六七八九十"
_BEHIND = 3
"""Values between a total and the list that its parts make, of its other stage or year."""
_REVENUE = re.compile(r"(?:公共预算|公共财政预算|财政|地方)(?:总)?收入")
_TAXES = re.compile("(?<!非)税收收入")
_REST = 2
"""Sentences between revenue and the kinds that make it up."""
_FUNDS = (
    ("一般公共预算收入", "政府性基金预算收入", "国有资本经营预算收入"),
    ("一般公共预算支出", "政府性基金预算支出", "国有资本经营预算支出"),
)
_WHOLE_NAMES = ("三公",)
"""Totals of which the form fixes the parts, so that their names alone make a list."""


def drafts(found: Sequence[Mention], text: str, made: Sequence[Draft], words: Words) -> Iterator[Draft]:
    """PARTS claims of a paragraph, besides those of `made`."""
    divided = {id(d.right[0]) for d in made if d.strength is not Strength.UPPER}
    amounts = [m for m in found if is_value(m) and m.kind is FigureKind.AMOUNT]
    for draft in (
        *_bracketed(amounts, text),
        *_named(amounts, words),
        *_numbered(amounts, text),
        *_revenue(amounts),
        *_budgets(amounts),
    ):
        if id(draft.right[0]) not in divided:
            divided.add(id(draft.right[0]))
            yield draft


def _bracketed(amounts: Sequence[Mention], text: str) -> Iterator[Draft]:
    """购置及运行费 21 万元（购置费 8 万元、运行费 13 万元）: a bracket of amounts with their names."""
    for n, total in enumerate(amounts):
        if not text.startswith("(", total.end):
            continue
        close = text.find(")", total.end)
        inside = [m for m in amounts[n + 1 :] if m.end <= close and m.depth == total.depth + 1]
        joined = all(re.fullmatch(r"[(、,，;和及]?[^\d,，、;()]{2,20}", m.lead) for m in inside)
        whole = inside and text[inside[-1].end : close] == ""
        if len(inside) >= 2 and joined and whole and total.comparable(inside[0]):
            yield Draft(ClaimKind.PARTS, tuple(inside), (total,), Strength.PRESUMED)


def _named(amounts: Sequence[Mention], words: Words) -> Iterator[Draft]:
    """“三公”经费 5 万元，出国费 0 万元，接待费 1 万元，用车购置及运行费 4 万元: parts that the form fixes."""
    for n, total in enumerate(amounts):
        if not any(name in total.subject for name in _WHOLE_NAMES):
            continue
        following = [m for m in amounts[n + 1 :] if m.depth == total.depth][: _BEHIND + 6]
        for row in words.value["partitions"]:
            parts = following[: len(row)]
            near = parts and parts[-1].sentence - total.sentence <= 1
            alike = len({m.stage for m in parts}) == 1 and all(m.comparable(total) for m in parts)
            if near and alike and len(row) > 2 and fills(row, [m.own_subject for m in parts]):
                yield Draft(ClaimKind.PARTS, tuple(parts), (total,), Strength.STATED)
                break


def _revenue(amounts: Sequence[Mention]) -> Iterator[Draft]:
    """一般公共预算收入 …（税收收入 …，增长 …；非税收入 …，增长 …）: by law revenue is 税收收入 and 非税收入."""
    for n, other in enumerate(amounts):
        if "非税收入" not in other.own_subject:
            continue
        taxes = next((m for m in reversed(amounts[:n]) if _TAXES.search(m.own_subject)), None)
        if taxes is None or other.sentence - taxes.sentence > _REST:
            continue
        before = amounts[: amounts.index(taxes)]
        total = next((m for m in reversed(before) if _REVENUE.search(m.own_subject)), None)
        near = total is not None and taxes.sentence - total.sentence <= _REST
        if total is not None and near and all(m.comparable(total) for m in (taxes, other)):
            beside = "公共" in total.own_subject and amounts[n - 2 : n] == [total, taxes]
            strength = Strength.STATED if beside else Strength.PRESUMED
            yield Draft(ClaimKind.PARTS, (taxes, other), (total,), strength)


def _budgets(amounts: Sequence[Mention]) -> Iterator[Draft]:
    """财政收入 …。其中一般公共预算收入 …。政府性基金预算收入 …。国有资本经营预算收入 …: the budgets it is made of."""
    for n, total in enumerate(amounts):
        following = [m for m in amounts[n + 1 :] if m.depth == total.depth][:3]
        named = "财政" in total.own_subject and "公共" not in total.own_subject
        whole = any(fills(row, [m.own_subject for m in following]) for row in _FUNDS)
        if named and whole and all(m.comparable(total) for m in following) and enough(total, following):
            yield Draft(ClaimKind.PARTS, tuple(following), (total,), Strength.PRESUMED)


def _numbered(amounts: Sequence[Mention], text: str) -> Iterator[Draft]:
    """共 … 万元：一、甲 …；二、乙 …；三、丙 …: the first amount behind each number, up to the end of the paragraph."""
    for pattern in _INLINE:
        marks = list(pattern.finditer(text))
        numbers = [_number(mark["n"]) for mark in marks]
        if len(marks) < 2 or numbers != list(range(1, len(marks) + 1)) or marks[0].start() == 0:
            continue
        if not _OPENED.search(text[: marks[0].start() + 1]):
            continue
        ends = [*(m.start() for m in marks[1:]), len(text)]
        items = [
            [m for m in amounts if mark.end() <= m.start < end] for mark, end in zip(marks, ends, strict=True)
        ]
        before = [m for m in amounts if m.end <= marks[0].start() and not m.reason]
        for total in before[-2:]:
            first = [next((m for m in item if m.year == total.year), None) for item in items]
            parts = tuple(m for m in first if m is not None and m.comparable(total))
            if len(parts) == len(items):
                yield Draft(ClaimKind.PARTS, parts, (total,), Strength.PRESUMED)
        return


def _number(mark: str) -> int:
    return int(mark) if mark.isdigit() else _NUMERALS.index(mark) + 1
