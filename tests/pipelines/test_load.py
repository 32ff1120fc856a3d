"""Loading from file to ledger: what is wrong is told at once and changes nothing; what is right is written once."""

from pathlib import Path
from typing import Any

import openpyxl
import pytest
from tests.pipelines.packages import JOINT, LINE_HEAD, LINES, OTHER, UNITS, Table, changed, workbook

from yiheng.ledger.difference import Plan
from yiheng.ledger.models import BudgetLine, Load, Unit, current
from yiheng.pipelines import workbook as pipeline_workbook
from yiheng.pipelines.load import LoadReport, load
from yiheng.pipelines.progress import Cancelled
from yiheng.pipelines.workbook import Format, NothingToExport, export

pytestmark = pytest.mark.django_db

WAN = 10**6


def run(*paths: Path, **options: Any) -> LoadReport:
    return load(paths, "测试", **options)


def amounts() -> dict[str, int]:
    return dict(current(BudgetLine).values_list("key", "amount"))


def assert_untouched(report: LoadReport) -> None:
    assert report.status == "refused"
    assert not report.ok
    assert not Load.objects.exists()
    assert not Unit.objects.exists()


def kinds(report: LoadReport) -> set[str]:
    return {problem.kind for problem in report.problems}


def test_a_department_year_is_loaded_once(tmp_path: Path) -> None:
    path = workbook(tmp_path / "甲.xlsx")
    report = run(path)
    assert (report.status, report.problems) == ("loaded", [])
    assert report.rows == {"units": 2, "department_years": 1, "budget_lines": 2}
    assert amounts() == {"y1": 123_456_789, "y2": 11}
    again = run(path)
    assert again.status == "unchanged"
    assert again.ok
    assert Load.objects.count() == 1
    assert "与台账一致" in again.describe()


@pytest.mark.parametrize(
    ("lines", "kind", "cell"),
    [
        pytest.param(changed(1, "功能分类科目", "9999999"), "编码不可用", "G2", id="wrong code"),
        pytest.param(changed(1, "功能分类科目", "2080502"), "编码不可用", "G2", id="code of another year"),
        pytest.param(changed(1, "金额", "约三百万"), "金额不是数字", "L2", id="text in a money cell"),
        pytest.param(changed(1, "金额", -5), "金额为负", "L2", id="negative budget"),
        pytest.param(changed(2, "行号", "y1"), "键重复", "A3", id="duplicate key"),
        pytest.param(changed(1, "单位", "yi"), "引用的键不存在", "B2", id="unknown unit"),
        pytest.param(changed(1, "口径", "按功能分类"), "口径混用", "E2", id="joint and single view"),
        pytest.param(
            (*LINES, ("合计", *[None] * 10, 1234568)), "合计行不能作为明细", "A4", id="total by name"
        ),
        pytest.param(changed(0, "金额", "金额（万元）"), "金额单位矛盾", "L1", id="header in 万元"),
        pytest.param(changed(1, "金额", 0.123), "金额细于一分", "L2", id="finer than a fen"),
    ],
)
def test_bad_rows_change_nothing(tmp_path: Path, lines: Table, kind: str, cell: str) -> None:
    report = run(workbook(tmp_path / "甲.xlsx", lines, 说明=(("金额单位", "元"),)))
    assert_untouched(report)
    assert (kind, cell) in {(problem.kind, problem.cell) for problem in report.problems}
    assert all(problem.remedy and problem.reason for problem in report.problems)


def test_a_negative_amount_is_shown_as_it_was_typed(tmp_path: Path) -> None:
    report = run(workbook(tmp_path / "甲.xlsx", changed(1, "金额", "-1,200.5"), 说明=(("金额单位", "万元"),)))
    (problem,) = [problem for problem in report.problems if problem.kind == "金额为负"]
    assert (problem.cell, problem.value) == ("L2", "-1,200.5")


def test_a_total_smuggled_in_as_a_leaf_by_a_coarser_code(tmp_path: Path) -> None:
    total = ("y3", *JOINT[:5], "210", *JOINT[6:], 1234568.00)
    report = run(workbook(tmp_path / "甲.xlsx", (*LINES, total)))
    assert_untouched(report)
    assert {(problem.row, problem.sheet) for problem in report.problems} == {(4, "支出预算")}


