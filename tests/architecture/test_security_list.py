"""docs/security.md names only tests that there are."""

from __future__ import annotations

import re
from pathlib import Path

_TEST = re.compile(r"`([\w/]+\.py)::(test_\w+)`")
_CHAPTERS = range(1, 18)


def absent(text: str, tests: Path) -> list[str]:
    """The tests that a text names and that are not in their file."""
    found = []
    for name, test in _TEST.findall(text):
        path = tests / name
        if not path.is_file() or f"def {test}(" not in path.read_text(encoding="utf-8"):
            found.append(f"{name}::{test}")
    return found


def test_every_test_of_the_list_exists(repository: Path) -> None:
    text = (repository / "docs" / "security.md").read_text(encoding="utf-8")
    assert len(_TEST.findall(text)) > 80
    assert absent(text, repository / "tests") == []


def test_every_chapter_of_the_standard_is_there(repository: Path) -> None:
    text = (repository / "docs" / "security.md").read_text(encoding="utf-8")
    heads = " ".join(line for line in text.splitlines() if line.startswith("## "))
    assert [n for n in _CHAPTERS if not re.search(rf"\bV{n}\b", heads)] == []


def test_what_is_not_there_is_found(tmp_path: Path) -> None:
    (tmp_path / "test_x.py").write_text("def test_a() -> None: ...\n")
    assert absent("`test_x.py::test_a` `test_x.py::test_b` `no.py::test_a`", tmp_path) == [
        "test_x.py::test_b",
        "no.py::test_a",
    ]
