"""Adjustments of the budget (预算调剂): proposed, approved along the chain by amount, and only then in the ledger.

1. the maker names the line that gives, the line that gets, and the amount; 2. the rows are judged as the ledger would
judge them; 3. the chain of `flow.adjustment` that the amount asks for is kept with the matter; 4. with the last
approval, in the same transaction, the rows are written. What is returned or withdrawn never reaches the ledger.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from django.db import transaction
from django.utils import timezone

from yiheng.casework.errors import CaseworkError
from yiheng.casework.flow import ADJUSTMENT
from yiheng.casework.models import Cycle, Decision, Submission
from yiheng.casework.operations import approvals
from yiheng.casework.queries import editable
from yiheng.facts.sheets import SheetRow
from yiheng.ledger import queries
from yiheng.money import MoneyUnit, format_amount
from yiheng.people.models import User, Work
from yiheng.pipelines.editing import EditReport, Place, Typed, as_text, check, save
from yiheng.policy import Policy

SHEET: Final = "adjustments"
DIMENSIONS: Final = (
    "unit", "view", "category", "project", "function", "economic", "fund", "source", "program", "basic_kind",
)  # fmt: skip
"""What a line of the budget and an adjustment of it have in common."""


class NotProposed(CaseworkError):
    """A proposal that is not taken; `problems` has one Chinese sentence for each thing that is wrong."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__("；".join(problems))
        self.problems = tuple(problems)


@dataclass(frozen=True, slots=True)
class BudgetLine:
    """A line of the approved budget with what it has after all adjustments, in fen."""

    row: SheetRow
    approved: int
    adjusted: int

    @property
    def key(self) -> str:
        """Key of the approved line."""
        return self.row.key


@dataclass(frozen=True, slots=True)
class Proposal:
    """What somebody asks for: `giver` and `taker` are keys of approved lines, one of them may be "" (追加、调减)."""

    giver: str
    taker: str
    amount: int
    """In fen, above zero."""
    day: dt.date
    reason: str
    approval: str = ""
    """Number of a document of somebody outside (批准文号), where there is one."""


def lines(unit: str, year: int) -> tuple[BudgetLine, ...]:
    """The lines that money can be moved between, of a unit and those below it."""
    units = [each.key for each in queries.unit_tree().below(unit)]
    printed = {row.text("unit") for row in queries.plain_rows("budget_lines", units, year, "adjusted")}
    moved: dict[tuple[str, ...], int] = defaultdict(int)
    for row in queries.plain_rows(SHEET, units, year):
        moved[_dims(row)] += _amount(row)
    alike: dict[tuple[str, ...], list[SheetRow]] = defaultdict(list)
    for row in queries.plain_rows("budget_lines", units, year, "approved"):
        # Where a unit's adjusted budget is itself entered as printed, single adjustments would change nothing.
        if row.text("unit") not in printed:
            alike[_dims(row)].append(row)
    sums = {dims: sum(map(_amount, rows)) for dims, rows in alike.items()}
    return tuple(
        BudgetLine(rows[0], sums[dims], sums[dims] + moved.get(dims, 0)) for dims, rows in alike.items()
    )


def closed(user: User, units: Iterable[str], year: int, policy: Policy) -> str:
    """Why nothing of the execution of these units can be changed now; "" where it can."""
    for unit in units:
        if Cycle.objects.filter(unit_id=unit, year=year).exists():
            answer = editable(user, unit, year, Work.EXECUTION, policy=policy)
            if not answer.allowed:
                return answer.reason
    return ""


@transaction.atomic
def propose(unit: str, year: int, asked: Proposal, *, by: User, policy: Policy) -> Submission:
    """Hand the adjustment in for approval. Raises `NotProposed` with everything wrong, or `CaseworkError`."""
    there = {line.key: line for line in lines(unit, year)}
    problems = list(_problems(asked, there, year))
    if problems:
        raise NotProposed(problems)
    giver, taker = there.get(asked.giver), there.get(asked.taker)
    rows = [
        _cells(line.row, sign * asked.amount, asked)
        for line, sign in ((giver, -1), (taker, 1))
        if line is not None
    ]
    units = {row["unit"] for row in rows}
    owner = units.pop() if len(units) == 1 else unit
    if reason := closed(by, {unit, owner, *units}, year, policy):
        raise NotProposed([reason])
    report = check(_place(owner, year), _typed(rows), policy)
    if report.problems:
        raise NotProposed(_said(report))
    kind = "调剂" if giver and taker else "追加" if taker else "调减"
    subject = hashlib.sha256(json.dumps(rows, sort_keys=True).encode()).hexdigest()[:12]
    return approvals.submit_matter(
        ADJUSTMENT, unit=owner, year=year, subject=subject,
        title=f"预算{kind} {format_amount(asked.amount, MoneyUnit.YUAN)} 元：{asked.reason.strip()}"[:200],
        amount=asked.amount, content={"rows": rows}, note=asked.reason, by=by, policy=policy,
    )  # fmt: skip


