"""Tasks, comments, cases, and the calendar that an administrator edits (待办、批注、线索、工作日历)."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from tests.casework.people import YEAR, Staff, person, staff, step_of, through
from tests.ledger.builders import content, row

from yiheng.casework.clock import working_days_between
from yiheng.casework.errors import CaseworkError, NotPermitted
from yiheng.casework.models import Case, CaseState, Comment, Cycle
from yiheng.casework.operations import approvals, calendar, cycles, remarks
from yiheng.casework.queries import calendar as calendars
from yiheng.casework.queries import remarks as read
from yiheng.casework.queries.tasks import desk
from yiheng.ledger.validation import notices
from yiheng.people.models import User, Work
from yiheng.people.queries import verify_log
from yiheng.policy import Policy

pytestmark = pytest.mark.django_db
TODAY = dt.date(2024, 2, 5)


@pytest.fixture
def who() -> Staff:
    return staff()


@pytest.fixture
def cycle(who: Staff) -> Cycle:
    return cycles.open_cycle("centre", YEAR, by=who.preparer)


def titles(user: User) -> list[str]:
    return [task.title for task in desk(user, today=TODAY).now]


def test_a_task_waits_for_whose_turn_it_is(cycle: Cycle, who: Staff) -> None:
    assert titles(who.preparer) == titles(who.second) == ["报送预算建议"]
    assert titles(who.planning) == titles(who.head) == titles(who.stranger) == titles(who.auditor) == []
    made = approvals.submit(step_of(cycle, "first_up"), by=who.preparer)
    assert (titles(who.preparer), titles(who.head)) == ([], ["审批：报送预算建议"])
    approvals.send_back(made, by=who.head, comment="依据不足")
    (task,) = desk(who.preparer, today=TODAY).now
    assert (task.title, task.note) == ("修改后重报：报送预算建议", "依据不足")
    assert titles(who.head) == []


def test_the_office_does_what_no_preparer_is_there_to_do(who: Staff) -> None:
    cycles.open_cycle("bureau", YEAR, by=who.planning)
    assert titles(who.planning) == ["报送预算建议"]


def test_the_latest_comes_first_and_what_is_far_off_comes_later(cycle: Cycle, who: Staff) -> None:
    for key in ("first_up", "first_down", "second_up", "congress", "approve"):
        through(cycle, key, who, dt.date(2024, 1, 12))
    found = desk(who.preparer, today=TODAY)
    assert [(task.title, task.left) for task in found.now] == [("公开部门预算", -3)]
    assert found.now[0].late == 3  # due on Thursday the 1st; Friday, Sunday the 4th and Monday are worked
    assert [task.title for task in found.later] == ["编报绩效监控情况"]
    assert [task.title for task in desk(who.planning, today=TODAY).later] == ["执行预算"]


def test_a_year_without_arrangement_is_said_beside_the_tasks(cycle: Cycle, who: Staff) -> None:
    cycles.set_due(step_of(cycle, "first_up"), by=who.planning, day=dt.date(2098, 8, 15), basis="通知")
    assert any("2098" in warning for warning in desk(who.preparer, today=TODAY).warnings)


def note(by: User, text: str = "依据不足") -> Comment:
    return remarks.comment(
        "centre", YEAR, Work.BUDGET, sheet="budget_lines", row="b1", column="amount", text=text, by=by
    )


def test_a_comment_is_answered_by_whoever_fills_in(cycle: Cycle, who: Staff) -> None:
    made = note(who.planning)
    assert made.place == "budget_lines · b1 · amount"
    assert "处理 1 条批注（部门预算）" in titles(who.preparer)
    for wrong in (who.stranger, who.auditor, who.head):
        with pytest.raises(NotPermitted):
            remarks.resolve(made, by=wrong, answer="已改")
    with pytest.raises(CaseworkError, match="怎样处理"):
        remarks.resolve(made, by=who.preparer)
    remarks.resolve(made, by=who.preparer, answer="已补依据")
    assert "处理 1 条批注（部门预算）" not in titles(who.preparer)
    with pytest.raises(CaseworkError, match="已经解决"):
        remarks.resolve(made, by=who.planning)
    with pytest.raises(NotPermitted):
        remarks.take_up(made, by=who.preparer)
    assert remarks.take_up(made, by=who.planning).is_open
    assert list(read.comments("centre", YEAR, open_only=True)) == [made]
    assert list(read.comments("centre", YEAR, Work.ACCOUNTS)) == []


@pytest.mark.parametrize("name", ["auditor", "stranger"])
def test_readers_and_strangers_write_no_comments(who: Staff, name: str) -> None:
    with pytest.raises(NotPermitted):
        note(getattr(who, name))


def test_a_comment_wants_a_text_and_a_place(who: Staff) -> None:
    with pytest.raises(CaseworkError, match="内容"):
        note(who.planning, " ")


def opened(who: Staff) -> Case:
    return remarks.open_case(
        "centre", YEAR, Work.BUDGET, title="公用经费偏高", text="比上年增加一倍", by=who.planning, origin="finding",
        reference="finding:1",
    )  # fmt: skip


def test_a_case_is_assigned_answered_and_closed_by_somebody_else(who: Staff) -> None:
    case = opened(who)
    assert "分办线索：公用经费偏高" in titles(who.planning)
    with pytest.raises(CaseworkError, match="不能承办"):
        remarks.assign(case, to=who.stranger, by=who.planning)
    remarks.assign(case, to=who.preparer, by=who.planning, due_on=dt.date(2024, 2, 8))
    (task,) = desk(who.preparer, today=TODAY).now
    assert (task.title, task.left) == ("答复线索：公用经费偏高", 3)
    with pytest.raises(NotPermitted):
        remarks.answer_case(case, by=who.second, answer="属实")
    with pytest.raises(CaseworkError, match="写明"):
        remarks.answer_case(case, by=who.preparer, answer="")
    remarks.answer_case(case, by=who.preparer, answer="新增一处办公点")
    assert "核对答复：公用经费偏高" in titles(who.planning)
    assert read.case_actions(who.planning, Case.objects.get()) == ("ask_again", "close")
    remarks.ask_again(case, by=who.planning, reason="请附合同")
    remarks.answer_case(case, by=who.preparer, answer="合同见附件")
    with pytest.raises(CaseworkError, match="理由"):
        remarks.close_case(case, by=who.planning, reason="")
    remarks.close_case(case, by=who.planning, reason="核实无误")
    assert Case.objects.get().state == CaseState.CLOSED
    with pytest.raises(CaseworkError, match="已办结"):
        remarks.close_case(case, by=who.planning, reason="再来")
    assert [event.action for event in read.case_history(case)] == [
        "登记线索", "分办", "答复", "退回答复", "答复", "办结",
    ]  # fmt: skip
    assert list(verify_log()) == []


def test_the_assignee_does_not_close_the_own_answer(who: Staff) -> None:
    case = opened(who)
    remarks.assign(case, to=who.planning, by=who.head)
    remarks.answer_case(case, by=who.planning, answer="属实")
    with pytest.raises(NotPermitted):
        remarks.close_case(case, by=who.planning, reason="好")
    remarks.close_case(case, by=who.head, reason="好")


def test_one_finding_has_one_open_case(who: Staff) -> None:
    case = opened(who)
    with pytest.raises(CaseworkError, match="已经登记"):
        opened(who)
    remarks.close_case(case, by=who.head, reason="重复")
    assert opened(who).pk != case.pk


def test_a_comment_becomes_a_case(who: Staff) -> None:
    made = note(who.planning)
    case = remarks.open_case_from_comment(made, by=who.planning)
    assert (case.reference, case.text, case.state) == (f"comment:{made.pk}", "依据不足", CaseState.OPEN)


@pytest.mark.parametrize(
    "values",
    [{"state": "closed", "reason": ""}, {"state": "assigned"}, {"state": "lost"}, {"origin": "rumour"}],
)
def test_the_database_refuses_a_case_that_cannot_be(who: Staff, values: dict[str, str]) -> None:
    case = opened(who)
    with pytest.raises(IntegrityError), transaction.atomic():
        Case.objects.filter(pk=case.pk).update(**values)


@pytest.fixture
def admin() -> User:
    return person("xitong", "系统管理员", administrator="system_admin")


def test_an_administrator_enters_a_year_and_the_deadlines_follow(admin: User) -> None:
    """A made-up arrangement of 2098: 1 to 7 October off, Saturday the 11th worked (2098-10-01 is a Wednesday)."""
    first, last = dt.date(2098, 9, 30), dt.date(2098, 10, 11)
    before = calendars.working_calendar()
    assert working_days_between(first, last, before) == 8
    assert before.warnings(first, last)
    calendar.set_days(dt.date(2098, 10, 1), dt.date(2098, 10, 7), working=False, name="国庆节", by=admin)
    calendar.set_days(last, last, working=True, name="", by=admin)
    assert working_days_between(first, last, calendars.working_calendar()) == 4
    calendar.confirm_year(2098, basis="国务院办公厅关于2098年部分节假日安排的通知（虚构）", by=admin)
    after = calendars.working_calendar()
    assert after.warnings(first, last) == ()
    calendar.unset_day(last, by=admin)
    assert working_days_between(first, last, calendars.working_calendar()) == 3
    with pytest.raises(CaseworkError, match="没有录入过"):
        calendar.unset_day(last, by=admin)
    sheet = calendars.year_sheet(2098)
    assert (sheet.known, len(sheet.own), sheet.months[9].working) == (True, 7, 18)


def test_an_entered_day_goes_before_the_published_one(admin: User) -> None:
    """2024-02-09 (除夕) is a working day by the notice; a bureau may give it off."""
    day = dt.date(2024, 2, 9)
    assert calendars.working_calendar().is_working(day)
    calendar.set_days(day, day, working=False, name="除夕", by=admin)
    assert not calendars.working_calendar().is_working(day)
    calendar.set_days(day, day, working=True, name="照常上班", by=admin)
    assert calendars.working_calendar().is_working(day)


@pytest.mark.parametrize(
    ("first", "last", "working", "name", "match"),
    [
        ("2098-10-07", "2098-10-01", False, "国庆节", "早于"),
        ("2098-10-01", "2098-12-01", False, "国庆节", "最多"),
        ("2098-10-01", "2098-10-01", False, " ", "名称"),
        ("2098-10-10", "2098-10-11", True, "", "本来就上班"),
    ],
)
def test_a_slip_of_the_pen_is_told(
    admin: User, first: str, last: str, working: bool, name: str, match: str
) -> None:
    with pytest.raises(CaseworkError, match=match):
        calendar.set_days(
            dt.date.fromisoformat(first), dt.date.fromisoformat(last), working=working, name=name, by=admin
        )


def test_only_the_system_administrator_edits_the_calendar(who: Staff) -> None:
    day = dt.date(2098, 10, 1)
    others = [who.planning, person("anquan", "安全管理员", administrator="security_admin")]
    for user in others:
        with pytest.raises(NotPermitted):
            calendar.set_days(day, day, working=False, name="国庆节", by=user)
        with pytest.raises(NotPermitted):
            calendar.confirm_year(2098, basis="通知", by=user)


def test_the_contract_clock_takes_the_holidays_off() -> None:
    """Awarded on Friday 2024-09-27. Ten legal working days end on 2024-10-16, ten weekdays already on 2024-10-11."""
    in_time = row(
        "contracts", "h1", amount=1, awarded_on=dt.date(2024, 9, 27), signed_on=dt.date(2024, 10, 16)
    )
    late = row(
        "contracts", "h2", 3, amount=1, awarded_on=dt.date(2024, 9, 27), signed_on=dt.date(2024, 10, 17)
    )
    (found,) = notices(content(in_time, late), Policy.load(), clock=calendars.counting())
    assert found.row == 3
    assert "第 11 个工作日签订（按法定工作日计，含调休）" in found.reason
    assert len(notices(content(in_time, late), Policy.load())) == 2


def test_the_contract_clock_says_where_a_year_is_not_known() -> None:
    clock = calendars.counting()
    assert "2098 年的节假日安排尚未录入" in clock.remark(dt.date(2098, 1, 1), dt.date(2098, 2, 1))
