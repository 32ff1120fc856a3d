"""The narrative of the five published documents: every finding judged by hand, and nothing else shown.

The list has file, rule, place, printed, computed, verdict and reason; the documents themselves are not here.
"""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from tests.checks.audit.papers import TODAY, policy

from yiheng.checks.audit import audit
from yiheng.pipelines.audit import subject_of
from yiheng.reading.documents import read_document

LIST = Path(__file__).with_name("reviewed-narrative.csv")
FILES = [
    "2020-szybzx-final-accounts.txt",
    "2021-szyb-budget.txt",
    "2023-gzyb-department-self-evaluation.txt",
    "2023-szyb-department-evaluation.txt",
    "2023-szybzx-budget.txt",
]


def reviewed(file: str) -> list[tuple[str, str, str, str]]:
    with LIST.open(encoding="utf-8", newline="") as rows:
        return sorted(
            (row["rule"], row["place"], row["printed"], row["computed"])
            for row in csv.DictReader(rows)
            if row["file"] == file
        )


@pytest.mark.parametrize("file", FILES)
def test_exactly_what_was_reviewed_is_shown(shared: Path, file: str) -> None:
    subject = subject_of(read_document(shared / "documents" / file), policy())
    made = [f for f in audit(subject, TODAY) if f.shown and f.rule.startswith("narrative.")]
    found = sorted((f.rule, str(f.place.line), f.printed, f.computed) for f in made)
    assert found == reviewed(file)


def test_every_verdict_has_a_reason() -> None:
    with LIST.open(encoding="utf-8", newline="") as rows:
        listed = list(csv.DictReader(rows))
    assert {row["verdict"] for row in listed} <= {"confirmed", "not a problem"}
    assert all(row["reason"] for row in listed)


@pytest.mark.parametrize(
    ("file", "figures", "claims"),
    [
        ("2020-szybzx-final-accounts.txt", 300, 55),
        ("2021-szyb-budget.txt", 180, 20),
        ("2023-gzyb-department-self-evaluation.txt", 20, 9),
        ("2023-szybzx-budget.txt", 120, 30),
    ],
)
def test_what_holds_was_really_compared(shared: Path, file: str, figures: int, claims: int) -> None:
    made = subject_of(read_document(shared / "documents" / file), policy()).claims
    assert len(made.figures) >= figures
    assert len(made.claims) >= claims
