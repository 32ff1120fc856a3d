"""The method of the rule on rankings (位次): 占比最高, 分列前三位 against the figures of the list."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from yiheng.checks.audit.narrative import judged
from yiheng.checks.audit.register import AuditRule
from yiheng.checks.audit.subject import Method, Subject, found
from yiheng.facts import Outcome
from yiheng.facts.audit import AuditFinding, Ground
from yiheng.facts.claims import Ranking, StatedFigure


def rankings(rule: AuditRule, subject: Subject) -> Iterator[AuditFinding]:
    """What comes first or last by the words does so by the figures; figures that are wrong themselves prove nothing."""
    figures = subject.claims.figures
    wrong = {one.figure for s in judged(subject).suspects for one in (s, *s.others)}
    for ranking in subject.claims.rankings:
        if wrong & {*ranking.named, *ranking.others}:
            message = "所列数字中有一个写错，位次未作判断"
            yield found(rule, Outcome.COULD_NOT_RUN, ranking.place, ranking.quote, message)
            continue
        better = _better(ranking, figures)
        if better is None:
            yield found(rule, Outcome.PASS, ranking.place, ranking.quote)
            continue
        one, other = better
        message = f"{other.subject} {other.printed}{'大于' if ranking.highest else '小于'}{one.subject} {one.printed}"
        yield found(rule, Outcome.FAIL, ranking.place, ranking.quote, message)._replace(
            printed=one.subject,
            computed=other.subject,
            sources=tuple(Ground(f"{f.quote}：{f.printed}", f.place) for f in (one, other)),
            cells=(ranking.place, one.place, other.place),
        )


def _better(ranking: Ranking, figures: tuple[StatedFigure, ...]) -> tuple[StatedFigure, StatedFigure] | None:
    """A named figure and one that surely comes before it; None where the order may hold."""
    for at, index in enumerate(ranking.named):
        below = ranking.named[at + 1 :] if ranking.ordered else ()
        for other in (*below, *ranking.others):
            low, high = figures[index].interval, figures[other].interval
            if not ranking.highest:
                low, high = high, low
            if low.hi <= high.lo and figures[index].nominal != figures[other].nominal:
                return figures[index], figures[other]
    return None


METHODS: Mapping[str, Method] = {"claim-ranking": rankings}
"""Methods by the name that a rule gives."""
