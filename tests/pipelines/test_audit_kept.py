"""An audit kept as plain data gives back everything that a reader sees (审校结果存档)."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

from yiheng.facts.audit import AuditFinding, Decision, DocumentAudit, Ground, Identity, Verdict
from yiheng.facts.document import Box, PageSize, Place, ReadDocument, ReadingProblem
from yiheng.facts.finding import Outcome, Severity
from yiheng.pipelines import audit
from yiheng.pipelines.audit_kept import kept, restored
from yiheng.policy import Policy


def again(done: DocumentAudit, **decisions: Decision) -> DocumentAudit:
    return restored(json.loads(json.dumps(kept(done))), decisions)


def test_places_and_figures_of_a_page_come_back() -> None:
    place = Place(2, Box(10.5, 20, 30, 40.25), 0, "表3")
    finding = AuditFinding(
        "audit.sum", "合计不符", Severity.ERROR, Outcome.FAIL, place, "表[合计]", "10.00", "11.00", "1.00", "少一元",
        "请核对", (Ground("甲 5.00", place, "别的.pdf"), Ground("乙 6.00")), (place, Place(3, None, 4, "x")),
    )  # fmt: skip
    silent = AuditFinding("audit.x", "没法查", Severity.WARNING, Outcome.COULD_NOT_RUN, message="缺表")
    document = ReadDocument(
        "a.pdf", "pdf", (), (PageSize(595.0, 842.0),), (ReadingProblem("第 3 页", place, "重扫"),), "ab"
    )
    identity = Identity("accounts", "甲局", 2024, "440300", "cn-4403", (Ground("封面", place),))
    done = DocumentAudit(document, identity, (finding, silent))
    found = again(done, **{finding.key: Decision(finding.key, Verdict.DISMISSED, "尾差")})
    assert (found.document, found.identity, found.findings) == (document, identity, (finding, silent))
    assert found.decisions[finding.key].reason == "尾差"


def test_the_audit_of_a_real_sample_comes_back(repository: Path) -> None:
    sample = repository / "docs" / "guide" / "files" / "决算公开示例.html"
    (done,) = audit.run([sample], Policy.load(), dt.date(2025, 10, 1)).audits
    found = again(done)
    assert found.shown == done.shown
    assert found.counts == done.counts
    assert found.identity == done.identity