def test_a_total_of_a_department_smuggled_in_as_a_leaf(tmp_path: Path) -> None:
    total = ("y3", "ju", *JOINT[1:5], "2101501", None, *JOINT[7:], 1234568.00)
    report = run(workbook(tmp_path / "甲.xlsx", (*LINES, total)))
    assert_untouched(report)
    assert {problem.row for problem in report.problems} == {4}


def test_missing_sheet(tmp_path: Path) -> None:
    path = tmp_path / "甲.csv"
    lines = tmp_path / "budget_lines.csv"
    lines.write_text("\n".join(",".join(map(str, row)) for row in LINES), encoding="gbk")
    report = run(lines)
    assert_untouched(report)
    assert not path.exists()
    assert kinds(report) == {"缺少工作表"}
    assert report.notes == ["budget_lines.csv：按 GB18030（GBK） 编码读取"]


def test_control_total_that_does_not_close(tmp_path: Path) -> None:
    control = (("工作表", "控制数"), ("支出预算", 1234568))
    assert run(workbook(tmp_path / "好.xlsx", 控制数=control)).ok
    wrong = (("工作表", "控制数"), ("支出预算", 1234567.89))
    report = run(workbook(tmp_path / "坏.xlsx", changed(1, "金额", 5), 控制数=wrong))
    assert report.status == "refused"
    assert kinds(report) == {"控制数对不上"}
    assert amounts()["y1"] == 123_456_789


def test_every_problem_of_every_kind_at_once(tmp_path: Path) -> None:
    lines = changed(2, "功能分类科目", "9999999", changed(1, "金额", "五"))
    bad_units = (*UNITS, ("yi", None, None, "乙", None))
    path = workbook(tmp_path / "甲.xlsx", lines, 控制数=(("工作表", "控制数"), ("单位表", 1)))
    other = tmp_path / "单位.csv"
    other.write_text(
        "\n".join(",".join("" if v is None else v for v in row) for row in bad_units), encoding="utf-8-sig"
    )
    broken = tmp_path / "坏.xlsx"
    broken.write_bytes(b"PK\x03\x04")
    report = run(path, other, broken, tmp_path / "无.xlsx")
    assert_untouched(report)
    assert kinds(report) >= {
        "金额不是数字", "编码不可用", "控制数有误", "缺少必填值", "不在可选值内", "工作簿已损坏", "文件不存在",
    }  # fmt: skip
    assert len(report.as_json()["problems"]) == len(report.problems)
    assert "台账没有任何改动" in report.describe()


def test_ten_thousand_errors(tmp_path: Path) -> None:
    rows = [(f"y{n}", *JOINT[:5], f"99{n:05}", *JOINT[6:], 1) for n in range(10_000)]
    report = run(workbook(tmp_path / "甲.xlsx", (LINE_HEAD, *rows)))
    assert_untouched(report)
    assert len(report.problems) >= 10_000
    assert len(report.describe().splitlines()) < 100


def test_changes_and_removals_need_confirmation(tmp_path: Path) -> None:
    run(workbook(tmp_path / "一.xlsx"))
    second = workbook(tmp_path / "二.xlsx", (LINE_HEAD, ("y1", *JOINT, 5), ("y3", *OTHER, 7)))
    declined = run(second)
    assert declined.status == "declined"
    assert amounts() == {"y1": 123_456_789, "y2": 11}
    asked: list[Plan] = []

    def confirm(plan: Plan) -> bool:
        asked.append(plan)
        return True

    report = run(second, confirm=confirm)
    assert report.status == "loaded"
    assert amounts() == {"y1": 500, "y3": 700}
    (plan,) = asked
    assert plan.counts()["budget_lines"] == {"add": 1, "change": 1, "remove": 1, "unchanged": 0}
    assert (
        BudgetLine.objects.count() == 5
    )  # nothing is overwritten: a correction and a reversal stand beside the old


