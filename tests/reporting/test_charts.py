"""Charts are well-formed, say their values in words, and keep their labels apart."""

import re
from itertools import pairwise
from xml.etree import ElementTree

import pytest
from tests.reporting import sample2

from yiheng.facts import Chart, Series
from yiheng.reporting import charts
from yiheng.reporting.charts.canvas import INK, PALETTE, SOFT, fold, width_of

SVG = "{http://www.w3.org/2000/svg}"
WAN = sample2.WAN


def bars(*values: int, kind: str = "structure") -> Chart:
    points = tuple((f"第{n}类支出", value) for n, value in enumerate(values))
    return Chart("x", kind, "结构", "万元", (Series("支出", points),))


def texts(svg: str) -> list[str]:
    return [element.text or "" for element in ElementTree.fromstring(svg).iter(f"{SVG}text")]


def rects(svg: str) -> list[int]:
    return [int(element.get("width", "0")) for element in ElementTree.fromstring(svg).iter(f"{SVG}rect")]


def test_values_are_printed_in_the_unit_with_grouping() -> None:
    # 201,787.57 万元 is 本年支出合计 of the 2020 final accounts (公开03表).
    assert "201,787.57" in texts(charts.svg(bars(2_017_875_700_00)))


def test_bars_are_as_long_as_their_values() -> None:
    long, half = rects(charts.svg(bars(200 * WAN, 100 * WAN)))
    assert abs(long - 2 * half) <= 1


def test_a_small_value_stays_visible_and_zero_has_no_bar() -> None:
    _, small, zero = rects(charts.svg(bars(200_000 * WAN, 100, 0)))
    assert (small, zero) == (1, 0)


def test_a_negative_value_reaches_to_the_other_side_of_zero() -> None:
    root = ElementTree.fromstring(charts.svg(bars(100 * WAN, -50 * WAN)))
    gain, loss = list(root.iter(f"{SVG}rect"))
    assert int(loss.get("x", "0")) + int(loss.get("width", "0")) == int(gain.get("x", "0"))


def test_the_text_alternative_names_every_value() -> None:
    root = ElementTree.fromstring(charts.svg(sample2.charts()[0]))
    title, description = root.findtext(f"{SVG}title"), root.findtext(f"{SVG}desc")
    assert root.get("role") == "img"
    assert title == "支出结构（单位：万元）"
    assert description == "支出：基本支出 5,712.01 万元，项目支出 2,158.34 万元。"
    assert root.get("aria-labelledby") == "chart-structure-720-t chart-structure-720-d"


def test_names_are_escaped() -> None:
    chart = Chart('a"b', "structure", sample2.EVIL, "万元", (Series(sample2.EVIL, ((sample2.EVIL, WAN),)),))
    svg = charts.svg(chart, link=lambda address: f"#{address}")
    assert "<script" not in svg
    assert sample2.EVIL in (ElementTree.fromstring(svg).findtext(f"{SVG}title") or "")


def test_points_link_to_the_cells_behind_them() -> None:
    root = ElementTree.fromstring(charts.svg(sample2.charts()[0], link=lambda address: f"#cell={address}"))
    links = [element.get("href") for element in root.iter(f"{SVG}a")]
    assert links == ["#cell=公开03表[合计, 其中/基本支出]", "#cell=公开03表[合计, 其中/项目支出]"]
    assert root.get("role") == "group"


def test_the_same_chart_gives_the_same_bytes() -> None:
    assert charts.svg(sample2.charts()[1]) == charts.svg(sample2.charts()[1])


def test_a_single_point_is_drawn_as_a_level_line() -> None:
    svg = charts.svg(sample2.charts()[1])
    assert "年度预算 8,000" in texts(svg)
    # Once in the legend and once as the line itself.
    assert svg.count("stroke-dasharray") == 2
    level = re.search(r'd="M\d+ (\d+)L\d+ (\d+)" stroke="#b84a00"', svg)
    assert level is not None and level[1] == level[2]


def test_dates_lie_where_they_belong_in_time() -> None:
    # March to June are 92 days of the 275 to December.
    points = re.findall(r'<circle cx="(\d+)"', charts.svg(sample2.charts()[1]))
    first, second, last = map(int, points)
    assert abs((second - first) * 275 - (last - first) * 92) <= 275


