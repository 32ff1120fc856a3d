"""What an audit (审校) says about a document: every evaluation of every rule, with both figures and their places."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
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


@dataclass(frozen=True)
class DocumentAudit:
    """The audit of one document."""

    document: ReadDocument
    identity: Identity
    findings: tuple[AuditFinding, ...]
    """Every evaluation, those that passed as well."""
    decisions: Mapping[str, Decision] = field(default_factory=dict)
    """What reviewers decided earlier, by the key of the finding."""

    @property
    def shown(self) -> tuple[AuditFinding, ...]:
        return tuple(f for f in self.findings if f.shown)

    @property
    def counts(self) -> dict[str, int]:
        """Evaluations by outcome."""
        return counts(self.findings)


def counts(findings: Iterable[AuditFinding]) -> dict[str, int]:
    """How many evaluations ended in each outcome."""
    found = Counter(f.outcome for f in findings)
    return {outcome.value: found[outcome] for outcome in Outcome}
