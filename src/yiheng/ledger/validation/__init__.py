"""Judging a content before it is written (装载前校验): every problem at once, by sheet, row and column.

The rules are pure functions over rows; `structure` is what `operations.plan` applies in any case, the others need the
policy. What holds between the content and the rest of the ledger is looked at once more when it is written
(`invariants`).
"""

from __future__ import annotations

from yiheng.ledger.reads.units import UnitTree, unit_tree
from yiheng.policy import Policy
from yiheng.reading.problems import Problem

from .codes import code_problems, jurisdiction_problems
from .context import Context, Rows, context_of
from .leaves import leaf_problems
from .notices import MondayToFriday, WorkingDays, contract_notices
from .structure import structural_problems
from .views import view_problems

__all__ = ["notices", "structural_problems", "validate"]


def validate(
    rows: Rows, policy: Policy, tree: UnitTree | None = None, changed: Rows | None = None
) -> list[Problem]:
    """Everything wrong with the content. `tree` are the units of the ledger, read where not given.

    With `changed`, which are some of the rows, only these are judged one by one; what rows are beside one another is
    judged of all.
    """
    context = _context(rows, policy, tree)
    single = rows if changed is None else changed
    return [
        *structural_problems(single),
        *jurisdiction_problems(single, context),
        *code_problems(single, context),
        *view_problems(rows),
        *leaf_problems(rows, context),
    ]


def notices(
    rows: Rows, policy: Policy, tree: UnitTree | None = None, clock: WorkingDays | None = None
) -> list[Problem]:
    """What deserves a look but stops nothing. Without a clock, working days are Monday to Friday."""
    return list(contract_notices(rows, _context(rows, policy, tree), clock or MondayToFriday()))


def _context(rows: Rows, policy: Policy, tree: UnitTree | None) -> Context:
    tree = tree or unit_tree()
    return context_of(rows, policy, tree.parents, tree.jurisdictions)
