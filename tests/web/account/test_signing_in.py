"""Signing in and out, the second factor, sessions, the first password (登录)."""

from __future__ import annotations

import datetime as dt
import re
from html import unescape

import pyotp
import pytest
from django.test import Client
from django.utils import timezone
from pytest_django.fixtures import Settings

from yiheng.people import second_factor, sessions, signin
from yiheng.people.models import LogEntry, LoginSession, User
from yiheng.people.operations import create_user

pytestmark = pytest.mark.django_db

PASSWORD = "four-words-in-a-row"
NEW = "five-words-in-a-longer-row"


@pytest.fixture
def li() -> User:
    return create_user(username="li", name="李四", password=PASSWORD, actor="测试")


def enter(client: Client) -> None:
    client.post("/account/login/", {"username": "li", "password": PASSWORD})


def enrolled(user: User) -> pyotp.TOTP:
    """A telephone whose last code was used long ago."""
    totp = pyotp.TOTP(second_factor.new_secret())
    second_factor.enrol(user, totp.secret, totp.now())
    User.objects.filter(pk=user.pk).update(totp_last_step=0)
    return totp


def signed_in(client: Client) -> bool:
    return client.get("/account/").status_code == 200


def test_signing_in_leads_where_one_wanted_to_go(client: Client, li: User) -> None:
    answer = client.get("/account/")
    assert answer.status_code == 302
    page = client.get(answer["Location"])
    assert 'value="/account/"' in page.content.decode()
    answer = client.post(
        "/account/login/", {"username": "li", "password": PASSWORD, "next": "/account/"}, follow=True
    )
    assert answer.redirect_chain == [("/account/", 302)]
    assert "李四" in answer.content.decode()


@pytest.mark.parametrize("elsewhere", ["https://example.org/", "//example.org", "javascript:alert(1)"])
def test_nobody_is_led_elsewhere(client: Client, li: User, elsewhere: str) -> None:
    answer = client.post("/account/login/", {"username": "li", "password": PASSWORD, "next": elsewhere})
    assert answer["Location"] == "/"


def test_a_wrong_password_says_nothing_about_the_account(client: Client, li: User) -> None:
    wrong = client.post("/account/login/", {"username": "li", "password": "wrong"}).content.decode()
    nobody = client.post("/account/login/", {"username": "nobody", "password": "wrong"}).content.decode()
    assert signin.REFUSED in unescape(wrong)
    strip = re.compile(r'name="csrfmiddlewaretoken" value="\w+"|value="(li|nobody)"')
    assert strip.sub("", wrong) == strip.sub("", nobody)
    assert 'value="li"' in wrong  # what was typed stays, the password does not
    assert "value=&quot;wrong" not in wrong and 'value="wrong"' not in wrong


def test_the_address_of_the_attempt_is_in_the_log(client: Client, li: User) -> None:
    client.post("/account/login/", {"username": "li", "password": "wrong"}, REMOTE_ADDR="10.1.2.3")
    enter(client)
    failed, signed = LogEntry.objects.order_by("pk")[1:3]
    assert (failed.action, failed.after["address"]) == ("sign_in_failed", "10.1.2.3")
    assert (signed.action, signed.after["how"], signed.user) == ("sign_in", "password", li)


def test_behind_a_proxy_the_proxy_names_the_address(client: Client, li: User, settings: Settings) -> None:
    settings.HTTPS = True
    data = {"username": "li", "password": PASSWORD}
    client.post("/account/login/", data, HTTP_X_FORWARDED_FOR="6.6.6.6, 10.1.2.3")
    assert LoginSession.objects.get().address == "10.1.2.3"


def test_signing_out_ends_the_session(client: Client, li: User) -> None:
    enter(client)
    assert signed_in(client)
    assert client.get("/account/logout/").status_code == 405
    client.post("/account/logout/")
    assert not signed_in(client)
    assert LoginSession.objects.get().ended_why == "sign_out"


def test_a_stolen_cookie_is_worth_nothing_after_signing_out(client: Client, li: User) -> None:
    enter(client)
    thief = Client()
    thief.cookies["sessionid"] = client.cookies["sessionid"].value
    assert signed_in(thief)
    client.post("/account/logout/")
    assert not signed_in(thief)


