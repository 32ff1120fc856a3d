"""How fast a published PDF is audited, and where the time goes.

    python -m bench.audit [FILE.pdf ...] [--times 3]

Without files: the documents that `make demo` published. Each is read, structured, recognised and checked; times are
of one processor, child processes included, the least of the repetitions. The rules are loaded before the clock starts.
"""

from __future__ import annotations

import argparse
import datetime as dt
import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

from yiheng.checks.audit import audit
from yiheng.pipelines.audit import seldom_collected, subject_of
from yiheng.policy import Policy
from yiheng.reading.pdf import read_pdf
from yiheng.reading.structure import structure

T = TypeVar("T")
DEMO = Path("build/packages")
BAR = 30
"""Pages for which the time is printed as well."""
TODAY = dt.date(2026, 1, 1)


def main() -> None:
    """Run the benchmark and print seconds a page and the share of each step."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", type=Path, nargs="*", help="PDF files")
    parser.add_argument("--times", type=int, default=3, help="repetitions")
    options = parser.parse_args()
    files: Sequence[Path] = options.files or sorted(DEMO.glob("*/disclosure.pdf"))
    if not files:
        parser.error(f"no PDF named and none under {DEMO}: run make demo first")
    policy = Policy.load()
    subject_of(structure(read_pdf(files[0])), policy)
    print(f"{'pages':>6}{'s a page':>10}{f's {BAR} pages':>12}{'reading':>9}{'checking':>10}  file")
    for path in files:
        pages, reading, checking = min(
            (_once(path, policy) for _ in range(options.times)), key=lambda found: found[1] + found[2]
        )
        whole = reading + checking
        each = whole / pages
        name = f"{path.parent.name}/{path.name}"
        print(
            f"{pages:6}{each:10.4f}{BAR * each:12.2f}{reading / whole:9.0%}{checking / whole:10.0%}  {name}"
        )


def _once(path: Path, policy: Policy) -> tuple[int, float, float]:
    """Pages, seconds of reading, seconds of recognising and checking."""
    with seldom_collected():
        document, reading = _timed(lambda: structure(read_pdf(path)))
        findings, checking = _timed(lambda: audit(subject_of(document, policy), TODAY))
    assert findings, path
    return len(document.pages), reading, checking


def _timed(work: Callable[[], T]) -> tuple[T, float]:
    before = _processor()
    result = work()
    return result, _processor() - before


def _processor() -> float:
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


if __name__ == "__main__":
    main()
