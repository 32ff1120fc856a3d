"""`yiheng statements`, `check` and `explain` on the real papers, with and without `--json`."""

from pathlib import Path

import openpyxl
import pytest
from tests.command import data, run

CELL = "公开03表[合计, 项目支出]"


def test_statements_prints_the_tables(home: Path) -> None:
    text = run(home, "statements", "szybzx", 2020, "--table", "公开03表").stdout
    assert "公开03表 支出决算表    单位：万元" in text
    assert "201,787.58" in text
    assert "公开04表" not in text
    (table,) = data(home, "statements", "szybzx", 2020, "--table", "支出决算表")
    cells = {cell["address"]: cell for cell in table["cells"]}
    assert (cells[CELL]["printed"], cells[CELL]["fen"]) == ("196,075.57", 196_075_570_000)
    assert [t["code"] for t in data(home, "statements", "szybzx", 2020)] == [
        f"公开0{n}表" for n in range(1, 10)
    ]


def test_statements_writes_a_workbook(home: Path, tmp_path: Path) -> None:
    told = run(home, "statements", "szybzx", 2020, "--out", tmp_path / "表").stdout
    path = tmp_path / "表" / "szybzx-2020-accounts.xlsx"
    assert told == f"已写出 {path}\n"
    book = openpyxl.load_workbook(path, read_only=True)
    assert len([name for name in book.sheetnames if name.startswith("公开0")]) == 9
    assert [p.name for p in path.parent.iterdir()] == [path.name]
    run(home, "statements", "szybzx", 2020, "--out", tmp_path / "另.xlsx")
    assert (tmp_path / "另.xlsx").read_bytes() == path.read_bytes()


def test_a_table_that_is_not_there(home: Path) -> None:
    done = run(home, "statements", "szybzx", 2020, "--table", "公开10表", code=2)
    assert "没有表“公开10表”；现有：公开01表 收入支出决算总表" in done.stderr


def test_check_counts_the_four_outcomes(home: Path) -> None:
    text = run(home, "check", "szybzx", 2020).stdout
    found = data(home, "check", "szybzx", 2020)
    counts = found["counts"]
    assert (found["unit"], found["year"], found["kind"]) == ("szybzx", 2020, "accounts")
    assert counts["pass"] > 300
    assert (counts["fail"], counts["stops"]) == (0, 0)
    assert f"通过 {counts['pass']} 项，不通过 0 项" in text
    assert len(found["findings"]) == sum(
        counts[outcome] for outcome in ("pass", "fail", "not_applicable", "could_not_run")
    )
    tails = [f for f in found["findings"] if f["rounding_tail"]]
    assert len(tails) == counts["rounding_tail"] > 0


def test_explain_ends_at_the_rows(home: Path) -> None:
    text = run(home, "explain", "szybzx", 2020, CELL).stdout
    assert "印出    196,075.57 万元" in text
    assert "来源（8 项）" in text
    assert "支付 行 szybzx-2020-accounts-payments-001" in text
    found = data(home, "explain", "szybzx", 2020, "支出决算表[合计，项目支出]")
    assert found["address"] == CELL
    amounts = [term["amount"].removesuffix(" 元").replace(",", "") for term in found["terms"]]
    assert round(sum(map(float, amounts)) * 100) == 196_075_570_000


def test_explain_a_figure_of_the_evaluation(home: Path) -> None:
    """94.15 is the computed total of the first sheet of 2020; 90.49 that of the whole department."""
    sheet, whole = "附件2-1[总分, 得分]", "附件1[总分, 得分]"
    text = run(home, "explain", "szybzx", 2020, sheet, "--kind", "performance").stdout
    assert "印出    94.15" in text and "score.rule.shenzhen-2020" in text
    assert data(home, "explain", "szybzx", 2020, whole, "--kind", "绩效")["printed"] == "90.49"
    done = run(home, "explain", "szybzx", 2020, "附件9[总分, 得分]", "--kind", "performance", code=2)
    assert "没有表“附件9”" in done.stderr
    done = run(home, "explain", "szyb", 2021, sheet, "--kind", "performance", code=2)
    assert "绩效" in done.stderr and "Traceback" not in done.stderr


