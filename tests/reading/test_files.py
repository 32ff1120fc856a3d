"""Files that are no readable workbook or package: one clear message each, and nothing else."""

import zipfile
from pathlib import Path

import openpyxl
import pytest
from tests.reading.books import HEAD, UNIT_ROWS, book, lines, only, read, table

from yiheng.reading.problems import Unreadable
from yiheng.reading.sources import find_sources, open_source

OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def refusal(path: Path) -> str:
    with pytest.raises(Unreadable) as caught:
        for source in find_sources(path):
            open_source(source)
    problem = caught.value.problem
    assert problem.reason
    assert problem.remedy
    return f"{problem.kind}：{problem.reason}"


def test_encrypted_workbook(tmp_path: Path) -> None:
    path = tmp_path / "密.xlsx"
    path.write_bytes(OLE2 + bytes(1016) + "EncryptedPackage".encode("utf-16-le") + bytes(4000))
    assert refusal(path) == "工作簿已加密：文件设了打开密码"


@pytest.mark.parametrize("name", ["旧.xls", "旧.et", "旧.xlsx"])
def test_old_binary_workbook(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(OLE2 + bytes(1016) + "Workbook".encode("utf-16-le") + bytes(4000))
    assert refusal(path).startswith("旧格式工作簿")


def test_truncated_workbook(tmp_path: Path) -> None:
    path = lines(tmp_path)
    path.write_bytes(path.read_bytes()[:-200])
    assert refusal(path) == "工作簿已损坏：XLSX 文件不完整或已损坏"


def test_a_flipped_byte_is_found_by_its_checksum(tmp_path: Path) -> None:
    path = lines(tmp_path, *[(f"y{i}", "jia", 2024, i) for i in range(200)])
    with zipfile.ZipFile(path) as archive:
        info = archive.getinfo("xl/worksheets/sheet2.xml")
    content = bytearray(path.read_bytes())
    content[info.header_offset + len(info.filename) + 30 + info.compress_size // 2] ^= 0xFF
    path.write_bytes(content)
    assert refusal(path).startswith("工作簿已损坏")


@pytest.mark.parametrize(
    ("member", "words"),
    [("word/document.xml", "Word 文档"), ("xl/workbook.bin", ".xlsb"), ("any.txt", "没有工作簿")],
)
def test_a_zip_that_is_no_workbook(tmp_path: Path, member: str, words: str) -> None:
    path = tmp_path / "表.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(member, "x")
    assert words in refusal(path)


def test_a_text_file_called_xlsx(tmp_path: Path) -> None:
    path = tmp_path / "表.xlsx"
    path.write_text("行号,单位", encoding="utf-8")
    assert refusal(path).startswith("不是 XLSX")


def test_empty_file(tmp_path: Path) -> None:
    path = tmp_path / "空.xlsx"
    path.touch()
    assert refusal(path).startswith("文件是空的")


def test_workbook_without_its_parts(tmp_path: Path) -> None:
    path = tmp_path / "表.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("xl/workbook.xml", "<workbook")
    assert refusal(path).startswith("工作簿已损坏")


def test_missing_file_unknown_type_and_folder_without_data(tmp_path: Path) -> None:
    assert refusal(tmp_path / "无.xlsx").startswith("文件不存在")
    other = tmp_path / "a.pdf"
    other.write_bytes(b"%PDF-1.4")
    assert refusal(other).startswith("不支持的文件类型")
    assert refusal(tmp_path).startswith("没有可读的文件")


def test_workbook_without_any_known_row(tmp_path: Path) -> None:
    problem = only(read(book(tmp_path / "表.xlsx", {"单位": (("键", "单位名称"),)})).problems)
    assert problem.kind == "没有内容"
    assert "支出预算" in problem.remedy


def test_unknown_sheet_names_the_nearest(tmp_path: Path) -> None:
    problem = only(read(lines(tmp_path, 支出预祘=(HEAD,))).problems)
    assert problem.kind == "不认识的工作表"
    assert problem.remedy == "是否应为“支出预算”？"


def test_guide_sample_lists_and_marked_sheets_are_never_read(tmp_path: Path) -> None:
    extra = dict.fromkeys(
        ("说明", "示例", "示例（2）", "选项", "_底稿"), (("行号", "金额"), ("x", "约三百万"))
    )
    reading = read(lines(tmp_path, ("y1", "jia", 2024, 5), **extra))
    assert reading.problems == []
    assert reading.count == 2


def test_formula_error_and_formula_without_result_are_not_blank(tmp_path: Path) -> None:
    path = lines(
        tmp_path, ("y1", "jia", 2024, 1, None), ("y2", "jia", 2024, 2, None), head=(*HEAD, "中小企业金额")
    )
    workbook = openpyxl.load_workbook(path)
    workbook["支出预算"]["E2"] = "=1/0"
    workbook["支出预算"]["E3"] = "#REF!"
    workbook["支出预算"]["E3"].data_type = "e"
    workbook.save(path)
    problems = read(path).problems
    assert [(p.cell, p.kind, p.value) for p in problems] == [
        ("E2", "公式没有结果", "（公式没有计算结果）"),
        ("E3", "公式没有结果", "#REF!"),
    ]


def test_rows_and_columns_before_the_table_keep_their_addresses(tmp_path: Path) -> None:
    rows = (None, None, (None, None, *HEAD), (None, None, "y1", "jia", 2024, "约五万"))
    path = book(tmp_path / "预算.xlsx", {"单位": UNIT_ROWS, "支出预算": [row or () for row in rows]})
    problem = only(read(path).problems)
    assert (problem.cell, problem.row, problem.value) == ("F4", 4, "约五万")


@pytest.mark.parametrize(
    ("encoding", "note"),
    [("utf-8", ""), ("utf-8-sig", "UTF-8-BOM"), ("gbk", "GB18030（GBK）"), ("gb18030", "GB18030（GBK）")],
)
def test_csv_in_every_encoding(tmp_path: Path, encoding: str, note: str) -> None:
    (tmp_path / "units.csv").write_bytes(
        table(("键", "单位名称"), ("jia", "深圳市医疗保障局"), encoding=encoding)
    )
    reading = read(tmp_path)
    assert reading.problems == []
    assert reading.rows["units"][0].values["name"] == "深圳市医疗保障局"
    assert "".join(reading.notes) == (f"{tmp_path.name}/units.csv：按 {note} 编码读取" if note else "")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("键,名".encode("utf-16"), "UTF-16"),
        (b"\x00\x01", "二进制"),
        (b"\xef\xbb\xbf\xe9\x94\xae\n\xff\xff", "第 2 行"),
        (b"key,name\nx,\xff\xff\xff", "第 2 行"),
        (b"  \n ", "没有任何内容"),
        (b'key,name\nx,"y', "引号"),
    ],
)
def test_csv_that_cannot_be_read(tmp_path: Path, content: bytes, words: str) -> None:
    (tmp_path / "units.csv").write_bytes(content)
    problem = only(read(tmp_path).problems)
    assert words in problem.reason


