"""The library, one project, the stages, the workbook and the next year, as different people see and use them."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest
from django.test import Client
from tests.web.budget.opened import ROOT, approve_first_up, change, open_cycle, send, sheet

from yiheng.ledger.models import BudgetLine, DepartmentYear, Load, Project, current

SignIn = Callable[[str], Client]


@pytest.fixture
def jing(sign_in: SignIn) -> Client:
    open_cycle()
    return sign_in("jing")


def page(client: Client, where: str = "") -> str:
    answer = client.get(f"{ROOT}{where}")
    assert answer.status_code == 200, where
    return answer.content.decode()


def sums(stage: str) -> int:
    return sum(
        current(BudgetLine)
        .filter(stage=stage, unit__in=("demo-main", "demo-centre"))
        .values_list("amount", flat=True)
    )


def test_the_library_lists_and_finds(jing: Client) -> None:
    every = page(jing)
    assert "共 15 个项目（全部 15 个）" in every and "医保基金监督管理" in every
    assert "共 1 个项目" in page(jing, "?words=信息化+运行")
    assert "共 1 个项目" in page(jing, "?function=2100410") and "突发公共卫生" in page(
        jing, "?function=2100410"
    )
    assert "没有符合条件的项目" in page(jing, "?words=没有这样的项目")
    assert "共 0 个项目" in page(jing, "?state=idle")
    tree = page(jing, "?view=tree")
    assert "履职类项目（" in tree and "医保基金监督管理" in tree


def test_a_project_shows_costing_stages_and_versions(jing: Client) -> None:
    row = next(r for r in sheet(jing, "projects", "")["rows"] if r["key"] == "demo-p01")
    send(jing, "save", [change(row, basis="新的依据")], "projects", "")
    found = page(jing, "projects/demo-p01/")
    # examples/demo-2024: costing 0001 is 180000 × 1.86, and the project's approved lines add up to its costing.
    assert "334,800.00" in found and "2,667,169.00" in found
    assert "8,001,507.00 元" in found and ">180,000<" in found
    assert "-15,533.30" in found  # 二上 2,682,702.30 → 批复 2,667,169.00
    assert "第 2 版" in found and "<ins>新的依据</ins>" in found
    assert jing.get(f"{ROOT}projects/szyb-p01/").status_code == 404


def test_stages_are_summed_compared_and_carried_forward(jing: Client) -> None:
    before = sums("one_up")
    found = page(jing, "stages/?left=one_up&right=two_up")
    assert f"{before / 100:,.2f}" in found and "二上比一上有" in found
    early = jing.post(f"{ROOT}stages/copy/", {"source": "one_up", "target": "one_down"}, follow=True)
    assert "现在办理的是一上，一下的行不能改动" in early.content.decode() and not sums("one_down")
    approve_first_up()
    answer = jing.post(f"{ROOT}stages/copy/", {"source": "one_up", "target": "one_down"})
    assert answer["Location"].endswith("grid/budget_lines/?stage=one_down")
    assert sums("one_down") == before == sums("one_up")
    copied = current(BudgetLine).filter(stage="one_down").latest("position")
    assert copied.key.startswith("demo-2024-budget_lines-") and copied.version == 1
    loads = Load.objects.count()
    again = jing.post(f"{ROOT}stages/copy/", {"source": "one_up", "target": "one_down"}, follow=True)
    assert "目标阶段已有预算行" in again.content.decode() and Load.objects.count() == loads
    assert "两个阶段没有差异" in page(jing, "stages/?left=one_up&right=one_down")


def test_the_workbook_comes_down_with_every_sheet(jing: Client) -> None:
    answer = jing.get(f"{ROOT}workbook/download/")
    book = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content)), read_only=True)  # type: ignore[attr-defined]
    assert {"支出预算", "项目", "项目测算", "绩效指标"} <= set(book.sheetnames)
    assert "attachment" in answer["Content-Disposition"]
    assert jing.get(f"{ROOT}workbook/download/?empty=1").status_code == 200
    nothing = jing.get("/years/demo/2031/budget/workbook/download/", follow=True).content.decode()
    assert "台账里没有所要的部门年度" in nothing


def test_the_workbook_holds_what_its_reader_may_read(sign_in: SignIn) -> None:
    """An evaluator to whom the budget was handed gets nothing of execution and performance with it."""
    from yiheng.people.models import UnitScope, User

    UnitScope.objects.create(user=User.objects.get(username="wai"), unit="demo", work="budget", right="read")
    for name, payments in (("wai", 0), ("shen", 1799)):
        answer = sign_in(name).get(f"{ROOT}workbook/download/")
        book = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content)), read_only=True)  # type: ignore[attr-defined]
        filled = {title: sum(1 for _ in book[title].iter_rows(min_row=2)) for title in book.sheetnames}
        assert filled["支出预算"] > 400 and filled["支付"] == payments
        assert bool(filled["绩效指标"]) == bool(filled["合同"]) == bool(payments)


def test_the_next_year_is_shown_and_then_opened(jing: Client, sign_in: SignIn) -> None:
    shown = page(jing, "open/")
    assert "开立 2025 年度" in shown and "绩效指标" in shown
    mark = shown.split('name="mark" value="')[1].split('"')[0]
    stale = jing.post(f"{ROOT}open/confirm/", {"mark": "x"}, follow=True).content.decode()
    assert "请重新核对" in stale and not DepartmentYear.objects.filter(unit="demo", year=2025).exists()
    assert sign_in("shen").post(f"{ROOT}open/confirm/", {"mark": mark}).status_code == 403
    done = jing.post(f"{ROOT}open/confirm/", {"mark": mark})
    assert done["Location"] == "/years/demo/2025/budget/"
    assert DepartmentYear.objects.filter(unit="demo", year=2025, kind="budget").exists()
    assert Project.objects.filter(year=2025, name="医保基金监督管理").exists()
    assert "2025 年度已经开立" in page(jing, "open/")


def test_checks_beside_the_grid_are_those_of_the_stage(jing: Client) -> None:
    assert "项通过" in page(jing, "checks/?stage=approved")
    first = page(jing, "checks/?stage=one_up")
    assert "一上" in first and "项核对不通过" in first
    assert "还没有开立部门预算" in jing.get("/years/demo/2031/budget/checks/").content.decode()


@pytest.mark.parametrize("username", ["shen", "cai", "ju"])
def test_readers_look_and_carry_nothing_forward(jing: Client, sign_in: SignIn, username: str) -> None:
    reader = sign_in(username)
    for where in ("", "projects/demo-p01/", "stages/", "workbook/", "workbook/download/", "checks/"):
        assert reader.get(f"{ROOT}{where}").status_code == 200, where
    before: Any = Load.objects.count()
    assert reader.post(f"{ROOT}stages/copy/", {"source": "one_up", "target": "one_down"}).status_code == 403
    assert reader.get(f"{ROOT}open/").status_code == 403
    assert Load.objects.count() == before
