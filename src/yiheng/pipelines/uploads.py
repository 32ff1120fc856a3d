"""Uploaded files (上传的文件): named safely, held to limits, told by what they hold, and put into the folder of a job.

All files of an upload are judged before any is kept; what is wrong with each is told at once.
"""

from __future__ import annotations

import re
import shutil
import unicodedata
import uuid
from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from yiheng.casework.models import Job, job_folder, made_folder
from yiheng.casework.operations.jobs import enqueue
from yiheng.people.models import User
from yiheng.pipelines.refused import of_the_system
from yiheng.reading.documents import format_of
from yiheng.reading.problems import Unreadable

IN: Final = "in"
"""Folder of the uploads below that of the job; each lies in a numbered folder under the name it was given."""
MOST_FILES: Final = 30
MOST_MEGABYTES: Final = 100
"""Of one file. A department's final accounts with page scans have about forty."""
LONGEST_NAME: Final = 120
LONGEST_TITLE: Final = 200
FORMATS: Final = {"pdf": "PDF", "docx": "DOCX", "xlsx": "XLSX", "html": "网页", "text": "文本"}
DOCUMENTS: Final = tuple(FORMATS)
WORKBOOKS: Final = ("xlsx",)
_FORBIDDEN: Final = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*\u200b-\u200f\u202a-\u202e\u2066-\u2069]')


class UploadRefused(Exception):
    """Files that are not taken; `problems` has one Chinese sentence for each thing that is wrong."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__("；".join(problems))
        self.problems = tuple(problems)


def receive(key: uuid.UUID, files: Iterable[Any], formats: Collection[str]) -> list[dict[str, str]]:
    """Keep Django's uploaded files for the job with that key; `{"path", "name"}` of each, the path below its folder.

    Raises `UploadRefused`, also where the disk takes no more; nothing is left behind then.
    """
    found = list(files)
    problems = _count(found) + [problem for file in found if (problem := _size(file))]
    if problems:
        raise UploadRefused(problems)
    folder = job_folder(key)
    try:
        made_folder(key)
        kept = [_keep(file, folder, number) for number, file in enumerate(found, 1)]
        problems = [problem for row in kept if (problem := _format(folder / row["path"], formats))]
        if problems:
            raise UploadRefused(problems)
    except BaseException as error:
        discard(key)
        if isinstance(error, OSError):
            raise UploadRefused([of_the_system(error, "上传的文件")]) from error
        raise
    return kept


def submit(
    kind: str,
    files: Iterable[Any],
    formats: Collection[str],
    *,
    by: User,
    title: str,
    params: Mapping[str, Any] | None = None,
    unit: str = "",
    work: str = "",
) -> Job:
    """Put a job of that kind over Django's uploaded files into the queue, called by `title` and their names.

    Raises `UploadRefused`, and `CaseworkError` where the person has too many open jobs; nothing is left behind then.
    """
    key = uuid.uuid4()
    kept = receive(key, files, formats)
    called = f"{title} {'、'.join(row['name'] for row in kept)}"[:LONGEST_TITLE]
    asked = {"files": kept, **(params or {})}
    try:
        return enqueue(kind, asked, by=by, title=called, unit=unit, work=work, key=key)
    except BaseException:
        discard(key)
        raise


def discard(key: uuid.UUID) -> None:
    """Remove what was uploaded for a job that is not to be."""
    shutil.rmtree(job_folder(key), ignore_errors=True)


def safe_name(name: str) -> str:
    """The last part of a file name without anything that a file system or a terminal would act on."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    clean = _FORBIDDEN.sub("", last).strip(" .")
    stem, dot, suffix = clean.rpartition(".")
    if not dot or len(suffix) > 8:
        stem, suffix = clean, ""
    while len((stem + dot + suffix).encode()) > LONGEST_NAME:
        stem = stem[:-1]
    return (stem + (dot if suffix else "") + suffix) or "未命名"


def _keep(file: Any, folder: Path, number: int) -> dict[str, str]:
    name = safe_name(str(file.name))
    target = folder / IN / f"{number:03}" / name
    target.parent.mkdir(parents=True)
    with target.open("xb") as out:
        for chunk in file.chunks():
            out.write(chunk)
    return {"path": target.relative_to(folder).as_posix(), "name": name}


def _count(files: Sequence[Any]) -> list[str]:
    if not files:
        return ["没有选择文件。请选择要上传的文件。"]
    if len(files) > MOST_FILES:
        return [f"一次最多上传 {MOST_FILES} 个文件，这次有 {len(files)} 个。请分几次上传。"]
    return []


def _size(file: Any) -> str:
    name = safe_name(str(file.name))
    if not file.size:
        return f"{name}：文件是空的。请重新导出或下载该文件。"
    if file.size > MOST_MEGABYTES * 1024 * 1024:
        return f"{name}：超过 {MOST_MEGABYTES} MB。请压缩其中的图片，或拆成几个文件。"
    return ""


def _format(path: Path, formats: Collection[str]) -> str:
    try:
        found = format_of(path)
    except Unreadable as error:
        return f"{path.name}：{error.problem.reason}。{error.problem.remedy}。"
    if found not in formats:
        wanted = "、".join(FORMATS[name] for name in formats)
        return f"{path.name}：内容是 {FORMATS[found]}，这里只接受 {wanted}。"
    return ""
