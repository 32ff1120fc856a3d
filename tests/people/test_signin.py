"""Signing in: passwords, lock-out, second factor, sessions (登录)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pyotp
import pytest
from django.utils import timezone

from yiheng.people import passwords, second_factor, sessions, signin
from yiheng.people.models import LogEntry, LoginSession, User
from yiheng.people.operations import PeopleError, deactivate_user
from yiheng.people.queries import verify_log
from yiheng.people.signin import SignInRefused, check_code, check_password

pytestmark = pytest.mark.django_db

PASSWORD = "four-words-in-a-row"
Make = Callable[..., User]


class Clock:
    """The time as the operations see it."""

    def __init__(self) -> None:
        self.now = dt.datetime(2026, 3, 2, 9, 0, tzinfo=dt.UTC)

    def __call__(self) -> dt.datetime:
        return self.now

    def later(self, **span: int) -> None:
        self.now += dt.timedelta(**span)


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(timezone, "now", clock)
    return clock


@pytest.fixture
def li(make: Make, clock: Clock) -> User:
    return make("li")


def actions() -> list[str]:
    return list(LogEntry.objects.order_by("pk").values_list("action", flat=True))


@pytest.mark.parametrize(
    ("password", "wrong"),
    [
        ("short-one", "至少要有 10 个"),
        ("x" * 129, "最多 128 个"),
        ("8274610395", "全是数字"),
        ("abababababab", "不同的字符"),
        ("1q2w3e4r5t6y", "常见密码"),
        ("zhangsanfeng", "相近"),
        ("zhangsanfeng1", "相近"),
    ],
)
def test_a_bad_password_is_refused_with_the_reason(password: str, wrong: str) -> None:
    assert any(wrong in problem for problem in passwords.problems(password, username="zhangsanfeng"))


def test_all_that_is_wrong_is_said_at_once() -> None:
    assert len(passwords.problems("1111")) == 4


def test_long_words_and_chinese_make_a_password() -> None:
    for good in (PASSWORD, "南山有台北山有莱乐只君子", "correct horse battery staple"):
        assert passwords.problems(good, username="li", name="李四") == []


def test_signing_in(li: User) -> None:
    assert check_password("li", PASSWORD) == li


@pytest.mark.parametrize(("name", "password"), [("li", "wrong"), ("nobody", PASSWORD), ("", "")])
def test_every_refusal_sounds_the_same(li: User, name: str, password: str) -> None:
    with pytest.raises(SignInRefused) as refused:
        check_password(name, password)
    assert str(refused.value) == signin.REFUSED


def test_a_closed_account_is_refused_with_its_right_password(li: User) -> None:
    deactivate_user(li, actor="测试")
    with pytest.raises(SignInRefused):
        check_password("li", PASSWORD)


def fail(times: int) -> None:
    for _ in range(times):
        with pytest.raises(SignInRefused):
            check_password("li", "wrong", address="10.0.0.9")


def test_the_account_is_locked_after_five_failures_and_opens_by_itself(li: User, clock: Clock) -> None:
    fail(4)
    check_password("li", PASSWORD)
    fail(5)
    with pytest.raises(SignInRefused):
        check_password("li", PASSWORD)
    clock.later(seconds=61)
    check_password("li", PASSWORD)
    li.refresh_from_db()
    assert (li.failed_attempts, li.locked_until) == (0, None)


def test_the_wait_grows_and_ends_at_an_hour() -> None:
    minutes = [int(signin.wait_after(n).total_seconds() // 60) for n in (0, 4, 5, 6, 7, 10, 11, 12, 10_000)]
    assert minutes == [0, 0, 1, 2, 4, 32, 60, 60, 60]


def test_trying_while_locked_is_not_counted(li: User) -> None:
    fail(9)
    li.refresh_from_db()
    assert li.failed_attempts == 5
    assert actions().count("sign_in_failed") == 5


def test_failures_are_in_the_log_without_the_password(li: User) -> None:
    fail(1)
    entry = LogEntry.objects.order_by("-pk")[0]
    assert (entry.table, entry.key) == ("users", "li")
    assert entry.after == {"what": "password", "address": "10.0.0.9", "in_a_row": 1, "locked_for": 0}
    assert list(verify_log()) == []


def test_the_security_administrator_lifts_a_lock(li: User, make: Make) -> None:
    security, system = make("sec", administrator="security_admin"), make("sys", administrator="system_admin")
    fail(5)
    with pytest.raises(PeopleError, match="安全管理员"):
        signin.unlock(li, actor=system)
    signin.unlock(li, actor=security)
    check_password("li", PASSWORD)


def enrol(user: User, clock: Clock) -> tuple[pyotp.TOTP, tuple[str, ...]]:
    secret = second_factor.new_secret()
    codes = second_factor.enrol(user, secret, pyotp.TOTP(secret).at(clock.now))
    user.refresh_from_db()
    return pyotp.TOTP(secret), codes


def test_the_second_factor(li: User, clock: Clock) -> None:
    totp, _ = enrol(li, clock)
    clock.later(seconds=60)
    check_code(li, totp.at(clock.now))
    with pytest.raises(SignInRefused):
        check_code(li, totp.at(clock.now))  # seen once, used once
    clock.later(seconds=90)
    check_code(li, totp.at(clock.now - dt.timedelta(seconds=30)))
    with pytest.raises(SignInRefused):
        check_code(li, totp.at(clock.now - dt.timedelta(seconds=90)))


def test_wrong_codes_lock_the_account_as_wrong_passwords_do(li: User, clock: Clock) -> None:
    totp, _ = enrol(li, clock)
    clock.later(seconds=60)
    for _ in range(5):
        check_password("li", PASSWORD)  # which alone does not forgive the wrong codes
        with pytest.raises(SignInRefused):
            check_code(li, "000000")
    with pytest.raises(SignInRefused):
        check_code(li, totp.at(clock.now))


def test_enrolment_wants_a_code_that_fits(li: User) -> None:
    with pytest.raises(PeopleError, match="动态口令不对"):
        second_factor.enrol(li, second_factor.new_secret(), "123456")
    assert not second_factor.enrolled(li)


def test_the_secret_and_the_codes_are_not_in_the_database(li: User, clock: Clock) -> None:
    totp, codes = enrol(li, clock)
    assert totp.secret not in li.totp_secret
    assert second_factor.unseal(li.totp_secret) == totp.secret
    stored = set(li.recovery_codes.values_list("code_hash", flat=True))
    assert len(stored) == second_factor.RECOVERY_CODES
    assert not stored & set(codes)


def test_a_recovery_code_counts_once(li: User, clock: Clock) -> None:
    _, codes = enrol(li, clock)
    check_code(li, f" {codes[3].upper()} ")
    assert second_factor.codes_left(li) == 9
    with pytest.raises(SignInRefused):
        check_code(li, codes[3])
    renewed = second_factor.renew_recovery_codes(li)
    with pytest.raises(SignInRefused):
        check_code(li, codes[4])
    check_code(li, renewed[0])


def test_a_code_of_another_person_does_not_count(li: User, make: Make, clock: Clock) -> None:
    _, codes = enrol(make("wu"), clock)
    enrol(li, clock)
    with pytest.raises(SignInRefused):
        check_code(li, codes[0])


def test_a_lost_telephone(li: User, make: Make, clock: Clock) -> None:
    security, system = make("sec", administrator="security_admin"), make("sys", administrator="system_admin")
    enrol(li, clock)
    enrol(system, clock)
    with pytest.raises(PeopleError, match="安全管理员"):
        second_factor.withdraw(li, actor=system)
    second_factor.withdraw(li, actor=security)
    assert not second_factor.enrolled(User.objects.get(pk=li.pk))
    with pytest.raises(PeopleError, match="服务器上"):
        second_factor.withdraw(system, actor=security)
    second_factor.withdraw(system, actor="命令行")


def test_a_session_is_found_by_its_token_only(li: User, make: Make) -> None:
    token = sessions.start(li, address="10.0.0.1", agent="Firefox")
    found = sessions.current(li, token)
    assert found is not None
    assert (found.address, found.agent) == ("10.0.0.1", "Firefox")
    assert token not in found.key_hash
    assert sessions.current(make("wu"), token) is None
    assert sessions.current(li, "other") is None


def test_an_idle_session_ends(li: User, clock: Clock) -> None:
    token = sessions.start(li)
    for _ in range(3):
        clock.later(minutes=29)
        session = sessions.current(li, token)
        assert session is not None
        sessions.note(session)
    clock.later(minutes=31)
    assert sessions.current(li, token) is None
    assert LoginSession.objects.get().ended_why == "idle"


def test_a_session_ends_after_a_working_day_however_busy(li: User, clock: Clock) -> None:
    token = sessions.start(li)
    for _ in range(12 * 3):
        clock.later(minutes=20)
        if session := sessions.current(li, token):
            sessions.note(session)
    assert sessions.current(li, token) is not None
    clock.later(minutes=1)
    assert sessions.current(li, token) is None


def test_a_session_is_ended_by_its_owner_or_the_system_administrator(li: User, make: Make) -> None:
    wu, system = make("wu"), make("sys", administrator="system_admin")
    sessions.start(li)
    session = LoginSession.objects.get()
    for stranger in (wu, make("sec", administrator="security_admin")):
        with pytest.raises(PeopleError, match="系统管理员"):
            sessions.end(session, why="revoked", actor=stranger)
    sessions.end(session, why="revoked", actor=system)
    sessions.end(session, why="idle", actor=li)
    assert LoginSession.objects.get().ended_why == "revoked"
    assert actions()[-2:] == ["create", "session_end"]


def test_changing_the_password_ends_all_other_sessions(li: User) -> None:
    here, there = sessions.start(li), sessions.start(li)
    signin.change_password(li, PASSWORD, "five-words-in-a-row", keep=here)
    assert sessions.current(li, here) is not None
    assert sessions.current(li, there) is None
    check_password("li", "five-words-in-a-row")


def test_all_that_is_wrong_with_a_change_is_said_at_once(li: User) -> None:
    with pytest.raises(PeopleError) as refused:
        signin.change_password(li, "wrong", "123")
    assert len(str(refused.value).splitlines()) == 5
    assert signin.change_problems(li, PASSWORD, PASSWORD) == ["新密码与现在的密码相同，请换一个。"]


def test_a_reset_password_must_be_changed(li: User, make: Make) -> None:
    system, security = make("sys", administrator="system_admin"), make("sec", administrator="security_admin")
    sessions.start(li)
    new = signin.reset_password(li, actor=system)
    assert check_password("li", new).must_change_password
    assert LoginSession.objects.get().ended_why == "password"
    signin.change_password(li, new, "six-words-in-a-long-row")
    assert not check_password("li", "six-words-in-a-long-row").must_change_password
    with pytest.raises(PeopleError, match="服务器上"):
        signin.reset_password(security, actor=system)
    assert not any(new in str(entry.after) for entry in LogEntry.objects.all())


def test_closing_an_account_ends_its_sessions(li: User) -> None:
    token = sessions.start(li)
    deactivate_user(li, actor="测试")
    assert sessions.current(li, token) is None
    assert LoginSession.objects.get().ended_why == "closed"
