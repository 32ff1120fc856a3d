#!/usr/bin/env python3
"""Takes the pictures of docs/guide from the running application: `.venv/bin/python scripts/pictures.py [NAME …]`.

A demo database of its own, `yiheng serve`, Chromium at 1440 px. Needs `make setup-dev setup-bench` (playwright, Pillow)
and Debian's Chromium (scripts/chromium.sh). Without names all are taken anew; steps that others build on always run.
"""

from __future__ import annotations

import io
import sys
import time
from collections.abc import Callable
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

REPOSITORY = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(REPOSITORY))

from PIL import Image  # noqa: E402
from tests.command import DEMO  # noqa: E402
from tests.web import served  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

FOLDER = REPOSITORY / "docs" / "guide" / "images"
LARGEST = 150_000
"""Bytes of a picture."""
PATIENCE = 300
"""Seconds for a job on a machine that does other work as well."""
YEAR = "/years/demo/2024/"
DISCLOSURE = f"{YEAR}disclosure/"
BEGIN = """
from tests.web.budget.opened import open_cycle
from yiheng.people.models import Post, UnitScope, User
open_cycle()
password = User.objects.get(username="jing").password
evaluator = User.objects.create(username="ping", name="外部评价人（虚构）", password=password)
Post.objects.create(user=evaluator, role="evaluator", unit="demo")
UnitScope.objects.create(user=evaluator, unit="demo", work="performance", right="read")
"""


class Camera:
    """Chromium on the application, one window a person."""

    def __init__(self, browser: Browser, address: str, wanted: list[str]) -> None:
        self._browser, self._address, self._wanted = browser, address, wanted

    @contextmanager
    def person(self, username: str = "") -> Iterator[Page]:
        """A window, signed in as one of the people, or a visitor's."""
        size = {"width": 1440, "height": 900}
        context = self._browser.new_context(viewport=size, locale="zh-CN", base_url=self._address)
        page = context.new_page()
        page.set_default_timeout(120_000)
        if username:
            page.goto("/account/login/")
            page.fill("input[name=username]", username)
            page.fill("input[name=password]", served.PASSWORD)
            page.click("main button[type=submit]")
            page.wait_for_url(lambda url: "/account/login" not in url)
        yield page
        context.close()

    def take(self, page: Page, name: str) -> None:
        """Keep what the window shows, in few colours and at most `LARGEST` bytes."""
        if self._wanted and name not in self._wanted:
            return
        page.wait_for_load_state("networkidle")
        page.mouse.move(0, 0)
        shot = Image.open(io.BytesIO(page.screenshot(animations="disabled"))).convert("RGB")
        for colours in (256, 128, 64, 32):
            held = io.BytesIO()
            shot.quantize(colours).save(held, "PNG", optimize=True)
            if held.tell() <= LARGEST:
                break
        else:
            raise SystemExit(f"{name}: {held.tell()} bytes, more than {LARGEST}")
        FOLDER.mkdir(exist_ok=True)
        (FOLDER / f"{name}.png").write_bytes(held.getvalue())
        print(f"{name}.png {held.tell():,} bytes, {colours} colours", flush=True)


def shown(camera: Camera, page: Page, address: str, name: str) -> None:
    """Open an address and keep it."""
    answer = page.goto(address)
    if answer is None or answer.status != 200:
        raise SystemExit(f"{address}: {answer and answer.status}")
    camera.take(page, name)


def preparer(camera: Camera) -> None:
    """经办: workbench, grid, report, performance; hands in the budget and prepares a publication."""
    with camera.person("jing") as page:
        page.goto("/workbench/")
        page.locator(".plot-paid").first.wait_for()
        camera.take(page, "workbench")
        shown(camera, page, f"{YEAR}budget/grid/budget_lines/?stage=one_up", "grid")
        shown(camera, page, f"{YEAR}report/budget/", "report")
        shown(camera, page, f"{YEAR}performance/", "performance")
        shown(camera, page, f"{YEAR}performance/scores/", "scores")
        page.goto(YEAR)
        page.get_by_role("button", name="报送", exact=True).click()
        page.get_by_role("dialog").get_by_role("button", name="确定：报送").click()
        page.goto(DISCLOSURE)
        page.get_by_label("材料").select_option("部门预算")
        page.get_by_role("button", name="开始准备").click()
        page.locator("progress").first.wait_for()  # goes on while the other pictures are taken


def head(camera: Camera) -> None:
    """单位负责人: the year with what waits, and the dialog of a decision."""
    with camera.person("zhang") as page:
        page.goto(YEAR)
        page.get_by_role("button", name="同意", exact=True).click()
        camera.take(page, "approve")


def planning(camera: Camera) -> None:
    """规划财务处: execution, purchases, adjustments."""
    with camera.person("gui") as page:
        shown(camera, page, f"{YEAR}execution/", "execution")
        shown(camera, page, f"{YEAR}execution/purchases/", "purchases")
        shown(camera, page, f"{YEAR}budget/stages/", "stages")


def leader(camera: Camera) -> None:
    """局领导: the draft that waits to be certified, and certifying it."""
    with camera.person("ju") as page:
        page.goto(DISCLOSURE)
        end = time.monotonic() + PATIENCE
        while not page.locator("a[href*='/disclosure/drafts/']").count():
            if time.monotonic() > end:
                raise TimeoutError("no draft was prepared")
            page.wait_for_timeout(2000)
            page.reload()
        page.locator("a[href*='/disclosure/drafts/']").first.click()
        camera.take(page, "certify")
        page.get_by_role("button", name="签发并公开").click()
        page.get_by_text("全部一致").wait_for()


def outsiders(camera: Camera) -> None:
    """财政部门, 外部评价人, 审计人员: what they read."""
    with camera.person("cai") as page:
        shown(camera, page, f"{YEAR}tables/accounts/", "tables")
    with camera.person("ping") as page:
        shown(camera, page, f"{YEAR}performance/whole/", "whole")
    with camera.person("shen") as page:
        page.goto(f"{YEAR}tables/budget/")
        page.locator("main table a").first.click()
        page.locator("#drawer .pairs").first.wait_for()
        camera.take(page, "source")


def administrators(camera: Camera) -> None:
    """三员: people, rights, the log."""
    with camera.person("xitong") as page:
        shown(camera, page, "/manage/people/", "people")
    with camera.person("anquan") as page:
        shown(camera, page, "/manage/roles/", "roles")
    with camera.person("shenji") as page:
        shown(camera, page, "/manage/log/", "log")


def public(camera: Camera) -> None:
    """公众: the public site."""
    with camera.person() as page:
        shown(camera, page, "/site/", "site")
        page.locator("a[href^='/site/papers/']").first.click()
        camera.take(page, "paper")


STEPS: tuple[Callable[[Camera], None], ...] = (
    preparer, head, planning, outsiders, administrators, leader, public,
)  # fmt: skip


def main() -> None:
    """Take the pictures; what failed is named at the end."""
    import shutil

    from playwright.sync_api import sync_playwright

    flags = [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
    ]
    failed = []
    with served.loaded(examples=(DEMO,)) as env, sync_playwright() as playwright:
        served.program(env | {"PYTHONPATH": str(REPOSITORY)}, BEGIN)
        with served.server(env) as address:
            browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=flags)
            camera = Camera(browser, address, sys.argv[1:])
            for step in STEPS:
                try:
                    step(camera)
                except (Exception, SystemExit) as error:
                    failed.append(f"{step.__name__}: {error}")
            browser.close()
    if failed:
        raise SystemExit("\n".join(failed))


if __name__ == "__main__":
    main()
