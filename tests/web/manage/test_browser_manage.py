"""The three administrators at work in a real browser, and a person's own account (管理)."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

import pyotp
from playwright.sync_api import expect
from tests.web.conftest import looked_at
from tests.web.served import PASSWORD

if TYPE_CHECKING:
    from playwright.sync_api import Page

FIRST, OWN = "three-blue-mountains", "four-green-rivers-far"


def test_from_a_new_colleague_to_the_first_day_at_work(page: Page, enter: Callable[[str], Page]) -> None:
    enter("xitong")
    page.click("nav >> text=管理")
    looked_at(page, "manage-home")
    page.click("text=人员")
    looked_at(page, "manage-people")
    page.click("text=新建账号")
    page.fill("input[name=name]", "新来的（虚构）")
    page.fill("input[name=username]", "xin")
    page.fill("input[name=password]", "123")
    page.click("main button[type=submit]")
    expect(page.locator("main")).to_contain_text("至少要有 10 个字符")
    looked_at(page, "manage-new-person")
    page.fill("input[name=password]", FIRST)
    page.click("main button[type=submit]")
    person = page.url
    expect(page.locator("main")).to_contain_text("还没有岗位")
    page.click("text=退出")

    enter("anquan")
    page.goto(person)
    page.select_option("select[name=post-role]", "preparer")
    page.select_option("select[name=post-unit]", "demo-main")
    page.click("button:text-is('任岗')")
    expect(page.locator("#messages")).to_contain_text("已任岗")
    looked_at(page, "manage-person")
    page.click("summary:text-is('免岗')")
    expect(page.locator("main")).to_contain_text("全部权限随即失去")
    looked_at(page, "manage-act")
    page.goto("/manage/roles/")
    looked_at(page, "manage-roles")
    page.click("text=退出")

    page.goto("/account/login/")
    page.fill("input[name=username]", "xin")
    page.fill("input[name=password]", FIRST)
    page.click("main button[type=submit]")
    expect(page.locator("main")).to_contain_text("初始密码")
    looked_at(page, "account-password")
    page.fill("input[name=old]", FIRST)
    page.fill("input[name=new]", OWN)
    page.fill("input[name=again]", OWN)
    page.click("main button[type=submit]")
    looked_at(page, "account-home")
    page.click("text=启用动态口令")
    looked_at(page, "account-factor")
    secret = page.inner_text(".secret").replace(" ", "")
    page.fill("input[name=code]", pyotp.TOTP(secret).now())
    page.fill("input[name=password]", OWN)
    page.click("main button[type=submit]")
    page.get_by_text("已经保存").wait_for()
    codes = re.findall(r"\w{6}-\w{6}", page.inner_text("main"))
    assert len(codes) == 10
    looked_at(page, "account-codes")
    page.click("text=已经保存")
    page.click("text=退出")

    page.goto("/account/login/")
    looked_at(page, "account-login")
    page.fill("input[name=username]", "xin")
    page.fill("input[name=password]", OWN)
    page.keyboard.press("Enter")
    page.fill("input[name=code]", codes[0])
    looked_at(page, "account-code")
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "/account/" not in url)
    page.click("text=退出")


def test_the_audit_administrator_reads_and_proves_the_log(page: Page, enter: Callable[[str], Page]) -> None:
    enter("shenji")
    page.goto("/manage/log/")
    looked_at(page, "manage-log")
    page.select_option("select[name=action]", "sign_in")
    page.click("text=查找")
    expect(page.locator("main")).to_contain_text("shenji")
    page.click("main tbody a >> nth=0")
    looked_at(page, "manage-log-entry")
    page.go_back()
    page.click("text=核对校验链")
    expect(page.locator("main")).to_contain_text("首尾相接")
    looked_at(page, "manage-chain")
    page.goto("/manage/log/?action=sign_in")
    with page.expect_download() as download:
        page.click("text=导出这")
    assert download.value.suggested_filename.startswith("操作日志-")


def test_sessions_and_rules(page: Page, enter: Callable[[str], Page]) -> None:
    enter("xitong")
    page.goto("/manage/sessions/")
    looked_at(page, "manage-sessions")
    page.goto("/manage/policy/")
    looked_at(page, "rules-list")
    page.select_option("select[name=type]", "threshold")
    page.click("text=查找")
    page.click("main tbody a >> nth=0")
    expect(page.locator("main")).to_contain_text("依据")
    looked_at(page, "rules-entry")


def test_the_password_of_the_people_is_a_good_one() -> None:
    """So that the people of these tests could be made by anybody."""
    from yiheng.people.passwords import problems

    assert problems(PASSWORD) == []
