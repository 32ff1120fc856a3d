"""Sums down the rows of a table (纵向勾稽): codes by level, units, numbered items, 其中, 合计."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from yiheng.checks.audit.columns import is_aside
from yiheng.checks.audit.register import AuditRule
from yiheng.checks.audit.relations import Relation, Term
from yiheng.facts.known import KnownBlock, KnownTable
from yiheng.money import PrintedKind

TOTALS = frozenset({"合计", "总计"})
_CARRIED = ("年初结转和结余", "上年结转", "使用非财政拨款结余", "结余分配", "年末结转和结余", "结转下年")
_PARTS_OF = {
    "政府预算拨款": ("一般公共预算", "政府性基金预算", "国有资本经营预算"),
    "单位资金": ("事业收入", "事业单位经营收入", "上级补助收入", "附属单位上缴收入", "其他收入"),
}
_NUMBERS = (
    re.compile(r"^[一二三四五六七八九十]{1,3}[、.．]"),
    re.compile(r"^[（(][一二三四五六七八九十]{1,3}[)）]"),
    re.compile(r"^\d{1,2}[、.．](?!\d)"),
    re.compile(r"^[（(]\d{1,2}[)）]"),
)
_PART = re.compile(r"^\s*(其中|#)")
_UNIT = re.compile(r"[(（](?:个|人|人次|次|批|批次|辆|台|套|台、套)[)）]")
_NO_MONEY = re.compile(r"年度$|年份$|序号|行次")


@dataclass(frozen=True)
class Sum:
    """A row and the rows that it adds up; signs below zero are taken off."""

    total: int
    parts: tuple[int, ...]
    certain: bool
    what: str
    less: tuple[int, ...] = ()


def row_relations(rule: AuditRule, table: KnownTable) -> Iterator[Relation]:
    """Every sum down the rows that the table's labels show, for every column of figures."""
    for b, block in enumerate(table.blocks):
        sums = [(found, f"{table.index}/{b}/行{found.what}") for found in sums_of(table, block)]
        for c in _money_columns(block):
            for found, family in sums:
                terms = [Term(1, table.key(b, r, c)) for r in found.parts]
                terms += [Term(-1, table.key(b, r, c)) for r in found.less]
                money = bool(table.name or table.unit or block.columns[c].unit or table.read.unit)
                certain = found.certain and money
                left = (Term(1, table.key(b, found.total, c)),)
                yield Relation(rule, left, tuple(terms), family=family, certain=certain)


def _money_columns(block: KnownBlock) -> list[int]:
    return [
        c
        for c in block.figures
        if not _NO_MONEY.search("".join(block.columns[c].path).strip())
        and not (is_aside(block.columns[c].path) and "采购" not in "".join(block.columns[c].path))
    ]


def sums_of(table: KnownTable, block: KnownBlock) -> Iterator[Sum]:
    """The sums of a block, by what its rows are."""
    codes = [row.code for row in block.rows]
    if any(row.period for row in block.rows):
        yield from _by_period(block)
        return
    if any(codes):
        yield from _by_code(block)
        yield from _above_codes(block)
    if any(row.name in ("本年收入合计", "本年支出合计") for row in block.rows):
        yield from _balance(block)
        return
    if not any(codes):
        yield from _listed(table, block)
    yield from _by_level(block)


# -- codes (科目) ----------------------------------------------------------------------------------------------------


def _segments(block: KnownBlock) -> dict[int, list[int]]:
    found: dict[int, list[int]] = defaultdict(list)
    for r, row in enumerate(block.rows):
        if row.code:
            found[row.head].append(r)
    return found


def _tree(block: KnownBlock, rows: Sequence[int]) -> tuple[list[int], dict[int, list[int]]]:
    """Rows without a code above them, and the rows below each."""
    tops: list[int] = []
    below: dict[int, list[int]] = defaultdict(list)
    open_: list[int] = []
    for r in rows:
        code = block.rows[r].code
        while open_ and not (
            code.startswith(block.rows[open_[-1]].code) and code != block.rows[open_[-1]].code
        ):
            open_.pop()
        (below[open_[-1]] if open_ else tops).append(r)
        open_.append(r)
    return tops, below


def _by_code(block: KnownBlock) -> Iterator[Sum]:
    for rows in _segments(block).values():
        _, below = _tree(block, rows)
        for total, parts in below.items():
            yield Sum(total, tuple(parts), _official(block, total, parts), "科目")


def _official(block: KnownBlock, total: int, parts: Iterable[int]) -> bool:
    """Codes of the functional or economic classification, whose levels add up by definition."""
    codes = [block.rows[r].code for r in (total, *parts)]
    return all(len(code) in (3, 5, 7) and code.isdigit() for code in codes)


