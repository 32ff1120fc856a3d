"""The ten published tables of accounts with 公开10表 (机构运行信息表), in one list and on two sides."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from tests.audit.department import department
from tests.audit.drafts import WRITERS, Draft
from tests.audit.operating import ten
from tests.audit.year import Form, Year

from yiheng.facts.audit import DocumentAudit
from yiheng.pipelines import audit
from yiheng.policy import Policy

YEAR = Year(department("临溪县医疗保障局", 2024, "0.73"))
OWN = "audit.accounts.operating-"


@pytest.fixture(scope="module")
def policy() -> Policy:
    return Policy.load()


def audited(draft: Draft, suffix: str, folder: Path, policy: Policy) -> DocumentAudit:
    path = folder / f"document.{suffix}"
    WRITERS[suffix](draft, path)
    (done,) = audit.run([path], policy, dt.date(2026, 10, 1)).audits
    return done


@pytest.mark.parametrize(
    ("sides", "suffix", "least"),
    [(True, "html", 16), (True, "pdf", 16), (False, "docx", 16), (False, "xlsx", 16), (True, "txt", 4)],
)
def test_clean_tables_are_silent_and_looked_at(
    sides: bool, suffix: str, least: int, tmp_path: Path, policy: Policy
) -> None:
    done = audited(ten(YEAR, Form(), sides), suffix, tmp_path, policy)
    assert not [(f.rule, f.quote, f.printed, f.message) for f in done.shown]
    assert sum(n for rule, n in done.silent["pass"].items() if rule.startswith(OWN)) >= least


@pytest.mark.parametrize("sides", [True, False])
@pytest.mark.parametrize(
    ("row", "column", "wrong"),
    [
        ("（一）支出合计", 2, "4.35"),
        ("2.公务用车购置及运行维护费", 1, "4.80"),
        ("（1）国内接待费", 2, "7.25"),
        ("二、机关运行经费", 2, "68.05"),
        ("（一）车辆数合计（辆）", 2, "6"),
        ("4.应急保障用车", 2, "8"),
        ("（一）政府采购支出合计", 2, "88.40"),
        ("3.政府采购服务支出", 2, "71.40"),
        ("（二）政府采购授予中小企业合同金额", 2, "97.76"),
        ("其中：授予小微企业合同金额", 2, "83.20"),
    ],
)
def test_a_wrong_figure_of_the_list_is_named(
    sides: bool, row: str, column: int, wrong: str, tmp_path: Path, policy: Policy
) -> None:
    (found,) = audited(_with(ten(YEAR, Form(), sides), row, column, wrong), "html", tmp_path, policy).shown
    assert found.rule.startswith(OWN)
    assert wrong in f"{found.printed}{found.quote}"


def _with(draft: Draft, row: str, column: int, text: str) -> Draft:
    """The draft with one cell of its last table changed: `column` counts from the label of the row."""
    table = [list(cells) for cells in draft.parts[-1]]  # type: ignore[union-attr]
    cells = next(cells for cells in table if row in cells)
    assert cells[cells.index(row) + column] != text
    cells[cells.index(row) + column] = text
    return Draft([*draft.parts[:-1], tuple(map(tuple, table))])
