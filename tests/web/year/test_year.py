"""The page of a unit's year: what each person sees and may do there (部门年度)."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.http import HttpResponse
from django.test import Client

from yiheng.casework.models import Case, CaseState, Comment, Decision, Step
from yiheng.casework.operations import remarks
from yiheng.people.models import User, Work

SignIn = Callable[[str], Client]
YEAR = "/years/demo/2024"


def text(answer: HttpResponse) -> str:
    return answer.content.decode()


def state(key: str) -> str:
    return str(Step.objects.get(cycle__unit_id="demo", cycle__year=2024, key=key).state)


def begun(sign_in: SignIn) -> None:
    assert sign_in("jing").post(f"{YEAR}/begin/").status_code == 302


def test_a_year_without_cycle_says_how_to_begin_and_begins(sign_in: SignIn) -> None:
    jing = sign_in("jing")
    assert "启用周期" in text(jing.get(f"{YEAR}/"))
    assert "请有部门预算填报权限的人" in text(sign_in("ju").get(f"{YEAR}/"))
    begun(sign_in)
    page = text(jing.get(f"{YEAR}/"))
    assert "报送预算建议" in page and "办理中" in page
    assert "周期已经启用" in text(jing.post(f"{YEAR}/begin/", follow=True))


def test_a_step_is_handed_in_returned_and_approved_on_screen(sign_in: SignIn) -> None:
    begun(sign_in)
    jing, zhang, gui = sign_in("jing"), sign_in("zhang"), sign_in("gui")
    assert "dialog-first_up-submit" in text(jing.get(f"{YEAR}/"))
    assert "dialog-first_up-submit" not in text(zhang.get(f"{YEAR}/"))
    assert jing.post(f"{YEAR}/steps/first_up/submit/", {"note": "首次"}).status_code == 302
    assert "dialog-first_up-approve" in text(zhang.get(f"{YEAR}/"))
    refused = zhang.post(f"{YEAR}/steps/first_up/return/", {"comment": ""})
    assert refused.status_code == 200
    assert 'aria-labelledby="title-first_up-return" data-open' in text(refused)
    assert zhang.post(f"{YEAR}/steps/first_up/return/", {"comment": "公用经费依据不足"}).status_code == 302
    assert state("first_up") == "returned"
    assert "公用经费依据不足" in text(jing.get(f"{YEAR}/"))
    jing.post(f"{YEAR}/steps/first_up/submit/", {"note": ""})
    for client in (zhang, gui):
        assert client.post(f"{YEAR}/steps/first_up/approve/", {"comment": "同意"}).status_code == 302
    assert (state("first_up"), state("first_down")) == ("done", "open")


def test_the_approval_is_recorded_with_its_day(sign_in: SignIn) -> None:
    begun(sign_in)
    jing = sign_in("jing")
    jing.post(f"{YEAR}/steps/first_up/submit/")
    for name in ("zhang", "gui"):
        sign_in(name).post(f"{YEAR}/steps/first_up/approve/")
    refused = jing.post(f"{YEAR}/steps/first_down/finish/", {"day": "", "document": "深财预〔2023〕9号"})
    assert refused.status_code == 200
    assert "控制数下达日期" in text(refused) and "深财预〔2023〕9号" in text(refused)
    assert jing.post(f"{YEAR}/steps/first_down/finish/", {"day": "2023-10-20"}).status_code == 302
    assert state("first_down") == "done"


def test_whoever_handed_in_has_no_button_to_approve_and_is_refused(sign_in: SignIn) -> None:
    begun(sign_in)
    gui = sign_in("gui")
    gui.post(f"{YEAR}/steps/first_up/submit/")
    sign_in("zhang").post(f"{YEAR}/steps/first_up/approve/")
    assert "dialog-first_up-approve" not in text(gui.get(f"{YEAR}/"))
    refused = gui.post(f"{YEAR}/steps/first_up/approve/")
    assert refused.status_code == 200 and "经办与审核分离" in text(refused)
    assert Decision.objects.count() == 1


@pytest.mark.parametrize("name", ["wai", "xitong", "anquan", "shenji"])
def test_strangers_and_administrators_are_refused(sign_in: SignIn, name: str) -> None:
    begun(sign_in)
    client = sign_in(name)
    assert client.get(f"{YEAR}/").status_code == 403
    assert client.post(f"{YEAR}/steps/first_up/submit/").status_code == 403
    assert client.get(f"{YEAR}/comments/").status_code == 403


def test_an_auditor_looks_and_writes_nothing(sign_in: SignIn) -> None:
    begun(sign_in)
    shen = sign_in("shen")
    page = text(shen.get(f"{YEAR}/"))
    assert "报送预算建议" in page and "<dialog" not in page
    for address in ("steps/first_up/submit/", "steps/first_up/due/", "comments/add/", "cases/new/", "begin/"):
        assert shen.post(f"{YEAR}/{address}").status_code == 403, address


@pytest.mark.parametrize("year", ["0", "1", "9999", "10000", "99999999999999999999"])
@pytest.mark.parametrize("address", ["", "comments/", "cases/new/", "cases/99999999999999999999/"])
def test_an_impossible_year_is_not_found(sign_in: SignIn, year: str, address: str) -> None:
    assert sign_in("jing").get(f"/years/demo/{year}/{address}").status_code == 404


def test_a_year_before_any_flow_is_not_begun(sign_in: SignIn) -> None:
    jing = sign_in("jing")
    assert "还没有启用" in text(jing.get("/years/demo/2001/"))
    assert "没有可用的流程" in text(jing.post("/years/demo/2001/begin/", follow=True))
    assert jing.post("/years/demo/0/begin/").status_code == 302


@pytest.mark.parametrize("address", ["/years/demo/2024/steps/none/submit/", "/years/demo/2024/cases/999/"])
def test_what_is_not_there_is_not_found(sign_in: SignIn, address: str) -> None:
    client = sign_in("jing")
    answer = client.post(address) if "steps" in address else client.get(address)
    assert answer.status_code == 404


def test_a_deadline_is_entered(sign_in: SignIn) -> None:
    begun(sign_in)
    gui = sign_in("gui")
    refused = gui.post(f"{YEAR}/steps/first_up/due/", {"day": "2023-08-15", "basis": ""})
    assert refused.status_code == 200 and "2023-08-15" in text(refused)
    gui.post(f"{YEAR}/steps/first_up/due/", {"day": "2023-08-15", "basis": "深财预〔2023〕1号"})
    page = text(gui.get(f"{YEAR}/"))
    assert "深财预〔2023〕1号" in page and "逾期" in page


def cell(**values: str) -> dict[str, str]:
    return {
        "work": "budget",
        "sheet": "budget_lines",
        "row": "b1",
        "column": "amount",
        "text": "依据不足",
        **values,
    }


def test_a_comment_goes_from_the_office_to_the_preparer_and_back(sign_in: SignIn) -> None:
    begun(sign_in)
    gui, jing = sign_in("gui"), sign_in("jing")
    assert "alert-danger" in text(gui.post(f"{YEAR}/comments/add/", cell(text=""), follow=True))
    assert gui.post(f"{YEAR}/comments/add/", cell()).status_code == 302
    made = Comment.objects.get()
    assert "依据不足" in text(jing.get(f"{YEAR}/")) and "依据不足" in text(jing.get(f"{YEAR}/comments/"))
    refused = jing.post(f"{YEAR}/comments/{made.pk}/resolve/", {"answer": ""})
    assert refused.status_code == 200
    jing.post(f"{YEAR}/comments/{made.pk}/resolve/", {"answer": "已补依据"})
    assert not Comment.objects.get().is_open
    gui.post(f"{YEAR}/comments/{made.pk}/take-up/")
    assert Comment.objects.get().is_open
    other = jing.post(f"/years/demo/2023/comments/{made.pk}/resolve/", {"answer": "x"})
    assert other.status_code == 404


def test_a_case_is_opened_assigned_answered_and_closed(sign_in: SignIn) -> None:
    gui, jing, zhang = sign_in("gui"), sign_in("jing"), sign_in("zhang")
    form = gui.get(f"{YEAR}/cases/new/?title=公用经费偏高&reference=finding:1&work=budget&text=增长一倍")
    assert "公用经费偏高" in text(form)
    typed = {"work": "budget", "title": "公用经费偏高", "text": "增长一倍", "reference": "finding:1"}
    assert gui.post(f"{YEAR}/cases/new/", {**typed, "title": ""}).status_code == 200
    assert gui.post(f"{YEAR}/cases/new/", typed).status_code == 302
    again = gui.post(f"{YEAR}/cases/new/", typed)
    assert again.status_code == 200 and "已经登记" in text(again)
    case = Case.objects.get()
    place = f"{YEAR}/cases/{case.pk}"
    assert "承办人" in text(zhang.get(f"{place}/"))
    someone = User.objects.get(username="jing")
    zhang.post(f"{place}/assign/", {"to": someone.pk, "due_on": "2024-02-08"})
    assert jing.post(f"{place}/answer/", {"answer": ""}).status_code == 200
    jing.post(f"{place}/answer/", {"answer": "新增办公点"})
    assert "新增办公点" in text(zhang.get(f"{place}/"))
    assert jing.post(f"{place}/close/", {"reason": "好"}).status_code == 200
    zhang.post(f"{place}/close/", {"reason": "核实无误"})
    assert Case.objects.get().state == CaseState.CLOSED
    assert zhang.post(f"{place}/burn/").status_code == 404


def test_a_comment_becomes_a_case_on_screen(sign_in: SignIn) -> None:
    gui = sign_in("gui")
    made = remarks.comment(
        "demo", 2024, Work.BUDGET, sheet="s", row="r", text="查", by=User.objects.get(username="gui")
    )
    assert gui.post(f"{YEAR}/comments/{made.pk}/case/").status_code == 302
    assert Case.objects.get().text == "查"
    assert "已经登记" in text(gui.post(f"{YEAR}/comments/{made.pk}/case/", follow=True))


def test_what_people_typed_is_shown_as_text(sign_in: SignIn) -> None:
    begun(sign_in)
    gui = sign_in("gui")
    gui.post(f"{YEAR}/comments/add/", cell(text="<script>alert(1)</script>"))
    page = text(gui.get(f"{YEAR}/"))
    assert "<script>alert" not in page and "&lt;script&gt;alert" in page