def _above_codes(block: KnownBlock) -> Iterator[Sum]:
    """合计 and units over the codes that stand under them."""
    segments = _segments(block)
    tops = {head: _tree(block, rows)[0] for head, rows in segments.items()}
    if any(row.name in ("本年收入合计", "本年支出合计", "总计") for row in block.rows):
        return
    plain = [
        r for r, row in enumerate(block.rows) if not row.code and (not _empty(block, r) or row.name in TOTALS)
    ]
    totals = [r for r in plain if block.rows[r].name in TOTALS]
    heads = [r for r in plain if r in tops and r not in totals]
    others = [r for r in plain if r not in tops and r not in totals and not _PART.match(block.rows[r].label)]
    for head in heads:
        yield Sum(head, tuple(tops[head]), False, "单位")
    for total in totals:
        if heads and not others:
            yield Sum(total, tuple(heads), True, "合计")
        elif not heads and not others:
            parts = [r for rows in tops.values() for r in rows]
            yield Sum(total, tuple(parts), True, "合计")
    for unit, later in pairwise([*others, len(block.rows)]):
        grouped = [h for h in heads if unit < h < later]
        if len(grouped) >= 2 and heads[0] > others[0]:
            yield Sum(unit, tuple(grouped), False, "单位分组")
    if totals and others and heads:
        for total in totals:
            yield Sum(total, tuple(others), False, "合计单位")
    if not totals and len(others) == 1 and heads and others[0] < heads[0]:
        yield Sum(others[0], tuple(heads), False, "合计")


def _empty(block: KnownBlock, row: int) -> bool:
    return not any(
        cell.printed.kind is PrintedKind.NUMBER
        for cell, column in zip(block.cells[row], block.columns, strict=True)
        if not column.of_names
    )


# -- income against spending (收支总表) -------------------------------------------------------------------------------


def _balance(block: KnownBlock) -> Iterator[Sum]:
    names = [row.name for row in block.rows]
    at = {name: r for r, name in reversed(list(enumerate(names)))}
    year = at.get("本年收入合计", at.get("本年支出合计", -1))
    total = at.get("总计", -1)
    listed, after = _of_the_year(block, year, total if total > year else len(block.rows))
    below, certain = _items(block, listed)
    for whole, parts in below.items():
        if not block.rows[whole].code:
            yield Sum(whole, tuple(parts), certain, "分项")
    nested = {r for parts in below.values() for r in parts}
    tops = [r for r in listed if r not in nested and not _PART.match(block.rows[r].label)]
    if tops:
        yield Sum(year, tuple(tops), certain, "本年合计")
    if total < 0:
        return
    carried: dict[int, list[int]] = {}
    known = True
    for r in after:
        if names[r] in _CARRIED:
            carried[r] = []
        elif carried and (names[r].startswith("结转/") or _number(block.rows[r].label) > 1):
            carried[list(carried)[-1]].append(r)
        elif not _empty(block, r):
            known = False
    for whole, parts in carried.items():
        if len([r for r in parts if not _empty(block, r)]) >= 1 and not _empty(block, whole):
            yield Sum(whole, tuple(parts), known, "结转分项")
    yield Sum(total, (year, *carried), known, "总计")


def _of_the_year(block: KnownBlock, year: int, end: int) -> tuple[list[int], list[int]]:
    """The rows that 本年合计 adds up, above it or, where it comes first, below it; and the rows after them."""
    above = [r for r in range(year) if not _empty(block, r) or block.rows[r].label.strip()]
    if above:
        return above, list(range(year + 1, end))
    below = list(range(year + 1, end))
    stop = next((r for r in below if block.rows[r].name in _CARRIED), end)
    return [r for r in below if r < stop], [r for r in below if r >= stop]


def _items(block: KnownBlock, listed: Sequence[int]) -> tuple[dict[int, list[int]], bool]:
    """The rows below each row by code, number (一、 1.) and canonical name, and whether every row is understood."""
    below: dict[int, list[int]] = defaultdict(list)
    _, by_code = _tree(block, [r for r in listed if block.rows[r].code])
    for total, parts in by_code.items():
        below[total] = list(parts)
    open_: list[tuple[int, int]] = []
    understood = True
    for r in listed:
        row = block.rows[r]
        if row.code:
            open_ = []
            continue
        if _PART.match(row.label):
            continue
        parent = next(
            (p for p in listed if row.name and row.name in _PARTS_OF.get(block.rows[p].name, ())), -1
        )
        level = _number(row.label)
        if parent >= 0 and parent < r:
            below[parent].append(r)
        elif level:
            while open_ and open_[-1][0] >= level:
                open_.pop()
            if open_:
                below[open_[-1][1]].append(r)
            open_.append((level, r))
        elif not row.name and not _empty(block, r):
            understood = False
    return {total: parts for total, parts in below.items() if parts}, understood


