"""Data packages: a folder or zip of CSV files with a datapackage.json, such a folder without one, or one CSV."""

from __future__ import annotations

import json
import zipfile
import zlib
from collections.abc import Callable, Iterable
from pathlib import Path, PurePosixPath
from typing import Any, Final

from yiheng.money import MoneyError, MoneyUnit
from yiheng.reading.csvfile import UTF8, csv_grid
from yiheng.reading.problems import Problem, Unreadable, cannot_open, shown, unreadable
from yiheng.reading.source import SourceFile

DESCRIPTOR: Final = "datapackage.json"
_LARGEST_UNPACKED: Final = 2**31

ReadPart = Callable[[str], bytes]


def open_csv(path: Path) -> SourceFile:
    """One CSV as a source of its own; its stem names the sheet. Raises `Unreadable`."""
    source = SourceFile(path.name)
    _add_table(source, path.name, path.stem, _read(path))
    return source


def open_folder(path: Path) -> SourceFile:
    """A data package in a folder. Raises `Unreadable`."""
    names = {item.name for item in path.iterdir() if item.is_file()}
    return _open(path.name, names, lambda name: _read(path / name))


def open_zip(path: Path) -> SourceFile:
    """A data package in a zip, at its root or in its only folder. Raises `Unreadable`."""
    try:
        with zipfile.ZipFile(path) as archive:
            if any(info.flag_bits & 1 for info in archive.infolist()):
                raise unreadable(path.name, "压缩包已加密", "压缩包设了密码", "请取消密码后重新压缩")
            if sum(info.file_size for info in archive.infolist()) > _LARGEST_UNPACKED:
                raise unreadable(path.name, "压缩包过大", "解压后超过 2 GB", "请拆成几个数据包")
            root = _root(archive.namelist())
            names = {name.removeprefix(root) for name in archive.namelist() if name.startswith(root)}
            return _open(path.name, names, lambda name: archive.read(root + name))
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, OSError) as error:
        raise unreadable(path.name, "压缩包已损坏", "ZIP 文件不完整或已损坏", "请重新复制或压缩") from error


def _root(names: Iterable[str]) -> str:
    tops = {name.split("/", 1)[0] + "/" if "/" in name else "" for name in names}
    return tops.pop() if len(tops) == 1 else ""


def _open(label: str, names: set[str], read: ReadPart) -> SourceFile:
    source = SourceFile(label)
    if DESCRIPTOR in names:
        listed = _resources(source, read(DESCRIPTOR), names)
    else:
        listed = {name: PurePosixPath(name).stem for name in sorted(names) if name.lower().endswith(".csv")}
        if not listed:
            raise unreadable(
                label, "没有数据文件", f"里面没有 {DESCRIPTOR}，也没有 CSV 文件", "请选择数据包的文件夹或 zip"
            )
    for name, sheet in listed.items():
        try:
            _add_table(source, f"{label}/{name}", sheet, read(name))
        except Unreadable as error:
            source.problems.append(error.problem)
    unlisted = sorted(name for name in names - set(listed) if name.lower().endswith(".csv"))
    source.notes += [f"{label}：{name} 没有列在 {DESCRIPTOR} 里，未读取" for name in unlisted]
    return source


def _add_table(source: SourceFile, file: str, sheet: str, content: bytes) -> None:
    grid, encoding = csv_grid(file, sheet, content)
    source.grids.append(grid)
    if encoding != UTF8:
        source.notes.append(f"{file}：按 {encoding} 编码读取")


def _resources(source: SourceFile, content: bytes, names: set[str]) -> dict[str, str]:
    descriptor = _descriptor(source.file, content)
    source.title = str(descriptor.get("title") or "")
    if (unit := descriptor.get("amount_unit")) is not None:
        source.unit = _unit(source, unit)
    listed: dict[str, str] = {}
    for number, resource in enumerate(descriptor["resources"]):
        path = resource.get("path") if isinstance(resource, dict) else None
        if not isinstance(path, str):
            _complain(
                source, number, path, "资源没有写 path，或 path 不是文件名", "请给每个资源写一个 CSV 文件名"
            )
        elif path not in names:
            _complain(source, number, path, f"{DESCRIPTOR} 旁边没有这个文件", "请补上该文件，或删去该资源")
        elif path in listed:
            _complain(source, number, path, "同一个文件列了两次", "请删去一处")
        else:
            listed[path] = str(resource.get("name") or PurePosixPath(path).stem)
    return listed


def _descriptor(label: str, content: bytes) -> dict[str, Any]:
    try:
        descriptor = json.loads(content.decode("utf-8-sig"))
    except ValueError as error:
        raise unreadable(label, "描述文件有误", f"{DESCRIPTOR} 不是 JSON（{error}）", "请重新导出") from error
    if not isinstance(descriptor, dict) or not isinstance(descriptor.get("resources"), list):
        raise unreadable(label, "描述文件有误", f"{DESCRIPTOR} 里没有 resources 列表", "请改正或重新导出")
    return descriptor


def _unit(source: SourceFile, value: object) -> MoneyUnit | None:
    try:
        return MoneyUnit.of(str(value))
    except MoneyError:
        source.problems.append(
            Problem(
                "金额单位不认识",
                DESCRIPTOR,
                "amount_unit 声明的金额单位不认识",
                "请填 元、万元 或 亿元",
                cell="amount_unit",
                value=shown(value),
            )
        )
        return None


def _complain(source: SourceFile, number: int, value: object, reason: str, remedy: str) -> None:
    source.problems.append(
        Problem("缺少文件", DESCRIPTOR, reason, remedy, cell=f"resources[{number}].path", value=shown(value))
    )


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise cannot_open(path.name, error) from error
