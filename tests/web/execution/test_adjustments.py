"""Adjustments: the chain by amount (5万元), maker and checker, and when the ledger changes."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

ROOT = "/years/demo/2024/execution/adjustments/"
# examples/demo-2024: two approved lines of the centre's office supplies and the like.
HEAD, OFFICE = "单位负责人审批", "领导办公会审定"
SignIn = Callable[[str], Client]


def rows() -> Any:
    from yiheng.ledger.models import Adjustment, current

    return current(Adjustment)


def choices(client: Client) -> list[str]:
    form = client.get(f"{ROOT}new/").content.decode()
    return re.findall(r'<option value="([^"]+)"', form.partition('name="taker"')[0])


def propose(client: Client, amount: str, giver: str = "", taker: str = "", **more: str) -> Any:
    said = {"giver": giver, "taker": taker, "amount": amount, "day": "2024-11-11", "reason": "补足培训费"}
    return client.post(f"{ROOT}new/", said | more)


def decide(client: Client, outcome: str, comment: str = "") -> str:
    from yiheng.casework.models import Submission

    number = Submission.objects.latest("pk").pk
    answer = client.post(f"{ROOT}{number}/{outcome}/", {"comment": comment}, follow=True)
    return answer.content.decode()


@pytest.mark.parametrize(
    ("amount", "chain"),
    [("49999.99", [HEAD]), ("50000", [HEAD]), ("50000.01", [HEAD, OFFICE])],
)
def test_the_chain_depends_on_the_amount(sign_in: SignIn, amount: str, chain: list[str]) -> None:
    from yiheng.casework.models import Submission

    jing, before = sign_in("jing"), rows().count()
    assert propose(jing, amount, taker=choices(jing)[0]).status_code == 302
    assert [link["label"] for link in Submission.objects.get().links] == chain
    for name, link in zip(("zhang", "ju"), chain, strict=False):
        assert rows().count() == before, "nothing is written before the last link agreed"
        assert "已同意" in decide(sign_in(name), "approve"), link
    written = rows().order_by("pk").last()
    assert rows().count() == before + 1
    assert written.amount == round(float(amount) * 100) and written.reason == "补足培训费"
    assert written.approval.startswith("调剂单") and all(link in written.approval for link in chain)


def test_both_sides_of_a_move_are_written_together(sign_in: SignIn) -> None:
    jing, before = sign_in("jing"), rows().count()
    giver, taker = choices(jing)[:2]
    assert propose(jing, "1234.5", giver, taker, approval="示例财〔2024〕9号（虚构）").status_code == 302
    assert "已写入台账" in decide(sign_in("zhang"), "approve")
    made = list(rows().order_by("pk"))[-2:]
    assert rows().count() == before + 2
    assert sorted(row.amount for row in made) == [-123450, 123450]
    assert {row.approval for row in made} == {"示例财〔2024〕9号（虚构）"}
    assert "-1,234.50" in jing.get(ROOT).content.decode()


def test_nobody_decides_on_their_own(sign_in: SignIn) -> None:
    from yiheng.people.models import Post, User

    Post.objects.create(user=User.objects.get(username="jing"), role="unit_head", unit="demo")
    jing, before = sign_in("jing"), rows().count()
    propose(jing, "10", taker=choices(jing)[0])
    assert "不能审批自己报送的事项" in decide(jing, "approve")
    assert rows().count() == before


def test_what_is_returned_or_withdrawn_is_never_written(sign_in: SignIn) -> None:
    jing, zhang, before = sign_in("jing"), sign_in("zhang"), rows().count()
    line = choices(jing)[0]
    propose(jing, "10", taker=line)
    assert "退回要写明原因" in decide(zhang, "return")
    assert "已退回" in decide(zhang, "return", "依据不足")
    assert "已经处理" in decide(zhang, "approve")
    assert "依据不足" in jing.get(ROOT).content.decode()
    propose(jing, "10", taker=line)  # the same again, after it was returned
    assert "已撤回" in decide(jing, "withdraw")
    assert rows().count() == before


def test_all_that_is_wrong_is_said_at_once_and_kept_on_the_form(sign_in: SignIn) -> None:
    jing = sign_in("jing")
    line = choices(jing)[0]
    answer = propose(jing, "99999999999", line, line, day="2023-01-05", reason="原因写在这里")
    found = answer.content.decode()
    assert answer.status_code == 422 and "原因写在这里" in found
    for part in ("是同一条预算", "不在 2024 年度内", "超过该预算调整后的余额"):
        assert part in found
    assert "请至少选择" in propose(jing, "1").content.decode()
    assert "已经报送，正在审批" not in propose(jing, "7", taker=line).content.decode()
    assert "已经报送，正在审批" in propose(jing, "7", taker=line).content.decode()


def test_a_budget_that_was_moved_away_meanwhile_is_not_moved_twice(sign_in: SignIn) -> None:
    from yiheng.casework.models import Submission
    from yiheng.pipelines.adjusting import lines

    jing, ju, before = sign_in("jing"), sign_in("ju"), rows().count()
    found = lines("demo", 2024)[0]
    giver, amount = found.key, f"{found.adjusted / 100:.2f}"
    propose(jing, amount, giver, reason="第一笔")
    propose(jing, amount, giver, reason="第二笔")
    first, second = Submission.objects.order_by("pk")
    for made in (first, second):
        for name in ("zhang", "ju")[: len(made.links)]:
            last = sign_in(name).post(f"{ROOT}{made.pk}/approve/", follow=True).content.decode()
    assert "余额已经不足" in last and rows().count() == before + 1
    assert second.decisions.count() == len(second.links) - 1, "the refused approval is not kept"
    assert "已退回" in ju.post(
        f"{ROOT}{second.pk}/return/", {"comment": "余额不足"}, follow=True
    ).content.decode() or (len(second.links) == 1)


@pytest.mark.parametrize(
    ("name", "look", "write"), [("shen", 200, 403), ("zhang", 200, 403), ("wai", 403, 403)]
)
def test_who_may_look_and_enter(sign_in: SignIn, name: str, look: int, write: int) -> None:
    client, jing = sign_in(name), sign_in("jing")
    propose(jing, "10", taker=choices(jing)[0])
    assert client.get(ROOT).status_code == look
    assert client.get(f"{ROOT}new/").status_code == write
    if name != "zhang":
        from yiheng.casework.models import Decision, Submission

        made = Submission.objects.get()
        assert client.post(f"{ROOT}{made.pk}/approve/").status_code == 403
        assert not Decision.objects.exists()


def test_an_adjustment_waits_on_the_checkers_workbench(sign_in: SignIn) -> None:
    jing = sign_in("jing")
    propose(jing, "10", taker=choices(jing)[0])
    desk = sign_in("zhang").get("/workbench/").content.decode()
    assert "审批：预算追加 10.00 元：补足培训费" in desk
