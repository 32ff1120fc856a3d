"""Export → import gives the same rows: every value of every kind, through both formats."""

import datetime as dt
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from yiheng.facts.sheets import AMOUNT_UNIT, PLACES, Column, Kind, Sheet, SheetRow, SheetSet, Value
from yiheng.pipelines.catalogs import catalogs
from yiheng.pipelines.intake import SHEETS
from yiheng.policy import Policy
from yiheng.reading.rows import TOTALS
from yiheng.reading.sources import open_source
from yiheng.reading.tables import read_sources
from yiheng.reporting.leafcells import unit_and_places
from yiheng.reporting.package import write_package
from yiheng.reporting.workbook import write_workbook

CATALOGS = catalogs(Policy.load())
QUANTA = (0, 1, 10, 100, 1000, 10**4, 10**6, 10**8, 10**10)
TEXT = (
    st.text(
        st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cn")) | st.sampled_from("\n\t=+-@,\"'_x0041_"),
        min_size=1,
        max_size=20,
    )
    .map(str.strip)
    .filter(lambda text: text and text not in TOTALS)
)  # fmt: skip


def values(column: Column, quantum: int) -> st.SearchStrategy[Value]:
    """Anything that the ledger may hold in the column."""
    match column.kind:
        case Kind.AMOUNT:
            step = quantum or 1
            most = min(9 * 10**17, 10**15 * step) // step
            found: st.SearchStrategy[Value] = st.integers(0, most).map(lambda n: n * step)
        case Kind.INT:
            found = st.integers(column.minimum or 0, column.maximum or 10**9)
        case Kind.DECIMAL:
            most = column.maximum or 0
            found = st.decimals(-most, most, places=column.decimals, allow_nan=False)
        case Kind.DATE:
            found = st.dates(dt.date(1000, 1, 1), dt.date(9999, 12, 31))
        case Kind.BOOL:
            found = st.booleans()
        case Kind.ENUM:
            found = st.sampled_from([choice.value for choice in column.choices])
        case Kind.CODE:
            found = st.sampled_from([choice.value for choice in CATALOGS[column.catalog]])
        case _:
            found = TEXT
    return found if column.required else st.none() | found


@st.composite
def rows(draw: st.DrawFn, sheet: Sheet) -> list[SheetRow]:
    """A few rows of a sheet with different keys."""
    drawn = []
    for number in range(draw(st.integers(1, 3))):
        quantum = draw(st.sampled_from(QUANTA)) if sheet.has_money else 0
        row = {c.name: draw(values(c, quantum)) for c in sheet.columns if c.name not in (AMOUNT_UNIT, PLACES)}
        if "key" in row:
            row["key"] = f"{row['key']}{number}"
        else:
            row["unit"] = f"u{number}"
        if "uom" in row and row["uom"] != "元":
            quantum = 0
        for date in sheet.of_kind(Kind.DATE):
            if date.precision and row[date.name] is not None:
                row[date.precision] = row[date.precision] or "day"
        if quantum and all(row[c.name] is None for c in sheet.of_kind(Kind.AMOUNT)):
            quantum = 0
        drawn.append(SheetRow(sheet.name, 0, row, quantum))
    return drawn


def read_back(path: Path, sheet: Sheet) -> list[SheetRow]:
    reading = read_sources([open_source(path)], SHEETS, CATALOGS)
    assert [str(problem) for problem in reading.problems] == []
    return reading.rows[sheet.name]


@pytest.mark.parametrize("sheet", [pytest.param(sheet, id=sheet.name) for sheet in SHEETS])
@settings(max_examples=12, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(data=st.data())
def test_what_is_written_is_read(sheet: Sheet, data: st.DataObject) -> None:
    written = data.draw(rows(sheet))
    with TemporaryDirectory() as folder:
        book, package = Path(folder) / "a.xlsx", Path(folder) / "p"
        package.mkdir()
        alone = SheetSet((sheet,))
        write_workbook(book, alone, CATALOGS, "试", {sheet.name: written})
        write_package(package, alone, {sheet.name: written}, "试", "p")
        for path in (book, package):
            found = read_back(path, sheet)
            assert [dict(row.values) for row in found] == [dict(row.values) for row in written]
            assert [row.quantum for row in found] == [row.quantum for row in written]


@pytest.mark.parametrize(
    ("quantum", "unit", "places"),
    [
        (0, "元", None),
        (1, "元", 2),
        (100, "元", 0),
        (10**4, "万元", 2),
        (10**6, "万元", 0),
        (10**8, "亿元", 2),
    ],
)
def test_each_step_has_its_unit(quantum: int, unit: str, places: int | None) -> None:
    found, decimals = unit_and_places(quantum)
    assert (found.label, decimals) == (unit, places)


@pytest.mark.parametrize("quantum", [3, 10**11])
def test_a_step_that_is_no_place_of_any_unit(quantum: int) -> None:
    with pytest.raises(ValueError, match="无法写出"):
        unit_and_places(quantum)


def test_equal_content_gives_equal_bytes(tmp_path: Path) -> None:
    row = SheetRow("units", 0, {"key": "a", "name": "甲", "kind": "unit", "code": "0102"})
    for name in ("a.xlsx", "b.xlsx"):
        write_workbook(tmp_path / name, SHEETS, CATALOGS, "试", {"units": [row]})
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def test_a_text_too_long_for_a_workbook_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"old")
    row = SheetRow("units", 0, {"key": "a", "name": "甲" * 32_768, "kind": "unit"})
    with pytest.raises(ValueError, match="数据包"):
        write_workbook(path, SHEETS, CATALOGS, "试", {"units": [row]})
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_an_amount_of_more_digits_than_a_double_is_exact(tmp_path: Path) -> None:
    fen = 9_007_199_254_740_993_01
    row = SheetRow(
        "assets", 0, {"key": "a", "unit": "u", "kind": "fixed", "name": "甲", "original_value": fen}
    )
    write_workbook(tmp_path / "a.xlsx", SHEETS, CATALOGS, "试", {"assets": [row]})
    assert read_back(tmp_path / "a.xlsx", SHEETS["assets"])[0].values["original_value"] == fen
    assert Decimal(fen) / 100 != Decimal(float(Decimal(fen) / 100))
