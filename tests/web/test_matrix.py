"""Every address × every role (视图×角色矩阵): allowed or refused as its rule and the table of roles say.

The addresses come from the resolver and the roles from `people.roles`, so a new view or role is tried without anybody
thinking of it. What a rule means is written here once more, apart from `web/access.py`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any, Final

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from pytest_django.fixtures import Settings

from yiheng.people.models import (
    ADMINISTRATORS,
    BUSINESS_ROLES,
    LogEntry,
    Post,
    Right,
    Role,
    UnitScope,
    User,
    Work,
)
from yiheng.people.roles import ROLE_RIGHTS
from yiheng.web import access, errors
from yiheng.web.access import rule_of
from yiheng.web.middleware import OWN_RULES

OWN, OTHER, YEAR = "demo", "szyb", 2024
"""The unit of all addresses; a unit of another tree; a year that the ledger has."""
_PARAMETER: Final = re.compile(r"<(?:(\w+):)?(\w+)>")
_SAMPLES: Final = {
    "int": "1",
    "uuid": "00000000-0000-0000-0000-000000000000",
    "str": "nothing",
    "slug": "nothing",
    "path": "nothing",
}


def _patterns(found: Any, within: str = "") -> Iterator[tuple[str, Any]]:
    for entry in found:
        route = within + str(entry.pattern)
        if isinstance(entry, URLPattern):
            yield route, entry.callback
        elif isinstance(entry, URLResolver) and entry.namespace != OWN_RULES:
            yield from _patterns(entry.url_patterns, route)


def _address(route: str) -> str:
    def sample(found: re.Match[str]) -> str:
        kind, name = found[1] or "str", found[2]
        return OWN if name == "unit" else str(YEAR) if name == "year" else _SAMPLES[kind]

    return "/" + _PARAMETER.sub(sample, route)


def addresses() -> list[tuple[str, Any]]:
    """All addresses with the rules of their views."""
    return [(_address(route), rule_of(view)) for route, view in _patterns(get_resolver().url_patterns)]


def _beyond_looking(rights: frozenset[Right]) -> bool:
    return bool(rights - {Right.READ})


def expected(rule: Any, role: Role | None, own: bool) -> bool:
    """Whether somebody with that role (None: a visitor) in the unit, or in another one, may open the address."""
    if isinstance(rule, access.Public):
        return True
    if role is None:
        return False
    if isinstance(rule, access.SignedIn):
        return True
    if isinstance(rule, access.Administrator):
        return role in rule.roles
    works = ROLE_RIGHTS.get(role, {})
    held = [works.get(Work(work), frozenset()) for work in rule.works]
    if isinstance(rule, access.ForUnit):
        return own and any(rule.right in rights for rights in held)
    if isinstance(rule, access.WorksOn):
        return own and any(map(_beyond_looking, held))
    assert isinstance(rule, access.SomeUnit), f"a kind of rule that the matrix does not know: {rule}"
    return any(rule.right in rights for rights in held)


class BeforeTheView:
    """The last middleware: whoever comes so far was allowed; the view itself is not run."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse:
        return HttpResponse(status=204)


@pytest.fixture
def stopped(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """All of the middleware as it is, then a stop; the page that tells of a refusal is not drawn a thousand times."""
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, f"{__name__}.{BeforeTheView.__name__}"]
    monkeypatch.setattr(errors, "refused", lambda request: HttpResponse(status=403))


def person(role: Role, unit: str) -> User:
    """Somebody new with that role, or that kind of administrator."""
    kind = role.value if role in ADMINISTRATORS else ""
    user = User.objects.create(username=f"m-{role.value}-{unit}", name="某人（虚构）", administrator=kind)
    if not kind:
        Post.objects.create(user=user, role=role, unit=unit)
    return user


def signed(user: User | None) -> Client:
    client = Client(raise_request_exception=False)
    if user is not None:
        client.force_login(user)
    return client


def wrong(client: Client, role: Role | None, own: bool) -> list[str]:
    """Where the answer is another than the rule says."""
    found = []
    for address, rule in addresses():
        may = expected(rule, role, own)
        answer = client.get(address)
        refused = answer.status_code == 403 or (
            answer.status_code == 302 and answer["Location"].startswith("/account/login/")
        )
        if (answer.status_code == 204) is not may or refused is may:
            found.append(f"{address}: {answer.status_code}, {'allowed' if may else 'refused'} expected")
    return found


def test_the_matrix_has_something_to_try() -> None:
    rules = [rule for _, rule in addresses()]
    assert len(rules) > 30 and None not in rules
    assert {type(rule) for rule in rules} >= {access.Public, access.SignedIn, access.Administrator}


@pytest.mark.usefixtures("bureau", "stopped")
@pytest.mark.parametrize("unit", [OWN, OTHER])
@pytest.mark.parametrize("role", BUSINESS_ROLES, ids=str)
def test_a_role_opens_what_the_table_says(role: Role, unit: str) -> None:
    assert wrong(signed(person(role, unit)), role, unit == OWN) == []


@pytest.mark.usefixtures("bureau", "stopped")
@pytest.mark.parametrize("role", ADMINISTRATORS, ids=str)
def test_an_administrator_opens_administration_only(role: Role) -> None:
    assert wrong(signed(person(role, OWN)), role, True) == []


@pytest.mark.usefixtures("bureau", "stopped")
def test_a_visitor_opens_what_is_public() -> None:
    assert wrong(signed(None), None, False) == []


@pytest.mark.usefixtures("bureau", "stopped")
def test_an_evaluator_opens_what_was_handed_over_and_no_more() -> None:
    user = person(Role.EVALUATOR, OWN)
    UnitScope.objects.create(user=user, unit=OWN, work=Work.PERFORMANCE, right=Right.READ)
    client = signed(user)
    for address, rule in addresses():
        if isinstance(rule, access.ForUnit):
            may = rule.right == Right.READ and Work.PERFORMANCE in rule.works
            assert (client.get(address).status_code == 204) is may, address
        elif isinstance(rule, access.WorksOn):
            assert client.get(address).status_code == 403, address


@pytest.mark.usefixtures("bureau")
@pytest.mark.parametrize(
    ("role", "unit"),
    [(None, ""), (Role.AUDITOR, OWN), (Role.EVALUATOR, OWN), (Role.PREPARER, OTHER), (Role.LEADER, OTHER)]
    + [(role, OWN) for role in ADMINISTRATORS],
    ids=str,
)
def test_readers_strangers_and_administrators_write_nothing_to_the_unit(
    role: Role | None, unit: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever they send to whichever address of the unit: the log, which every write makes longer, stays as it is."""
    monkeypatch.setattr(errors, "refused", lambda request: HttpResponse(status=403))
    client = signed(person(role, unit) if role else None)
    before = LogEntry.objects.count()
    for address, rule in addresses():
        if f"/{OWN}/" in address:
            status = client.post(address, {"unit": OWN, "year": YEAR}).status_code
            assert status < 500, address
            if isinstance(rule, access.ForUnit | access.WorksOn) and role is not Role.AUDITOR:
                assert status in (302, 403), address
    assert LogEntry.objects.count() == before


@pytest.mark.usefixtures("bureau")
def test_no_page_fails_for_whoever_may_open_it() -> None:
    """As the planning-and-finance office, which opens the most."""
    client = signed(person(Role.PLANNING, OWN))
    failed = [
        (address, answer.status_code)
        for address, rule in addresses()
        if expected(rule, Role.PLANNING, True) and (answer := client.get(address)).status_code >= 500
    ]
    assert failed == []
