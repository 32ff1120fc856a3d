"""Queries whose words are written once ask what their Django query asks."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from yiheng.people.models import Post, User
from yiheng.people.prepared import Prepared
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


def test_rights_are_read_by_one_query_and_are_those_of_the_user() -> None:
    user, other = person("a", "u1"), person("b", "u2")
    rights_of(user)
    with CaptureQueriesContext(connection) as asked:
        assert rights_of(user).posts == {("preparer", "u1")}
    assert len(asked) == 1
    assert rights_of(other).everywhere() == {"u2"}
