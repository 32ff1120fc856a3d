"""Making public by two persons (公开): drafts, certified versions that never change, and the proof of their files."""

from __future__ import annotations

import datetime as dt
import json
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction
from django.utils import timezone
from tests.casework.people import YEAR, Staff, person, staff, step_of, through

from yiheng.casework.errors import CaseworkError
from yiheng.casework.models import (
    Cycle,
    Job,
    Preparation,
    PreparationState,
    Publication,
    State,
    Step,
    Withdrawal,
)
from yiheng.casework.operations import cycles, enqueue, withdrawals
from yiheng.casework.operations.publications import certify, prepared, send_back
from yiheng.casework.queries import cycle_view
from yiheng.casework.queries import publications as queries
from yiheng.casework.queries.remarks import history
from yiheng.casework.queries.tasks import desk
from yiheng.ledger.queries import state
from yiheng.people.models import Right, Role, UnitScope, User, Work
from yiheng.people.queries import log_of, verify_log
from yiheng.pipelines import disclose
from yiheng.policy import Policy
from yiheng.reporting import manifest

pytestmark = pytest.mark.django_db
PAPER: dict[str, Any] = {"unit": "centre", "year": YEAR, "kind": "budget"}


@pytest.fixture
def who() -> Staff:
    return staff()


def draft(by: User, *, text: str = "支出合计 1,000 元", reason: str = "") -> Preparation:
    """A draft of a small package."""
    job = enqueue("prepare", PAPER, by=by, title="准备公开稿")
    folder = job.folder / "package" / "centre"
    (folder / "data").mkdir(parents=True)
    (folder / "disclosure.pdf").write_text(text, encoding="utf-8")
    (folder / "data" / "facts.csv").write_text("a,b\n", encoding="utf-8")
    manifest.write(folder)
    return prepared(
        job, **PAPER, title="中心2024年部门预算", folder="package/centre", checks={}, basis={},
        ledger_state=state()[0], reason=reason,
    )  # fmt: skip


def test_another_person_certifies_and_the_files_become_a_version(who: Staff) -> None:
    made = certify(draft(who.preparer), by=who.head)
    assert (made.version, made.prepared_by, made.certified_by) == (1, who.preparer, who.head)
    assert queries.defects(made) == []
    assert queries.file_of(made, "disclosure.pdf").read_text() == "支出合计 1,000 元"
    assert made.preparation.state == PreparationState.CERTIFIED
    assert [e.user for e in log_of("publications", str(made.pk))] == [who.head]


def test_whoever_prepared_cannot_certify(who: Staff) -> None:
    for right in (Right.CERTIFY, Right.APPROVE):
        UnitScope.objects.create(user=who.preparer, unit="centre", work=Work.DISCLOSURE, right=right)
    found = draft(who.preparer)
    with pytest.raises(CaseworkError, match="必须是两个人"):
        certify(found, by=who.preparer)
    with pytest.raises(CaseworkError, match="必须是两个人"):
        send_back(found, by=who.preparer, comment="自己退回")
    assert not Publication.objects.exists()


def test_the_database_itself_wants_two_persons(who: Staff) -> None:
    found = draft(who.preparer)
    with pytest.raises(IntegrityError), transaction.atomic():
        Publication.objects.create(
            **PAPER, title="x", manifest={}, manifest_sha256="0" * 64, version=1, preparation=found,
            prepared_by=who.preparer, prepared_at=timezone.now(),
            certified_by=who.preparer, certified_at=timezone.now(),
        )  # fmt: skip
    with pytest.raises(IntegrityError), transaction.atomic():
        Preparation.objects.filter(pk=found.pk).update(decided_by=who.preparer)


@pytest.mark.parametrize("name", ["second", "planning", "finance", "auditor", "stranger"])
def test_nobody_without_the_right_to_certify_that_unit_does(who: Staff, name: str) -> None:
    with pytest.raises(CaseworkError, match="没有签发"):
        certify(draft(who.preparer), by=getattr(who, name))


def test_the_head_of_a_unit_of_another_tree_cannot_certify(who: Staff) -> None:
    other = person("bieju", "别局主任", Role.UNIT_HEAD, "main")
    with pytest.raises(CaseworkError, match="没有签发"):
        certify(draft(who.preparer), by=other)


