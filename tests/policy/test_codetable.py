"""Importing the full official code table (科目表): every layout and every way it can be wrong."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter

from yiheng.policy import Policy, Source
from yiheng.policy.codetable import read_code_table
from yiheng.policy.grid import CodeTableError, TableProblem
from yiheng.policy.overlay import CodeTable, write_overlay

SOURCE = Source("2024年政府收支分类科目", number="财预〔2023〕100号", publisher="财政部")
HEADER = ("科目编码", "科目名称")
ROWS = (
    ("210", "卫生健康支出"),
    ("21015", "医疗保障管理事务"),
    ("2101501", "行政运行"),
    ("2101550", "事业运行"),
)


def csv_file(
    folder: Path, rows: Sequence[Sequence[str]], encoding: str = "utf-8", name: str = "科目.csv"
) -> Path:
    path = folder / name
    path.write_bytes("\r\n".join(",".join(row) for row in rows).encode(encoding))
    return path


def xlsx_file(folder: Path, name: str = "科目.xlsx", **sheets: Sequence[Sequence[object]]) -> Path:
    path = folder / name
    book = xlsxwriter.Workbook(path)
    for title, rows in sheets.items():
        sheet = book.add_worksheet(title)
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    book.close()
    return path


def read(path: Path, classification: str = "function", year: int | None = 2024, sheet: str = "") -> CodeTable:
    return read_code_table(path, Policy.load(), classification, SOURCE, year=year, sheet=sheet)


def problems(
    path: Path, classification: str = "function", year: int | None = 2024
) -> tuple[TableProblem, ...]:
    with pytest.raises(CodeTableError) as caught:
        read(path, classification, year)
    assert all(problem.reason and problem.remedy for problem in caught.value.problems)
    return caught.value.problems


def codes(table: CodeTable) -> list[tuple[str, str]]:
    ((_, rows),) = table.periods
    return [(row.code, row.name) for row in rows]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030"])
def test_csv_in_each_usual_encoding(tmp_path: Path, encoding: str) -> None:
    assert codes(read(csv_file(tmp_path, (HEADER, *ROWS), encoding))) == list(ROWS)


def test_a_workbook_with_numbers_titles_and_indented_names(tmp_path: Path) -> None:
    rows = (("2024年政府收支分类科目",), (), ("序号", "科目编码", "科目名称"), *(
        (number, int(code), f"\u3000\u3000{name}") for number, (code, name) in enumerate(ROWS)
    ))  # fmt: skip
    assert codes(read(xlsx_file(tmp_path, 说明=[("填表说明",)], 科目=rows))) == list(ROWS)


def test_names_keep_their_full_width_brackets(tmp_path: Path) -> None:
    rows = (HEADER, ("302", "商品和服务支出"), ("30212", "因公出国（境）费用"))
    assert codes(read(csv_file(tmp_path, rows), "economic"))[1] == ("30212", "因公出国（境）费用")


@pytest.mark.parametrize(
    "body",
    [
        (("210", "", ""), ("", "15", ""), ("", "", "01"), ("", "", "50")),
        (("210", "", ""), ("210", "15", ""), ("210", "15", "01"), ("210", "15", "50")),
        (("210", "", ""), ("210", "21015", ""), ("210", "21015", "2101501"), ("210", "21015", "2101550")),
        (("210", "", ""), ("", "21015", ""), ("", "", "2101501"), ("", "", "2101550")),
        (("210", "", ""), ("210", "15", ""), ("210", "15", "1"), ("210", "15", "50")),
    ],
)
@pytest.mark.parametrize("header", [1, 2])
def test_codes_split_into_three_columns(tmp_path: Path, body: Sequence[Sequence[str]], header: int) -> None:
    names = [name for _, name in ROWS]
    one = [("类", "款", "项", "科目名称")]
    two = [("科目编码", "", "", "科目名称"), ("类", "款", "项", "")]
    data = [(*cells, name) for cells, name in zip(body, names, strict=True)]
    assert codes(read(csv_file(tmp_path, (*(one if header == 1 else two), *data)))) == list(ROWS)


def test_split_columns_that_contradict_or_lack_their_parent(tmp_path: Path) -> None:
    rows = (
        ("类", "款", "项", "科目名称"),
        ("208", "", "", "社会保障和就业支出"),
        ("208", "05", "", "行政事业单位养老支出"),
        ("210", "", "01", "没有款级"),
        ("208", "21015", "", "不符"),
    )
    found = problems(csv_file(tmp_path, rows))
    assert [(problem.row, problem.column) for problem in found] == [(4, "款"), (5, "款")]
    assert "没有“款”级编码" in found[0].reason and "与上级“208”不符" in found[1].reason


def test_every_problem_comes_at_once_with_its_place(tmp_path: Path) -> None:
    rows = (
        ("某年科目",),
        HEADER,
        ("210", "卫生健康支出"),
        ("2101", "少一位"),
        ("21015", ""),
        ("2101501", "行政运行"),
        ("2101501", "行政运行"),
        ("2101601", "没有上级"),
        ("", "没有编码"),
        ("21A", "有字母"),
        ("", ""),
    )
    found = {problem.row: problem for problem in problems(xlsx_file(tmp_path, 科目=rows))}
    assert {row: problem.reason for row, problem in found.items()} == {
        4: "编码长 4 位",
        5: "科目 21015 没有名称",
        7: "编码与第 6 行重复",
        8: "缺少上级科目 21016",
        9: "“没有编码”没有科目编码",
        10: "编码应全是数字",
    }
    assert found[8].sheet == "科目" and found[8].column == "科目编码" and found[8].value == "2101601"
    assert "工作表“科目”，第 8 行，“科目编码”列（值“2101601”）" in str(found[8])


def test_ten_thousand_problems_are_all_told(tmp_path: Path) -> None:
    rows = (HEADER, *((f"9{number:05}", "长了") for number in range(10_000)))
    assert len(problems(csv_file(tmp_path, rows))) == 10_000


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.csv", b"", "找不到表头"),
        ("a.csv", "名称,金额\n甲,1\n".encode(), "找不到表头"),
        ("a.csv", "科目编码,科目名称\n".encode(), "没有科目"),
        ("a.csv", b"\xff\xfe\x00\x01\xff", "编码认不出来"),
        ("a.csv", '科目编码,科目名称\n210,"卫生'.encode(), "CSV 写法有误"),
        ("a.csv", "科目编码,科目名称\n210,\x00\n".encode(), "空字节"),
        ("a.xlsx", b"PK\x03\x04 not a workbook", "打不开"),
        ("a.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "打不开"),
        ("a.docx", b"PK", "不认识的文件类型"),
    ],
)
def test_a_file_that_is_no_code_table(tmp_path: Path, name: str, content: bytes, said: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    (problem,) = problems(path)
    assert said in problem.reason


def test_a_missing_file_a_missing_sheet_and_two_candidate_sheets(tmp_path: Path) -> None:
    assert "不存在" in problems(tmp_path / "none.xlsx")[0].reason
    path = xlsx_file(tmp_path, 一般=(HEADER, *ROWS), 基金=(HEADER, ("229", "其他支出")))
    assert "多张工作表带科目表头：一般、基金" in problems(path)[0].reason
    assert codes(read(path, sheet="基金")) == [("229", "其他支出")]
    with pytest.raises(CodeTableError, match="没有这张工作表"):
        read(path, sheet="没有")


def test_years_come_from_the_table_or_from_the_caller(tmp_path: Path) -> None:
    path = csv_file(tmp_path, (HEADER, ("210", "卫生健康支出")))
    assert "没有年度" in problems(path, year=None)[0].reason
    assert read(path, year=2025).periods[0][0] == date(2025, 1, 1)
    dated = (*HEADER, "年度")
    path = csv_file(tmp_path, (dated, ("210", "甲", "2023"), ("210", "乙", "2024年"), ("211", "丙", "明年")))
    (problem,) = problems(path, year=None)
    assert (problem.row, problem.column, problem.value) == (4, "年度", "明年")


def test_a_table_of_two_years_becomes_two_entries_that_follow_each_other(tmp_path: Path) -> None:
    rows = ((*HEADER, "年度"), ("210", "旧名", "2023"), ("210", "新名", "2024"), ("229", "其他支出", "2024"))
    write_overlay(read(csv_file(tmp_path, rows), year=None), tmp_path / "own")
    policy = Policy.load(tmp_path / "own")
    old = policy.classification("function", date(2023, 12, 31), "100000")
    new = policy.classification("function", date(2024, 1, 1), "100000")
    assert (old.codes, old.name("210")) == (("210",), "旧名")
    assert (new.codes, new.name("210")) == (("210", "229"), "新名")


def test_with_first_days_a_code_holds_from_its_own_day_on(tmp_path: Path) -> None:
    rows = [
        (*HEADER, "生效日期"),
        ("210", "卫生健康支出", date(2019, 1, 1)),
        ("224", "灾害防治支出", "2024年7月1日"),
    ]
    book = xlsxwriter.Workbook(tmp_path / "科目.xlsx", {"default_date_format": "yyyy-mm-dd"})
    sheet = book.add_worksheet()
    for number, row in enumerate(rows):
        sheet.write_row(number, 0, row)
    book.close()
    table = read(tmp_path / "科目.xlsx", year=None)
    assert [(start, [row.code for row in current]) for start, current in table.periods] == [
        (date(2019, 1, 1), ["210"]),
        (date(2024, 7, 1), ["210", "224"]),
    ]


def test_the_imported_table_stands_alone_in_its_years_and_leaves_others_be(tmp_path: Path) -> None:
    own = tmp_path / "own"
    written = write_overlay(read(csv_file(tmp_path, (HEADER, *ROWS))), own)
    assert written == own / "cn" / "function-imported-2024-01-01.yaml"
    assert not list(own.rglob("*.part"))
    policy = Policy.load(own)
    known = policy.classification("function", date(2024, 6, 1), "440300")
    assert known.codes == tuple(code for code, _ in ROWS)
    assert known.name("2101550") == "事业运行"
    assert known.source("210").cite() == "《2024年政府收支分类科目》（财预〔2023〕100号）"
    assert policy.classification("function", date(2023, 6, 1), "440300").knows("2080501")
    assert policy.digest != Policy.load().digest


def test_importing_again_replaces_the_file_and_the_same_table_gives_the_same_bytes(tmp_path: Path) -> None:
    table = read(csv_file(tmp_path, (HEADER, *ROWS)))
    first = write_overlay(table, tmp_path / "own").read_bytes()
    assert write_overlay(table, tmp_path / "own").read_bytes() == first
    shorter = read(csv_file(tmp_path, (HEADER, ROWS[0])))
    assert write_overlay(shorter, tmp_path / "own").read_bytes() != first
    assert len(list((tmp_path / "own").rglob("*.yaml"))) == 1


def test_names_with_quotes_colons_and_hashes_survive(tmp_path: Path) -> None:
    names = ["“甲”: 乙 # 丙", "- 丁", "null", "1.5", 'a "b" \\ c']
    rows = [HEADER, *((f"30{number}", name) for number, name in enumerate(names, 1))]
    write_overlay(read(xlsx_file(tmp_path, 科目=rows), "economic"), tmp_path / "own")
    known = Policy.load(tmp_path / "own").classification("economic", date(2024, 1, 1), "100000")
    assert [known.name(code) for code in known.codes] == names
