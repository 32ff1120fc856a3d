"""The manifest of a published folder (文件清单): what belongs to it, and proof that nothing was changed since."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

NAME: Final = "manifest.json"
_FORMAT: Final = 1


def write(folder: Path, stamp: Mapping[str, str] | None = None) -> Path:
    """Write `manifest.json` with length and SHA-256 of every file below `folder` but itself.

    `stamp` holds the hashes of rules and facts and the code version (复算凭据). The same files give the same
    bytes; no clock is read.
    """
    content = {
        "format": _FORMAT,
        "algorithm": "sha256",
        "stamp": dict(sorted((stamp or {}).items())),
        "files": [_record(folder, path) for path in _files(folder)],
    }
    target = folder / NAME
    target.write_text(
        json.dumps(content, ensure_ascii=False, indent=2) + "\n", encoding="utf-8", newline="\n"
    )
    return target


def verify(folder: Path) -> list[str]:
    """Compare the folder with its manifest; each difference is one line in Chinese, none means intact."""
    target = folder / NAME
    if not target.is_file():
        return [f"{folder} 中没有 {NAME}，无法核对。请确认文件夹是否完整，或重新发布。"]
    try:
        listed = {str(record["path"]): record for record in _read(target)}
    except (ValueError, KeyError, TypeError) as error:
        return [f"{target} 不是可读的文件清单（{error}）。请重新发布，不要手工修改清单。"]
    present = {_name(folder, path): path for path in _files(folder)}
    problems = [
        f"缺少文件 {name}：清单列有，文件夹中没有。" for name in sorted(listed.keys() - present.keys())
    ]
    problems += [f"多出文件 {name}：清单没有列入。" for name in sorted(present.keys() - listed.keys())]
    for name in sorted(listed.keys() & present.keys()):
        problems += _compare(name, listed[name], _record(folder, present[name]))
    return problems


def digest(path: Path) -> str:
    """The SHA-256 of a file, read piece by piece."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _compare(name: str, listed: Mapping[str, Any], found: Mapping[str, Any]) -> list[str]:
    if listed["bytes"] != found["bytes"]:
        return [f"文件 {name} 已被改动：清单记 {listed['bytes']} 字节，实为 {found['bytes']} 字节。"]
    if listed["sha256"] != found["sha256"]:
        return [f"文件 {name} 已被改动：SHA-256 应为 {listed['sha256']}，实为 {found['sha256']}。"]
    return []


def _read(target: Path) -> list[dict[str, Any]]:
    content = json.loads(target.read_text(encoding="utf-8"))
    files = content["files"]
    if not isinstance(files, list):
        raise ValueError("files 不是列表")
    for record in files:
        if not isinstance(record, dict) or not {"path", "bytes", "sha256"} <= record.keys():
            raise ValueError(f"条目不完整：{record}")
    return files


def _files(folder: Path) -> list[Path]:
    found = [path for path in folder.rglob("*") if path.is_file() and path != folder / NAME]
    return sorted(found, key=lambda path: _name(folder, path))


def _name(folder: Path, path: Path) -> str:
    return path.relative_to(folder).as_posix()


def _record(folder: Path, path: Path) -> dict[str, Any]:
    return {"path": _name(folder, path), "bytes": path.stat().st_size, "sha256": digest(path)}
