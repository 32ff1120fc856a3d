"""Paragraphs: soft wraps, headings and sections, contents lists, page furniture."""

from __future__ import annotations

import pytest
from tests.reading.pages import document, grid, line, texts, whole

from yiheng.facts.document import Place, ReadParagraph
from yiheng.reading.raw import RawLine
from yiheng.reading.structure import structure


class TestWraps:
    def test_full_lines_go_on_and_others_end_the_paragraph(self) -> None:
        found = structure(
            document(
                [
                    line("预算收入", full=True),
                    line("344,720 万元。"),
                    line("支出相同。", full=True),
                    line("完"),
                ]
            )
        )
        assert texts(found) == ["预算收入344,720 万元。", "支出相同。完"]

    def test_a_numbered_line_after_a_full_sentence_begins_a_paragraph(self) -> None:
        lines = [
            line("（三）补助支出 100 万元。", full=True),
            line("（四）项目支出 5 万元。"),
            line("x", full=True),
        ]
        assert texts(structure(document(lines)))[:2] == [
            "（三）补助支出 100 万元。",
            "（四）项目支出 5 万元。",
        ]

    def test_a_number_at_the_front_of_a_wrapped_line_is_no_heading(self) -> None:
        found = structure(document([line("增加", full=True), line("1.74 万元，"), line("x", full=True)]))
        assert texts(found)[0] == "增加1.74 万元，"

    def test_a_paragraph_over_two_pages(self) -> None:
        found = structure(document([line("预算", 1, full=True)], [line("增加。", 2)]))
        assert texts(found) == ["预算增加。"]
        paragraph = found.paragraphs[0]
        assert paragraph.place_at(0).page == 1
        assert paragraph.place_at(2).page == 2

    def test_type_size_and_indent_separate(self) -> None:
        found = structure(
            document(
                [
                    line("部门预算", size=22.0, full=True),
                    line("一般收入", size=16.0, full=True, indent=32.0),
                    line("增加。", size=16.0),
                    line("一般支出", size=16.0, full=True, indent=32.0),
                    line("减少。", size=16.0),
                ]
            )
        )
        assert texts(found) == ["部门预算", "一般收入增加。", "一般支出减少。"]
        assert found.paragraphs[0].level == -1

    def test_without_geometry_a_sentence_ends_the_paragraph(self) -> None:
        assert texts(structure(document([line("收入"), line("增加。"), line("支出减少。")]))) == [
            "收入增加。",
            "支出减少。",
        ]

    def test_latin_words_keep_their_blank(self) -> None:
        found = structure(document([line("支持 DIP", full=True), line("and DRG 付费。")]))
        assert texts(found) == ["支持 DIP and DRG 付费。"]


class TestHeadings:
    @pytest.mark.parametrize(
        ("text", "level"),
        [
            ("第一部分 部门概况", -1),
            ("一、部门职责", 1),
            ("（二）机构设置", 2),
            ("(十一) 其他重要事项情况说明", 2),
            ("1.资金管理", 3),
            ("⒉公务接待费", 3),
            ("2.公务用车购置及运行费。", 3),
            ("（1）资金支出情况。", 4),
            ("（三）补助支出 100 万元，主要包括：退休费。", 0),
            ("九、完成市委、市政府交办的其他任务。", 0),
            ("三、住房保障支出：反映政府用于住房方面的支出。", 0),
            ("1.74 万元", 0),
            ("2023 年预算", 0),
        ],
    )
    def test_levels(self, text: str, level: int) -> None:
        assert structure(document(whole(text))).paragraphs[0].level == level

    def test_sections(self) -> None:
        found = structure(
            document(whole("第一部分 概况", "一、职责", "（一）甲", "正文一", "二、机构", "正文二"))
        )
        headings = {p.text: found.headings_of(p) for p in found.paragraphs}
        assert headings["正文一"] == ("第一部分 概况", "一、职责", "（一）甲")
        assert headings["正文二"] == ("第一部分 概况", "二、机构")

    def test_heading_styles_of_a_format_without_number(self) -> None:
        lines = [RawLine("部门预算草案", Place(), whole=True, level=1), *whole("正文。")]
        assert [p.level for p in structure(document(lines)).paragraphs] == [-1, 0]


class TestContents:
    def test_leaders(self) -> None:
        found = structure(document(whole("一、部门职责 ........... 3", "一、部门职责")))
        assert [(p.contents, p.level) for p in found.paragraphs] == [(True, 0), (False, 1)]

    def test_list_until_its_first_entry_comes_again(self) -> None:
        found = structure(document(whole("目  录", "第一部分 概况", "第二部分 表", "第一部分 概况", "正文")))
        assert [p.contents for p in found.paragraphs] == [False, True, True, False, False]

    def test_no_list_no_marks(self) -> None:
        found = structure(
            document(
                whole(
                    "目录",
                    "这是一段很长的正文，说明本套报表的编制范围和口径，不是目录中的条目，不应当作目录。",
                )
            )
        )
        assert [p.contents for p in found.paragraphs] == [False, False]


class TestFurniture:
    def test_page_numbers_and_running_heads(self) -> None:
        pages = [
            [line("某局 2023 年部门预算", n), line(f"正文{n}。", n), line(f"- {n} -", n)] for n in (1, 2, 3)
        ]
        assert texts(structure(document(*pages))) == ["正文1。", "正文2。", "正文3。"]

    def test_a_line_on_two_pages_stays(self) -> None:
        pages = [[line("注意事项", n, whole=True), line(f"正文{n}。", n)] for n in (1, 2)]
        assert texts(structure(document(*pages))).count("注意事项") == 2

    def test_captions_that_come_again_are_no_furniture(self) -> None:
        head = ["科目编码", "科目名称", "决算数"]
        pages = [
            [line("支出决算表", n), line("单位：万元", n), grid([*head], [f"20{n}", "甲", "1"], page=n)]
            for n in (1, 2, 3)
        ]
        found = structure(document(*pages))
        assert [(t.title, t.unit, len(t.blocks[0].rows)) for t in found.tables] == [("支出决算表", "万元", 3)]


def test_order_and_index_of_the_body() -> None:
    found = structure(
        document([*whole("一、说明", "正文。"), grid(["项目", "数"], ["合计", "1"]), *whole("二、结语")])
    )
    assert [type(part).__name__ for part in found.body] == [
        "ReadParagraph",
        "ReadParagraph",
        "ReadTable",
        "ReadParagraph",
    ]
    assert [p.index for p in found.body if isinstance(p, ReadParagraph)] == [0, 1, 3]
