"""What must not be in the repository: addresses of package registries, paths of one machine.

The patterns are written in pieces so that this file does not contain what it looks for.
"""

import re
import subprocess
from pathlib import Path

import pytest

FORBIDDEN = {
    "the address of a package registry": re.compile(
        r"py"
        r"pi\.org|python"
        r"hosted\.org|npm"
        r"js\.|\bdeb"
        r"ian\.org|docker"
        r"\.io|--(extra-)?index"
        r"-url",
        re.IGNORECASE,
    ),
    "a path of one machine": re.compile(r"(?<![\w.$}*-])/(work|root|opt/py" r"pi|Users/\w+|home/\w+)/"),
}


def forbidden(text: str) -> list[str]:
    """`line: what: the words` for each forbidden thing in `text`."""
    return [
        f"{number}: {what}: {match.group()}"
        for number, line in enumerate(text.splitlines(), start=1)
        for what, pattern in FORBIDDEN.items()
        for match in pattern.finditer(line)
    ]


def tracked(repository: Path) -> list[Path]:
    """The files under version control that are still there."""
    command = ["git", "-c", "safe.directory=*", "ls-files", "-z"]
    try:
        listed = subprocess.run(command, cwd=repository, capture_output=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError) as error:
        pytest.skip(f"not a git checkout: {error}")
    return [path for name in listed.decode().split("\0") if name and (path := repository / name).is_file()]


def test_nothing_forbidden_is_in_the_repository(repository: Path) -> None:
    found = [
        f"{path.relative_to(repository)}:{line}"
        for path in tracked(repository)
        for line in forbidden(path.read_bytes().decode("utf-8", errors="replace"))
    ]
    assert found == []


@pytest.mark.parametrize(
    "text",
    [
        "see https://py" + "pi.org/simple",
        "https://files.python" + "hosted.org/packages/x.whl",
        "registry.npm" + "js.org",
        "deb http://deb.deb" + "ian.org/deb" + "ian bookworm main",
        "pip install --index" + "-url=https://example.org/simple",
        "open('/wo" + "rk/shared/design.md')",
        "HOME=/ro" + "ot/.cache",
        "/home/someone" + "/yiheng",
    ],
)
def test_what_is_forbidden_is_found(text: str) -> None:
    assert len(forbidden(text)) >= 1


def test_ordinary_text_is_left_alone() -> None:
    assert forbidden("build/work/table.xlsx, $HOME/.local, the Debian package, ../shared/documents") == []
