"""Headers, rows, units, totals and keys: what a sheet may look like, and every problem at once."""

import datetime as dt
import time
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from tests.reading.books import CATALOGS, HEAD, LINES, SHEETS, UNIT_ROWS, book, lines, only, read, table

from yiheng.reading.controls import control_problems
from yiheng.reading.problems import Problem, as_json, report
from yiheng.reading.references import References
from yiheng.reading.sources import open_source
from yiheng.reading.tables import Reading, read_sources


def amounts(reading: Reading) -> list[Any]:
    assert reading.problems == []
    return [row.values["amount"] for row in reading.rows["lines"]]


def kinds(reading: Reading) -> list[str]:
    return [problem.kind for problem in reading.problems]


def test_columns_in_any_order_by_either_name(tmp_path: Path) -> None:
    head = ("amount", " 年度* ", "单位（必填）", "行号键", "备注")
    reading = read(lines(tmp_path, (1234.5, 2024, "jia", "y1", "甲"), head=head))
    row = reading.rows["lines"][0]
    assert reading.problems == []
    found = [row.values[name] for name in ("key", "unit", "year", "amount")]
    assert found == ["y1", "jia", 2024, 123_450]
    assert row.values["sme"] is None
    assert row.origin.cell(row.number, "amount") == "A2"


def test_title_lines_and_blank_rows_are_fine(tmp_path: Path) -> None:
    titles = (("2024年预算",), ("编制单位：甲中心",), ())
    rows = (*titles, HEAD, (), ("y1", "jia", 2024, 1), (None, " "), ("y2", "jia", 2024, 0))
    assert amounts(read(book(tmp_path / "预算.xlsx", {"支出预算": rows}))) == [100, 0]


def test_unknown_column_names_the_nearest_and_missing_ones_are_listed(tmp_path: Path) -> None:
    reading = read(
        lines(
            tmp_path,
            ("y1", "jia", 5),
            head=(
                "行号",
                "单位",
                "金额（万元",
            ),
        )
    )
    assert [(p.kind, p.column) for p in reading.problems] == [
        ("不认识的列", "金额（万元"), ("缺少必需的列", "年度"), ("缺少必需的列", "金额"),
    ]  # fmt: skip
    assert reading.problems[0].cell == "C1"
    assert reading.problems[0].remedy == "是否应为“金额”？"


def test_column_twice_and_column_without_header(tmp_path: Path) -> None:
    reading = read(
        lines(tmp_path, ("y1", "jia", 2024, 5, 6, None, "多"), head=(*HEAD, "amount", "备注", None))
    )
    assert [(p.kind, p.cell) for p in reading.problems] == [("列重复", "E1"), ("没有表头的列", "G2")]


def test_no_header_at_all(tmp_path: Path) -> None:
    problem = only(
        read(book(tmp_path / "a.xlsx", {"单位": UNIT_ROWS, "支出预算": (("甲", "乙"), (1, 2))})).problems
    )
    assert problem.kind == "找不到表头"
    assert "行号、单位、年度、金额" in problem.remedy


def test_every_problem_of_every_row_is_placed(tmp_path: Path) -> None:
    reading = read(
        lines(
            tmp_path,
            ("y1", "jia", 2024, "约三百万"),
            ("y2", "jia", "今年", -5),
            ("y3", None, 2024, 0.123),
            (None, "jia", 2024, None),
            ("y4", "jia", 2024, 7),
        )
    )
    assert [(p.cell, p.kind, p.value) for p in reading.problems] == [
        ("D2", "金额不是数字", "约三百万"),
        ("C3", "不是数字", "今年"),
        ("D3", "金额为负", "-5.0"),
        ("D4", "金额细于一分", "0.123"),
        ("B4", "缺少必填值", ""),
        ("A5", "缺少必填值", ""),
        ("D5", "缺少必填值", ""),
    ]
    assert [row.values["key"] for row in reading.rows["lines"]] == ["y4"]
    place, value, reason = str(reading.problems[0]).split("：")[:3]
    assert place == "预算.xlsx，工作表“支出预算”，第 2 行，“金额”列（D2）"
    assert (value, reason) == ("值“约三百万”", "金额单元格里有文字。处理")


@pytest.mark.parametrize("label", ["合计", "小 计", "总计"])
def test_a_total_is_no_leaf(tmp_path: Path, label: str) -> None:
    reading = read(lines(tmp_path, ("y1", "jia", 2024, 5), (label, None, None, 5)))
    problem = only(reading.problems)
    assert (problem.kind, problem.cell) == ("合计行不能作为明细", "A3")


