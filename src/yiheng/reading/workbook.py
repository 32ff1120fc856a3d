"""XLSX workbooks: opened safely, with one clear message for everything that is no readable XLSX."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetTypeEnum, load_workbook

from yiheng.facts.sheets import plain_label
from yiheng.facts.workbook import (
    CHOICES_SHEET,
    GUIDE_SHEET,
    GUIDE_TITLE,
    GUIDE_UNIT,
    SAMPLE_SHEET,
    UNREAD_MARK,
)
from yiheng.money import MoneyError, MoneyUnit
from yiheng.reading.formulas import DAMAGE, formula_faults
from yiheng.reading.grid import Grid
from yiheng.reading.problems import Problem, cannot_open, shown, unreadable
from yiheng.reading.source import SourceFile

_OLE2: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_STREAM: Final = "EncryptedPackage".encode("utf-16-le")
_LARGEST_UNPACKED: Final = 2**31
"""Bytes. A workbook of a million rows unpacks to a fifth of this; more is a damaged or hostile archive."""


def open_workbook(path: Path) -> SourceFile:
    """The worksheets of an XLSX file. Raises `Unreadable` for anything that is none or cannot be opened."""
    _require_xlsx(path)
    try:
        workbook = load_workbook(path)
        faults = formula_faults(path)
    except (CalamineError, *DAMAGE) as error:
        raise unreadable(
            path.name, "工作簿已损坏", f"内部结构有误（{error}）", "请打开后另存为 XLSX"
        ) from error
    source = SourceFile(path.name)
    for meta in workbook.sheets_metadata:
        if meta.typ is not SheetTypeEnum.WorkSheet:
            continue
        if plain_label(meta.name) == GUIDE_SHEET:
            _read_guide(workbook, meta.name, source)
        elif not _is_left_alone(meta.name):
            source.grids.append(_grid(path, workbook, meta.name, faults.get(meta.name, {})))
    return source


def _is_left_alone(name: str) -> bool:
    return name.startswith((UNREAD_MARK, SAMPLE_SHEET)) or plain_label(name) == CHOICES_SHEET


def _grid(path: Path, workbook: CalamineWorkbook, name: str, faults: dict[int, dict[int, str]]) -> Grid:
    sheet = workbook.get_sheet_by_name(name)
    first_column = sheet.start[1] if sheet.start else 0
    broken = {
        row: {column - first_column: text for column, text in cells.items()} for row, cells in faults.items()
    }
    return Grid(path.name, name, _rows(sheet), first_column, broken)


def _rows(sheet: CalamineSheet) -> Iterator[Sequence[object]]:
    # An empty sheet has no start, and its rows cannot be iterated.
    return iter(sheet.iter_rows()) if sheet.start is not None else iter(())


def _read_guide(workbook: CalamineWorkbook, name: str, source: SourceFile) -> None:
    sheet = workbook.get_sheet_by_name(name)
    for number, row in enumerate(_rows(sheet), 1):
        cells = [cell for cell in row if cell != ""]
        if len(cells) < 2:
            continue
        label, value = plain_label(str(cells[0])).rstrip(":"), str(cells[1]).strip()
        if label == GUIDE_TITLE:
            source.title = value
        elif label == GUIDE_UNIT:
            source.unit = _unit(value, name, number, row, source)


def _unit(value: str, name: str, number: int, row: Sequence[object], source: SourceFile) -> MoneyUnit | None:
    try:
        return MoneyUnit.of(value)
    except MoneyError:
        source.problems.append(
            Problem(
                "金额单位不认识",
                source.file,
                "“说明”里声明的金额单位不认识",
                "请填 元、万元 或 亿元",
                name,
                number,
                GUIDE_UNIT,
                value=shown(value),
            )
        )
        return None


def _require_xlsx(path: Path) -> None:
    try:
        with path.open("rb") as file:
            start = file.read(8)
            if start == _OLE2:
                _refuse_ole2(path, start + file.read())
    except OSError as error:
        raise cannot_open(path.name, error) from error
    if not start:
        raise unreadable(path.name, "文件是空的", "文件没有任何内容", "请重新导出或复制该文件")
    try:
        with zipfile.ZipFile(path) as archive:
            _require_workbook(path, archive)
    except zipfile.BadZipFile as error:
        if start.startswith(b"PK"):
            raise unreadable(
                path.name,
                "工作簿已损坏",
                "XLSX 文件不完整或已损坏",
                "请重新复制或下载该文件，或打开后另存为 XLSX",
            ) from error
        raise unreadable(
            path.name, "不是 XLSX", "文件内容不是工作簿", "请另存为 XLSX；CSV 请用 .csv 扩展名"
        ) from error


def _refuse_ole2(path: Path, content: bytes) -> None:
    if _ENCRYPTED_STREAM in content:
        raise unreadable(path.name, "工作簿已加密", "文件设了打开密码", "请打开后取消密码，另存为 XLSX")
    raise unreadable(
        path.name,
        "旧格式工作簿",
        "这是旧格式的表格文件（.xls 或 WPS 的 .et），不是 XLSX",
        "请打开后另存为 XLSX 工作簿",
    )


def _require_workbook(path: Path, archive: zipfile.ZipFile) -> None:
    names = set(archive.namelist())
    if any(info.flag_bits & 1 for info in archive.infolist()):
        raise unreadable(path.name, "工作簿已加密", "压缩包设了密码", "请取消密码，另存为 XLSX")
    if sum(info.file_size for info in archive.infolist()) > _LARGEST_UNPACKED:
        raise unreadable(path.name, "工作簿过大", "解压后超过 2 GB", "请拆成几个工作簿")
    if "xl/workbook.xml" in names:
        return
    if "xl/workbook.bin" in names:
        raise unreadable(path.name, "不是 XLSX", "这是二进制工作簿（.xlsb）", "请打开后另存为 XLSX 工作簿")
    if any(name.startswith("word/") for name in names):
        raise unreadable(path.name, "不是 XLSX", "这是 Word 文档", "请选择 XLSX 工作簿")
    raise unreadable(
        path.name, "不是 XLSX", "压缩包里没有工作簿", "请选择 XLSX 工作簿；数据包请用 .zip 扩展名"
    )
