"""Charts of the workbook: native, bound to cells that hold the values, with words for those who cannot see them."""

import datetime as dt
import re
import zipfile
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from openpyxl.workbook import Workbook
from tests.reporting import chart_sample, sample2

from yiheng.facts import Chart
from yiheng.reporting import xlsx


def write(folder: Path, *charts: Chart) -> Path:
    named = tuple(replace(chart, id=f"{chart.id}{n}") for n, chart in enumerate(charts))
    return xlsx.write(replace(sample2.paper(), charts=named), folder / "a.xlsx")


def values(book: Workbook) -> list[tuple[object, ...]]:
    return [
        row for row in book["图表数据"].iter_rows(values_only=True) if any(cell is not None for cell in row)
    ]


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("x"), *sample2.charts(), *chart_sample.ALL)


def test_there_is_a_native_chart_for_each(path: Path) -> None:
    count = len(sample2.charts()) + len(chart_sample.ALL)
    with zipfile.ZipFile(path) as archive:
        drawn = [archive.read(name).decode() for name in archive.namelist() if "charts/chart" in name]
        described = archive.read("xl/drawings/drawing1.xml").decode()
    assert len(drawn) == count
    assert all("图表数据" in chart for chart in drawn)
    assert described.count("descr=") == count and "扣 1.25 分" in described


def test_the_contents_lead_to_both_sheets(path: Path) -> None:
    book = openpyxl.load_workbook(path)
    assert {"图示", "图表数据"} <= {cell.value for row in book["目录"].iter_rows() for cell in row}


def test_money_is_written_in_the_unit_of_the_chart(tmp_path: Path) -> None:
    # 571,201 hundredths of 万元, as the table prints it.
    rows = values(openpyxl.load_workbook(write(tmp_path, sample2.charts()[0])))
    assert [row[:2] for row in rows] == [
        ("支出结构（单位：万元）", None), ("项目", "支出"), ("基本支出", 5712.01), ("项目支出", 2158.34),
    ]  # fmt: skip


def test_a_waterfall_stands_on_a_base(tmp_path: Path) -> None:
    # 100 − 12.5 − 12.5 = 75
    rows = values(openpyxl.load_workbook(write(tmp_path, chart_sample.waterfall(2, each="12.5"))))
    assert [row[1:3] for row in rows[2:]] == [(0, 100), (87.5, 12.5), (75, 12.5), (0, 75)]


def test_what_is_unknown_stays_empty(tmp_path: Path) -> None:
    rows = dict(row[:2] for row in values(openpyxl.load_workbook(write(tmp_path, chart_sample.attainment()))))
    assert rows["患者满意度"] is None and rows["未开展的活动"] == 0


def test_days_are_days_and_curves_share_them(tmp_path: Path) -> None:
    rows = values(openpyxl.load_workbook(write(tmp_path, chart_sample.execution())))[2:]
    days = [row[0].date() for row in rows if isinstance(row[0], dt.datetime)]
    assert len(days) == len(rows) and days[0] == dt.date(2024, 1, 31) and days[-1] == dt.date(2024, 12, 31)
    assert rows[-1][1:6] == (None, 100, 81.2, 74.6, 87.9)


def test_a_level_line_goes_through(tmp_path: Path) -> None:
    rows = values(openpyxl.load_workbook(write(tmp_path, sample2.charts()[1])))[2:]
    assert [row[2] for row in rows] == [8000, 8000, 8000]


def test_a_far_exceeded_target_ends_at_the_edge_of_its_axis(tmp_path: Path) -> None:
    with zipfile.ZipFile(write(tmp_path, chart_sample.attainment())) as archive:
        chart = archive.read("xl/charts/chart1.xml").decode()
    assert re.search(r'<c:max val="200"/>', chart) and "1,250% 达到目标" in chart


def test_the_same_paper_gives_the_same_bytes(tmp_path: Path) -> None:
    first = write(tmp_path, *chart_sample.ALL).read_bytes()
    assert write(tmp_path, *chart_sample.ALL).read_bytes() == first


def test_a_paper_without_charts_has_no_sheets_for_them(tmp_path: Path) -> None:
    assert not {"图示", "图表数据"} & set(openpyxl.load_workbook(write(tmp_path)).sheetnames)
