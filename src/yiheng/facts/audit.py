"""What an audit (审校) says about a document: every evaluation of every rule, with both figures and their places."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum
from typing import NamedTuple

from yiheng.facts.document import Place, ReadDocument
from yiheng.facts.finding import Outcome, Severity


class Ground(NamedTuple):
    """A figure or passage that the finding rests on."""

    text: str
    """What it is and what it prints, in Chinese: 支出决算表[合计, 项目支出] 195,397.33."""
    place: Place = Place()
    document: str = ""
    """File name where it stands in another document."""


class AuditFinding(NamedTuple):
    """One evaluation of one rule."""

    rule: str
    title: str
    severity: Severity
    outcome: Outcome
    place: Place = Place()
    quote: str = ""
    """The printed passage or `table[row, column]` that is judged."""
    printed: str = ""
    computed: str = ""
    difference: str = ""
    message: str = ""
    """Why, in one Chinese sentence."""
    remedy: str = ""
    sources: tuple[Ground, ...] = ()
    cells: tuple[Place, ...] = ()
    """All places that are marked on the page picture; `place` is the first."""

    @property
    def key(self) -> str:
        """Names the finding over runs: the same rule, passage and figures give the same key, wherever they stand."""
        about = "\n".join((self.rule, self.quote, self.printed, self.computed))
        return hashlib.sha256(about.encode()).hexdigest()[:16]

    @property
    def shown(self) -> bool:
        """Whether a reader sees it: it failed. What passed, does not apply or could not run is counted."""
        return self.outcome is Outcome.FAIL


class Verdict(Enum):
    """What a reviewer (复核人) decided of a finding."""

    CONFIRMED = "confirmed"
    DISMISSED = "dismissed"

    @property
    def label(self) -> str:
        return {"confirmed": "确认", "dismissed": "不是问题"}[self.value]


@dataclass(frozen=True, slots=True)
class Decision:
    """A reviewer's decision (裁定), kept by the key of the finding."""

    key: str
    verdict: Verdict
    reason: str = ""
    """Demanded where the finding is dismissed."""
    reviewer: str = ""
    on: str = ""
    """Date as the reviewer's machine wrote it."""


@dataclass(frozen=True, slots=True)
class Identity:
    """Which document this is (识别), with the passages that say so; an empty field is unknown, never a guess."""

    kind: str = ""
    """budget 部门预算, accounts 部门决算, self_evaluation 绩效自评, department_evaluation 部门整体绩效评价,
    form 空白表样."""
    unit: str = ""
    year: int = 0
    jurisdiction: str = ""
    """Code of the place (行政区划代码) where the name of the unit gives it."""
    family: str = ""
    evidence: tuple[Ground, ...] = ()


class Paper(NamedTuple):
    """One of the papers of a bundle (汇编): what it is and the pages that it takes."""

    identity: Identity
    first: int
    last: int


@dataclass(frozen=True)
class DocumentAudit:
    """The audit of one document."""

    document: ReadDocument
    """What it is called, its pages and what could not be read; its text need not be there any more."""
    identity: Identity
    """Of a bundle, what all its papers have in common."""
    findings: tuple[AuditFinding, ...]
    """The evaluations that say something: failed, or could not run."""
    decisions: Mapping[str, Decision] = field(default_factory=dict)
    """What reviewers decided earlier, by the key of the finding."""
    silent: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    """Evaluations that are counted only: by outcome and rule."""
    papers: tuple[Paper, ...] = ()
    """Of a bundle its papers; empty for a document that is one paper."""

    @property
    def shown(self) -> tuple[AuditFinding, ...]:
        return tuple(f for f in self.findings if f.shown)

    @property
    def counts(self) -> dict[str, int]:
        """Evaluations by outcome."""
        found = counts(self.findings)
        for outcome, rules in self.silent.items():
            found[outcome] += sum(rules.values())
        return found


def split(findings: Iterable[AuditFinding]) -> tuple[tuple[AuditFinding, ...], dict[str, dict[str, int]]]:
    """The evaluations that say something, and the number of the others by outcome and rule."""
    telling: list[AuditFinding] = []
    silent: dict[str, dict[str, int]] = {}
    for finding in findings:
        if finding.outcome in (Outcome.FAIL, Outcome.COULD_NOT_RUN):
            telling.append(finding)
        else:
            rules = silent.setdefault(finding.outcome.value, {})
            rules[finding.rule] = rules.get(finding.rule, 0) + 1
    return tuple(telling), silent


def together(parts: Sequence[DocumentAudit]) -> DocumentAudit:
    """The audit of a bundle from those of its papers, at least one, in order; what was asked nothing is no paper."""
    if len(parts) == 1:
        return parts[0]
    papers, pages = [], 0
    silent: dict[str, Counter[str]] = {}
    for part in parts:
        if any(part.counts.values()):
            papers.append(Paper(part.identity, pages + 1, pages + len(part.document.pages)))
        pages += len(part.document.pages)
        for outcome, rules in part.silent.items():
            silent.setdefault(outcome, Counter()).update(rules)
    return DocumentAudit(
        replace(
            parts[0].document,
            body=(),
            pages=tuple(size for part in parts for size in part.document.pages),
            problems=tuple(problem for part in parts for problem in part.document.problems),
            properties=parts[-1].document.properties,
        ),
        _common([paper.identity for paper in papers]),
        tuple(finding for part in parts for finding in part.findings),
        parts[0].decisions,
        silent,
        tuple(papers),
    )


def _common(identities: Sequence[Identity]) -> Identity:
    """What all say alike; the passages of all."""
    if not identities:
        return Identity()
    first = identities[0]

    def alike(name: str) -> bool:
        return all(getattr(one, name) == getattr(first, name) for one in identities)

    return Identity(
        first.kind if alike("kind") else "",
        first.unit if alike("unit") else "",
        first.year if alike("year") else 0,
        first.jurisdiction if alike("jurisdiction") else "",
        first.family if alike("family") else "",
        tuple(ground for one in identities for ground in one.evidence),
    )


def counts(findings: Iterable[AuditFinding]) -> dict[str, int]:
    """How many evaluations ended in each outcome."""
    found = Counter(f.outcome for f in findings)
    return {outcome.value: found[outcome] for outcome in Outcome}
