"""A bureau's year in a real Chromium, from an empty ledger to the public site and the evaluation, by its people.

Every picture of `docs/tour/` is taken here: `YIHENG_TOUR=docs/tour` names the folder to write them to.
"""

from __future__ import annotations

import csv
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect
from tests.command import DEMO, EXAMPLES
from tests.web import served

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

pytestmark = pytest.mark.db  # on PostgreSQL as well; the other browser tests run on SQLite

YEAR = "/years/demo/2024"
GRID = f"{YEAR}/budget/grid/budget_lines/?stage=one_up"
PATIENCE = 180_000
"""Milliseconds for a job on a machine that does other work as well."""
Enter = Callable[[str], "Page"]
TOUR = Path(os.environ.get("YIHENG_TOUR") or served.REPOSITORY / "build" / "tour")


@pytest.fixture(scope="module")
def workbook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The synthetic bureau's year as a workbook, as its people keep it."""
    path = tmp_path_factory.mktemp("story") / "示例市医保局2024.xlsx"
    with served.loaded() as env:
        served.command(env, "workbook", "export", path, "--unit", "demo", "--year", "2024")
    return path


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The running application with units and people, and nothing else in its ledger."""
    folder = tmp_path_factory.mktemp("units")
    with (EXAMPLES / DEMO / "units.csv").open(encoding="utf-8") as file:
        rows = list(csv.reader(file))
    with (folder / "units.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    with served.database(tmp_path_factory.mktemp("home")) as env:
        served.command(env, "load", folder / "units.csv", "--yes")
        served.program(
            env | {"PYTHONPATH": str(served.REPOSITORY)},
            "from tests.web.served import make_people; make_people()",
        )
        with served.server(env) as address:
            yield address


@pytest.fixture
def paper(browser: Browser, tmp_path: Path) -> Path:
    """Somebody else's published paper with one wrong figure, as a PDF."""
    printer = browser.new_page()
    printer.goto((served.REPOSITORY / "docs" / "guide" / "files" / "决算公开示例.html").as_uri())
    path = tmp_path / "决算公开示例.pdf"
    path.write_bytes(printer.pdf(format="A4"))
    printer.close()
    return path


class Story:
    """The page with shorthands that read as people's acts."""

    def __init__(self, page: Page, enter: Enter) -> None:
        self.page, self._enter, self._pictures = page, enter, 0

    def becomes(self, username: str) -> None:
        """Somebody else sits down and signs in."""
        self.page.context.clear_cookies()
        self._enter(username)

    def opens(self, address: str) -> None:
        self.page.goto(address)

    def clicks(self, name: str) -> None:
        self.page.get_by_role("button", name=name, exact=True).first.click()

    def follows(self, name: str) -> None:
        self.page.get_by_role("link", name=name).first.click(timeout=PATIENCE)

    def sees(self, text: str) -> None:
        self.page.get_by_text(text).first.wait_for(timeout=PATIENCE)

    def pictures(self, name: str) -> None:
        """Keep the page as it is on the screen."""
        self._pictures += 1
        TOUR.mkdir(parents=True, exist_ok=True)
        self.page.wait_for_load_state("networkidle")
        self.page.screenshot(path=TOUR / f"{self._pictures:02}-{name}.png")

    def writes_a_figure(self, amount: str) -> None:
        """Type an amount into the first row of the grid and save it."""
        self.opens(GRID)
        self.page.wait_for_selector("#grid[data-ready=yes]")
        self.amount().click()
        self.page.keyboard.type(amount)
        self.page.keyboard.press("Enter")
        self.clicks("保存（1 处未保存）")
        self.sees("已保存：新增 0 行，变更 1 行")
        expect(self.amount()).to_have_text(amount)

    def amount(self) -> Locator:
        """The cell of the first row that holds its amount."""
        head = self.page.locator(".gridbox thead th").all_inner_texts()
        number = next(place for place, title in enumerate(head) if title.startswith("金额")) - 1
        return self.page.locator(f'.gridbox td[data-row="0"][data-col="{number}"]')

    def approves(self, who: str) -> None:
        """The next link of the chain agrees."""
        self.becomes(who)
        self.opens(f"{YEAR}/")
        self.clicks("同意")
        self.clicks("确定：同意")
        self.sees("已同意")


def test_a_bureaus_year(page: Page, enter: Enter, workbook: Path, paper: Path) -> None:
    story = Story(page, enter)
    loads_the_workbook(story, workbook)
    drafts_and_hands_in(story)
    returned_and_corrected(story)
    certified_and_published(story)
    found_by_a_visitor(story)
    watched_in_august(story)
    scored_and_supposed(story)
    reported(story)
    audits_a_paper(story, paper)


