"""Numbers of listed things (列举个数) and written products (乘积) in one paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from yiheng.facts.claims import ClaimKind, FigureKind, Role, Strength
from yiheng.reading.narrative.drafts import Draft
from yiheng.reading.narrative.mentions import Mention

_TIMES = re.compile(r"[×✕*]")
_FACTOR = re.compile(r"\d+(?:\.\d+)?")
_NAMES = re.compile(r"(?P<names>[^,，。;:()]*、[^,，。;:()]*)$")
_FIRST = re.compile(r".*(?:分别是|分别为|包括|下设|下辖|设有|设|即|含|为|是|对|:)")
_AND = re.compile(r"和|与|及|以及")


def products(found: Sequence[Mention], text: str) -> Iterator[Draft]:
    """349元/月×1500人×12=628.2万元."""
    for at, mention in enumerate(found):
        if mention.kind is not FigureKind.AMOUNT or mention.approximate:
            continue
        factors: list[Mention] = []
        plain = Decimal(1)
        start = mention.start
        for before in reversed(found[:at]):
            between = text[before.end : start]
            if not _between_factors(between, first=start == mention.start):
                break
            plain *= _unitless(between)
            factors.insert(0, before)
            start = before.start
        if len(factors) >= 1 and _TIMES.search(text[factors[0].end : mention.start]):
            yield Draft(ClaimKind.PRODUCT, tuple(factors), (mention,), form=str(plain))


def _between_factors(between: str, first: bool) -> bool:
    pattern = (
        r"(?:[×✕*]\d+(?:\.\d+)?(?:个月|月|年|次)?)*(?:=|[,，]?(?:合计|共计|计|共需|共)(?:为)?)"
        if first
        else None
    )
    if pattern is not None:
        return re.fullmatch(pattern, between) is not None
    return re.fullmatch(r"(?:[×✕*]\d+(?:\.\d+)?(?:个月|月|年|次)?)*[×✕*]", between) is not None


def _unitless(between: str) -> Decimal:
    product = Decimal(1)
    for factor in _FACTOR.findall(between):
        product *= Decimal(factor)
    return product


def counts(found: Sequence[Mention], text: str) -> Iterator[Draft]:
    """分别是甲部、乙部、丙部3个部门: how many names a list has, as its commas and its 和 allow."""
    for mention in found:
        names = _NAMES.search(mention.lead)
        plain_count = mention.kind is FigureKind.COUNT and not mention.places and not mention.approximate
        if not plain_count or names is None or mention.role is not Role.VALUE:
            continue
        opened = _FIRST.match(names["names"])
        if opened is None or (names.start() == 0 and mention is not found[0]):
            continue
        listed = names["names"][opened.end() :]
        if (
            "“" in listed
            or listed.endswith(("的", "、"))
            or any(c.isdigit() for c in listed)
            or mention.value < 2
        ):
            continue
        open_end = listed.endswith(("等", "等共"))
        low = listed.count("、") + 1
        high = low + len(_AND.findall(listed))
        strength = Strength.UPPER if open_end else Strength.STATED
        yield Draft(ClaimKind.COUNT, (), (mention,), strength, counted=(low, high))
