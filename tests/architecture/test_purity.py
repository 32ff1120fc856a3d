"""Pure rooms (纯函数层) use no Django, no clock, no network and no database: same input, same output.

Names are resolved through the imports of each module, so an alias hides nothing.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PURE = ("money", "policy", "facts", "scoring", "statements", "checks", "reading", "reporting")

FORBIDDEN_MODULES = {
    "django": "Django",
    "time": "the clock",
    "requests": "the network",
    "urllib": "the network",
    "urllib3": "the network",
    "http": "the network",
    "httpx": "the network",
    "aiohttp": "the network",
    "socket": "the network",
    "ftplib": "the network",
    "smtplib": "the network",
    "sqlite3": "a database",
    "psycopg": "a database",
    "duckdb": "a database",
}
# Text functions that happen to live in a package of network code.
ALLOWED_MODULES = {"urllib.parse"}
FORBIDDEN_CALLS = {
    "datetime.datetime.now",
    "datetime.datetime.today",
    "datetime.datetime.utcnow",
    "datetime.date.today",
}


def violations(source: str) -> Iterator[str]:
    """Each forbidden import and call in `source`, as `line: what`."""
    tree = ast.parse(source)
    names: dict[str, str] = {}
    for node in ast.walk(tree):
        for module, name, alias in _imports(node):
            names[alias] = f"{module}.{name}" if name else module
            full = f"{module}.{name}" if name else module
            reason = FORBIDDEN_MODULES.get(module.split(".")[0])
            if reason and not ({module, full} & ALLOWED_MODULES):
                yield f"{node.lineno}: imports {full} ({reason})"
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and (called := _dotted(node, names)) in FORBIDDEN_CALLS:
            yield f"{node.lineno}: uses {called} (the clock)"


def _imports(node: ast.AST) -> Iterator[tuple[str, str, str]]:
    """(module, imported name or "", the name it is bound to)."""
    if isinstance(node, ast.Import):
        for item in node.names:
            if item.asname:
                yield item.name, "", item.asname
            else:
                yield item.name, "", item.name.split(".")[0]
    elif isinstance(node, ast.ImportFrom) and node.level == 0:
        for item in node.names:
            yield node.module or "", item.name, item.asname or item.name


def _dotted(node: ast.expr, names: dict[str, str]) -> str:
    """The full name that an expression such as `dt.date.today` stands for; "" when it is no plain name."""
    if isinstance(node, ast.Name):
        return names.get(node.id, node.id)
    if isinstance(node, ast.Attribute) and (left := _dotted(node.value, names)):
        return f"{left}.{node.attr}"
    return ""


@pytest.mark.parametrize("room", PURE)
def test_a_pure_room_is_pure(repository: Path, room: str) -> None:
    folder = repository / "src" / "yiheng" / room
    modules = sorted(folder.rglob("*.py"))
    assert modules, f"the room {room} has gone; correct the list of pure rooms"
    found = [
        f"{module.relative_to(repository)}:{violation}"
        for module in modules
        for violation in violations(module.read_text(encoding="utf-8"))
    ]
    assert found == []


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("from django.db import models", "1: imports django.db.models (Django)"),
        ("import time as t", "1: imports time (the clock)"),
        ("def late():\n    from time import time", "2: imports time.time (the clock)"),
        ("import urllib.request", "1: imports urllib.request (the network)"),
        ("from urllib import request", "1: imports urllib.request (the network)"),
        ("import requests", "1: imports requests (the network)"),
        ("import sqlite3", "1: imports sqlite3 (a database)"),
        ("import datetime\ndatetime.datetime.now()", "2: uses datetime.datetime.now (the clock)"),
        ("import datetime as dt\nclock = dt.date.today", "2: uses datetime.date.today (the clock)"),
        ("from datetime import datetime as D\nD.utcnow()", "2: uses datetime.datetime.utcnow (the clock)"),
    ],
)
def test_a_planted_violation_is_found(source: str, expected: str) -> None:
    assert list(violations(source)) == [expected]


def test_what_is_pure_is_left_alone() -> None:
    source = "from urllib.parse import quote\nimport datetime\ndatetime.date(2023, 1, 1)\nnow = row.now()"
    assert list(violations(source)) == []