def test_explain_a_figure_of_monitoring(home: Path) -> None:
    cell = "监控表1[全部支出, 累计支出]"
    text = run(home, "explain", "demo", 2024, cell, "--as-of", "2024-08-31").stdout
    assert "规则    截至该日的支出" in text and "2024-08-31 以前合计" in text
    done = run(home, "explain", "demo", 2024, cell, "--as-of", "8月", code=2)
    assert "请按 2024-08-31 的写法" in done.stderr


def test_explain_a_figure_of_the_narrative(home: Path) -> None:
    address = "说明[totals.revenue.total]"
    assert address in run(home, "explain", "szybzx", 2020, address).stdout
    found = data(home, "explain", "szybzx", 2020, address)
    assert found["printed"] == "201,787.95万元"
    assert found["terms"]


@pytest.mark.parametrize(
    ("cell", "hint"),
    [
        ("公开03表[没有的行, 项目支出]", "公开03表 没有行“没有的行”；现有：合计"),
        ("公开03表[合计, 没有的列]", "公开03表 没有列“没有的列”；现有："),
        ("公开99表[合计, 项目支出]", "没有表“公开99表”；现有：公开01表"),
        ("公开03表", "应写成 表名[行, 列]"),
        ("公开03表[合计", "看不懂单元格地址"),
        ("说明[totals.revenue.nothing]", "现有：说明[totals.revenue.total]"),
    ],
)
def test_an_unknown_cell_names_what_is_there(home: Path, cell: str, hint: str) -> None:
    done = run(home, "explain", "szybzx", 2020, cell, code=2)
    assert hint in done.stderr
    assert done.stdout == ""


def test_an_ambiguous_name_lists_its_candidates(home: Path) -> None:
    done = run(home, "check", "深圳市医疗保障局", 2021, code=2)
    assert "szyb（0102025，深圳市医疗保障局，主管部门）" in done.stderr
    assert "szyb-main（0102025001，深圳市医疗保障局，基层单位）" in done.stderr


@pytest.mark.parametrize("unit", ["szyb", "0102025", "市医保局系统"])
def test_a_unit_answers_to_key_code_and_short_name(home: Path, unit: str) -> None:
    assert data(home, "check", unit, 2021)["unit"] == "szyb"


def test_an_unknown_unit_names_near_ones(home: Path) -> None:
    assert "深圳市医疗保险基金管理中心（szybzx）" in run(home, "check", "szybz", 2020, code=2).stderr
    assert "yiheng units" in run(home, "check", "甲乙丙丁", 2020, code=2).stderr


def test_the_kind_may_be_left_out_where_there_is_only_one(home: Path) -> None:
    several = run(home, "check", "demo", 2024, code=2).stderr
    assert "budget、accounts" in several or "accounts、budget" in several
    assert "--kind" in several
    assert data(home, "check", "demo", 2024, "--kind", "budget")["kind"] == "budget"
    assert data(home, "check", "demo", 2024, "--kind", "部门决算")["kind"] == "accounts"
    assert "可用：budget 部门预算" in run(home, "check", "demo", 2024, "--kind", "final", code=2).stderr
    absent = run(home, "check", "szybzx", 2020, "--kind", "budget", code=2).stderr
    assert "已有：2020年部门决算、2023年部门预算" in absent


def test_a_year_that_is_not_there(home: Path) -> None:
    told = run(home, "statements", "szybzx", 2022, code=2).stderr.replace("\n", "")
    assert "已有：2020年部门决算、2023年部门预算" in told
    # Nobody asked for a budget, and none of its kinds is there.
    assert "没有深圳市医疗保险基金管理中心2022年的预算、决算或绩效。" in told
