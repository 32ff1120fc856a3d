"""Rows of a table under canonical names: codes, totals, named items, and the unit or group that each stands under."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import pairwise

from yiheng.facts.document import ReadCell, ReadDocument, ReadRow
from yiheng.facts.known import KnownColumn, KnownRow
from yiheng.money import PrintedKind
from yiheng.policy import Policy
from yiheng.reading.recognition import names

TOTAL = "合计"
_TOTALS = frozenset(
    {"合计", "总计", "总合计", "金额合计", "合计金额", "支出合计", "收入合计", "本年支出合计", "本年收入合计"}
)
_CODE = re.compile(r"^[A-Z]?\d{1,15}$")
_FUNCTION = re.compile(r"^2\d{2}(\d{2}){0,2}$")
_ECONOMIC = re.compile(r"^[35]\d{2}(\d{2})?$")


@dataclass(frozen=True)
class NameToCode:
    """Codes by name, from the code tables in policy and from the coded tables of the document itself."""

    found: Mapping[str, frozenset[str]] = field(default_factory=dict)

    @classmethod
    def of(cls, document: ReadDocument, policy: Policy) -> NameToCode:
        """Names that the document prints beside a code go before those of the code tables."""
        gathered: dict[str, set[str]] = {}
        for table in document.tables:
            for block in (b for b in table.blocks if not b.unit_codes):
                for row in block.rows:
                    if row.label and (_FUNCTION.match(row.code) or _ECONOMIC.match(row.code)):
                        gathered.setdefault(names.item(row.label), set()).add(row.code)
        for name, codes in _official(policy).items():
            gathered.setdefault(name, set()).update(codes)
        return cls({name: frozenset(codes) for name, codes in gathered.items()})

    def code(self, label: str, above: str, economic: bool | None = None) -> str:
        """The one code of that name below the code above; empty where there is none or several."""
        found = self.found.get(names.item(label), frozenset())
        kept = [c for c in found if c.startswith(above) and c != above]
        if economic is not None:
            kept = [c for c in kept if (c[0] in "35") == economic]
        lengths = sorted(kept, key=len)
        return lengths[0] if len(lengths) == 1 or (lengths and _chain(lengths)) else ""


def _chain(codes: Sequence[str]) -> bool:
    """Whether the codes are one line of descent, so that the shortest stands for the outermost row."""
    return all(below.startswith(above) and below != above for above, below in pairwise(codes))


_OFFICIAL: dict[int, Mapping[str, frozenset[str]]] = {}


def _official(policy: Policy) -> Mapping[str, frozenset[str]]:
    """Every name of every year's functional and economic codes, made once for a policy."""
    if id(policy) not in _OFFICIAL:
        _OFFICIAL.clear()
        gathered: dict[str, set[str]] = {}
        for entry in policy.entries:
            if entry.type == "classification" and entry.value["name"] in ("function", "economic"):
                for row in entry.value["codes"]:
                    for name in (row["name"], *row.get("also", ())):
                        gathered.setdefault(names.item(name), set()).add(row["code"])
        _OFFICIAL[id(policy)] = {name: frozenset(codes) for name, codes in gathered.items()}
    return _OFFICIAL[id(policy)]


def known_rows(
    rows: Sequence[ReadRow],
    cells: Sequence[Sequence[ReadCell]],
    keys: str,
    aliases: Mapping[str, str],
    codes: NameToCode,
    side: str,
) -> tuple[KnownRow, ...]:
    """The rows with canonical names; `keys` is what the template says that its rows are."""
    coded = [_code(row) for row in rows]
    if not any(coded) and (keys in ("function", "economic", "item") or not keys):
        coded = _codes_by_name(rows, aliases, codes, keys, side)
    heads = _heads(rows, coded)
    totals = _totals(rows, coded)
    made: list[KnownRow] = []
    carried = False
    for r, row in enumerate(rows):
        name = _name(row, coded[r], r in totals, keys, aliases)
        if "结转" in name and keys == "item":
            carried = True
        elif carried and keys == "item" and name not in ("总计", "") and name in {m.name for m in made}:
            name = f"结转/{name}"
        made.append(KnownRow(name, row.label, coded[r], row.level, heads[r], row.place, row.groups))
    if keys == "item" or not keys:
        return tuple(made)
    return _with_total(made, cells, frozenset(aliases.values()))


def with_periods(
    rows: Sequence[KnownRow], columns: Sequence[KnownColumn], cells: Sequence[Sequence[ReadCell]]
) -> tuple[KnownRow, ...]:
    """Rows that tell of several years: the year of each, and the unit's name carried down to its later years.

    The rows of the first unit are named by their year, so that a year can be asked for, where it stands for all: it is
    the only one, or not smaller than any that follows (部门 before its 单位).
    """
    year = next(
        (
            c
            for c, column in enumerate(columns)
            if column.path and _PERIOD.fullmatch(names.plain(column.path[-1]))
        ),
        -1,
    )
    texts = [row[year].text if year >= 0 else rows[r].label for r, row in enumerate(cells)]
    periods = [_period(text) for text in texts]
    if len(set(filter(None, periods))) < 2 or (year < 0 and not all(periods)):
        return tuple(rows)
    made: list[KnownRow] = []
    label = ""
    whole = _first_is_whole(periods, cells)
    for row, period in zip(rows, periods, strict=True):
        label = label if year < 0 else row.label or label
        named = period if whole and period and period not in {m.name for m in made} else ""
        made.append(row._replace(name=named, label=row.label if year < 0 else label, period=period))
    return tuple(made)


_RELATIVE = ("上年", "本年")
_PERIOD = re.compile(r"年度|年份|预算年度")


