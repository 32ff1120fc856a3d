"""The workbench, the cases of all units, and the calendar editor as each person sees them (工作台、工作日历)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.http import HttpResponse
from django.test import Client

from yiheng.casework.models import CalendarDay, CalendarYear
from yiheng.casework.operations import cycles, remarks
from yiheng.people.models import User, Work
from yiheng.web.screens.workbench.standing import as_of

SignIn = Callable[[str], Client]


def text(answer: HttpResponse) -> str:
    return answer.content.decode()


def user(name: str) -> User:
    return User.objects.get(username=name)


def test_an_empty_desk_says_what_will_come(sign_in: SignIn) -> None:
    page = text(sign_in("jing").get("/workbench/"))
    assert "现在没有等您办理的事" in page
    assert "示例市医疗保障局（虚构） 2024" in page and "周期还没有启用" in page


def test_tasks_lead_to_their_year(sign_in: SignIn) -> None:
    cycles.open_cycle("demo", 2024, by=user("jing"))
    page = text(sign_in("jing").get("/workbench/"))
    assert "报送预算建议" in page and 'href="/years/demo/2024/"' in page
    assert "报送预算建议" not in text(sign_in("ju").get("/workbench/"))


def test_nobody_sees_other_units(sign_in: SignIn) -> None:
    cycles.open_cycle("demo", 2024, by=user("jing"))
    page = text(sign_in("wai").get("/workbench/"))
    assert "示例市" not in page and "深圳市医疗保障局" in page
    assert sign_in("wai").get("/workbench/units/demo/2024/").status_code == 403


@pytest.mark.parametrize("name", ["xitong", "anquan", "shenji"])
def test_an_administrator_has_no_business_on_the_desk(sign_in: SignIn, name: str) -> None:
    page = text(sign_in(name).get("/workbench/"))
    assert "三员分立" in page and "示例市" not in page
    assert sign_in(name).get("/workbench/cases/").status_code == 403


def test_a_visitor_signs_in_first(client: Client, db: None) -> None:
    assert client.get("/workbench/").status_code == 302


def test_a_unit_shows_execution_indicators_and_checks(sign_in: SignIn) -> None:
    page = text(sign_in("jing").get("/workbench/units/demo/2024/"))
    assert "<polyline" in page and "截至 2024-12-31" in page
    assert "绩效指标" in page and "部门决算核对" in page


def test_a_year_without_data_says_so(sign_in: SignIn) -> None:
    assert "还没有支付数据" in text(sign_in("jing").get("/workbench/units/demo/2019/"))
    assert "年度还没有开始" in text(sign_in("jing").get("/workbench/units/demo/2199/"))


def test_the_day_on_which_a_year_is_looked_at() -> None:
    today = dt.date(2024, 8, 5)
    assert [as_of(year, today) for year in (2023, 2024, 2025)] == [dt.date(2023, 12, 31), today, None]


def test_the_cases_of_all_units_by_state(sign_in: SignIn) -> None:
    case = remarks.open_case("demo", 2024, Work.BUDGET, title="公用经费偏高", text="增长", by=user("gui"))
    gui = sign_in("gui")
    assert "公用经费偏高" in text(gui.get("/workbench/cases/"))
    assert "公用经费偏高" not in text(gui.get("/workbench/cases/?state=closed"))
    remarks.close_case(case, by=user("zhang"), reason="无误")
    assert "没有线索" in text(gui.get("/workbench/cases/"))
    assert "公用经费偏高" in text(gui.get("/workbench/cases/?state="))
    assert "没有线索" in text(sign_in("wai").get("/workbench/cases/?state="))


def test_everybody_reads_the_calendar_and_one_edits_it(sign_in: SignIn) -> None:
    page = text(sign_in("jing").get("/manage/calendar/?year=2024"))
    assert (
        "全年 251 个工作日" in page
        and "国办发明电〔2023〕7号" in page
        and '<form method="post" action="/manage' not in page
    )
    days = {"first": "2098-10-01", "last": "2098-10-07", "working": "off", "name": "国庆节"}
    for name in ("jing", "ju", "anquan", "shenji"):
        assert sign_in(name).post("/manage/calendar/2098/days/", days).status_code == 403
    xitong = sign_in("xitong")
    assert "尚未录入" in text(xitong.get("/manage/calendar/?year=2098"))
    assert xitong.post("/manage/calendar/2098/days/", days).status_code == 302
    assert CalendarDay.objects.count() == 7
    xitong.post("/manage/calendar/2098/confirm/", {"basis": "虚构通知"})
    assert CalendarYear.objects.get().year == 2098
    assert "尚未录入" not in text(xitong.get("/manage/calendar/?year=2098"))
    xitong.post("/manage/calendar/days/2098-10-07/unset/")
    assert CalendarDay.objects.count() == 6


def test_a_slip_in_the_calendar_keeps_what_was_typed(sign_in: SignIn) -> None:
    xitong = sign_in("xitong")
    refused = xitong.post(
        "/manage/calendar/2098/days/",
        {"first": "2098-10-07", "last": "2098-10-01", "working": "off", "name": "国庆节"},
    )
    assert refused.status_code == 200
    assert "早于开始日期" in text(refused) and 'value="2098-10-07"' in text(refused)
    assert xitong.post("/manage/calendar/2098/days/", {"working": "off"}).status_code == 200
    assert xitong.post("/manage/calendar/2098/confirm/", {"basis": ""}).status_code == 200
    assert xitong.post("/manage/calendar/days/nonsense/unset/").status_code == 404
    assert xitong.post("/manage/calendar/days/2098-01-01/unset/", follow=True).status_code == 200


@pytest.mark.parametrize("year", ["0", "10000", "99999999999999999999"])
def test_an_impossible_year_is_not_found(sign_in: SignIn, year: str) -> None:
    assert sign_in("jing").get(f"/workbench/units/demo/{year}/").status_code == 404
    assert sign_in("xitong").post(f"/manage/calendar/{year}/days/", {}).status_code == 404


@pytest.mark.parametrize("year", ["1066", "x", "99999", ""])
def test_an_odd_year_shows_this_one(sign_in: SignIn, year: str) -> None:
    assert sign_in("jing").get(f"/manage/calendar/?year={year}").status_code == 200
