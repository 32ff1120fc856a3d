"""Documents of one unit audited together: last year's base, what was carried over."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from tests.audit.accounts import Accounts
from tests.audit.city import City, Print
from tests.audit.department import D, department
from tests.audit.drafts import Draft, html
from tests.audit.year import Form, Year

from yiheng.facts.audit import AuditFinding
from yiheng.pipelines import audit
from yiheng.policy import Policy

UNIT = "岚州市医疗保障局"
BEFORE, NOW = department(UNIT, 2023, "0.57"), department(UNIT, 2024, "0.57")


@pytest.fixture(scope="module")
def policy() -> Policy:
    return Policy.load()


def shown(drafts: list[Draft], folder: Path, policy: Policy) -> list[AuditFinding]:
    paths = []
    for number, draft in enumerate(drafts):
        paths.append(folder / f"{number}.html")
        html(draft, paths[-1])
    return [f for done in audit.run(paths, policy, dt.date(2026, 10, 1)).audits for f in done.shown]


@pytest.mark.parametrize("three", ["rows", "years"])
def test_last_years_three_public_expenses_are_those_of_its_budget(
    three: str, tmp_path: Path, policy: Policy
) -> None:
    last = City(BEFORE, Print(three=three), BEFORE).made()
    assert not shown([last, City(NOW, Print(three=three)).made()], tmp_path, policy)


def test_another_base_than_the_published_one_is_found(tmp_path: Path, policy: Policy) -> None:
    """Item and total changed together: within the document nothing is wrong."""
    last = City(BEFORE, Print(three="years"), BEFORE).made()
    now = City(NOW, Print(three="years")).made().changed("1.40", "1.90").changed("5.20", "5.70")
    assert not shown([now], tmp_path, policy)
    found = shown([last, now], tmp_path, policy)
    assert {f.rule for f in found} == {"audit.across.three-public-base"}
    assert {(f.printed, f.computed) for f in found} == {("1.90", "1.40"), ("5.70", "5.20")}


@pytest.mark.parametrize(("carried", "wrong"), [("15.60", []), ("16.50", ["15.60"])])
def test_what_is_carried_over_is_what_was_left(
    carried: str, wrong: list[str], tmp_path: Path, policy: Policy
) -> None:
    """15.60 stand at the beginning of 2024; the accounts of 2023 left `carried`."""
    last = Accounts(Year(BEFORE, left=D(carried)), Form()).made()
    now = Accounts(Year(NOW), Form()).made()
    found = shown([last, now], tmp_path, policy)
    of_all = [f for f in found if f.rule == "audit.across.carried-over" and "公开01表" in f.quote]
    assert [f.printed for f in of_all] == wrong