def loads_the_workbook(story: Story, workbook: Path) -> None:
    """A preparer loads the workbook: what would change is listed, and then confirmed."""
    story.becomes("jing")
    story.opens("/jobs/load/")
    story.page.set_input_files("input[type=file]", workbook)
    story.clicks("上传并核对")
    story.sees("待确认")
    story.pictures("load")
    story.clicks("确认写入")
    story.sees("完成")


def drafts_and_hands_in(story: Story) -> None:
    """The cycle begins; the preparer writes a figure and hands in."""
    story.opens(f"{YEAR}/")
    story.clicks("启用周期")
    story.writes_a_figure("1,234,567.80")
    story.pictures("draft")
    story.opens(f"{YEAR}/")
    story.clicks("报送")
    story.clicks("确定：报送")
    story.sees("“一上”已报送。")
    story.pictures("cycle")


def returned_and_corrected(story: Story) -> None:
    """The head approves; the office puts a comment on a cell and returns; the preparer corrects and hands in again."""
    story.approves("zhang")
    story.becomes("gui")
    story.opens(GRID)
    story.page.wait_for_selector("#grid[data-ready=yes]")
    story.amount().click()
    story.clicks("批注")
    story.page.locator("dialog textarea").fill("请核对这一数，测算只有 1,204,567.80 元")
    story.clicks("写批注")
    story.page.locator(".discussion").wait_for()
    story.pictures("comment")
    story.opens(f"{YEAR}/")
    story.clicks("退回")
    story.page.get_by_role("dialog").get_by_label("退回原因").fill("见单元格批注")
    story.clicks("确定：退回")
    story.sees("“一上”已退回。")

    story.becomes("jing")
    story.opens("/workbench/")
    story.sees("见单元格批注")
    story.pictures("workbench")
    story.writes_a_figure("1,204,567.80")
    story.clicks("已处理…")
    story.page.locator("dialog textarea").fill("已按测算改正")
    story.clicks("已处理")
    story.page.locator(".discussion").wait_for(state="detached")
    story.opens(f"{YEAR}/")
    story.clicks("报送")
    story.clicks("确定：报送")
    for who in ("zhang", "gui"):
        story.approves(who)


def certified_and_published(story: Story) -> None:
    """The preparer prepares the public version, the head certifies it."""
    story.becomes("jing")
    story.opens(f"{YEAR}/disclosure/")
    story.page.get_by_label("材料").select_option("部门决算")
    story.clicks("开始准备")
    story.follows("打开公开页")
    story.page.locator(".list-group a").first.click()
    draft = story.page.url
    story.becomes("zhang")
    story.opens(draft)
    story.pictures("certify")
    story.clicks("签发并公开")
    story.sees("全部一致")


def found_by_a_visitor(story: Story) -> None:
    """A visitor, without signing in, finds a figure and asks where it comes from."""
    story.page.context.clear_cookies()
    story.opens("/")
    story.pictures("public")
    story.page.fill("#q", "住房保障支出")
    story.clicks("查找")
    story.pictures("search")
    story.follows("住房保障支出")
    # The address of a figure opens its source.
    story.page.locator("#drawer .pairs").first.wait_for()
    story.pictures("source")


def watched_in_august(story: Story) -> None:
    """At the end of August some lines have fallen behind and are yellow."""
    story.becomes("jing")
    story.opens(f"{YEAR}/performance/monitoring/?day=2024-08-31")
    story.page.locator("tbody .light.is-yellow").first.scroll_into_view_if_needed()
    story.pictures("august")


def scored_and_supposed(story: Story) -> None:
    """The score sheet at the end of the year, and what another actual value would have made of it."""
    story.opens(f"{YEAR}/performance/scores/")
    story.page.locator("tbody th a").first.click()
    story.pictures("scores")
    story.opens(f"{YEAR}/performance/whatif/")
    story.page.locator(".p-pick:not([href$='/whole/whatif/'])").first.click()
    knob = story.page.locator("#suppose input[type=number]").first
    after = story.page.locator("#after")
    was = after.inner_text()
    knob.fill("0")
    expect(after).not_to_have_text(was, timeout=PATIENCE)
    story.pictures("what-if")


def reported(story: Story) -> None:
    """The report beside its pages: the figures in it are bound to the ledger."""
    story.opens(f"{YEAR}/report/accounts/")
    story.page.locator("[contenteditable=false], .chip").first.wait_for()
    story.pictures("report")


def audits_a_paper(story: Story, paper: Path) -> None:
    """Somebody else's paper is audited, and the wrong figure is shown where it stands."""
    story.becomes("jing")
    story.opens("/review/")
    story.page.set_input_files("input[name=documents]", paper)
    story.clicks("上传并审校")
    story.follows("决算公开示例.pdf")
    story.page.locator("article", has_text="36.60%").filter(
        has_text="33.60%"
    ).first.scroll_into_view_if_needed()
    story.pictures("audit")
