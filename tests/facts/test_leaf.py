"""Leaves, and choosing them by dimension."""

import dataclasses

from yiheng.facts import DepartmentYear, Fact, Record, Source, Unit
from yiheng.facts.select import amount_of, matches, select

SOURCE = Source("支付", "1")
TOP = Unit("szyb", "0102025", "深圳市医疗保障局", "", "", "department")
MAIN = Unit("szyb-main", "0102025001", "深圳市医疗保障局", "", "szyb", "unit")
CENTRE = Unit("szybzx", "", "深圳市医疗保险基金管理中心", "", "szyb", "unit")


def fact(
    key: str, amount: int, unit: str = "szybzx", view: str = "joint", year: int = 2020, **dims: str
) -> Fact:
    return Fact(key, "spending", view, unit, year, dims, amount, 0, SOURCE)


YEAR = DepartmentYear(
    TOP,
    2020,
    "accounts",
    "440300",
    (TOP, MAIN, CENTRE),
    (
        fact("a", 1, function="2101506", fund="general"),
        fact("b", 2, unit="szyb-main", function="2101506"),
        fact("c", 4, view="function", function="2080505", fund="general"),
        fact("d", 8, year=2019, function="2101506"),
    ),
    (
        Record("reason", "r", "szyb", 2020, {"text": "一"}, SOURCE),
        Record("text", "r", "szyb", 2020, {}, SOURCE),
    ),
)


def test_a_code_stands_for_everything_that_begins_with_it() -> None:
    assert matches({"function": "2101506"}, (("function", ("210",)),))
    assert matches({"function": "2101506"}, (("function", ("208", "21015")),))
    assert not matches({"function": "2101506"}, (("function", ("2101507",)),))


def test_only_coded_dimensions_have_levels() -> None:
    assert not matches({"fund": "general"}, (("fund", ("gen",)),))
    assert matches({"fund": "general"}, (("fund", ("gov_fund", "general")),))


def test_what_is_not_attested_meets_no_predicate() -> None:
    assert not matches({}, (("fund", ("general",)),))
    assert not matches({"fund": ""}, (("fund", ("",)),))
    assert matches({}, ())


def test_facts_are_chosen_by_measure_year_view_and_predicates() -> None:
    def keys(*views: str, year: int = 2020, **where: str) -> str:
        conditions = tuple((dim, (code,)) for dim, code in where.items())
        return "".join(f.key for f in select(YEAR, "spending", year, views, conditions))

    assert keys("joint", "function") == "abc"
    assert keys("joint", "function", function="210") == "ab"
    assert keys("joint", function="210", fund="general") == "a"
    assert keys("joint", unit="szyb-main") == "b"
    assert keys("joint", year=2019) == "d"
    assert keys("economic") == ""


def test_records_are_found_by_kind_and_key() -> None:
    assert YEAR.record("reason", "r") is YEAR.records[0]
    assert YEAR.record("text", "r") is YEAR.records[1]
    assert YEAR.record("text", "x") is None
    assert YEAR.records_of("indicator") == ()


def test_a_changed_copy_remembers_nothing_of_the_first() -> None:
    assert len(YEAR.facts_of("spending", 2020)) == 3
    assert dataclasses.replace(YEAR, facts=YEAR.facts[:1]).facts_of("spending", 2020) == YEAR.facts[:1]


def test_base_units_are_those_that_no_other_stands_under() -> None:
    assert YEAR.base_units() == (MAIN, CENTRE)
    assert dataclasses.replace(YEAR, units=(CENTRE,)).base_units() == (CENTRE,)
    assert YEAR.unit_of("szybzx") is CENTRE
    assert YEAR.unit_of("gzyb") is None


def test_a_leaf_printed_in_wan_leaves_an_interval() -> None:
    printed = dataclasses.replace(YEAR.facts[0], amount=5_000_000, quantum=1_000_000)
    assert (amount_of(printed).fen, amount_of(printed).width) == (5_000_000, 1_000_000)
