"""The column of a figure in a text export, by the sums."""

from __future__ import annotations

from typing import ClassVar

from tests.reading.pages import exported

from yiheng.reading.text.arbiter import Figures, lay_out, sums_of

PATHS = [("本年支出合计",), ("基本支出",), ("项目支出",), ("经营支出",)]


def layouts(*rows: Figures, said: dict[tuple[str, int], int] | None = None) -> list[set[tuple[int, ...]]]:
    return lay_out(PATHS, rows, lambda row, value, column: (said or {}).get((row.key, column), 0))


class TestArbiter:
    TOTAL = Figures("合计", -1, ("100.00", "60.00", "40.00"))
    SAID: ClassVar = {("合计", 1): 1, ("合计", 2): 1}

    def test_sums_that_heads_promise(self) -> None:
        assert [(s.left, s.right) for s in sums_of(PATHS)] == [((0,), (1, 2, 3))]
        grouped = [
            ("年初结转和结余",),
            ("本年收入",),
            ("本年支出", "小计"),
            ("本年支出", "基本支出"),
            ("本年支出", "项目支出"),
            ("年末结转和结余",),
        ]
        assert [(s.left, s.right) for s in sums_of(grouped)] == [((2,), (3, 4)), ((0, 1), (2, 5))]

    def test_the_total_decides_about_its_parts(self) -> None:
        found = layouts(
            self.TOTAL,
            Figures("205", 0, ("60.00", "60.00")),
            Figures("208", 0, ("40.00", "40.00")),
            said=self.SAID,
        )
        assert found == [{(0, 1, 2)}, {(0, 1)}, {(0, 2)}]

    def test_one_wrong_figure_moves_no_column_and_is_not_repaired(self) -> None:
        found = layouts(
            self.TOTAL,
            Figures("205", 0, ("60.00", "66.00")),
            Figures("208", 0, ("40.00", "40.00")),
            said=self.SAID,
        )
        assert found == [{(0, 1, 2)}, {(0, 1)}, {(0, 2)}]

    def test_two_layouts_that_close_leave_the_row_open(self) -> None:
        total = Figures("合计", -1, ("100.00", "50.00", "50.00"))
        found = layouts(
            total,
            Figures("205", 0, ("50.00", "50.00")),
            Figures("208", 0, ("50.00", "50.00")),
            said=self.SAID,
        )
        assert found[1] == {(0, 1), (0, 2)}

    def test_nothing_known_nothing_guessed(self) -> None:
        assert layouts(Figures("205", -1, ("50.00", "50.00")))[0] == {(0, 1), (0, 2), (0, 3)}

    def test_a_full_row_needs_no_choice(self) -> None:
        assert layouts(Figures("205", -1, ("9", "9", "9", "9"))) == [{(0, 1, 2, 3)}]

    def test_too_many_figures_fit_nowhere(self) -> None:
        assert layouts(Figures("205", -1, ("9",) * 5)) == [set()]

    def test_an_open_cell_is_no_number_and_is_reported(self) -> None:
        found = exported(
            "支出决算表\n公开03表\n单位：万元\n项 目\n本年支出合计 基本支出 项目支出\n功能分类\n"
            "科目编码\n科目名称\n栏次 1 2 3\n"
            "205 教育支出 13.86 13.86\n"
        )
        cells = [cell.text for _, _, _, cell in found.tables[0].cells()]
        assert cells == ["13.86", "？13.86", "？13.86"]
        assert "不能确定属于哪一栏" in found.problems[0].message