def test_a_draft_that_was_changed_since_it_was_checked_is_not_certified(who: Staff) -> None:
    found = draft(who.preparer)
    (found.path / "disclosure.pdf").write_text("支出合计 9,000 元", encoding="utf-8")
    with pytest.raises(CaseworkError, match=r"disclosure\.pdf 已被改动"):
        certify(found, by=who.head)
    assert not Publication.objects.exists()


def test_a_changed_file_of_a_version_is_noticed_and_not_handed_out(who: Staff) -> None:
    made = certify(draft(who.preparer), by=who.head)
    path = made.path / "disclosure.pdf"
    path.chmod(0o644)
    path.write_text("支出合计 9,000 元", encoding="utf-8")
    assert queries.defects(made) == ["文件 disclosure.pdf 已被改动"]
    with pytest.raises(CaseworkError, match="与签发时的校验值不符"):
        queries.file_of(made, "disclosure.pdf")
    assert queries.file_of(made, "data/facts.csv").is_file()


def test_a_changed_file_is_noticed_even_with_a_new_manifest(who: Staff) -> None:
    """The manifest in the folder proves nothing by itself: the one in the database counts."""
    made = certify(draft(who.preparer), by=who.head)
    for path in (made.path / "disclosure.pdf", made.path / manifest.NAME):
        path.chmod(0o644)
    (made.path / "disclosure.pdf").write_text("支出合计 9,000 元", encoding="utf-8")
    manifest.write(made.path)
    assert manifest.verify(made.path) == []
    assert queries.defects(made) == ["文件 disclosure.pdf 已被改动", "文件 manifest.json 已被改动"]


def test_files_added_or_taken_away_are_noticed(who: Staff) -> None:
    made = certify(draft(who.preparer), by=who.head)
    (made.path / "data" / "facts.csv").unlink()
    (made.path / "more.pdf").write_text("x")
    assert queries.defects(made) == ["缺少文件 data/facts.csv", "多出文件 more.pdf"]


@pytest.mark.parametrize(
    "name", ["../000001/disclosure.pdf", "/etc/passwd", "", "data", "data/../disclosure.pdf"]
)
def test_only_files_of_the_manifest_are_handed_out(who: Staff, name: str) -> None:
    made = certify(draft(who.preparer), by=who.head)
    with pytest.raises(FileNotFoundError):
        queries.file_of(made, name)


def test_a_correction_is_a_second_version_and_keeps_the_first(who: Staff) -> None:
    first = certify(draft(who.preparer), by=who.head)
    with pytest.raises(CaseworkError, match="须写明更正理由"):
        draft(who.preparer)
    second = certify(draft(who.preparer, text="支出合计 1,001 元", reason="合计印错"), by=who.leader)
    assert (second.version, second.reason) == (2, "合计印错")
    kept = queries.publications(**PAPER).get(version=1)
    assert (kept.manifest, kept.reason) == (first.manifest, "")
    assert queries.defects(kept) == queries.defects(second) == []
    assert queries.file_of(kept, "disclosure.pdf").read_text() == "支出合计 1,000 元"
    assert queries.in_force(**PAPER) == (second,)


def test_versions_can_neither_be_changed_nor_deleted(who: Staff) -> None:
    certify(draft(who.preparer), by=who.head)
    rows = Publication.objects.all()
    for change in (lambda: rows.update(title="别的"), lambda: rows._raw_delete("default")):
        with pytest.raises(IntegrityError, match="只增不改"), transaction.atomic():
            change()
    assert Publication.objects.get().title == "中心2024年部门预算"


def test_the_public_may_see_nothing_but_certified_versions(who: Staff) -> None:
    found = draft(who.preparer)
    assert list(queries.publications()) == []
    send_back(found, by=who.head, comment="请补充说明")
    assert list(queries.publications()) == []
    with pytest.raises(CaseworkError, match="已退回"):
        certify(found, by=who.head)


def test_sending_back_says_why(who: Staff) -> None:
    found = draft(who.preparer)
    with pytest.raises(CaseworkError, match="写明意见"):
        send_back(found, by=who.head, comment="  ")
    back = send_back(found, by=who.planning, comment="第 3 张表的说明漏了原因")
    assert (back.state, back.decided_by) == (PreparationState.RETURNED, who.planning)


