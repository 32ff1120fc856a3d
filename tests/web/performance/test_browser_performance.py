"""Performance in a real Chromium: targets and scores told while one types, what-if by keyboard, a survey on a phone."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect
from tests.web import served
from tests.web.conftest import PHONE, looked_at

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

DEMO = "/years/demo/2024/performance/"
Enter = Callable[[str], "Page"]


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    """The running application with the department's cycle open."""
    with served.loaded() as env:
        path = {"PYTHONPATH": str(served.REPOSITORY)}
        served.program(env | path, "from tests.web.budget.opened import open_cycle; open_cycle()")
        with served.server(env) as address:
            yield address


def test_the_year_of_a_preparer(page: Page, enter: Enter) -> None:
    enter("jing")
    page.goto(DEMO)
    looked_at(page, "performance-home")

    page.goto(f"{DEMO}targets/")
    looked_at(page, "performance-targets")
    page.get_by_role("link", name="修改 定点机构检查家数").click()
    page.locator("#id_target").fill("不低于95%")
    page.locator("#understood").get_by_text("0.95").wait_for()
    page.locator("#id_target").fill("≥20粒")
    page.get_by_text("不认识的单位").wait_for()
    looked_at(page, "performance-target")

    page.goto(f"{DEMO}monitoring/?day=2024-08-31")
    page.get_by_text("已登记 1 项偏差").first.wait_for()
    looked_at(page, "performance-monitoring")

    page.goto(f"{DEMO}scores/")
    looked_at(page, "performance-scores")
    page.get_by_role("link", name="医疗保障经办管理", exact=True).click()
    page.locator("input[name=r2-actual]").fill("64.6万页")
    page.locator("#total").get_by_text("98.75").wait_for()
    expect(page.locator("#points-2")).to_contain_text("16 × 95% = 15.2")
    looked_at(page, "performance-sheet")
    page.locator("textarea[name=r2-reason]").fill("扫描设备到货晚（虚构）")
    page.get_by_role("button", name="保存").click()
    page.get_by_text("已保存“医疗保障经办管理”的自评表。").wait_for()

    page.goto(f"{DEMO}whole/")
    looked_at(page, "performance-whole")
    page.get_by_role("link", name="填报", exact=True).click()
    page.get_by_label("支出符合制度").first.fill("4")
    # The sheet saved above is no part of it: 81.89 − 0.50.
    page.locator("#total").get_by_text("81.39").wait_for()
    looked_at(page, "performance-fill")
    page.get_by_role("button", name="保存", exact=True).click()
    page.get_by_role("button", name="撤销刚才的保存").click()
    page.get_by_text("已撤销刚才的保存。").wait_for()
    page.get_by_role("link", name="假设分析", exact=True).last.click()
    page.get_by_label("支出符合制度，调剂手续完备，会计核算规范（滑块）").focus()
    page.keyboard.press("End")
    expect(page.locator("#after")).to_have_text("82.39")
    looked_at(page, "performance-whole-whatif")

    page.goto(f"{DEMO}whatif/demo-2024-evaluations-0004/")
    before = page.locator("#after").inner_text()
    assert before == "98.75"
    slider = page.get_by_label("热线接听量（滑块）")
    slider.focus()
    page.keyboard.press("Home")
    expect(page.locator("#after")).not_to_have_text("98.75")
    field = page.get_by_label("热线接听量", exact=True)
    expect(field).to_have_value("0")
    field.fill("100")
    expect(page.locator("#after")).to_have_text("98.75")
    expect(slider).to_have_value("100")
    looked_at(page, "performance-whatif")

    page.goto(f"{DEMO}surveys/")
    looked_at(page, "performance-surveys")


def test_a_survey_on_a_phone_without_scripts(page: Page, enter: Enter, browser: Browser, site: str) -> None:
    enter("jing")
    page.goto(f"{DEMO}surveys/new/")
    page.get_by_label("调查名称").fill("服务大厅满意度（虚构）")
    page.get_by_label("对象").fill("办事群众")
    page.get_by_role("button", name="保存").click()
    page.get_by_role("link", name="开放网上问卷 服务大厅满意度（虚构）").click()
    page.get_by_label("问题").fill("您对办理速度是否满意\n您对服务态度是否满意")
    page.get_by_label("截止日期").fill("2099-12-31")
    page.get_by_role("button", name="保存").click()
    address = page.get_by_label("链接", exact=True).input_value()
    looked_at(page, "performance-link")

    context = browser.new_context(viewport=PHONE, locale="zh-CN", java_script_enabled=False)  # type: ignore[arg-type]
    phone = context.new_page()
    phone.goto(address)
    expect(phone.locator("header")).not_to_contain_text("登录")
    for group in phone.get_by_role("group").all():
        group.get_by_label("满意", exact=True).check()
    phone.get_by_role("button", name="提交").click()
    expect(phone.locator("main")).to_contain_text("已收到您的回答，谢谢！")
    phone.goto(address)
    expect(phone.locator("main")).to_contain_text("您已经答过这份问卷")
    context.close()

    page.goto(address)
    looked_at(page, "performance-questionnaire")
    page.goto(f"{DEMO}surveys/")
    line = page.locator("section.card", has_text="服务大厅满意度（虚构）")
    expect(line).to_contain_text(re.compile(r"收到 1 份.*目前综合满意度 100.000%"))
    line.get_by_role("button", name="结束并计入台账").click()
    page.get_by_text("收到 1 份。已计入台账。").wait_for()
