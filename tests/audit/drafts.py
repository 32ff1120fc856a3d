"""A made-up document (虚构) as words and tables, and the same document written in every format that is read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from html import escape
from pathlib import Path
from typing import NamedTuple

import docx
import typst
import xlsxwriter

from yiheng.reporting.fonts import FontSet


class Over(NamedTuple):
    """A cell that reaches over several columns or rows."""

    text: str
    across: int = 1
    down: int = 1


Given = str | Over
Rows = tuple[tuple[Given, ...], ...]


@dataclass(frozen=True)
class Words:
    """A paragraph; level 0 is body text."""

    text: str
    level: int = 0


@dataclass
class Draft:
    """Paragraphs and tables in order."""

    parts: list[Words | Rows] = field(default_factory=list)

    def heading(self, text: str, level: int = 2) -> None:
        self.parts.append(Words(text, level))

    def say(self, *texts: str) -> None:
        self.parts.extend(Words(text) for text in texts)

    def table(self, *rows: tuple[Given, ...]) -> None:
        self.parts.append(tuple(rows))

    def changed(self, old: str, new: str, nth: int = 0) -> Draft:
        """The draft with `old` written as `new`, once: in the `nth` paragraph or cell that has it."""
        left = nth
        made: list[Words | Rows] = []

        def change(text: str) -> str:
            nonlocal left
            if old not in text or left < 0:
                return text
            left -= 1
            return text.replace(old, new, 1) if left < 0 else text

        for part in self.parts:
            if isinstance(part, Words):
                made.append(replace(part, text=change(part.text)))
            else:
                made.append(tuple(tuple(_with(cell, change) for cell in row) for row in part))
        if left >= 0:
            raise ValueError(f"{old} stands in fewer than {nth + 1} places")
        return Draft(made)

    def in_row(self, label: str, old: str, new: str, nth: int = 0) -> Draft:
        """The draft with the `nth` cell that prints just `old`, in the row that has the cell `label`, as `new`."""
        made = list(self.parts)
        for p, part in enumerate(self.parts):
            if isinstance(part, Words):
                continue
            for r, row in enumerate(part):
                texts = [_over(cell).text for cell in row]
                if label in texts:
                    at = [c for c, text in enumerate(texts) if text == old and texts.index(label) != c][nth]
                    cells = (*row[:at], _with(row[at], lambda _: new), *row[at + 1 :])
                    made[p] = (*part[:r], cells, *part[r + 1 :])
                    return Draft(made)
        raise ValueError(f"no row has {label}")

    def without(self, text: str, nth: int = 0) -> Draft:
        """The draft without the `nth` paragraph of this text."""
        at = self._paragraphs(text)[nth]
        return Draft([*self.parts[:at], *self.parts[at + 1 :]])

    def exchanged(self, one: str, other: str) -> Draft:
        """The draft with the first paragraphs of these texts in each other's place."""
        made = list(self.parts)
        a, b = self._paragraphs(one)[0], self._paragraphs(other)[0]
        made[a], made[b] = made[b], made[a]
        return Draft(made)

    def _paragraphs(self, text: str) -> list[int]:
        return [i for i, part in enumerate(self.parts) if isinstance(part, Words) and part.text == text]


def _with(cell: Given, change: Callable[[str], str]) -> Given:
    return cell._replace(text=change(cell.text)) if isinstance(cell, Over) else change(cell)


def _over(cell: Given) -> Over:
    return cell if isinstance(cell, Over) else Over(cell)


def placed_cells(rows: Rows) -> tuple[list[tuple[int, int, Over]], int]:
    """Every cell with its row and column, and the width of the table."""
    taken: set[tuple[int, int]] = set()
    placed: list[tuple[int, int, Over]] = []
    for r, row in enumerate(rows):
        c = 0
        for cell in map(_over, row):
            while (r, c) in taken:
                c += 1
            placed.append((r, c, cell))
            taken |= {(r + i, c + j) for i in range(cell.down) for j in range(cell.across)}
    return placed, 1 + max(c for _, c in taken)


def html(draft: Draft, path: Path) -> None:
    lines = []
    for part in draft.parts:
        if isinstance(part, Words):
            tag = f"h{part.level}" if part.level else "p"
            lines.append(f"<{tag}>{escape(part.text)}</{tag}>")
            continue
        rows = (
            "".join(
                f'<td colspan="{c.across}" rowspan="{c.down}">{escape(c.text)}</td>' for c in map(_over, row)
            )
            for row in part
        )
        lines.append("<table>" + "".join(f"<tr>{row}</tr>" for row in rows) + "</table>")
    path.write_text(f"<html><meta charset='utf-8'><body>{''.join(lines)}</body></html>", encoding="utf-8")


def word(draft: Draft, path: Path) -> None:
    paper = docx.Document()
    for part in draft.parts:
        if isinstance(part, Words):
            paper.add_paragraph(part.text)
            continue
        placed, width = placed_cells(part)
        # `Table.cell` looks through the whole table each time.
        made = [row.cells for row in paper.add_table(len(part), width).rows]
        for r, c, cell in placed:
            first = made[r][c]
            if cell.across > 1 or cell.down > 1:
                first = first.merge(made[r + cell.down - 1][c + cell.across - 1])
            first.text = cell.text
    paper.save(str(path))


def workbook(draft: Draft, path: Path) -> None:
    """Tables below each other on one sheet with their captions; each part of the document has a sheet."""
    with xlsxwriter.Workbook(str(path)) as book:
        for part in draft.parts:
            if isinstance(part, Words):
                if part.level in (1, 2):
                    sheet, at = book.add_worksheet(), 0
                sheet.write_string(at, 0, part.text)
                at += 1
                continue
            for r, c, cell in placed_cells(part)[0]:
                if cell.across > 1 or cell.down > 1:
                    sheet.merge_range(at + r, c, at + r + cell.down - 1, c + cell.across - 1, cell.text)
                else:
                    sheet.write_string(at + r, c, cell.text)
            at += len(part) + 1


def pdf(draft: Draft, path: Path) -> None:
    lines = [
        '#set page(width: 842pt, height: 595pt, margin: 36pt)\n#set text(font: "Noto Serif SC", size: 8pt, lang: "zh")'
    ]
    for part in draft.parts:
        if isinstance(part, Words):
            size = 12 if part.level else 9
            lines.append(f"#par(text(size: {size}pt, {_typst(part.text)}))")
            continue
        placed, width = placed_cells(part)
        cells = ", ".join(
            f"table.cell(x: {c}, y: {r}, colspan: {o.across}, rowspan: {o.down}, text({_typst(o.text)}))"
            for r, c, o in placed
        )
        lines.append(f"#table(columns: (1fr,) * {width}, stroke: 0.5pt, {cells})")
    path.write_bytes(
        typst.compile(
            "\n\n".join(lines).encode(),
            format="pdf",
            font_paths=FontSet().loaded(),
            ignore_system_fonts=True,
        )
    )


def _typst(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def text(draft: Draft, path: Path) -> None:
    """As copied from a PDF: the cells of a row one after the other, empty ones without a trace."""
    lines = []
    for part in draft.parts:
        if isinstance(part, Words):
            lines.append(part.text)
        else:
            lines += [" ".join(t for c in row if (t := _over(c).text.strip())) for row in part]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


WRITERS: Mapping[str, Callable[[Draft, Path], None]] = {
    "html": html,
    "docx": word,
    "xlsx": workbook,
    "pdf": pdf,
    "txt": text,
}
"""Writers by file suffix."""
