"""The application as its users have it: `yiheng serve` on a database of its own, and people to sign in with."""

from __future__ import annotations

import atexit
import contextlib
import functools
import os
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from urllib.error import URLError
from urllib.parse import urlsplit, urlunsplit

from tests.command import DEMO, EXAMPLES, REAL, YIHENG, environment

REPOSITORY = Path(__file__).resolve().parents[2]
START = 180
"""Seconds within which the server answers on a machine that does other work as well."""


_kept = contextlib.ExitStack()
atexit.register(_kept.close)


@functools.cache
def static() -> Path:
    """The folder of static files for all servers of this process; collecting them takes seconds."""
    folder = Path(tempfile.mkdtemp(prefix="yiheng-static-"))
    _kept.callback(shutil.rmtree, folder, ignore_errors=True)
    return folder / "static"


@contextlib.contextmanager
def database(folder: Path, template: str = "") -> Iterator[dict[str, str]]:
    """The environment of a database: SQLite in the folder, or a new one on the PostgreSQL under test.

    A PostgreSQL database begins as a copy of `template`, if one is named.
    """
    env = environment(folder) | {
        "YIHENG_SECRET_KEY": secrets.token_urlsafe(50),
        "YIHENG_STATIC": str(static()),
        "YIHENG_SECOND_FACTOR": "voluntary",  # the people of these tests have no telephone
    }
    url = os.environ.get("DATABASE_URL", "")
    if not url.startswith("postgres"):
        yield env
        return
    import psycopg

    name = f"yiheng_served_{os.getpid()}_{secrets.token_hex(3)}"
    copied = f' TEMPLATE "{template}"' if template else ""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"{copied}')
    try:
        yield env | {"DATABASE_URL": urlunsplit(urlsplit(url)._replace(path=f"/{name}"))}
    finally:
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def command(env: dict[str, str], *arguments: object) -> str:
    """What the `yiheng` command prints; AssertionError with its words when it fails."""
    done = subprocess.run(
        [YIHENG, *map(str, arguments)], env=env, capture_output=True, encoding="utf-8", timeout=300
    )
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
    return done.stdout


def program(env: dict[str, str], code: str) -> str:
    """What a few lines of Python print with Django set up on the database of the environment."""
    start = "import os, django; os.environ['DJANGO_SETTINGS_MODULE'] = 'yiheng.settings'; django.setup()\n"
    done = subprocess.run(
        [sys.executable, "-c", start + code], env=env, capture_output=True, encoding="utf-8", timeout=300
    )
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
    return done.stdout


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@contextlib.contextmanager
def server(env: dict[str, str], *, processes: int = 1) -> Iterator[str]:
    """Run `yiheng serve` and give its address without a slash at the end."""
    port = free_port()
    log = Path(env["YIHENG_HOME"]) / "serve.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [YIHENG, "serve", "--port", str(port), "--processes", str(processes)],
            env=env, stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT,
        )  # fmt: skip
    address = f"http://127.0.0.1:{port}"
    try:
        _wait(address, process, log)
        yield address
    finally:
        process.terminate()
        try:
            process.wait(30)
        except subprocess.TimeoutExpired:
            process.kill()


def _wait(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    end = time.monotonic() + START
    while time.monotonic() < end and process.poll() is None:
        with contextlib.suppress(URLError, ConnectionError), urllib.request.urlopen(f"{address}/health"):
            return
        time.sleep(0.1)
    raise AssertionError(f"the server did not start: {log.read_text(encoding='utf-8')[-3000:]}")


@functools.cache
def _prepared(examples: tuple[str, ...]) -> dict[str, str]:
    """The environment of a database with the examples and the people, made once a process and never written again."""
    folder = Path(tempfile.mkdtemp(prefix="yiheng-served-"))
    _kept.callback(shutil.rmtree, folder, ignore_errors=True)
    env = _kept.enter_context(database(folder))
    command(env, "load", *(EXAMPLES / name for name in examples), "--yes")
    program(env | {"PYTHONPATH": str(REPOSITORY)}, "from tests.web.served import make_people; make_people()")
    return env


@contextlib.contextmanager
def loaded(*, examples: tuple[str, ...] = (*REAL, DEMO)) -> Iterator[dict[str, str]]:
    """The environment of a database of its own with these examples and the people below."""
    prepared = _prepared(examples)
    with tempfile.TemporaryDirectory(prefix="yiheng-served-", ignore_cleanup_errors=True) as name:
        folder = Path(shutil.copytree(prepared["YIHENG_HOME"], name, dirs_exist_ok=True))
        template = urlsplit(prepared.get("DATABASE_URL", "")).path.removeprefix("/")
        with database(folder, template) as env:
            yield env


def forget() -> None:
    """Remove what was prepared, before the server of its databases is stopped."""
    _kept.close()
    _prepared.cache_clear()
    static.cache_clear()


PASSWORD = "Yiheng-测试-口令-2024"  # of made-up people in databases that tests throw away
PEOPLE = {
    # Login name → name, role, unit. `demo` is the whole synthetic department, `demo-main` its bureau.
    "jing": ("经办甲（虚构）", "preparer", "demo"),
    "zhang": ("单位负责人（虚构）", "unit_head", "demo"),
    "gui": ("规划财务处（虚构）", "planning", "demo"),
    "ju": ("局领导（虚构）", "leader", "demo"),
    "cai": ("财政部门（虚构）", "finance_bureau", "demo"),
    "shen": ("审计人员（虚构）", "auditor", "demo"),
    "wai": ("另一单位经办（虚构）", "preparer", "szyb"),
}
ADMINISTRATORS = {
    "xitong": ("系统管理员（虚构）", "system_admin"),
    "anquan": ("安全管理员（虚构）", "security_admin"),
    "shenji": ("审计管理员（虚构）", "audit_admin"),
}


def make_people() -> None:
    """Make the people above, inside Django."""
    from django.contrib.auth.hashers import make_password

    from yiheng.people.models import Post, User

    password = make_password(PASSWORD)  # once: hashing is slow on purpose
    for username, (name, role, unit) in PEOPLE.items():
        user = User.objects.create(username=username, name=name, password=password)
        Post.objects.create(user=user, role=role, unit=unit)
    for username, (name, role) in ADMINISTRATORS.items():
        User.objects.create(username=username, name=name, administrator=role, password=password)
