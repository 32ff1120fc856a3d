"""The main page (正文): charts, sections with their sentences, and tables where sections print them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from yiheng.facts import Chart, Figure, Finding, Outcome, Paper, Sentence, Table
from yiheng.reporting import charts
from yiheng.reporting.charts.words import printed
from yiheng.reporting.document import OWNER_KEY
from yiheng.reporting.html.markup import FINDINGS, Download, cell_link, esc, href
from yiheng.reporting.html.outline import Placed
from yiheng.reporting.html.tables import figure_link, table_html
from yiheng.reporting.layout import OWNER_LABEL
from yiheng.reporting.trace import Trace

_DRAWER: Final = """<aside id="drawer" class="drawer" role="dialog" aria-labelledby="drawer-title" tabindex="-1" hidden>
<div class="drawer-head"><h2 id="drawer-title">数据来源</h2>
<button type="button" id="drawer-close" aria-label="关闭（Esc）">×</button></div>
<div id="drawer-body"></div>
</aside>
"""


def index_body(paper: Paper, placed: Sequence[Placed], trace: Trace, downloads: Sequence[Download]) -> str:
    """Everything inside `<main>` of the main page, and the empty drawer."""
    hint = '<p class="hint">点击（或用 Tab 键选中后按回车）任何数字，可查看它的计算规则和来源。</p>\n'
    return (
        _notices(paper)
        + _downloads(downloads)
        + _summary(paper.findings)
        + hint
        + _parts(paper, placed, trace)
        + _DRAWER
    )


def contents(placed: Sequence[Placed]) -> str:
    """The table of contents beside the text."""
    items = "".join(
        f'<li class="d{min(item.depth, 3)}"><a href="#{item.anchor}">{esc(item.title)}</a></li>'
        for item in placed
        if item.title
    )
    return f'<nav class="toc" aria-label="目录"><h2>目录</h2><ul>{items}</ul></nav>\n'


def _notices(paper: Paper) -> str:
    lines = "".join(f"<li>{esc(notice)}</li>" for notice in paper.notices)
    return f'<ul class="notices">{lines}</ul>\n' if lines else ""


def _downloads(downloads: Sequence[Download]) -> str:
    links = "".join(
        f'<li><a href="{href(path)}"{"" if path.endswith(".html") else " download"}>{esc(name)}</a></li>'
        for name, path in downloads
    )
    return (
        f'<nav class="downloads" aria-label="下载"><span>下载</span><ul>{links}</ul></nav>\n' if links else ""
    )


def _summary(findings: Sequence[Finding]) -> str:
    if not findings:
        return ""
    counted = "　".join(
        f"{outcome.label} {sum(f.outcome is outcome for f in findings)} 项" for outcome in Outcome
    )
    return f'<p class="checks"><a href="{FINDINGS}">审核结果</a>：{counted}</p>\n'


def _charts(placed: Placed, trace: Trace) -> str:
    def link(address: str) -> str:
        return cell_link(trace.places[address]) if address in trace.places else ""

    heading = f"<h{placed.level}>{esc(placed.title)}</h{placed.level}>" if placed.title else ""
    figures = "".join(_chart(chart, link) for chart in placed.charts)
    return f'<section id="{placed.anchor}" class="charts">{heading}\n{figures}</section>\n'


def _chart(chart: Chart, link: charts.Link) -> str:
    note = f"<p>{esc(chart.note)}</p>" if chart.note else ""
    return (
        f'<figure class="chart"><figcaption>{esc(chart.title)}<span>单位：{esc(chart.unit)}</span></figcaption>'
        f'<div class="wide">{charts.svg(chart, link=link)}</div>'
        f'<div class="narrow">{charts.svg(chart, charts.PHONE_WIDTH, link=link)}</div>'
        f"{note}{_values(chart)}</figure>\n"
    )


def _values(chart: Chart) -> str:
    """The points as a table, for readers who cannot see the picture."""
    rows = "".join(
        f'<tr><th scope="row">{esc(series.name)}</th><td>{esc(label)}</td>'
        f'<td class="f">{printed(chart, value)}</td></tr>'
        for series in chart.series
        for label, value in series.points
    )
    return (
        f'<details><summary>图中数值</summary><table class="values"><caption class="vh">{esc(chart.title)}</caption>'
        f'<thead><tr><th scope="col">系列</th><th scope="col">项目</th><th scope="col">{esc(chart.unit)}</th></tr>'
        f"</thead><tbody>{rows}</tbody></table></details>"
    )


def _parts(paper: Paper, placed: Sequence[Placed], trace: Trace) -> str:
    numbers = iter(trace.figures)
    owner_label = paper.table_labels.get(OWNER_KEY, OWNER_LABEL)
    parts: list[str] = []
    for item in placed:
        if isinstance(item.part, Table):
            parts.append(table_html(item.part, item, trace, owner_label))
        elif item.charts:
            parts.append(_charts(item, trace))
        else:
            if item.title:
                parts.append(f'<h{item.level} id="{item.anchor}">{esc(item.title)}</h{item.level}>\n')
            sentences = item.part.sentences if item.part else ()
            parts.extend(_sentence(s, numbers, paper.audience == "internal") for s in sentences)
    return "".join(parts)


def _sentence(sentence: Sentence, numbers: Iterator[int], internal: bool) -> str:
    spans = []
    for span in sentence.spans:
        if isinstance(span, str):
            spans.append(esc(span))
        elif isinstance(span, Figure):
            spans.append(figure_link(next(numbers), span.address, esc(span.text)))
        elif internal:
            spans.append(f'<mark title="{esc(span.remedy)}">［缺：{esc(span.what)}］</mark>')
    words = "".join(spans).replace("\n", "<br>")
    return f"<p>{words}</p>\n" if words else ""