def test_a_newer_draft_takes_the_place_of_one_that_waits(who: Staff) -> None:
    older, newer = draft(who.preparer), draft(who.second)
    assert queries.waiting_draft(**PAPER) == newer
    with pytest.raises(CaseworkError, match="已被新稿取代"):
        certify(older, by=who.head)


def test_files_left_behind_by_a_kill_are_replaced(who: Staff) -> None:
    found = draft(who.preparer)
    left = Publication(preparation=found).path
    left.mkdir(parents=True, exist_ok=True)
    (left / "half.pdf").write_text("half")
    assert queries.defects(certify(found, by=who.head)) == []


def test_a_package_that_does_not_match_its_manifest_is_no_draft(who: Staff, tmp_path: Path) -> None:
    job: Job = enqueue("prepare", PAPER, by=who.preparer, title="准备公开稿")
    folder = job.folder / "package"
    folder.mkdir(parents=True)
    (folder / manifest.NAME).write_text(json.dumps({"files": [{"path": "a", "bytes": 1, "sha256": "0"}]}))
    with pytest.raises(CaseworkError, match="缺少文件 a"):
        prepared(job, **PAPER, title="x", folder="package", checks={}, basis={}, ledger_state=1)


def test_certifying_closes_the_step_of_the_cycle(who: Staff) -> None:
    cycle = cycles.open_cycle("centre", YEAR, by=who.preparer)
    for key in ("first_up", "first_down", "second_up", "congress", "approve"):
        through(cycle, key, who, dt.date(YEAR, 2, 5))
    assert step_of(cycle, "disclose_budget").state == State.OPEN
    made = disclose.certify(draft(who.preparer), Policy.load(), by=who.head)
    step = step_of(cycle, "disclose_budget")
    assert (step.state, step.happened_on) == (State.DONE, timezone.localdate(made.certified_at))


def disclosed_budget(who: Staff) -> tuple[Cycle, Publication]:
    """The centre's cycle up to its disclosed budget. Approved on 5 February, it has 20 days (预算法第十四条)."""
    cycle = cycles.open_cycle("centre", YEAR, by=who.preparer)
    for key in ("first_up", "first_down", "second_up", "congress", "approve"):
        through(cycle, key, who, dt.date(YEAR, 2, 5))
    return cycle, disclose.certify(draft(who.preparer), Policy.load(), by=who.head)


def test_what_is_withdrawn_has_to_be_made_public_again(who: Staff) -> None:
    cycle, made = disclosed_budget(who)
    asked = withdrawals.ask(made, by=who.preparer, reason="公开了个人信息")
    assert step_of(cycle, "disclose_budget").state == State.DONE, "until it is signed it is public"
    withdrawals.sign(asked, by=who.head)
    step = step_of(cycle, "disclose_budget")
    assert (step.state, step.happened_on) == (State.RETURNED, None)
    day = dt.date(YEAR, 2, 26)
    view = cycle_view(who.head, "centre", YEAR, today=day)
    assert view is not None
    (stage,) = [stage for stage in view.stages if stage.key == "disclose_budget"]
    (shown,) = stage.steps
    assert (stage.state_label, shown.state_label) == ("已撤下", "已撤下")
    assert shown.withdrawn is not None and shown.withdrawn.reason == "公开了个人信息"
    assert (shown.deadline.due.day if shown.deadline.due else None) == dt.date(YEAR, 2, 25)
    tasks = {task.title: task for task in desk(who.preparer, today=day).now}
    again = tasks["撤下后重新公开：公开部门预算"]
    assert (again.due, again.left, again.note) == (dt.date(YEAR, 2, 25), -1, "第 1 版已撤下：公开了个人信息")
    assert ("撤下", "第 1 版：公开了个人信息") in [(e.action, e.text) for e in history("centre", YEAR)]
    second = disclose.certify(draft(who.preparer, reason="删去个人信息"), Policy.load(), by=who.head)
    closed = step_of(cycle, "disclose_budget")
    assert (closed.state, closed.happened_on) == (State.DONE, timezone.localdate(second.certified_at))


