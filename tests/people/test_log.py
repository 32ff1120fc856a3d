"""The log of writes: complete, in order, and proof against tampering (操作日志)."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.db import IntegrityError, connection, transaction

from yiheng.people import operations
from yiheng.people.chain import START, canonical
from yiheng.people.guards import protect, trigger_names, unprotect
from yiheng.people.models import LogEntry, User
from yiheng.people.operations import Write, actor_name, record
from yiheng.people.queries import log_of, verify_log

pytestmark = pytest.mark.django_db

AT = dt.datetime(2024, 5, 6, 7, 8, 9, 123456, tzinfo=dt.timezone(dt.timedelta(hours=8)))


def three() -> list[LogEntry]:
    with transaction.atomic():
        record(
            [Write("add", "units", "a", after={"name": "甲", "n": 1}), Write("add", "units", "b")],
            actor="测试",
            at=AT,
        )
    with transaction.atomic():
        record(
            [Write("change", "units", "a", {"name": "甲"}, {"day": AT.date(), "x": Decimal("1.50")})],
            actor="测试",
        )
    return list(LogEntry.objects.order_by("pk"))


def test_each_entry_names_the_one_before() -> None:
    first, second, third = three()
    assert (first.prev_hash, second.prev_hash, third.prev_hash) == (START, first.hash, second.hash)
    assert (first.at, first.actor, first.action, first.table, first.key) == (AT, "测试", "add", "units", "a")
    assert third.after == {"day": "2024-05-06", "x": "1.50"}
    assert list(verify_log()) == []


def test_the_hash_can_be_recomputed_by_anybody() -> None:
    """From the entry alone: SHA-256 over its JSON with sorted keys and no blanks, the time in UTC."""
    first, *_ = three()
    text = (
        '{"action":"add","actor":"测试","after":{"n":1,"name":"甲"},"at":"2024-05-05T23:08:09.123456+00:00","batch":"",'
        f'"before":null,"key":"a","prev_hash":"{"0" * 64}","table":"units","user":null}}'
    )
    assert first.hash == hashlib.sha256(text.encode()).hexdigest()


def test_a_changed_entry_is_found() -> None:
    entries = three()
    tamper(f"UPDATE people_logentry SET actor = 'x' WHERE id = {entries[1].pk}")
    (defect,) = verify_log()
    assert (defect.entry, "被改动" in defect.reason) == (entries[1].pk, True)


def test_a_deleted_entry_is_found() -> None:
    entries = three()
    tamper(f"DELETE FROM people_logentry WHERE id = {entries[1].pk}")
    (defect,) = verify_log()
    assert (defect.entry, "不衔接" in defect.reason) == (entries[2].pk, True)


def test_an_entry_that_was_put_in_between_is_found() -> None:
    first, second, third = three()
    tamper(f"DELETE FROM people_logentry WHERE id IN ({second.pk}, {third.pk})")
    LogEntry.objects.create(
        pk=second.pk, at=AT, actor="假", action="add", table="units", prev_hash=first.hash, hash="0"
    )
    LogEntry.objects.bulk_create([third])
    assert {defect.entry for defect in verify_log()} == {second.pk, third.pk}


def tamper(statement: str) -> None:
    """Change the table as somebody could who may drop its triggers."""
    for name in trigger_names("people_logentry"):
        execute(f"DROP TRIGGER {name}" + (" ON people_logentry" if connection.vendor == "postgresql" else ""))
    execute(statement)


def execute(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.parametrize(
    "statement", ["UPDATE people_logentry SET actor = 'x'", "DELETE FROM people_logentry"]
)
def test_the_database_refuses_to_change_or_delete_entries(statement: str) -> None:
    three()
    with pytest.raises(IntegrityError, match="只增不改"), transaction.atomic():
        execute(statement)
    assert list(verify_log()) == []


def test_the_chain_cannot_fork() -> None:
    first, *_ = three()
    with pytest.raises(IntegrityError), transaction.atomic():
        LogEntry.objects.create(
            at=AT, actor="甲", action="add", table="units", prev_hash=first.hash, hash="1"
        )


@pytest.mark.parametrize("values", [{"actor": ""}, {"action": ""}])
def test_an_entry_says_who_did_what(values: dict[str, str]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        LogEntry.objects.create(
            **{
                "at": AT,
                "actor": "甲",
                "action": "add",
                "table": "t",
                "prev_hash": "1",
                "hash": "2",
                **values,
            }
        )


def test_an_actor_has_a_name() -> None:
    assert actor_name(User(username="zhang", name="张三")) == "张三（zhang）"
    with pytest.raises(ValueError, match="actor"):
        actor_name("  ")


def test_an_entry_is_written_with_the_write_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(operations, "connection", SimpleNamespace(in_atomic_block=False))
    with pytest.raises(RuntimeError, match="transaction"):
        record([Write("add", "units")], actor="测试")


def test_a_rolled_back_write_leaves_no_entry() -> None:
    three()
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        record([Write("add", "units", "c")], actor="测试")
        raise ZeroDivisionError
    assert LogEntry.objects.count() == 3
    with transaction.atomic():
        record([Write("add", "units", "d")], actor="测试")
    assert list(verify_log()) == []


def test_the_entries_of_one_object() -> None:
    three()
    assert [entry.action for entry in log_of("units", "a")] == ["add", "change"]


def test_floats_are_refused() -> None:
    with pytest.raises(TypeError, match="float"), transaction.atomic():
        record([Write("add", "units", after={"amounts": [1.5]})], actor="测试")


def test_canonical_json_is_one_for_one_content() -> None:
    assert (
        canonical({"b": Decimal("1.0"), "a": (1, None, True, dt.date(2024, 1, 2))})
        == '{"a":[1,null,true,"2024-01-02"],"b":"1.0"}'
    )
    with pytest.raises(TypeError):
        canonical({1, 2})


def test_protection_can_be_taken_back_by_a_migration() -> None:
    statements: list[str] = []

    class Editor:
        class connection:
            vendor = "postgresql"

        def execute(self, statement: str, params: object) -> None:
            statements.append(statement)

    protect(Editor(), "t")  # type: ignore[arg-type]
    made = {m[1] for s in statements if (m := re.search(r'CREATE TRIGGER "(\w+)"', s))}
    statements.clear()
    unprotect(Editor(), "t")  # type: ignore[arg-type]
    gone = {m[1] for s in statements if (m := re.search(r'DROP TRIGGER IF EXISTS "(\w+)"', s))}
    assert gone == made
    Editor.connection.vendor = "oracle"
    with pytest.raises(NotImplementedError, match="oracle"):
        protect(Editor(), "t")  # type: ignore[arg-type]
