"""How fast the nine accounts tables and all identities are computed, beside a plain pandas pivot of the same tables.

    python -m bench.statements [--years 1000] [--rows 2000]

Every department-year is computed by both, one after the other in the same run and by processor time, so that a busy
machine slows both. The pandas side starts from a ready DataFrame, makes bare numbers and checks no identity; ours
starts from facts and makes cells with their text, status and sources. Before the clock starts, both must come to the
same figures.
"""

from __future__ import annotations

import argparse
import gc
import statistics
import time
from collections.abc import Callable, Sequence

import pandas as pd
from bench.statements import yardstick
from bench.statements.ledger import frame_of, year_of

from yiheng import checks
from yiheng.facts import DepartmentYear, Finding, Table
from yiheng.facts.address import Directory
from yiheng.policy import Policy
from yiheng.statements import Statements, statements

SIZES = (10, 100, 1000)
AT_ONCE = 100
"""Department-years that pandas pivots together: how many fit in memory comfortably."""
WARM = 3
"""Department-years computed before the clock starts: templates and rules are read once for all."""


def main() -> None:
    """Run the benchmark and print its ratios."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--years", type=int, default=max(SIZES), help="department-years")
    parser.add_argument("--rows", type=int, default=2000, help="leaf rows of each")
    options = parser.parse_args()
    policy = Policy.load()
    for seed in range(WARM):
        cells, findings = _compare(policy, year_of(seed, options.rows))
    gc.collect()
    gc.freeze()  # What is loaded for good, pandas included, is no garbage of either side.
    print(f"{options.rows} leaf rows · {cells} cells of money · {findings} evaluations of identities")
    ours, identities, pandas = _measure(policy, options.years, options.rows)
    _report(ours, identities, pandas)
    _at_once(min(AT_ONCE, options.years), options.rows)


def _compare(policy: Policy, year: DepartmentYear) -> tuple[int, int]:
    """Both sides must come to the same figures, and every identity must hold."""
    computed = statements(year, policy)
    directory = Directory(computed.tables)
    for address, fen in yardstick.figures(frame_of(year)).items():
        amount = directory.resolve(address).cell.amount
        assert amount is not None and amount.fen == fen, f"{address}: {amount} here, {fen} by pandas"
    findings = _check(year, computed, policy)
    assert not any(finding.stops for finding in findings)
    return sum(_money_cells(table) for table in computed.tables), len(findings)


def _money_cells(table: Table) -> int:
    return sum(1 for _ in table.money_cells())


def _check(year: DepartmentYear, computed: Statements, policy: Policy) -> tuple[Finding, ...]:
    return checks.run(checks.register(policy, year, computed.family.name), year, computed.tables, ())


def _measure(policy: Policy, years: int, rows: int) -> tuple[list[float], list[float], list[float]]:
    """Seconds of each department-year for the tables, the identities, and pandas."""
    ours, identities, pandas = [], [], []
    for seed in range(years):
        year = year_of(seed, rows)
        frame = frame_of(year)
        gc.collect()
        taken, computed = _timed(statements, year, policy)
        ours.append(taken)
        identities.append(_timed(_check, year, computed, policy)[0])
        pandas.append(_timed(yardstick.tables, frame)[0])
    return ours, identities, pandas


def _timed(work: Callable[..., object], *arguments: object) -> tuple[float, object]:
    start = time.process_time()
    result = work(*arguments)
    return time.process_time() - start, result


def _report(ours: Sequence[float], identities: Sequence[float], pandas: Sequence[float]) -> None:
    both = [one + other for one, other in zip(ours, identities, strict=True)]
    print(f"median of {len(ours)} department-years, pandas {pd.__version__}:")
    print(f"  nine tables               {statistics.median(ours) * 1000:7.1f} ms")
    print(f"  all identities            {statistics.median(identities) * 1000:7.1f} ms")
    print(f"  pandas, nine tables only  {statistics.median(pandas) * 1000:7.1f} ms")
    print(f"  ratio, tables             {_ratio(ours, pandas):7.2f}")
    print(f"  ratio, with identities    {_ratio(both, pandas):7.2f}   (aim: at most 1)")
    for size in (size for size in SIZES if size <= len(ours)):
        each = sum(both[:size]) / size
        beside = each / (sum(pandas[:size]) / size)
        print(f"  {size:4} department-years: {each * 1000:6.1f} ms each on average, {beside:.2f} of pandas")


def _ratio(ours: Sequence[float], pandas: Sequence[float]) -> float:
    """The middle one of the ratios, each of two times taken next to each other."""
    return statistics.median(one / other for one, other in zip(ours, pandas, strict=True))


def _at_once(years: int, rows: int) -> None:
    """The other way to use pandas: all department-years pivoted together, where one wants no more than numbers."""
    frames = [frame_of(year_of(seed, rows)).assign(owner=seed) for seed in range(years)]
    taken, _ = _timed(yardstick.tables, pd.concat(frames, ignore_index=True), ["owner"])
    print(f"  pandas, {years} department-years in one frame: {taken / years * 1000:.1f} ms each")


if __name__ == "__main__":
    main()
