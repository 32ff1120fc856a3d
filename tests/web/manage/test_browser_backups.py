"""Making, proving, taking away and deleting a back-up in a real browser, with the real worker (备份)."""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.sync_api import expect
from tests.web.conftest import looked_at
from tests.web.served import PASSWORD, PEOPLE

if TYPE_CHECKING:
    from playwright.sync_api import Page

MINUTES = 180_000


def test_a_back_up_from_its_making_to_its_end(
    page: Page, enter: Callable[[str], Page], tmp_path: Path
) -> None:
    enter("xitong")
    page.goto("/manage/")
    page.click("nav >> text=备份")
    looked_at(page, "manage-backups-none")
    page.click("text=现在备份")
    page.wait_for_selector("text=打开备份", timeout=MINUTES)
    looked_at(page, "manage-backup-made")
    page.click("text=打开备份")
    looked_at(page, "manage-backup")
    page.fill("input[name=password]", PASSWORD)
    with page.expect_download() as download:
        page.click("main button:text-is('下载')")
    target = tmp_path / "saved.zip"
    download.value.save_as(target)
    assert re.fullmatch(r"yiheng-\d{8}-\d{6}\.zip", download.value.suggested_filename)
    with zipfile.ZipFile(target) as archive:
        said = json.loads(archive.read("manifest.json"))
    assert said["tables"]["people.user.jsonl"]["rows"] == len(PEOPLE) + 3
    assert not [name for name in said["files"] if name.startswith("backups/")]
    page.click("main button:text-is('核对')")
    page.wait_for_selector("text=全部相符", timeout=MINUTES)
    page.goto("/manage/backups/")
    expect(page.locator("main table")).to_contain_text("完好")
    looked_at(page, "manage-backups")
    page.click("main table a >> nth=0")
    page.click("summary:text-is('删除备份')")
    page.click("button:has-text('确定')")
    expect(page.locator("#messages")).to_contain_text("已删除备份")
    expect(page.locator("main")).to_contain_text("还没有备份")
