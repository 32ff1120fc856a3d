"""Workbench, ribbon and calendar in a real Chromium: the whole way of a first submission, at both widths."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from playwright.sync_api import expect
from tests.web.conftest import looked_at

if TYPE_CHECKING:
    from playwright.sync_api import Page

Enter = Callable[[str], "Page"]


def leave(page: Page) -> None:
    page.get_by_role("button", name="退出").click()


def test_a_first_submission_goes_its_way(page: Page, enter: Enter) -> None:
    enter("jing")
    page.goto("/workbench/")
    page.locator(".plot-paid").first.wait_for(timeout=60_000)
    looked_at(page, "workbench-empty")
    page.goto("/years/demo/2024/")
    looked_at(page, "year-not-begun")
    page.get_by_role("button", name="启用周期").click()
    page.get_by_role("button", name="报送", exact=True).click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_text("单位负责人审核 → 规划财务处审核")).to_be_visible()
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    page.get_by_role("button", name="报送", exact=True).click()
    dialog.get_by_label("说明").fill("2024年预算建议")
    dialog.get_by_role("button", name="确定：报送").click()
    expect(page.get_by_text("“一上”已报送。")).to_be_visible()
    leave(page)
    enter("zhang")
    page.goto("/workbench/")
    page.get_by_role("link", name="审批：报送预算建议").click()
    page.get_by_role("button", name="退回", exact=True).click()
    page.get_by_role("button", name="确定：退回").click()
    # Refused without a reason: the dialog is there again, with its message.
    page.get_by_role("dialog").get_by_text("这个字段是必填项").wait_for()
    page.get_by_role("dialog").get_by_label("退回原因").fill("公用经费依据不足")
    page.get_by_role("button", name="确定：退回").click()
    expect(page.get_by_text("“一上”已退回。")).to_be_visible()
    leave(page)
    enter("jing")
    page.goto("/workbench/")
    expect(page.get_by_text("公用经费依据不足")).to_be_visible()
    page.locator(".plot-paid").first.wait_for(timeout=60_000)
    looked_at(page, "workbench")
    page.get_by_role("link", name="修改后重报：报送预算建议").click()
    looked_at(page, "year")
    page.get_by_role("button", name="报送", exact=True).click()
    looked_at(page, "year-dialog")
    page.keyboard.press("Escape")
    page.get_by_role("link", name="登记线索").click()
    page.get_by_label("标题").fill("公用经费比上年增加一倍")
    page.get_by_label("情况").fill("办公费、租赁费都有增加，未见依据。")
    looked_at(page, "case-new")
    page.get_by_role("button", name="登记", exact=True).click()
    looked_at(page, "case")
    page.goto("/workbench/cases/")
    looked_at(page, "cases")
    page.goto("/years/demo/2024/comments/")
    looked_at(page, "comments")


def test_the_calendar_is_edited(page: Page, enter: Enter) -> None:
    enter("xitong")
    page.goto("/manage/calendar/?year=2024")
    looked_at(page, "calendar-2024")
    page.goto("/manage/calendar/?year=2098")
    expect(page.get_by_text("2098 年的节假日安排尚未录入")).to_be_visible()
    page.get_by_label("从").fill("2098-10-01")
    page.get_by_label("到").fill("2098-10-07")
    page.get_by_label("名称").fill("国庆节")
    page.get_by_role("button", name="录入", exact=True).click()
    expect(page.get_by_text("已录入 7 天")).to_be_visible()
    looked_at(page, "calendar-2098")
