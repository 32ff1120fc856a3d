"""Files handed to a browser (下载文件): with a type by their ending, and never one that the browser guesses."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from django.http import FileResponse, Http404

TYPES: Final = {
    ".css": "text/css; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".html": "text/html; charset=utf-8",
    ".jpg": "image/jpeg",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".zip": "application/zip",
}
PLAIN: Final = "application/octet-stream"


def inside(folder: Path, name: str) -> Path:
    """The file of that name below the folder. Raises `Http404` for anything else, wherever a name may lead."""
    path = (folder / name).resolve()
    if not path.is_relative_to(folder.resolve()) or not path.is_file():
        raise Http404
    return path


def answer(path: Path, *, name: str = "", download: bool = True) -> FileResponse:
    """The file as a download under `name`, or to be shown in the browser. Raises `Http404` where it is gone."""
    try:
        opened = path.open("rb")
    except OSError as error:
        raise Http404 from error
    kind = TYPES.get(path.suffix.lower(), PLAIN)
    return FileResponse(opened, as_attachment=download, filename=name or path.name, content_type=kind)
