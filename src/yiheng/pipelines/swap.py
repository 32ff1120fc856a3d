"""Putting a finished folder in the place of an older one, so that a reader never finds half of each."""

from __future__ import annotations

import ctypes
import os
import shutil
import sys
from pathlib import Path

_EXCHANGE = 2
_HERE = -100


def put_in_place(draft: Path, target: Path) -> None:
    """Let `target` be the folder that `draft` is now; what stood there before is removed.

    On Linux the two change places in one step, so a kill at any moment leaves a whole package. Elsewhere the old
    folder is first set aside as `.NAME.old`, and `recover` brings it back if the work was cut between the two steps.
    """
    if not target.exists():
        os.replace(draft, target)
        return
    if _exchange(draft, target):
        shutil.rmtree(draft)
        return
    aside = _aside(target)
    shutil.rmtree(aside, ignore_errors=True)
    os.replace(target, aside)
    os.replace(draft, target)
    shutil.rmtree(aside)


def recover(target: Path) -> None:
    """Undo an interrupted replacement: bring back a folder that was set aside, drop unfinished drafts."""
    aside = _aside(target)
    if aside.exists() and not target.exists():
        os.replace(aside, target)
    for draft in target.parent.glob(f".{target.name}.draft-*"):
        shutil.rmtree(draft, ignore_errors=True)


def draft_of(target: Path) -> Path:
    """An empty folder beside the target, in which the new content is made."""
    draft = target.parent / f".{target.name}.draft-{os.getpid()}"
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(parents=True)
    return draft


def _aside(target: Path) -> Path:
    return target.parent / f".{target.name}.old"


def _exchange(one: Path, other: Path) -> bool:
    """Linux's renameat2(RENAME_EXCHANGE); False where the system or the file system does not know it."""
    if not sys.platform.startswith("linux"):
        return False
    try:
        rename = ctypes.CDLL(None, use_errno=True).renameat2
    except (OSError, AttributeError):
        return False
    done: int = rename(_HERE, os.fsencode(one), _HERE, os.fsencode(other), _EXCHANGE)
    return done == 0