def test_key_twice_in_one_file_and_over_two_files(tmp_path: Path) -> None:
    path = lines(tmp_path, ("y1", "jia", 2024, 5), ("y1", "jia", 2024, 6))
    other = tmp_path / "lines.csv"
    other.write_bytes(table(HEAD, ("y1", "jia", "2024", "7")))
    same = tmp_path / "支出预算.csv"
    same.write_bytes(table(HEAD, ("y1", "jia", "2024", "5")))
    first, second = read(path, other, same).problems
    assert (first.kind, first.cell, first.reason) == ("键重复", "A3", "“行号”与第 2 行重复")
    assert (second.file, second.reason) == ("lines.csv", "“行号”与预算.xlsx“支出预算”第 2 行重复")


class TestUnits:
    """金额单位: who says what, and that contradictions are refused."""

    def guide(self, unit: str) -> dict[str, Any]:
        return {"说明": (("标题", "甲"), ("金额单位", unit))}

    def test_default_is_yuan(self, tmp_path: Path) -> None:
        assert amounts(read(lines(tmp_path, ("y1", "jia", 2024, 5)))) == [500]

    def test_declared_once_for_the_workbook(self, tmp_path: Path) -> None:
        assert amounts(read(lines(tmp_path, ("y1", "jia", 2024, 5), **self.guide("万元")))) == [5_000_000]

    def test_declared_above_the_header(self, tmp_path: Path) -> None:
        path = book(
            tmp_path / "a.xlsx", {"支出预算": (("预算表",), ("单位：万元",), HEAD, ("y1", "jia", 2024, 5))}
        )
        assert amounts(read(path)) == [5_000_000]

    def test_in_the_column_header_alone(self, tmp_path: Path) -> None:
        for label in ("金额（万元）", "金额(单位：万元)", "金额/万元", "amount（万元）"):
            reading = read(lines(tmp_path, ("y1", "jia", 2024, 5), head=(*HEAD[:3], label)))
            assert amounts(reading) == [5_000_000]

    def test_a_row_may_differ_from_what_is_declared_in_general(self, tmp_path: Path) -> None:
        head = (*HEAD, "金额单位")
        rows = ("y1", "jia", 2024, 5, "亿元"), ("y2", "jia", 2024, 5, None)
        path = lines(tmp_path, *rows, head=head, **self.guide("万元"))
        assert amounts(read(path)) == [50_000_000_000, 5_000_000]

    def test_header_in_wan_where_yuan_is_declared(self, tmp_path: Path) -> None:
        path = lines(tmp_path, ("y1", "jia", 2024, 5), head=(*HEAD[:3], "金额（万元）"), **self.guide("元"))
        problem = only(read(path).problems)
        assert (problem.kind, problem.cell) == ("金额单位矛盾", "D1")
        assert problem.reason == "表头写万元，而声明的金额单位是元"

    def test_header_in_wan_where_the_row_says_yuan(self, tmp_path: Path) -> None:
        head = (*HEAD[:3], "金额（万元）", "金额单位")
        path = lines(tmp_path, ("y1", "jia", 2024, 5, "元"), ("y2", "jia", 2024, 5, "万元"), head=head)
        problem = only(read(path).problems)
        assert (problem.kind, problem.cell) == ("金额单位矛盾", "D2")

    def test_workbook_and_sheet_contradict_each_other(self, tmp_path: Path) -> None:
        path = book(
            tmp_path / "a.xlsx",
            {**self.guide("元"), "支出预算": (("单位：万元",), HEAD, ("y1", "jia", 2024, 5))},
        )
        problem = only(read(path).problems)
        assert problem.reason == "表头上方声明为万元，“说明”声明为元"

    def test_unknown_unit(self, tmp_path: Path) -> None:
        assert kinds(read(lines(tmp_path, ("y1", "jia", 2024, 5), **self.guide("美元")))) == [
            "金额单位不认识"
        ]


class TestPlaces:
    """小数位: an amount known only as printed."""

    def row(self, tmp_path: Path, amount: object, unit: str, places: object) -> Reading:
        return read(
            lines(tmp_path, ("y1", "jia", 2024, amount, unit, places), head=(*HEAD, "金额单位", "小数位"))
        )

    @pytest.mark.parametrize(
        ("unit", "places", "quantum"),
        [
            ("万元", 0, 10**6),
            ("万元", 2, 10**4),
            ("元", 2, 1),
            ("元", 0, 100),
            ("亿元", 2, 10**8),
            ("元", None, 0),
        ],
    )
    def test_quantum(self, tmp_path: Path, unit: str, places: int | None, quantum: int) -> None:
        reading = self.row(tmp_path, 12, unit, places)
        assert reading.problems == []
        assert reading.rows["lines"][0].quantum == quantum

    def test_more_decimals_than_places(self, tmp_path: Path) -> None:
        assert kinds(self.row(tmp_path, 1.25, "万元", 1)) == ["小数位与金额不符"]

    def test_places_below_a_fen(self, tmp_path: Path) -> None:
        assert kinds(self.row(tmp_path, 1, "元", 3)) == ["小数位过多"]


