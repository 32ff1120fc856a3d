"""Every view says who may see it, and the middleware holds it to that."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import URLPattern, URLResolver, get_resolver

from yiheng.web.access import rule_of
from yiheng.web.middleware import OWN_RULES, AccessMiddleware


def _patterns(found: Any, within: str = "") -> Iterator[tuple[str, Any]]:
    for entry in found:
        name = f"{within}{entry.pattern}"
        if isinstance(entry, URLPattern):
            yield name, entry.callback
        elif isinstance(entry, URLResolver) and entry.namespace != OWN_RULES:
            yield from _patterns(entry.url_patterns, name)


def test_every_view_has_a_rule() -> None:
    found = dict(_patterns(get_resolver().url_patterns))
    assert len(found) > 3
    assert [name for name, view in found.items() if rule_of(view) is None] == []


def test_a_view_without_a_rule_is_refused(rf: RequestFactory, db: None) -> None:
    request = rf.get("/health")
    request.resolver_match = None
    from django.contrib.auth.models import AnonymousUser

    request.user = AnonymousUser()
    answer = AccessMiddleware(lambda _: HttpResponse()).process_view(
        request, lambda _: HttpResponse(), (), {}
    )
    assert answer is not None and answer.status_code == 403


def test_a_visitor_is_led_to_the_log_in_page(client: Client, db: None) -> None:
    answer = client.get("/years/")
    assert answer.status_code == 302 and answer["Location"] == "/account/login/?next=/years/"


def test_everybody_sees_only_the_years_of_his_units(sign_in: Callable[[str], Client]) -> None:
    own, other = sign_in("jing").get("/years/"), sign_in("wai").get("/years/")
    assert "示例市医疗保障局" in own.content.decode() and "示例市医疗保障局" not in other.content.decode()
    assert "深圳市医疗保障局" in other.content.decode()


@pytest.mark.parametrize("username", ["xitong", "anquan", "shenji"])
def test_an_administrator_sees_no_business(sign_in: Callable[[str], Client], username: str) -> None:
    assert sign_in(username).get("/years/").status_code == 403


def test_the_policy_of_a_page_allows_no_inline_script(client: Client, db: None) -> None:
    policy = client.get("/").headers["Content-Security-Policy"]
    assert "unsafe" not in policy and "default-src 'none'" in policy


def test_health_and_readiness(client: Client, db: None) -> None:
    assert client.get("/health").json()["status"] == "ok"
    assert client.get("/ready").status_code == 200
