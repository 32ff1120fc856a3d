"""Files of a paper made on demand (按需成文): DOCX, PDF and XLSX, and pictures of the PDF's pages.

A file is made once and kept in the installation's folder under what it was made from; what nobody asked for longest
goes first.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import os
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Final

from django.conf import settings

from yiheng.facts import Paper, Table
from yiheng.ledger import queries
from yiheng.pipelines import installation
from yiheng.pipelines.said import said
from yiheng.reporting import docx, pdf, xlsx
from yiheng.reporting.opendata import tables as tidy
from yiheng.reporting.review import pictures
from yiheng.web.readings import Prepared

FORMS: Final = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "csv": "text/csv; charset=utf-8",
}
KEPT: Final = 240
"""Files and folders of page pictures that are kept."""
_COMMAND: Final = ("=", "+", "-", "@", "\t", "\r")

_making: dict[str, threading.Lock] = {}
_drawing = threading.Lock()
"""PDFium draws for one at a time."""


def made(prepared: Prepared, form: str, code: str = "") -> Path:
    """The file of the whole paper, or of one table."""
    paper = prepared.paper if not code else only(prepared, prepared.paper.table(code))
    return _kept(prepared, f"{form}:{code}", f".{form}", lambda path: _write(paper, prepared, form, path))


def only(prepared: Prepared, table: Table) -> Paper:
    """A paper of one table, with the findings that look at it."""
    found = prepared.findings.get(table.code, ())
    return replace(prepared.paper, sections=(), tables=(table,), charts=(), findings=found)


def page_count(prepared: Prepared) -> int:
    """Pages of the paper as PDF."""
    file = made(prepared, "pdf")
    with _drawing:
        return pictures.count_pages(file)


def page(prepared: Prepared, number: int) -> Path | None:
    """One page of the PDF as PNG, drawn when it is first asked for; None for a page that it does not have."""
    file = made(prepared, "pdf")
    folder = file.with_suffix(".pages")
    picture = folder / f"page-{number:04}.png"
    with _drawing:
        if picture.is_file():
            return picture
        drawn = pictures.draw_pages(file, [number], folder)
    return folder / drawn[number] if number in drawn else None


def csv_text(prepared: Prepared, code: str = "") -> str:
    """The money cells as CSV with Chinese headings, for a spreadsheet: no cell of it can act as a formula."""
    chosen = [t for t in prepared.paper.tables if code in ("", t.code)]
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow([title for _, title, _, _ in tidy.COLUMNS])
    for table in chosen:
        writer.writerows([inert(cell) for cell in row] for row in tidy.rows(table))
    # The mark tells Excel that the file is UTF-8.
    return f"\ufeff{text.getvalue()}"


def inert(cell: str) -> str:
    """Words that a spreadsheet would take for a formula get an apostrophe; a negative figure stays one."""
    if not cell.startswith(_COMMAND) or cell[1:].replace(",", "").replace(".", "", 1).isdigit():
        return cell
    return f"'{cell}"


def _write(paper: Paper, prepared: Prepared, form: str, path: Path) -> None:
    with said():
        if form == "xlsx":
            xlsx.write(paper, path, prepared.labels)
        elif form == "docx":
            docx.write(paper, path)
        else:
            pdf.write(paper, path, installation.fonts())


def _kept(prepared: Prepared, what: str, suffix: str, write: Callable[[Path], None]) -> Path:
    paper = prepared.paper
    # Only the workbook prints the place of each row; the rest follows from what the stamp covers.
    state = queries.state() if what.startswith("xlsx") else ()
    units = sorted(prepared.labels.units.items())
    about = [state, paper.key, paper.title, paper.audience, sorted(paper.stamp.items()), units, what]
    key = hashlib.sha256(json.dumps(about).encode()).hexdigest()[:40]
    folder = Path(settings.YIHENG_HOME) / "cache" / "papers"
    target = folder / f"{key}{suffix}"
    with _making.setdefault(key, threading.Lock()):
        if not target.is_file():
            folder.mkdir(parents=True, exist_ok=True)
            _prune(folder)
            draft = target.with_name(f".{key}.{os.getpid()}{suffix}")
            try:
                write(draft)
                os.replace(draft, target)
            finally:
                draft.unlink(missing_ok=True)
        os.utime(target)
    _making.pop(key, None)
    return target


def _prune(folder: Path) -> None:
    """Let go of what was not asked for longest."""
    files = sorted((f for f in folder.iterdir() if f.is_file()), key=lambda f: f.stat().st_mtime)
    for file in files[: max(len(files) - KEPT, 0)]:
        pages = file.with_suffix(".pages")
        for picture in pages.iterdir() if pages.is_dir() else ():
            picture.unlink(missing_ok=True)
        if pages.is_dir():
            pages.rmdir()
        file.unlink(missing_ok=True)
