"""The browser of rules: search, dates, sources (规则浏览)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from yiheng.web import papers
from yiheng.web.screens.rules.words import TYPES


@pytest.fixture
def client_of(sign_in: Callable[[str], Client]) -> Client:
    return sign_in("jing")


def text(answer: Any) -> str:
    return str(answer.content.decode())


def test_every_type_has_a_name() -> None:
    assert set(papers.policy().types()) <= set(TYPES)


def test_rules_are_found_by_words_type_and_day(client_of: Client) -> None:
    page = text(client_of.get("/manage/policy/?type=deadline"))
    assert "期限" in page and "《" in page
    entry = next(e for e in papers.policy().entries if e.type == "threshold")
    found = text(client_of.get(f"/manage/policy/?text={entry.id}"))
    assert entry.title in found and entry.cite().split("》")[0] in found
    before = entry.valid_from.replace(year=entry.valid_from.year - 1).isoformat()
    assert "没有符合的规则" in text(client_of.get(f"/manage/policy/?text={entry.id}&on={before}"))


def test_every_rule_can_be_read_with_its_source(client_of: Client) -> None:
    for type in papers.policy().types():
        entry = next(e for e in papers.policy().entries if e.type == type)
        page = text(client_of.get(f"/manage/policy/{entry.id}/"))
        assert "依据" in page and entry.id in page, entry.id


def test_an_unknown_rule_is_not_found(client_of: Client) -> None:
    assert client_of.get("/manage/policy/no.such.rule/").status_code == 404


def test_strangers_to_the_house_see_no_rules(client: Client, db: None) -> None:
    assert client.get("/manage/policy/").status_code == 302
