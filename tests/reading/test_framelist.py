"""Lists of sampling frames: keys come through as they are; what may point at a person is refused and not repeated."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from yiheng.reading.framelist import read_frame_list


def listed(folder: Path, text: str) -> Path:
    path = folder / "名单.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_keys_in_the_order_of_the_file(tmp_path: Path) -> None:
    found = read_frame_list(listed(tmp_path, "编码\nB-2\n0001\n\nA.1_x\n"))
    assert found.keys == ("B-2", "0001", "A.1_x")
    assert not found.problems


def test_a_workbook_of_one_sheet(tmp_path: Path) -> None:
    assert read_frame_list(book(tmp_path, "key", "001", "002")).keys == ("001", "002")
    (problem,) = read_frame_list(book(tmp_path, "key", "001", 2)).problems
    assert (problem.kind, problem.cell) == ("编码不是文本", "A3")


def book(folder: Path, *cells: Any) -> Path:
    path = folder / "名单.xlsx"
    with xlsxwriter.Workbook(str(path)) as made:
        page = made.add_worksheet("名单")
        for number, cell in enumerate(cells):
            page.write(number, 0, cell)
    return path


def test_every_bad_line_at_once(tmp_path: Path) -> None:
    lines = ["A1", "王小明", "440301199001011234", "13800138000", "A1", "a b", "9" * 65]
    found = read_frame_list(listed(tmp_path, "编码\n" + "\n".join(lines) + "\n"))
    assert [(p.kind, p.row) for p in found.problems] == [
        ("像是姓名", 3), ("像是身份证号", 4), ("像是手机号", 5), ("编码重复", 6), ("编码写法不对", 7),
        ("编码写法不对", 8),
    ]  # fmt: skip
    assert all(p.reason and p.remedy for p in found.problems)
    told = "\n".join(map(str, found.problems))
    for private in ("王小明", "440301199001011234", "13800138000"):
        assert private not in told


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("编码,姓名\nA1,甲\n", "多余的列"),
        ("A1\nA2\n", "没有编码列"),
        ("编码\n", "名单是空的"),
        ("", "文件是空的"),
        ("编码,key\nA,B\n", "没有编码列"),
        ('编码\n"A\n', "CSV 写法有误"),
    ],
)
def test_what_is_no_list(tmp_path: Path, text: str, kind: str) -> None:
    found = read_frame_list(listed(tmp_path, text))
    assert [p.kind for p in found.problems] == [kind]


def test_no_file_and_a_folder(tmp_path: Path) -> None:
    for path in (tmp_path / "nothing.csv", tmp_path):
        (problem,) = read_frame_list(path).problems
        assert problem.kind == "文件不存在"


def test_a_number_of_eighteen_digits_that_is_no_identity(tmp_path: Path) -> None:
    key = "123456" + "20231341" + "0001"
    with pytest.raises(ValueError, match="month"):
        dt.date(2023, 13, 41)
    assert read_frame_list(listed(tmp_path, f"编码\n{key}\n")).keys == (key,)
