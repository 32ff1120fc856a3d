"""Back-ups of a few made-up rows, for the screens that list and prove them."""

from __future__ import annotations

import hashlib
import json
import zipfile
from pathlib import Path

from yiheng.pipelines.backup import kept
from yiheng.pipelines.backup.archive import Contents, Part


def backup(name: str, *, at: str = "2024-05-06T07:08:09+08:00", spoilt: bool = False) -> Path:
    """A back-up of one table and one file in the folder of back-ups; with `spoilt` the table is not what it was."""
    kept.folder().mkdir(parents=True, exist_ok=True)
    path = kept.folder() / name
    rows, file = b'["id"]\n[1]\n[2]\n', b"file"
    found = Contents(
        "1.0", at, "sqlite", (),
        (Part("x.row.jsonl", hashlib.sha256(rows).hexdigest(), 2),),
        (Part("a.txt", hashlib.sha256(file).hexdigest(), 4),),
    )  # fmt: skip
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("tables/x.row.jsonl", b'["id"]\n' if spoilt else rows)
        archive.writestr("files/a.txt", file)
        archive.writestr("manifest.json", json.dumps(found.data()))
    return path
