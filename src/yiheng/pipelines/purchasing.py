"""Procurement and contracts (政府采购与合同): planned, agreed and paid; the share for small firms; the days to signing.

1. take the planned purchases, the contracts and the payments under them; 2. count the legal working days from award to
signing against `threshold.contract-signing`; 3. add up. A share is of what is known; what is not filled in is counted.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from yiheng.casework.clock import Calendar, due_after, working_days_between
from yiheng.facts import JOINT_VIEW
from yiheng.facts.sheets import SheetRow
from yiheng.ledger import queries
from yiheng.policy import NATION, Policy, PolicyUnknown

SIGNING: Final = "threshold.contract-signing"
IN_TIME, LATE, RUNNING, OVERDUE, UNKNOWN = "in_time", "late", "running", "overdue", "unknown"


@dataclass(frozen=True, slots=True)
class Clock:
    """The days from award to signing (签订时限). `taken` and `left` are working days."""

    state: str
    """in_time, late (signed), running, overdue (not signed), unknown (a day or the rule is missing)."""
    due: dt.date | None = None
    taken: int | None = None
    left: int | None = None
    allowed: int | None = None
    basis: str = ""
    warnings: tuple[str, ...] = ()

    @property
    def over(self) -> int | None:
        """Working days by which it is or was late."""
        if self.state == LATE and self.taken is not None and self.allowed is not None:
            return self.taken - self.allowed
        return -self.left if self.state == OVERDUE and self.left is not None else None


@dataclass(frozen=True, slots=True)
class Contract:
    """One contract with what was paid under it, in fen."""

    row: SheetRow
    amount: int
    paid: int
    clock: Clock


@dataclass(frozen=True, slots=True)
class Purchase:
    """One planned purchase with its contracts, in fen."""

    row: SheetRow
    planned: int
    sme: int | None
    contracts: tuple[Contract, ...]

    @property
    def agreed(self) -> int:
        """What its contracts come to."""
        return sum(each.amount for each in self.contracts)

    @property
    def paid(self) -> int:
        """What was paid under its contracts."""
        return sum(each.paid for each in self.contracts)


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a whole (面向中小企业份额), over what is known; `unknown` rows say nothing of it."""

    part: int
    whole: int
    unknown: int

    @property
    def ratio(self) -> Fraction | None:
        """Part ÷ whole; None where nothing is known."""
        return Fraction(self.part, self.whole) if self.whole > 0 else None


@dataclass(frozen=True, slots=True)
class Purchasing:
    """All of a unit-year. `loose` are contracts that name no planned purchase."""

    purchases: tuple[Purchase, ...]
    loose: tuple[Contract, ...]
    planned: int
    agreed: int
    paid: int
    reserved: Share
    """Planned for small and medium firms."""
    won: Share
    """Agreed with small and medium firms."""
    warnings: tuple[str, ...]

    @property
    def contracts(self) -> tuple[Contract, ...]:
        """All contracts."""
        return (*(each for purchase in self.purchases for each in purchase.contracts), *self.loose)

    def count(self, state: str) -> int:
        """How many contracts are in a state of the clock."""
        return sum(each.clock.state == state for each in self.contracts)


def purchasing(unit: str, year: int, today: dt.date, policy: Policy, calendar: Calendar) -> Purchasing:
    """Planned purchases and contracts of a unit and those below it on a day."""
    tree = queries.unit_tree()
    units = [each.key for each in tree.below(unit)]
    place = tree.jurisdiction(unit) or NATION
    paid: dict[str, int] = defaultdict(int)
    for row in queries.plain_rows("payments", units, year):
        if row.text("contract"):
            paid[row.text("contract")] += _fen(row, "amount") or 0
    of_plan: dict[str, list[Contract]] = defaultdict(list)
    for row in queries.plain_rows("contracts", units, year):
        clock = signing(row, policy, place, calendar, today)
        made = Contract(row, _fen(row, "amount") or 0, paid[row.key], clock)
        of_plan[row.text("procurement")].append(made)
    plans = _of_one_view(queries.plain_rows("procurements", units, year))
    purchases = tuple(
        Purchase(row, _fen(row, "amount") or 0, _fen(row, "sme_amount"), tuple(of_plan.pop(row.key, ())))
        for row in plans
    )
    loose = tuple(each for rest in of_plan.values() for each in rest)
    every = [*(each for purchase in purchases for each in purchase.contracts), *loose]
    return Purchasing(
        purchases, loose, sum(each.planned for each in purchases), sum(each.amount for each in every),
        sum(each.paid for each in every), _reserved(purchases), _won(every),
        tuple(dict.fromkeys(warning for each in every for warning in each.clock.warnings)),
    )  # fmt: skip


def signing(row: SheetRow, policy: Policy, place: str, calendar: Calendar, today: dt.date) -> Clock:
    """How a contract stands against the days from award to signing."""
    awarded, signed = row.values.get("awarded_on"), row.values.get("signed_on")
    if not isinstance(awarded, dt.date):
        return Clock(UNKNOWN)
    try:
        rule = policy.get(SIGNING, place, awarded)
    except PolicyUnknown:
        return Clock(UNKNOWN)
    allowed, basis = int(rule.value["days"]), rule.cite()
    due = due_after(awarded, allowed, rule.value["day_kind"] == "working", calendar)
    if isinstance(signed, dt.date):
        taken = working_days_between(awarded, signed, calendar)
        warnings = calendar.warnings(awarded, max(signed, due.day))
        return Clock(LATE if signed > due.day else IN_TIME, due.day, taken, None, allowed, basis, warnings)
    left = due.left(today, calendar)
    warnings = calendar.warnings(awarded, max(today, due.day))
    return Clock(OVERDUE if due.is_over(today) else RUNNING, due.day, None, left, allowed, basis, warnings)


def _of_one_view(rows: Sequence[SheetRow]) -> list[SheetRow]:
    """Of a unit the joint rows, or those of its first single view: the others tell the same money again."""
    chosen: dict[str, str] = {}
    for row in rows:
        if row.text("view") == JOINT_VIEW or row.text("unit") not in chosen:
            chosen[row.text("unit")] = row.text("view")
    return [row for row in rows if row.text("view") == chosen[row.text("unit")]]


def _reserved(purchases: Iterable[Purchase]) -> Share:
    known = [(each.sme, each.planned) for each in purchases if each.sme is not None]
    unknown = sum(each.sme is None for each in purchases)
    return Share(sum(sme for sme, _ in known), sum(planned for _, planned in known), unknown)


def _won(contracts: Sequence[Contract]) -> Share:
    said = [(each.row.values.get("sme"), each.amount) for each in contracts]
    known = [(sme, amount) for sme, amount in said if isinstance(sme, bool)]
    return Share(
        sum(amount for sme, amount in known if sme),
        sum(amount for _, amount in known),
        len(said) - len(known),
    )


def _fen(row: SheetRow, name: str) -> int | None:
    amount = row.values.get(name)
    return amount if isinstance(amount, int) else None
