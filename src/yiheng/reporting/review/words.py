"""Words of the review that page, workbook and marks share."""

from __future__ import annotations

from typing import Final

from yiheng.facts.audit import AuditFinding, DocumentAudit, Ground, Identity
from yiheng.facts.document import Place

KINDS: Final = {
    "budget": "部门预算",
    "accounts": "部门决算",
    "self_evaluation": "项目支出绩效自评",
    "department_evaluation": "部门整体绩效评价",
    "form": "空白表样",
}


def kind_name(kind: str) -> str:
    """The kind of a document in Chinese."""
    return KINDS.get(kind, "种类未识别")


def identity_line(done: DocumentAudit) -> str:
    """Unit, year and kind, with what is unknown said so; of a bundle the number of its papers first."""
    said = _named(done.identity)
    if not done.papers:
        return said
    return f"汇编，共 {len(done.papers)} 份文件" + (f" · {said}" if done.identity.unit else "")


def papers_lines(done: DocumentAudit) -> list[str]:
    """`第 3—41 页：…局 · 2024年 · 部门预算` for each paper of a bundle."""
    return [f"第 {paper.first}—{paper.last} 页：{_named(paper.identity)}" for paper in done.papers]


def _named(identity: Identity) -> str:
    year = f"{identity.year}年" if identity.year else "年度未识别"
    return f"{identity.unit or '单位未识别'} · {year} · {kind_name(identity.kind)}"


def where(place: Place) -> str:
    """A place as a reader looks for it."""
    if place.page:
        return f"第 {place.page} 页"
    return f"第 {place.line} 行" if place.line else place.where


def outcome_line(done: DocumentAudit) -> str:
    """`审校 214 项：通过 209，不通过 3，不适用 0，无法执行 2`."""
    counts = done.counts
    return (
        f"审校 {sum(counts.values())} 项：通过 {counts['pass']}，不通过 {counts['fail']}，"
        f"不适用 {counts['not_applicable']}，无法执行 {counts['could_not_run']}"
    )


def not_run(done: DocumentAudit) -> list[tuple[str, str]]:
    """Title and reason of what could not run, each once."""
    found = ((f.title, f.message) for f in done.findings if f.outcome.value == "could_not_run")
    return list(dict.fromkeys(found))


def figures_line(finding: AuditFinding) -> str:
    """Both figures and their difference; empty where the finding has none."""
    parts = (("印出", finding.printed), ("应为", finding.computed), ("相差", finding.difference))
    return "　".join(f"{name}：{value}" for name, value in parts if value)


def ground_line(ground: Ground) -> str:
    """A ground with where it stands."""
    at = "，".join(part for part in (ground.document, where(ground.place)) if part)
    return f"{ground.text}（{at}）" if at else ground.text
