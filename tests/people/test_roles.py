"""What each role may do, in its unit and elsewhere (角色权限)."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from yiheng.people.models import BUSINESS_ROLES, Right, Role, User, Work
from yiheng.people.operations import PeopleError, appoint, dismiss, grant
from yiheng.people.queries import holders, may, rights_of, roles_of, units_of
from yiheng.people.roles import BUSINESS, ROLE_RIGHTS, granting

pytestmark = pytest.mark.django_db

CENTRE = ("centre", "bureau")
Make = Callable[..., User]


@pytest.mark.parametrize("role", BUSINESS_ROLES, ids=str)
def test_a_post_gives_what_the_table_says_and_reaches_down_only(role: Role, make: Make) -> None:
    user = make("li")
    appoint(user, role=role, unit="bureau", actor="测试")
    for work in Work:
        for right in Right:
            expected = right in ROLE_RIGHTS[role].get(work, frozenset())
            assert may(user, right, work, CENTRE) is expected, (role, work, right)
            assert not may(user, right, work, ("other",))
            assert units_of(user, work, right) == ({"bureau"} if expected else frozenset())


def test_the_table_in_words() -> None:
    """The sentences of the requirements, one by one."""
    rights = {role: {right for per in works.values() for right in per} for role, works in ROLE_RIGHTS.items()}
    assert rights[Role.AUDITOR] == {Right.READ}
    assert all(ROLE_RIGHTS[Role.AUDITOR][work] == {Right.READ} for work in BUSINESS)
    assert rights[Role.FINANCE_BUREAU] == {Right.READ, Right.APPROVE}
    assert rights[Role.EVALUATOR] == set()
    assert rights[Role.PREPARER] == {Right.READ, Right.WRITE}
    assert Right.CERTIFY in rights[Role.LEADER]
    assert granting(Right.CERTIFY, Work.DISCLOSURE) == (Role.UNIT_HEAD, Role.LEADER)


def test_no_role_works_in_administration() -> None:
    assert not any({Work.ADMINISTRATION, Work.AUDIT} & set(works) for works in ROLE_RIGHTS.values())


def test_an_evaluator_sees_only_what_was_handed_over(make: Make) -> None:
    user = make("wang")
    appoint(user, role="evaluator", unit="bureau", actor="测试")
    assert not may(user, "read", "performance", CENTRE)
    grant(user, unit="centre", work="performance", right="write", actor="测试")
    assert may(user, "read", "performance", CENTRE)
    assert may(user, "write", "performance", CENTRE)
    assert not may(user, "read", "budget", CENTRE)
    assert not may(user, "read", "performance", ("bureau",))


def test_an_auditor_writes_nothing_whatever_was_given(make: Make) -> None:
    user = make("zhao")
    appoint(user, role="auditor", unit="bureau", actor="测试")
    with pytest.raises(PeopleError, match="审计人员"):
        grant(user, unit="centre", work="budget", right="write", actor="测试")
    user.scopes.create(unit="centre", work="budget", right="write")  # past the operation
    assert may(user, "read", "budget", CENTRE)
    assert not may(user, "write", "budget", CENTRE)


def test_nobody_audits_what_they_write(make: Make) -> None:
    user = make("zhao")
    grant(user, unit="centre", work="budget", right="write", actor="测试")
    with pytest.raises(PeopleError, match="收回"):
        appoint(user, role="auditor", unit="bureau", actor="测试")


@pytest.mark.parametrize("outside", ["auditor", "evaluator", "finance_bureau"])
@pytest.mark.parametrize("first", [True, False])
def test_people_from_outside_hold_no_other_role(outside: str, first: bool, make: Make) -> None:
    user = make("zhao")
    roles = [outside, "preparer"] if first else ["preparer", outside]
    appoint(user, role=roles[0], unit="bureau", actor="测试")
    with pytest.raises(PeopleError, match="不得兼任"):
        appoint(user, role=roles[1], unit="centre", actor="测试")
    appoint(user, role=roles[0], unit="centre", actor="测试")


def test_a_post_is_taken_back(make: Make) -> None:
    user = make("li")
    post = appoint(user, role="planning", unit="bureau", actor="测试")
    assert appoint(user, role="planning", unit="bureau", actor="测试") == post
    assert roles_of(user) == {Role.PLANNING}
    dismiss(post, actor="测试")
    assert roles_of(user) == frozenset()
    assert not may(user, "read", "budget", CENTRE)


def test_who_may_do_it(make: Make) -> None:
    head, preparer, auditor, closed = make("head"), make("prep"), make("aud"), make("closed", is_active=False)
    for user, role in ((head, "unit_head"), (preparer, "preparer"), (auditor, "auditor"), (closed, "leader")):
        appoint(user, role=role, unit="bureau", actor="测试")
    scoped = make("scoped")
    grant(scoped, unit="centre", work="budget", right="approve", actor="测试")
    assert set(holders("approve", "budget", CENTRE)) == {head, scoped}
    assert set(holders("approve", "budget", ("bureau",))) == {head}
    assert set(holders("read", "budget", CENTRE)) == {head, preparer, auditor, scoped}
    assert "bureau" in rights_of(head).everywhere()