@pytest.mark.parametrize("step", range(6))
def test_stopped_at_any_step_nothing_is_written(tmp_path: Path, step: int) -> None:
    def stop(title: str, done: int, total: int) -> None:
        if done == step:
            raise Cancelled

    report = run(workbook(tmp_path / "甲.xlsx"), progress=stop)
    assert report.status == "cancelled"
    assert not Load.objects.exists()
    assert run(workbook(tmp_path / "甲.xlsx")).ok


def test_steps_are_told_in_order(tmp_path: Path) -> None:
    seen: list[tuple[str, int, int]] = []
    run(workbook(tmp_path / "甲.xlsx"), progress=lambda *told: seen.append(told))
    assert [title for title, _, _ in seen] == [
        "打开文件", "读取表格", "核对数据", "与台账比较", "等待确认", "写入台账", "写入台账",
    ]  # fmt: skip
    assert [done for _, done, _ in seen] == [0, 1, 2, 3, 4, 5, 6]


class TestMapping:
    """Exports of other systems."""

    text = """
sheets:
  支出预算:
    from: 批复明细
    columns: {编号: key, 单位名称: unit, 功能: function, 经济: economic, "金额(万元)": amount}
    values: {unit: {甲中心: jia}}
    constants:
      {year: 2023, stage: 批复, view: 全维度, category: 基本支出, fund: general, source: appropriation, program: basic}
"""

    def export(self, tmp_path: Path) -> Path:
        rows = (("编号", "单位名称", "功能", "经济", "金额（万元）"), ("a", "甲中心", 2101501, 30101, 12.5))
        return workbook(tmp_path / "导出.xlsx", 批复明细=rows)

    def test_a_saved_mapping_by_name(self, tmp_path: Path) -> None:
        run(workbook(tmp_path / "甲.xlsx", (LINE_HEAD,)))
        folder = tmp_path / "mappings"
        folder.mkdir()
        (folder / "财政.yaml").write_text(self.text, encoding="utf-8")
        report = run(self.export(tmp_path), mapping="财政", home=tmp_path)
        assert report.problems == []
        assert amounts() == {"a": 125_000_00}

    def test_an_unknown_mapping_names_the_nearest(self, tmp_path: Path) -> None:
        (tmp_path / "mappings").mkdir()
        (tmp_path / "mappings" / "财政局.yaml").write_text(self.text, encoding="utf-8")
        report = run(self.export(tmp_path), mapping="财政", home=tmp_path)
        assert_untouched(report)
        assert [(p.kind, p.remedy) for p in report.problems] == [("没有这个列对应", "是否应为“财政局”？")]
        assert kinds(run(self.export(tmp_path), mapping="../财政", home=tmp_path)) == {"没有这个列对应"}

    def test_a_wrong_mapping_is_told_alone(self, tmp_path: Path) -> None:
        path = tmp_path / "错.yaml"
        path.write_text(self.text.replace("编号: key", "编号: 建"), encoding="utf-8")
        report = run(self.export(tmp_path), mapping=str(path), home=tmp_path)
        assert_untouched(report)
        assert kinds(report) == {"列对应有误"}


class TestExport:
    """The ledger out and in again."""

    @pytest.mark.parametrize("format", Format)
    def test_the_same_ledger_comes_back(self, tmp_path: Path, format: Format) -> None:
        run(workbook(tmp_path / "甲.xlsx"))
        target = tmp_path / ("a.xlsx" if format is Format.XLSX else "包")
        counts = export(target, format)
        assert counts == {"units": 2, "department_years": 1, "budget_lines": 2}
        assert run(target).status == "unchanged"
        assert export(target, format, "甲中心", 2023) == counts
        assert run(target).status == "unchanged"

    def test_two_exports_are_equal_to_the_byte(self, tmp_path: Path) -> None:
        run(workbook(tmp_path / "甲.xlsx"))
        for name in ("一", "二"):
            export(tmp_path / name / "包", Format.PACKAGE)
        for file in (tmp_path / "一" / "包").iterdir():
            assert file.read_bytes() == (tmp_path / "二" / "包" / file.name).read_bytes()

    def test_real_papers_come_back(self, tmp_path: Path, repository: Path) -> None:
        report = run(repository / "examples")
        assert report.problems == []
        assert {"szyb-2021-budget", "szybzx-2020-accounts", "szybzx-2023-budget"} <= set(report.files)
        for format, name in ((Format.XLSX, "a.xlsx"), (Format.PACKAGE, "包")):
            export(tmp_path / name, format)
            assert run(tmp_path / name).status == "unchanged"

    def test_nothing_to_export(self, tmp_path: Path) -> None:
        with pytest.raises(NothingToExport, match="yiheng load"):
            export(tmp_path / "a", Format.PACKAGE)
        run(workbook(tmp_path / "甲.xlsx"))
        with pytest.raises(NothingToExport, match="甲中心2023年部门预算"):
            export(tmp_path / "a", Format.PACKAGE, "jia", 2019)

    def test_a_folder_with_other_content_is_left_alone(self, tmp_path: Path) -> None:
        run(workbook(tmp_path / "甲.xlsx"))
        with pytest.raises(FileExistsError, match="换一个文件夹"):
            export(tmp_path, Format.PACKAGE)
        assert (tmp_path / "甲.xlsx").exists()


