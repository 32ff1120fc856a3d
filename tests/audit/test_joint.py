"""Several units' tables printed in turn: each is held against its own, none against another's."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from tests.audit.department import department
from tests.audit.drafts import WRITERS, Draft
from tests.audit.joint import joint
from tests.audit.year import Form

from yiheng.facts.audit import DocumentAudit
from yiheng.pipelines import audit
from yiheng.policy import Policy

NAME = "云溪县医疗保障局"
UNITS = (
    department(f"{NAME}本级", 2023),
    department("云溪县医疗保障事务中心", 2023, "0.41"),
    department("云溪县医疗救助站", 2023, "0.09"),
)
NAMED, UNNAMED = Form(), Form(owner="", split=True, zero="0.00")


@pytest.fixture(scope="module")
def policy() -> Policy:
    return Policy.load()


def audited(draft: Draft, suffix: str, folder: Path, policy: Policy) -> DocumentAudit:
    path = folder / f"document.{suffix}"
    WRITERS[suffix](draft, path)
    (done,) = audit.run([path], policy, dt.date(2026, 10, 1)).audits
    return done


@pytest.mark.parametrize(
    ("form", "suffix"), [(NAMED, "html"), (NAMED, "pdf"), (UNNAMED, "xlsx"), (UNNAMED, "txt")]
)
def test_every_unit_is_looked_at(form: Form, suffix: str, tmp_path: Path, policy: Policy) -> None:
    done = audited(joint(NAME, UNITS, form), suffix, tmp_path, policy)
    assert not [(f.rule, f.quote, f.printed, f.message) for f in done.shown]
    assert done.counts["pass"] >= 3 * 360
    assert done.silent["pass"]["audit.accounts.spending"] >= 3 * 4


@pytest.mark.parametrize(
    ("right", "wrong", "nth"),
    [
        ("7,646.50", "7,546.50", 0),
        ("1,678.50", "1,673.50", 3),
        ("516.81", "516.31", 4),
        ("24.69", "24.96", 7),
    ],
)
def test_a_wrong_figure_of_any_unit_is_named(
    right: str, wrong: str, nth: int, tmp_path: Path, policy: Policy
) -> None:
    (found,) = audited(joint(NAME, UNITS, NAMED).changed(right, wrong, nth), "html", tmp_path, policy).shown
    assert wrong in f"{found.printed}{found.quote}"
