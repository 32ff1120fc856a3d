"""The five published papers: exactly the findings that a person judged to be defects, and silence where it holds.

In the lists `printed` is what a defect prints; for what holds it is the place, and `computed` what is printed there.
"""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

import pytest
from tests.checks.audit.papers import TODAY, policy

from yiheng.checks.audit import Subject, audit
from yiheng.facts import Outcome
from yiheng.facts.audit import AuditFinding
from yiheng.reading.recognition import known_tables, recognise
from yiheng.reading.structure import structure
from yiheng.reading.text import read_text

PAPERS = {
    "reviewed-accounts-2020.csv": "2020-szybzx-final-accounts.txt",
    "reviewed-budget-2021.csv": "2021-szyb-budget.txt",
    "reviewed-budget-2023.csv": "2023-szybzx-budget.txt",
    "reviewed-evaluation-2023-guangzhou.csv": "2023-gzyb-department-self-evaluation.txt",
    "reviewed-evaluation-2023-shenzhen.csv": "2023-szyb-department-evaluation.txt",
}


@cache
def audited(path: Path) -> tuple[AuditFinding, ...]:
    document = structure(read_text(path))
    identity = recognise(document, policy())
    tables = known_tables(document, policy(), identity.kind, identity.unit)
    return audit(Subject(document, identity, policy(), tables=tables), TODAY)


def reviewed(name: str, verdict: str) -> list[dict[str, str]]:
    with (Path(__file__).parent / name).open(encoding="utf-8", newline="") as lines:
        return [row for row in csv.DictReader(lines) if row["verdict"] == verdict]


@pytest.mark.parametrize("name", PAPERS)
def test_exactly_the_defects_are_found(name: str, shared: Path) -> None:
    found = sorted(
        (f.rule, str(f.place.line), f.printed, f.computed, f.severity.value)
        for f in audited(shared / "documents" / PAPERS[name])
        if f.outcome is Outcome.FAIL and f.rule.startswith("audit.")
    )
    expected = sorted(
        (r["rule"], r["line"], r["printed"], r["computed"], r["severity"]) for r in reviewed(name, "defect")
    )
    assert found == expected


@pytest.mark.parametrize("name", PAPERS)
def test_what_holds_is_looked_at_and_passes(name: str, shared: Path) -> None:
    made = audited(shared / "documents" / PAPERS[name])
    passed = [(f.rule, str(f.place.line), f.quote) for f in made if f.outcome is Outcome.PASS]
    unseen = [
        row
        for row in reviewed(name, "holds")
        if not any(
            rule == row["rule"] and line == row["line"] and quote.endswith(row["printed"])
            for rule, line, quote in passed
        )
    ]
    assert not unseen
