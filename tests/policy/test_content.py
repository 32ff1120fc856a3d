"""What the packaged entries say, against the papers that they rest on."""

import json
from datetime import date
from pathlib import Path

import pytest
from tests.policy.overlays import entry, overlay

from yiheng.policy import VALIDATORS, Policy, PolicyError

SHENZHEN = "440300"
OWN_TYPES = {"classification", "mapping", "code_change", "jurisdiction", "threshold", "deadline"}


def test_every_type_that_this_room_reads_has_a_validator_and_passes_it() -> None:
    policy = Policy.load()
    assert set(VALIDATORS) == OWN_TYPES
    assert policy.problems(VALIDATORS) == []


def test_the_published_split_of_basic_spending_follows_the_mapping(shared: Path) -> None:
    """2023 表8, 基本支出 column: 人员 6,208, 公用 616, 个人和家庭 100 as printed in 第三部分."""
    content = json.loads((shared / "gold" / "budget-2023-szybzx.json").read_text(encoding="utf-8"))
    (table,) = [table for table in content["tables"] if table["table"] == "表8"]
    column = table["columns"].index("基本支出")
    totals: dict[str, int] = {}
    for row in table["rows"]:
        if len(row[1]) == 3:
            kind = Policy.load().mapped("economic.basic-kind", row[1], SHENZHEN, date(2023, 1, 1))
            totals[kind] = totals.get(kind, 0) + int(row[column].replace(",", "") or 0)
    assert {kind: totals[kind] for kind in ("staff", "office", "household")} == {
        "staff": 6208,
        "office": 616,
        "household": 100,
    }
    assert totals[""] == 0


def test_a_finer_code_maps_as_its_listed_prefix_and_an_unlisted_one_to_nothing() -> None:
    def mapped(id: str, code: str) -> str:
        return Policy.load().mapped(id, code, SHENZHEN, date(2021, 1, 1))

    assert mapped("economic.basic-kind", "31013") == "office"
    assert mapped("economic.basic-kind", "30307") == "household"
    assert mapped("economic.basic-kind", "313") == ""
    assert mapped("economic.three-public", "30231") == "vehicle_running"
    assert mapped("economic.three-public", "302") == ""
    assert mapped("procurement.kind", "A02010104") == "goods"


def test_the_approval_limit_records_that_its_text_is_ambiguous() -> None:
    rule = Policy.load().get("threshold.approval", SHENZHEN, date(2020, 6, 1))
    assert rule.unit == "元"
    assert [(band["up_to"], band["includes_limit"], band["decider"]) for band in rule.value["bands"]] == [
        (50000, True, "中心负责人"),
        (None, False, "领导办公会"),
    ]
    assert rule.value["ambiguous"][0]["amount"] == 50000
    assert rule.cite() == "《深圳市医疗保险基金管理中心2020年度部门决算》附件1“项目监督情况”"


def test_deadlines_say_days_their_kind_and_both_ends() -> None:
    policy = Policy.load()
    signing = policy.get("threshold.contract-signing", SHENZHEN, date(2021, 1, 1)).value
    assert (signing["days"], signing["day_kind"]) == (10, "working")
    disclosure = policy.get("deadline.disclosure", "440100", date(2021, 1, 1))
    assert (disclosure.value["days"], disclosure.value["day_kind"]) == (20, "calendar")
    assert disclosure.cite() == "《中华人民共和国预算法》第十四条"
    report = policy.get("deadline.monitoring-report", SHENZHEN, date(2023, 1, 1)).value
    assert (report["month"], report["day"]) == (8, 31)


@pytest.mark.parametrize(
    ("name", "codes"),
    [
        ("fund", ("general", "gov_fund", "state_capital", "none")),
        (
            "source",
            (
                "appropriation",
                "special_account",
                "institution",
                "business",
                "superior",
                "subordinate",
                "other",
                "carryover",
            ),
        ),
        ("program", ("basic", "duty", "special", "investment")),
        ("category", ("basic", "project", "remit_up", "operating", "subsidy_down")),
        ("three_public_item", ("abroad", "reception", "vehicle_purchase", "vehicle_running")),
        ("basic_kind", ("staff", "office", "household")),
        (
            "view",
            (
                "joint",
                "function",
                "economic",
                "project",
                "project_form",
                "class",
                "basic_kind",
                "item",
                "total",
            ),
        ),
        ("project_type", ("02", "03", "06")),
        ("period_type", ("01", "02")),
        ("arrangement", ("01",)),
        ("purpose", ("09001", "09002")),
        ("office", ("14",)),
        ("vehicle_kind", ("一般公务用车", "一般执法执勤用车", "特种专业技术用车", "其他用车")),
        ("headcount_kind", ("行政", "事业", "雇员", "编外", "退休", "离休")),
    ],
)
def test_the_vocabulary_of_the_ledger(name: str, codes: tuple[str, ...]) -> None:
    assert Policy.load().classification(name, date(2021, 1, 1), SHENZHEN).codes == codes


@pytest.mark.parametrize(
    ("type", "value", "said"),
    [
        ("mapping", '{from: economic, to: basic_kind, map: {"301": nobody}}', "map.301"),
        ("mapping", '{from: economic, to: no_such, map: {"301": a}}', "没有分类 no_such"),
        ("mapping", "{from: economic, to: basic_kind, map: [a]}", "value.map"),
        ("code_change", "{classification: function, from: '1', to: '9999999', reason: 无}", "value.to"),
        ("code_change", "{classification: function, from: '1'}", "reason"),
        ("threshold", "{bands: []}", "unit"),
        ("deadline", "{days: 0, day_kind: lunar, from: 甲, to: 乙}", "day_kind"),
        ("deadline", "{month: 13, day: 1, to: 乙}", "month"),
    ],
)
def test_an_own_entry_that_does_not_fit_its_type_is_refused(
    tmp_path: Path, type: str, value: str, said: str
) -> None:
    with pytest.raises(PolicyError, match=said):
        Policy.load(overlay(tmp_path, cn_4403__odd=entry("test.odd", type=type, value=value)))


@pytest.mark.parametrize(
    ("bands", "said"),
    [
        ("{up_to: null, includes_limit: true}", ""),
        ("{up_to: 9, includes_limit: true}", "末档"),
        ("{up_to: 9, includes_limit: true}, {up_to: 5, includes_limit: true}, {up_to: null, includes_limit: true}",
         "由低到高"),
        ("{up_to: 9}, {up_to: null, includes_limit: true}", "含本数"),
    ],
)  # fmt: skip
def test_the_bands_of_a_limit_rise_and_say_whose_the_limit_is(tmp_path: Path, bands: str, said: str) -> None:
    text = entry("test.limit", type="threshold", value=f"{{bands: [{bands}]}}") + "  unit: 元\n"
    folder = overlay(tmp_path, cn_4403__odd=text)
    if not said:
        assert Policy.load(folder)
        return
    with pytest.raises(PolicyError, match=said):
        Policy.load(folder)