def test_single_csv_with_tabs_and_more_cells_than_its_header(tmp_path: Path) -> None:
    path = tmp_path / "单位.csv"
    path.write_text("键\t单位名称\njia\t甲\nyi\t乙\t丙\n", encoding="utf-8")
    problem = only(read(path).problems)
    assert (problem.kind, problem.row) == ("单元格多于表头", 3)


def test_package_in_a_zip_with_its_descriptor(tmp_path: Path) -> None:
    path = tmp_path / "包.zip"
    with zipfile.ZipFile(path, "w") as archive:
        descriptor = '{"title": "甲", "amount_unit": "万元", "resources": [{"path": "lines.csv"}]}'
        archive.writestr("p/datapackage.json", descriptor)
        archive.writestr("p/lines.csv", table(HEAD, ("y1", "jia", "2024", "5.5")))
        archive.writestr("p/printed.csv", table(("a",), ("1",)))
    reading = read(path)
    assert reading.problems == []
    assert reading.rows["lines"][0].values["amount"] == 5_500_000
    assert reading.notes == ["包.zip：printed.csv 没有列在 datapackage.json 里，未读取"]


@pytest.mark.parametrize(
    ("descriptor", "kind"),
    [
        ('{"resources": [{"path": "lines.csv"}, {"path": "gone.csv"}]}', "缺少文件"),
        ('{"resources": [{"path": "lines.csv"}, {"path": "../lines.csv"}]}', "缺少文件"),
        ('{"resources": [{"path": "lines.csv"}, {"path": "lines.csv"}]}', "缺少文件"),
        ('{"resources": [{"path": "lines.csv"}, {"name": "x"}]}', "缺少文件"),
        ('{"amount_unit": "美元", "resources": [{"path": "lines.csv"}]}', "金额单位不认识"),
    ],
)
def test_descriptor_that_does_not_fit_its_files(tmp_path: Path, descriptor: str, kind: str) -> None:
    (tmp_path / "lines.csv").write_bytes(table(HEAD, ("y1", "jia", "2024", "5.5")))
    (tmp_path / "datapackage.json").write_text(descriptor, encoding="utf-8")
    assert only(read(tmp_path).problems).kind == kind


@pytest.mark.parametrize("descriptor", ["[", "[]", '{"resources": 1}'])
def test_broken_descriptor(tmp_path: Path, descriptor: str) -> None:
    (tmp_path / "datapackage.json").write_text(descriptor, encoding="utf-8")
    assert refusal(tmp_path).startswith("描述文件有误")
