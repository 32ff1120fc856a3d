"""Documents of made-up places (虚构) in many forms: silent as they are, telling once one figure is wrong.

The figures agree by construction (`department`, `accounts`): all that is reported on a clean draft is a false alarm.
"""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pytest
from tests.audit.accounts import Accounts
from tests.audit.budget import budget
from tests.audit.department import department
from tests.audit.drafts import WRITERS, Draft
from tests.audit.year import Form, Year

from yiheng.facts.audit import DocumentAudit
from yiheng.pipelines import audit
from yiheng.policy import Policy

TODAY = dt.date(2026, 10, 1)
PLACES = {
    "county": (department("云溪县医疗保障局", 2023), Form()),
    "province": (
        department("岚山省医疗保障局", 2020, "1.37"),
        Form(
            "元",
            zero="0.00",
            split=True,
            label="表{}",
            owner="编制单位：{}",
            numbered=False,
            spoken="province",
        ),
    ),
    "city": (
        department("澧江市医疗保障局", 2019, "0.83"),
        Form(commas=False, zero="—", label="附表{}", owner="单位名称：{}", spoken="province"),
    ),
    "district": (
        department("望江区医疗保障局", 2025, "2.41"),
        Form(zero="0.00", split=True, label="公开{}表"),
    ),
}
BUDGET = department("澧江市医疗保障局", 2024, "0.31")
FORMATS = [
    *(("county", suffix) for suffix in WRITERS),
    ("province", "html"), ("province", "pdf"), ("province", "txt"),
    ("city", "xlsx"), ("city", "txt"),
    ("district", "docx"), ("district", "pdf"),
]  # fmt: skip
PLANTED = [  # place, what is printed, what is printed instead, in which of the cells or paragraphs that have it
    ("county", "20,857.83", "20,857.33", 0),
    ("county", "657.12", "657.22", 0),
    ("county", "20,155.91", "20,155.01", 0),
    ("county", "18,650.00", "18,560.00", 0),
    ("county", "120.33", "120.83", 0),
    ("county", "571.82", "572.82", 0),
    ("county", "3.60", "8.60", 0),
    ("county", "占3.15%", "占3.51%", 0),
    ("county", "增长4.60%", "增长6.40%", 0),
    ("county", "占本年支出合计的99.79%", "占本年支出合计的97.99%", 0),
    ("county", "下降6.73%", "下降6.37%", 0),
    ("county", "完成预算的74.62%", "完成预算的76.42%", 0),
    ("county", "服务支出74.10万元", "服务支出74.50万元", 0),
    ("province", "68,500.00", "63,500.00", 0),
    ("province", "减少402.18万元", "减少409.18万元", 0),
    ("province", "运行维护费3.60万元", "运行维护费3.90万元", 0),
    ("city", "15479.50", "15479.80", 0),
    ("city", "减少1.65万元", "减少1.45万元", 0),
    ("budget", "6458.13", "6458.18", 2),
    ("budget", "154.29", "154.79", 0),
    ("budget", "占99.33%", "占93.33%", 0),
    ("budget", "占0.29%", "占0.79%", 0),
    ("budget", "207.06", "201.06", 1),
    ("budget", "（项）2024年预算数为154.29", "（项）2024年预算数为154.79", 0),
    ("budget", "运行费3.60万元", "运行费3.80万元", 0),
    ("district", "145.11", "145.71", 0),
    ("district", "其他收入3.20万元", "其他收入3.80万元", 0),
]
LABELS = [  # place, what is printed, what is printed instead, the rule that must say so
    ("county", "机关事业单位职业年金缴费支出", "机关事业单位职业年金缴纳支出", "audit.label.code-name"),
    ("county", "部门：云溪县医疗保障局", "部门：云溪县医疗保险局", "audit.label.owner"),
    ("county", "公务接待费支出1.25万元，", "公务接待费支出1.25，", "narrative.bare-number"),
    (
        "county",
        "（二）政府采购支出情况。2023年度",
        "（二）政府采购支出情况（。2023年度",
        "audit.form.brackets",
    ),
    ("county", "，增长4.60%", "，增长/下降4.60%", "audit.form.leftovers"),
    ("county", "政府采购支出总额86.40万元", "政府采购支出总额XX万元", "audit.form.leftovers"),
]


@pytest.fixture(scope="module")
def policy() -> Policy:
    return Policy.load()


@pytest.fixture(scope="module")
def drafts() -> dict[str, Draft]:
    made = {name: Accounts(Year(unit), form).made() for name, (unit, form) in PLACES.items()}
    return {**made, "budget": budget(BUDGET)}


def audited(draft: Draft, suffix: str, folder: Path, policy: Policy) -> DocumentAudit:
    path = folder / f"document.{suffix}"
    WRITERS[suffix](draft, path)
    (done,) = audit.run([path], policy, TODAY).audits
    return done


@pytest.mark.parametrize(("place", "suffix"), FORMATS)
def test_clean_documents_are_silent_and_looked_at(
    place: str, suffix: str, tmp_path: Path, policy: Policy, drafts: dict[str, Draft]
) -> None:
    done = audited(drafts[place], suffix, tmp_path, policy)
    unit, _ = PLACES[place]
    assert (done.identity.kind, done.identity.unit, done.identity.year) == ("accounts", unit.unit, unit.year)
    assert not [(f.rule, f.quote, f.printed, f.message) for f in done.shown]
    passed = done.counts["pass"]
    assert passed >= (200 if suffix == "txt" else 340)


@pytest.mark.parametrize(("suffix", "least"), [("html", 350), ("xlsx", 350), ("pdf", 350), ("txt", 40)])
def test_a_clean_budget_is_silent_and_looked_at(
    suffix: str, least: int, tmp_path: Path, policy: Policy, drafts: dict[str, Draft]
) -> None:
    done = audited(drafts["budget"], suffix, tmp_path, policy)
    assert (done.identity.kind, done.identity.unit, done.identity.year) == (
        "budget",
        BUDGET.unit,
        BUDGET.year,
    )
    assert not [(f.rule, f.quote, f.printed, f.message) for f in done.shown]
    assert done.counts["pass"] >= least


@pytest.mark.parametrize(("place", "right", "wrong", "nth"), PLANTED)
def test_a_wrong_figure_is_found_and_named(
    place: str, right: str, wrong: str, nth: int, tmp_path: Path, policy: Policy, drafts: dict[str, Draft]
) -> None:
    done = audited(drafts[place].changed(right, wrong, nth), "html", tmp_path, policy)
    figure = re.findall(r"\d[\d,]*\.\d+", wrong)[-1]
    assert any(figure in f"{f.printed}{f.quote}" for f in done.shown), [
        (f.rule, f.printed) for f in done.shown
    ]
    assert len(done.shown) == 1


@pytest.mark.parametrize(("place", "right", "wrong", "rule"), LABELS)
def test_a_wrong_name_or_form_is_found(
    place: str, right: str, wrong: str, rule: str, tmp_path: Path, policy: Policy, drafts: dict[str, Draft]
) -> None:
    done = audited(drafts[place].changed(right, wrong), "html", tmp_path, policy)
    assert rule in {f.rule for f in done.shown}, [(f.rule, f.quote) for f in done.shown]
