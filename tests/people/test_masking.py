"""Personal data as others see it (个人信息脱敏)."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.template import Context, Template

from yiheng.people import masking
from yiheng.people.masking import Viewer
from yiheng.people.models import User
from yiheng.people.operations import appoint
from yiheng.people.queries import viewer


@pytest.mark.parametrize(
    ("given", "shown"), [("张三", "张*"), ("欧阳小明", "欧***"), ("李", "*"), ("", ""), (" 王五 ", "王*")]
)
def test_names(given: str, shown: str) -> None:
    assert masking.name(given) == shown


def test_numbers() -> None:
    assert masking.identity("440304199001011234") == "440***********1234"
    assert masking.phone("13812345678") == "138****5678"
    assert masking.account("6222020200112233445") == "***************3445"
    assert masking.phone("12345") == "*****"


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("张三丰", "张**"),
        ("阿卜杜拉·买买提", "阿*******"),
        ("深圳市某某科技有限公司", "深圳市某某科技有限公司"),
        ("市财政局", "市财政局"),
        ("人民医院", "人民医院"),
        ("财政专户", "财政专户"),
        ("职工工资", "职***"),  # rather one word too many than a person too few
    ],
)
def test_payees_that_are_persons(given: str, shown: str) -> None:
    assert masking.payee(given) == shown


def test_numbers_within_a_text() -> None:
    text = (
        "付张某（440304199001011234，13812345678）卡 6222020200112233445，金额 12345.67 元，凭证 2024-00017"
    )
    assert masking.free_text(text) == (
        "付张某（440***********1234，138****5678）卡 ***************3445，金额 12345.67 元，凭证 2024-00017"
    )


@pytest.mark.django_db
def test_whoever_fills_in_sees_all_others_see_masked(make: Callable[..., User]) -> None:
    users = {role: make(role) for role in ("preparer", "planning", "unit_head", "finance_bureau", "auditor")}
    for role, user in users.items():
        appoint(user, role=role, unit="bureau", actor="测试")
    full = {r for r, user in users.items() if viewer(user, "execution", ("centre", "bureau")).full}
    assert full == {"preparer", "planning"}
    assert not viewer(users["preparer"], "execution", ("other",)).full
    assert not viewer(None, "execution", ("centre",)).full


def test_the_filters_mask_without_a_viewer() -> None:
    page = Template(
        "{% load personal %}{{ n|person:viewer }} {{ n|payee:viewer }} {{ i|identity:viewer }} {{ p|phone:viewer }} "
        "{{ a|account:viewer }} {{ t|personal:viewer }} {{ none|person:viewer }}"
    )
    data = {
        "n": "张三",
        "i": "440304199001011234",
        "p": "13812345678",
        "a": "62220202001122",
        "t": "电话13812345678",
    }
    masked = "张* 张* 440***********1234 138****5678 **********1122 电话138****5678 "
    assert page.render(Context({**data, "viewer": None})) == masked
    assert page.render(Context({**data, "viewer": Viewer()})) == masked
    clear = page.render(Context({**data, "viewer": Viewer(full=True)}))
    assert clear == "张三 张三 440304199001011234 13812345678 62220202001122 电话13812345678 "
