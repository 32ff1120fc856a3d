"""Reviewing a PDF and publishing a year in real Chromium, with a real worker beside the server (审校、公开)."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect
from tests.web.conftest import looked_at

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

Enter = Callable[[str], "Page"]
PATIENCE = 180_000
"""Milliseconds for a job on a machine that does other work as well."""


@pytest.fixture
def paper(browser: Browser, repository: Path, tmp_path: Path) -> Path:
    """The sample with its planted error as a PDF."""
    printer = browser.new_page()
    printer.goto((repository / "docs" / "guide" / "files" / "决算公开示例.html").as_uri())
    path = tmp_path / "决算公开示例.pdf"
    path.write_bytes(printer.pdf(format="A4"))
    printer.close()
    return path


def test_a_pdf_is_dropped_reviewed_and_decided_on(enter: Enter, paper: Path) -> None:
    page = enter("jing")
    page.goto("/review/")
    looked_at(page, "review-empty")
    page.set_input_files("input[name=documents]", paper)
    page.get_by_role("button", name="上传并审校").click()
    page.get_by_role("link", name="决算公开示例.pdf").wait_for(timeout=PATIENCE)
    looked_at(page, "job-done")
    page.get_by_role("link", name="决算公开示例.pdf").click()
    planted = page.locator("article", has_text="36.60%").filter(has_text="33.60%").first
    assert planted.locator("svg rect.frame").count() >= 1
    assert planted.locator("svg image").evaluate(
        "async image => (await fetch(image.href.baseVal)).headers.get('content-type')"
    ) == "image/png"  # fmt: skip
    planted.get_by_label("裁定").select_option("不是问题")
    planted.get_by_role("button", name="保存").click()
    planted.get_by_text("要写明理由").wait_for()
    planted.get_by_label("理由").fill("尾差")
    planted.get_by_role("button", name="保存").click()
    planted.get_by_text("已保存").wait_for()
    looked_at(page, "review-document")
    page.get_by_role("search").get_by_label("裁定").select_option("不是问题")
    page.get_by_role("button", name="筛选").click()
    expect(page.locator("article")).to_have_count(1)
    with page.expect_download() as marked:
        page.get_by_role("link", name="批注 PDF").click()
    assert Path(marked.value.path()).read_bytes().startswith(b"%PDF")
    page.goto("/review/")
    looked_at(page, "review-list")


def test_a_year_is_prepared_and_certified_by_two_persons(enter: Enter) -> None:
    page = enter("jing")
    page.goto("/years/demo/2024/disclosure/")
    looked_at(page, "disclosure-empty")
    page.get_by_label("材料").select_option("部门预算")
    page.get_by_role("button", name="开始准备").click()
    page.locator("progress").first.wait_for()
    looked_at(page, "job-running")
    page.get_by_role("link", name="打开公开页").click(timeout=PATIENCE)
    page.locator(".list-group a").first.click()
    looked_at(page, "disclosure-draft-own")
    draft = page.url
    page.context.clear_cookies()
    enter("zhang")
    page.goto(draft)
    looked_at(page, "disclosure-draft")
    page.get_by_role("button", name="签发并公开").click()
    page.get_by_text("全部一致").wait_for()
    looked_at(page, "disclosure-version")
    page.goto("/years/demo/2024/disclosure/")
    looked_at(page, "disclosure-home")
    page.goto("/jobs/")
    page.context.clear_cookies()
    enter("jing")
    page.goto("/jobs/")
    looked_at(page, "jobs-list")
