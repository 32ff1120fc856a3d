"""Tables and the report in a real Chromium: a number opens its source, a missing reason is filled."""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect
from tests.web import served
from tests.web.conftest import DESKTOP, PHONE, looked_at

if TYPE_CHECKING:
    from playwright.sync_api import Page, Request

BEGUN = """
from yiheng.casework.operations import cycles
from yiheng.ledger import operations
from yiheng.ledger.edits import Edit
from yiheng.people.models import User
cycles.open_cycle("demo", 2024, by=User.objects.get(username="jing"))
operations.edit([Edit("reasons", "demo-2024-reasons-0002", 1, None)], actor="测试")
"""


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    """The application with the made-up year while its budget is drafted; the reason for the 三公 budget is missing."""
    with served.loaded() as env:
        served.program(env, BEGUN)
        with served.server(env) as address:
            yield address


def test_a_number_opens_its_source(page: "Page", enter: "Callable[[str], Page]") -> None:
    enter("jing")
    page.goto("/years/demo/2024/tables/accounts/?table=公开03表")
    looked_at(page, "tables")
    number = page.locator("[data-sources] a.n", has_text="66,867").first
    number.click()
    drawer = page.get_by_role("dialog", name="数据来源")
    drawer.get_by_text("demo-2024-payments-").first.wait_for()
    expect(drawer.get_by_text("项目支出").first).to_be_visible()
    drawer.locator("details", has_text="公开01表").first.wait_for(timeout=120_000)  # all papers of the year
    looked_at(page, "tables-source")
    shown = drawer.locator("ul.leaves > li").count()
    drawer.get_by_role("link", name="显示其余").click()
    drawer.locator("ul.leaves > li").nth(shown + 40).wait_for()
    page.keyboard.press("Escape")
    expect(drawer).to_be_hidden()
    assert page.evaluate("document.activeElement.classList.contains('n')"), "the focus returns to the number"


def test_the_keyboard_opens_a_number_and_a_search_finds_a_row(
    page: "Page", enter: "Callable[[str], Page]"
) -> None:
    enter("shen")
    page.goto("/years/demo/2024/tables/budget/?table=表4")
    looked_at(page, "tables-wide")
    page.locator("[data-sources] a.n").nth(5).focus()
    page.keyboard.press("Enter")
    page.get_by_role("dialog", name="数据来源").locator(".printed").wait_for()
    page.keyboard.press("Escape")
    page.get_by_label("找表或找行").fill("住房公积金")
    row = page.locator("ul.rows a").first
    row.wait_for()
    row.click()
    page.wait_for_url(lambda url: "#n" in url)
    expect(page.locator("a.n:target")).to_be_visible()
    page.goto("/years/demo/2024/tables/budget/print/?table=表4")
    expect(page.get_by_role("button", name="打印")).to_be_visible()


def test_tables_scroll_inside_their_card_on_a_phone(page: "Page", enter: "Callable[[str], Page]") -> None:
    enter("jing")
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    for kind, table in (("budget", "表4"), ("accounts", "公开01表"), ("performance", ""), ("monitoring", "")):
        page.goto(f"/years/demo/2024/tables/{kind}/?table={table}")
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, (kind, wide)
    page.set_viewport_size(DESKTOP)  # type: ignore[arg-type]


def pages_asked_for(page: "Page") -> list[str]:
    """Grows with each picture of a page that is asked for and answered."""
    order: list[str] = []

    def note(word: str) -> "Callable[[Request], None]":
        return lambda request: order.append(word) if "/page/" in request.url else None

    page.on("request", note("asked"))
    page.on("requestfinished", note("answered"))
    return order


def test_a_missing_reason_is_found_and_filled(page: "Page", enter: "Callable[[str], Page]") -> None:
    enter("jing")
    order = pages_asked_for(page)
    page.goto("/years/demo/2024/report/budget/")
    page.locator(".page-list img[src]").first.wait_for(timeout=60_000)
    page.locator(".page-list img").first.evaluate("picture => picture.decode()")
    page.locator(".page-list figure").nth(-1).scroll_into_view_if_needed()
    expect(page.locator(".page-list img").last).not_to_have_js_property("naturalWidth", 0)
    assert page.locator(".page-list img:not([src])").count()  # nobody came near those in the middle
    # One at a time: what else waits would hold places that others need.
    assert "asked asked" not in " ".join(order)
    looked_at(page, "report")
    page.get_by_role("button", name="下一处").click()
    place = page.locator(".place.is-missing")
    assert place.evaluate("element => element === document.activeElement")
    page.keyboard.type("按更新计划购置一辆公务用车。")
    expect(page.get_by_text("1 处改动未保存")).to_be_visible()
    page.mouse.move(5, 5)  # away from the button, whose colours are changing
    looked_at(page, "report-typed")
    page.get_by_role("button", name="保存").click()
    page.get_by_text("已保存 1 处").wait_for()
    expect(page.locator(".missing")).to_have_count(0)
    expect(page.get_by_text("按更新计划购置一辆公务用车。").first).to_be_visible()
    page.reload()
    expect(page.get_by_text("按更新计划购置一辆公务用车。").first).to_be_visible()


