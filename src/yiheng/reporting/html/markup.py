"""Small pieces of HTML that all pages share (页面零件). Every text passes through `esc`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from typing import Final
from urllib.parse import quote

from yiheng.facts import Paper
from yiheng.reporting.document import INTERNAL, STAMP_NAMES, SYNTHETIC
from yiheng.reporting.text import clean

INDEX: Final = "index.html"
SOURCES: Final = "sources.html"
FINDINGS: Final = "findings.html"
_PAGES: Final = ((INDEX, "正文与报表"), (FINDINGS, "审核结果"), (SOURCES, "数据来源"))
_KINDS: Final = {"budget": "部门预算", "accounts": "部门决算", "performance": "绩效"}

Download = tuple[str, str]
"""What a file is called for the reader, and its path relative to the site."""


def esc(text: str) -> str:
    """Text for element content and quoted attributes."""
    return escape(clean(text))


def href(path: str) -> str:
    """A relative path as a reference; a scheme or host cannot get through."""
    return quote(path, safe="/.-_~")


def figure_id(number: int) -> str:
    """The anchor of a figure; readers count from 1."""
    return f"n{number + 1}"


def cell_link(number: int, page: str = "") -> str:
    """The reference to a figure, here or on another page."""
    return f"{page}#{figure_id(number)}"


def page(
    paper: Paper, name: str, title: str, body: str, *, scripts: Sequence[str] = (), aside: str = ""
) -> str:
    """A whole page: head, banner, masthead, page links, main part and footer."""
    full_title = paper.title if name == INDEX else f"{title} · {paper.title}"
    marks = [
        mark
        for mark, shown in ((SYNTHETIC, paper.synthetic), (INTERNAL, paper.audience == "internal"))
        if shown
    ]
    banner = f'<p class="banner" role="note">{esc(" · ".join(marks))}</p>' if marks else ""
    loaded = "".join(f'<script src="{href(script)}" defer></script>' for script in scripts)
    return f"""<!DOCTYPE html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{esc(full_title)}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="assets/site.css">
{loaded}</head>
<body>
<a class="skip" href="#main">跳到正文</a>
{banner}{_masthead(paper, name)}
<div class="frame{" with-aside" if aside else ""}">
{aside}<main id="main">
{body}</main>
</div>
{_footer(paper)}</body>
</html>
"""


def _masthead(paper: Paper, name: str) -> str:
    kind = _KINDS.get(paper.kind, paper.kind)
    tag = "h1" if name == INDEX else "p"
    links = "".join(
        f'<li><a href="{path}"{current}>{label}</a></li>'
        for path, label in _PAGES
        for current in [' aria-current="page"' if path == name else ""]
    )
    return f"""<header class="masthead">
<p class="owner">{esc(paper.owner)}</p>
<{tag} class="title">{esc(paper.title)}</{tag}>
<p class="meta">{paper.year} 年度 · {esc(kind)}</p>
<nav aria-label="页面"><ul class="pages">{links}</ul></nav>
</header>"""


def _footer(paper: Paper) -> str:
    stamps = "".join(
        f"<dt>{esc(STAMP_NAMES.get(name, name))}</dt><dd><code>{esc(value)}</code></dd>"
        for name, value in paper.stamp.items()
    )
    stamp = f'<details><summary>复算凭据</summary><dl class="pairs">{stamps}</dl></details>' if stamps else ""
    documents = "".join(f"<li>{esc(title)}</li>" for title in dict.fromkeys(paper.documents.values()))
    sources = f"<details><summary>来源文件</summary><ul>{documents}</ul></details>" if documents else ""
    return f'<footer class="foot">{sources}{stamp}<p>本页不连接网络，可离线打开和打印。</p></footer>\n'


def pairs(items: Iterable[tuple[str, str]]) -> str:
    """A definition list of the pairs whose second part is not empty."""
    shown = "".join(f"<dt>{esc(name)}</dt><dd>{esc(value)}</dd>" for name, value in items if value)
    return f'<dl class="pairs">{shown}</dl>' if shown else ""
