"""Waterfall, attainment, radar and execution curve: what they show, what they refuse, and that all of it fits."""

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.reporting import chart_sample as sample

from yiheng.facts import Chart, PointState, Series
from yiheng.reporting import charts
from yiheng.reporting.charts import attainment
from yiheng.reporting.charts.canvas import PALETTE, width_of

SVG = "{http://www.w3.org/2000/svg}"
D = Decimal
WIDTHS = (charts.PHONE_WIDTH, charts.PAPER_WIDTH, charts.WIDTH)


def root_of(chart: Chart, width: int = charts.WIDTH) -> ElementTree.Element:
    return ElementTree.fromstring(charts.svg(chart, width))


def texts(root: ElementTree.Element) -> list[str]:
    return [element.text or "" for element in root.iter(f"{SVG}text")]


def bars(root: ElementTree.Element, colour: str) -> list[tuple[int, int]]:
    """Left and right edges of the bars of a colour, legends excepted."""
    found = [e for e in root.iter(f"{SVG}rect") if e.get("fill") == colour and e.get("height") != "12"]
    return [(int(e.get("x", "")), int(e.get("x", "")) + int(e.get("width", ""))) for e in found]


def boxes(root: ElementTree.Element) -> Iterator[tuple[str, float, float, float, float]]:
    """Name and left, top, right and bottom edge of everything that is drawn."""
    for e in root.iter(f"{SVG}text"):
        x, y, room = int(e.get("x", "")), int(e.get("y", "")), width_of(e.text or "")
        left = x - {"end": room, "middle": room // 2}.get(e.get("text-anchor", ""), 0)
        yield e.text or "", left, y - 11, left + room, y + 3
    for e in root.iter(f"{SVG}rect"):
        x, y = int(e.get("x", "")), int(e.get("y", ""))
        yield "rect", x, y, x + int(e.get("width", "")), y + int(e.get("height", ""))
    for e in root.iter(f"{SVG}circle"):
        x, y = int(e.get("cx", "")), int(e.get("cy", ""))
        yield "circle", x - 4, y - 4, x + 4, y + 4
    for e in root.iter(f"{SVG}path"):
        numbers = [int(n) for n in re.findall(r"-?\d+", e.get("d", ""))]
        yield "path", min(numbers[::2]), min(numbers[1::2]), max(numbers[::2]), max(numbers[1::2])


def assert_inside(chart: Chart, width: int) -> None:
    root = root_of(chart, width)
    _, _, right_edge, bottom_edge = map(int, root.get("viewBox", "").split())
    for name, left, top, right, bottom in boxes(root):
        # A bar at the very top has its cut marks one pixel above it.
        assert left >= -4 and top >= -2, (chart.id, width, name, left, top)
        assert right <= right_edge + 4 and bottom <= bottom_edge + 4, (chart.id, width, name, right, bottom)


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("chart", sample.ALL, ids=lambda chart: chart.id)
def test_everything_is_inside_the_picture(chart: Chart, width: int) -> None:
    assert_inside(chart, width)


labels = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), min_size=1, max_size=60)
percents = st.decimals(0, 2000, places=2)
money = st.integers(0, 10**14)


def series_of(values: st.SearchStrategy[D | None], least: int = 0) -> st.SearchStrategy[tuple[Series, ...]]:
    points = st.lists(st.tuples(labels, values), min_size=least, max_size=25)
    return points.map(lambda p: (Series("系列", tuple(p)),))


@settings(max_examples=60, deadline=None)
@given(series_of(st.none() | percents), st.sampled_from(("attainment", "radar")), st.sampled_from(WIDTHS))
def test_any_attainment_and_radar_fits(series: tuple[Series, ...], kind: str, width: int) -> None:
    assert_inside(Chart("x", kind, "图", "%", series), width)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(labels, st.decimals(0, 20, places=3)), max_size=40), st.sampled_from(WIDTHS))
