"""`yiheng policy`: the dated rules shown, validated, and a code table imported into the user's own folder."""

from pathlib import Path

from tests.command import data, run


def test_the_list_and_one_entry(tmp_path: Path) -> None:
    text = run(tmp_path, "policy", "show", "threshold.approval").stdout
    assert "threshold.approval  支出审批权限分界" in text
    assert "up_to: 50000" in text
    assert "深圳市医疗保险基金管理中心2020年度部门决算" in text
    (entry,) = data(tmp_path, "policy", "show", "threshold.approval", "--on", "2021-06-30")
    assert entry["value"]["bands"][0]["up_to"] == 50000
    checks = data(tmp_path, "policy", "show", "--type", "check")
    assert {e["type"] for e in checks} == {"check"}
    assert f"共 {len(checks)} 条" in run(tmp_path, "policy", "show", "--type", "check").stdout


def test_wrong_questions(tmp_path: Path) -> None:
    assert "没有编号为 nothing 的政策条目" in run(tmp_path, "policy", "show", "nothing", code=2).stderr
    done = run(tmp_path, "policy", "show", "threshold.approval", "--on", "1999-01-01", code=2)
    assert "threshold.approval" in done.stderr
    assert "2020-01-01" in done.stderr
    assert "应写成 2021-06-30" in run(tmp_path, "policy", "show", "--on", "去年", code=2).stderr


def test_a_rule_of_one_place_needs_no_place(tmp_path: Path) -> None:
    (entry,) = data(tmp_path, "policy", "show", "threshold.approval", "--on", "2021-06-30")
    assert entry["jurisdiction"] == "440300"


def test_a_rule_of_several_places_asks_which(tmp_path: Path) -> None:
    """Nothing is loaded, so no unit says where its rules come from; the place is never guessed."""
    told = run(tmp_path, "policy", "show", "outline.evaluation", "--on", "2023-12-31", code=2).stderr
    assert "各地不同" in told and "440100 广州市" in told and "请用 --jurisdiction 指明辖区" in told
    (entry,) = data(
        tmp_path, "policy", "show", "outline.evaluation", "--on", "2023-12-31", "--jurisdiction", "440100"
    )
    assert entry["jurisdiction"] == "440100"


def test_the_units_of_the_ledger_say_the_place(home: Path) -> None:
    (entry,) = data(home, "policy", "show", "score.taxonomy", "--on", "2020-12-31")
    assert entry["jurisdiction"] == "440300"


def test_a_place_shows_what_applies_there(tmp_path: Path) -> None:
    shown = data(tmp_path, "policy", "show", "--jurisdiction", "440100")
    assert {e["jurisdiction"] for e in shown} <= {"440100", "440000", "100000"}
    done = run(tmp_path, "policy", "show", "threshold.approval", "--jurisdiction", "440100", code=2)
    assert "不适用于广州市，只适用于：深圳市" in done.stderr


def test_the_shipped_rules_are_valid(tmp_path: Path) -> None:
    found = data(tmp_path, "policy", "validate")
    assert found["problems"] == []
    assert f"校验 {found['entries']} 条，发现 0 个问题。" in run(tmp_path, "policy", "validate").stdout


def test_an_own_entry_that_is_wrong_is_told_with_its_place(tmp_path: Path) -> None:
    own = tmp_path / "policy" / "cn-4403" / "thresholds-own.yaml"
    own.parent.mkdir(parents=True)
    own.write_text("- id: threshold.own\n  type: threshold\n  title: 自定限额\n", encoding="utf-8")
    done = run(tmp_path, "policy", "validate", code=2)
    assert "thresholds-own.yaml" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_code_table_goes_into_the_own_folder(tmp_path: Path) -> None:
    table = tmp_path / "科目.csv"
    table.write_text(
        "科目编码,科目名称\n210,卫生健康支出\n21015,医疗保障管理事务\n2101599,其他支出\n", encoding="utf-8"
    )
    options = ["--classification", "function", "--document", "2024年政府收支分类科目", "--year", "2024"]
    told = run(tmp_path, "policy", "import", table, *options).stdout
    written = next((tmp_path / "policy").rglob("*.yaml"))
    assert told == f"已写入 {written}\n"
    assert any(entry["own"] for entry in data(tmp_path, "policy", "show", "--type", "classification"))
    table.write_text("科目编码,科目名称\n21X,坏行\n", encoding="utf-8")
    done = run(tmp_path, "policy", "import", table, *options, code=2)
    assert "21X" in done.stderr