def test_counts_are_no_money(tmp_path: Path) -> None:
    head = ("行号", "数值", "计量单位", "金额单位", "小数位")
    rows = (("a", 12, "人"), ("b", 128.5, "元", "万元", 1), ("c", 3.5, "辆"), ("d", 5, "人", "万元"))
    reading = read(book(tmp_path / "a.xlsx", {"已公布数": (head, *rows)}))
    assert [(row.values["value"], row.quantum) for row in reading.rows["stats"]] == [
        (12, 0),
        (128_500_000, 100_000),
    ]
    assert [(p.cell, p.kind) for p in reading.problems] == [("B4", "不是整数"), ("B5", "金额单位矛盾")]


def test_date_precision_comes_from_the_date_and_must_not_be_finer(tmp_path: Path) -> None:
    head = (*HEAD, "日期", "日期精度")
    reading = read(
        lines(
            tmp_path,
            ("y1", "jia", 2024, 1, dt.date(2024, 3, 15), None),
            ("y2", "jia", 2024, 1, "2024年3月", None),
            ("y3", "jia", 2024, 1, "2024-12-31", "年"),
            ("y4", "jia", 2024, 1, None, "年"),
            ("y5", "jia", 2024, 1, "2024", "日"),
            head=head,
        )
    )
    assert [(r.values["date"], r.values["date_precision"]) for r in reading.rows["lines"]] == [
        (dt.date(2024, 3, 15), "day"),
        (dt.date(2024, 3, 31), "month"),
        (dt.date(2024, 12, 31), "year"),
        (None, "year"),
    ]
    assert only(reading.problems).kind == "日期与精度不符"


class TestControls:
    """控制数: totals that must close."""

    head = ("工作表", "金额列", "筛选条件", "控制数", "金额单位", "小数位", "行数")

    def check(self, tmp_path: Path, *rows: tuple[object, ...]) -> list[Problem]:
        body = (
            ("y1", "jia", 2024, 100.5, "批复", "行政运行"),
            ("y2", "jia", 2024, 200, "批复", "2080501"),
            ("y3", "jia", 2023, 7, "二上", "2080501"),
        )
        reading = read(lines(tmp_path, *body, head=(*HEAD, "阶段", "功能科目"), 控制数=(self.head, *rows)))
        assert reading.problems == []
        return list(control_problems(reading, SHEETS, CATALOGS))

    def test_closing(self, tmp_path: Path) -> None:
        assert self.check(
            tmp_path,
            ("支出预算", None, "阶段=批复；年度=2024", 300.5, None, None, 2),
            ("lines", "金额", None, 307.5, None, None, None),
            ("支出预算", "amount", "功能科目=2080501", 0.0207, "万元", None, None),
            ("支出预算", None, "阶段=批复", 0.03, "万元", 2, None),
            ("支出预算", None, "功能科目=行政运行", 100.5, None, None, 1),
            ("支出预算", "中小企业金额", None, 0, None, None, 3),
        ) == []  # fmt: skip

    def test_not_closing(self, tmp_path: Path) -> None:
        problem = only(self.check(tmp_path, ("支出预算", None, "阶段=批复", 301, None, None, None)))
        assert (problem.kind, problem.cell) == ("控制数对不上", "D2")
        assert problem.reason == "应为 301.00 元，读到 300.50 元，相差 -0.50 元（2 行）"

    def test_row_count(self, tmp_path: Path) -> None:
        problem = only(self.check(tmp_path, ("支出预算", None, None, None, None, None, 4)))
        assert problem.reason == "应有 4 行，读到 3 行"

    @pytest.mark.parametrize(
        ("row", "words"),
        [
            (("支出预祘", None, None, 1), "没有这个工作表"),
            (("支出预算", "备注", None, 1), "没有这个金额列"),
            (("支出预算", None, "颜色=红", 1), "看不懂"),
            (("支出预算", None, "阶段", 1), "看不懂"),
            (("支出预算", None, "阶段=三上", 1), "值不对"),
            (("支出预算", None, None, None), "都空着"),
            (("已公布数", None, None, 1), "文件里没有"),
        ],
    )
    def test_controls_that_cannot_be_understood(
        self, tmp_path: Path, row: tuple[object, ...], words: str
    ) -> None:
        assert words in only(self.check(tmp_path, row)).reason

    def test_not_judged_while_rows_are_refused(self, tmp_path: Path) -> None:
        reading = read(
            lines(tmp_path, ("y1", "jia", 2024, "五"), 控制数=(self.head, ("支出预算", None, None, 5)))
        )
        assert kinds(reading) == ["金额不是数字"]
        assert list(control_problems(reading, SHEETS, CATALOGS)) == []


