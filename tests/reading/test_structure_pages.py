"""Tables and forms that go on over pages are joined; what begins anew is another one."""

from __future__ import annotations

from typing import ClassVar

from tests.reading.pages import Given, document, grid, line, shown

from yiheng.facts.document import ReadTable
from yiheng.reading.raw import RawGrid
from yiheng.reading.structure import structure


class TestJoining:
    HEAD = ("科目编码", "科目名称", "决算数")

    def _pages(self, first: RawGrid, second: RawGrid, between: tuple[str, ...] = ()) -> list[ReadTable]:
        above = [line("支出决算表"), first]
        return list(structure(document(above, [*(line(text, 2) for text in between), second])).tables)

    def test_same_header_and_caption(self) -> None:
        found = self._pages(
            grid([*self.HEAD], ["205", "教育支出", "1"]),
            grid([*self.HEAD], ["208", "社会保障和就业支出", "2"], page=2),
            ("支出决算表（续）",),
        )
        assert len(found) == 1
        assert shown(found[0].blocks[0]) == [("教育支出", "1"), ("社会保障和就业支出", "2")]
        assert found[0].pages == (1, 2)

    def test_no_header_on_the_next_page(self) -> None:
        found = self._pages(
            grid([*self.HEAD], ["205", "教育支出", "1"]),
            grid(["208", "社会保障和就业支出", "2"], page=2),
        )
        assert len(found) == 1
        assert len(found[0].blocks[0].rows) == 2

    def test_another_title_is_another_table(self) -> None:
        found = self._pages(
            grid([*self.HEAD], ["205", "教育支出", "1"]),
            grid([*self.HEAD], ["205", "教育支出", "1"], page=2),
            ("收入决算表",),
        )
        assert [t.title for t in found] == ["支出决算表", "收入决算表"]

    def test_a_row_cut_by_the_page(self) -> None:
        head: list[Given] = ["三级指标", "得分", "偏差原因"]
        found = self._pages(
            grid([*head], ["甲", "5", "受疫情影"]), grid([*head], ["", "", "响未开展"], page=2)
        )
        assert shown(found[0].blocks[0]) == [("甲", "5", "受疫情影响未开展")]


def _form(rows: list[list[Given]], page: int, *above: str) -> list[object]:
    return [*(line(text, page) for text in above), grid(*rows, page=page)]


class TestFormOverPages:
    TASKS: ClassVar[list[Given]] = ["任务名称", "主要内容", "总额", "财政拨款"]

    def test_a_part_that_goes_on_has_all_its_rows(self) -> None:
        first = [
            ["部门名称", "某局", "主管部门", "某局"],
            [("年度主要任务", 1, 4)],
            [*self.TASKS],
            ["甲", "事", "40", "40"],
        ]
        second = [
            [("年度主要任务", 1, 4)],
            [*self.TASKS],
            ["乙", "事", "60", "60"],
            ["金额合计", "", "100", "100"],
        ]
        found = structure(document(_form(first, 1, "部门整体支出绩效目标表"), _form(second, 2))).tables
        assert len(found) == 1
        assert [row.label for row in found[0].blocks[1].rows] == ["甲", "乙", "金额合计"]
        assert found[0].pages == (1, 2)

    def test_a_form_that_begins_with_its_fields_is_another(self) -> None:
        rows: list[list[Given]] = [
            ["项目名称", "甲", "项目编码", "1"],
            ["一级指标", "二级指标", "三级指标", "指标值"],
            ["产出指标", "数量指标", "丙", "≥1"],
        ]
        pages = [_form(rows, n, "项目支出绩效目标表") for n in (1, 2)]
        assert len(structure(document(*pages)).tables) == 2

    def test_parts_printed_as_tables_of_their_own(self) -> None:
        facts = grid(["项目名称", "甲", "项目编码", "1"])
        funds = grid(
            [("项目资金（元）", 2, 1), "", "全年预算数", "全年执行数", "得分"],
            ["年度资金总额", "100.00", "50.00", "5"],
        )
        goals = grid([("年度总体目标", 2, 1), "预期目标", "实际完成情况"], ["完成。", "已完成。"])
        found = structure(document([line("项目支出绩效自评表"), facts, funds, goals])).tables
        assert [[block.name for block in t.blocks] for t in found] == [["", "项目资金（元）", "年度总体目标"]]

    def test_text_between_separates(self) -> None:
        head: list[list[Given]] = [["部门名称", "某局", "主管部门", "某局"], [("年度主要任务", 1, 4)]]
        first = [*head, [*self.TASKS], ["甲", "事", "4", "4"]]
        second = [[("年度主要任务", 1, 4)], [*self.TASKS], ["乙", "事", "6", "6"]]
        pages = [_form(first, 1, "目标表"), _form(second, 2, "以下为另一单位的任务。")]
        assert len(structure(document(*pages)).tables) == 2
