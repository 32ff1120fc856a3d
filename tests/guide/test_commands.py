"""The commands of the user guide and the READMEs do what the text says that they do.

Each block marked `console` is run, in the order of its file, in a folder that looks like the repository's root and has
a data folder of its own. A line `$ …` is a command; the lines below it must occur in its output, in that order. `…`
stands for left-out words or lines, `# 退出码 1` for the exit code where it is not 0. A file with the comment
`<!-- 台账：示例 -->` starts with the loaded examples, one with `<!-- 台账：没有 -->` with no data folder, any other
with an empty ledger.
"""

from __future__ import annotations

import itertools
import os
import re
import subprocess
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import typer
from tests.command import DEMO, REAL, YIHENG, copied, environment, loaded

REPOSITORY = Path(__file__).resolve().parents[2]
GUIDE = REPOSITORY / "docs" / "guide"
CHAPTERS = sorted(GUIDE.glob("[0-9]*.md"))
TEXTS = [REPOSITORY / "README.md", REPOSITORY / "README.zh-CN.md", *sorted(GUIDE.glob("*.md"))]
REFERENCE = GUIDE / "10-commands.md"
EXAMPLES = (*REAL, DEMO)
LOADED, NONE = "<!-- 台账：示例 -->", "<!-- 台账：没有 -->"

_BLOCK = re.compile(r"^```console\n(.*?)^```", re.MULTILINE | re.DOTALL)
_CODE = re.compile(r"# 退出码 (\d+)")
_ELISION = re.compile(r"…|\.\.\.")
_LINK = re.compile(r"\]\(([^)#:]+?)(?:#[^)]*)?\)")


@dataclass
class Step:
    """A command of a text, its line there, and what the text shows of the output."""

    line: int
    command: str
    shown: list[str] = field(default_factory=list)
    code: int = 0


def steps(text: str) -> list[Step]:
    """The commands of a text in order."""
    found: list[Step] = []
    for block in _BLOCK.finditer(text):
        start = text[: block.start()].count("\n") + 2
        for number, line in enumerate(block[1].splitlines(), start):
            if line.startswith("$ "):
                found.append(Step(number, line[2:]))
            elif code := _CODE.fullmatch(line.strip()):
                found[-1].code = int(code[1])
            elif line.strip():
                found[-1].shown.append(line)
    return found


def missing(shown: list[str], output: str) -> str | None:
    """The first shown line that the output does not have behind the line before it; blanks of any width are one."""
    lines = iter(_plain(line) for line in output.splitlines())
    for line in shown:
        parts = [re.escape(part.strip()) for part in _ELISION.split(_plain(line))]
        pattern = re.compile(".*".join(parts))
        if any(parts) and not any(map(pattern.fullmatch, lines)):
            return line
    return None


def _plain(line: str) -> str:
    return " ".join(line.split())


def first_failure(path: Path, folder: Path) -> str | None:
    """Run the commands of a file; what went otherwise than it says, or None."""
    text = path.read_text(encoding="utf-8")
    home, work = folder / "home", folder / "work"
    if NONE not in text:
        copied(home, EXAMPLES if LOADED in text else ())
    work.mkdir()
    for name in ("examples", "docs"):
        (work / name).symlink_to(REPOSITORY / name)
    variables = environment(home)
    variables["PATH"] = f"{YIHENG.parent}:{variables['PATH']}"
    for step in steps(text):
        done = subprocess.run(
            ["bash", "-c", step.command],
            cwd=work,
            env=variables,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            timeout=600,
        )
        place = f"{path.name}:{step.line} $ {step.command}\n{done.stdout[-4000:]}"
        if done.returncode != step.code:
            return f"exit code {done.returncode} at {place}"
        if (absent := missing(step.shown, done.stdout)) is not None:
            return f"not in the output: {absent}\n{place}"
    return None


@pytest.fixture(scope="session")
def failures(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[Path, Future[str | None]]]:
    """The chosen files, each run in a folder of its own; several at a time, since each only waits for commands."""
    chosen = [
        item.callspec.params["path"] for item in request.session.items if "failures" in item.fixturenames
    ]  # type: ignore[attr-defined]
    if any(LOADED in path.read_text(encoding="utf-8") for path in chosen):
        loaded(EXAMPLES)
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        yield {path: pool.submit(first_failure, path, tmp_path_factory.mktemp("guide")) for path in chosen}


@pytest.mark.parametrize(
    "path", [p for p in TEXTS if steps(p.read_text("utf-8"))], ids=lambda path: path.name
)
def test_commands_do_what_the_text_says(path: Path, failures: dict[Path, Future[str | None]]) -> None:
    failure = failures[path].result()
    assert failure is None, failure


def test_every_chapter_is_listed_and_shows_commands() -> None:
    index = (GUIDE / "README.md").read_text(encoding="utf-8")
    assert len(CHAPTERS) >= 11
    for chapter in CHAPTERS:
        assert f"({chapter.name})" in index, f"{chapter.name} is not in the index"
        assert steps(chapter.read_text(encoding="utf-8")), f"{chapter.name} shows no command"


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.name)
def test_links_lead_to_files(path: Path) -> None:
    lost = [
        link for link in _LINK.findall(path.read_text(encoding="utf-8")) if not (path.parent / link).exists()
    ]
    assert not lost, f"{path.name} links to what is not there: {lost}"


def test_the_reference_names_every_command_and_option() -> None:
    commands = REFERENCE.read_text(encoding="utf-8").split("\n## ")[1]
    sections = re.split(r"^### `(.+?)`$", commands, flags=re.MULTILINE)
    described = dict(zip(sections[1::2], sections[2::2], strict=True))
    offered = dict(offers())
    named = {name: set(re.findall(r"--[a-z-]+", body)) for name, body in described.items()}
    assert named == offered


def offers() -> Iterator[tuple[str, set[str]]]:
    """Each command of the program, as users type it, with its options but `--help`."""
    from yiheng.cli.app import app

    def walk(command: object, name: str) -> Iterator[tuple[str, set[str]]]:
        below = getattr(command, "commands", None)
        if below is None:
            opts = itertools.chain.from_iterable(
                (*p.opts, *p.secondary_opts)
                for p in command.params
                if p.param_type_name == "option"  # type: ignore[attr-defined]
            )
            yield name, {option for option in opts if option != "--help"}
            return
        for word, sub in below.items():
            yield from walk(sub, f"{name} {word}")

    return walk(typer.main.get_command(app), "yiheng")


def test_a_wrong_text_is_caught() -> None:
    shown = steps("```console\n$ echo 一\n一\n# 退出码 3\n```\n")
    assert [(s.line, s.command, s.shown, s.code) for s in shown] == [(2, "echo 一", ["一"], 3)]
    assert missing(["甲", "乙"], "甲\n丙\n乙\n") is None
    assert missing(["甲 … 丙"], "甲 乙   丙") is None
    assert missing(["乙", "甲"], "甲\n乙\n") == "甲"
    assert missing(["甲"], "甲乙") == "甲"
