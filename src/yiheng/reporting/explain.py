"""The explanation of one figure (数据来源说明) as text for the terminal and as data for JSON.

Both read the cell or figure object that the documents print; nothing is computed a second time.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final

from yiheng.facts import YUAN_UOM, CellRef, Figure, Paper
from yiheng.facts.address import AddressError, Directory, fold
from yiheng.reporting import wording
from yiheng.reporting.describe import EntryLine, FactLine, describe, describe_entry
from yiheng.reporting.entry import Entry, entry
from yiheng.reporting.labels import Labels

_GAP: Final = "  "
_AMOUNT_COLUMN: Final = 1


@dataclass(frozen=True, slots=True)
class Leaf:
    """One leaf behind a figure: how it counts, its amount, and what it does not share with the others."""

    sign: int
    amount: str
    traits: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Leaves:
    """The leaves behind a figure, with what all of them share said once (来源行)."""

    common: tuple[str, ...]
    all: tuple[Leaf, ...]


def leaves(shown: Entry, labels: Labels) -> Leaves:
    """The leaves behind the figure, in the order of the ledger."""
    facts = [describe(term.fact, labels) for term in shown.terms]
    common = _common(facts)
    found = tuple(
        Leaf(term.sign, line.amount, tuple(t for t in _traits(line) if t not in common))
        for term, line in zip(shown.terms, facts, strict=True)
    )
    first = _traits(facts[0]) if facts else []
    return Leaves(tuple(t for t in first if t in common), found)


def item_at(paper: Paper, address: str) -> CellRef | Figure:
    """The cell or the figure in a sentence that an address means. Raises `AddressError`, which names what is near."""
    wanted = fold(address)
    figures = [f for s in paper.sections for sentence in s.sentences for f in sentence.figures]
    for figure in figures:
        if fold(figure.address) == wanted:
            return figure
    if wanted.startswith("说明["):
        near = [f.address for f in figures if wanted[3:].split(".")[0] in f.address] or [
            f.address for f in figures
        ]
        raise AddressError(f"说明里没有数字“{address}”；现有：{'；'.join(near[:12])}")
    return Directory(paper.tables).resolve(address)


def text(item: CellRef | Figure, labels: Labels | None = None) -> str:
    """The explanation as plain text, its columns aligned for a terminal with full-width characters."""
    labels = labels or Labels()
    shown = entry(item)
    lines = [shown.address, ""]
    lines += [
        f"{_pad(name, 6)}{_GAP}{value}" for name, value in facts_about(describe_entry(shown, labels)) if value
    ]
    lines.append("")
    if not shown.terms:
        lines.append("来源：没有选中任何原始数。" if shown.rule else "来源：没有可列的原始数。")
        return "\n".join(lines) + "\n"
    lines.append(f"来源（{len(shown.terms)} 项）")
    found = leaves(shown, labels)
    if found.common:
        lines.append(_GAP.join([_pad("共同", 6), " · ".join(found.common)]))
    rows = [("＋" if leaf.sign > 0 else "－", leaf.amount, " · ".join(leaf.traits)) for leaf in found.all]
    return "\n".join([*lines, *_aligned(rows)]) + "\n"


def data(item: CellRef | Figure, labels: Labels | None = None) -> dict[str, Any]:
    """The explanation as plain values for JSON; amounts are decimal text in yuan, counts whole numbers."""
    labels = labels or Labels()
    shown = entry(item)
    line = describe_entry(shown, labels)
    return {
        "address": line.address,
        "where": line.where,
        "printed": line.printed,
        "unit": line.unit,
        "value": _value(shown),
        "value_text": line.value,
        "interval": _interval(shown),
        "interval_text": line.interval,
        "status": line.status.value,
        "status_note": wording.STATUS_NOTES[line.status],
        "given": line.given,
        "rule": shown.rule,
        "rule_text": line.rule,
        "source": line.source,
        "terms": [{"sign": t.sign, **_fact_data(describe(t.fact, labels))} for t in shown.terms],
    }


def facts_about(line: EntryLine) -> list[tuple[str, str]]:
    """All that is said of a figure before its leaves, as names and values; some values are empty."""
    return [
        ("位置", line.where),
        ("印出", " ".join(part for part in (line.printed, line.unit) if part)),
        ("计算值", line.value),
        ("区间", line.interval),
        ("状态", wording.status_text(line.status, line.given)),
        ("规则", line.rule),
        ("出处", line.source),
    ]


def _traits(line: FactLine) -> list[str]:
    """All that is known of a leaf but its amount; what all leaves share is said once."""
    dims = [f"{name} {value}" for name, value in line.dims]
    source = [line.document, line.place, line.origin, line.query]
    traits = [line.measure, line.view, f"{line.year} 年", line.unit, *dims, line.precision, line.on, *source]
    return [trait for trait in traits if trait]


def _common(facts: Sequence[FactLine]) -> set[str]:
    """What several leaves share; of a single one, nothing is set apart."""
    return set.intersection(*(set(_traits(line)) for line in facts)) if len(facts) > 1 else set()


def _fact_data(line: FactLine) -> dict[str, Any]:
    return {**asdict(line), "dims": dict(line.dims)}


def _value(shown: Entry) -> str | int | None:
    if shown.rate is not None:
        return shown.value
    if shown.amount is None:
        return None
    if shown.uom != YUAN_UOM:
        return shown.amount.fen
    return wording.yuan(shown.amount.fen).replace(",", "")


def _interval(shown: Entry) -> dict[str, Any] | None:
    """The ends in the unit of `value`: yuan, counts, or the ratio itself (1 = 100 %)."""
    found = shown.bounds
    if found is None:
        return None
    if shown.rate is not None:
        low, high = str(found.lo), str(found.hi)
    else:
        worth = wording.FEN_PER_YUAN if shown.uom == YUAN_UOM else 1
        low, high = (str(wording.exact_decimal(end / worth)) for end in (found.lo, found.hi))
    return {"low": low, "low_closed": found.lo_closed, "high": high, "high_closed": found.hi_closed}


def _aligned(rows: Sequence[tuple[str, ...]]) -> list[str]:
    widths = [max(_width(row[c]) for row in rows) for c in range(len(rows[0]))]
    return [
        _GAP.join(_pad(text, widths[c], c == _AMOUNT_COLUMN) for c, text in enumerate(row)).rstrip()
        for row in rows
    ]


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(char) in "WFA" else 1 for char in text)


def _pad(text: str, width: int, right: bool = False) -> str:
    blanks = " " * (width - _width(text))
    return blanks + text if right else text + blanks
