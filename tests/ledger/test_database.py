"""Rules that the database itself enforces, on SQLite and on PostgreSQL (数据库约束)."""

from __future__ import annotations

from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction
from tests.ledger.builders import base, content, load, row

from yiheng.ledger.models import BudgetLine, JournalRow, Load, Payment, Procurement, Unit
from yiheng.people.guards import trigger_names

pytestmark = pytest.mark.django_db

JOURNAL = [model for model in apps.get_models() if issubclass(model, JournalRow)]


def test_every_journal_table_is_append_only() -> None:
    """Whatever a later migration does to a table, its triggers are there at the end."""
    tables = [model._meta.db_table for model in (*JOURNAL, Load)]
    assert len(tables) == 32
    wanted = {name for table in tables for name in trigger_names(table)}
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        else:
            cursor.execute("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal")
        assert wanted <= {name for (name,) in cursor.fetchall()}


@pytest.mark.parametrize("statement", ["UPDATE ledger_payment SET amount = 0", "DELETE FROM ledger_payment"])
def test_a_journal_row_cannot_be_changed_or_deleted(statement: str) -> None:
    load(content(row("payments", "z1", amount=100)))
    with pytest.raises(IntegrityError, match="只增不改"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert Payment.objects.get().amount == 100


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite has no TRUNCATE")
def test_a_journal_table_cannot_be_emptied() -> None:
    with pytest.raises(IntegrityError, match="只增不改"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("TRUNCATE ledger_payment CASCADE")


def refused(make: Any) -> bool:
    try:
        with transaction.atomic():
            make()
            connection.check_constraints()
    except IntegrityError:
        return True
    return False


@pytest.fixture
def journal() -> dict[str, Any]:
    """The columns that a row needs besides its own."""
    load(base("accounts"))
    return {"load": Load.objects.get(), "unit_id": "centre", "year": 2024, "view": "joint"}


def line(journal: dict[str, Any], **values: Any) -> Any:
    return lambda: BudgetLine.objects.create(
        **{"key": "b1", "stage": "approved", "amount": 1, **journal, **values}
    )


def test_a_sound_row_is_accepted(journal: dict[str, Any]) -> None:
    """So that the refusals below are for the reason that each names."""
    assert not refused(line(journal))


@pytest.mark.parametrize(
    "values",
    [
        {"amount": -1},
        {"quantum": -1},
        {"key": ""},
        {"version": 2},
        {"kind_of_row": "reversal"},
        {"unit_id": "nobody"},
        {"project_id": "none"},
        {"document_id": "lost"},
    ],
    ids=str,
)
def test_an_impossible_budget_line_is_refused(journal: dict[str, Any], values: dict[str, Any]) -> None:
    assert refused(line(journal, **values))


def test_a_key_has_each_version_once_and_each_row_one_successor(journal: dict[str, Any]) -> None:
    first = line(journal)()
    assert refused(line(journal))
    successor = {"version": 2, "kind_of_row": "correction", "replaces": first}
    assert not refused(line(journal, **successor))
    assert refused(line(journal, **{**successor, "version": 3}))


@pytest.mark.parametrize("column", ["sme_amount", "micro_amount"])
def test_a_part_is_no_larger_than_the_purchase(journal: dict[str, Any], column: str) -> None:
    def make(part: int) -> Any:
        return lambda: Procurement.objects.create(key=f"c{part}", amount=100, **{**journal, column: part})

    assert [refused(make(part)) for part in (100, 101, -1)] == [False, True, True]


@pytest.mark.parametrize(
    ("date", "precision", "bad"),
    [
        (None, "", False),
        (None, "year", False),
        ("2024-05-01", "month", False),
        (None, "day", True),
        ("2024-05-01", "", True),
    ],
)
def test_a_day_says_how_finely_it_is_known(
    journal: dict[str, Any], date: str | None, precision: str, bad: bool
) -> None:
    make = lambda: Payment.objects.create(key="z", amount=1, date=date, date_precision=precision, **journal)  # noqa: E731
    assert refused(make) is bad


def test_codes_are_unique_but_blank_codes_are_not_codes(journal: dict[str, Any]) -> None:
    def unit(key: str, code: str, **values: Any) -> Any:
        return lambda: Unit.objects.create(key=key, code=code, name="市局", kind="unit", **values)

    assert not refused(unit("a", ""))
    assert refused(unit("b", "0102025"))
    assert refused(unit("c", "", parent_id="c"))
    assert refused(unit("bureau", "9"))


def test_a_unit_that_rows_name_cannot_be_deleted() -> None:
    load(content(row("payments", "z1", amount=1)))

    def delete() -> None:
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM ledger_unit WHERE key = 'centre'")

    assert refused(delete)