@transaction.atomic
def approve(made: Submission, *, by: User, comment: str, policy: Policy) -> Decision:
    """Agree at the present link; after the last one the rows are in the ledger, or nothing is decided at all.

    Raises `CaseworkError` where the ledger no longer takes the rows: it is then to be sent back.
    """
    decision = approvals.approve(made, by=by, comment=comment, policy=policy)
    if approvals.position_of(made) is not None:
        return decision
    if reason := closed(made.maker, [made.unit], made.year, policy):
        raise CaseworkError(f"不能写入台账：{reason}请退回经办人。")
    rows = [{**row, "approval": row["approval"] or _approval(made)} for row in made.content["rows"]]
    if short := _short(made, rows):
        raise CaseworkError(f"{short}请退回经办人。")
    report = save(
        _place(made.unit, made.year), _typed(rows), policy, by, f"调剂审批通过：{made.title}（经办 {made.maker.name}）"
    )  # fmt: skip
    if report.status != "saved":
        raise CaseworkError(f"台账不再接受这笔调剂：{'；'.join(_said(report))}。请退回经办人修改。")
    return decision


def _problems(asked: Proposal, there: Mapping[str, BudgetLine], year: int) -> Iterable[str]:
    given = [key for key in (asked.giver, asked.taker) if key]
    if not given:
        yield "请至少选择调出或调入的一条预算。"
    elif asked.giver == asked.taker:
        yield "调出和调入是同一条预算，请重新选择。"
    if any(key not in there for key in given):
        yield "所选的预算已经不在台账里，请刷新页面后重新选择。"
    if asked.amount <= 0:
        yield "金额要大于 0；减少预算请选择“调出”。"
    if asked.day.year != year:
        yield f"日期 {asked.day.isoformat()} 不在 {year} 年度内。"
    if not asked.reason.strip():
        yield "请填写调剂事由。"
    giver = there.get(asked.giver)
    if giver is not None and giver.adjusted < asked.amount:
        have = format_amount(giver.adjusted, MoneyUnit.YUAN)
        yield f"调出金额超过该预算调整后的余额 {have} 元，请减少金额。"


def _short(made: Submission, rows: Sequence[Mapping[str, str]]) -> str:
    """Whether a line that gives has less than that by now, since other adjustments went before."""
    giving = [row for row in rows if row["amount"].startswith("-")]
    if not giving or made.amount is None:
        return ""
    wanted = {tuple(row.get(name, "") for name in DIMENSIONS) for row in giving}
    left = sum(line.adjusted for line in lines(made.unit, made.year) if _text_dims(line.row) in wanted)
    return "" if left >= made.amount else "调出的预算余额已经不足，不能写入台账。"


def _dims(row: SheetRow) -> tuple[str, ...]:
    return tuple(row.text(name) for name in DIMENSIONS)


def _text_dims(row: SheetRow) -> tuple[str, ...]:
    text = as_text(row)
    return tuple(text.get(name, "") for name in DIMENSIONS)


def _amount(row: SheetRow) -> int:
    amount = row.values.get("amount")
    return amount if isinstance(amount, int) else 0


def _cells(line: SheetRow, amount: int, asked: Proposal) -> dict[str, str]:
    text = as_text(line)
    return {
        **{name: text.get(name, "") for name in DIMENSIONS},
        "date": asked.day.isoformat(),
        "date_precision": "day",
        "amount": format_amount(amount, MoneyUnit.YUAN, grouping=False),
        "reason": asked.reason.strip(),
        "approval": asked.approval.strip(),
    }


def _place(unit: str, year: int) -> Place:
    return Place(SHEET, unit, year)


def _typed(rows: Sequence[Mapping[str, str]]) -> list[Typed]:
    return [Typed(str(number), "", 0, row) for number, row in enumerate(rows, 1)]


def _approval(made: Submission) -> str:
    links = "、".join(decision.label for decision in made.decisions.order_by("position"))
    return f"调剂单 {made.pk} 号（{links}，{timezone.localdate().isoformat()}）"


def _said(report: EditReport) -> list[str]:
    found = [f"{each.reason}，{each.remedy}" for each in report.problems]
    return list(dict.fromkeys([*found, *(conflict.describe() for _, conflict in report.conflicts)]))
