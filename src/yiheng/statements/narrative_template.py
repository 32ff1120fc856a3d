"""Narrative templates (说明模板): the policy entry of type `narrative`, read into the parts of `narrative_spec`.

A section has sentences, and may be repeated for each unit or code found; so may a sentence. A sentence is a text with
names in braces: words of the paper ({year}, {owner} …) or its own figures. Examples stand in `docs/table-families.md`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from yiheng.statements.narrative_spec import (
    BECAUSE,
    AmountSpec,
    ChartSpec,
    CompareSpec,
    CostingSpec,
    EachSpec,
    FigureSpec,
    ListItem,
    ListSpec,
    NamesSpec,
    NarrativeSpec,
    ReasonSpec,
    SectionSpec,
    SentenceSpec,
    Shown,
    StopSpec,
    TextSpec,
)
from yiheng.statements.template import TemplateError, TermSpec, known, needs, parse_term, texts, where_of

COMPARISONS: Final = ("change", "growth", "share", "completion")
PLACEHOLDERS: Final = frozenset({"year", "prior", "owner", "department"})
"""Words that every sentence and heading may name."""
REPEATED: Final = frozenset({"name", "code", "number", "ordinal"})
"""Words that a repeated one may name besides, with the name of what it is repeated for."""
NAME: Final = re.compile(r"\{(\w+)\}")


_LOOK = {"places", "strip", "before"}
_AMOUNT = {"measure", "terms", "views", "where", "year", "label", "uom", "optional", *_LOOK}
_SHARED = {"measure", "terms", "views", "where", "year"}
_LIST = {"list", "separator", "none", *_SHARED, *_LOOK}
CHARTS: Final = ("structure", "comparison", "progress")


def parse_narrative(value: Mapping[str, Any]) -> NarrativeSpec:
    """Read a narrative template. Raises `TemplateError` at the first part that cannot be read."""
    known(value, {"kind", "unit", "places", "strip", "sections", "charts"}, "说明模板")
    needs(value, ("kind", "unit", "places", "sections"), "说明模板")
    sections = tuple(_section(s) for s in value["sections"])
    unique([s.id for s in sections], "说明模板")
    charts = tuple(parse_chart(c) for c in value.get("charts", ()))
    unique([c.id for c in charts], "说明模板的图")
    return NarrativeSpec(
        value["kind"], value["unit"], value["places"], value.get("strip", False), sections, charts
    )


def _section(value: Mapping[str, Any]) -> SectionSpec:
    place = f"说明 {value.get('id', '?')}"
    known(value, {"id", "level", "heading", "sentences", "tables", "glossary", "each"}, place)
    needs(value, ("id", "heading"), place)
    each = _each(value["each"], place) if "each" in value else None
    words = PLACEHOLDERS | _repeated(each)
    _names_known(value["heading"], words, place)
    sentences = tuple(parse_sentence(s, value["id"], words) for s in value.get("sentences", ()))
    unique([s.id for s in sentences], place)
    tables = texts(value.get("tables", ()))
    return SectionSpec(
        value["id"], value["level"], value["heading"], sentences, tables, value.get("glossary", ""), each
    )


def parse_sentence(value: Mapping[str, Any], section: str, words: frozenset[str]) -> SentenceSpec:
    """One sentence; `words` are those that it may name besides its figures. Raises `TemplateError`."""
    place = f"说明 {section}.{value.get('id', '?')}"
    known(value, {"id", "text", "figures", "each", "when"}, place)
    needs(value, ("id", "text"), place)
    each = _each(value["each"], place) if "each" in value else None
    words |= _repeated(each)
    figures = {name: _figure(f, f"{place}.{name}", words) for name, f in value.get("figures", {}).items()}
    when = value.get("when", "")
    negated = when.startswith("not ")
    when = when.removeprefix("not ")
    _names_known(value["text"], words | figures.keys(), place)
    _amounts_known(figures, when, place)
    _all_used(figures, value["text"], when, place)
    return SentenceSpec(
        value["id"], value["text"], figures, each, "" if negated else when, when if negated else ""
    )


def _figure(value: Mapping[str, Any], place: str, words: frozenset[str]) -> FigureSpec:
    kind = next(
        (k for k in (*COMPARISONS, "list", "names", "text", "reason", "costing", "stop") if k in value), ""
    )
    if kind in COMPARISONS:
        known(value, {kind, "optional", *_LOOK}, place)
        _names_known(value.get("before", ""), words, place)
        return CompareSpec(kind, _pair(value[kind], place), value.get("optional", False), _shown(value))
    if kind == "list":
        return _list(value, place)
    if kind == "names":
        known(value, {"names", "level", *_SHARED}, place)
        return NamesSpec(EachSpec(value["names"], _amount(value, place), value.get("level", 0)))
    if kind == "text":
        known(value, {"text"}, place)
        return TextSpec(value["text"])
    if kind == "reason":
        known(value, {"reason", "of", "before"}, place)
        _names_known(value["reason"], words, place)
        before = value.get("before", BECAUSE)
        return ReasonSpec(value["reason"], _pair(value.get("of"), place), before)
    if kind == "costing":
        known(value, {"costing"}, place)
        return CostingSpec()
    if kind == "stop":
        known(value, {"stop"}, place)
        return StopSpec(value["stop"])
    known(value, _AMOUNT, place)
    return _amount(value, place)


def _amount(value: Mapping[str, Any], place: str) -> AmountSpec:
    if ("measure" in value) == ("terms" in value):
        raise TemplateError(f"{place}：measure 与 terms 要写一个，也只写一个")
    year = value.get("year", 0)
    if "terms" in value:
        terms = tuple(parse_term(t, place) for t in value["terms"])
        terms = tuple(t if t.year is not None else replace(t, year=year) for t in terms)
    else:
        terms = (TermSpec(texts(value["measure"]), year=year),)
    return AmountSpec(
        terms,
        texts(value.get("views", "function")),
        where_of(value.get("where", {}), place),
        value.get("label", ""),
        value.get("uom", ""),
        value.get("optional", False),
        _shown(value),
    )


def _list(value: Mapping[str, Any], place: str) -> ListSpec:
    known(value, _LIST, place)
    separator, none = value.get("separator", "，"), value.get("none", "无")
    return ListSpec(_items(value["list"], value, place), separator, none, _shown(value))


def _items(items: Sequence[Mapping[str, Any]], around: Mapping[str, Any], place: str) -> tuple[ListItem, ...]:
    """Labelled amounts; what an item does not say it takes from around it, its predicates added to those."""
    found = []
    for item in items:
        known(item, {"label", "always", *_SHARED}, place)
        needs(item, ("label",), place)
        shared = {k: v for k, v in around.items() if k in _SHARED}
        if "measure" in item or "terms" in item:
            shared = {k: v for k, v in shared.items() if k not in ("measure", "terms")}
        where = {**shared.get("where", {}), **item.get("where", {})}
        own = {k: v for k, v in item.items() if k in _SHARED}
        amount = _amount({**shared, **own, "where": where}, f"{place} {item['label']}")
        found.append(ListItem(item["label"], replace(amount, label=item["label"]), item.get("always", False)))
    return tuple(found)


def _each(value: Mapping[str, Any], place: str, around: Mapping[str, Any] | None = None) -> EachSpec:
    known(value, {"dim", "level", *_SHARED}, place)
    needs(value, ("dim",), place)
    shared = {k: v for k, v in (around or {}).items() if k in _SHARED}
    return EachSpec(value["dim"], _amount({**shared, **value}, place), value.get("level", 0))


def parse_chart(value: Mapping[str, Any]) -> ChartSpec:
    """One chart. Raises `TemplateError`."""
    place = f"图 {value.get('id', '?')}"
    known(value, {"id", "kind", "title", "items", "each", "budget", *_SHARED}, place)
    needs(value, ("id", "kind", "title"), place)
    if value["kind"] not in CHARTS:
        raise TemplateError(f"{place}：kind 不认识 {value['kind']!r}，可用 {'、'.join(CHARTS)}")
    progress = value["kind"] == "progress"
    if progress:
        needs(value, ("measure", "budget"), place)
    elif not (value.get("items") or value.get("each")):
        raise TemplateError(f"{place}：要写 items 或 each")
    budget = (
        _amount({"measure": [value["budget"], "budget"], "views": ["function", "class"]}, place)
        if progress
        else None
    )
    return ChartSpec(
        value["id"],
        value["kind"],
        value["title"],
        _items(value.get("items", ()), value, place),
        _each(value["each"], place, value) if "each" in value else None,
        _amount(value, place) if progress else None,
        budget,
    )


def _shown(value: Mapping[str, Any]) -> Shown:
    return Shown(value.get("places"), value.get("strip"), value.get("before"))


def _pair(value: Any, place: str) -> tuple[str, str]:
    if not isinstance(value, (list, tuple)) or len(value) != 2:
        raise TemplateError(f"{place}：要写两个金额的名称，例如 [total, before]")
    return value[0], value[1]


def _repeated(each: EachSpec | None) -> frozenset[str]:
    return REPEATED | {each.dim} if each else frozenset()


def _names_known(text: str, words: frozenset[str], place: str) -> None:
    unknown = sorted(set(NAME.findall(text)) - words)
    if unknown:
        raise TemplateError(f"{place}：不认识的名称 {'、'.join(unknown)}；可用：{'、'.join(sorted(words))}")


def _amounts_known(figures: Mapping[str, FigureSpec], when: str, place: str) -> None:
    amounts = {name for name, f in figures.items() if isinstance(f, AmountSpec)}
    unknown = sorted(_referred(figures, when) - amounts)
    if unknown:
        raise TemplateError(
            f"{place}：{'、'.join(unknown)} 不是本句的金额；现有：{'、'.join(sorted(amounts))}"
        )


def _all_used(figures: Mapping[str, FigureSpec], text: str, when: str, place: str) -> None:
    unused = sorted(figures.keys() - set(NAME.findall(text)) - _referred(figures, when))
    if unused:
        raise TemplateError(f"{place}：数字 {'、'.join(unused)} 没有被用到，请删去或写入句子")


def _referred(figures: Mapping[str, FigureSpec], when: str) -> set[str]:
    """The amounts that other figures or the condition name."""
    found = {when} - {""}
    for figure in figures.values():
        if isinstance(figure, (CompareSpec, ReasonSpec)):
            found.update(figure.of)
        elif isinstance(figure, StopSpec):
            found.add(figure.amount)
    return found


def unique(ids: Sequence[str], place: str) -> None:
    """Raises `TemplateError` where an id comes twice."""
    twice = sorted({id for id in ids if ids.count(id) > 1})
    if twice:
        raise TemplateError(f"{place}：编号重复 {'、'.join(twice)}")


def amounts_of(sentence: SentenceSpec) -> Iterator[AmountSpec]:
    """Every amount that a sentence asks for."""
    if sentence.each:
        yield sentence.each.amount
    for figure in sentence.figures.values():
        if isinstance(figure, AmountSpec):
            yield figure
        elif isinstance(figure, ListSpec):
            yield from (item.amount for item in figure.items)
        elif isinstance(figure, NamesSpec):
            yield figure.each.amount
