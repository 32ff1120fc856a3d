"""Saved column mappings (列对应) in the user's data folder: found by name, read and checked."""

from __future__ import annotations

from pathlib import Path

from yiheng.pipelines.intake import SHEETS
from yiheng.reading.cells import nearest
from yiheng.reading.mapping import SUFFIXES, ColumnMapping, read_mapping
from yiheng.reading.problems import Problem, unreadable


def mapping_folder(home: Path) -> Path:
    """Where the mappings of an installation lie."""
    return home / "mappings"


def mapping_names(home: Path) -> list[str]:
    """The names of the saved mappings, sorted."""
    folder = mapping_folder(home)
    if not folder.is_dir():
        return []
    return sorted({item.stem for item in folder.iterdir() if item.suffix in SUFFIXES})


def load_mapping(name: str, home: Path) -> tuple[ColumnMapping, list[Problem]]:
    """The saved mapping of that name, or the one in a file, and what is wrong in it. Raises `Unreadable`."""
    given = Path(name)
    if given.suffix in SUFFIXES and given.is_file():
        return read_mapping(given, SHEETS)
    folder = mapping_folder(home)
    for suffix in SUFFIXES:
        path = folder / f"{name}{suffix}"
        if path.parent == folder and path.is_file():
            return read_mapping(path, SHEETS)
    names = mapping_names(home)
    remedy = nearest(name, names) or (
        f"已保存的有：{'、'.join(names)}" if names else f"请把列对应文件放进 {folder}"
    )
    raise unreadable(name, "没有这个列对应", f"{folder} 里没有名为“{name}”的列对应", remedy)
