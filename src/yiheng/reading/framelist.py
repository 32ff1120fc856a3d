"""The list of a sampling frame (抽样框名单): one column of pseudonymous keys. What may point at a person is refused.

A key is made of letters, digits, dots, dashes and underscores. Names, identity numbers and telephone numbers are not
repeated in the message that refuses them.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from yiheng.reading.cells import CellError
from yiheng.reading.grid import Complaints, Grid
from yiheng.reading.problems import Problem, Unreadable
from yiheng.reading.sources import open_source

KEY: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
TITLES: Final = ("key", "编码", "键")
_IDENTITY: Final = re.compile(r"[0-9]{6}([0-9]{8})[0-9]{3}[0-9Xx]")
_MOBILE: Final = re.compile(r"1[3-9][0-9]{9}")
_PERSONAL: Final = "请换成自编的、不指向个人的编码；编码与个人的对照表另行保管，不要交给系统"


@dataclass(frozen=True, slots=True)
class FrameList:
    """The keys in the order of the file; with a single problem they may not be used."""

    keys: tuple[str, ...]
    problems: tuple[Problem, ...]


def read_frame_list(path: Path) -> FrameList:
    """Read a CSV or the only sheet of a workbook. Nothing is raised for what is wrong in it."""
    if not path.is_file():
        return _refused("文件不存在", path, "没有这个文件", "请核对路径")
    try:
        source = open_source(path)
    except Unreadable as error:
        return FrameList((), (error.problem,))
    if source.problems:
        return FrameList((), tuple(source.problems))
    if len(source.grids) != 1:
        return _refused("工作表不止一张", path, f"文件里有 {len(source.grids)} 张表", "名单单独存成一份文件")
    complaints = Complaints(source.grids[0])
    try:
        keys = tuple(_keys(source.grids[0], complaints))
    except Unreadable as error:
        return FrameList((), (*complaints.found, error.problem))
    if not keys and not complaints.found:
        complaints.sheet("名单是空的", "表头下面没有编码", "每行填一个编码")
    return FrameList(keys, tuple(complaints.found))


def _refused(kind: str, path: Path, reason: str, remedy: str) -> FrameList:
    return FrameList((), (Problem(kind, path.name, reason, remedy),))


def _keys(grid: Grid, complaints: Complaints) -> Iterator[str]:
    rows = enumerate(grid.rows, 1)
    head = [_text(cell) for cell in next(rows, (0, ()))[1]]
    if not _header(head, complaints):
        return
    place = next(n for n, title in enumerate(head) if title in TITLES)
    seen: dict[str, int] = {}
    for number, row in rows:
        raw = row[place] if place < len(row) else ""
        if not any(_text(cell) for cell in row):
            continue
        key = _text(raw)
        error = _wrong(raw, key, seen)
        if error is None:
            seen[key] = number
            yield key
        else:
            shown = raw if error.kind in ("编码重复", "编码写法不对") else ""
            complaints.at(number, place, head[place], shown, error)


def _header(head: Sequence[str], complaints: Complaints) -> bool:
    others = [title for title in head if title and title not in TITLES]
    named = [title for title in head if title in TITLES]
    if len(named) != 1:
        complaints.row(
            1, "没有编码列", "第一行应是表头，只有一列“编码”", "在第一行写“编码”，下面每行一个编码"
        )
    if named and others:
        complaints.row(
            1,
            "多余的列",
            f"名单里有编码以外的列：{'、'.join(others)}",
            "只留“编码”一列，不要交姓名、证件号、电话等",
        )
    return len(named) == 1 and not others


def _wrong(raw: object, key: str, seen: dict[str, int]) -> CellError | None:
    if not key:
        return CellError("编码为空", "这一行没有编码", "补填编码，或删去这一行")
    if not isinstance(raw, str):
        return CellError(
            "编码不是文本", "单元格是数字或日期，前导零可能已经丢失", "把这一列设为文本后重新填写"
        )
    if _is_identity(key):
        return CellError("像是身份证号", "名单不能有证件号", _PERSONAL)
    if _MOBILE.fullmatch(key):
        return CellError("像是手机号", "名单不能有电话号码", _PERSONAL)
    if any("\u4e00" <= sign <= "\u9fff" for sign in key):
        return CellError("像是姓名", "编码里有汉字，名单不能有姓名或单位名称", _PERSONAL)
    if not KEY.fullmatch(key):
        return CellError("编码写法不对", "编码由字母、数字、点、横线和下划线组成，最长 64 位", "改正编码")
    if key in seen:
        return CellError("编码重复", f"与第 {seen[key]} 行相同，会被抽中两次", "删去重复的行")
    return None


def _is_identity(key: str) -> bool:
    """Whether it is built like an identity number: a region, a date of birth, a serial number."""
    found = _IDENTITY.fullmatch(key)
    if found is None:
        return False
    born = found[1]
    try:
        dt.date(int(born[:4]), int(born[4:6]), int(born[6:]))
    except ValueError:
        return False
    return born[:2] in ("18", "19", "20")


def _text(cell: object) -> str:
    return "" if cell is None else str(cell).strip()