def test_the_empty_template_says_nothing_and_a_filled_one_loads(tmp_path: Path) -> None:
    pipeline_workbook.new(tmp_path / "空.xlsx")
    assert kinds(run(tmp_path / "空.xlsx")) == {"没有内容"}
    book = openpyxl.load_workbook(tmp_path / "空.xlsx")
    page = book["支出预算"]
    for index, value in enumerate(("y1", *JOINT, 5), 1):
        titles = {str(cell.value).rstrip("*"): cell.column for cell in page[1]}
        page.cell(2, titles[LINE_HEAD[index - 1]], value)
    for name, rows in (("单位", (("ju", "甲局"), ("jia", "甲中心"))), ("部门年度", ())):
        for number, (key, title) in enumerate(rows, 2):
            for column, value in {
                "键": key,
                "单位名称": title,
                "单位类别": "基层单位",
                "地区": "440300",
            }.items():
                at = next(cell.column for cell in book[name][1] if str(cell.value).rstrip("*") == column)
                book[name].cell(number, at, value)
    book.save(tmp_path / "填.xlsx")
    report = run(tmp_path / "填.xlsx")
    assert report.problems == []
    assert amounts() == {"y1": 500}


def test_the_template_helps_to_fill_it_in(tmp_path: Path) -> None:
    pipeline_workbook.new(tmp_path / "空.xlsx")
    book = openpyxl.load_workbook(tmp_path / "空.xlsx")
    assert book.sheetnames[:3] == ["说明", "示例", "来源文件"]
    assert book.sheetnames[-2:] == ["控制数", "选项"]
    page = book["支出预算"]
    assert page.freeze_panes == "B2"
    heads = {str(cell.value).rstrip("*"): cell for cell in page[1]}
    assert all(cell.comment for cell in heads.values())
    assert "示例：2101501" in heads["功能分类科目"].comment.text
    lists = {str(rule.sqref).split(":")[0]: rule for rule in page.data_validations.dataValidation}
    function = lists[heads["功能分类科目"].column_letter + "2"]
    sheet, area = function.formula1.split("!")
    assert sheet == "'选项'"
    offered = [row[0].value for row in book["选项"][area.replace("$", "")]]
    assert "2101501 行政运行" in offered
    assert lists[heads["单位"].column_letter + "2"].formula1 == "'单位'!$A$2:$A$1000"
    assert lists[heads["金额"].column_letter + "2"].type == "decimal"
    assert any(cell.value == "1234567.89" for row in book["示例"].iter_rows() for cell in row)


def test_a_change_is_told_with_the_names_of_its_codes(tmp_path: Path) -> None:
    assert load([workbook(tmp_path / "a.xlsx")], "测试").ok
    moved = workbook(tmp_path / "b.xlsx", changed(2, "经济分类科目", "30103"))
    told: list[str] = []

    def decline(plan: Plan) -> bool:
        told.append(plan.describe())
        return False

    assert load([moved], "测试", decline).status == "declined"
    assert "经济分类科目：30102 津贴补贴 → 30103 奖金" in told[0]
