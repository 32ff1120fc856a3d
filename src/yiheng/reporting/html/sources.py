"""Where every number comes from (数据来源): one data file for the drawer, one static page without scripts.

Facts stand once, in the order in which they are first used; figures refer to them by number.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from yiheng.facts import Finding, Status
from yiheng.reporting import wording
from yiheng.reporting.describe import FactLine, describe, source_text
from yiheng.reporting.entry import Entry
from yiheng.reporting.html.markup import INDEX, cell_link, esc, figure_id
from yiheng.reporting.labels import Labels
from yiheng.reporting.rules import rule_text
from yiheng.reporting.trace import Trace, ranges

_STATUSES = tuple(Status)


class _Texts:
    """Texts that repeat are written once and referred to by number."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self._numbers: dict[str, int] = {}

    def __call__(self, text: str) -> int:
        number = self._numbers.setdefault(text, len(self.texts))
        if number == len(self.texts):
            self.texts.append(text)
        return number


def script(trace: Trace, lines: Sequence[FactLine], findings: Sequence[Finding], labels: Labels) -> str:
    """The data of the drawer as a script file, so that it loads from a local folder too."""
    text = _Texts()
    data: dict[str, Any] = {
        "facts": [_fact(line, text) for line in lines],
        "entries": [
            _entry(entry, terms, text, labels)
            for entry, terms in zip(trace.entries, trace.terms, strict=True)
        ],
        "statuses": [[status.value, wording.STATUS_NOTES[status]] for status in _STATUSES],
        "findings": _findings(findings),
        "texts": text.texts,
    }
    content = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    # Both are line ends inside a script for older browsers.
    content = content.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    return f"window.yihengSources={content};\n"


def _fact(line: FactLine, text: _Texts) -> list[Any]:
    about = (
        line.measure,
        line.view,
        line.unit,
        line.amount,
        line.precision,
        line.on,
        line.document,
        line.place,
        line.origin,
        line.query,
        line.key,
    )
    return [line.year, *map(text, about), [text(part) for pair in line.dims for part in pair]]


def _entry(entry: Entry, terms: Sequence[int], text: _Texts, labels: Labels) -> list[Any]:
    source = source_text(entry.source, labels) if entry.source else ""
    about = (entry.where, entry.unit, entry.value, entry.interval, rule_text(entry.rule, labels), source)
    return [
        entry.address,
        entry.printed,
        _STATUSES.index(entry.status),
        int(entry.given),
        list(terms),
        *map(text, about),
    ]


def _findings(findings: Sequence[Finding]) -> dict[str, list[list[str]]]:
    """By cell address: outcome, severity, title and message of every finding that names the cell."""
    found: dict[str, list[list[str]]] = {}
    for finding in findings:
        about = [
            finding.outcome.value,
            finding.outcome.label,
            finding.severity.label,
            finding.title,
            finding.message,
        ]
        for address in dict.fromkeys(finding.cells):
            found.setdefault(address, []).append(about)
    return found


def sources_body(trace: Trace, lines: Sequence[FactLine], labels: Labels) -> str:
    """The static page: every figure with rule and facts, then every fact with the figures that use it."""
    entries = "".join(
        _entry_row(number, entry, terms, labels)
        for number, (entry, terms) in enumerate(zip(trace.entries, trace.terms, strict=True))
    )
    facts = "".join(_fact_row(number, line, trace.uses[number]) for number, line in enumerate(lines))
    return f"""<h1>数据来源</h1>
<p>正文和报表中的每一个数字都列在“数字一览”中，右栏的编号是它用到的原始数；原始数在“原始数一览”中各列一次，并注明还用在哪些数字里。</p>
<p><a href="#figures">数字一览（{len(trace.entries)} 个）</a>　<a href="#facts">原始数一览（{len(lines)} 个）</a></p>
<h2 id="figures">数字一览</h2>
<div class="scroll" tabindex="0" role="region" aria-labelledby="figures"><table class="list"><thead><tr>
<th scope="col">编号</th><th scope="col">位置与地址</th><th scope="col">印出</th><th scope="col">计算值</th>
<th scope="col">规则</th><th scope="col">原始数</th></tr></thead>
<tbody>{entries}</tbody></table></div>
<h2 id="facts">原始数一览</h2>
<div class="scroll" tabindex="0" role="region" aria-labelledby="facts"><table class="list"><thead><tr>
<th scope="col">编号</th><th scope="col">指标与口径</th><th scope="col">维度</th><th scope="col">金额</th>
<th scope="col">来源</th><th scope="col">用于</th></tr></thead>
<tbody>{facts}</tbody></table></div>
"""


def _entry_row(number: int, entry: Entry, terms: Sequence[int], labels: Labels) -> str:
    value = "<br>".join(esc(part) for part in (entry.value, entry.interval) if part)
    if entry.status is not Status.VALUE:
        value += (
            f'<span class="mark">{esc(entry.status.value)}</span> {esc(wording.STATUS_NOTES[entry.status])}'
        )
    added, taken = [n for n in terms if n > 0], [-n for n in terms if n < 0]
    facts = _links(added, "f") + (f"<br>减：{_links(taken, 'f')}" if taken else "")
    source = esc(source_text(entry.source, labels)) if entry.source else ""
    return (
        f'<tr id="{figure_id(number)}"><td><a href="{cell_link(number, INDEX)}">{number + 1}</a></td>'
        f"<td>{esc(entry.where)}<br><code>{esc(entry.address)}</code></td>"
        f'<td class="f">{esc(entry.printed)} {esc(entry.unit)}</td><td class="f">{value}</td>'
        f"<td>{esc(rule_text(entry.rule, labels))}</td>"
        f"<td>{'<br>'.join(part for part in (facts, source) if part)}</td></tr>\n"
    )


def _fact_row(number: int, line: FactLine, uses: Sequence[int]) -> str:
    about = "<br>".join(
        esc(part) for part in (line.measure, line.view, f"{line.year} 年", line.unit, line.on) if part
    )
    amount = "<br>".join(esc(part) for part in (line.amount, line.precision) if part)
    return (
        f'<tr id="f{number + 1}"><td>{number + 1}</td><td>{about}</td><td>{esc(line.dims_text)}</td>'
        f'<td class="f">{amount}</td><td>{esc(line.source_text)}</td>'
        f"<td>{_links([use + 1 for use in uses], 'n')}</td></tr>\n"
    )


def _links(numbers: Sequence[int], prefix: str) -> str:
    """Runs of numbers, each a link to its first: thousands of them stay readable."""
    return "、".join(
        f'<a href="#{prefix}{first}">{first}' + (f"–{last}</a>" if last > first else "</a>")
        for first, last in ranges(sorted(set(numbers)))
    )


def fact_lines(trace: Trace, labels: Labels) -> list[FactLine]:
    """The facts of the paper in words, in order."""
    return [describe(fact, labels) for fact in trace.facts]