def test_amounts_of_one_chart_have_the_same_decimals() -> None:
    drawn = charts.svg(bars(1582 * WAN, 80_415 * WAN + WAN * 7 // 10))
    assert ">1,582.00<" in drawn and ">80,415.70<" in drawn and "1,582.00 万元" in drawn
    assert ">1,582<" in charts.svg(bars(1582 * WAN, 80_415 * WAN))


@pytest.mark.parametrize("width", [charts.PHONE_WIDTH, charts.WIDTH])
def test_end_values_of_curves_do_not_touch(width: int) -> None:
    lines = tuple(
        Series(name, (("1月", 0), ("2月", value)))
        for name, value in (("甲", 100 * WAN), ("乙", 100 * WAN), ("丙", 101 * WAN))
    )
    root = ElementTree.fromstring(charts.svg(Chart("x", "progress", "进度", "万元", lines), width))
    ends = sorted(
        int(t.get("y", "0"))
        for t in root.iter(f"{SVG}text")
        if t.text in ("100", "101") and "#" in t.get("fill", "") and t.get("text-anchor") is None
    )
    assert len(ends) == 3
    assert all(below - above >= 16 for above, below in pairwise(ends))


@pytest.mark.parametrize("width", [charts.PHONE_WIDTH, charts.WIDTH])
def test_nothing_reaches_beyond_the_edge(width: int) -> None:
    long = "用于社会福利和医疗救助事业的彩票公益金安排的支出以及其他一切未列明的支出项目名称"
    comparison = Chart(
        "c",
        "comparison",
        "比较",
        "万元",
        tuple(
            Series(f"{year} 年预算", ((long, 262_506 * WAN), ("结余", -500 * WAN))) for year in (2021, 2023)
        ),
    )
    for chart in (comparison, sample2.charts()[0], sample2.charts()[1]):
        root = ElementTree.fromstring(charts.svg(chart, width))
        for element in root.iter(f"{SVG}text"):
            x, room = int(element.get("x", "0")), width_of(element.text or "")
            left = x - {"end": room, "middle": room // 2}.get(element.get("text-anchor", ""), 0)
            assert left >= -2 and left + room <= width + 2, element.text


def test_labels_of_bars_do_not_overlap() -> None:
    chart = Chart(
        "x",
        "structure",
        "结构",
        "万元",
        (
            Series(
                "支出", tuple((f"很长的类别名称需要折成两行才放得下第{n}项说明", n * WAN) for n in range(8))
            ),
        ),
    )
    for width in (charts.PHONE_WIDTH, charts.WIDTH):
        root = ElementTree.fromstring(charts.svg(chart, width))
        lines = sorted(
            int(t.get("y", "0"))
            for t in root.iter(f"{SVG}text")
            if "类别" in (t.text or "") or "折" in (t.text or "")
        )
        assert all(below - above >= 14 for above, below in pairwise(lines))


def test_a_chart_without_points_says_so() -> None:
    assert texts(charts.svg(Chart("x", "structure", "空", "万元", (Series("支出", ()),)))) == [
        "没有可画的数据"
    ]


def test_long_labels_are_folded_and_shortened() -> None:
    assert fold("一二三四五六七八九十", width_of("一二三四五")) == ["一二三四五", "六七八九十"]
    assert fold("一二三四五六七八九十十一", width_of("一二三四五")) == ["一二三四五", "六七八九…"]


def test_no_single_character_is_left_over_on_a_line() -> None:
    words = "为医保分中心及中心工作人员提供后勤保障服务"
    lines = fold(words, width_of(words[:-1]))
    assert "".join(lines) == words and min(map(len, lines)) > 2


def test_brackets_and_signs_stay_with_their_words() -> None:
    assert fold("一二三四（五六七", width_of("一二三四（"))[0] == "一二三四"
    assert fold("一二三四，五六七", width_of("一二三四"))[1].startswith("四，")


def contrast(colour: str) -> float:
    """Against white, by WCAG 2.2."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)


@pytest.mark.parametrize("colour", [*PALETTE, INK, SOFT])
def test_colours_are_dark_enough_to_read(colour: str) -> None:
    assert contrast(colour) >= 4.5
