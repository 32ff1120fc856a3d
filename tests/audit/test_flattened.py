"""Documents of made-up places (虚构) whose tables a converter flattened: silent as they are, telling a wrong figure."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from tests.audit.accounts import Accounts
from tests.audit.budget import budget
from tests.audit.department import department
from tests.audit.drafts import Draft, Words
from tests.audit.evaluations import evaluations
from tests.audit.flattened import FLATTENED
from tests.audit.year import Form, Year

from yiheng.facts.audit import DocumentAudit
from yiheng.pipelines import audit
from yiheng.policy import Policy

TODAY = dt.date(2026, 10, 1)
DRAFTS = {
    "accounts": Accounts(Year(department("云溪县医疗保障局", 2023)), Form()).made(),
    "budget": budget(department("澧江市医疗保障局", 2024, "0.31")),
    "sheets": evaluations(),
}
LOST = ("columns read down",)
"""Ways of which no table is read, and that is told."""
ALONE = ("all in one line",)
"""Ways that lose the paragraphs too: of the sentences not all is understood."""
LEAST = {"accounts": 480, "budget": 400, "sheets": 160}
"""Checks that pass; the same documents as HTML have 546, 423 and 184."""
PLANTED = [  # paper, what is printed, what is printed instead, in which of the cells or paragraphs that have it
    ("accounts", "20,155.91", "20,155.01", 0),
    ("accounts", "657.12", "657.22", 0),
    ("accounts", "18,650.00", "18,560.00", 0),
    ("budget", "6458.13", "6458.18", 2),
    ("budget", "154.29", "154.79", 0),
    ("sheets", "99.72", "98.72", 1),
]


@pytest.fixture(scope="module")
def policy() -> Policy:
    return Policy.load()


def audited(draft: Draft, way: str, folder: Path, policy: Policy) -> DocumentAudit:
    path = folder / "document.txt"
    FLATTENED[way](draft, path)
    (done,) = audit.run([path], policy, TODAY).audits
    return done


@pytest.mark.parametrize("way", FLATTENED)
@pytest.mark.parametrize("paper", DRAFTS)
def test_clean_documents_are_silent_and_looked_at(
    paper: str, way: str, tmp_path: Path, policy: Policy
) -> None:
    done = audited(DRAFTS[paper], way, tmp_path, policy)
    assert not [(f.rule, f.quote, f.printed, f.message) for f in done.shown]
    if way in LOST:
        told = [p.message for p in done.document.problems] + [f.message for f in done.findings]
        assert any("没有读成表格" in text or "没有读对" in text for text in told)
    elif way not in ALONE:
        assert done.counts["pass"] >= LEAST[paper]


@pytest.mark.parametrize(
    ("paper", "right", "wrong", "nth", "way"),
    [(*planted, way) for planted in PLANTED for way in FLATTENED if way not in LOST],
)
def test_a_wrong_figure_is_found_and_named(
    paper: str, right: str, wrong: str, nth: int, way: str, tmp_path: Path, policy: Policy
) -> None:
    done = audited(DRAFTS[paper].changed(right, wrong, nth), way, tmp_path, policy)
    assert [f for f in done.shown if wrong in f"{f.printed}{f.quote}"], [
        (f.rule, f.printed) for f in done.shown
    ]
    assert len(done.shown) == 1


def test_the_total_of_a_sentence_is_not_put_beside_another_one(tmp_path: Path, policy: Policy) -> None:
    """Without the table that prints 总计, 本年支出合计 is the nearest; it is another figure."""
    parts = DRAFTS["accounts"].parts
    first = next(n for n, part in enumerate(parts) if not isinstance(part, Words))
    done = audited(Draft([*parts[: first - 3], *parts[first + 1 :]]), "pipes in rows", tmp_path, policy)
    assert not [(f.rule, f.printed, f.computed) for f in done.shown]


RATES = """单位：万元
年度 |
合计 |
公务接待费 |
公务用车购置及运行费 |
2021年 |
5.00 |
2.00 |
3.00 |
2022年 |
4.00 |
1.00 |
3.00 |
2022年比2021年增减% |
-20.00 |
-50.00 |
0.00 |
"""


def test_rates_below_a_table_do_not_add_up(tmp_path: Path, policy: Policy) -> None:
    path = tmp_path / "document.txt"
    path.write_text(RATES, encoding="utf-8")
    (done,) = audit.run([path], policy, TODAY).audits
    assert done.counts["pass"] >= 4
    assert not done.shown
