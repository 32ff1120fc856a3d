"""Three administrators who exclude one another and all business (三员分立): in operations and in the database."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import IntegrityError, connection, transaction

from yiheng.people.models import ADMINISTRATORS, BUSINESS_ROLES, Post, Right, Role, UnitScope, User, Work
from yiheng.people.operations import (
    PeopleError,
    activate_user,
    appoint,
    create_user,
    deactivate_user,
    grant,
)
from yiheng.people.queries import may, rights_of
from yiheng.people.separation import TRIGGERS

pytestmark = pytest.mark.django_db

CENTRE = ("centre", "bureau")
Make = Callable[..., User]


@pytest.fixture(params=ADMINISTRATORS, ids=str)
def administrator(request: pytest.FixtureRequest, make: Make) -> User:
    return make("admin", administrator=request.param.value)


def test_an_administrator_is_given_no_post_and_no_right(administrator: User) -> None:
    with pytest.raises(PeopleError, match="三员分立"):
        appoint(administrator, role="preparer", unit="centre", actor="测试")
    with pytest.raises(PeopleError, match="三员分立"):
        grant(administrator, unit="centre", work="budget", right="read", actor="测试")


def test_the_database_gives_an_administrator_nothing_either(administrator: User) -> None:
    with pytest.raises(IntegrityError, match="三员分立"), transaction.atomic():
        Post.objects.create(user=administrator, role="preparer", unit="centre")
    with pytest.raises(IntegrityError, match="三员分立"), transaction.atomic():
        UnitScope.objects.create(user=administrator, unit="centre", work="budget", right="read")


def test_the_database_does_not_hand_a_post_on_to_an_administrator(administrator: User, make: Make) -> None:
    post = appoint(make("li"), role="preparer", unit="centre", actor="测试")
    scope = grant(make("wu"), unit="centre", work="budget", right="read", actor="测试")
    for held in (post, scope):
        held.user = administrator
        with pytest.raises(IntegrityError, match="三员分立"), transaction.atomic():
            held.save()


def test_an_account_does_not_change_between_administrator_and_business(
    administrator: User, make: Make
) -> None:
    others = [role for role in (*ADMINISTRATORS, "") if role != administrator.administrator]
    for other in others:
        with pytest.raises(IntegrityError, match="不得更改"), transaction.atomic():
            User.objects.filter(pk=administrator.pk).update(administrator=other)
    plain = make("li")
    with pytest.raises(IntegrityError, match="不得更改"), transaction.atomic():
        User.objects.filter(pk=plain.pk).update(administrator="system_admin")
    plain.name = "李四四"
    plain.save()


def test_a_post_is_never_that_of_an_administrator(make: Make) -> None:
    user = make("li")
    for role in ADMINISTRATORS:
        with pytest.raises(PeopleError, match="无法识别"):
            appoint(user, role=role, unit="centre", actor="测试")
        with pytest.raises(IntegrityError), transaction.atomic():
            Post.objects.create(user=user, role=role, unit="centre")


def test_an_administrator_may_do_no_business_at_all(administrator: User) -> None:
    assert not rights_of(administrator).granted
    assert not any(may(administrator, right, work, CENTRE) for right in Right for work in Work)


def test_the_triggers_are_there_after_all_migrations() -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        else:
            cursor.execute("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal")
        found = {name for (name,) in cursor.fetchall()}
    endings = ("_insert", "_update") if connection.vendor == "sqlite" else ("",)
    *held, fixed = TRIGGERS
    assert {fixed, *(name + ending for name in held for ending in endings)} <= found


def test_each_administrator_does_only_what_is_theirs(make: Make) -> None:
    system, security, audit = (make(role.value, administrator=role.value) for role in ADMINISTRATORS)
    plain = make("li")
    for actor in (security, audit, plain):
        with pytest.raises(PeopleError, match="只能由系统管理员"):
            create_user(username="new", name="新人", password="four-words-in-a-row", actor=actor)
    for actor in (system, audit, plain):
        with pytest.raises(PeopleError, match="只能由安全管理员"):
            appoint(plain, role="preparer", unit="centre", actor=actor)
        with pytest.raises(PeopleError, match="只能由安全管理员"):
            grant(plain, unit="centre", work="budget", right="read", actor=actor)
    appoint(plain, role="preparer", unit="centre", actor=security)
    assert may(plain, "write", "budget", CENTRE)


def test_a_second_administrator_needs_two_people(make: Make) -> None:
    system, security, _ = (make(role.value, administrator=role.value) for role in ADMINISTRATORS)
    second = make("second", administrator="audit_admin", actor=system)
    assert not second.is_active
    with pytest.raises(PeopleError, match="只能由安全管理员"):
        activate_user(second, actor=system)
    activate_user(second, actor=security)
    assert User.objects.get(pk=second.pk).is_active


def test_the_last_administrator_of_a_kind_stays(make: Make) -> None:
    system = make("one", administrator="system_admin")
    with pytest.raises(PeopleError, match="唯一"):
        deactivate_user(system, actor=system)
    deactivate_user(make("two", administrator="system_admin"), actor=system)


def test_every_post_is_of_a_business_role() -> None:
    assert set(BUSINESS_ROLES) | set(ADMINISTRATORS) == set(Role)
