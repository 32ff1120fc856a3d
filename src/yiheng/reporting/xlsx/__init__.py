"""The workbook of a paper (报表工作簿): one sheet a table, with contents, charts, findings and sources beside them."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Final

from yiheng.facts import Paper
from yiheng.reporting.entry import table_name
from yiheng.reporting.labels import Labels
from yiheng.reporting.saving import Workbook
from yiheng.reporting.trace import trace
from yiheng.reporting.xlsx.cells import Book
from yiheng.reporting.xlsx.charts import PICTURES, VALUES, write_charts
from yiheng.reporting.xlsx.lists import write_contents, write_facts, write_findings, write_sources
from yiheng.reporting.xlsx.tables import Places, write_table

__all__ = ["write"]

_CREATED: Final = dt.datetime(2000, 1, 1)  # noqa: DTZ001 - one fixed moment, so that equal papers give equal bytes
_OPTIONS: Final = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}


def write(paper: Paper, path: Path, labels: Labels | None = None) -> Path:
    """Write the workbook; the same paper gives the same bytes.

    Numbers are written as printed, in the unit of their table; the values in full stand in 来源 and 原始数.
    """
    labels = (labels or Labels()).with_documents(paper.documents)
    traced = trace(paper)
    with Workbook(str(path), _OPTIONS) as workbook:
        workbook.set_properties({"title": paper.title, "author": paper.owner, "created": _CREATED})
        book = Book(workbook)
        contents = book.add_sheet("目录")
        places: Places = {}
        names = []
        for table in paper.tables:
            sheet = book.add_sheet(table_name(table, paper.table_labels.get(table.code, "")))
            places |= write_table(book, sheet, paper, table, traced, contents.get_name())
            names.append(sheet.get_name())
        drawn = [book.add_sheet(name) for name in (PICTURES, VALUES)] if paper.charts else []
        others = [book.add_sheet(name) for name in ("审核结果", "来源", "原始数")]
        write_contents(book, contents, paper, names, [sheet.get_name() for sheet in (*drawn, *others)])
        if drawn:
            write_charts(book, drawn[0], drawn[1], paper)
        write_findings(book, others[0], paper.findings)
        write_sources(book, others[1], traced, places, labels)
        write_facts(book, others[2], traced, labels, internal=paper.audience == "internal")
    return path
