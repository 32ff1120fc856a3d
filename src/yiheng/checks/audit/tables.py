"""Methods of rules on tables, forms and names (表格、绩效表、形式的审核), joined from their modules."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from yiheng.checks.audit import (
    across,
    blanks,
    caption_units,
    contents,
    forms,
    labels,
    listed,
    network,
    numbering,
    other_paper,
    repeated,
    reports,
    scores,
    shares,
    surveys,
    tails,
    targets,
    weights,
)
from yiheng.checks.audit.register import AuditRule
from yiheng.checks.audit.subject import Method, Subject
from yiheng.facts.audit import AuditFinding


def relations(rule: AuditRule, subject: Subject) -> Iterator[AuditFinding]:
    """Rules that give relations between cells: their share of what the network of all relations shows."""
    yield from network.network(subject).told(rule)


METHODS: Mapping[str, Method] = {
    **dict.fromkeys(network.PRODUCERS, relations),
    **forms.METHODS,
    **contents.METHODS,
    **listed.METHODS,
    **blanks.METHODS,
    **labels.METHODS,
    **other_paper.METHODS,
    **numbering.METHODS,
    **repeated.METHODS,
    **caption_units.METHODS,
    **weights.METHODS,
    **scores.METHODS,
    **targets.METHODS,
    **shares.METHODS,
    **surveys.METHODS,
    **reports.METHODS,
    **across.METHODS,
    **tails.METHODS,
}
"""Methods by the name that a rule gives."""
