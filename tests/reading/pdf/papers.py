"""PDF papers of one known table in many layouts, set with typst, and the cells that must be read from them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import typst

from yiheng.reading.pdf import read_pdf
from yiheng.reading.raw import RawDocument, RawGrid, RawLine
from yiheng.reporting.fonts import FontSet

Rows = Sequence[Sequence[str]]

TABLE: Rows = (
    ("科目编码", "科目名称", "合计", "基本支出", "项目支出"),
    ("", "合计", "201,787.58", "5,712.01", "196,075.57"),
    ("205", "教育支出", "13.86", "", "13.86"),
    ("20508", "进修及培训", "13.86", "", "13.86"),
    ("2050803", "培训支出", "13.86", "", "13.86"),
    ("210", "医疗卫生与计划生育支出", "199,996.89", "4,613.41", "195,383.48"),
    ("2101506", "医疗保障经办事务", "2,381.33", "0.00", "2,381.33"),
    ("2101550", "事业运行", "6,079.66", "4,613.41", "1,466.25"),
    ("221", "住房保障支出", "490.41", "490.41", "—"),
    ("229", "其他支出", "678.23", "", "678.23"),
)
"""Rows of a published table of expenditure by function (公开03表, 2020), shortened."""

HEAD = """
#set page(width: 595pt, height: 842pt, margin: 72pt)
#set text(font: "Noto Serif SC", size: 10.5pt, lang: "zh")
"""
WIDTHS = "(60pt, 1fr, 72pt, 72pt, 72pt)"
ALIGN = "(left, left, right, right, right)"


def cells(rows: Rows = TABLE, wrap: str = "[{}]") -> str:
    """The cells of a table as typst arguments."""
    return ",\n".join(", ".join(wrap.format(text) for text in row) for row in rows)


def table(options: str = "", rows: Rows = TABLE, wrap: str = "[{}]") -> str:
    return f"#table(columns: {WIDTHS}, align: {ALIGN}, {options}\n{cells(rows, wrap)})\n"


def lines_at(xs: Sequence[float], ys: Sequence[float], thick: float = 0.6, joint: bool = False) -> str:
    """A grid of filled rectangles, as spreadsheet programs draw borders; one path for all with `joint`."""
    boxes = [(xs[0], y, xs[-1] - xs[0], thick) for y in ys] + [(x, ys[0], thick, ys[-1] - ys[0]) for x in xs]
    if joint:
        moves = "".join(
            f"curve.move(({x}pt, {y}pt)), curve.line(({x + w}pt, {y}pt)), curve.line(({x + w}pt, {y + h}pt)), "
            f"curve.line(({x}pt, {y + h}pt)), curve.close(), "
            for x, y, w, h in boxes
        )
        return f"#place(top + left, curve(fill: black, {moves}))\n"
    return "".join(
        f"#place(top + left, dx: {x}pt, dy: {y}pt, rect(width: {w}pt, height: {h}pt, fill: black))\n"
        for x, y, w, h in boxes
    )


XS = (0.0, 60.0, 235.0, 307.0, 379.0, 451.0)


def placed(rows: Rows = TABLE, pitch: float = 20.0, size: float = 10.5) -> str:
    """The texts of a table put at their places one by one, without any rule."""
    parts = []
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            x, width, side = XS[c] + 3, XS[c + 1] - XS[c] - 6, "right" if c > 1 else "left"
            parts.append(
                f"#place(top + left, dx: {x}pt, dy: {r * pitch + 5}pt, "
                f"box(width: {width}pt, align({side}, text(size: {size}pt)[{text}])))\n"
            )
    return "".join(parts)


def made(folder: Path, body: str, head: str = HEAD) -> Path:
    """The PDF of a typst text."""
    path = folder / "paper.pdf"
    source = folder / "paper.typ"
    source.write_text(head + body, encoding="utf-8")
    typst.compile(str(source), output=str(path), font_paths=FontSet().loaded())
    return path


def read(folder: Path, body: str, head: str = HEAD) -> RawDocument:
    return read_pdf(made(folder, body, head))


def grids(document: RawDocument) -> list[RawGrid]:
    return [block for page in document.pages for block in page.blocks if isinstance(block, RawGrid)]


def lines(document: RawDocument) -> list[RawLine]:
    return [block for page in document.pages for block in page.blocks if isinstance(block, RawLine)]


def texts(grid: RawGrid) -> list[tuple[str | None, ...]]:
    """The cells without wraps and blanks; None where a span covers a place."""
    return [tuple(None if cell is None else "".join(cell.text.split()) for cell in row) for row in grid.cells]
