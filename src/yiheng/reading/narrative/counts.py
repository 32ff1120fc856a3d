"""Numbers of listed things (列举个数) and written products (乘积) in one paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from yiheng.facts.claims import AVERAGE, ClaimKind, FigureKind, Role, Strength
from yiheng.reading.narrative.drafts import Draft
from yiheng.reading.narrative.mentions import Mention

_TIMES = re.compile(r"[×✕*]")
_FACTOR = re.compile(r"\d+(?:\.\d+)?")
_NAMES = re.compile(r"(?P<names>[^,，。;:()]*、[^,，。;:()]*)$")
_FIRST = re.compile(r".*(?:分别是|分别为|包括|下设|下辖|设有|设(?![备施计])|即|含|为|是|对|:)")
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


_PER = re.compile(
    r"(?:每|人均|户均|件均)(?P<unit>[人户次件名家个所位])?(?:每(?P<time>[年月]))?[^,，。;:每]{0,8}$"
)
_SLASH = re.compile(r"/(?P<unit>[人户次件名家个所位])?[^/]{0,2}?(?P<time>[年月])?$")
_JOINS = re.compile(
    r"(?:的)?(?:补助|补贴|资助|缴费|收费|支付|发放)?(?:标准)?[,，、]?"
    r"(?:和|及|按|对|为|共|有|涉及|资助|补助|发放|参保|人数|数量|对象|人员)*(?:为)?"
)
_MONTHS = re.compile(r"[,，、]?(?:和|及|按|共)?(?P<months>\d{1,2})个?月(?:计算|测算|计|发放)?")
_RESULT = re.compile(
    r"(?:测算|计算|计)?[,，](?:全年|年度)?(?:共需|共计|合计|总计|共|需|计)(?:安排|支付|发放|支出|资金|经费)*(?:为)?"
)
_MEASURE = {"人": "人名位", "名": "人名位", "位": "人名位"}


def spoken_products(found: Sequence[Mention], text: str) -> Iterator[Draft]:
    """每人每月349元，1500人，12个月，共628.2万元: a rate, its number and the months, with nothing else between."""
    plain = [m for m in found if not (m.kind is FigureKind.COUNT and text.startswith("月", m.end))]
    for rate, count, total in zip(plain, plain[1:], plain[2:], strict=False):
        unit, time = per(rate, text)
        exact = not (rate.approximate or count.approximate or total.approximate)
        if not unit or not exact or count.kind is not FigureKind.COUNT or total.kind is not FigureKind.AMOUNT:
            continue
        counted = count.unit.lstrip("万亿") in _MEASURE.get(unit, unit)
        between = text[count.end : total.start]
        months = _MONTHS.match(between)
        rest = between[months.end() :] if months else between
        joined = _JOINS.fullmatch(text[rate.end : count.start]) and _RESULT.fullmatch(rest)
        if counted and joined and (time == "月") == (months is not None):
            factor = months["months"] if months else "1"
            yield Draft(ClaimKind.PRODUCT, (rate, count), (total,), form=factor)


def per(rate: Mention, text: str) -> tuple[str, str]:
    """For whom and how long an amount is: (人, 月); empty where it is no rate or leaves open for whom."""
    if rate.kind not in (FigureKind.AMOUNT, FigureKind.RATE):
        return "", ""
    spoken = _PER.search(rate.clause)
    written = _SLASH.search(text[rate.start : rate.end])
    hits = [hit for hit in (spoken, written) if hit is not None]
    unit = next((hit["unit"] for hit in hits if hit["unit"]), "")
    if not unit and spoken is not None and spoken[0][1:2] == "均":
        unit = spoken[0][0]
    return unit, next((hit["time"] for hit in hits if hit["time"]), "")


_EACH = re.compile(r"(?P<unit>[车辆台人户])均|平均每(?P<each>[车辆台人户])")
_COUNTED = {"车": "辆台", "辆": "辆台", "台": "辆台", "人": "人名位", "户": "户"}


def averages(found: Sequence[Mention]) -> Iterator[Draft]:
    """运行维护费 24 万元，保有量 8 辆，车均 3 万元: an amount and a number in the sentence and what each one takes."""
    for n, each in enumerate(found):
        spoken = _EACH.search(each.clause)
        if spoken is None or each.approximate or each.kind is not FigureKind.AMOUNT or each.direction:
            continue
        units = _COUNTED[spoken["unit"] or spoken["each"]]
        before = [m for m in found[:n] if each.sentence - m.sentence <= 1 and not m.approximate]
        numbers = [m for m in before if m.kind is FigureKind.COUNT and m.unit in tuple(units) and m.value]
        amounts = [m for m in before if m.kind is FigureKind.AMOUNT and m.role is Role.VALUE]
        amounts = [m for m in amounts if not _EACH.search(m.clause)]
        if len(numbers) == 1 and amounts:
            yield average(amounts, numbers[0], each)


def average(amounts: Sequence[Mention], number: Mention, each: Mention) -> Draft:
    """The claim, sure where only the unit parts the figures: 17.9万元, 3辆, 车均5.97元."""
    pairs = [(amount, number) for amount in reversed(amounts)]
    pairs.sort(key=lambda pair: not _same_digits(pair[0], pair[1], each))
    strength = Strength.STATED if _same_digits(pairs[0][0], pairs[0][1], each) else Strength.PRESUMED
    return Draft(ClaimKind.PRODUCT, pairs[0], (each,), strength, AVERAGE, readings=tuple(pairs[1:]))


def _same_digits(amount: Mention, number: Mention, each: Mention) -> bool:
    return round(amount.value / number.value, each.places) == each.value != 0


def vehicles(found: Sequence[Mention]) -> Iterator[tuple[Mention, Mention]]:
    """车均 … of a sentence that gives the number and not the amount: both."""
    for n, each in enumerate(found):
        before = [m for m in found[:n] if m.sentence == each.sentence and not m.approximate]
        numbers = [m for m in before if m.kind is FigureKind.COUNT and m.unit in ("辆", "台") and m.value]
        amounts = [m for m in found[:n] if m.kind is FigureKind.AMOUNT]
        exact = each.kind is FigureKind.AMOUNT and not each.approximate
        if exact and "车均" in each.clause and len(numbers) == 1 and not amounts:
            yield numbers[0], each


_AFTER = re.compile(
    r"(?:[:(]|[,，]?(?:分别)?(?:是|为|即|包括):?)(?P<names>[^,，。;:()\d]{2,20}(?:、[^,，。;:()\d]{1,20}){1,30})(?P<end>[。;)]|$)"
)
_LIST = 400
"""Characters behind a number in which its list ends."""
_BODIES = frozenset(("个", "处"))
_BODY = re.compile(
    r"^(?:[^,，。;:()]{0,6})?(?:机构|科室|处室|股室|部室|部门|单位|中心|科|处|室|股|部|分局|支队|大队)$"
)


def listed_after(found: Sequence[Mention], text: str) -> Iterator[Draft]:
    """内设7个科室：甲科、乙科 …；: how many bodies are named behind their number."""
    for mention in found:
        exact = mention.kind is FigureKind.COUNT and not mention.places and not mention.approximate
        if not exact or mention.unit not in _BODIES or mention.value < 2:
            continue
        rest = text[mention.end : mention.end + _LIST]
        opened = next((m for m in _AFTER.finditer(rest) if _BODY.match(rest[: m.start()])), None)
        if opened is None or re.search("等$|“|以及其", opened["names"]):
            continue
        low = opened["names"].count("、") + 1
        high = low + len(_AND.findall(opened["names"]))
        yield Draft(ClaimKind.COUNT, (), (mention,), counted=(low, high))


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
            # The list began before a bracket: its first names are not here.
            names["names"].startswith("、")
            or "“" in listed
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