def test_the_cookie_changes_at_the_log_in(client: Client, li: User) -> None:
    client.get("/account/sso/")
    session = client.session
    session["x"] = 1
    session.save()
    before = client.cookies["sessionid"].value if "sessionid" in client.cookies else ""
    enter(client)
    assert client.cookies["sessionid"].value != before


def test_the_code_comes_after_the_password(client: Client, li: User) -> None:
    totp = enrolled(li)
    answer = client.post("/account/login/", {"username": "li", "password": PASSWORD, "next": "/account/"})
    assert answer["Location"] == "/account/code/"
    assert not signed_in(client)
    wrong = client.post("/account/code/", {"code": "000000"})
    assert signin.REFUSED in unescape(wrong.content.decode())
    assert not signed_in(client)
    answer = client.post("/account/code/", {"code": totp.now()})
    assert answer["Location"] == "/account/"
    assert signed_in(client)


def test_the_code_alone_is_not_asked(client: Client, li: User) -> None:
    assert client.get("/account/code/")["Location"] == "/account/login/"


def test_the_code_must_come_soon(client: Client, li: User, monkeypatch: pytest.MonkeyPatch) -> None:
    totp = enrolled(li)
    enter(client)
    session = client.session
    session["login_half"] = session["login_half"] | {"at": session["login_half"]["at"] - 301}
    session.save()
    assert client.post("/account/code/", {"code": totp.now()})["Location"] == "/account/login/"


def test_enrolling_shows_a_picture_and_then_the_recovery_codes_once(client: Client, li: User) -> None:
    enter(client)
    page = client.get("/account/factor/").content.decode()
    assert 'src="data:image/svg+xml;base64,' in page
    found = re.search(r'class="secret">([A-Z2-7 ]+)<', page)
    assert found
    totp = pyotp.TOTP(found[1].replace(" ", ""))
    refused = client.post("/account/factor/", {"code": "123456", "password": PASSWORD})
    assert "动态口令不对" in refused.content.decode()
    assert found[1] in refused.content.decode()  # still the same secret
    refused = client.post("/account/factor/", {"code": totp.now(), "password": "wrong"})
    assert "密码不对" in refused.content.decode()
    done = client.post("/account/factor/", {"code": totp.now(), "password": PASSWORD})
    codes = re.findall(r"<code>(\w{6}-\w{6})</code>", done.content.decode())
    assert len(codes) == 10
    assert done["Cache-Control"].startswith(("max-age=0", "no-store")) or "no-store" in done["Cache-Control"]
    client.post("/account/logout/")
    enter(client)
    client.post("/account/code/", {"code": codes[0]})
    assert signed_in(client)
    assert "还有 9 个恢复码" in client.get("/account/").content.decode()


def test_recovery_codes_are_renewed_and_the_factor_taken_off_with_the_password(
    client: Client, li: User
) -> None:
    client.force_login(li)
    enrolled(li)
    for address in ("/account/recovery/", "/account/factor/off/"):
        assert client.get(address).status_code == 200
        assert "密码不对" in client.post(address, {"password": "wrong"}).content.decode()
    assert "恢复码只显示这一次" in client.post("/account/recovery/", {"password": PASSWORD}).content.decode()
    client.post("/account/factor/off/", {"password": PASSWORD})
    assert not second_factor.enrolled(User.objects.get())
    assert client.get("/account/recovery/")["Location"] == "/account/factor/"
    assert client.get("/account/factor/off/")["Location"] == "/account/"


def test_an_idle_session_leads_to_the_log_in_page_and_says_why(client: Client, li: User) -> None:
    enter(client)
    long_ago = timezone.now() - sessions.IDLE - dt.timedelta(seconds=1)
    LoginSession.objects.update(seen_at=long_ago)
    answer = client.get("/account/", follow=True)
    assert answer.redirect_chain == [("/account/login/?next=/account/", 302)]
    assert "登录已结束" in answer.content.decode()
    assert LoginSession.objects.get().ended_why == "idle"


