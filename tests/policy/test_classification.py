"""Classifications as they stand on a day: names, levels, labels, and why a code cannot be used."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from tests.policy.overlays import entry, overlay

from yiheng.policy import Classification, Policy, PolicyNotInForce, PolicyUnknown

SHENZHEN = "440300"


def function(year: int, jurisdiction: str = SHENZHEN) -> Classification:
    return Policy.load().classification("function", date(year, 12, 31), jurisdiction)


def economic(year: int) -> Classification:
    return Policy.load().classification("economic", date(year, 12, 31), SHENZHEN)


def gold(shared: Path, name: str) -> dict[str, Any]:
    content: dict[str, Any] = json.loads((shared / "gold" / name).read_text(encoding="utf-8"))
    return content


def printed_2020(content: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    for table in content["tables"]:
        kind = "economic" if table["code"] == "公开06表" else "function"
        for row in table.get("rows", ()):
            if row.get("科目编码"):
                yield kind, row["科目编码"], row["科目名称"]


def printed_by_number(content: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    """Printed codes with names, and the codes that the transcription puts beside names printed alone."""
    for table in content["tables"]:
        columns = table.get("columns", [])
        kind = "economic" if "经济分类" in table["title"] else "function"
        if "科目编码" in columns:
            code, name = columns.index("科目编码"), columns.index("科目名称")
            for row in table["rows"]:
                if row[code]:
                    yield kind, row[code], row[name]
        for code, row in zip(table.get("expenditure_codes", ()), table.get("rows", ()), strict=False):
            if code:
                yield "function", code, row[2].split("、", 1)[-1]
        for code, row in zip(table.get("economic_codes", ()), table.get("rows", ()), strict=False):
            if code:
                yield "economic", code, row[0]
        if "品目编码" in columns:
            for row in table["rows"]:
                if row[1]:
                    yield "procurement", row[1], row[2]


@pytest.mark.parametrize(
    ("name", "year", "kinds"),
    [
        ("accounts-2020-szybzx.json", 2020, {"function": 23, "economic": 80}),
        ("budget-2021-szyb.json", 2021, {"function": 33, "procurement": 17}),
        ("budget-2023-szybzx.json", 2023, {"function": 24, "economic": 40}),
    ],
)
def test_every_code_in_the_published_tables_is_known_by_the_name_printed(
    shared: Path, name: str, year: int, kinds: dict[str, int]
) -> None:
    content = gold(shared, name)
    printed = set(printed_2020(content) if year == 2020 else printed_by_number(content))
    policy = Policy.load()
    for kind, count in kinds.items():
        known = policy.classification(kind, date(year, 12, 31), SHENZHEN)
        of_kind = [(code, label) for found, code, label in printed if found == kind]
        assert len({code for code, _ in of_kind}) == count
        wrong = [(code, label) for code, label in of_kind if label not in known.names(code)]
        assert wrong == []


def test_names_change_with_the_year() -> None:
    assert function(2020).name("20805") == "行政事业单位离退休"
    assert function(2021).name("20805") == function(2023).name("20805") == "行政事业单位养老支出"
    assert function(2020).names("210") == ("卫生健康支出", "医疗卫生与计划生育支出")
    assert function(2021).names("210") == ("卫生健康支出",)


def test_the_21_classes_of_the_final_accounts_are_there_in_order(shared: Path) -> None:
    (table,) = [t for t in gold(shared, "accounts-2020-szybzx.json")["tables"] if t["code"] == "公开01表"]
    names = [row["项目"].split("、", 1)[1] for row in table["支出"][:21]]
    classes = function(2020)
    assert [classes.label_to_code(name) for name in names] == list(classes.children())


def test_levels_parents_and_children_of_a_hierarchy() -> None:
    known = function(2021)
    assert [known.level(code) for code in ("210", "21015", "2101505")] == [1, 2, 3]
    assert known.parent("2101505") == "21015" and known.parent("210") == ""
    assert known.ancestors("2101505") == ("21015", "210")
    assert known.children("20805") == ("2080501", "2080502", "2080505", "2080506")
    assert list(known.codes) == sorted(known.codes)
    assert economic(2020).level("30231") == 2 and economic(2020).parent("30231") == "302"


def test_a_parent_that_no_paper_prints_is_skipped() -> None:
    items = Policy.load().classification("procurement", date(2021, 1, 1), SHENZHEN)
    assert items.parent("A02021101") == "A"
    assert items.parent("C0399") == "C"


def test_flat_lists_keep_their_order() -> None:
    stages = Policy.load().classification("stage", date(2021, 1, 1), SHENZHEN)
    assert stages.codes == ("one_up", "one_down", "two_up", "two_down", "approved", "adjusted")
    assert stages.level("approved") == 1 and stages.parent("approved") == ""


@pytest.mark.parametrize("label", ["02", "经常性项目", "02 经常性项目", "02经常性项目", " ０２　经常性项目 "])
def test_a_label_is_a_code_a_name_or_both(label: str) -> None:
    kinds = Policy.load().classification("period_type", date(2021, 1, 1), SHENZHEN)
    assert kinds.label_to_code(label) == "02"


def test_full_width_brackets_do_not_matter_in_a_label() -> None:
    items = Policy.load().classification("three_public_item", date(2021, 1, 1), SHENZHEN)
    assert items.label_to_code("因公出国(境)费") == items.label_to_code("因公出国（境）费") == "abroad"


def test_two_spellings_that_fold_to_one_label_are_no_ambiguity(tmp_path: Path) -> None:
    value = "{name: odd, label: 怪, codes: [{code: a, name: 甲（乙）, also: [甲(乙)]}]}"
    folder = overlay(tmp_path, cn_4403__odd=entry("classification.odd", type="classification", value=value))
    odd = Policy.load(folder).classification("odd", date(2021, 1, 1), SHENZHEN)
    assert odd.label_to_code("甲（乙）") == "a"


def test_a_label_of_several_codes_or_of_none_is_refused() -> None:
    with pytest.raises(PolicyUnknown, match=r"对应多个编码：399 其他支出、39999 其他支出"):
        economic(2020).label_to_code("其他支出")
    with pytest.raises(PolicyUnknown, match="没有“住房补助”"):
        function(2021).label_to_code("住房补助")
    assert economic(2020).candidates("其他支出") == ("399", "39999")


def test_a_code_of_another_year_says_its_years_and_what_replaced_it() -> None:
    known = function(2023)
    assert not known.knows("2080502") and function(2022).knows("2080502")
    text = known.why_not("2080502")
    for said in (
        "事业单位离退休",
        "2021—2022 年",
        "2023 年起改用 2080501（行政单位离退休）",
        "参照公务员法管理",
    ):
        assert said in text
    assert "2101501（行政运行）" in known.why_not("2101550")
    assert [change.value["to"] for change in known.replaced_by("2101550")] == ["2101501"]
    with pytest.raises(PolicyUnknown, match="2080501"):
        known.name("2080502")


def test_a_code_before_its_first_year_says_so_and_names_no_replacement() -> None:
    text = function(2020).why_not("2100410")
    assert "2023 年起" in text and "改用" not in text
    assert function(2021).why_not("2080502") == ""
    assert function(2021).replaced_by("2080502") == ()


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("21", "现为 2 位"),
        ("2101577", "2101506 医疗保障经办事务"),
        ("999", "请核对编码"),
        ("21015055", "现为 8 位"),
    ],
)
def test_an_unknown_code_says_why(code: str, said: str) -> None:
    assert said in function(2021).why_not(code)


def test_an_unknown_code_of_a_short_list_names_the_list() -> None:
    funds = Policy.load().classification("fund", date(2021, 1, 1), SHENZHEN)
    assert "gov_fund 政府性基金预算" in funds.why_not("government")


def test_asking_before_the_first_year_or_for_no_classification_is_an_error() -> None:
    with pytest.raises(PolicyNotInForce, match="2020-01-01"):
        function(2019)
    with pytest.raises(PolicyUnknown, match="没有分类 colour"):
        Policy.load().classification("colour", date(2021, 1, 1), SHENZHEN)


def test_a_city_code_is_not_known_next_door() -> None:
    assert function(2021, SHENZHEN).knows("2101550")
    assert not function(2021, "440100").knows("2101550")


def test_an_own_list_adds_codes_and_a_complete_one_stands_alone(tmp_path: Path) -> None:
    head = "name: function, label: 支出功能分类科目, levels: [3, 5, 7]"
    codes = 'codes: [{code: "224", name: 灾害防治及应急管理支出}]'
    added = entry("classification.own", type="classification", value=f"{{{head}, {codes}}}")
    policy = Policy.load(overlay(tmp_path / "a", cn_4403__own=added))
    merged = policy.classification("function", date(2021, 1, 1), SHENZHEN)
    assert merged.knows("224") and merged.knows("210")
    alone = entry("classification.own", type="classification", value=f"{{{head}, complete: true, {codes}}}")
    policy = Policy.load(overlay(tmp_path / "b", cn_4403__own=alone))
    full = policy.classification("function", date(2021, 1, 1), SHENZHEN)
    assert full.codes == ("224",)
    assert "不在完整科目表内，依据《试验文件》" in full.why_not("210")


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("{name: odd, label: 怪, codes: [{code: a, name: 甲}, {code: a, name: 乙}]}", "重复"),
        ("{name: odd, label: 怪, levels: [3], codes: [{code: '12', name: 甲}]}", "长 2 位"),
        ("{name: odd, label: 怪, codes: [{code: 201, name: 甲}]}", "文字的 code 和 name"),
        ("{name: odd, label: 怪, codes: [{code: a, name: 甲, colour: 红}]}", "colour"),
        ("{name: odd, label: 怪, codes: [{code: a, name: 甲, also: 乙}]}", "应是列表"),
        ("{name: odd, label: 怪, codes: []}", "没有编码"),
        ("{label: 怪, codes: [{code: a, name: 甲}]}", "name"),
        ("3", "应是键值对"),
    ],
)
def test_a_classification_that_is_not_one_is_refused(tmp_path: Path, value: str, said: str) -> None:
    text = entry("classification.odd", type="classification", value=value)
    with pytest.raises(Exception, match=said):
        Policy.load(overlay(tmp_path, cn_4403__odd=text))
