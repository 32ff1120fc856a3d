"""Any path that a user may name → the workbooks and data packages in it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final

from yiheng.reading.package import DESCRIPTOR, open_csv, open_folder, open_zip
from yiheng.reading.problems import Problem, Unreadable
from yiheng.reading.source import SourceFile
from yiheng.reading.workbook import open_workbook

_OPENERS: Final[dict[str, Callable[[Path], SourceFile]]] = {
    ".xlsx": open_workbook,
    ".xlsm": open_workbook,
    ".xls": open_workbook,
    ".et": open_workbook,
    ".xlsb": open_workbook,
    ".csv": open_csv,
    ".txt": open_csv,
    ".zip": open_zip,
}
"""The old formats are here for the sake of their message."""


def find_sources(path: Path) -> list[Path]:
    """What a path stands for: itself, or, for a folder of several packages and workbooks, each of them.

    Raises `Unreadable` where there is nothing to read.
    """
    if not path.exists():
        raise Unreadable(Problem("文件不存在", str(path), "没有这个文件或文件夹", "请核对路径"))
    if path.is_file() and path.name == DESCRIPTOR:
        return [path.parent]
    if path.is_file() or _is_package(path):
        return [path]
    inside = sorted(
        item
        for item in path.iterdir()
        if (item.is_dir() and _is_package(item))
        or (item.suffix.lower() == ".xlsx" and not item.name.startswith(("~$", ".")))
    )
    if not inside:
        raise Unreadable(
            Problem(
                "没有可读的文件",
                str(path),
                "文件夹里没有数据包、CSV 或 XLSX 工作簿",
                "请选择工作簿、数据包文件夹或 zip",
            )
        )
    return inside


def open_source(path: Path) -> SourceFile:
    """Open one of `find_sources`. Raises `Unreadable`."""
    if path.is_dir():
        return open_folder(path)
    opener = _OPENERS.get(path.suffix.lower())
    if opener is None:
        raise Unreadable(
            Problem(
                "不支持的文件类型",
                path.name,
                f"不支持扩展名“{path.suffix}”",
                "请提供 XLSX 工作簿、CSV 文件或数据包",
            )
        )
    return opener(path)


def _is_package(folder: Path) -> bool:
    return (folder / DESCRIPTOR).is_file() or any(item.suffix.lower() == ".csv" for item in folder.iterdir())