def test_a_sheet_without_rows_says_nothing_unless_its_control_states_so(tmp_path: Path) -> None:
    silent = read(lines(tmp_path, 已公布数=(("行号", "数值", "计量单位"),)))
    assert set(silent.rows) == {"units"}
    control = (TestControls.head, ("已公布数", *[None] * 5, 0))
    stated = read(lines(tmp_path, 已公布数=(("行号", "数值", "计量单位"),), 控制数=control))
    assert stated.rows["stats"] == []
    assert list(control_problems(stated, SHEETS, CATALOGS)) == []


class TestReferences:
    """Keys of other sheets."""

    def test_in_the_file_or_in_the_ledger(self, tmp_path: Path) -> None:
        reading = read(
            lines(tmp_path, ("y1", "jia", 2024, 1), ("y2", "yi", 2024, 1), ("y3", "bing", 2024, 1))
        )
        problem = only(list(References(reading, SHEETS, {"units": {"yi"}}).problems()))
        assert (problem.kind, problem.cell, problem.value) == ("引用的键不存在", "B4", "bing")

    def test_a_missing_sheet_is_one_problem(self, tmp_path: Path) -> None:
        rows = [(f"y{n}", "jia", 2024, 1) for n in range(50)]
        reading = read(book(tmp_path / "a.xlsx", {"支出预算": (HEAD, *rows)}))
        problem = only(list(References(reading, SHEETS, {}).problems()))
        assert problem.kind == "缺少工作表"
        assert "50 行" in problem.reason

    def test_rows_are_not_blamed_for_a_refused_row(self, tmp_path: Path) -> None:
        units = (("键", "单位名称"), ("jia", None))
        reading = read(book(tmp_path / "a.xlsx", {"单位": units, "支出预算": (HEAD, ("y1", "jia", 2024, 1))}))
        assert kinds(reading) == ["缺少必填值"]
        assert list(References(reading, SHEETS, {}).problems()) == []


def test_ten_thousand_errors_are_all_kept_and_shown_by_kind(tmp_path: Path) -> None:
    rows = [
        (f"y{n}", "jia", 2024, f"约{n}万") if n % 2 else (f"y{n}", "jia", "今年", 1) for n in range(10_000)
    ]
    path = lines(tmp_path, *rows)
    start = time.monotonic()
    problems = read(path).problems
    text, plain = report(problems), as_json(problems)
    spent = time.monotonic() - start
    assert len(problems) == len(plain) == 10_000
    assert text.splitlines()[0] == "共 10,000 处问题，分 2 类："
    assert "金额不是数字：5,000 处" in text
    assert "同类还有 4,995 处" in text
    assert len(text.splitlines()) == 1 + 2 * 7
    assert spent < 10  # about 0.5 s on two idle cores


def test_reading_tells_how_far_it_is_and_can_be_stopped(tmp_path: Path) -> None:
    path = lines(tmp_path, *[(f"y{n}", "jia", 2024, 1) for n in range(5000)])
    seen: list[int] = []

    def tick(count: int) -> None:
        seen.append(count)
        if count > 4000:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        read_sources([open_source(path)], SHEETS, CATALOGS, tick=tick)
    assert seen == [2001, 4001]


def test_a_decimal_is_exact(tmp_path: Path) -> None:
    reading = read(lines(tmp_path, ("y1", "jia", 2024, 1, 0.1), head=(*HEAD, "数量")))
    assert reading.rows["lines"][0].values["quantity"] == Decimal("0.1")
    assert LINES.column("quantity").decimals == 4


def test_thirty_thousand_rows_are_quick(tmp_path: Path) -> None:
    """The bar is ten seconds for a hundred thousand rows; processor time, since test machines are shared."""
    head = (*HEAD, "阶段", "功能科目", "日期", "涉密", "数量", "备注")
    rows = [
        (
            f"y{n}",
            "jia",
            "2024",
            f"{n}.{n % 100:02}",
            "批复",
            "2101501 行政运行",
            "2024-03-15",
            "否",
            "1.5",
            f"第{n}笔",
        )
        for n in range(30_000)
    ]
    (tmp_path / "lines.csv").write_bytes(table(head, *rows))
    start = time.process_time()
    reading = read(tmp_path / "lines.csv")
    spent = time.process_time() - start
    assert reading.problems == []
    assert reading.count == 30_000
    assert spent < 3
