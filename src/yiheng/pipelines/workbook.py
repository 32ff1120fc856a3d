"""The workbook template, and exports of the ledger that can be loaded again (工作簿与数据包)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Final

from yiheng.facts.sheets import SheetRow, SheetSet
from yiheng.ledger import queries
from yiheng.pipelines.catalogs import catalogs
from yiheng.pipelines.intake import SHEETS
from yiheng.pipelines.sheet_rights import Handed
from yiheng.pipelines.swap import replacing
from yiheng.policy import Policy
from yiheng.reporting.package import DESCRIPTOR, write_package
from yiheng.reporting.workbook import write_workbook

TEMPLATE_TITLE: Final = "部门预决算数据"


class Format(StrEnum):
    """What an export is written as."""

    XLSX = "xlsx"
    PACKAGE = "package"


class NothingToExport(LookupError):
    """The ledger holds no department-year that was asked for."""


def new(path: Path, policy: Policy | None = None, only: Sequence[str] = ()) -> None:
    """Write the empty workbook, or one with `only` these sheets, with drop-downs, notes and samples.

    Raises `OSError`.
    """
    sheets = SheetSet(tuple(SHEETS[name] for name in only)) if only else SHEETS
    write_workbook(path, sheets, catalogs(policy or Policy.load()), TEMPLATE_TITLE)


def export(
    path: Path,
    format: Format,
    unit: str | None = None,
    year: int | None = None,
    policy: Policy | None = None,
    handed: Handed | None = None,
) -> dict[str, int]:
    """Write the ledger, or the department-years of a unit and a year, and return the number of rows by sheet.

    `unit` is a key, code, name or short name. `handed` says which rows are written, and how; all as they are without
    it. A workbook is a file, a package a folder; either is replaced only when
    the new one is whole. Raises `NothingToExport`, `ledger.errors.UnknownUnit` and `AmbiguousUnit`, `OSError`
    (`FileExistsError` for a folder with other content), and `ValueError` for a text that a workbook cannot hold.
    """
    rows, title = _content(unit, year)
    if handed is not None:
        rows = {sheet: handed(sheet, of_sheet) for sheet, of_sheet in rows.items()}
    if format is Format.XLSX:
        write_workbook(path, SHEETS, catalogs(policy or Policy.load()), title, rows)
    else:
        _write_package(path, rows, title)
    return {sheet: len(of_sheet) for sheet, of_sheet in rows.items() if of_sheet}


def _content(unit: str | None, year: int | None) -> tuple[Mapping[str, Sequence[SheetRow]], str]:
    if unit is None and year is None:
        rows = queries.whole_content()
        if not any(rows.values()):
            raise NothingToExport("台账里还没有数据，请先用 yiheng load 装载。")
        return rows, "台账全部数据"
    key = queries.resolve_unit(unit).key if unit is not None else None
    found = [
        entry
        for entry in queries.department_years()
        if (key is None or entry.unit.key == key) and (year is None or entry.year == year)
    ]
    if not found:
        listed = "、".join(entry.label for entry in queries.department_years()) or "无"
        raise NothingToExport(f"台账里没有所要的部门年度。现有：{listed}。")
    papers = [queries.Paper(entry.unit.key, entry.year, entry.kind) for entry in found]
    return queries.content_of(papers), "、".join(entry.label for entry in found)


def _write_package(folder: Path, rows: Mapping[str, Sequence[SheetRow]], title: str) -> None:
    if folder.exists() and not (folder.is_dir() and _is_ours(folder)):
        raise FileExistsError(f"{folder} 已有别的内容，不是数据包；请换一个文件夹")
    with replacing(folder) as draft:
        write_package(draft, SHEETS, rows, title, _package_name(folder))


def _is_ours(folder: Path) -> bool:
    return (folder / DESCRIPTOR).is_file() or not any(folder.iterdir())


def _package_name(path: Path) -> str:
    """A data package's name may hold lower-case letters, digits, dots, dashes and underscores only."""
    name = "".join(c for c in path.name.lower() if c.isascii() and (c.isalnum() or c in "._-"))
    return name or "yiheng"
