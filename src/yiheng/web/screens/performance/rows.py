"""Rows of the performance sheets as forms show and save them (填报), through the same door as the grid."""

from __future__ import annotations

from collections.abc import Mapping

from django import forms
from django.http import Http404
from django.utils.translation import gettext

from yiheng.facts.sheets import SheetRow
from yiheng.ledger import queries
from yiheng.pipelines import editing
from yiheng.pipelines.editing import EditReport, Place, Typed
from yiheng.web import papers

from .place import At


def rows_of(at: At, sheet: str) -> dict[str, tuple[SheetRow, int]]:
    """The rows of a sheet of the unit-year by key, each with its version."""
    return {row.key: (row, version) for row, version in queries.sheet_rows(sheet, at.units, at.year)}


def row_of(at: At, sheet: str, key: str) -> tuple[SheetRow, int]:
    """One row with its version; 404 where the unit-year has none of that key."""
    found = rows_of(at, sheet).get(key)
    if found is None:
        raise Http404
    return found


def shown(row: SheetRow) -> dict[str, str]:
    """The cells of a row as a form shows them."""
    return editing.as_text(row)


def save(
    at: At, sheet: str, form: forms.Form, cells: Mapping[str, str], key: str = "", version: int = 0
) -> bool:
    """Write one row; whether it is there now. What stands against it becomes errors of the form."""
    typed = [Typed("row", key, version, dict(cells))]
    return tell(editing.save(Place(sheet, at.unit.key, at.year), typed, papers.policy(), at.user), form)


def tell(report: EditReport, form: forms.Form) -> bool:
    """Whether the report says that all is well; otherwise its problems and conflicts become errors of the form."""
    for problem in report.problems:
        at = problem.column if problem.column in form.fields else None
        form.add_error(at, f"{problem.kind}：{problem.reason}。{problem.remedy}。")
    for _, conflict in report.conflicts:
        at = conflict.column if conflict.column in form.fields else None
        form.add_error(
            at,
            gettext("%(conflict)s。请刷新页面，看过对方的改动后再填。") % {"conflict": conflict.describe()},
        )
    return not (report.problems or report.conflicts)
