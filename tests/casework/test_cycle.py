"""The cycle of a unit-year: who may do what when, and what the database itself refuses (部门年度周期)."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from tests.casework.people import YEAR, Staff, staff, step_of, through

from yiheng.casework import flow as flows
from yiheng.casework.errors import CaseworkError, NotPermitted
from yiheng.casework.models import Cycle, Decision, Outcome, State, Step, Submission
from yiheng.casework.operations import approvals, cycles
from yiheng.casework.queries import cycle_view, editable
from yiheng.casework.queries.tasks import desk
from yiheng.people.models import Post, Role, Work
from yiheng.people.queries import log_of, verify_log
from yiheng.pipelines import rules
from yiheng.policy import Policy

pytestmark = pytest.mark.django_db


@pytest.fixture
def who() -> Staff:
    return staff()


@pytest.fixture
def cycle(who: Staff) -> Cycle:
    return cycles.open_cycle("centre", YEAR, by=who.preparer)


def states(cycle: Cycle) -> dict[str, str]:
    return {step.key: step.state for step in Step.objects.filter(cycle=cycle)}


def test_the_packaged_flows_and_calendars_are_sound() -> None:
    assert rules.problems(Policy.load()) == []


def test_a_step_fills_in_stages_that_there_are() -> None:
    packaged = Policy.load()
    flow = packaged.get(flows.UNIT_YEAR, "440300", dt.date(2024, 1, 1))
    first, *others = flow.value["steps"]
    wrong = replace(
        flow, value={**flow.value, "steps": ({**first, "fills": ("one_up", "three_up")}, *others)}
    )
    policy = Policy(wrong if entry is flow else entry for entry in packaged.entries)
    (problem,) = rules.problems(policy)
    assert (problem.path, problem.reason) == ("value.steps[0].fills", "不认识“three_up”")


def test_what_may_be_filled_in_names_its_stages(cycle: Cycle, who: Staff) -> None:
    assert editable(who.preparer, "centre", YEAR, Work.BUDGET).fills == ("one_up",)
    through(cycle, "first_up", who)
    assert editable(who.planning, "centre", YEAR, Work.BUDGET).fills == ("one_down",)


def test_a_cycle_begins_with_its_first_step_open(cycle: Cycle, who: Staff) -> None:
    found = states(cycle)
    assert found.pop("first_up") == "open"
    assert set(found.values()) == {"waiting"}
    with pytest.raises(CaseworkError, match="已经启用"):
        cycles.open_cycle("centre", YEAR, by=who.planning)


@pytest.mark.parametrize("name", ["stranger", "leader", "finance", "auditor"])
def test_only_those_who_fill_in_the_budget_begin_a_cycle(who: Staff, name: str) -> None:
    with pytest.raises(NotPermitted):
        cycles.open_cycle("centre", YEAR, by=getattr(who, name))


def test_a_step_goes_through_its_chain_and_opens_the_next(cycle: Cycle, who: Staff) -> None:
    made = approvals.submit(step_of(cycle, "first_up"), by=who.preparer, note="首次报送")
    assert states(cycle)["first_up"] == "submitted"
    approvals.approve(made, by=who.head)
    assert states(cycle)["first_up"] == "submitted"
    approvals.approve(made, by=who.planning, comment="同意")
    assert (states(cycle)["first_up"], states(cycle)["first_down"]) == ("done", "open")
    assert [each.action for each in log_of("cycles", f"centre/{YEAR}")] == [
        "open_cycle", "open", "submit", "approved", "approve", "open",
    ]  # fmt: skip
    assert list(verify_log()) == []


def test_the_links_are_taken_in_order_and_by_the_right_post(cycle: Cycle, who: Staff) -> None:
    made = approvals.submit(step_of(cycle, "first_up"), by=who.preparer)
    for wrong in (who.planning, who.leader, who.finance, who.auditor, who.stranger, who.second):
        with pytest.raises(NotPermitted):
            approvals.approve(made, by=wrong)
    approvals.approve(made, by=who.head)
    with pytest.raises(NotPermitted):
        approvals.approve(made, by=who.head)


def test_nobody_decides_on_their_own_submission(cycle: Cycle, who: Staff) -> None:
    Post.objects.create(user=who.head, role=Role.PREPARER, unit="centre")
    made = approvals.submit(step_of(cycle, "first_up"), by=who.head)
    with pytest.raises(NotPermitted, match="不能审批自己报送"):
        approvals.approve(made, by=who.head)
    view = cycle_view(who.head, "centre", YEAR)
    assert view is not None and view.steps[0].actions == ("withdraw", "set_due")


def decision(made: Submission, **values: object) -> object:
    given = {"submission": made, "position": 0, "label": "x", "outcome": Outcome.APPROVED,
             "maker": made.maker, "at": timezone.now(), "comment": "", **values}  # fmt: skip
    with transaction.atomic():
        return Decision.objects.create(**given)  # type: ignore[arg-type]


def test_the_database_refuses_maker_and_checker_in_one(cycle: Cycle, who: Staff) -> None:
    made = approvals.submit(step_of(cycle, "first_up"), by=who.preparer)
    with pytest.raises(IntegrityError):
        decision(made, checker=who.preparer)
    with pytest.raises(IntegrityError, match="经办人与报送人不符"):
        decision(made, checker=who.preparer, maker=who.head)
    with pytest.raises(IntegrityError):
        decision(made, checker=who.head, outcome=Outcome.WITHDRAWN)
    with pytest.raises(IntegrityError):
        decision(made, checker=who.head, outcome=Outcome.RETURNED)
    assert decision(made, checker=who.head)
    with pytest.raises(IntegrityError):
        decision(made, checker=who.planning)


@pytest.mark.parametrize("table", ["casework_decision", "casework_submission"])
def test_what_was_decided_stands(cycle: Cycle, who: Staff, table: str) -> None:
    made = approvals.submit(step_of(cycle, "first_up"), by=who.preparer)
    approvals.approve(made, by=who.head)
    for statement in (f"UPDATE {table} SET maker_id = maker_id", f"DELETE FROM {table}"):
        with pytest.raises(IntegrityError, match="只增不改"), transaction.atomic(), connection.cursor() as c:
            c.execute(statement)


def test_a_returned_step_says_why_and_is_handed_in_again(cycle: Cycle, who: Staff) -> None:
    made = approvals.submit(step_of(cycle, "first_up"), by=who.preparer)
    with pytest.raises(CaseworkError, match="写明原因"):
        approvals.send_back(made, by=who.head, comment="  ")
    approvals.send_back(made, by=who.head, comment="公用经费依据不足")
    assert states(cycle)["first_up"] == "returned"
    assert editable(who.preparer, "centre", YEAR, Work.BUDGET)
    with pytest.raises(CaseworkError, match="已经处理"):
        approvals.approve(made, by=who.head)
    again = approvals.submit(step_of(cycle, "first_up"), by=who.preparer)
    approvals.approve(again, by=who.head)
    assert approvals.position_of(again) == 1


def test_a_submission_is_withdrawn_by_its_maker_before_anybody_decided(cycle: Cycle, who: Staff) -> None:
    made = approvals.submit(step_of(cycle, "first_up"), by=who.preparer)
    with pytest.raises(CaseworkError, match="本人"):
        approvals.withdraw(made, by=who.second)
    approvals.withdraw(made, by=who.preparer)
    assert states(cycle)["first_up"] == "open"
    made = approvals.submit(step_of(cycle, "first_up"), by=who.preparer)
    approvals.approve(made, by=who.head)
    with pytest.raises(CaseworkError, match="第一环审批之前"):
        approvals.withdraw(made, by=who.preparer)


def test_a_step_that_is_not_open_is_not_handed_in(cycle: Cycle, who: Staff) -> None:
    with pytest.raises(CaseworkError, match="未开始"):
        approvals.submit(step_of(cycle, "second_up"), by=who.preparer)
    approvals.submit(step_of(cycle, "first_up"), by=who.preparer)
    with pytest.raises(CaseworkError, match="审核中"):
        approvals.submit(step_of(cycle, "first_up"), by=who.second)


def test_the_sheets_may_be_changed_only_while_a_step_is_open(cycle: Cycle, who: Staff) -> None:
    def may(user: object = who.preparer, work: Work = Work.BUDGET) -> bool:
        return bool(editable(user, "centre", YEAR, work))  # type: ignore[arg-type]

    assert (may(), may(work=Work.PERFORMANCE), may(work=Work.EXECUTION)) == (True, True, False)
    assert (may(who.head), may(who.stranger), may(who.auditor), may(who.planning)) == (
        False,
        False,
        False,
        True,
    )
    made = approvals.submit(step_of(cycle, "first_up"), by=who.preparer)
    assert "正在审核" in editable(who.preparer, "centre", YEAR, Work.BUDGET).reason
    approvals.approve(made, by=who.head)
    approvals.approve(made, by=who.planning)
    # 一下 and 二下 are filled in as well: the control figures, and the budget as approved.
    assert editable(who.preparer, "centre", YEAR, Work.BUDGET).step == "first_down"
    assert "“二上”还没有开始" in editable(who.preparer, "centre", YEAR, Work.PERFORMANCE).reason
    through(cycle, "first_down", who, dt.date(2023, 10, 20))
    assert editable(who.preparer, "centre", YEAR, Work.BUDGET).step == "second_up"
    through(cycle, "second_up", who)
    assert "“二下（批复）”还没有开始" in editable(who.preparer, "centre", YEAR, Work.BUDGET).reason
    through(cycle, "congress", who, dt.date(2024, 1, 19))
    assert editable(who.preparer, "centre", YEAR, Work.BUDGET).step == "approve"
    through(cycle, "approve", who, dt.date(2024, 2, 4))
    assert "已经完成" in editable(who.preparer, "centre", YEAR, Work.BUDGET).reason


def test_without_a_cycle_nothing_is_changed_and_it_is_said_how_to_begin(who: Staff) -> None:
    found = editable(who.preparer, "centre", YEAR, Work.BUDGET)
    assert (bool(found), found.may_open) == (False, True)
    assert "还没有启用" in found.reason
    assert not editable(who.preparer, "nowhere", YEAR, Work.BUDGET)


def test_a_recorded_day_starts_the_next_deadline(cycle: Cycle, who: Staff) -> None:
    """预算法第五十二条、第十四条: 20 days after the congress, 20 days after the approval, over the Spring Festival."""
    for key, day in (("first_up", None), ("first_down", dt.date(2023, 10, 20)), ("second_up", None)):
        through(cycle, key, who, day)
    with pytest.raises(CaseworkError, match="请填写人大批准日期"):
        cycles.finish(step_of(cycle, "congress"), by=who.planning)
    with pytest.raises(CaseworkError, match="不能晚于今天"):
        cycles.finish(step_of(cycle, "congress"), by=who.planning, day=dt.date(2999, 1, 1))
    through(cycle, "congress", who, dt.date(2024, 1, 19))
    view = cycle_view(who.planning, "centre", YEAR, today=dt.date(2024, 2, 4))
    assert view is not None
    approve = view.step("approve")
    assert approve is not None and approve.deadline.due is not None
    assert approve.deadline.due.day == dt.date(2024, 2, 8)
    assert approve.deadline.basis == "《中华人民共和国预算法》第五十二条"
    assert approve.left == 4  # 5, 6, 7, 8 February; Sunday the 4th itself is a worked day
    disclose = view.step("disclose_budget")
    assert disclose is not None and disclose.deadline.due is None
    assert disclose.deadline.basis == "“二下（批复）”后 20日内，依据《中华人民共和国预算法》第十四条"
    through(cycle, "approve", who, dt.date(2024, 2, 1))
    view = cycle_view(who.planning, "centre", YEAR, today=dt.date(2024, 2, 23))
    disclose = view.step("disclose_budget") if view else None
    assert disclose is not None and disclose.deadline.due is not None
    assert (disclose.deadline.due.day, disclose.left, disclose.is_over) == (dt.date(2024, 2, 21), -2, True)


def test_the_monitoring_of_shenzhen_is_due_at_the_end_of_august(cycle: Cycle, who: Staff) -> None:
    """深圳市医疗保障局2021年部门预算第六部分二: 8月底前. 31 August 2024 is a Saturday."""
    waiting = cycle_view(who.planning, "centre", YEAR, today=dt.date(2024, 9, 26))
    assert waiting is not None and not any(stage.is_over for stage in waiting.stages)
    for key in ("first_up", "first_down", "second_up", "congress", "approve"):
        through(cycle, key, who, dt.date(2024, 1, 19))
    view = cycle_view(who.planning, "centre", YEAR, today=dt.date(2024, 8, 26))
    step = view.step("monitor") if view else None
    assert step is not None and step.deadline.due is not None
    assert (step.deadline.due.day, step.left) == (dt.date(2024, 8, 31), 4)
    assert step.note == "当日为休息日，最后一个工作日是 8月30日"
    assert view is not None and view.next_due is view.step("disclose_budget")


def test_a_deadline_of_the_notice_is_entered_with_its_basis(cycle: Cycle, who: Staff) -> None:
    step = step_of(cycle, "first_up")
    with pytest.raises(CaseworkError, match="依据"):
        cycles.set_due(step, by=who.planning, day=dt.date(2023, 8, 15), basis="")
    with pytest.raises(NotPermitted):
        cycles.set_due(step, by=who.stranger, day=dt.date(2023, 8, 15), basis="通知")
    cycles.set_due(step, by=who.planning, day=dt.date(2023, 8, 15), basis="深财预〔2023〕1号")
    view = cycle_view(who.planning, "centre", YEAR, today=dt.date(2023, 8, 14))
    found = view.step("first_up") if view else None
    assert found is not None and (found.left, found.deadline.basis) == (1, "深财预〔2023〕1号")


def test_an_entered_day_does_not_put_off_the_law(cycle: Cycle, who: Staff) -> None:
    cycles.set_due(step_of(cycle, "monitor"), by=who.planning, day=dt.date(2024, 9, 30), basis="通知")
    view = cycle_view(who.planning, "centre", YEAR, today=dt.date(2024, 8, 1))
    step = view.step("monitor") if view else None
    assert step is not None and step.deadline.due is not None
    assert step.deadline.due.day == dt.date(2024, 8, 31)


def test_a_certified_publication_closes_the_disclosure(cycle: Cycle, who: Staff) -> None:
    assert cycles.disclosed("centre", YEAR, "disclose_budget", day=dt.date(2024, 2, 9), by=who.leader) is None
    for key in ("first_up", "first_down", "second_up", "congress", "approve"):
        through(cycle, key, who, dt.date(2024, 1, 19))
    with pytest.raises(CaseworkError, match="公开"):
        cycles.finish(step_of(cycle, "disclose_budget"), by=who.preparer)
    cycles.disclosed("centre", YEAR, "disclose_budget", day=dt.date(2024, 2, 9), by=who.leader)
    assert step_of(cycle, "disclose_budget").happened_on == dt.date(2024, 2, 9)
    assert cycles.disclosed("main", YEAR, "disclose_budget", day=dt.date(2024, 2, 9), by=who.leader) is None


def test_a_whole_year_reaches_its_end(cycle: Cycle, who: Staff) -> None:
    for key in flows.flow(Policy.load(), flows.UNIT_YEAR, "440300", YEAR).steps:
        if key.startswith("disclose"):
            cycles.disclosed("centre", YEAR, key, day=dt.date(2025, 1, 2), by=who.leader)
        else:
            through(cycle, key, who, dt.date(2024, 1, 19))
    assert set(states(cycle).values()) == {"done"}
    view = cycle_view(who.planning, "centre", YEAR)
    assert view is not None and [stage.state for stage in view.stages] == ["done"] * 9
    assert [each.cycle.year for each in desk(who.planning).cycles] == [YEAR]
    cycles.open_cycle("centre", YEAR + 1, by=who.preparer)
    assert [each.cycle.year for each in desk(who.planning).cycles] == [YEAR + 1]


def test_a_finished_step_is_taken_up_again_only_by_its_last_link_and_while_nothing_followed(
    cycle: Cycle, who: Staff
) -> None:
    through(cycle, "first_up", who)
    for wrong in (who.preparer, who.head, who.leader):
        with pytest.raises(NotPermitted):
            cycles.reopen(step_of(cycle, "first_up"), by=wrong, reason="漏报")
    with pytest.raises(CaseworkError, match="原因"):
        cycles.reopen(step_of(cycle, "first_up"), by=who.planning, reason=" ")
    cycles.reopen(step_of(cycle, "first_up"), by=who.planning, reason="漏报一个项目")
    assert (states(cycle)["first_up"], states(cycle)["first_down"]) == ("returned", "waiting")
    through(cycle, "first_up", who)
    through(cycle, "first_down", who, dt.date(2023, 10, 20))
    with pytest.raises(CaseworkError, match="已经办理"):
        cycles.reopen(step_of(cycle, "first_up"), by=who.planning, reason="漏报")


def test_a_state_is_not_set_by_hand(cycle: Cycle) -> None:
    step = step_of(cycle, "first_up")
    with pytest.raises(AttributeError):
        step.state = State.DONE


def limit_for(*units: str) -> Policy:
    """The packaged rules, with the approval limit for these units alone."""
    packaged = Policy.load()
    return Policy(
        replace(entry, value={**entry.value, "units": units}) if entry.id == "threshold.approval" else entry
        for entry in packaged.entries
    )


def adjustment(
    who: Staff, amount: int | None, subject: str = "调剂1", units: tuple[str, ...] = ("市局",)
) -> Submission:
    return approvals.submit_matter(
        flows.ADJUSTMENT,
        unit="centre",
        year=YEAR,
        subject=subject,
        title="办公费调剂",
        amount=amount,
        by=who.preparer,
        policy=limit_for(*units),
    )


@pytest.mark.parametrize(
    ("fen", "links"),
    [
        (4_999_999, ["单位负责人审批"]),
        (5_000_000, ["单位负责人审批"]),
        (5_000_001, ["单位负责人审批", "领导办公会审定"]),
        (-9_000_000, ["单位负责人审批", "领导办公会审定"]),
        (None, ["单位负责人审批", "领导办公会审定"]),
    ],
)
def test_who_approves_an_adjustment_depends_on_its_amount(
    who: Staff, fen: int | None, links: list[str]
) -> None:
    """threshold.approval: 不超过5万元由中心负责人审批，超过的由领导办公会审定."""
    assert [link["label"] for link in adjustment(who, fen).links] == links


@pytest.mark.parametrize(
    ("units", "links"),
    [
        (("市中心",), 1),
        (("别的单位", "市局"), 1),  # the bureau above it
        (("局本级",), 2),  # beside it
        (("市",), 2),  # a part of a name is none
        (("深圳市医疗保险基金管理中心",), 2),
    ],
)
def test_a_limit_counts_for_the_units_that_it_names_and_those_below(
    who: Staff, units: tuple[str, ...], links: int
) -> None:
    """Where none is in force for the unit, nobody is left out of the chain."""
    assert len(adjustment(who, 4_999_999, units=units).links) == links


def test_the_packaged_limit_is_for_the_unit_that_published_it(who: Staff) -> None:
    entry = Policy.load().get("threshold.approval", "440300", dt.date(2024, 1, 1))
    centre = flows.Place("440300", frozenset({"深圳市医疗保险基金管理中心"}))
    assert flows.concerns(entry, centre)
    assert not flows.concerns(entry, flows.Place("440300", frozenset({"深圳市医疗保障局"})))


def test_an_adjustment_is_decided_along_its_chain(who: Staff) -> None:
    made = adjustment(who, 6_000_000)
    with pytest.raises(CaseworkError, match="正在审批"):
        adjustment(who, 6_000_000)
    with pytest.raises(NotPermitted):
        approvals.approve(made, by=who.leader)
    approvals.approve(made, by=who.head)
    approvals.approve(made, by=who.leader)
    assert approvals.position_of(made) is None
    assert [each.action for each in log_of("submissions", f"centre/{YEAR}/调剂1")] == [
        "submit",
        "approved",
        "approved",
    ]
    adjustment(who, 100)
