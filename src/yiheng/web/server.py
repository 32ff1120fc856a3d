"""The web server (网页服务): gunicorn with threads, started from a command instead of a configuration file."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.core.management import call_command
from django.db import DEFAULT_DB_ALIAS, connections
from gunicorn.app.base import BaseApplication
from prometheus_client.multiprocess import mark_process_dead

import yiheng

SPARE: Final = 2
"""Connections beyond those of the requests that a process works on: for health and figures."""
SERVER: Final = "YIHENG_SERVER"
"""Variable that tells the processes of the server which one renews them."""
WAITING: Final = 256
"""Connections that may wait for a free thread; more are refused at once instead of waiting for ever."""
ANSWER: Final = 3.0
"""Seconds that a request waits for a database that is not there, before it is told so."""


class Server(BaseApplication):  # type: ignore[misc]
    """The application under gunicorn with the given options."""

    def __init__(self, options: dict[str, Any]) -> None:
        self._options = options
        super().__init__()

    def load_config(self) -> None:
        """Take the options; whatever GUNICORN_CMD_ARGS says does not count."""
        for name, value in self._options.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        """The WSGI application, made in each process of the server; with the key of now, which a restore replaces."""
        settings.SECRET_KEY = key_in_force()
        from yiheng.web.wsgi import application

        return application


def run(
    host: str, port: int, *, processes: int, threads: int, ready: Callable[[], object], log: str = "-"
) -> None:
    """Serve until stopped. `ready` is called once when the address is bound. `log` is a file or "-"."""
    _share_connections()
    os.environ[SERVER] = str(os.getpid())
    Server(
        {
            "bind": f"{host}:{port}",
            "workers": processes,
            "threads": threads,
            "worker_class": "yiheng.web.arrivals.Worker",
            "backlog": WAITING,
            "timeout": 60,
            "graceful_timeout": 20,
            # Workers that served long are renewed, so that a leak in any library stays bounded; seldom, since a new one
            # needs seconds to begin.
            "max_requests": 200_000,
            "max_requests_jitter": 50_000,
            "errorlog": log,
            "loglevel": "warning",
            "proc_name": "yiheng",
            "when_ready": lambda _: ready(),
            "child_exit": lambda _, child: _forget(child.pid),
        }
    ).run()


def _share_connections() -> None:
    """Let the threads of each process share a few connections to PostgreSQL: making one takes longer than most of what
    is asked over it. One that a restart of the database cut is replaced unnoticed.
    """
    database = connections.settings[DEFAULT_DB_ALIAS]
    if database["ENGINE"].endswith("postgresql"):
        database["OPTIONS"]["pool"] = {
            "min_size": 0,
            "max_size": settings.WEB_AT_ONCE + SPARE,
            "timeout": ANSWER,
        }
        database["CONN_HEALTH_CHECKS"] = True


def key_in_force() -> str:
    """The signing key that a process started now would have."""
    return os.environ.get("YIHENG_SECRET_KEY") or (Path(settings.YIHENG_HOME) / "secret-key").read_text(
        "ascii"
    )


def master() -> int:
    """The process that renews this one when it is told to; 0 where this is no process of our server."""
    found = int(os.environ.get(SERVER) or 0)
    return found if found == os.getppid() else 0


def _forget(process: int) -> None:
    """Take the gauges of a process that ended out of the figures."""
    mark_process_dead(process)  # type: ignore[no-untyped-call]


def collect_static() -> None:
    """Bring compressed static files with hashed names to `STATIC_ROOT`, once a version of them."""
    root = Path(settings.STATIC_ROOT)
    mark = root / ".complete"
    wanted = _fingerprint()
    if mark.is_file() and mark.read_text(encoding="utf-8") == wanted:
        return
    shutil.rmtree(root, ignore_errors=True)
    root.mkdir(parents=True)
    call_command("collectstatic", interactive=False, verbosity=0)
    mark.write_text(wanted, encoding="utf-8")


def _fingerprint() -> str:
    """Changes when a file of ours does: version, names, sizes and times."""
    folder = Path(__file__).with_name("static")
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    stats = ((path.relative_to(folder).as_posix(), path.stat()) for path in files)
    listed = ";".join(f"{name},{stat.st_size},{stat.st_mtime_ns}" for name, stat in stats)
    return f"{yiheng.__version__};{os.path.dirname(folder)};{listed}"
