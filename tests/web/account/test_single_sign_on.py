"""Single sign-on by OpenID Connect against a small provider on the loopback (单点登录)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from django.test import Client
from pytest_django.fixtures import Settings
from tests.web.account import provider as small
from tests.web.account.provider import Provider

from yiheng.people.models import LogEntry, User
from yiheng.people.operations import create_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def provider(settings: Settings) -> Iterator[Provider]:
    with small.running() as found:
        settings.SSO_NAME = "统一认证"
        settings.OIDC_RP_CLIENT_ID, settings.OIDC_RP_CLIENT_SECRET = small.CLIENT, small.SECRET
        settings.OIDC_OP_ISSUER = found.address
        settings.OIDC_OP_AUTHORIZATION_ENDPOINT = f"{found.address}/authorize"
        settings.OIDC_OP_TOKEN_ENDPOINT = f"{found.address}/token"
        settings.OIDC_OP_USER_ENDPOINT = f"{found.address}/user"
        settings.OIDC_OP_JWKS_ENDPOINT = f"{found.address}/keys"
        settings.AUTHENTICATION_BACKENDS = [
            "yiheng.people.backend.Backend",
            "yiheng.web.screens.account.sso.Backend",
        ]
        yield found


@pytest.fixture
def li() -> User:
    return create_user(username="li", name="李四", password="four-words-in-a-row", actor="测试")


def begin(client: Client, provider: Provider) -> dict[str, str]:
    """Go to the provider; what the browser takes along."""
    answer = client.get("/account/sso/?next=/account/")
    asked = {name: values[0] for name, values in parse_qs(urlsplit(answer["Location"]).query).items()}
    assert answer["Location"].startswith(f"{provider.address}/authorize?")
    assert asked["code_challenge_method"] == "S256"
    provider.challenge, provider.nonce = asked["code_challenge"], asked["nonce"]
    return asked


def come_back(client: Client, provider: Provider, **changes: str) -> Any:
    asked = begin(client, provider)
    return client.get("/account/sso/back/", {"code": small.CODE, "state": asked["state"], **changes})


def signed_in(client: Client) -> bool:
    return client.get("/account/").status_code == 200


def test_it_is_off_unless_a_provider_is_named(client: Client) -> None:
    assert client.get("/account/sso/").status_code == 404
    assert client.get("/account/sso/back/").status_code == 404
    assert "单点登录" not in client.get("/account/login/").content.decode()


def test_signing_in_with_the_provider(client: Client, provider: Provider, li: User) -> None:
    assert "用单点登录" in client.get("/account/login/").content.decode()
    assert come_back(client, provider)["Location"] == "/account/"
    assert signed_in(client)
    li.refresh_from_db()
    assert li.sso_subject == "p-1"
    entries = LogEntry.objects.filter(key="li").order_by("pk").values_list("action", "after")
    assert [action for action, _ in entries] == ["create", "sso_bound", "sign_in"]
    assert entries[2][1]["how"] == "sso"


def test_afterwards_the_subject_counts_and_not_the_name(client: Client, provider: Provider, li: User) -> None:
    come_back(client, provider)
    client.post("/account/logout/")
    provider.claims = {"sub": "p-2", "preferred_username": "li"}  # somebody else who was given the name
    come_back(client, provider)
    assert not signed_in(client)
    provider.claims = {"sub": "p-1", "preferred_username": "renamed"}
    come_back(client, provider)
    assert signed_in(client)


def test_who_has_no_account_gets_none(client: Client, provider: Provider) -> None:
    answer = come_back(client, provider)
    assert answer["Location"] == "/account/login/"
    assert "单点登录没有成功" in client.get("/account/login/").content.decode()
    assert not User.objects.exists()


def test_administrators_and_closed_accounts_do_not_come_in_this_way(
    client: Client, provider: Provider
) -> None:
    make = {"name": "某人", "password": "four-words-in-a-row", "actor": "测试"}
    create_user(username="li", administrator="system_admin", **make)
    closed = create_user(username="wu", **make)
    User.objects.filter(pk=closed.pk).update(is_active=False)
    for name in ("li", "wu"):
        provider.claims = {"sub": f"p-{name}", "preferred_username": name}
        come_back(client, provider)
        assert not signed_in(client)


@pytest.mark.parametrize(
    "wrong",
    [
        {"aud": "another"},
        {"iss": "https://elsewhere.example"},
        {"exp": 1},
        {"nonce": "other"},
        {"sub": "p-9"},
    ],
    ids=lambda wrong: next(iter(wrong)),
)
def test_a_token_that_is_not_meant_for_us_is_refused(
    client: Client, provider: Provider, li: User, wrong: dict[str, Any]
) -> None:
    provider.token = wrong
    assert come_back(client, provider)["Location"] == "/account/login/"
    assert not signed_in(client)


def test_a_token_of_another_signer_is_refused(client: Client, provider: Provider, li: User) -> None:
    provider.signs_with = rsa.generate_private_key(65537, 2048)
    come_back(client, provider)
    assert not signed_in(client)


@pytest.mark.parametrize("changes", [{"state": "made-up"}, {"code": "made-up"}])
def test_an_answer_that_was_not_asked_for_is_refused(
    client: Client, provider: Provider, li: User, changes: dict[str, str]
) -> None:
    assert come_back(client, provider, **changes)["Location"] == "/account/login/"
    assert not signed_in(client)


def test_a_provider_that_is_down_is_said_in_words(
    client: Client, provider: Provider, li: User, settings: Settings
) -> None:
    settings.OIDC_OP_TOKEN_ENDPOINT = "http://127.0.0.1:9/token"
    assert come_back(client, provider)["Location"] == "/account/login/"


def test_nobody_is_led_elsewhere(client: Client, provider: Provider, li: User) -> None:
    asked = parse_qs(urlsplit(client.get("/account/sso/?next=https://example.org/")["Location"]).query)
    provider.challenge, provider.nonce = asked["code_challenge"][0], asked["nonce"][0]
    answer = client.get("/account/sso/back/", {"code": small.CODE, "state": asked["state"][0]})
    assert answer["Location"] == "/"
