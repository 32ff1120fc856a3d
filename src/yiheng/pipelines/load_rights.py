"""What a person may load (装载权限): only rows of units that are theirs to fill in, and not while these are closed.

Whoever loads from the command line of the server may load everything; in the browser each difference is held to this.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from yiheng.casework.models import Cycle
from yiheng.casework.queries import editable
from yiheng.ledger.difference import Plan
from yiheng.ledger.touched import Touched, touched
from yiheng.people.models import Right, User, Work
from yiheng.people.queries import Rights, rights_of
from yiheng.policy import Policy

WORKS: Final = {"performance": (Work.PERFORMANCE,)}
"""The kinds of work by which a Django app's sheets are filled in."""
LEDGER: Final = (Work.BUDGET, Work.EXECUTION, Work.ACCOUNTS)


def refusals(plan: Plan, user: User, policy: Policy) -> list[str]:
    """Why the user may not write the difference, in Chinese; none where they may."""
    rights = rights_of(user)
    rows = touched(plan)
    foreign = [
        row for row in rows if not any(rights.may(Right.WRITE, work, row.above) for work in _works(row))
    ]
    if foreign:
        return [_foreign(foreign)]
    return list(dict.fromkeys(_closed(rows, user, rights, policy)))


def _works(row: Touched) -> tuple[Work, ...]:
    return WORKS.get(row.app, LEDGER)


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
    """Units and years whose cycle has begun and where none of the works that this user fills in is open."""
    for row in rows:
        for year in sorted(row.years):
            if not Cycle.objects.filter(unit_id=row.unit, year=year).exists():
                continue
            works = [work for work in _works(row) if rights.may(Right.WRITE, work, row.above)]
            answers = [editable(user, row.unit, year, work, policy=policy) for work in works]
            if not any(answer.allowed for answer in answers):
                reasons = "；".join(dict.fromkeys(answer.reason for answer in answers))
                yield f"{row.unit} {year} 年的“{row.title}”现在不能修改：{reasons}"
