"""Accounts, posts and sessions under 管理, each by the administrator whose it is."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from yiheng.people.models import LogEntry, LoginSession, Post, UnitScope, User
from yiheng.people.queries import may

PASSWORD = "four-words-in-a-row"
SignIn = Callable[[str], Client]


@pytest.fixture
def system(sign_in: SignIn) -> Client:
    return sign_in("xitong")


@pytest.fixture
def security(sign_in: SignIn) -> Client:
    return sign_in("anquan")


def text(answer: Any) -> str:
    return str(answer.content.decode())


def number(username: str) -> int:
    return User.objects.get(username=username).pk


def test_each_administrator_sees_what_is_theirs(sign_in: SignIn) -> None:
    tabs = {}
    for name in ("xitong", "anquan", "shenji"):
        page = text(sign_in(name).get("/manage/"))
        tabs[name] = re.findall(r'<a class="nav-link[^"]*" href="(/manage/\w*)/?"', page)
    assert {"/manage/people", "/manage/sessions"} <= set(tabs["xitong"])
    assert "/manage/log" not in tabs["xitong"] and "/manage/log" in tabs["shenji"]
    assert "/manage/people" in tabs["anquan"] and "/manage/sessions" not in tabs["anquan"]
    assert "/manage/people" not in tabs["shenji"]


def test_people_are_listed_and_found(system: Client) -> None:
    page = text(system.get("/manage/people/"))
    assert "经办甲（虚构）" in page and "示例市医疗保障" in page and "规划财务处" in page
    found = text(system.get("/manage/people/?q=cai"))
    assert "财政部门（虚构）" in found and "经办甲（虚构）" not in found
    assert "没有找到" in text(system.get("/manage/people/?q=nobody"))


def test_an_account_from_nothing_to_its_first_work(system: Client, security: Client) -> None:
    data = {"name": "新来的", "username": "xin", "password": PASSWORD, "administrator": ""}
    answer = system.post("/manage/people/new/", data)
    user = User.objects.get(username="xin")
    assert answer["Location"] == f"/manage/people/{user.pk}/"
    assert user.must_change_password
    assert "还没有岗位" in text(system.get(answer["Location"]))
    security.post(f"/manage/people/{user.pk}/posts/", {"post-role": "preparer", "post-unit": "demo"})
    assert may(user, "write", "budget", ("demo",))
    post = Post.objects.get(user=user)
    security.post(
        f"/manage/people/{user.pk}/scopes/",
        {"scope-work": "review", "scope-right": "approve", "scope-unit": "szyb"},
    )
    assert may(user, "approve", "review", ("szyb",))
    security.post(f"/manage/scopes/{UnitScope.objects.get(user=user).pk}/end/")
    security.post(f"/manage/posts/{post.pk}/end/")
    assert not Post.objects.filter(user=user).exists() and not UnitScope.objects.filter(user=user).exists()
    actions = list(LogEntry.objects.filter(key="xin").order_by("pk").values_list("action", flat=True))
    assert actions == ["create", "appoint", "grant", "revoke", "dismiss"]
    actors = set(
        LogEntry.objects.filter(key="xin", action="appoint").values_list("user__username", flat=True)
    )
    assert actors == {"anquan"}


def test_all_errors_of_a_new_account_are_said_at_once(system: Client) -> None:
    data = {"name": "某", "username": "jing", "password": "12345", "administrator": ""}
    page = text(system.post("/manage/people/new/", data))
    for words in ("已被使用", "至少要有 10 个字符", "全是数字"):
        assert words in page
    assert 'value="jing"' in page and "12345" not in page
    assert "登录名只能有" in text(system.post("/manage/people/new/", data | {"username": "a b/c"}))


def test_a_refused_post_says_why_and_keeps_what_was_chosen(security: Client) -> None:
    page = text(
        security.post(
            f"/manage/people/{number('shen')}/posts/", {"post-role": "preparer", "post-unit": "demo"}
        )
    )
    assert "不得兼任" in page
    assert '<option value="preparer" selected>' in page
    page = text(
        security.post(
            f"/manage/people/{number('jing')}/posts/", {"post-role": "preparer", "post-unit": "nowhere"}
        )
    )
    assert "text-danger" in page
    page = text(
        security.post(
            f"/manage/people/{number('xitong')}/posts/", {"post-role": "leader", "post-unit": "demo"}
        )
    )
    assert "三员分立" in page
    assert Post.objects.count() == 7


def test_closing_and_opening(system: Client, security: Client, sign_in: SignIn) -> None:
    theirs = sign_in("jing")
    assert theirs.get("/account/").status_code == 200
    system.post(f"/manage/people/{number('jing')}/close/")
    assert theirs.get("/account/").status_code == 302
    security.post(f"/manage/people/{number('jing')}/open/")
    assert not User.objects.get(username="jing").is_active
    system.post(f"/manage/people/{number('jing')}/open/")
    assert User.objects.get(username="jing").is_active


def test_the_last_administrator_is_not_closed(system: Client) -> None:
    page = text(system.post(f"/manage/people/{number('anquan')}/close/", follow=True))
    assert "唯一启用的安全管理员" in page
    assert User.objects.get(username="anquan").is_active


def test_a_second_administrator_waits_for_the_security_administrator(
    system: Client, security: Client
) -> None:
    data = {"name": "审计乙", "username": "shenji2", "password": PASSWORD, "administrator": "audit_admin"}
    system.post("/manage/people/new/", data)
    user = User.objects.get(username="shenji2")
    system.post(f"/manage/people/{user.pk}/open/")
    assert not User.objects.get(pk=user.pk).is_active
    assert "启用账号" in text(security.get(f"/manage/people/{user.pk}/"))
    security.post(f"/manage/people/{user.pk}/open/")
    assert User.objects.get(pk=user.pk).is_active


def test_a_forgotten_password(system: Client) -> None:
    page = text(system.post(f"/manage/people/{number('jing')}/password/"))
    found = re.search(r'class="secret">([\w-]+)<', page)
    assert found
    user = User.objects.get(username="jing")
    assert user.check_password(found[1]) and user.must_change_password
    assert found[1] not in text(system.get(f"/manage/people/{user.pk}/"))
    refused = text(system.post(f"/manage/people/{number('anquan')}/password/", follow=True))
    assert "服务器上" in refused


def test_a_lock_is_lifted(security: Client) -> None:
    visitor = Client()
    for _ in range(5):
        visitor.post("/account/login/", {"username": "jing", "password": "wrong"})
    assert "已锁定" in text(security.get("/manage/people/?q=jing"))
    security.post(f"/manage/people/{number('jing')}/unlock/")
    assert User.objects.get(username="jing").locked_until is None


def test_sessions_are_seen_and_ended(system: Client, sign_in: SignIn) -> None:
    theirs = sign_in("jing")
    assert "经办甲（虚构）" in text(system.get("/manage/sessions/"))
    session = LoginSession.objects.get(user__username="jing")
    system.post(f"/manage/sessions/{session.pk}/end/")
    assert theirs.get("/account/").status_code == 302
    assert "经办甲（虚构）" not in text(system.get("/manage/sessions/"))


def test_roles_are_shown_as_the_program_has_them(sign_in: SignIn) -> None:
    page = text(sign_in("shenji").get("/manage/roles/"))
    assert "外部评价人" in page and "审批、签发" in page
