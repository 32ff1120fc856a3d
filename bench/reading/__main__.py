"""How fast and how exactly tables are read from PDF files, beside pdfplumber.

    python -m bench.reading [--pages 10] [FILE.pdf ...]

Random papers with known tables are set in six layouts, and read by both, one after the other in the same run and by
processor time. A cell is right when its text stands in its row and column, and a place that a merged cell covers is
found covered. pdfplumber reads by its rules, and where there are none, by the alignment of text (its strategy "text").
Files that are named are only timed: what they hold is not known.
"""

from __future__ import annotations

import argparse
import os
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

import pdfplumber
from bench.reading.papers import Paper, papers, right

from yiheng.reading.pdf import read_pdf
from yiheng.reading.raw import RawGrid

Rows = list[tuple[str | None, ...]]
BY_TEXT = {"no rule", "horizontal rules only"}
"""Layouts for which pdfplumber is told to look at the alignment."""


def main() -> None:
    """Run the benchmark and print its ratios."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=10, help="pages of each layout")
    parser.add_argument("files", type=Path, nargs="*", help="PDF files to time as well")
    options = parser.parse_args()
    print(f"{'':34}{'seconds a page':>27}{'cells right':>25}")
    print(f"{'':34}{'ours':>9}{'peer':>9}{'ratio':>9}{'cells':>9}{'ours':>8}{'peer':>8}")
    with tempfile.TemporaryDirectory() as folder:
        for paper in papers(Path(folder), options.pages):
            _compare(paper)
    for path in options.files:
        _time(path)


def ours(path: Path) -> Rows:
    """Every row of every table as we read it."""
    return [
        tuple(None if cell is None else _plain(cell.text) for cell in row)
        for page in read_pdf(path).pages
        for block in page.blocks
        if isinstance(block, RawGrid)
        for row in block.cells
    ]


def peer(path: Path, by_text: bool) -> Rows:
    """The same by pdfplumber, pages closed as they are done."""
    settings = {"vertical_strategy": "text", "horizontal_strategy": "text"} if by_text else {}
    rows: Rows = []
    with pdfplumber.open(path) as document:
        for page in document.pages:
            for table in page.extract_tables(settings):
                rows += (tuple(None if text is None else _plain(text) for text in row) for row in table)
            page.close()
    return rows


def _plain(text: str) -> str:
    return "".join(text.split())


def _compare(paper: Paper) -> None:
    by_text = paper.layout in BY_TEXT
    mine, seconds = _timed(lambda: ours(paper.path))
    theirs, others = _timed(lambda: peer(paper.path, by_text))
    cells = sum(map(len, paper.rows))
    shares = [right(paper.rows, rows) / cells for rows in (mine, theirs)]
    _line(paper.layout, paper.pages, seconds, others)
    print(f"{cells:>9}{shares[0]:>8.2%}{shares[1]:>8.2%}")


def _time(path: Path) -> None:
    pages = len(read_pdf(path).pages)
    _, seconds = _timed(lambda: ours(path))
    _, others = _timed(lambda: peer(path, False))
    _line(f"{path.parent.name}/{path.name}"[-33:], pages, seconds, others)
    print(f"   {pages} pages, {30 * seconds / pages:.2f} s for 30")


def _line(name: str, pages: int, seconds: float, others: float) -> None:
    print(f"{name:34}{seconds / pages:>9.4f}{others / pages:>9.4f}{others / seconds:>9.1f}", end="")


def _timed(work: Callable[[], Rows]) -> tuple[Rows, float]:
    """The result and the processor seconds, those of child processes included; the better of two runs."""
    found: Rows = []
    times: list[float] = []
    for _ in range(2):
        start = _seconds(os.times())
        found = work()
        times.append(_seconds(os.times()) - start)
    return found, max(min(times), 0.01)


def _seconds(times: Sequence[float]) -> float:
    return sum(times[:4])


if __name__ == "__main__":
    main()
