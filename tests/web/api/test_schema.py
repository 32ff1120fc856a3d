"""Requests made from the interface's own description, right and wrong ones: no answer is an error of ours (5xx)."""

from __future__ import annotations

import hypothesis
import pytest
import schemathesis
from django.core.wsgi import get_wsgi_application
from django.test import Client
from schemathesis.checks import not_a_server_error

from yiheng.people import tokens
from yiheng.people.models import User
from yiheng.web.api import api

ALL = ("budget", "execution", "accounts", "performance", "disclosure", "review")
EXAMPLES = {True: 8, False: 2}


@pytest.fixture(scope="module")
def schema() -> schemathesis.BaseSchema:
    """The description as the application gives it; requests go to the application itself."""
    found = schemathesis.openapi.from_dict(dict(api.get_openapi_schema()))
    found.app = get_wsgi_application()
    return found


def _operations() -> list[str]:
    described = api.get_openapi_schema()["paths"]
    return sorted(f"{method.upper()} {path}" for path, methods in described.items() for method in methods)


def test_the_description_is_public_and_names_the_operations(client: Client, db: None) -> None:
    told = client.get("/api/v1/openapi.json").json()
    assert told["info"]["title"] == "医衡接口" and len(told["paths"]) >= 10


@pytest.mark.parametrize("operation", _operations())
@pytest.mark.parametrize("signed", [True, False], ids=["token", "anonymous"])
def test_no_request_is_answered_with_an_error_of_ours(
    schema: schemathesis.BaseSchema, bureau: None, operation: str, signed: bool
) -> None:
    headers = {}
    if signed:
        _, text = tokens.issue(
            User.objects.get(username="gui"), label="测试", right="write", works=ALL, days=1
        )
        headers = {"Authorization": f"Bearer {text}"}
    method, path = operation.split(" ", 1)
    found = schema[path][method]

    @hypothesis.given(case=found.as_strategy())
    @hypothesis.settings(
        max_examples=EXAMPLES[signed], deadline=None, database=None, derandomize=True,
        suppress_health_check=list(hypothesis.HealthCheck),
    )  # fmt: skip
    def ask(case: schemathesis.Case) -> None:
        answer = case.call(headers=headers)
        case.validate_response(answer, checks=[not_a_server_error])
        assert signed or answer.status_code == 401

    ask()
