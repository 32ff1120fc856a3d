"""Text exports: encodings, wraps, separators, headers by words, hostile lines, the five documents."""

from __future__ import annotations

from pathlib import Path
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.reading import gold
from tests.reading.pages import exported, shown, texts

from yiheng.reading.problems import Unreadable
from yiheng.reading.structure import structure
from yiheng.reading.text import read_text
from yiheng.reading.text.heading import side_columns


class TestFile:
    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
    def test_encodings(self, tmp_path: Path, encoding: str) -> None:
        path = tmp_path / "预算.txt"
        path.write_bytes("一、部门职责\n负责医疗保障。\n".encode(encoding))
        assert texts(structure(read_text(path))) == ["一、部门职责", "负责医疗保障。"]

    @pytest.mark.parametrize("content", [b"", b"  \n", b"\x00\x01\x02", b"\xff\xfe\x41\x00"])
    def test_what_is_no_text_is_refused(self, tmp_path: Path, content: bytes) -> None:
        path = tmp_path / "x.txt"
        path.write_bytes(content)
        with pytest.raises(Unreadable):
            read_text(path)

    def test_line_numbers(self) -> None:
        assert [p.place.line for p in exported("甲。\n\n乙。\n").paragraphs] == [1, 3]


class TestWraps:
    LINES = "参与拟订医疗保障工作规划和年度计划，研究提出完善医疗保障政\n"

    def test_by_width(self) -> None:
        text = self.LINES * 6 + "策。\n二是完善制度。\n"
        assert texts(exported(text)) == [self.LINES.strip() * 6 + "策。", "二是完善制度。"]

    def test_a_numbered_line_with_an_amount_is_no_heading(self) -> None:
        item = "（三）节能环保支出类科目 43,100.50 元，占支出总预"
        rest = "算4.04%，同比减少 6,014.00 元。"
        heading = "（三）关于节能环保支出类科目 2023 年支出总预"
        begun = (self.LINES * 3 + "策。\n") * 3
        assert texts(exported(f"{begun}{item}\n{rest}\n"))[-1] == item + rest
        assert texts(exported(f"{begun}{heading}\n{rest}\n"))[-2:] == [heading, rest]

    def test_by_the_blank_that_ends_a_paragraph(self) -> None:
        short = "预算 344,720 万元，包括人员\n支出 6,208 万元。 \n"
        text = (self.LINES * 3 + "策。 \n") * 4 + short * 3
        assert texts(exported(text))[-1] == "预算 344,720 万元，包括人员支出 6,208 万元。"

    def test_a_page_number_does_not_cut_a_paragraph(self) -> None:
        text = self.LINES * 4 + "\n- 35 -\n\n策措施。\n"
        assert texts(exported(text)) == [self.LINES.strip() * 4 + "策措施。"]

    def test_markdown(self) -> None:
        found = exported("# 部门预算\n\n## 第一部分 概况\n\n### 一、职能\n\n- 条目\n")
        assert [(p.text, p.level) for p in found.paragraphs] == [
            ("部门预算", -1),
            ("第一部分 概况", -1),
            ("一、职能", 1),
            ("条目", 0),
        ]


class TestSeparators:
    @pytest.mark.parametrize(
        "text",
        [
            "支出总表\n单位：万元\n项目\t支出总计\t基本支出\n教育支出\t3\t1\n",
            "支出总表\n单位：万元\n| 项目 | 支出总计 | 基本支出 |\n|---|---:|---:|\n| 教育支出 | 3 | 1 |\n",
        ],
    )
    def test_tabs_and_pipes(self, text: str) -> None:
        table = exported(text).tables[0]
        assert (table.title, table.unit) == ("支出总表", "万元")
        assert shown(table.blocks[0]) == [("教育支出", "3", "1")]

    def test_indicator_rows_that_were_shifted(self) -> None:
        rows = [
            ["一级指标", "二级指标", "三级指标", "指标值", "指标解释"],
            ["产出指标", "数量指标", "甲", "≥1次", "说明甲"],
            ["", "乙", "1年", "说明乙", ""],
            ["成本指标", "丙", "≤100%", "说明丙", ""],
            ["", "效益指标", "社会效益指标", "丁", "有效提升"],
        ]
        block = (
            exported("项目支出绩效目标表\n" + "\n".join("\t".join(row) for row in rows)).tables[0].blocks[0]
        )
        assert [
            (row.groups, row.label, cells[0].text) for row, cells in zip(block.rows, block.cells, strict=True)
        ] == [
            (("产出指标", "数量指标"), "甲", "≥1次"),
            (("产出指标", "数量指标"), "乙", "1年"),
            (("产出指标", "成本指标"), "丙", "≤100%"),
            (("效益指标", "社会效益指标"), "丁", "有效提升"),
        ]


