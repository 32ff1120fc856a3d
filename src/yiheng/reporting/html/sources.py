"""The sources page (数据来源): where every number comes from, for readers without scripts and for printing."""

from __future__ import annotations

from collections.abc import Sequence

from yiheng.facts import Status
from yiheng.reporting import wording
from yiheng.reporting.describe import Described, EntryLine, FactLine
from yiheng.reporting.html.markup import INDEX, cell_link, esc, figure_id
from yiheng.reporting.trace import ranges


def sources_body(told: Described) -> str:
    """The static page: every figure with rule and facts, then every fact with the figures that use it."""
    entries = "".join(
        _entry_row(number, line, terms)
        for number, (line, terms) in enumerate(zip(told.entries, told.trace.terms, strict=True))
    )
    facts = "".join(
        _fact_row(number, line, told.trace.uses[number]) for number, line in enumerate(told.facts)
    )
    return f"""<h1>数据来源</h1>
<p>正文和报表中的每一个数字都列在“数字一览”中，右栏的编号是它用到的原始数；原始数在“原始数一览”中各列一次，并注明还用在哪些数字里。</p>
<p><a href="#figures">数字一览（{len(told.entries)} 个）</a>
<a href="#facts">原始数一览（{len(told.facts)} 个）</a></p>
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


def _entry_row(number: int, line: EntryLine, terms: Sequence[int]) -> str:
    value = "<br>".join(esc(part) for part in (line.value, line.interval) if part)
    if line.status is not Status.VALUE:
        value += f'<span class="mark">{line.status.value}</span> {wording.STATUS_NOTES[line.status]}'
    added, taken = [n for n in terms if n > 0], [-n for n in terms if n < 0]
    facts = _links(added, "f") + (f"<br>减：{_links(taken, 'f')}" if taken else "")
    return (
        f'<tr id="{figure_id(number)}"><td><a href="{cell_link(number, INDEX)}">{number + 1}</a></td>'
        f"<td>{esc(line.where)}<br><code>{esc(line.address)}</code></td>"
        f'<td class="f">{esc(line.printed)} {esc(line.unit)}</td><td class="f">{value}</td>'
        f"<td>{esc(line.rule)}</td>"
        f"<td>{'<br>'.join(part for part in (facts, esc(line.source)) if part)}</td></tr>\n"
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
