"""The findings page (审核结果): how many of each outcome, what failed first, rounding tails by table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from yiheng.facts import Finding, Outcome, Paper, Severity
from yiheng.reporting.describe import source_text
from yiheng.reporting.html.markup import INDEX, cell_link, esc, pairs
from yiheng.reporting.labels import Labels
from yiheng.reporting.trace import Trace

_ORDER: Final = tuple(severity.value for severity in Severity)


def findings_body(paper: Paper, trace: Trace, labels: Labels) -> str:
    """Everything inside `<main>` of the findings page."""
    tails = [f for f in paper.findings if f.rounding_tail]
    plain = [f for f in paper.findings if not f.rounding_tail]
    failed = sorted(
        (f for f in plain if f.outcome is Outcome.FAIL),
        key=lambda f: (bool(f.accepted), _ORDER.index(f.severity.value)),
    )
    return (
        "<h1>审核结果</h1>\n"
        + _counts(paper.findings)
        + _section("不通过", failed, trace, labels, "没有不通过的检查。")
        + _section("无法执行", _with(plain, Outcome.COULD_NOT_RUN), trace, labels, "所有检查都能执行。")
        + _tails(tails, trace)
        + _list("不适用", _with(plain, Outcome.NOT_APPLICABLE))
        + _list("通过", _with(plain, Outcome.PASS))
    )


def _with(findings: Iterable[Finding], outcome: Outcome) -> list[Finding]:
    return [finding for finding in findings if finding.outcome is outcome]


def _counts(findings: Sequence[Finding]) -> str:
    tiles = "".join(
        f'<li class="{outcome.value}"><b>{len(_with(findings, outcome))}</b><span>{outcome.label}</span></li>'
        for outcome in Outcome
    )
    tails = sum(finding.rounding_tail for finding in findings)
    accepted = sum(bool(finding.accepted) for finding in findings)
    notes = [f"其中尾差 {tails} 项"] if tails else []
    notes += [f"已接受 {accepted} 项"] if accepted else []
    note = f"<p>{'，'.join(notes)}。</p>" if notes else ""
    return f'<ul class="tiles">{tiles}</ul>{note}\n'


def _section(title: str, findings: Sequence[Finding], trace: Trace, labels: Labels, none: str) -> str:
    shown = "".join(_finding(finding, trace, labels) for finding in findings) or f"<p>{none}</p>"
    return f"<h2>{title}</h2>\n{shown}"


def _finding(finding: Finding, trace: Trace, labels: Labels) -> str:
    ran = finding.outcome is not Outcome.COULD_NOT_RUN
    kind = "accepted" if finding.accepted else finding.severity.value if ran else "unrun"
    label = f"{finding.severity.label} · 已接受" if finding.accepted else finding.severity.label
    about = pairs(
        (
            ("位置", finding.place),
            ("左边", finding.left),
            ("右边", finding.right),
            ("相差", finding.difference),
            ("说明", finding.message),
            ("下一步", finding.next_step),
            ("接受理由", finding.accepted),
            ("来源", "；".join(source_text(source, labels) for source in finding.sources)),
            ("规则", finding.rule),
        )
    )
    cells = "、".join(_place(address, trace) for address in finding.cells)
    where = f"<p>相关数字：{cells}</p>" if cells else ""
    return (
        f'<article class="finding {kind}"><h3><span class="tag">{label}</span> {esc(finding.title)}</h3>'
        f"{about}{where}</article>\n"
    )


def _place(address: str, trace: Trace) -> str:
    number = trace.places.get(address)
    if number is None:
        return esc(address)
    return f'<a href="{cell_link(number, INDEX)}">{esc(address)}</a>'


def _tails(findings: Sequence[Finding], trace: Trace) -> str:
    """Sums that differ as printed and agree by their rounding intervals, grouped by table."""
    if not findings:
        return ""
    groups: dict[str, list[Finding]] = {}
    for finding in findings:
        groups.setdefault(finding.place.partition("[")[0], []).append(finding)
    shown = "".join(
        f"<details><summary>{esc(table)}：{len(group)} 项</summary>{_tail_table(group, trace)}</details>"
        for table, group in groups.items()
    )
    return f"<h2>尾差</h2>\n<p>以下两边按印出的数字不相等，但按各自的舍入区间可以同时成立，不是错误。</p>\n{shown}"


def _tail_table(group: Sequence[Finding], trace: Trace) -> str:
    rows = "".join(
        f'<tr><td>{_place(f.place, trace)}</td><td>{esc(f.title)}</td><td class="f">{esc(f.left)}</td>'
        f'<td class="f">{esc(f.right)}</td><td class="f">{esc(f.difference)}</td></tr>'
        for f in group
    )
    return (
        '<div class="scroll"><table class="list"><thead><tr><th scope="col">位置</th><th scope="col">检查</th>'
        '<th scope="col">左边</th><th scope="col">右边</th><th scope="col">相差</th></tr></thead>'
        f"<tbody>{rows}</tbody></table></div>"
    )


def _list(title: str, findings: Sequence[Finding]) -> str:
    """Findings that need nobody's attention: one line a rule, its places folded away."""
    if not findings:
        return ""
    groups: dict[tuple[str, str], list[Finding]] = {}
    for finding in findings:
        groups.setdefault((finding.rule, finding.title), []).append(finding)
    lines = "".join(
        f"<details><summary>{esc(name)}：{len(group)} 处</summary><ul>"
        + "".join(f"<li>{esc(f.place)}{'：' + esc(f.message) if f.message else ''}</li>" for f in group)
        + "</ul></details>"
        for (_, name), group in groups.items()
    )
    return f"<h2>{title}</h2>\n{lines}"
