"""How many self-evaluation sheets of fifteen indicators are scored and explained in a second, beside bare numbers.

    python -m bench.performance [--projects 10000]

Ours parses the printed targets and actuals, compares units, scores by the national rule, and writes every step in
words. The yardsticks cut the first number out of each text and compute the same totals without a word: pandas in one
frame of all projects with floats, and a plain loop over the rows with decimals. Before the clock starts, all must come
to the same totals. Times are of one processor.
"""

from __future__ import annotations

import argparse
import datetime as dt
import gc
import time
from collections.abc import Callable, Sequence
from typing import TypeVar

import pandas as pd
from bench.performance import yardstick
from bench.performance.sheets import YEAR, Plain, sheets

from yiheng.policy import Policy
from yiheng.scoring.evaluate import SheetScore, evaluate
from yiheng.scoring.lexicon import Lexicon
from yiheng.scoring.rules import ScoreRule, load_rule
from yiheng.scoring.sheet import Sheet

SIZES = (1_000, 3_000, 10_000)
PLACE = "440300"
COMPARED = 500
"""Projects of which both sides must agree before the clock starts."""

Score = Callable[[Sheet], SheetScore]
T = TypeVar("T")


def main() -> None:
    """Run the benchmark and print its ratios."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--projects", type=int, default=max(SIZES), help="projects of fifteen indicators")
    wanted = parser.parse_args().projects
    policy, day = Policy.load(), dt.date(YEAR, 12, 31)
    lexicon, rule = Lexicon.of(policy, PLACE, day), load_rule(policy, PLACE, day)
    _compare(lambda sheet: evaluate(sheet, rule, lexicon))
    print(f"{rule.title}, {PLACE}, {YEAR}; pandas {pd.__version__}")
    for size in [size for size in SIZES if size < wanted] + [wanted]:
        _measure(size, rule, lexicon)


def _compare(score: Score) -> None:
    """Both sides must come to the same totals, and every lost point must be explained."""
    made = list(sheets(COMPARED))
    scores = [score(sheet) for sheet, _ in made]
    bare = yardstick.totals(*_frames(made))
    for number, found in enumerate(scores):
        assert found.total is not None and abs(float(found.total) - bare[number]) < 0.005, (
            number,
            found.total,
        )
        assert all(row.steps for row in found.rows) and found.execution.steps


def _frames(made: Sequence[tuple[Sheet, list[Plain]]]) -> tuple[pd.DataFrame, pd.DataFrame]:
    rows = yardstick.frame_of([row for _, plain in made for row in plain])
    return rows, yardstick.funds_of([sheet for sheet, _ in made])


def _measure(size: int, rule: ScoreRule, lexicon: Lexicon) -> None:
    made = list(sheets(size, seed=size))
    rows, funds = _frames(made)
    gc.collect()
    gc.freeze()  # the sheets are there for good and no garbage of either side
    ours, words = _timed(lambda: sum(_words(evaluate(sheet, rule, lexicon)) for sheet, _ in made))
    loop, _ = _timed(lambda: [yardstick.looped(plain, sheet) for sheet, plain in made])
    bare, _ = _timed(lambda: yardstick.totals(rows, funds))
    gc.unfreeze()
    print(
        f"  {size:6} projects: {size / ours:5.0f} a second scored and explained in {words / size:.0f} steps each, "
        f"{ours / size * 1e3:.2f} ms each; "
        f"bare loop {loop / size * 1e3:.2f} ms, ratio {ours / loop:.1f}; "
        f"bare pandas {bare / size * 1e3:.3f} ms, ratio {ours / bare:.0f}"
    )


def _timed(work: Callable[[], T]) -> tuple[float, T]:
    start = time.process_time()
    result = work()
    return time.process_time() - start, result


def _words(score: SheetScore) -> int:
    """How many steps the score is explained by."""
    return len(score.execution.steps) + sum(len(row.steps) for row in score.rows)


if __name__ == "__main__":
    main()
