"""Reads of reviews (审校)."""

from __future__ import annotations

import uuid
from typing import Final

from django.db.models import Count, Q, QuerySet

from yiheng.casework.models import ReviewedDocument
from yiheng.facts.audit import Decision, Verdict
from yiheng.ledger.queries import unit_tree
from yiheng.people.models import Right, User, Work
from yiheng.people.prepared import Prepared
from yiheng.people.queries import may, units_of

_ONE_BY: Final = Prepared(
    lambda user: ReviewedDocument.objects.filter(uploaded_by_id=user).order_by().values("pk")[:1],
    Prepared.number(1),
)


def reviewed_documents(user: User) -> QuerySet[ReviewedDocument]:
    """What the user uploaded and what colleagues did whose reviews the user may read; newest first.

    Each has `decided`, the number of its findings that somebody decided on.
    """
    tree = unit_tree()
    tops = units_of(user, Work.REVIEW, Right.READ)
    keys = [unit.key for unit in tree.units if tops.intersection(tree.chain(unit.key))]
    found = ReviewedDocument.objects.filter(Q(uploaded_by=user) | Q(unit__in=keys))
    found = found.select_related("uploaded_by", "job").annotate(decided=Count("decisions"))
    return found.order_by("-reviewed_at", "name", "pk")


def has_uploaded(user: User) -> bool:
    """Whether there are documents that the user sees as their uploader, whatever their rights."""
    return bool(_ONE_BY.rows(user.pk))


def reviewed_document(user: User, key: uuid.UUID) -> ReviewedDocument | None:
    """The document with that key, if the user may see it."""
    return reviewed_documents(user).filter(pk=key).first() if user.is_active else None


def may_decide(user: User, document: ReviewedDocument) -> bool:
    """Whether the user may decide on findings: whoever fills in reviews of the unit."""
    return may(user, Right.WRITE, Work.REVIEW, unit_tree().chain(document.unit) or (document.unit,))


def decisions_of(document: ReviewedDocument) -> dict[str, Decision]:
    """The decisions on a document by key of finding, as reports and the exported file take them."""
    return {
        row.key: Decision(row.key, Verdict(row.verdict), row.reason, row.by.name, row.at.date().isoformat())
        for row in document.decisions.select_related("by")
    }
