"""The sheets of all apps against the models and the code lists that they speak of."""

import pytest

from yiheng.facts.sheets import AMOUNT_UNIT, PLACES, Kind, Sheet, plain_label
from yiheng.facts.workbook import CONTROL_TOTALS
from yiheng.ledger.sheets import QUANTUM, shapes
from yiheng.pipelines.catalogs import catalogs
from yiheng.pipelines.intake import SHEETS
from yiheng.policy import Policy

ALL = [pytest.param(sheet, id=sheet.name) for sheet in SHEETS]


def test_every_model_that_is_a_sheet_has_one_in_loading_order() -> None:
    assert [sheet.name for sheet in SHEETS] == list(shapes())


@pytest.mark.parametrize("sheet", ALL)
def test_columns_are_those_of_the_model(sheet: Sheet) -> None:
    shape = shapes()[sheet.name]
    money = {AMOUNT_UNIT, PLACES} if QUANTUM in shape.place else set()
    assert {column.name for column in sheet.columns} == set(shape.columns) - {QUANTUM} | money
    assert {column.name for column in sheet.columns if column.required} == set(shape.required)
    assert sheet.columns[0].name in ("key", "unit")


@pytest.mark.parametrize("sheet", ALL)
def test_titles_tell_columns_apart(sheet: Sheet) -> None:
    titles = [plain_label(column.title) for column in sheet.columns]
    assert len(set(titles)) == len(titles)
    assert all(column.note for column in sheet.columns if column.required)


@pytest.mark.parametrize("sheet", ALL)
def test_references_lead_to_sheets_with_keys(sheet: Sheet) -> None:
    for column in sheet.of_kind(Kind.REFERENCE):
        assert SHEETS[column.refers].identity == ("key",)


@pytest.mark.parametrize("sheet", [*ALL, pytest.param(CONTROL_TOTALS, id="control_totals")])
def test_code_lists_exist_and_samples_name_known_columns(sheet: Sheet) -> None:
    known = catalogs(Policy.load())
    assert {column.catalog for column in sheet.columns if column.catalog} <= set(known)
    for sample in sheet.samples:
        assert set(sample) <= set(sheet.by_name)
        assert {column.name for column in sheet.columns if column.required} <= set(sample)


def test_code_lists_offer_each_code_once_with_its_newest_name() -> None:
    function = catalogs(Policy.load())["function"]
    assert [choice.value for choice in function] == sorted(choice.value for choice in function)
    assert next(c.title for c in function if c.value == "2101501") == "行政运行"
