"""The English screens in a real Chromium: chosen in the account menu, scripts included, and back to Chinese."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect
from tests.web.conftest import looked_at

if TYPE_CHECKING:
    from playwright.sync_api import Page

Enter = Callable[[str], "Page"]
YEAR = "/years/demo/2024/"


def choose(page: Page, name: str) -> None:
    page.locator("header .language button").click()
    page.wait_for_function("name => document.documentElement.lang === name", arg=name)


def test_english_is_chosen_and_taken_back(enter: Enter) -> None:
    page = enter("jing")
    page.goto(f"{YEAR}budget/grid/budget_lines/")
    expect(page.locator("#grid[data-ready]")).to_be_visible()
    expect(page.locator(".gridbar")).to_contain_text("显示全部栏")
    choose(page, "en")
    expect(page.locator("#grid[data-ready]")).to_be_visible()
    expect(page.locator("h1")).to_have_text("Budget grid")
    expect(page.locator(".gridbar")).to_contain_text("All columns")
    expect(page.locator(".gridtotals")).to_contain_text(" rows")
    expect(page.get_by_placeholder("Find rows")).to_be_visible()
    page.get_by_label("Unit of amounts").select_option("万元")
    expect(page.locator(".gridbox th", has_text="(×10,000 yuan)").first).to_be_visible()
    looked_at(page, "english-grid")
    choose(page, "zh-CN")
    expect(page.locator(".gridbar")).to_contain_text("显示全部栏")


@pytest.mark.parametrize("part", ["execution/", "performance/scores/", "tables/budget/", "disclosure/", ""])
def test_english_fits_the_page(enter: Enter, part: str) -> None:
    page = enter("jing")
    choose(page, "en")
    page.goto(YEAR + part)
    looked_at(page, f"english-{part.strip('/').replace('/', '-') or 'year'}")


def test_a_figure_opens_its_source_in_english(enter: Enter) -> None:
    page = enter("jing")
    choose(page, "en")
    page.goto(f"{YEAR}tables/budget/")
    page.locator("[data-sources] a.n").first.click()
    expect(page.locator("#drawer-title")).to_have_text("Where it comes from")
    expect(page.locator("#drawer-body")).to_contain_text("Source rows", timeout=60_000)


def test_a_visitor_chooses_at_the_foot_of_the_public_site(page: Page) -> None:
    page.goto("/site/")
    assert page.context.cookies() == []
    page.locator("footer a.language").click()
    page.locator("main button[value=en]").click()
    page.wait_for_url("**/site/")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    looked_at(page, "english-site")