class TestHeader:
    def test_groups_level_by_level_with_wraps(self) -> None:
        found = side_columns(
            "预算单位 收入总计\n本年收入\n上年结\n余、结\n转\n政府预算拨款\n单位资金\n一般公共\n"
            "预算拨款\n政府性基金预算拨款\n"
            "事业收\n入\n其他收入 小计\n基本支出拨款 财政专项资金拨款"
        )
        assert found is not None
        assert [column.path for column in found[0]] == [
            ("预算单位",),
            ("收入总计",),
            ("本年收入", "政府预算拨款", "一般公共预算拨款", "小计"),
            ("本年收入", "政府预算拨款", "一般公共预算拨款", "基本支出拨款"),
            ("本年收入", "政府预算拨款", "一般公共预算拨款", "财政专项资金拨款"),
            ("本年收入", "政府预算拨款", "政府性基金预算拨款"),
            ("本年收入", "单位资金", "事业收入"),
            ("本年收入", "单位资金", "其他收入"),
            ("上年结余、结转",),
        ]

    def test_words_that_run_together(self) -> None:
        found = side_columns(
            "项 目\n本年支出合计 基本支出 项目支出 上缴上级支出经营支出对附属单位补助支出功能分类\n"
            "科目编码\n科目名称"
        )
        assert found is not None
        assert [c.path[0] for c in found[0] if c.kind == "value"] == [
            "本年支出合计",
            "基本支出",
            "项目支出",
            "上缴上级支出",
            "经营支出",
            "对附属单位补助支出",
        ]

    def test_last_year_beside_this_year(self) -> None:
        found = side_columns(
            "科目编码 科目名称 2023年执行数 2024年预算数 2024年预算数比2023年执行数\n"
            "小计 基本支出 项目支出 增减额 增减%"
        )
        assert found is not None
        assert [c.path for c in found[0] if c.kind == "value"] == [
            ("2023年执行数",),
            ("2024年预算数", "小计"),
            ("2024年预算数", "基本支出"),
            ("2024年预算数", "项目支出"),
            ("2024年预算数比2023年执行数", "增减额"),
            ("2024年预算数比2023年执行数", "增减%"),
        ]

    def test_sides_that_head_their_labels(self) -> None:
        found = side_columns("收 入 预算数 支 出 预算数")
        assert found is not None
        assert [[c.path for c in side] for side in found] == [
            [("收入", "项目"), ("收入", "预算数")],
            [("支出", "项目"), ("支出", "预算数")],
        ]

    def test_unknown_words_are_no_header(self) -> None:
        assert side_columns("项目 本年支出合计 神秘栏目") is None


_HOSTILE = [
    "." * 50_000 + "x",
    "甲" + " " * 50_000 + "乙",
    "1.00" * 20_000,
    "1%" * 20_000,
    "表" * 50_000,
    "一、" * 20_000,
    "甲 1 " * 10_000,
]


@pytest.mark.parametrize("line", _HOSTILE)
def test_hostile_lines_take_no_time(line: str) -> None:
    begin = process_time()
    table = f"表 1\n收支总表\n单位：万元\n项目 预算数\n甲 1.00\n{line}\n乙 2.00\n"
    exported(f"{table}目录\n{line}\n项目名称 预算数（万元） 绩效目标\n{line}\n")
    assert process_time() - begin < 5


_PIECES = st.sampled_from(
    [
        "表 1", "收支总表", "单位：万元", "项目 预算数", "收入 支出", "栏次 1 2", "205 教育支出 13.86", "合计",
        "1,2345", "0.0031012", "一级指标 二级指标 三级指标 目标值", "产出指标", "项目名称 甲", "附件 2-1",
        "年初预算数 全年预算数 全年执行数", "甲\t乙\t", "|a|b|", "目 录", "一、职责", "—", "100% 5 5", "\f",
        "科目编码 科目名称 决算数", "总分 100 90", "注：无。",
    ]
)  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(st.lists(_PIECES | st.text(max_size=20), max_size=25))
def test_random_lines_never_crash(lines: list[str]) -> None:
    found = exported("\n".join(lines))
    for table in found.tables:
        for block in table.blocks:
            assert all(len(row) == len(block.columns) for row in block.cells)


@pytest.mark.skipif(not (gold.SHARED / "gold").is_dir(), reason="the transcribed documents are not here")
@pytest.mark.parametrize(
    ("name", "cells", "unknown"),
    [
        ("accounts-2020-szybzx", 1094, 4),
        ("budget-2021-szyb", 549, 0),
        ("budget-2023-szybzx", 1069, 0),
        ("eval-2023-gzyb", 29, 0),
        ("eval-2023-szyb", 0, 0),
    ],
)
def test_cells_of_the_published_documents(name: str, cells: int, unknown: int) -> None:
    count = gold.compare(name)
    assert (count.all, count.wrong) == (cells, [])
    assert len(count.unknown) <= unknown
