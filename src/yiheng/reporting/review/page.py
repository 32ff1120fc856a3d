"""The review page (复核网页) of one document: findings beside the page picture, filters, decisions."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from importlib.resources import files
from pathlib import Path
from typing import Final

from yiheng.facts.audit import AuditFinding, Decision, DocumentAudit
from yiheng.facts.document import Box, PageSize, ReadingProblem
from yiheng.reporting.html.markup import esc, href
from yiheng.reporting.review.decisions import DECISIONS, decision_data
from yiheng.reporting.review.pictures import draw_pages
from yiheng.reporting.review.words import (
    figures_line,
    ground_line,
    identity_line,
    not_run,
    outcome_line,
    papers_lines,
    where,
)

_ASSETS: Final = ("review.css", "review.js")
_PAGES: Final = "pages"
_SEVERITIES: Final = (("error", "错误"), ("warning", "警告"), ("hint", "提示"))


def write_review(done: DocumentAudit, folder: Path, source: Path | None = None) -> Path:
    """Write `index.html` with what it needs into `folder`; `source` is the PDF whose pages are drawn."""
    folder.mkdir(parents=True, exist_ok=True)
    wanted = {finding.place.page for finding in done.shown if finding.place.page}
    pictures = draw_pages(source, wanted, folder / _PAGES) if source is not None and wanted else {}
    for name in _ASSETS:
        text = (files(__package__) / "assets" / name).read_text(encoding="utf-8")
        (folder / name).write_text(text, encoding="utf-8", newline="\n")
    target = folder / "index.html"
    target.write_text(_html(done, pictures), encoding="utf-8", newline="\n")
    return target


def _html(done: DocumentAudit, pictures: Mapping[int, str]) -> str:
    title = f"审校：{done.document.name}"
    findings = "".join(
        _finding(number, finding, done, pictures) for number, finding in enumerate(done.shown, 1)
    )
    decided = [decision_data(done.decisions[f.key]) for f in done.shown if f.key in done.decisions]
    kept = json.dumps({"file": done.document.name, "decisions": decided}, ensure_ascii=False)
    # Inside a script element only an end tag could end it.
    kept = kept.replace("<", "\\u003c")
    return f"""<!DOCTYPE html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{esc(title)}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="review.css">
<script src="review.js" defer></script>
</head>
<body>
<header>
<h1>{esc(title)}</h1>
<p>{esc(identity_line(done))}</p>
<p class="counts">{esc(outcome_line(done))}</p>
{_papers(done)}{_problems(done.document.problems)}{_evidence(done)}{_not_run(done)}</header>
{_filters(done.shown)}
<main id="findings">
{findings or '<p class="none">没有发现问题。请同时看上面“无法执行”的项目：没有执行不等于没有问题。</p>'}
</main>
<script type="application/json" id="kept">{kept}</script>
</body>
</html>
"""


def _papers(done: DocumentAudit) -> str:
    rows = "".join(f"<li>{esc(line)}</li>" for line in papers_lines(done))
    return f"<details><summary>汇编中的文件</summary><ul>{rows}</ul></details>" if rows else ""


def _problems(problems: Sequence[ReadingProblem]) -> str:
    if not problems:
        return ""
    rows = "".join(f"<li>{esc(p.message)} {esc(p.remedy)}</li>" for p in problems)
    return f'<section class="problems"><h2>未能读取的部分</h2><ul>{rows}</ul></section>'


def _evidence(done: DocumentAudit) -> str:
    rows = "".join(f"<li>{esc(ground_line(ground))}</li>" for ground in done.identity.evidence)
    return f"<details><summary>识别依据</summary><ul>{rows}</ul></details>" if rows else ""


def _not_run(done: DocumentAudit) -> str:
    rows = "".join(f"<li>{esc(title)}：{esc(why)}</li>" for title, why in not_run(done))
    return f"<details><summary>无法执行的检查</summary><ul>{rows}</ul></details>" if rows else ""


def _filters(findings: Sequence[AuditFinding]) -> str:
    if not findings:
        return ""
    boxes = "".join(
        f'<label><input type="checkbox" name="severity" value="{value}" checked> {label}'
        f" {sum(f.severity.value == value for f in findings)}</label>"
        for value, label in _SEVERITIES
    )
    titles = dict.fromkeys((f.rule, f.title) for f in findings)
    options = "".join(f'<option value="{esc(rule)}">{esc(title)}</option>' for rule, title in titles)
    return f"""<form id="filters" aria-label="筛选">
