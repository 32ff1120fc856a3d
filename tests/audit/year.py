"""What made-up final accounts add to a department (虚构), and how a place prints them."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from tests.audit.department import D, Department

OTHER, BEFORE, LEFT, SPENT_OF_OTHER = D("3.20"), D("15.60"), D("10.00"), D("8.80")


@dataclass(frozen=True)
class Form:
    """How a place prints its accounts."""

    unit: str = "万元"
    commas: bool = True
    zero: str = ""
    split: bool = False
    """类, 款 and 项 in a column each."""
    label: str = "公开{:02}表"
    owner: str = "部门：{}"
    numbered: bool = True
    """行次 and 栏次."""
    spoken: str = "county"

    def show(self, amount: Decimal, zero: str | None = None) -> str:
        """An amount as the tables print it."""
        if not amount:
            return self.zero if zero is None else zero
        value = amount * 10000 if self.unit == "元" else amount
        return f"{value:,.2f}" if self.commas else f"{value:.2f}"


@dataclass(frozen=True)
class Year:
    """What the accounts add to the department: money from outside, and what was left."""

    d: Department
    other: Decimal = OTHER
    before: Decimal = BEFORE
    left: Decimal = LEFT
    spent_of_other: Decimal = SPENT_OF_OTHER

    @property
    def spent(self) -> Decimal:
        return self.d.general + self.d.fund

    @property
    def income(self) -> Decimal:
        return self.spent + self.left - self.before

    @property
    def total(self) -> Decimal:
        return self.spent + self.left

    @property
    def fiscal_income(self) -> Decimal:
        return self.income - self.other

    @property
    def fiscal_spent(self) -> Decimal:
        return self.spent - self.spent_of_other

    @property
    def general(self) -> Decimal:
        return self.fiscal_spent - self.d.fund

    @property
    def fiscal_before(self) -> Decimal:
        return D("10.00")

    @property
    def fiscal_left(self) -> Decimal:
        return self.fiscal_before + self.fiscal_income - self.fiscal_spent
