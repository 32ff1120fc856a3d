"""The grid in a real Chromium, by keyboard: type, paste from a spreadsheet, undo, save, meet another person."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect
from tests.web import served
from tests.web.conftest import looked_at

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

GRID = "/years/demo/2024/budget/grid/budget_lines/?stage=one_up"
Enter = Callable[[str], "Page"]


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    """The running application with the department's cycle open for drafting."""
    with served.loaded() as env:
        path = {"PYTHONPATH": str(served.REPOSITORY)}
        served.program(env | path, "from tests.web.budget.opened import open_cycle; open_cycle()")
        with served.server(env) as address:
            yield address


def opened(page: Page, address: str = GRID) -> None:
    page.goto(address)
    page.wait_for_selector("#grid[data-ready=yes]")


def column(page: Page, title: str) -> int:
    """The number of the column with that title, from 0."""
    found = (
        "[...document.querySelectorAll('.gridbox thead th')].findIndex(t => t.textContent.startsWith(title))"
    )
    return int(page.evaluate(f"title => {found} - 1", title))


def at(page: Page, row: int, title: str) -> None:
    """Click on the cell of a row (from 1) and column."""
    page.locator(f'.gridbox td[data-row="{row - 1}"][data-col="{column(page, title)}"]').click()


def shows(page: Page, row: int, title: str, value: str) -> None:
    """Hold the cell of a row (from 1) and column to what it is to show."""
    cell = page.locator(f'.gridbox td[data-row="{row - 1}"][data-col="{column(page, title)}"]')
    expect(cell).to_have_text(value)


def paste(page: Page, block: str) -> None:
    page.evaluate("text => navigator.clipboard.writeText(text)", block)
    page.keyboard.press("Control+v")


def keys(page: Page, *names: str) -> None:
    for name in names:
        page.keyboard.press(name)


def test_a_preparer_drafts_by_keyboard_and_paste(page: Page, enter: Enter) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    enter("jing")
    opened(page)
    save = page.locator(".gridbar .btn-primary")
    expect(save).to_have_text("已全部保存")

    at(page, 1, "金额")
    page.keyboard.type("1,234.5")
    keys(page, "Enter")
    expect(save).to_have_text("保存（1 处未保存）")
    shows(page, 1, "金额", "1,234.50")
    keys(page, "F2")
    page.keyboard.type("不是数字")
    keys(page, "Escape")
    expect(save).to_have_text("保存（1 处未保存）")

    page.keyboard.type("很多")
    keys(page, "Tab")
    page.locator(".problems").wait_for()
    expect(page.locator(".problems")).to_contain_text("金额单元格里有文字")
    looked_at(page, "budget-grid-problem")
    at(page, 1, "金额")
    keys(page, "Control+z", "Control+z")
    expect(save).to_have_text("已全部保存")

    # A block of three columns and two rows, in 万元, as a spreadsheet puts it on the clipboard, below the last row.
    page.locator("select[aria-label=金额单位]").select_option("万元")
    page.get_by_role("button", name="新增行").click()
    cells = (
        "示例市医保局（虚构）", "项目支出", "医疗保障政策研究与宣传", "2101505 医疗保障政策管理", "30213",
        "一般公共预算", "政府预算拨款", "履职类项目拨款",
    )  # fmt: skip
    row = "".join(f"{cell}\t" for cell in cells)
    paste(page, f"{row}1,234.56\r\n{row}0.5\r\n")
    expect(save).to_have_text("保存（20 处未保存）")
    keys(page, "Control+s")
    page.get_by_text("已保存：新增 2 行").wait_for()
    # The public tables are checked by themselves; the first time on a slow machine takes its while.
    expect(page.locator("#checks")).to_contain_text("项通过", timeout=120_000)
    last = int(page.locator(".gridtotals span").first.inner_text().removeprefix("共 ").removesuffix(" 行"))
    at(page, last, "金额")
    shows(page, last - 1, "金额", "1,234.56")
    shows(page, last, "金额", "0.5")
    shows(page, last, "经济分类科目", "30213 维修（护）费")
    page.locator("select[aria-label=金额单位]").select_option("元")
    shows(page, last, "金额", "5,000.00")

    page.get_by_role("button", name="撤销这次保存").click()
    page.get_by_text("已撤销这次保存").wait_for()
    expect(page.locator(".gridtotals span").first).to_have_text(f"共 {last - 2} 行")

    # A name from the list, chosen with the arrow keys.
    keys(page, "Control+Home")
    at(page, 2, "功能分类科目")
    page.keyboard.type("培训")
    keys(page, "ArrowDown", "ArrowUp", "Enter")
    shows(page, 2, "功能分类科目", "2050803 培训支出")
    keys(page, "Control+z")
    at(page, 1, "金额")
    looked_at(page, "budget-grid")


