"""结转: what a year leaves is what the next one begins with.

Where the ledger has rows of 结转下年 they are taken. Otherwise it is computed, unit by unit, from exact joint rows:
opening balance + reserves used + income − spending − surplus allocated. Where rows are single views or known only as
rounded, nothing is invented and a note says what to fill in.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any, Final, NamedTuple

from django.db.models import Q

from yiheng.facts import JOINT_VIEW
from yiheng.facts.sheets import SheetRow, Value

from .errors import YearRefused
from .models import Balance, BalanceKind, Payment, Revenue, Side, current
from .sheets import yuan

_DIMS: Final = ("fund", "function")
_SIGNS: Final = {BalanceKind.OPENING: 1, BalanceKind.RESERVE_USE: 1, BalanceKind.SURPLUS_ALLOCATION: -1}


class _Part(NamedTuple):
    """One amount that goes into what is left, with its sign."""

    unit: str
    exact: bool
    fen: int
    dims: tuple[str, ...]


def opening_balances(units: Sequence[str], from_year: int, to_year: int) -> tuple[list[SheetRow], list[str]]:
    """The opening balances of the new year, for budget and accounts alike, and notes. Raises `YearRefused`."""
    closing = Q(unit__in=units, year=from_year, stage=Side.ACCOUNTS)
    stated = _stated(closing & Q(kind=BalanceKind.CARRY_FORWARD))
    computed, notes = _computed([unit for unit in units if unit not in stated], from_year)
    rows = []
    for unit in units:
        for number, (dims, fen, quantum) in enumerate(stated.get(unit) or computed.get(unit) or [], 1):
            for side in (Side.BUDGET.value, Side.ACCOUNTS.value):
                values: dict[str, Value] = {
                    "key": f"{unit}-{to_year}-opening-{side}-{number}",
                    "unit": unit,
                    "year": to_year,
                    "kind": BalanceKind.OPENING.value,
                    "stage": side,
                    **dims,
                    "amount": fen,
                    "note": f"由{from_year}年末结转",
                }
                rows.append(SheetRow("balances", 0, values, quantum))
    return rows, notes


_Balance = tuple[dict[str, Value], int, int]
"""Dimensions, fen, quantum."""


def _stated(where: Q) -> dict[str, list[_Balance]]:
    names = ("fund", "source", "function", "category", "project")
    found: dict[str, list[_Balance]] = defaultdict(list)
    rows = current(Balance).filter(where).order_by("position")
    for unit, fen, quantum, *dims in rows.values_list("unit_id", "amount", "quantum", *names):
        found[unit].append(
            ({name: value or None for name, value in zip(names, dims, strict=True)}, fen, quantum)
        )
    return found


def _computed(units: Sequence[str], year: int) -> tuple[dict[str, list[_Balance]], list[str]]:
    of_unit: dict[str, list[_Part]] = defaultdict(list)
    for part in _parts(units, year):
        of_unit[part.unit].append(part)
    found: dict[str, list[_Balance]] = {}
    notes, short = [], []
    for unit, parts in of_unit.items():
        if not all(part.exact for part in parts):
            notes.append(
                f"单位 {unit} {year} 年的收支不是精确的完整明细，结转未自动带入，请在“结转结余”表填写年初数"
            )
            continue
        left = _left(parts)
        short += [
            f"{unit}（{'，'.join(d for d in dims if d) or '合计'}）{yuan(fen)} 元"
            for dims, fen in left
            if fen < 0
        ]
        found[unit] = [
            ({n: d or None for n, d in zip(_DIMS, dims, strict=True)}, fen, 0) for dims, fen in left if fen
        ]
    if short:
        raise YearRefused(
            f"{year} 年末结转为负：{'；'.join(short)}。处理：核对该年的收入、支出和年初结转，更正后再开立新年度。"
        )
    return found, notes


def _left(parts: Iterable[_Part]) -> list[tuple[tuple[str, ...], int]]:
    """The sums by the dimensions that all parts attest; the others stay blank."""
    parts = list(parts)
    attested = [all(part.dims[i] for part in parts) for i in range(len(_DIMS))]
    sums: dict[tuple[str, ...], int] = defaultdict(int)
    for part in parts:
        sums[tuple(d if known else "" for d, known in zip(part.dims, attested, strict=True))] += part.fen
    return list(sums.items())


def _parts(units: Sequence[str], year: int) -> Iterable[_Part]:
    where = Q(unit__in=units, year=year)
    yield from _of(current(Revenue).filter(where, stage=Side.ACCOUNTS), 1, viewed=True)
    yield from _of(current(Payment).filter(where), -1, viewed=True)
    for kind, sign in _SIGNS.items():
        yield from _of(current(Balance).filter(where, stage=Side.ACCOUNTS, kind=kind), sign, viewed=False)


def _of(rows: Any, sign: int, *, viewed: bool) -> Iterable[_Part]:
    columns = ("unit_id", "amount", "quantum", *_DIMS, *(("view",) if viewed else ()))
    for unit, fen, quantum, *dims in rows.values_list(*columns):
        joint = not viewed or dims.pop() == JOINT_VIEW
        yield _Part(unit, joint and quantum <= 1, sign * fen, tuple(dims))
