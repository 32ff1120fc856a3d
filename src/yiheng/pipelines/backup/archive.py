"""The form of a back-up (备份文件): a zip of tables as lines of JSON, of files, and of a manifest with every hash.

It holds rows, not the files of one kind of database, so what was saved from SQLite can be restored into PostgreSQL
and the other way round. It also holds the signing key of the installation: keep it as carefully as the database.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Final

from yiheng.pipelines.progress import Progress, silent

FORM: Final = 1
MANIFEST: Final = "manifest.json"
TABLES: Final = "tables/"
FILES: Final = "files/"
_CHUNK: Final = 1 << 20


class BackupRefused(Exception):
    """The back-up cannot be read or taken back; the message says what, where and what to do. Nothing was written."""


@dataclass(frozen=True, slots=True)
class Part:
    """One table or file of a back-up."""

    name: str
    sha256: str
    count: int
    """Rows of a table, bytes of a file."""


@dataclass(frozen=True, slots=True)
class Contents:
    """What a back-up says of itself."""

    version: str
    created_at: str
    database: str
    """The kind of database that it was saved from."""
    migrations: tuple[tuple[str, str], ...]
    tables: tuple[Part, ...]
    files: tuple[Part, ...]

    @property
    def rows(self) -> int:
        """Of all tables."""
        return sum(part.count for part in self.tables)

    @property
    def moment(self) -> dt.datetime:
        """When it was saved."""
        return dt.datetime.fromisoformat(self.created_at)

    def data(self) -> dict[str, Any]:
        """As the manifest holds it."""
        return {
            "form": FORM,
            "version": self.version,
            "created_at": self.created_at,
            "database": self.database,
            "migrations": [list(entry) for entry in self.migrations],
            "tables": {part.name: {"sha256": part.sha256, "rows": part.count} for part in self.tables},
            "files": {part.name: {"sha256": part.sha256, "bytes": part.count} for part in self.files},
        }


class Hashing:
    """Writes what it is given into a member of the zip and keeps hash and number of bytes."""

    def __init__(self, to: IO[bytes]) -> None:
        self._to = to
        self._hash = hashlib.sha256()
        self.size = 0

    def write(self, data: bytes) -> None:
        """Write and count."""
        self._to.write(data)
        self._hash.update(data)
        self.size += len(data)

    @property
    def sha256(self) -> str:
        """Of everything written so far."""
        return self._hash.hexdigest()


def contents(path: Path) -> Contents:
    """The manifest of a back-up. Raises `BackupRefused` where the file is none."""
    try:
        with zipfile.ZipFile(path) as archive:
            found = json.loads(archive.read(MANIFEST))
    except FileNotFoundError as error:
        raise BackupRefused(f"没有备份文件 {path}。请核对路径。") from error
    except (zipfile.BadZipFile, KeyError, ValueError) as error:
        raise BackupRefused(f"{path} 不是医衡的备份文件，或已损坏。请换一个备份文件。") from error
    if not isinstance(found, dict) or found.get("form") != FORM:
        raise BackupRefused(f"{path} 的备份格式无法识别。请用当时的版本恢复，再升级。")
    try:
        said = Contents(
            version=str(found["version"]),
            created_at=dt.datetime.fromisoformat(found["created_at"]).isoformat(),
            database=str(found["database"]),
            migrations=tuple((app, name) for app, name in found["migrations"]),
            tables=_parts(found["tables"], "rows"),
            files=_parts(found["files"], "bytes"),
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise BackupRefused(f"{path} 的清单不完整，无法恢复。请换一个备份文件。") from error
    return said


def _parts(found: dict[str, Any], counted: str) -> tuple[Part, ...]:
    return tuple(Part(name, str(part["sha256"]), int(part[counted])) for name, part in found.items())


def damaged(path: Path, found: Contents, progress: Progress = silent) -> Iterator[str]:
    """Every part that is missing or no longer what was saved, in Chinese."""
    named = [(TABLES + part.name, part) for part in found.tables]
    named += [(FILES + part.name, part) for part in found.files]
    with zipfile.ZipFile(path) as archive:
        for number, (name, part) in enumerate(named):
            progress("核对备份", number, len(named))
            try:
                sha256 = _hash_of(archive, name)
            except KeyError:
                yield f"缺少 {name}"
            except (zipfile.BadZipFile, zlib.error, OSError, EOFError):
                yield f"{name} 已损坏，无法读出"
            else:
                if sha256 != part.sha256:
                    yield f"{name} 与清单的校验值不符"


def lines(archive: zipfile.ZipFile, name: str) -> Iterator[list[Any]]:
    """The rows of a table; the first is the list of its columns."""
    with archive.open(TABLES + name) as file:
        for line in file:
            row: list[Any] = json.loads(line)
            yield row


def line(row: Iterable[Any]) -> bytes:
    """A row as one line of JSON."""
    return (json.dumps(list(row), ensure_ascii=False, separators=(",", ":")) + "\n").encode()


def copy(source: IO[bytes], to: Hashing) -> None:
    """Copy in pieces, so that a large file needs little memory."""
    while piece := source.read(_CHUNK):
        to.write(piece)


def _hash_of(archive: zipfile.ZipFile, name: str) -> str:
    found = hashlib.sha256()
    with archive.open(name) as file:
        while piece := file.read(_CHUNK):
            found.update(piece)
    return found.hexdigest()
