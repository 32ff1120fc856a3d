"""Evidence as files (佐证文件): kept once under what they hold, and named in the row that rests on them.

1. judge the file: size, format by content; 2. keep it under its SHA-256; 3. name it in the text of the row's evidence,
so that whoever may read the row may fetch it. The folder is part of the installation's data and of its back-ups.
"""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from django.conf import settings

from yiheng.pipelines.refused import of_the_system
from yiheng.pipelines.uploads import UploadRefused, safe_name
from yiheng.reading.documents import format_of
from yiheng.reading.problems import Unreadable

FOLDER: Final = "evidence"
MOST_MEGABYTES: Final = 20
TAKEN: Final = {"pdf": ".pdf", "docx": ".docx", "xlsx": ".xlsx"}
_PICTURES: Final = {b"\x89PNG\r\n\x1a\n": ".png", b"\xff\xd8\xff": ".jpg"}
_NAMED: Final = re.compile(r"(?:^|；)([^；]+?)（sha256:([0-9a-f]{64})）")


@dataclass(frozen=True, slots=True)
class Evidence:
    """A file that is kept."""

    name: str
    sha256: str

    @property
    def text(self) -> str:
        """How a row names it."""
        return f"{self.name}（sha256:{self.sha256}）"

    @property
    def path(self) -> Path:
        """Where it lies."""
        return Path(settings.YIHENG_HOME) / FOLDER / self.sha256


def keep(file: Any) -> Evidence:
    """Keep one of Django's uploaded files.

    Raises `UploadRefused` with what is wrong with it, also where the disk takes no more; nothing is left behind then.
    """
    name = safe_name(str(file.name)).replace("；", "，")
    if not file.size:
        raise UploadRefused([f"{name}：文件是空的。请重新导出或下载该文件。"])
    if file.size > MOST_MEGABYTES * 1024 * 1024:
        raise UploadRefused([f"{name}：超过 {MOST_MEGABYTES} MB。请压缩其中的图片，或只上传有关的几页。"])
    try:
        return _kept(file, name, Path(settings.YIHENG_HOME) / FOLDER)
    except OSError as error:
        raise UploadRefused([of_the_system(error, name)]) from error


def _kept(file: Any, name: str, folder: Path) -> Evidence:
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder, prefix=".new-") as draft:
        path, digest = Path(draft) / name, hashlib.sha256()
        with path.open("xb") as out:
            for chunk in file.chunks():
                out.write(chunk)
                digest.update(chunk)
            out.flush()
            os.fsync(out.fileno())
        suffix = _suffix(path)
        kept = Evidence(name if name.lower().endswith(suffix) else name + suffix, digest.hexdigest())
        path.replace(kept.path)
    return kept


def named(text: str) -> tuple[Evidence, ...]:
    """The files that a row's evidence names."""
    return tuple(Evidence(name.strip(), sha256) for name, sha256 in _NAMED.findall(text))


def without_files(text: str) -> str:
    """The evidence of a row without the files that it names."""
    return _NAMED.sub("", text).strip("；")


def joined(text: str, *files: Evidence) -> str:
    """The evidence of a row with the files named behind it, each once."""
    new = [file.text for file in files if file.sha256 not in text]
    return "；".join(part for part in (text.strip(), *new) if part)


def _suffix(path: Path) -> str:
    with path.open("rb") as file:
        head = file.read(16)
    for start, suffix in _PICTURES.items():
        if head.startswith(start):
            return suffix
    try:
        found = TAKEN.get(format_of(path))
    except Unreadable as error:
        raise UploadRefused([f"{path.name}：{error.problem.reason}。{error.problem.remedy}。"]) from error
    if found is None:
        raise UploadRefused([f"{path.name}：这里只接受 PDF、DOCX、XLSX、PNG 和 JPG。请转换后再上传。"])
    return found
