"""What a person may load (装载权限): only rows of units that are theirs to fill in, and not while these are closed.

Whoever loads from the command line of the server may load everything; in the browser each difference is held to this.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator

from yiheng.casework.models import Cycle
from yiheng.casework.queries import Editable, editable
from yiheng.ledger.difference import Plan
from yiheng.ledger.queries import unit_tree
from yiheng.ledger.touched import Touched, touched
from yiheng.people.models import Right, User, Work
from yiheng.people.queries import Rights, rights_of
from yiheng.pipelines.sheet_rights import WORKS
from yiheng.policy import NATION, Policy

BUDGET, ADJUSTMENTS, ADJUSTED = "budget_lines", "adjustments", "adjusted"


def refusals(plan: Plan, user: User, policy: Policy, only: Collection[str] | None = None) -> list[str]:
    """Why the user may not write the difference, in Chinese; none where they may.

    `only` names the kinds of work that a token of the interface reaches, where one acts for the user.
    """
    rights = rights_of(user)
    rows = touched(plan)
    if only is not None and (
        beyond := [row for row in rows if not any(work in only for work in _works(row))]
    ):
        return [
            f"令牌不能填报这些工作表：{'、'.join(dict.fromkeys(row.title for row in beyond))}。请另行签发令牌。"
        ]
    foreign = [
        row for row in rows if not any(rights.may(Right.WRITE, work, row.above) for work in _works(row))
    ]
    if foreign:
        return [_foreign(foreign)]
    return list(dict.fromkeys(_closed(rows, user, rights, policy)))


def _works(row: Touched) -> tuple[Work, ...]:
    # A budget after adjustments that is entered as printed belongs to the year's execution.
    if row.sheet == BUDGET and row.stages == {ADJUSTED}:
        return (Work.EXECUTION, Work.ACCOUNTS)
    return WORKS[row.sheet]


def _foreign(rows: Iterable[Touched]) -> str:
    of_unit: dict[str, list[str]] = {}
    for row in rows:
        of_unit.setdefault(row.unit, []).append(row.title)
    listed = "；".join(f"{unit}（{'、'.join(dict.fromkeys(titles))}）" for unit, titles in of_unit.items())
    return (
        f"文件里有不由您填报的单位的数据：{listed}。"
        "请只保留本单位的行；确需由您填报的，请安全管理员授予相应的填报权限。"
    )


def _closed(rows: Iterable[Touched], user: User, rights: Rights, policy: Policy) -> Iterator[str]:
    """Why rows of a cycle that has begun cannot be changed now: no step is open for any of the works that this user
    fills in, the open step fills in other stages of the budget, or the rows are written by approvals only.

    A unit without a cycle of its own is in that of the unit above it.
    """
    for row in rows:
        for year in sorted(row.years):
            cycles = Cycle.objects.filter(unit_id__in=row.above, year=year)
            begun = [str(unit) for unit in cycles.values_list("unit_id", flat=True)]
            if not begun:
                continue
            said = f"{row.unit} {year} 年的“{row.title}”现在不能修改："
            if row.sheet == ADJUSTMENTS:
                yield f"{said}周期启用后，预算调剂按金额逐级审批，全部同意后由系统写入；请在“预算调剂”里报送"
                continue
            works = [work for work in _works(row) if rights.may(Right.WRITE, work, row.above)]
            answers = [editable(user, unit, year, work, policy=policy) for unit in begun for work in works]
            if not any(answer.allowed for answer in answers):
                yield f"{said}{'；'.join(dict.fromkeys(answer.reason for answer in answers))}"
            elif row.sheet == BUDGET and (locked := _locked(row, answers)):
                day, place = dt.date(year, 1, 1), unit_tree().jurisdiction(begun[0]) or NATION
                stages = policy.classification("stage", day, place)
                yield f"{said}现在办理的环节不能改动这些阶段的行：{'、'.join(map(stages.name, locked))}"


def _locked(row: Touched, answers: Iterable[Editable]) -> list[str]:
    """The stages of the rows that no open step fills in; none where one fills in whatever there is."""
    open_now = [answer.fills for answer in answers if answer.allowed]
    return sorted(row.stages.difference(*open_now)) if all(open_now) else []
