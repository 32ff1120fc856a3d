"""Units: the tree, and which unit a text means (单位)."""

from __future__ import annotations

import pytest
from tests.ledger.builders import base, load, row

from yiheng.ledger import queries
from yiheng.ledger.errors import AmbiguousUnit, NoDepartmentYear, UnknownUnit

pytestmark = pytest.mark.django_db


@pytest.fixture
def tree() -> None:
    load(base("accounts"))


def test_without_units_the_way_out_is_named() -> None:
    with pytest.raises(UnknownUnit, match="请先装载"):
        queries.resolve_unit("市局")


@pytest.mark.usefixtures("tree")
@pytest.mark.parametrize(
    ("text", "key"),
    [("centre", "centre"), ("CENTRE", "centre"), ("0102025", "bureau"), ("0102025001", "main"),
     ("0102025001市局", "main"), ("市中心", "centre"), (" 市 中心", "centre"), ("局本级", "main")],
)  # fmt: skip
def test_a_unit_answers_to_key_code_name_and_short_name(text: str, key: str) -> None:
    assert queries.resolve_unit(text).key == key


@pytest.mark.usefixtures("tree")
def test_a_department_and_its_main_unit_may_share_a_name() -> None:
    with pytest.raises(AmbiguousUnit) as ambiguous:
        queries.resolve_unit("市局")
    assert [unit.key for unit in ambiguous.value.candidates] == ["bureau", "main"]
    assert "0102025001" in str(ambiguous.value) and "主管部门" in str(ambiguous.value)


@pytest.mark.usefixtures("tree")
def test_an_unknown_name_lists_near_ones() -> None:
    with pytest.raises(UnknownUnit) as unknown:
        queries.resolve_unit("中心")
    assert unknown.value.near == ("市中心（centre）",)


@pytest.mark.usefixtures("tree")
@pytest.mark.parametrize("text", ["", "  ", "甲乙丙丁"])
def test_nonsense_is_nobody(text: str) -> None:
    with pytest.raises(UnknownUnit):
        queries.resolve_unit(text)


@pytest.mark.usefixtures("tree")
def test_the_tree_knows_what_is_above_and_below() -> None:
    found = queries.unit_tree()
    assert [unit.key for unit in found.units] == ["bureau", "main", "centre"]
    assert found.chain("centre") == ("centre", "bureau")
    assert [unit.key for unit in found.below("centre")] == ["centre"]
    assert found.jurisdiction("centre") == "440300"
    department = found.department("centre")
    assert department is not None and department.key == "bureau"
    assert found.department("bureau") is None


def test_children_stand_below_their_parent_in_the_order_of_the_sheet() -> None:
    rows = base("accounts")
    rows["units"] += [
        row("units", "other", name="另一局", kind="department", jurisdiction="440100"),
        row("units", "branch", name="分中心", kind="unit", parent="centre"),
    ]
    load(rows)
    assert [unit.key for unit in queries.units()] == ["bureau", "main", "centre", "branch", "other"]


@pytest.mark.usefixtures("tree")
def test_a_department_year_that_is_not_there_lists_those_that_are() -> None:
    with pytest.raises(NoDepartmentYear, match=r"市局（bureau）2023年部门预算.*2024年部门决算"):
        queries.department_year("bureau", 2023, "budget")


@pytest.mark.usefixtures("tree")
def test_a_department_year_carries_its_units_and_its_department() -> None:
    load({"department_years": [row("department_years", "", unit="centre", kind="budget")]})
    whole = queries.department_year("bureau", 2024, "accounts")
    assert ([unit.key for unit in whole.units], whole.department, whole.jurisdiction) == (
        ["bureau", "main", "centre"],
        None,
        "440300",
    )
    part = queries.department_year("市中心", 2024, "budget")
    assert part.department is not None
    assert ([unit.key for unit in part.units], part.department.key, part.jurisdiction) == (
        ["centre"],
        "bureau",
        "440300",
    )
    assert [entry.label for entry in queries.department_years()] == [
        "市局2024年部门决算",
        "市中心2024年部门预算",
    ]
