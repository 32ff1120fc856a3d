"""The guide's table of environment variables names exactly those that the program reads (环境变量)."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

GUIDE = "docs/guide/10-commands.md"
ROW = re.compile(r"^\| `([A-Z][A-Z0-9_]+)` \|", re.MULTILINE)
NOT_FOR_USERS = {
    "DJANGO_SETTINGS_MODULE",  # of Django, set by the commands themselves
    "LOCALAPPDATA", "XDG_DATA_HOME",  # of the system
    "PROMETHEUS_MULTIPROC_DIR", "YIHENG_COMPANION_OF", "YIHENG_SERVER", "YIHENG_RENEWS",
    # the four above: set by `yiheng serve` for its own processes
}  # fmt: skip
PREFIXED = {"_sso": "YIHENG_SSO_"}
"""Functions that put the front of the name before their argument."""


def read_by(source: str) -> Iterator[str]:
    """The variables that a module reads: by `os.environ`, by a function of `PREFIXED`, or named in a constant."""
    tree = ast.parse(source)
    for node in ast.walk(tree):
        name = None
        if isinstance(node, ast.Subscript) and _is_environ(node.value):
            name = node.slice
        elif isinstance(node, ast.Call) and node.args:
            called = node.func
            if isinstance(called, ast.Attribute) and _is_environ(called.value):
                name = node.args[0]
            elif (
                isinstance(called, ast.Name)
                and called.id in PREFIXED
                and isinstance(node.args[0], ast.Constant)
            ):
                yield PREFIXED[called.id] + str(node.args[0].value)
        if isinstance(name, ast.Constant):
            yield str(name.value)
        elif isinstance(name, ast.Name):
            yield _constant(tree, name.id)


def _is_environ(node: ast.expr) -> bool:
    return isinstance(node, ast.Attribute) and node.attr == "environ"


def _constant(tree: ast.Module, name: str) -> str:
    for node in tree.body:
        value = node.value if isinstance(node, (ast.Assign, ast.AnnAssign)) else None
        targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
        if isinstance(value, ast.Constant) and any(isinstance(t, ast.Name) and t.id == name for t in targets):
            return str(value.value)
    raise AssertionError(f"the variable that {name} names is not plain to see")


def documented(repository: Path) -> list[str]:
    """The names in the first column of the table."""
    text = (repository / GUIDE).read_text(encoding="utf-8")
    return ROW.findall(text.partition("## 环境变量")[2])


def test_the_table_names_what_is_read_and_nothing_else(repository: Path) -> None:
    files = (repository / "src" / "yiheng").rglob("*.py")
    found = {name for path in files for name in read_by(path.read_text(encoding="utf-8"))}
    named = documented(repository)
    assert len(named) == len(set(named))
    assert set(named) == found - NOT_FOR_USERS
    assert found >= NOT_FOR_USERS, "what is no longer read need not be left out"


def test_every_way_of_reading_a_variable_is_seen() -> None:
    source = """
import os
NAMED: Final = "D"
a = os.environ["A"], os.environ.get("B", "x"), os.environ.setdefault("C", "x"), os.environ.get(NAMED)
e = _sso("E")
"""
    assert sorted(read_by(source)) == ["A", "B", "C", "D", "YIHENG_SSO_E"]
