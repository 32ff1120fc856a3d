"""The first start: a code from the terminal, units, calendar, three administrators (首次设置)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.command import EXAMPLES

from yiheng.ledger.models import Unit
from yiheng.people.models import LogEntry, User
from yiheng.people.operations import PeopleError, create_user, set_up
from yiheng.people.queries import verify_log
from yiheng.web import setup_code

pytestmark = pytest.mark.django_db
PASSWORD = "four-words-in-a-row"
KINDS = ("system_admin", "security_admin", "audit_admin")


@pytest.fixture(autouse=True)
def home() -> Path:
    folder = Path(settings.YIHENG_HOME)
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@pytest.fixture
def code(home: Path) -> str:
    return setup_code.announce()


@pytest.fixture
def entered(client: Client, code: str) -> Client:
    answer = client.post("/setup/", {"code": f" {code.upper()} "})
    assert answer["Location"] == "/setup/units/"
    return client


def three(**changes: str) -> dict[str, str]:
    data = {}
    for number, kind in enumerate(KINDS):
        data |= {f"{kind}-name": f"管理{'甲乙丙'[number]}", f"{kind}-username": f"admin{number}"}
        data[f"{kind}-password"] = f"{PASSWORD}-{number}"
    return data | {key.replace("__", "-"): value for key, value in changes.items()}


def text(answer: Any) -> str:
    return str(answer.content.decode())


def test_nothing_without_the_code(client: Client, code: str) -> None:
    for step in ("units", "calendar", "administrators"):
        assert client.get(f"/setup/{step}/")["Location"] == "/setup/"
        assert client.post(f"/setup/{step}/", three())["Location"] == "/setup/"
    assert "设置码不对" in text(client.post("/setup/", {"code": "123"}))
    assert not User.objects.exists()


def test_the_code_is_not_on_the_disk_and_a_new_start_makes_a_new_one(
    entered: Client, code: str, home: Path
) -> None:
    assert code not in (home / "setup-code").read_text()
    assert (home / "setup-code").stat().st_mode & 0o077 == 0
    new = setup_code.announce()
    assert new != code
    assert entered.get("/setup/units/")["Location"] == "/setup/"
    assert "设置码不对" in text(entered.post("/setup/", {"code": code}))


def test_the_whole_way(entered: Client, tmp_path: Path) -> None:
    page = text(entered.get("/setup/units/"))
    assert "以后再装载" in page
    book = tmp_path / "单位.xlsx"
    workbook_of(book)
    answer = entered.post(
        "/setup/units/", {"books": SimpleUploadedFile("单位.xlsx", book.read_bytes())}, follow=True
    )
    assert Unit.objects.exists(), text(answer)
    assert "示例市医疗保障局" in text(answer)
    assert "已有安排" in text(entered.get("/setup/calendar/"))
    assert entered.post("/setup/calendar/")["Location"] == "/setup/administrators/"
    assert entered.post("/setup/administrators/", three())["Location"] == "/setup/done/"
    assert set(User.objects.values_list("administrator", flat=True)) == set(KINDS)
    assert all(user.is_active and not user.must_change_password for user in User.objects.all())
    assert "设置完成" in text(entered.get("/setup/done/"))
    for step in ("", "units/", "calendar/", "administrators/"):
        assert entered.get(f"/setup/{step}").status_code == 404
    assert setup_code.current() == ""
    entered.post("/account/login/", {"username": "admin0", "password": f"{PASSWORD}-0"})
    assert entered.get("/manage/").status_code == 200
    assert LogEntry.objects.get(action="set_up").after == {"users": ["admin0", "admin1", "admin2"]}
    assert list(verify_log()) == []


def workbook_of(path: Path) -> None:
    from django.db import transaction

    from yiheng.pipelines import workbook
    from yiheng.pipelines.load import load
    from yiheng.policy import Policy

    policy = Policy.load(None)
    with transaction.atomic():
        load([EXAMPLES / "demo-2024"], "测试", lambda plan: True, policy=policy)
        workbook.export(path, workbook.Format.XLSX, None, None, policy)
        transaction.set_rollback(True)


def test_a_file_that_is_no_workbook_is_refused_in_words(entered: Client) -> None:
    page = text(
        entered.post("/setup/units/", {"books": SimpleUploadedFile("单位.xlsx", b"not a workbook at all")})
    )
    assert "单位.xlsx" in page and "text-danger" in page
    assert "没有选择文件" in text(entered.post("/setup/units/"))


def test_all_errors_of_all_three_are_said_at_once(entered: Client) -> None:
    data = three(system_admin__password="123", audit_admin__username="admin1", security_admin__name="")
    page = text(entered.post("/setup/administrators/", data))
    assert "至少要有 10 个字符" in page and "写了两次" in page and page.count("text-danger") >= 3
    assert 'value="admin0"' in page and PASSWORD not in page
    assert not User.objects.exists()


def test_there_is_no_set_up_once_there_is_an_account(client: Client) -> None:
    create_user(username="li", name="李四", password=PASSWORD, actor="测试")
    assert setup_code.announce() == ""
    assert client.get("/setup/").status_code == 404
    assert client.post("/setup/", {"code": ""}).status_code == 404
    with pytest.raises(PeopleError, match="已经有账号"):
        set_up([], actor="测试")


def test_set_up_makes_all_three_or_none() -> None:
    people = [{"username": "a", "name": "甲", "password": PASSWORD, "administrator": "system_admin"}]
    with pytest.raises(PeopleError, match="同时建立"):
        set_up(people, actor="测试")
    assert not User.objects.exists()


def test_the_entrance_leads_to_the_set_up(client: Client) -> None:
    assert client.get("/")["Location"] == "/setup/"
    create_user(username="li", name="李四", password=PASSWORD, actor="测试")
    assert client.get("/").headers.get("Location") != "/setup/"