def test_any_waterfall_fits(lost: list[tuple[str, Decimal]], width: int) -> None:
    full = sum((value for _, value in lost), D("7.5"))
    points = (("满分", full), *lost, ("得分", D("7.5")))
    assert_inside(Chart("x", "waterfall", "图", "分", (Series("得分", points),)), width)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.lists(st.tuples(st.dates(), money), max_size=14), min_size=1, max_size=5),
    st.sampled_from(WIDTHS),
)
def test_any_curves_fit(lines: list[list[tuple[object, int]]], width: int) -> None:
    series = tuple(
        Series(f"系列{n}", tuple((str(day), fen) for day, fen in line)) for n, line in enumerate(lines)
    )
    days = [label for one in series for label, _ in one.points]
    assert_inside(Chart("x", "progress", "图", "万元", series, as_of=days[0] if days else ""), width)


def test_a_waterfall_goes_down_step_by_step() -> None:
    # 100 − 1.25 − 1.25 − 1.25 − 1.25 = 95
    root = root_of(sample.waterfall())
    lost = bars(root, PALETTE[1])
    full, left = bars(root, PALETTE[0])[0], bars(root, PALETTE[2])[0]
    assert len(lost) == 4
    assert lost[0][1] == full[1] and lost[-1][0] == left[1]
    assert all(below[1] == above[0] for above, below in pairwise(lost))
    assert {"100", "95.00", "−1.25"} <= set(texts(root))


def test_a_waterfall_that_does_not_begin_at_zero_says_so() -> None:
    assert "横轴自 92 分起，不是从 0 开始。" in texts(root_of(sample.waterfall()))
    half = texts(root_of(sample.waterfall(6, each="12.5")))
    assert "0" in half and not any("横轴" in words for words in half)


def test_many_deductions_are_added_up_and_all_of_them_are_in_the_description() -> None:
    # 40 × 0.15 = 6; 17 are drawn on their own, 23 × 0.15 = 3.45 together.
    root = root_of(sample.waterfall(40, each="0.15"))
    assert {"其余 23 项合计", "−3.45", "94.00"} <= set(texts(root))
    assert (root.findtext(f"{SVG}desc") or "").count("扣 0.15 分") == 40


def test_attainment_says_in_words_what_its_colours_mean() -> None:
    root = root_of(sample.attainment())
    assert {"107.22% 达到目标", "93.5% 未达到目标", "无数据", "目标 100%"} <= set(texts(root))


def test_a_bar_far_above_target_is_cut_visibly() -> None:
    root = root_of(sample.attainment())
    longest = max(right for _, right in bars(root, PALETTE[2]))
    assert "1,250% 达到目标" in texts(root)
    assert [e.get("stroke") for e in root.iter(f"{SVG}path")].count("#ffffff") == 2
    line = next(e for e in root.iter(f"{SVG}path") if e.get("stroke-dasharray") == "4 3")
    target = int(re.findall(r"\d+", line.get("d", ""))[0])
    start = min(left for left, _ in bars(root, PALETTE[2]))
    assert abs((longest - start) * attainment.TARGET - (target - start) * attainment.MOST) <= attainment.MOST


def test_without_states_a_point_is_met_from_its_target_on() -> None:
    chart = Chart(
        "x", "attainment", "图", "%", (Series("s", (("甲", D(100)), ("乙", D("99.99")), ("丙", None))),)
    )
    states = [chart.state(chart.series[0], place) for place in range(3)]
    assert states == [PointState.MET, PointState.UNMET, PointState.UNKNOWN]