<fieldset><legend>级别</legend>{boxes}</fieldset>
<label>检查 <select name="rule"><option value="">全部</option>{options}</select></label>
<label>裁定 <select name="decision"><option value="">全部</option><option value="open">未裁定</option>
<option value="confirmed">确认</option><option value="dismissed">不是问题</option></select></label>
<label>查找 <input type="search" name="words" placeholder="原文、数字"></label>
<label>复核人 <input name="reviewer" autocomplete="name"></label>
<button type="button" id="export">导出裁定（{DECISIONS}）</button>
<output id="state"></output>
</form>"""


def _finding(number: int, finding: AuditFinding, done: DocumentAudit, pictures: Mapping[int, str]) -> str:
    decision = done.decisions.get(finding.key)
    grounds = "".join(f"<li>{esc(ground_line(ground))}</li>" for ground in finding.sources)
    figures = figures_line(finding)
    return f"""<article id="f{number}" class="{finding.severity.value}" data-severity="{finding.severity.value}"
 data-rule="{esc(finding.rule)}" data-key="{finding.key}" data-quote="{esc(finding.quote)}">
<div class="words">
<h2><span class="mark">{esc(finding.severity.label)}</span> {number}. {esc(finding.title)}</h2>
<p class="where">{esc(where(finding.place))}</p>
{f"<blockquote>{esc(finding.quote)}</blockquote>" if finding.quote else ""}
{f'<p class="figures">{esc(figures)}</p>' if figures else ""}
{f"<p>{esc(finding.message)}</p>" if finding.message else ""}
{f"<details open><summary>依据</summary><ul>{grounds}</ul></details>" if grounds else ""}
{f'<p class="remedy">处理：{esc(finding.remedy)}</p>' if finding.remedy else ""}
{_decision(decision)}
</div>
{_picture(finding, done.document.pages, pictures)}
</article>
"""


def _decision(decision: Decision | None) -> str:
    chosen = decision.verdict.value if decision else ""
    options = "".join(
        f'<option value="{value}"{" selected" if value == chosen else ""}>{label}</option>'
        for value, label in (("", "未裁定"), ("confirmed", "确认"), ("dismissed", "不是问题"))
    )
    reason = esc(decision.reason) if decision else ""
    return (
        f'<p class="decision"><label>裁定 <select name="verdict">{options}</select></label> '
        f'<label>理由 <input name="reason" value="{reason}"></label></p>'
    )


def _picture(finding: AuditFinding, sizes: Sequence[PageSize], pictures: Mapping[int, str]) -> str:
    """The page with the place framed. The frame is in per cent, so that it fits the picture at any size."""
    place = finding.place
    if place.page not in pictures:
        return ""
    size = sizes[place.page - 1]
    boxes = [p.box for p in (place, *finding.cells) if p.box is not None and p.page == place.page]
    frames = "".join(
        _frame(box, size, "frame" if number == 0 else "frame beside")
        for number, box in enumerate(dict.fromkeys(boxes))
    )
    source = href(f"{_PAGES}/{pictures[place.page]}")
    alt = f"第 {place.page} 页，框出有问题的地方"
    return (
        f'<figure><div class="sheet"><img src="{source}" alt="{alt}" loading="lazy">{frames}</div></figure>'
    )


def _frame(box: Box, size: PageSize, name: str) -> str:
    left, top = 100 * box.left / size.width, 100 * box.top / size.height
    width, height = 100 * (box.right - box.left) / size.width, 100 * (box.bottom - box.top) / size.height
    return f'<i class="frame" style="left:{left:.2f}%;top:{top:.2f}%;width:{width:.2f}%;height:{height:.2f}%"></i>'
