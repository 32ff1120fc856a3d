"""Queries whose words are written once ask what their Django query asks."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from yiheng.ledger.models import BudgetLine
from yiheng.people.models import LogEntry, Post, User
from yiheng.people.prepared import Prepared, PreparedInsert, PreparedKeys
from yiheng.people.queries import rights_of

pytestmark = pytest.mark.django_db

POSTS = Prepared(
    lambda user, unit: Post.objects.filter(user_id=user, unit=unit).values_list("role", "unit"),
    Prepared.number(1),
    Prepared.text(2),
)


def person(name: str, *units: str) -> User:
    user = User.objects.create(username=name, name=f"{name}（虚构）", password="!")
    for unit in units:
        Post.objects.create(user=user, role="preparer", unit=unit)
    return user


def test_each_call_asks_for_its_own_parameters() -> None:
    first, second = person("a", "u1", "u2"), person("b", "u1")
    assert POSTS.rows(first.pk, "u1") == [("preparer", "u1")]
    assert POSTS.rows(first.pk, "u2") == [("preparer", "u2")]
    assert POSTS.rows(second.pk, "u2") == []
    assert POSTS.rows(second.pk, "u1' OR '1'='1") == []


def test_a_parameter_that_the_query_does_not_hold_is_refused() -> None:
    lost = Prepared(lambda user: Post.objects.filter(unit="u"), Prepared.number(1))
    with pytest.raises(ValueError, match="not in the query"):
        lost.rows(1)


KEYS = PreparedKeys(lambda keys: Post.objects.filter(unit__in=keys).order_by("unit").values_list("unit"))


def test_keys_are_asked_for_however_many_they_are() -> None:
    units = [f"u{number:02}" for number in range(PreparedKeys.FEW + 5)]
    person("a", *units)
    assert KEYS.rows([]) == []
    for count in (1, 2, 1, PreparedKeys.FEW, PreparedKeys.FEW + 1):
        asked = {*units[:count], "nobody's"}
        assert [unit for (unit,) in KEYS.rows(asked)] == units[:count]
    with CaptureQueriesContext(connection) as made:
        assert KEYS.rows(["u03"]) == [("u03",)]
    assert len(made) == 1


@pytest.mark.parametrize("count", [1, 3, PreparedInsert.FEW + 1])
def test_rows_that_are_added_are_those_that_django_would_add(count: int) -> None:
    user = person("a")
    at = timezone.now()
    values = [None, {"金额": 5, "无": None, "列": ["a'b", "%s"]}, []]
    rows = [
        LogEntry(at=at, user=user if number else None, actor="甲", action="try", table="t", key=f"k{number}",
                 before=values[number % 3], after=values[(number + 1) % 3], prev_hash=f"p{number}", hash=f"h{number}")
        for number in range(count)
    ]  # fmt: skip
    PreparedInsert(LogEntry).add(rows)
    fields = [field.attname for field in LogEntry._meta.concrete_fields if not field.primary_key]
    found = LogEntry.objects.filter(action="try").order_by("pk")
    assert list(found.values_list(*fields)) == [tuple(getattr(row, name) for name in fields) for row in rows]
    assert found.filter(before__isnull=True).count() == -(-count // 3)


def test_a_year_has_a_stand_in_that_its_column_takes() -> None:
    loads = Prepared(lambda year: BudgetLine.objects.filter(year=year).values_list("pk"), Prepared.year(1))
    assert loads.words(2024)[1] == [2024]


def test_rights_are_read_by_one_query_and_are_those_of_the_user() -> None:
    user, other = person("a", "u1"), person("b", "u2")
    rights_of(user)
    with CaptureQueriesContext(connection) as asked:
        assert rights_of(user).posts == {("preparer", "u1")}
    assert len(asked) == 1
    assert rights_of(other).everywhere() == {"u2"}


def test_objects_are_those_of_the_query_with_their_types_and_annotations() -> None:
    from django.db.models import F
    from django.utils import timezone

    from yiheng.people import sessions
    from yiheng.people.models import LoginSession

    user = person("a", "u1")
    sessions.start(user, address="127.0.0.1")
    posts = Prepared(
        lambda key: Post.objects.filter(user_id=key).annotate(whose=F("user__name")), Prepared.number(1)
    )
    (post,) = posts.objects(user.pk)
    assert post == Post.objects.get() and post.whose == "a（虚构）" and not post._state.adding
    assert posts.objects(user.pk + 1) == []
    opened = Prepared(lambda key: LoginSession.objects.filter(user_id=key), Prepared.number(1))
    (found,) = opened.objects(user.pk)
    there = LoginSession.objects.get()
    for field in LoginSession._meta.concrete_fields:
        assert getattr(found, field.attname) == getattr(there, field.attname), field.attname
    assert timezone.is_aware(found.started_at)
    found.address = "10.0.0.1"
    found.save()
    assert LoginSession.objects.get().address == "10.0.0.1"