def _first_is_whole(periods: Sequence[str], cells: Sequence[Sequence[ReadCell]]) -> bool:
    """Whether the first row of each year prints no less than the later rows of that year, cell by cell."""
    first: dict[str, Sequence[ReadCell]] = {}
    for period, row in zip(periods, cells, strict=True):
        if not period.isdigit():
            continue
        above = first.setdefault(period, row)
        for whole, part in zip(above, row, strict=True):
            if (part.printed.value or 0) > (whole.printed.value or 0):
                return False
    return True


_RATE = re.compile(r"[率幅]|比例|[%％]")
"""Beside 增减: the row shows rates and no amounts."""


def _period(text: str) -> str:
    bare = names.plain(text)
    found = re.search(r"20\d{2}", bare)
    if "增减" in bare or "比上年" in bare:
        return "增减率" if _RATE.search(bare) else "增减"
    return found[0] if found else next((word for word in _RELATIVE if word in bare), "")


def _with_total(
    rows: list[KnownRow], cells: Sequence[Sequence[ReadCell]], named: frozenset[str]
) -> tuple[KnownRow, ...]:
    """Where no row is called 合计: the first outermost row, if it adds up the others or stands alone."""
    if any(row.name == TOTAL for row in rows):
        return tuple(rows)
    filled = [r for r in range(len(rows)) if not blank(cells[r])]
    least = min((rows[i].level, len(rows[i].groups)) for i in filled) if filled else (0, 0)
    outer = [r for r in filled if not rows[r].code and (rows[r].level, len(rows[r].groups)) == least]
    if not outer or (len(filled) > 1 and len(outer) == 1 and outer[0] != filled[0]):
        return tuple(rows)
    first, rest = outer[0], outer[1:]
    if rows[first].name in named:
        return tuple(rows)
    if first == filled[0] and (not rest or _adds_up(cells, first, rest)):
        rows[first] = rows[first]._replace(name=TOTAL)
    return tuple(rows)


def _adds_up(cells: Sequence[Sequence[ReadCell]], total: int, parts: Sequence[int]) -> bool:
    """Whether most columns of figures add up to the total but for what rounding leaves."""
    agree = disagree = 0
    for c, cell in enumerate(cells[total]):
        values = [cells[r][c].printed.value or 0 for r in parts]
        if cell.printed.kind is not PrintedKind.NUMBER or not cell.printed.value:
            continue
        step = len(parts) * Decimal(1).scaleb(-cell.printed.places)
        if abs(cell.printed.value - sum(values)) <= step:
            agree += 1
        else:
            disagree += 1
    return agree > disagree


def _name(row: ReadRow, code: str, total: bool, keys: str, aliases: Mapping[str, str]) -> str:
    item = names.item(row.label)
    if keys == "item" and item in aliases:
        return aliases[item]
    if code:
        return code
    if item in aliases:
        return aliases[item]
    if total:
        return TOTAL
    return "" if keys == "item" else item


def _code(row: ReadRow) -> str:
    code = row.code.replace(" ", "")
    return code if _CODE.match(code) else ""


def is_total(label: str) -> bool:
    """合计, 总计 and the like."""
    return names.plain(label) in _TOTALS


def _totals(rows: Sequence[ReadRow], coded: Sequence[str]) -> set[int]:
    """Rows that add up the whole table: by their label, else the rows above the first code that name the whole."""
    named = {
        r for r, row in enumerate(rows) if not coded[r] and is_total(row.label or "".join(row.groups[-1:]))
    }
    if named or not any(coded):
        return named
    first = next(r for r, code in enumerate(coded) if code)
    above = [r for r in range(first) if not coded[r]]
    later = [r for r in range(first, len(rows)) if not coded[r] and rows[r].label]
    if not above or (later and len(above) < 2):
        return set()
    return {above[0]}


def _heads(rows: Sequence[ReadRow], coded: Sequence[str]) -> list[int]:
    """For coded rows the row without code that they stand under (a unit); -1 where there is none."""
    heads, head = [], -1
    for r in range(len(rows)):
        if not coded[r]:
            head = r
            heads.append(-1)
        else:
            heads.append(head)
    return heads


def _codes_by_name(
    rows: Sequence[ReadRow], aliases: Mapping[str, str], codes: NameToCode, keys: str, side: str
) -> list[str]:
    """Codes of rows that print names only (一、教育支出 / 进修及培训 / 培训支出), all of them or none."""
    found: list[str] = []
    above = ""
    economic = {"economic": True, "function": False, "item": False}.get(keys)
    unresolved = 0
    for row in rows:
        item = names.item(row.label)
        known = aliases.get(item, "")
        if known and not known[:1].isdigit():
            found.append("")
            continue
        code = known or _below(row.label, above, codes, economic)
        if not code and item and not is_total(row.label):
            unresolved += 1
        found.append(code)
        above = code or above
    resolved = sum(bool(code) for code in found)
    return found if resolved > 1 and unresolved * 4 <= resolved else [""] * len(rows)


def _below(label: str, above: str, codes: NameToCode, economic: bool | None) -> str:
    """The code of a name: below the row above it, below that one's class, or a new class."""
    for prefix in dict.fromkeys((above, above[:5], above[:3], "")):
        code = codes.code(label, prefix, economic)
        if code and (prefix or len(code) == 3 or not above):
            return code
    return ""


def blank(cells: Iterable[ReadCell]) -> bool:
    """Whether none of the cells prints anything."""
    return all(cell.printed.kind in (PrintedKind.BLANK, PrintedKind.DASH) for cell in cells)
