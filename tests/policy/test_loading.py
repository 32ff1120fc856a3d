"""Reading entries: what is refused, with every problem at once, and how an overlay lies on the packaged data."""

from pathlib import Path

import pytest
from tests.policy.overlays import entry, overlay

from yiheng.policy import Policy, PolicyError, Problem


def problems(folder: Path) -> tuple[Problem, ...]:
    with pytest.raises(PolicyError) as caught:
        Policy.load(folder)
    assert str(len(caught.value.problems)) in str(caught.value)
    return caught.value.problems


def test_packaged_data_loads_and_every_entry_names_its_document() -> None:
    policy = Policy.load()
    assert len(policy.entries) > 40
    assert all(item.source.document for item in policy.entries)
    assert not any(item.overlay for item in policy.entries)


def test_an_overlay_adds_entries_marked_as_the_users_own(tmp_path: Path) -> None:
    policy = Policy.load(overlay(tmp_path, cn_4403__rules=entry()))
    own = [item for item in policy.entries if item.overlay]
    assert [item.id for item in own] == ["test.rule"]
    assert len(policy.entries) == len(Policy.load().entries) + 1


def test_an_overlay_entry_of_the_same_id_jurisdiction_and_first_day_takes_the_packaged_ones_place(
    tmp_path: Path,
) -> None:
    value = "{days: 15, day_kind: working, from: 中标, to: 签约}"
    text = entry("threshold.contract-signing", type="deadline", value=value)
    policy = Policy.load(overlay(tmp_path, cn_4403__deadlines=text))
    found = [item for item in policy.entries if item.id == "threshold.contract-signing"]
    assert [(item.value["days"], item.overlay) for item in found] == [(15, True)]


def test_an_overlay_entry_that_overlaps_a_packaged_one_is_refused_naming_both(tmp_path: Path) -> None:
    text = entry("threshold.contract-signing", valid_from="2024-01-01")
    (problem,) = problems(overlay(tmp_path, cn_4403__later=text))
    assert "2024-01-01" in problem.reason and "2020-01-01" in problem.reason
    assert "later.yaml" in problem.reason and "data/cn-4403/deadlines.yaml" in problem.reason
    assert "valid_to" in problem.remedy


def test_entries_that_follow_each_other_by_a_day_do_not_overlap_but_a_shared_day_does(tmp_path: Path) -> None:
    first = entry(valid_to="2020-12-31")
    overlay(tmp_path / "good", cn_4403__rules=first + entry(valid_from="2021-01-01"))
    assert Policy.load(tmp_path / "good")
    overlay(tmp_path / "bad", cn_4403__rules=first + entry(valid_from="2020-12-31"))
    assert len(problems(tmp_path / "bad")) == 1


def test_the_same_id_in_two_jurisdictions_is_no_overlap(tmp_path: Path) -> None:
    overlay(tmp_path, cn_4403__rules=entry(), cn_44__rules=entry(jurisdiction="440000"))
    assert Policy.load(tmp_path)


@pytest.mark.parametrize(
    ("line", "path"),
    [
        ("{rate: 0.05}", "value.rate"),
        ("{steps: [1, {rate: 1e3}]}", "value.steps[1].rate"),
        ("1.5", "value"),
        (".inf", "value"),
        ("{rate: -.5}", "value.rate"),
    ],
)
def test_a_float_anywhere_in_a_value_is_refused_with_its_path(tmp_path: Path, line: str, path: str) -> None:
    (problem,) = problems(overlay(tmp_path, cn_4403__rules=entry(value=line)))
    assert problem.file.endswith("cn-4403/rules.yaml")
    assert problem.id == "test.rule"
    assert problem.path == f"[0].{path}"
    assert "浮点数" in problem.reason and "引号" in problem.remedy


@pytest.mark.parametrize("code", ["0102025", "012", "1:30", "on", "yes", "1_000"])
def test_plain_text_that_older_yaml_would_turn_into_something_else_stays_text(
    tmp_path: Path, code: str
) -> None:
    policy = Policy.load(overlay(tmp_path, cn_4403__rules=entry(value=f"{{code: {code}}}")))
    (own,) = [item for item in policy.entries if item.overlay]
    assert own.value["code"] == code


