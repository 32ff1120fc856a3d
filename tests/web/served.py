"""The application as its users have it: `yiheng serve` on a database of its own, and people to sign in with."""

from __future__ import annotations

import contextlib
import os
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.error import URLError
from urllib.parse import urlsplit, urlunsplit

from tests import once
from tests.command import DEMO, EXAMPLES, REAL, YIHENG, environment
from tests.command import loaded as _loaded

REPOSITORY = Path(__file__).resolve().parents[2]
MARK = "database"
"""The file in a folder of what was prepared that names its database on PostgreSQL."""
START = 180
"""Seconds within which the server answers on a machine that does other work as well."""


def static() -> Path:
    """The folder of static files for all servers; collecting and compressing them takes seconds."""

    def collect(folder: Path) -> None:
        env = environment(folder / "home") | {"YIHENG_STATIC": str(folder / "static")}
        program(env, "from yiheng.web.server import collect_static; collect_static()")

    return once.made("static", collect) / "static"


def _settings(folder: Path) -> dict[str, str]:
    return environment(folder) | {
        "YIHENG_SECRET_KEY": secrets.token_urlsafe(50),
        "YIHENG_STATIC": str(static()),
        "YIHENG_SECOND_FACTOR": "voluntary",  # the people of these tests have no telephone
    }


def _postgresql() -> str:
    """The address of the PostgreSQL under test; empty on SQLite."""
    url = os.environ.get("DATABASE_URL", "")
    return url if url.startswith("postgres") else ""


def _created(name: str, of: Path | None) -> dict[str, str]:
    """Create a database on PostgreSQL as a copy of what was prepared in a folder; where it is."""
    import psycopg

    copied = f' TEMPLATE "{(of / MARK).read_text()}"' if of else ""
    with psycopg.connect(_postgresql(), autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"{copied}')
    return {"DATABASE_URL": urlunsplit(urlsplit(_postgresql())._replace(path=f"/{name}"))}


def _prepare(name: str, of: Path | None, fill: Callable[[dict[str, str]], None]) -> Path:
    """The folder of a database that begins as a copy of another and is then filled, once a run."""

    def make(folder: Path) -> None:
        home = folder / "home"
        shutil.copytree(of / "home", home) if of else home.mkdir()
        env = _settings(home)
        if _postgresql():
            database = once.new_database(f"{zlib.crc32(name.encode()):08x}")
            env |= _created(database, of)
            (folder / MARK).write_text(database)
        fill(env)

    return once.made(f"{'postgresql' if _postgresql() else 'sqlite'}+{name}", make)


def migrated() -> Path:
    """The folder of an empty database that has its tables: making them takes many seconds."""
    if not _postgresql():
        return _loaded(()).parent
    migrate = "from django.core.management import call_command; call_command('migrate', verbosity=0)"
    return _prepare("migrated", None, lambda env: print(program(env, migrate)))


def prepared(examples: tuple[str, ...] = (*REAL, DEMO)) -> Path:
    """The folder of a database with these examples and the people below, never written again."""

    def fill(env: dict[str, str]) -> None:
        if _postgresql():
            command(env, "load", *(EXAMPLES / name for name in examples), "--yes")
        program(
            env | {"PYTHONPATH": str(REPOSITORY)}, "from tests.web.served import make_people; make_people()"
        )

    return _prepare(
        "+".join(("people", *examples)), migrated() if _postgresql() else _loaded(examples).parent, fill
    )


@contextlib.contextmanager
def database(folder: Path, *, of: Path | None = None, empty: bool = False) -> Iterator[dict[str, str]]:
    """The environment of a database: SQLite in the folder, or a new one on the PostgreSQL under test.

    It begins as a copy of what was prepared in `of`, or else with tables and no rows; `empty` without tables too.
    """
    source = None if empty else of or migrated()
    if source:
        shutil.copytree(source / "home", folder, dirs_exist_ok=True)
    env = _settings(folder)
    if not _postgresql():
        yield env
        return
    import psycopg

    name = f"yiheng_served_{os.getpid()}_{secrets.token_hex(3)}"
    where = _created(name, source)
    try:
        yield env | where
    finally:
        with psycopg.connect(_postgresql(), autocommit=True) as connection:
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


@contextlib.contextmanager
def loaded(*, examples: tuple[str, ...] = (*REAL, DEMO)) -> Iterator[dict[str, str]]:
    """The environment of a database of its own with these examples and the people below."""
    with (
        tempfile.TemporaryDirectory(prefix="yiheng-served-", ignore_cleanup_errors=True) as folder,
        database(Path(folder), of=prepared(examples)) as env,
    ):
        yield env


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
