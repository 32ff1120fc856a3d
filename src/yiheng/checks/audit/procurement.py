"""Method of the rule on procurement from small firms (授予中小企业合同): never more than the whole it is part of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from yiheng.checks.audit.narrative import judged
from yiheng.checks.audit.register import AuditRule
from yiheng.checks.audit.subject import Method, Subject, found
from yiheng.facts import Outcome
from yiheng.facts.audit import AuditFinding, Ground
from yiheng.facts.claims import FigureKind, Role, StatedFigure


def small_firms(rule: AuditRule, subject: Subject) -> Iterator[AuditFinding]:
    """Contracts with small and medium firms (中小企业) stay within the procurement.

    Only within one paragraph that names each of the two amounts once, and where no other rule on sentences already
    calls one of them wrong.
    """
    part, whole, others = (rule.parameters[name] for name in ("part", "whole", "others"))
    made = judged(subject)
    named = {one.figure for suspect in made.suspects for one in (suspect, *suspect.others)}
    amounts = [
        f
        for f in subject.claims.figures
        if f.kind is FigureKind.AMOUNT and f.role is Role.VALUE and not f.approximate and f.cell is None
    ]
    for paragraph in sorted({f.paragraph for f in amounts}):
        here = [f for f in amounts if f.paragraph == paragraph]
        parts = [f for f in here if part in f.subject]
        wholes = [f for f in here if whole in f.subject and not any(word in f.subject for word in others)]
        if len(parts) == 1 and len(wholes) == 1 and not named & {parts[0].number, wholes[0].number}:
            yield _within(rule, parts[0], wholes[0])


def _within(rule: AuditRule, part: StatedFigure, whole: StatedFigure) -> AuditFinding:
    if part.interval.lo <= whole.interval.hi:
        return found(rule, Outcome.PASS, part.place, part.quote)
    message = f"{part.subject} {part.printed} 大于 {whole.subject} {whole.printed}"
    return found(rule, Outcome.FAIL, part.place, part.quote, message)._replace(
        printed=part.printed,
        computed=f"≤{whole.printed}",
        sources=(Ground(f"{whole.quote}：{whole.printed}", whole.place),),
        cells=(part.place, whole.place),
    )


METHODS: Mapping[str, Method] = {"claim-small-firms": small_firms}
"""Methods by the name that a rule gives."""
