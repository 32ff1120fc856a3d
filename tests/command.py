"""The installed `yiheng` command as users run it, and a data folder with the examples, loaded once for all tests."""

import csv
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tests import once

YIHENG = Path(sys.executable).with_name("yiheng")
EXAMPLES = Path(__file__).resolve().parent.parent / "examples"
REAL = ("szyb-2021-budget", "szybzx-2020-accounts", "szybzx-2023-budget")
DEMO = "demo-2024"

Done = subprocess.CompletedProcess[str]


def environment(home: Path) -> dict[str, str]:
    """The variables of a user whose data lies in `home`; of this process only where things lie."""
    kept = {
        name: os.environ[name]
        for name in ("PATH", "HOME", "LANG", "TMPDIR", "PYTHONPATH")
        if name in os.environ
    }
    return kept | {"YIHENG_HOME": str(home), "PYTHONUTF8": "1"}


def run(home: Path, *arguments: object, cwd: Path | None = None, code: int | None = 0) -> Done:
    """Run the command without a terminal, and hold it to its exit code unless `code` is None."""
    done = subprocess.run(
        [YIHENG, *map(str, arguments)],
        env=environment(home),
        cwd=cwd,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        timeout=120,
    )
    assert code in (None, done.returncode), (done.returncode, done.stdout[-1000:], done.stderr[-3000:])
    return done


def data(home: Path, *arguments: object, code: int = 0) -> Any:
    """What the command prints with `--json`."""
    return json.loads(run(home, *arguments, "--json", code=code).stdout)


def loaded(names: tuple[str, ...] = (*REAL, DEMO)) -> Path:
    """A data folder with these examples, on SQLite. Tests read it and write nothing into its database."""

    def load(folder: Path) -> None:
        home = folder / "home"
        if not names:
            run(home, "load", home / "nothing", code=2)  # a load that is refused leaves an empty ledger
        else:
            shutil.copytree(loaded(()), home)
            run(home, "load", *(EXAMPLES / name for name in names))

    return once.made("+".join(("ledger", *names)), load) / "home"


def package(name: str, folder: Path) -> Path:
    """A copy of an example that a test may change; without a descriptor, so that every CSV in it counts."""
    copy = Path(shutil.copytree(EXAMPLES / name, folder / name))
    (copy / "datapackage.json").unlink()
    return copy


def change(
    package: Path, sheet: str, column: str, value: str, where: Mapping[str, str] | None = None
) -> None:
    """Write another value into one column of the first row, or of the first row that has these values."""
    path = package / f"{sheet}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    chosen = next(row for row in rows if (where or {}).items() <= row.items())
    assert chosen[column] != value
    chosen[column] = value
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)


def copied(folder: Path, names: tuple[str, ...] = ()) -> Path:
    """A data folder with these examples that a test may write into."""
    return Path(shutil.copytree(loaded(names), folder))