def test_what_was_withdrawn_before_disclosure_opened_again_by_itself_is_opened_by_the_upgrade(
    who: Staff,
) -> None:
    cycle, made = disclosed_budget(who)
    closed = step_of(cycle, "disclose_budget")
    upgrade = import_module("yiheng.casework.migrations.0007_withdrawn_is_not_public")

    def upgraded() -> tuple[str, dt.date | None]:
        upgrade.open_again(apps, None)
        step = step_of(cycle, "disclose_budget")
        return step.state, step.happened_on

    assert upgraded() == (State.DONE, closed.happened_on), "what is public stays"
    withdrawals.sign(withdrawals.ask(made, by=who.preparer, reason="公开了个人信息"), by=who.head)
    Step.objects.filter(pk=closed.pk).update(state=State.DONE, happened_on=closed.happened_on)
    assert upgraded() == upgraded() == (State.RETURNED, None)
    told = [entry for entry in log_of("cycles", f"centre/{YEAR}") if entry.actor == "系统升级"]
    assert [entry.after["reason"] for entry in told] == ["第 1 版：公开了个人信息"]
    assert list(verify_log()) == []
    Step.objects.filter(pk=closed.pk).update(state=State.DONE, happened_on=closed.happened_on)
    draft_of_second = draft(who.preparer, reason="删去个人信息")
    disclose.certify(draft_of_second, Policy.load(), by=who.head)
    assert upgraded()[0] == State.DONE, "a newer version is public"


def test_a_corrected_version_that_is_withdrawn_leaves_the_newer_one_and_the_cycle_as_they_are(
    who: Staff,
) -> None:
    cycle, first = disclosed_budget(who)
    second = disclose.certify(draft(who.preparer, reason="合计印错"), Policy.load(), by=who.head)
    withdrawals.sign(withdrawals.ask(first, by=who.preparer, reason="含个人信息"), by=who.head)
    assert queries.in_force(**PAPER) == (second,)
    assert step_of(cycle, "disclose_budget").state == State.DONE


def test_a_withdrawal_that_is_declined_leaves_the_cycle_as_it_is(who: Staff) -> None:
    cycle, made = disclosed_budget(who)
    withdrawals.decline(withdrawals.ask(made, by=who.preparer, reason="理由"), by=who.head, comment="不必")
    assert step_of(cycle, "disclose_budget").state == State.DONE


def test_disclosure_is_not_taken_up_again_while_the_paper_is_public(who: Staff) -> None:
    cycle, _ = disclosed_budget(who)
    with pytest.raises(CaseworkError, match="公开更正的新版本"):
        cycles.reopen(step_of(cycle, "disclose_budget"), by=who.head, reason="想改")


def test_a_draft_waits_on_the_desk_of_who_may_sign_it(who: Staff) -> None:
    cycle = cycles.open_cycle("centre", YEAR, by=who.preparer)
    for key in ("first_up", "first_down", "second_up", "congress", "approve"):
        through(cycle, key, who, dt.date(YEAR, 2, 5))
    draft(who.preparer)

    def waiting(user: User) -> list[tuple[str, dt.date | None, int | None]]:
        tasks = desk(user, today=dt.date(YEAR, 2, 23))
        return [(t.title, t.due, t.left) for t in (*tasks.now, *tasks.later) if t.kind == "draft"]

    # 25 February 2024 is a Sunday: no working day is left after Friday the 23rd
    assert waiting(who.head) == waiting(who.leader) == [("签发：中心2024年部门预算", dt.date(YEAR, 2, 25), 0)]
    assert waiting(who.preparer) == waiting(who.second) == waiting(who.planning) == waiting(who.auditor) == []


def asked_down(who: Staff) -> Withdrawal:
    made = certify(draft(who.preparer), by=who.head)
    return withdrawals.ask(made, by=who.preparer, reason="公开了个人信息")


