"""Restoring from a back-up at the first start (从备份恢复), in a process of its own.

The tables come and go meanwhile, so what the page shows stands in a file: 1. the upload is kept below YIHENG_HOME and
its manifest read; 2. a process restores it and writes how far it is; 3. it ends the set-up and has the server renew
its processes, since the signing key is the back-up's now. The address of the page is known only to whoever uploaded.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
import traceback
import uuid
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.utils.translation import gettext as _

from yiheng.pipelines.backup.archive import BackupRefused, contents
from yiheng.pipelines.backup.lock import holding, is_held
from yiheng.pipelines.backup.marked import unfinished
from yiheng.pipelines.refused import explained, of_the_system
from yiheng.pipelines.tidy import RESTORES
from yiheng.pipelines.uploads import UploadRefused, safe_name
from yiheng.web import server, setup_code

FOLDER: Final = RESTORES
MOST_MEGABYTES: Final = 2000
"""Of one back-up by way of the browser; a larger one is restored with the command."""
HELD: Final = "held"
"""File beside the upload that the process holds from its beginning to its end, however it ends."""
_SERVER: Final = "YIHENG_RENEWS"
"""Variable that tells the process which server to renew."""
_PROGRAM: Final = f"import django; django.setup(); from {__name__} import main; main()"
_EVERY: Final = 0.3
"""Seconds between two notes of how far it is."""


def keep(file: Any) -> uuid.UUID:
    """Keep an uploaded back-up. Raises `UploadRefused` with what is wrong with it; nothing is left behind then."""
    if file.size > MOST_MEGABYTES * 1024 * 1024:
        words = _("超过 %(megabytes)s MB。请把文件放到服务器上，用命令 yiheng restore 恢复。")
        raise UploadRefused([words % {"megabytes": MOST_MEGABYTES}])
    key = uuid.uuid4()
    path = _file(key)
    try:
        path.parent.parent.mkdir(mode=0o700, exist_ok=True)
        path.parent.mkdir(mode=0o700)
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
            for chunk in file.chunks():
                out.write(chunk)
        contents(path)
    except (BackupRefused, OSError) as error:
        shutil.rmtree(path.parent, ignore_errors=True)
        name = safe_name(str(file.name))
        said = of_the_system(error) if isinstance(error, OSError) else str(error)
        raise UploadRefused([said.replace(str(path), name)]) from error
    _write(key, {"state": "running", "name": safe_name(str(file.name)), "step": "", "done": 0, "total": 0})
    return key


def begin(key: uuid.UUID) -> None:
    """Start the process that restores; it outlives the one that answers requests."""
    folder = _file(key).parent
    with (folder / "log").open("wb") as log, holding(folder / HELD) as held:
        if held is None:
            return
        subprocess.Popen(
            [sys.executable, "-c", _PROGRAM, str(key)],
            env=os.environ | {_SERVER: str(server.master()), "DJANGO_SETTINGS_MODULE": "yiheng.settings"},
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            pass_fds=(held,),
            start_new_session=True,
        )


def status(key: uuid.UUID) -> dict[str, Any] | None:
    """How far it is, and what came of it; None for a key that nobody has.

    `state`: running, renewing (done, and the server takes the restored key), done, refused, failed.
    """
    ended = not is_held(_file(key).with_name(HELD))  # asked first: what it wrote last is there then
    try:
        found = _said(key)
    except OSError:
        return None
    if found["state"] == "running" and ended:
        found |= {"state": "failed", "error": _("恢复的进程意外中断。")}
    if found["state"] == "done" and server.key_in_force() != settings.SECRET_KEY:
        found["state"] = "renewing"
    return found | {"half": unfinished()}


def main() -> None:
    """The process: restore the back-up whose key is the last argument."""
    _take_back(uuid.UUID(sys.argv[-1]))


def _take_back(key: uuid.UUID) -> None:
    from yiheng.pipelines.backup import restore
    from yiheng.pipelines.backup.marked import Asked

    path, said = _file(key), _said(key)
    told = 0.0

    def progress(step: str, done: int, total: int) -> None:
        nonlocal told
        if time.monotonic() - told > _EVERY:
            told = time.monotonic()
            _write(key, said | {"step": step, "done": done, "total": total})

    try:
        result = restore(path, asked=Asked("首次设置", said["name"]), progress=progress).data()
        setup_code.discard()
    except BackupRefused as refused:
        _write(key, said | {"state": "refused", "error": str(refused).replace(str(path), said["name"])})
    except Exception as error:
        traceback.print_exc()
        words = explained(error) or f"程序出错（{type(error).__name__}），详情在 {path.parent / 'log'}。"
        _write(key, said | {"state": "failed", "error": words})
    else:
        renewing = int(os.environ.get(_SERVER) or 0)
        _write(key, said | {"state": "done", "renews": bool(renewing), **result})
        if renewing:
            os.kill(renewing, signal.SIGHUP)
    finally:
        path.unlink(missing_ok=True)


def _said(key: uuid.UUID) -> dict[str, Any]:
    """What the process wrote last."""
    found: dict[str, Any] = json.loads(_status(key).read_text(encoding="utf-8"))
    return found


def _write(key: uuid.UUID, said: dict[str, Any]) -> None:
    path = _status(key)
    draft = path.with_suffix(".new")
    draft.write_text(json.dumps(said, ensure_ascii=False), encoding="utf-8")
    draft.replace(path)


def _file(key: uuid.UUID) -> Path:
    return Path(settings.YIHENG_HOME) / FOLDER / str(key) / "backup.zip"


def _status(key: uuid.UUID) -> Path:
    return _file(key).with_name("status.json")