def _number(label: str) -> int:
    bare = "".join(label.split())
    return next((i + 1 for i, pattern in enumerate(_NUMBERS) if pattern.match(bare)), 0)


# -- lists (清单) ----------------------------------------------------------------------------------------------------


def _listed(table: KnownTable, block: KnownBlock) -> Iterator[Sum]:
    """A list of rows with a total: by its word, its indent, or a first row that adds up the rest."""
    rows = [
        r for r in range(len(block.rows)) if not _empty(block, r) and not _PART.match(block.rows[r].label)
    ]
    if len(rows) < 2 or _mixed(block, rows):
        return
    totals = [r for r in rows if block.rows[r].name in TOTALS or _word(block.rows[r].label)]
    plain = [r for r in rows if r not in totals]
    if len(totals) == 1 and plain and totals[0] in (rows[0], rows[-1]):
        worded = _word(block.rows[totals[0]].label)
        flat = len({block.rows[r].level for r in plain}) == 1 and not any(
            _number(block.rows[r].label) > 1 for r in plain
        )
        whole = worded and flat and not table.continued and not _subtotals(block, plain)
        yield Sum(totals[0], tuple(plain), whole, "合计")
    if not totals and len(rows) >= 3:
        yield Sum(rows[0], tuple(rows[1:]), False, "首行")
    if len(rows) >= 4:
        yield Sum(rows[1], tuple(rows[2:]), False, "次行")
        yield Sum(rows[0], (rows[1],), False, "首行等于次行")


def _by_level(block: KnownBlock) -> Iterator[Sum]:
    """Sums by indent; the first of the outermost rows may add up those that follow it."""
    rows = [
        r for r in range(len(block.rows)) if not _empty(block, r) and not _PART.match(block.rows[r].label)
    ]
    if _mixed(block, rows):
        return
    below: dict[int, list[int]] = defaultdict(list)
    outer: list[int] = []
    open_: list[int] = []
    levels = _levels(block, rows)
    for r in rows:
        while open_ and levels[open_[-1]] >= levels[r]:
            open_.pop()
        (below[open_[-1]] if open_ else outer).append(r)
        open_.append(r)
    for total, parts in below.items():
        yield Sum(total, tuple(parts), False, f"缩进{levels[total]}")
    if len(outer) >= 3 and below:
        yield Sum(outer[0], tuple(outer[1:]), False, "首行同级")


def _levels(block: KnownBlock, rows: Sequence[int]) -> dict[int, int]:
    """How deep each row stands; rows without a label head those with one where print shows no indent."""
    levels = {r: block.rows[r].level for r in rows}
    if len(set(levels.values())) == 1:
        levels = {r: len(block.rows[r].groups) for r in rows}
    unnamed = [r for r in rows if not block.rows[r].label.strip()]
    if len(set(levels.values())) == 1 and 1 < len(unnamed) < len(rows) and rows[0] in unnamed:
        return {r: int(r not in unnamed) for r in rows}
    return levels


def _by_period(block: KnownBlock) -> Iterator[Sum]:
    """Rows of several years: the first unit adds up the others, year by year; 增减 is the later less the earlier."""
    units: list[dict[str, int]] = []
    for r, row in enumerate(block.rows):
        if not units or row.period in units[-1]:
            units.append({})
        units[-1][row.period] = r
    for unit in units:
        years = sorted(period for period in unit if period.isdigit())
        years = years or [word for word in ("上年", "本年") if word in unit]
        if "增减" in unit and len(years) == 2:
            yield Sum(unit["增减"], (unit[years[1]],), True, "增减", (unit[years[0]],))
    for year in units[0] if len(units) >= 3 else ():
        parts = [unit[year] for unit in units[1:] if year in unit]
        if len(parts) == len(units) - 1:
            yield Sum(units[0][year], tuple(parts), False, "各单位")


def _subtotals(block: KnownBlock, rows: Sequence[int]) -> bool:
    return any("小计" in block.rows[r].label for r in rows)


def _word(label: str) -> bool:
    return bool(re.fullmatch(r"(合计|总计|金额合计|合计金额|总合计)", re.sub(r"\s", "", label)))


def _mixed(block: KnownBlock, rows: Sequence[int]) -> bool:
    """Rows that tell different things of one subject (年初预算, 决算, 增减), or count beside amounts, do not add up."""
    words = ("增减", "比上年", "增长", "占比", "执行率", "完成率")
    counted = sum(bool(_UNIT.search(block.rows[r].label)) for r in rows)
    if 0 < counted < len(rows):
        return True
    return any(word in block.rows[r].label for r in rows for word in words)