def test_a_version_is_withdrawn_by_two_persons_and_stays_as_it_is(who: Staff) -> None:
    asked = asked_down(who)
    assert queries.in_force(**PAPER) == (asked.publication,), "until it is signed it is public"
    with pytest.raises(CaseworkError, match="待签发"):
        withdrawals.ask(asked.publication, by=who.second, reason="再来一次")
    for name in ("preparer", "second", "planning", "finance", "auditor", "stranger"):
        with pytest.raises(CaseworkError, match=r"没有签发|必须是两个人"):
            withdrawals.sign(asked, by=getattr(who, name))
    done = withdrawals.sign(asked, by=who.leader)
    assert (done.requested_by, done.decided_by) == (who.preparer, who.leader)
    assert queries.in_force(**PAPER) == () and queries.gone("centre") == (asked.publication,)
    assert queries.withdrawal_of(asked.publication) == done
    assert queries.defects(asked.publication) == []
    assert queries.file_of(asked.publication, "disclosure.pdf").is_file(), "kept for the auditor"
    said = [entry.action for entry in log_of("publications", str(asked.publication_id))]
    assert said == ["certify", "ask_take_down", "take_down"]
    with pytest.raises(CaseworkError, match="已撤下"):
        withdrawals.ask(asked.publication, by=who.preparer, reason="再来一次")


def test_the_version_before_a_withdrawn_one_does_not_come_back_but_a_new_one_does(who: Staff) -> None:
    first = certify(draft(who.preparer), by=who.head)
    second = certify(draft(who.preparer, reason="合计印错"), by=who.head)
    withdrawals.sign(withdrawals.ask(second, by=who.preparer, reason="不该公开"), by=who.head)
    assert queries.in_force(**PAPER) == () and queries.withdrawal_of(first) is None
    with pytest.raises(CaseworkError, match="须写明更正理由"):
        draft(who.preparer)
    third = certify(draft(who.preparer, reason="删去不该公开的内容"), by=who.head)
    assert third.version == 3 and queries.in_force(**PAPER) == (third,) and queries.gone("centre") == ()


def test_a_withdrawal_that_is_declined_says_why_and_may_be_asked_for_again(who: Staff) -> None:
    asked = asked_down(who)
    with pytest.raises(CaseworkError, match="写明意见"):
        withdrawals.decline(asked, by=who.head, comment=" ")
    withdrawals.decline(asked, by=who.head, comment="没有个人信息")
    assert queries.in_force(**PAPER) == (asked.publication,)
    with pytest.raises(CaseworkError, match="未同意"):
        withdrawals.sign(asked, by=who.leader)
    assert withdrawals.ask(asked.publication, by=who.preparer, reason="确实有").pk != asked.pk


@pytest.mark.parametrize("name", ["stranger", "finance", "auditor", "head"])
def test_only_who_prepares_asks_for_a_withdrawal(who: Staff, name: str) -> None:
    made = certify(draft(who.preparer), by=who.head)
    with pytest.raises(CaseworkError, match="没有申请撤下"):
        withdrawals.ask(made, by=getattr(who, name), reason="理由")
    with pytest.raises(CaseworkError, match="写明理由"):
        withdrawals.ask(made, by=who.preparer, reason=" ")


def test_the_database_itself_holds_withdrawals_to_two_persons_and_one_decision(who: Staff) -> None:
    asked = asked_down(who)
    row = Withdrawal.objects.filter(pk=asked.pk)
    now = timezone.now()
    for change in (
        {"state": "withdrawn", "decided_by": who.preparer, "decided_at": now},
        {"state": "withdrawn"},
        {"state": "declined", "decided_by": who.head, "decided_at": now},
        {"reason": "别的理由"},
        {"requested_by": who.second},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            row.update(**change)
    with pytest.raises(IntegrityError), transaction.atomic():
        Withdrawal.objects.create(
            publication=asked.publication, reason="又一个", requested_by=who.second, requested_at=now
        )
    withdrawals.sign(asked, by=who.head)
    for act in (lambda: row.update(state="requested"), lambda: row._raw_delete("default")):
        with pytest.raises(IntegrityError, match="不得修改"), transaction.atomic():
            act()
    assert row.get().state == "withdrawn"


def test_a_withdrawal_waits_on_the_desk_of_who_may_sign_it(who: Staff) -> None:
    asked_down(who)

    def waiting(user: User) -> list[str]:
        tasks = desk(user)
        return [task.title for task in (*tasks.now, *tasks.later) if task.kind == "withdrawal"]

    assert waiting(who.head) == waiting(who.leader) == ["签发撤下：中心2024年部门预算 第 1 版"]
    assert waiting(who.preparer) == waiting(who.second) == waiting(who.auditor) == waiting(who.stranger) == []
