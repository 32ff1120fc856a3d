"""The application in a real Chromium: signing in, and pages that anybody can use."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from playwright.sync_api import expect
from tests.web.conftest import PHONE, looked_at

if TYPE_CHECKING:
    from playwright.sync_api import Page


def test_sign_in_and_see_the_years(page: "Page", enter: "Callable[[str], Page]") -> None:
    page.goto("/")
    looked_at(page, "entrance")
    page.goto("/account/login/")
    looked_at(page, "login")
    enter("jing")
    page.goto("/years/")
    expect(page.get_by_role("link", name="示例市医疗保障局（虚构）").first).to_be_visible()
    looked_at(page, "years")

    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    page.goto("/manage/policy/")  # longer than the screen
    page.get_by_role("button", name="打开菜单").click()
    page.get_by_role("link", name="任务", exact=True).click()  # refused where something lies above it
    page.wait_for_url("**/jobs/")
