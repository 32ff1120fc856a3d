"""Method of the rule on rounding tails (舍入尾差): totals that meet their parts only within what rounding leaves.

They hold, so nothing is wrong; a reader who adds up the print still stumbles over them. One note for each table says
how many there are and lists them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from yiheng.checks.audit.network import network
from yiheng.checks.audit.register import AuditRule
from yiheng.checks.audit.relations import Figures, Relation
from yiheng.checks.audit.shown import statement
from yiheng.checks.audit.subject import Method, Subject, found
from yiheng.facts import Outcome
from yiheng.facts.audit import AuditFinding, Ground

_LISTED = 12


def tails(rule: AuditRule, subject: Subject) -> Iterator[AuditFinding]:
    """For each table whose sums hold: whether they hold to the digit, else one note on all that do not."""
    made = network(subject)
    figures = made.figures
    by_table: dict[int, list[Relation]] = {}
    for relation in made.holding:
        if relation.left[0].key.document == 0:
            by_table.setdefault(relation.left[0].key.table, []).append(relation)
    for relations in by_table.values():
        apart = {statement(r, figures): r for r in relations if _is_apart(r, figures)}
        table = figures.table(relations[0].left[0].key)
        if not apart:
            yield found(rule, Outcome.PASS, table.read.place, table.shown)
            continue
        message = f"{len(apart)} 处合计与分项之和差在末位，没有超出四舍五入所能造成的差"
        places = [figures.cell(relation.left[0].key).place for relation in apart.values()]
        yield found(rule, Outcome.FAIL, table.read.place, table.shown, message)._replace(
            sources=tuple(map(Ground, list(apart)[:_LISTED], places)),
            cells=(table.read.place, *places),
        )


def _is_apart(relation: Relation, figures: Figures) -> bool:
    """A sum, not one figure beside its repetition at another precision."""
    if len(relation.left) == len(relation.right) == 1:
        return False
    left, right = figures.span(relation.left), figures.span(relation.right)
    return left is not None and right is not None and left.middle != right.middle


METHODS: Mapping[str, Method] = {"rounding-tails": tails}
"""Methods by the name that a rule gives."""
