"""Lines of text: centre lines, blanks, indents, full lines, page furniture."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.reading.pdf.papers import HEAD, lines, read

from yiheng.reading.pdf.glyphs import plain

SENTENCE = "2021年部门预算收入262,507万元，比2020年增加50,005万元，增长23.53%。"


@pytest.mark.parametrize("shift", [-5, -3, 3, 5])
def test_digits_on_another_baseline_stay_in_their_sentence(shift: int, tmp_path: Path) -> None:
    show = (
        f'#show regex("[0-9,.%]+"): it => text(baseline: {shift}pt, size: 14pt, font: "Noto Sans SC", it)\n'
    )
    found = lines(read(tmp_path, f"#set text(size: 16pt)\n{show}{SENTENCE}\n"))
    assert "".join(line.text for line in found) == SENTENCE
    assert len(found) == 2


def test_blanks_are_kept_only_where_they_are_printed(tmp_path: Path) -> None:
    """Typesetting puts a quarter em between Chinese and digits, and spreads justified lines: no blanks there."""
    body = "收入2021年\n\n目#h(2em)录\n\n#text(tracking: 6pt)[深圳市医疗保障局]\n\n部门#h(1em)概况 abc def\n"
    found = [line.text for line in lines(read(tmp_path, body))]
    assert found == ["收入2021年", "目  录", "深圳市医疗保障局", "部门 概况 abc def"]


def test_marks_that_are_squeezed_together(tmp_path: Path) -> None:
    """The box of a full-width mark begins inside the one before it."""
    text = "支出（包括“三公”经费（含公务接待费））。其中：（一）基本支出（万元）；（二）《办法》（试行）。"
    found = lines(read(tmp_path, f"#set text(size: 9pt)\n{text}\n"))
    assert [line.text for line in found] == [text]


def test_indent_full_lines_and_type_size(tmp_path: Path) -> None:
    text = (
        "拟订本市医疗保障法规、政策和规划并组织实施，负责基金管理与监督、筹资待遇、目录和价格、招标采购。" * 2
    )
    body = f"#set par(first-line-indent: (amount: 2em, all: true), justify: true)\n{text}\n\n完。\n"
    first, second, *rest, last = lines(read(tmp_path, body))
    assert first.indent == pytest.approx(21, abs=1) and second.indent == 0
    assert first.full and second.full and not last.full
    assert all(line.size == pytest.approx(10.5, abs=0.1) for line in (first, second, *rest, last))
    box = second.place.box
    assert box is not None and box.left == pytest.approx(72, abs=1) and box.right == pytest.approx(523, abs=6)


PAGES = """#set page(width: 595pt, height: 842pt, margin: 100pt,
  header: [2023年度部门决算公开], footer: context align(center)[— #counter(page).display() —])
#set text(font: "Noto Serif SC", size: 10.5pt, lang: "zh")
"""


def test_running_heads_and_page_numbers_are_dropped(tmp_path: Path) -> None:
    body = "#pagebreak()\n".join(f"第{part}部分 正文\n\n单位：万元\n\n" for part in "一二三四")
    document = read(tmp_path, body, PAGES)
    assert [line.text for line in lines(document)] == [
        text for part in "一二三四" for text in (f"第{part}部分 正文", "单位：万元")
    ]


def test_titles_that_repeat_on_top_of_forms_are_kept(tmp_path: Path) -> None:
    """One form on each page: number, title and year repeat at the same height, and are no running heads."""
    head = HEAD.replace("margin: 72pt", "margin: 50pt")
    form = "附件2-{0}\n\n#text(size: 16pt)[绩效自评情况]\n\n#table(columns: 2, [项目], [资金{0}], [金额], [{0}.00])\n"
    document = read(tmp_path, "#pagebreak()\n".join(form.format(n) for n in range(1, 5)), head)
    assert [line.text for line in lines(document)] == [
        text for n in range(1, 5) for text in (f"附件2-{n}", "绩效自评情况")
    ]


def test_bare_page_numbers_are_dropped_and_captions_in_the_margin_kept(tmp_path: Path) -> None:
    """The unit of a table repeats on top of every page, too, but belongs to its table."""
    head = HEAD.replace(
        "margin: 72pt", "margin: 110pt, header: [单位：万元], footer: context counter(page).display()"
    )
    document = read(tmp_path, "#pagebreak()\n".join(f"正文{part}\n" for part in "甲乙丙"), head)
    assert [line.text for line in lines(document)] == [
        text for part in "甲乙丙" for text in ("单位：万元", f"正文{part}")
    ]


def test_a_line_that_stands_across_the_page(tmp_path: Path) -> None:
    """A turned table beside an upright page number: each reads in its own direction; a slanting mark is none."""
    body = (
        "#place(rotate(90deg, reflow: true)[财政拨款收入支出决算总表])\n"
        "#place(bottom)[页脚说明]\n#place(center + horizon, rotate(35deg)[样稿])\n"
    )
    assert {line.text for line in lines(read(tmp_path, body))} == {"财政拨款收入支出决算总表", "页脚说明"}


def test_radicals_that_look_like_characters_become_these() -> None:
    """Some printers map the shape of 页 to the radical U+2EDA and of 金 to U+2FA6; checks need the characters."""
    assert [plain(code) for code in (0x2EDA, 0x2FA6, 0xF9FF, ord("页"))] == ["页", "金", "刺", "页"]
