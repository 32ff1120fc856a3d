"""A finished package as one file (成套文件包): the same bytes for the same package, there whole or not at all."""

from __future__ import annotations

import os
import zipfile
from pathlib import Path
from typing import Final

_EPOCH: Final = (1980, 1, 1, 0, 0, 0)
"""The earliest time that the format knows; no file says when it was packed."""
SUFFIX: Final = ".zip"


def bundle(folder: Path) -> Path:
    """Write all files of the folder into a ZIP beside it, below the folder's name. Raises `OSError`."""
    target, draft = folder.with_name(folder.name + SUFFIX), folder.with_name(f".{folder.name}{SUFFIX}")
    try:
        with zipfile.ZipFile(draft, "w") as archive:
            for path in sorted(each for each in folder.rglob("*") if each.is_file()):
                name = f"{folder.name}/{path.relative_to(folder).as_posix()}"
                info = zipfile.ZipInfo(name, _EPOCH)
                info.compress_type = zipfile.ZIP_DEFLATED
                with path.open("rb") as source, archive.open(info, "w") as packed:
                    while block := source.read(1 << 20):
                        packed.write(block)
        os.replace(draft, target)
    finally:
        draft.unlink(missing_ok=True)
    return target
