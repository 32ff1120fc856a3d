"""Execution and procurement in a real Chromium, at both widths: down to a payment, and an adjustment's way."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from playwright.sync_api import expect
from tests.web.conftest import looked_at

if TYPE_CHECKING:
    from playwright.sync_api import Page

Enter = Callable[[str], "Page"]
ROOT = "/years/demo/2024/execution/"


def test_from_the_curve_down_to_a_payment(page: Page, enter: Enter) -> None:
    enter("jing")
    page.goto(ROOT)
    page.locator("#curve canvas").wait_for()
    looked_at(page, "execution-home")
    page.get_by_text("各月数字").click()
    expect(page.get_by_role("row", name="12-31")).to_be_visible()
    page.get_by_role("link", name="医疗保障经办管理").first.click()
    page.get_by_role("heading", name="按月支付").wait_for()
    looked_at(page, "execution-detail")
    page.get_by_role("link", name="5月", exact=True).click()
    page.get_by_role("heading", name="支付明细").wait_for()
    looked_at(page, "execution-payments")
    page.locator("td.number a").first.click()
    page.get_by_role("heading", name="版本").wait_for()
    looked_at(page, "execution-payment")


def test_the_figures_are_there_without_javascript(page: Page, enter: Enter, site: str) -> None:
    enter("jing")
    browser = page.context.browser
    assert browser is not None
    plain = browser.new_context(
        java_script_enabled=False, base_url=site, storage_state=page.context.storage_state()
    )
    opened = plain.new_page()
    opened.goto(ROOT)
    opened.get_by_text("各月数字").click()  # a <details> opens by itself
    expect(opened.get_by_role("row", name="12-31")).to_be_visible()
    expect(opened.locator("#curve")).to_be_hidden()
    plain.close()


def test_an_adjustment_goes_its_way(page: Page, enter: Enter) -> None:
    enter("jing")
    page.goto(f"{ROOT}adjustments/")
    page.get_by_role("link", name="新增调剂").click()
    looked_at(page, "execution-adjustment-new")
    page.get_by_label("调入").select_option(index=1)
    page.get_by_label("金额").fill("60000")
    page.get_by_label("生效日期").fill("2024-11-11")
    page.get_by_label("事由").fill("补足培训费")
    page.get_by_role("button", name="报送审批").click()
    page.get_by_text("审批环节：单位负责人审批 → 领导办公会审定").wait_for()
    for name in ("zhang", "ju"):
        page.get_by_role("button", name="退出").click()
        enter(name)
        page.goto("/workbench/")
        page.get_by_role("link", name="审批：预算追加").click()
        page.get_by_role("link", name="预算调剂").first.click()
        if name == "ju":
            looked_at(page, "execution-adjustments")
        page.get_by_role("button", name="同意").click()
        page.get_by_text("已同意").first.wait_for()
    expect(page.get_by_text("，已写入台账。")).to_be_visible()


def test_purchases_assets_and_cards(page: Page, enter: Enter) -> None:
    enter("jing")
    page.goto(f"{ROOT}purchases/")
    looked_at(page, "execution-purchases")
    page.goto(f"{ROOT}assets/")
    looked_at(page, "execution-assets")
    page.get_by_label("名称、条码或存放地点").fill("XN20240000")
    page.get_by_role("button", name="查找").click()
    page.get_by_role("link", name="打印这些卡片").click()
    page.locator(".x-card .barcode").first.wait_for()
    looked_at(page, "execution-cards")
    page.goto(f"{ROOT}import/")
    looked_at(page, "execution-import")