def test_a_block_goes_out_as_it_came_in(page: Page, enter: Enter) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    enter("jing")
    opened(page, "/years/demo/2024/budget/grid/costing/")
    at(page, 1, "测算项")
    paste(page, '"=1+1"\t"两行\n文字"')
    shows(page, 1, "测算项", "=1+1")
    at(page, 1, "测算项")
    keys(page, "Shift+ArrowRight", "Control+c")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("'=1+1\t")
    at(page, 2, "测算项")
    keys(page, "Control+v")
    shows(page, 2, "测算项", "=1+1")
    # The amount follows from its factors.
    at(page, 1, "数量")
    paste(page, "1.5\t200.33\t3")
    shows(page, 1, "金额", "901.49")
    at(page, 1, "单价")
    keys(page, "Delete")
    shows(page, 1, "金额", "901.49")
    warned: list[str] = []
    page.on("dialog", lambda dialog: (warned.append(dialog.type), dialog.accept()))
    page.goto("/years/demo/2024/budget/")
    assert warned == ["beforeunload"]


def test_five_thousand_rows_stay_usable(page: Page, enter: Enter) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    enter("jing")
    opened(page)
    page.get_by_role("button", name="新增行").click()
    paste(page, "\n".join(f"\t\t\t2101505\t30213\t\t\t\t{n}" for n in range(1, 5001)))
    page.locator(".gridtotals span").first.get_by_text("共 5166 行").wait_for()
    drawn = page.evaluate("document.querySelectorAll('.gridbox tbody tr').length")
    assert drawn < 100
    shows(page, 5166, "金额", "5,000.00")
    keys(page, "Control+Home", "PageDown", "PageDown")
    assert page.evaluate("document.querySelectorAll('.gridbox tbody tr').length") < 100
    keys(page, "Control+z")
    page.locator(".gridtotals span").first.get_by_text("共 166 行").wait_for()


def test_two_people_in_one_cell(page: Page, enter: Enter, browser: Browser, site: str) -> None:
    enter("jing")
    opened(page)
    other = browser.new_context(base_url=site, locale="zh-CN").new_page()
    other.goto("/account/login/")
    other.fill("input[name=username]", "gui")
    other.fill("input[name=password]", served.PASSWORD)
    other.click("main button[type=submit]")
    other.wait_for_url(lambda url: "/account/login" not in url)
    opened(other)
    for who, amount in ((other, "111"), (page, "222")):
        at(who, 3, "金额")
        who.keyboard.type(amount)
        keys(who, "Enter", "Control+s")
        if who is other:
            other.get_by_text("已保存：新增 0 行，变更 1 行").wait_for()
    page.locator(".conflicts").wait_for()
    told = page.locator(".conflicts li").inner_text()
    assert "您填 222.00 元" in told and "规划财务处（虚构）" in told and "已改为 111.00 元" in told
    looked_at(page, "budget-grid-conflict")
    page.get_by_role("button", name="保留我的").click()
    page.get_by_role("button", name="保存（1 处未保存）").click()
    page.get_by_text("已保存：新增 0 行，变更 1 行").wait_for()
    other.context.close()

    at(page, 3, "金额")
    page.get_by_role("button", name="本行版本").click()
    page.locator("dialog").wait_for()
    expect(page.locator("dialog li").first).to_contain_text("第 3 版")
    expect(page.locator("dialog li").first).to_contain_text("111.00 元 → 222.00 元")
    page.get_by_role("button", name="恢复这一版").last.click()
    page.get_by_text("已恢复第 1 版").wait_for()


def test_a_returned_cell_shows_its_comment_until_it_is_settled(page: Page, enter: Enter) -> None:
    enter("zhang")
    opened(page)
    expect(page.locator("main")).to_contain_text("只能查看")
    at(page, 4, "金额")
    page.keyboard.type("1")
    expect(page.locator(".gridwords")).to_contain_text("现在不能修改")
    page.get_by_role("button", name="批注", exact=True).click()
    page.locator("dialog textarea").fill("请核对离休人数")
    page.get_by_role("button", name="写批注").click()
    page.locator(".discussion").wait_for()
    expect(page.locator(".gridstatus")).to_contain_text("请核对离休人数")
    looked_at(page, "budget-grid-comment")
    page.context.clear_cookies()
    enter("jing")
    opened(page)
    expect(page.locator(".discussion")).to_contain_text("1 条批注待处理")
    page.get_by_role("button", name="已处理…").click()
    page.locator("dialog textarea").fill("已按名册核对")
    page.get_by_role("button", name="已处理", exact=True).click()
    page.locator(".discussion").wait_for(state="detached")


def test_the_other_pages_of_the_screen(page: Page, enter: Enter) -> None:
    enter("jing")
    for name, where in (
        ("projects", ""), ("tree", "?view=tree"), ("project", "projects/demo-p01/"), ("stages", "stages/"),
        ("workbook", "workbook/"), ("open", "open/"),
    ):  # fmt: skip
        page.goto(f"/years/demo/2024/budget/{where}")
        looked_at(page, f"budget-{name}")
    opened(page, "/years/demo/2024/budget/grid/indicators/")
    page.locator("#run-checks").click()
    page.get_by_text("核对全部通过").wait_for()
    looked_at(page, "budget-indicators")
