"""How fast the nine accounts tables and all identities are computed, beside a plain pandas pivot of the same tables.

    python -m bench.statements [--years 1000] [--rows 2000]

Every department-year is computed by both, one after the other in the same run, so that a busy machine slows both. The
pandas side starts from a ready DataFrame, makes bare numbers and checks no identity; ours starts from facts and makes
cells with their text, status and sources. Before the clock starts, the totals of both are compared.
"""

from __future__ import annotations

import argparse
import gc
import statistics
import time
from collections.abc import Callable
from datetime import date

import pandas as pd

from bench.statements import yardstick
from bench.statements.ledger import frame_of, year_of
from yiheng import checks
from yiheng.facts import DepartmentYear, Finding, Table
from yiheng.facts.address import Directory
from yiheng.policy import Policy
from yiheng.statements import statements

SIZES = (10, 100, 1000)
AT_ONCE = 100
"""Department-years that pandas pivots together: how many fit in memory comfortably."""


def main() -> None:
    """Run the benchmark and print its ratios."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--years", type=int, default=max(SIZES), help="department-years")
    parser.add_argument("--rows", type=int, default=2000, help="leaf rows of each")
    options = parser.parse_args()
    policy = Policy.load()
    _compare(policy, options.rows)
    taken = _measure(policy, options.years, options.rows)
    _report(taken, options.rows)
    _at_once(min(AT_ONCE, options.years), options.rows, statistics.median(taken["pandas"]))


def _compare(policy: Policy, rows: int) -> None:
    """Both sides must come to the same figures, and every identity must hold."""
    year = year_of(0, rows)
    tables = statements(year, policy).tables
    directory = Directory(tables)
    for address, fen in yardstick.figures(frame_of(year)).items():
        amount = directory.resolve(address).cell.amount
        assert amount is not None and amount.fen == fen, f"{address}: {amount} here, {fen} by pandas"
    findings = _check(year, tables, policy)
    assert not any(finding.stops for finding in findings)
    cells = sum(1 for table in tables for _ in table.money_cells())
    print(f"{date.today()} · {len(year.facts)} facts · {cells} cells of money · {len(findings)} findings")


def _check(year: DepartmentYear, tables: tuple[Table, ...], policy: Policy) -> tuple[Finding, ...]:
    register = checks.register(policy, year, "shenzhen-accounts-2020")
    return checks.run(register, year, tables, ())


def _measure(policy: Policy, years: int, rows: int) -> dict[str, list[float]]:
    """Seconds of each department-year for: tables, identities, pandas."""
    taken: dict[str, list[float]] = {"tables": [], "identities": [], "pandas": []}
    for seed in range(years):
        year = year_of(seed, rows)
        frame = frame_of(year)
        gc.collect() if seed % 50 == 0 else None
        taken["tables"].append(_seconds(lambda: statements(year, policy)))
        tables = statements(year, policy).tables
        taken["identities"].append(_seconds(lambda: _check(year, tables, policy)))
        taken["pandas"].append(_seconds(lambda: yardstick.tables(frame)))
    return taken


def _seconds(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def _report(taken: dict[str, list[float]], rows: int) -> None:
    tables, identities, pandas = (
        statistics.median(taken[name]) for name in ("tables", "identities", "pandas")
    )
    print(f"median of a department-year of {rows} rows, pandas {pd.__version__}:")
    print(f"  nine tables              {tables * 1000:7.1f} ms")
    print(f"  all identities           {identities * 1000:7.1f} ms")
    print(f"  pandas, nine tables only {pandas * 1000:7.1f} ms")
    print(f"  ratio, tables            {tables / pandas:7.2f}")
    print(f"  ratio, with identities   {(tables + identities) / pandas:7.2f}   (aim: at most 1)")
    for size in SIZES:
        if size <= len(taken["tables"]):
            both = [t + i for t, i in zip(taken["tables"][:size], taken["identities"][:size], strict=True)]
            print(f"  the first {size:4}: {sum(both) / size * 1000:6.1f} ms a department-year")


def _at_once(years: int, rows: int, one: float) -> None:
    """The other way to use pandas: all department-years pivoted together."""
    frames = [frame_of(year_of(seed, rows)).assign(owner=seed) for seed in range(years)]
    frame = pd.concat(frames, ignore_index=True)
    each = _seconds(lambda: yardstick.tables(frame, ["owner"])) / years
    print(
        f"  pandas, {years} department-years in one frame: {each * 1000:.1f} ms each (alone {one * 1000:.1f} ms)"
    )


if __name__ == "__main__":
    main()