@pytest.mark.parametrize("field", ["id", "type", "title", "valid_from", "source", "value", "jurisdiction"])
def test_each_required_field_is_asked_for(tmp_path: Path, field: str) -> None:
    lines = [line for line in entry().splitlines() if not line.strip(" -").startswith(f"{field}:")]
    text = "\n".join(lines).lstrip("\n")
    text = text if text.startswith("- ") else "- " + text.lstrip()
    assert any(problem.path.endswith(field) for problem in problems(overlay(tmp_path, cn_4403__rules=text)))


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("document: 试验文件, ", "", "没有文件名"),
        ("document: 试验文件", "document: 2020", "应是文字"),
        ("number:", "numbre:", "numbre"),
        ("valid_to: null", "valid_to: 2019-12-31", "早于生效日"),
        ("valid_from: 2020-01-01", 'valid_from: "2020-01-01"', "不是日期"),
        ("title:", "titel:", "titel"),
        ("id: test.rule", "id: 规则", "写法不对"),
        ("title: 试验条目", "title: 12", "应是文字"),
        ('jurisdiction: "440300"', 'jurisdiction: "440100"', "与所在目录"),
        ('jurisdiction: "440300"', "jurisdiction: 440300", "与所在目录"),
        ("valid_from: 2020-01-01", "valid_from: 2020-13-01", "不成立的值"),
        ("value: 1", "value: {a: 1, a: 2}", "重复"),
        ("value: 1", "value: {a: [1}", "YAML 写法有误"),
        ("value: 1", "value: {true: 1}", "应是文字或整数"),
        ("value: 1", "value: {[1]: 1}", "键应是文字"),
    ],
)
def test_what_is_wrong_with_an_entry_is_said(tmp_path: Path, old: str, new: str, said: str) -> None:
    text = entry()
    assert old in text
    found = problems(overlay(tmp_path, cn_4403__rules=text.replace(old, new)))
    assert any(said in problem.reason for problem in found)
    assert all(problem.remedy for problem in found)


def test_all_problems_of_all_files_come_at_once(tmp_path: Path) -> None:
    folder = overlay(
        tmp_path,
        cn_4403__one=entry(value="0.5") + entry("test.two", value="{rate: 0.1}"),
        cn_4403__two=b"\xff\xfe\x00",
        cn_4403__three="just text",
        cn_44__four=entry(),
        cn_4403__five=entry("threshold.approval", valid_from="2022-01-01"),
        somewhere__six=entry(),
    )
    found = problems(folder)
    text = "\n".join(map(str, found))
    for said in (
        "value.rate",
        "不是 UTF-8",
        "应是条目列表",
        "与所在目录",
        "有效期重叠",
        "不是辖区目录",
        "test.two",
    ):
        assert said in text
    assert len(found) >= 7


def test_a_broken_classification_is_reported_beside_other_problems(tmp_path: Path) -> None:
    broken = entry("classification.odd", type="classification", value="{name: odd}")
    (one, two) = problems(overlay(tmp_path, cn_4403__rules=broken + entry(value="0.5")))
    assert {one.id, two.id} == {"classification.odd", "test.rule"}


def test_a_folder_that_is_not_there_is_said(tmp_path: Path) -> None:
    (problem,) = problems(tmp_path / "none")
    assert "不存在" in problem.reason


def test_an_entry_of_a_division_without_an_entry_is_refused_until_the_overlay_brings_it(
    tmp_path: Path,
) -> None:
    rule = entry(jurisdiction="450100")
    (problem,) = problems(overlay(tmp_path, cn_4501__rules=rule))
    assert "450100" in problem.reason
    value = '{code: "450100", name: 南宁市, parent: "100000"}'
    place = entry("jurisdiction.450100", type="jurisdiction", jurisdiction="450100", value=value)
    policy = Policy.load(overlay(tmp_path, cn_4501__place=place))
    assert policy.jurisdiction("450100").parents == ("100000",)


def test_the_digest_is_of_the_content_and_not_of_files_or_order(tmp_path: Path) -> None:
    one, two = entry("test.one"), entry("test.two")
    digests = {
        Policy.load(overlay(tmp_path / "a", cn_4403__a=one + two)).digest,
        Policy.load(overlay(tmp_path / "b", cn_4403__x=two, cn_4403__y=one)).digest,
    }
    assert len(digests) == 1
    assert digests != {Policy.load().digest}
    assert len(digests.pop()) == 64


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("value: 1", "value: 2"),
        ("value: 1", 'value: "1"'),
        ("第一条", "第二条"),
        ("valid_to: null", "valid_to: 2030-12-31"),
        ("试验条目", "试验规则"),
    ],
)
def test_the_digest_changes_with_any_content(tmp_path: Path, old: str, new: str) -> None:
    before = Policy.load(overlay(tmp_path / "a", cn_4403__rules=entry())).digest
    after = Policy.load(overlay(tmp_path / "b", cn_4403__rules=entry().replace(old, new))).digest
    assert before != after
