"""Accounts and typed scopes over the unit tree (用户与权限)."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from yiheng.people.models import LogEntry, UnitScope, User
from yiheng.people.operations import PeopleError, create_user, deactivate_user, grant, revoke
from yiheng.people.queries import may

pytestmark = pytest.mark.django_db

CENTRE = ("centre", "bureau")
"""The centre and the bureau above it."""


@pytest.fixture
def zhang() -> User:
    return create_user(username="zhang", name="张三", password="a-secret-of-her-own", actor="测试")


def test_there_is_no_account_to_begin_with() -> None:
    assert not User.objects.exists()


def test_a_new_account_has_a_hashed_password_and_no_rights(zhang: User) -> None:
    assert zhang.check_password("a-secret-of-her-own")
    assert "a-secret" not in zhang.password
    assert not may(zhang, "read", "budget", CENTRE)


def test_the_log_never_holds_a_password(zhang: User) -> None:
    entry = LogEntry.objects.get()
    assert (entry.action, entry.key, entry.after) == ("create", "zhang", {"name": "张三"})


@pytest.mark.parametrize("missing", ["username", "name", "password"])
def test_an_account_needs_all_its_parts(missing: str) -> None:
    parts = {"username": "li", "name": "李四", "password": "secret", missing: ""}
    with pytest.raises(PeopleError, match="不能为空"):
        create_user(**parts, actor="测试")


def test_a_login_name_is_given_once(zhang: User) -> None:
    with pytest.raises(PeopleError, match="已被使用"):
        create_user(username="zhang", name="另一人", password="secret", actor="测试")


def test_a_scope_reaches_down_the_tree_and_no_further(zhang: User) -> None:
    grant(zhang, unit="bureau", work="budget", right="write", actor="测试")
    assert may(zhang, "write", "budget", CENTRE)
    assert not may(zhang, "write", "budget", ("other",))
    assert not may(zhang, "write", "accounts", CENTRE)
    assert not may(zhang, "approve", "budget", CENTRE)


def test_a_scope_does_not_reach_up(zhang: User) -> None:
    grant(zhang, unit="centre", work="budget", right="write", actor="测试")
    assert may(zhang, "write", "budget", CENTRE)
    assert not may(zhang, "write", "budget", ("bureau",))


def test_whoever_may_fill_in_or_approve_may_look(zhang: User) -> None:
    grant(zhang, unit="centre", work="budget", right="approve", actor="测试")
    assert may(zhang, "read", "budget", CENTRE)
    assert not may(zhang, "write", "budget", CENTRE)


def test_a_closed_account_may_nothing(zhang: User) -> None:
    grant(zhang, unit="centre", work="budget", right="write", actor="测试")
    deactivate_user(zhang, actor="测试")
    assert not may(zhang, "write", "budget", CENTRE)
    assert not may(User.objects.get(), "read", "budget", CENTRE)


def test_rights_are_given_and_taken_back_in_the_log(zhang: User) -> None:
    scope = grant(zhang, unit="centre", work="budget", right="write", actor="测试")
    assert grant(zhang, unit="centre", work="budget", right="write", actor="测试") == scope
    revoke(scope, actor="测试")
    assert not UnitScope.objects.exists()
    assert [entry.action for entry in LogEntry.objects.order_by("pk")] == ["create", "grant", "revoke"]


@pytest.mark.parametrize(
    ("work", "right", "unit"),
    [("cooking", "read", "centre"), ("budget", "own", "centre"), ("budget", "read", " ")],
)
def test_an_unknown_right_is_refused(zhang: User, work: str, right: str, unit: str) -> None:
    with pytest.raises(PeopleError):
        grant(zhang, unit=unit, work=work, right=right, actor="测试")


@pytest.mark.parametrize("values", [{"work": "cooking"}, {"right": "own"}, {"unit": ""}])
def test_the_database_refuses_it_too(zhang: User, values: dict[str, str]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        UnitScope.objects.create(
            **{"user": zhang, "unit": "centre", "work": "budget", "right": "read", **values}
        )
