"""The public site (公开网站): static pages that open from a folder, without a network and without a server.

`index.html` holds text, charts and tables; `findings.html` the findings; `sources.html` the source of every number for
readers without scripts. With scripts a number opens a drawer, filled from `data/sources.js`; `#cell=ADDRESS` opens it.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path
from typing import Final

from yiheng.facts import Paper
from yiheng.reporting.describe import describe_all
from yiheng.reporting.html.findings import findings_body
from yiheng.reporting.html.markup import FINDINGS, INDEX, SOURCES, Download, page
from yiheng.reporting.html.narrative import contents, index_body
from yiheng.reporting.html.outline import outline
from yiheng.reporting.html.script import script
from yiheng.reporting.html.sources import sources_body
from yiheng.reporting.labels import Labels
from yiheng.reporting.sections import shown
from yiheng.reporting.trace import trace

_ASSETS: Final = ("site.css", "drawer.js")
_DATA: Final = "data/sources.js"

__all__ = ["Download", "Labels", "write"]


def write(
    paper: Paper, folder: Path, labels: Labels | None = None, downloads: Sequence[Download] = ()
) -> tuple[Path, ...]:
    """Write the site into `folder` and give back its files in a fixed order.

    It shows what the paper holds and nothing else: what the public may not see, the paper must not hold.
    `downloads` are (name, path relative to the folder) of files that lie beside the site.
    """
    paper = shown(paper)
    labels = (labels or Labels()).with_documents(paper.documents)
    traced = trace(paper)
    told = describe_all(traced, labels)
    placed = outline(paper)
    content = {
        INDEX: page(
            paper,
            INDEX,
            paper.title,
            index_body(paper, placed, traced, downloads),
            scripts=(_DATA, "assets/drawer.js"),
            aside=contents(placed),
        ),
        FINDINGS: page(paper, FINDINGS, "审核结果", findings_body(paper, traced, labels)),
        SOURCES: page(paper, SOURCES, "数据来源", sources_body(told)),
        _DATA: script(told, paper.findings),
    }
    for name in _ASSETS:
        content[f"assets/{name}"] = (files(__package__) / "assets" / name).read_text(encoding="utf-8")
    written = []
    for name, text in content.items():
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8", newline="\n")
        written.append(target)
    return tuple(written)