def test_a_chip_cannot_be_typed_over(page: "Page", enter: "Callable[[str], Page]") -> None:
    enter("jing")
    page.goto("/years/demo/2024/report/budget/")
    paragraph = page.locator(".para", has=page.locator(".place")).filter(has=page.locator(".chip")).first
    chip = paragraph.locator(".chip").first
    words = chip.inner_text()
    chip.click()
    page.get_by_role("dialog", name="数据来源").locator(".printed b").wait_for()
    expect(page.get_by_role("dialog", name="数据来源").locator(".printed b")).to_have_text(words)
    page.keyboard.press("Escape")
    page.keyboard.type("9")
    place = paragraph.locator(".place").last
    place.click()
    page.keyboard.press("Control+A")
    page.keyboard.type("改写的理由。")
    expect(chip).to_have_text(words)
    expect(place).to_have_text("改写的理由。")
    # A chip that somebody changes with other tools is refused by the server, and the words stay on screen.
    chip.evaluate("element => { element.textContent = '1元'; }")
    page.keyboard.press("Control+S")
    page.get_by_text("全部没有写入").wait_for()
    expect(page.get_by_text("不一致，没有保存")).to_be_visible()
    expect(page.get_by_text("改写的理由。")).to_be_visible()
    page.get_by_role("button", name="放弃改动").click()
    expect(page.get_by_text("没有未保存的改动")).to_be_visible()


def test_an_earlier_text_comes_back(page: "Page", enter: "Callable[[str], Page]") -> None:
    enter("gui")
    page.goto("/years/demo/2024/report/budget/")
    place = page.locator(".place[data-key='demo-2024-reasons-0001']")
    old = place.inner_text()
    place.fill("暂写的理由。")
    page.get_by_role("button", name="保存").click()
    page.get_by_text("已保存 1 处").wait_for()
    page.locator(".para", has=place).get_by_role("link", name="历次").click()
    drawer = page.get_by_role("dialog", name="历次文字")
    drawer.get_by_text("暂写的理由。").wait_for()
    looked_at(page, "report-history")
    drawer.get_by_role("button", name="恢复这一版").click()
    page.get_by_text("已恢复第 1 版").wait_for()
    expect(place).to_have_text(old)
    expect(drawer).to_be_hidden()
    place.fill("再写的理由。")
    page.get_by_role("button", name="保存").click()
    page.get_by_role("button", name="撤销").click()
    page.get_by_text("已撤销刚才的保存").wait_for()
    expect(place).to_have_text(old)


def test_a_figure_is_picked_into_a_reason_by_keyboard(page: "Page", enter: "Callable[[str], Page]") -> None:
    enter("gui")
    page.goto("/years/demo/2024/report/budget/")
    place = page.locator(".place[data-key='demo-2024-reasons-0001']")
    old = place.inner_text()
    place.focus()
    page.keyboard.press("Control+End")
    page.keyboard.type("居民补助")
    page.get_by_role("button", name="插入数字").focus()
    page.keyboard.press("Enter")
    page.get_by_label("找数字").fill("表1 2101202")
    page.get_by_role("button", name="55,275万元").wait_for()
    looked_at(page, "report-picker")
    page.get_by_role("button", name="55,275万元").press("Enter")
    page.keyboard.type("。")
    expect(place).to_have_text(f"{old}居民补助55,275万元。")
    page.get_by_role("button", name="保存", exact=True).click()
    page.get_by_text("已保存 1 处").wait_for()
    expect(page.get_by_text("没有未保存的改动")).to_be_visible()
    chip = place.locator("a.bound")
    expect(chip).to_have_text("55,275万元")
    expect(chip).to_have_attribute("data-raw", "{{表1[支出/2101202, 2024年预算数]}}")
    chip.click()
    page.get_by_role("dialog", name="数据来源").get_by_text("2101202").first.wait_for()
    page.keyboard.press("Escape")
    place.focus()
    page.keyboard.press("Control+End")
    page.keyboard.press("Backspace")
    page.keyboard.press("Backspace")  # the whole figure at once
    expect(place).to_have_text(f"{old}居民补助")
    page.get_by_role("button", name="放弃改动").click()
    expect(chip).to_have_text("55,275万元")
    expect(page.get_by_text("没有未保存的改动")).to_be_visible()