def test_a_full_radar_is_the_rim_and_half_is_half_way() -> None:
    points = (("上", D(100)), ("右", D(50)), ("下", D(100)), ("左", D(0)))
    root = root_of(Chart("x", "radar", "图", "%", (Series("s", points),)))
    top, right, bottom, left = [
        (int(e.get("cx", "")), int(e.get("cy", ""))) for e in root.iter(f"{SVG}circle")
    ]
    radius = (bottom[1] - top[1]) // 2
    assert right == (top[0] + radius // 2, left[1]) and left == (top[0], top[1] + radius)


def test_a_radar_of_two_axes_is_drawn_as_bars() -> None:
    root = root_of(sample.radar(2))
    assert len(bars(root, PALETTE[0])) == 2 and not list(root.iter(f"{SVG}circle"))


def test_an_axis_without_a_score_is_named_and_has_no_point() -> None:
    points = (("甲", D(80)), ("乙", None), ("丙", D(60)), ("丁", D(70)))
    root = root_of(Chart("x", "radar", "图", "%", (Series("s", points),)))
    assert len(list(root.iter(f"{SVG}circle"))) == 3
    assert "未评分" in texts(root)


def test_an_execution_curve_marks_its_day_and_shades_its_forecast() -> None:
    root = root_of(sample.execution())
    assert {"截至 2024-08-31", "预测区间", "87.9", "74.6", "81.2", "52.0"} <= set(texts(root))
    assert texts(root).count("预测区间") == 1
    assert [e for e in root.iter(f"{SVG}path") if e.get("fill-opacity") == "14%"]


def test_a_first_observation_is_a_dot_and_no_level_line() -> None:
    reached, due = (("2024-01-31", D("6.5")),), (("2024-01-31", D(8)), ("2024-12-31", D(100)))
    series = (Series("预算执行率", reached), Series("序时进度", due))
    root = root_of(Chart("x", "progress", "图", "%", series, as_of="2024-01-31"))
    assert "预算执行率 6.5" not in texts(root) and "6.5" in texts(root)


def chart(kind: str, *points: tuple[str, object], unit: str = "分") -> Chart:
    return Chart("x", kind, "某图", unit, (Series("甲", points),))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("kind", "points", "unit", "said"),
    [
        ("attainment", (("满意度", D("-1")),), "%", "系列“甲”的“满意度”的数值 -1 是负数"),
        ("radar", (("预算", D("-0.5")),), "%", "是负数，这类图只能画零和正数"),
        ("waterfall", (("满分", D(100)), ("加分", D(-2)), ("得分", D(102))), "分", "“加分”的数值 -2 是负数"),
        ("waterfall", (("满分", D(100)), ("甲", D(3)), ("得分", D(98))), "分", "减去各项扣分得 97，与得分 98 不符"),
        ("waterfall", (("满分", D(100)),), "分", "至少要有满分和得分两个点"),
        ("progress", (("1月", None),), "%", "没有数值（缺数不能当作零来画"),
        ("structure", (("甲", D("1.5")),), "万元", "不是整数分"),
        ("radar", (("甲", 1.5),), "%", "不是准确数"),
        ("pie", (), "%", "不认识的图类 'pie'"),
    ],
)  # fmt: skip
def test_what_a_kind_cannot_show_is_refused(
    kind: str, points: tuple[tuple[str, object], ...], unit: str, said: str
) -> None:
    with pytest.raises(ValueError, match="图“某图”（x）无法绘制") as error:
        chart(kind, *points, unit=unit)
    assert said in str(error.value)


def test_all_reasons_are_told_at_once() -> None:
    with pytest.raises(ValueError, match="无法绘制") as error:
        chart("radar", ("甲", D(-1)), ("乙", D(-2)))
    assert str(error.value).count("是负数") == 2


@pytest.mark.parametrize("width", WIDTHS)
def test_the_ends_of_time_and_the_day_of_the_report_are_named(width: int) -> None:
    found = [words for words in texts(root_of(sample.execution(), width)) if words.startswith("2024-")]
    assert {"2024-01-31", "2024-12-31"} <= set(found)
    assert "2024-08-31" in found or width == charts.PHONE_WIDTH
    assert found == sorted(found)
