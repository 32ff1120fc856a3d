"""What deserves a look but stops nothing (提示)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Protocol

from yiheng.policy import PolicyUnknown
from yiheng.reading.problems import Problem

from .context import Context, Rows, unit_of
from .problem import problem

_SIGNING = "threshold.contract-signing"


class WorkingDays(Protocol):
    """A clock of working days (工作日时钟) that a pipeline hands down; its calendar lives above this room."""

    def between(self, first: dt.date, last: dt.date) -> int:
        """Working days after `first`, up to and including `last`."""

    def remark(self, first: dt.date, last: dt.date) -> str:
        """How they were counted, in words."""


class MondayToFriday:
    """The clock where none is handed down. A public holiday makes its count too high; its remark says so."""

    def between(self, first: dt.date, last: dt.date) -> int:
        """Days from Monday to Friday."""
        return weekdays_between(first, last)

    def remark(self, first: dt.date, last: dt.date) -> str:
        """That holidays were not taken off."""
        return "按周一至周五计，未扣除法定节假日"


def contract_notices(rows: Rows, context: Context, clock: WorkingDays) -> Iterator[Problem]:
    """A notice for each contract that was signed later after the award than the rule in force on that day allows."""
    for row in rows.get("contracts", ()):
        awarded, signed = row.values.get("awarded_on"), row.values.get("signed_on")
        if not isinstance(awarded, dt.date) or not isinstance(signed, dt.date):
            continue
        try:
            rule = context.policy.get(_SIGNING, context.jurisdiction(unit_of(row)), awarded)
        except PolicyUnknown:
            continue
        allowed, taken = rule.value["days"], clock.between(awarded, signed)
        if taken > allowed:
            yield problem(
                row, "合同签订超过时限", "signed_on",
                f"中标后第 {taken} 个工作日签订（{clock.remark(awarded, signed)}），"
                f"时限为 {allowed} 个工作日，依据{rule.cite()}",
                "核对两个日期；确属超期的，留存原因说明",
            )  # fmt: skip


def weekdays_between(first: dt.date, last: dt.date) -> int:
    """The number of days from Monday to Friday after `first`, up to and including `last`."""
    weeks, rest = divmod((last - first).days, 7)
    return 5 * weeks + sum((first + dt.timedelta(days=day)).weekday() < 5 for day in range(1, rest + 1))
