"""One document's review for a request: who may see it, its findings after the filters, its marks (复核)."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.http import Http404, HttpRequest
from django.utils.translation import gettext_lazy as _

from yiheng.casework.models import ReviewedDocument
from yiheng.casework.queries import reviews as queries
from yiheng.facts.audit import AuditFinding, Decision, DocumentAudit
from yiheng.facts.document import Box, PageSize
from yiheng.people.models import User
from yiheng.pipelines import reviewing
from yiheng.reporting.review.words import figures_line, ground_line, where
from yiheng.web.access import user_of

LEVELS: Final = (("error", _("错误")), ("warning", _("警告")), ("hint", _("提示")))
DECISIONS: Final = (("open", _("未裁定")), ("confirmed", _("确认")), ("dismissed", _("不是问题")))
AROUND: Final = 90
"""Points of the page shown above and below a mark."""
MARGIN: Final = 2
"""Points between a mark and its frame."""


@dataclass(frozen=True, slots=True)
class Frame:
    """A marked place, in points of its page, as the picture's attributes take it."""

    x: str
    y: str
    width: str
    height: str


@dataclass(frozen=True, slots=True)
class Cut:
    """The part of a page around a mark."""

    page: int
    view: str
    """The `viewBox` of the picture."""
    width: str
    height: str
    frames: tuple[Frame, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """A finding as the page shows it."""

    number: int
    finding: AuditFinding
    decision: Decision | None
    where: str
    grounds: tuple[str, ...]
    cut: Cut | None

    @property
    def words(self) -> str:
        """What the search looks through."""
        f = self.finding
        return "\n".join((f.title, f.quote, figures_line(f), f.message, self.where, *self.grounds))


@dataclass(frozen=True, slots=True)
class Filters:
    """What the reader wants to see of the findings; nothing asked for shows all."""

    levels: tuple[str, ...]
    rule: str
    decision: str
    words: str

    @classmethod
    def of(cls, asked: Any) -> Filters:
        """From the query of the address; what is not known is left out."""
        levels = tuple(level for level in asked.getlist("level") if level in dict(LEVELS))
        decision = asked.get("decision", "")
        return cls(
            levels,
            asked.get("rule", ""),
            decision if decision in dict(DECISIONS) else "",
            asked.get("words", "").strip(),
        )

    def keep(self, shown: Shown) -> bool:
        """Whether the finding is asked for."""
        verdict = shown.decision.verdict.value if shown.decision else "open"
        return (
            (not self.levels or shown.finding.severity.value in self.levels)
            and self.rule in ("", shown.finding.rule)
            and self.decision in ("", verdict)
            and self.words.casefold() in shown.words.casefold()
        )


def me(request: HttpRequest) -> User:
    """The user, whom the access rule has let in."""
    user = user_of(request)
    assert user is not None
    return user


def visible(request: HttpRequest, key: uuid.UUID) -> ReviewedDocument:
    """The document, if the user may see it; otherwise it is not there."""
    found = queries.reviewed_document(me(request), key)
    if found is None:
        raise Http404
    return found


def audit_of(document: ReviewedDocument) -> DocumentAudit:
    """The audit with the decisions of now. Raises `Http404` where the file could not be read, or is gone."""
    if document.problem:
        raise Http404
    try:
        return reviewing.read_review(document.path, queries.decisions_of(document))
    except OSError as error:
        raise Http404 from error


def shown_findings(document: ReviewedDocument, done: DocumentAudit) -> list[Shown]:
    """All findings with their marks, in the order of the audit."""
    pictured = {
        page
        for page in {f.place.page for f in done.shown}
        if reviewing.page_picture(document.path, page).is_file()
    }
    return [_shown(number, finding, done, pictured) for number, finding in enumerate(done.shown, 1)]


def rules_of(found: Iterable[Shown]) -> Mapping[str, str]:
    """The rules that found something, with their titles."""
    return {each.finding.rule: each.finding.title for each in found}


def _shown(number: int, finding: AuditFinding, done: DocumentAudit, pictured: set[int]) -> Shown:
    page = finding.place.page
    cut = _cut(finding, done.document.pages[page - 1]) if page in pictured else None
    return Shown(
        number,
        finding,
        done.decisions.get(finding.key),
        where(finding.place),
        tuple(map(ground_line, finding.sources)),
        cut,
    )


def _cut(finding: AuditFinding, size: PageSize) -> Cut:
    page = finding.place.page
    places = (finding.place, *finding.cells)
    boxes = tuple(dict.fromkeys(p.box for p in places if p.box is not None and p.page == page))
    top = max(0.0, boxes[0].top - AROUND) if boxes else 0.0
    bottom = min(size.height, boxes[0].bottom + AROUND) if boxes else size.height
    view = f"0 {top:.1f} {size.width:.1f} {bottom - top:.1f}"
    return Cut(page, view, f"{size.width:.1f}", f"{size.height:.1f}", tuple(map(_frame, boxes)))


def _frame(box: Box) -> Frame:
    width, height = box.right - box.left + 2 * MARGIN, box.bottom - box.top + 2 * MARGIN
    return Frame(f"{box.left - MARGIN:.1f}", f"{box.top - MARGIN:.1f}", f"{width:.1f}", f"{height:.1f}")
