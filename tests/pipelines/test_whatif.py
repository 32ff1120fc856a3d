"""What-if and surveys over the published year 2020: other actuals, money and rules; composites from the counts."""

from __future__ import annotations

from pathlib import Path

import pytest

from yiheng.facts import DepartmentYear
from yiheng.ledger import queries
from yiheng.pipelines.load import load
from yiheng.pipelines.survey import measure_all
from yiheng.pipelines.whatif import data, suppose_all
from yiheng.policy import Policy
from yiheng.scoring.errors import ScoringError

pytestmark = pytest.mark.django_db

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"


@pytest.fixture
def accounts() -> DepartmentYear:
    assert load([EXAMPLES / "szybzx-2020-accounts"], "测试").ok
    return queries.department_year("szybzx", 2020, "accounts")


def test_another_actual_and_full_execution(accounts: DepartmentYear) -> None:
    found = suppose_all(
        accounts, Policy.load(), actuals={"szybzx-2020-f2-1-02": "6000人"}, weights={},
        executed={"szybzx-2020-f2-3": "23023000"},
    )  # fmt: skip
    totals = [(each["key"], each["before"], each["after"]) for each in map(data, found)]
    # 6000 / 6504 × 10 = 9.23 instead of 4.67; execution 10 instead of 5.7.
    assert totals == [("szybzx-2020-f2-1", 94.15, 98.71), ("szybzx-2020-f2-3", 90.67, 94.97)]


def test_the_national_rule_grades_and_excludes_what_does_not_apply(accounts: DepartmentYear) -> None:
    found = suppose_all(
        accounts, Policy.load(), actuals={}, weights={}, executed={}, rule="score.rule.project"
    )
    by_key = {each["key"]: each for each in map(data, found)}
    assert by_key["szybzx-2020-f2-5"]["grade"] == "优"
    assert by_key["szybzx-2020-f2-6"]["after"] == 99.89  # 10 × 98.889 % unrounded = 9.89; two rows share 90
    assert by_key["szybzx-2020-f2-1"]["after"] is None  # an actual that repeats its target waits for a person


def test_everything_that_cannot_be_supposed_is_told(accounts: DepartmentYear) -> None:
    with pytest.raises(ScoringError) as refused:
        suppose_all(
            accounts, Policy.load(), actuals={"nothing": "1"}, weights={"szybzx-2020-f2-1-02": "101"},
            executed={"nowhere": "1", "szybzx-2020-f2-1": "很多"},
        )  # fmt: skip
    lines = str(refused.value).split("\n")
    assert len(lines) == 4
    assert ["nothing" in lines[0], "nowhere" in lines[1], "101" in lines[2], "很多" in lines[3]] == [True] * 4


def test_composites_of_2020_from_the_counts(accounts: DepartmentYear) -> None:
    found = [each.data() for each in measure_all(accounts, Policy.load())]
    assert [(e["group"], e["answers"], e["composite"], e["printed"], e["verdict"]) for e in found] == [
        ("员工", 96, "97.786%", "97.78%", "truncated"),
        ("参保人", 122, "99.180%", "99.18%", "equal"),
        ("医疗机构", 142, "99.296%", "99.30%", "equal"),
    ]
    with pytest.raises(ScoringError, match="置信水平"):
        measure_all(accounts, Policy.load(), "42%")


def test_the_way_to_more_points_and_the_grade_by_the_national_bands(accounts: DepartmentYear) -> None:
    (each,) = suppose_all(
        accounts, Policy.load(), actuals={}, weights={"szybzx-2020-f2-5-02": "15"}, executed={}
    )
    shown = data(each)
    assert (shown["rule"], shown["graded_by"]) == ("score.rule.shenzhen-2020", "score.rule.project")
    assert (shown["weights"], shown["grade"], shown["open"]) == (102.5, "优", None)
    assert [row["key"][-2:] for row in shown["improvements"]] == ["02", "06", "01"]
    # 15 × 1131 ÷ 1200 = 14.1375 instead of 11.78.
    assert (shown["after"], shown["improvements"][0]["gain"]) == (100.28, 0.86)


def test_an_open_sheet_says_between_which_grades_it_will_end(accounts: DepartmentYear) -> None:
    found = suppose_all(
        accounts, Policy.load(), actuals={}, weights={}, executed={}, rule="score.rule.project"
    )
    shown = data(found[0])
    assert shown["after"] is None and shown["improvements"] == []
    assert shown["open"] == {
        "rows": [{"key": "szybzx-2020-f2-1-05", "name": "成本控制率"}],
        "low": 84.15, "low_grade": "良", "high": 94.15, "high_grade": "优",
    }  # fmt: skip