def test_a_working_person_stays(client: Client, li: User) -> None:
    enter(client)
    LoginSession.objects.update(seen_at=timezone.now() - dt.timedelta(minutes=20))
    assert signed_in(client)
    assert timezone.now() - LoginSession.objects.get().seen_at < dt.timedelta(minutes=1)


def test_sessions_are_listed_and_ended_from_elsewhere(client: Client, li: User) -> None:
    enter(client)
    other = Client(headers={"user-agent": "另一个浏览器"})
    enter(other)
    page = client.get("/account/").content.decode()
    assert "另一个浏览器" in page and "这里" in page
    session = LoginSession.objects.order_by("-pk")[0]
    client.post(f"/account/sessions/{session.pk}/end/")
    assert not signed_in(other)
    assert signed_in(client)


def test_nobody_ends_another_persons_session(client: Client, li: User) -> None:
    enter(client)
    create_user(username="wu", name="吴五", password=PASSWORD, actor="测试")
    stranger = Client()
    stranger.post("/account/login/", {"username": "wu", "password": PASSWORD})
    session = LoginSession.objects.get(user=li)
    assert stranger.post(f"/account/sessions/{session.pk}/end/").status_code == 404
    stranger.post("/account/sessions/end-others/")
    assert signed_in(client)


def test_the_first_password_must_be_changed(client: Client) -> None:
    create_user(username="li", name="李四", password=PASSWORD, actor="测试", must_change_password=True)
    enter(client)
    assert client.get("/account/")["Location"] == "/account/password/"
    assert client.get("/years/")["Location"] == "/account/password/"
    assert "初始密码" in client.get("/account/password/").content.decode()
    client.post("/account/password/", {"old": PASSWORD, "new": NEW, "again": NEW})
    assert signed_in(client)


def test_changing_the_password_keeps_here_and_ends_elsewhere(client: Client, li: User) -> None:
    enter(client)
    other = Client()
    enter(other)
    wrong = client.post("/account/password/", {"old": "no", "new": "li", "again": "il"}).content.decode()
    for words in ("现在的密码不对", "至少要有 10 个字符", "两次输入的新密码不一样"):
        assert words in wrong
    client.post("/account/password/", {"old": PASSWORD, "new": NEW, "again": NEW})
    assert signed_in(client)
    assert not signed_in(other)


@pytest.mark.parametrize(
    ("policy", "administrator", "asked"),
    [
        ("administrators", "system_admin", True),
        ("administrators", "", False),
        ("everybody", "", True),
        ("voluntary", "audit_admin", False),
    ],
)
def test_whom_the_installation_asks_for_a_second_factor(
    client: Client, settings: Settings, policy: str, administrator: str, asked: bool
) -> None:
    settings.SECOND_FACTOR = policy
    create_user(username="li", name="李四", password=PASSWORD, actor="测试", administrator=administrator)
    enter(client)
    answer = client.get("/account/password/")
    assert answer.status_code == 200
    answer = client.get("/account/recovery/")
    assert answer["Location"] == "/account/factor/"
    answer = client.get("/years/")
    assert (answer.status_code == 302 and answer["Location"] == "/account/factor/") is asked


def test_a_closed_account_is_out_at_once(client: Client, li: User) -> None:
    enter(client)
    User.objects.update(is_active=False)
    assert not signed_in(client)


def test_what_is_private_stays_in_no_cache(client: Client, li: User) -> None:
    enter(client)
    for address in ("/account/", "/account/factor/", "/account/password/"):
        assert "no-store" in client.get(address)["Cache-Control"], address


def test_a_part_of_a_page_asked_for_too_late_brings_the_whole_log_in_page(client: Client, li: User) -> None:
    headers = {"HX-Request": "true", "HX-Current-URL": "http://testserver/account/?x=1"}
    answer = client.get("/account/password/", headers=headers)
    assert (answer.status_code, answer["HX-Redirect"]) == (204, "/account/login/?next=%2Faccount%2F")
    enter(client)
    assert client.get("/account/password/", headers=headers).status_code == 200
