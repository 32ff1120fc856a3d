"""The first start in a real browser, with the code from the server's own terminal (首次设置)."""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect
from tests.command import DEMO, EXAMPLES
from tests.web import served
from tests.web.conftest import looked_at

if TYPE_CHECKING:
    from playwright.sync_api import Page

_homes: dict[str, Path] = {}


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    """The application before its first start: units are loaded, and there is no account."""
    folder = Path(tempfile.mkdtemp(prefix="yiheng-first-"))
    try:
        with served.database(folder) as env:
            served.command(env, "load", EXAMPLES / DEMO)
            with served.server(env) as address:
                _homes[address] = folder
                yield address
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def test_setting_up(page: Page, site: str) -> None:
    said = (_homes[site] / "serve.log").read_text(encoding="utf-8")
    code = re.search(r"一次性设置码：(\S+)", said)
    assert code, said
    page.goto("/")
    assert page.url.endswith("/setup/")
    page.fill("input[name=code]", "falsch")
    page.click("main button[type=submit]")
    looked_at(page, "setup-start")
    page.fill("input[name=code]", code[1])
    page.click("main button[type=submit]")
    expect(page.locator("main")).to_contain_text("示例市医疗保障局")
    looked_at(page, "setup-units")
    page.click("text=下一步")
    looked_at(page, "setup-calendar")
    page.click("text=下一步")
    for number, kind in enumerate(("system_admin", "security_admin", "audit_admin")):
        page.fill(f"input[name={kind}-name]", f"管理{'甲乙丙'[number]}（虚构）")
        page.fill(f"input[name={kind}-username]", f"guanli{number}")
        page.fill(f"input[name={kind}-password]", f"some-words-in-a-row-{number}")
    looked_at(page, "setup-administrators")
    page.click("main button[type=submit]")
    looked_at(page, "setup-done")
    page.click("text=去登录")
    page.fill("input[name=username]", "guanli0")
    page.fill("input[name=password]", "some-words-in-a-row-0")
    page.click("main button[type=submit]")
    page.goto("/manage/")
    expect(page.locator("main")).to_contain_text("系统管理员")
