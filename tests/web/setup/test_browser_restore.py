"""A new installation that begins with the back-up of another one, in a real browser (从备份恢复)."""

from __future__ import annotations

import re
import shutil
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect
from tests.web import served
from tests.web.conftest import looked_at

if TYPE_CHECKING:
    from playwright.sync_api import Page

MINUTES = 120_000
_homes: dict[str, dict[str, str]] = {}


def keyless(env: dict[str, str]) -> dict[str, str]:
    """An environment in which the signing key lies in the data folder, as it does for most."""
    return {name: value for name, value in env.items() if name != "YIHENG_SECRET_KEY"}


@pytest.fixture(scope="module")
def saved() -> Iterator[Path]:
    """The back-up of an installation in use, with its key."""
    with served.loaded() as env, tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "saved.zip"
        served.command(keyless(env), "backup", path)
        yield path


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    """The application before its first start, with nothing in it."""
    folder = Path(tempfile.mkdtemp(prefix="yiheng-empty-"))
    try:
        with served.database(folder, empty=True) as env, served.server(keyless(env)) as address:
            _homes[address] = keyless(env)
            yield address
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def spoilt(path: Path, target: Path) -> Path:
    """The back-up with one row less in a table."""
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(target, "w") as to:
        for name in source.namelist():
            data = source.read(name)
            to.writestr(name, data[:-10] if name == "tables/people.user.jsonl" else data)
    return target


def test_from_an_empty_installation_to_the_first_log_in(
    page: Page, site: str, saved: Path, tmp_path: Path
) -> None:
    env = _homes[site]
    home = Path(env["YIHENG_HOME"])
    code = re.search(r"一次性设置码：(\S+)", (home / "serve.log").read_text(encoding="utf-8"))
    assert code
    page.goto("/setup/")
    page.fill("input[name=code]", code[1])
    page.click("main button[type=submit]")
    page.click("text=从备份恢复")
    looked_at(page, "setup-restore")
    page.set_input_files("input[name=backup]", spoilt(saved, tmp_path / "spoilt.zip"))
    page.click("text=上传并恢复")
    page.wait_for_selector("text=没有恢复任何内容", timeout=MINUTES)
    said = page.inner_text("main")
    assert "spoilt.zip 已损坏" in said and "people.user.jsonl" in said and str(home) not in said
    looked_at(page, "setup-restore-refused")
    page.click("a:text-is('换一个备份文件')")
    page.set_input_files("input[name=backup]", saved)
    page.click("text=上传并恢复")
    page.wait_for_selector("text=去登录", timeout=MINUTES)
    expect(page.locator("main")).to_contain_text("核验通过")
    looked_at(page, "setup-restored")
    with zipfile.ZipFile(saved) as archive:
        assert (home / "secret-key").read_bytes() == archive.read("files/secret-key")
    assert not list((home / ".restore").glob("*/backup.zip"))

    page.click("text=去登录")
    page.fill("input[name=username]", "shenji")
    page.fill("input[name=password]", served.PASSWORD)
    page.click("main button[type=submit]")
    page.goto("/manage/log/?action=restore")
    expect(page.locator("main table")).to_contain_text("首次设置")
    # What another process reads in the session was signed with the key of the back-up.
    session = "from django.contrib.sessions.models import Session\n"
    session += "print([found.get_decoded() for found in Session.objects.all()])"
    assert "_auth_user_id" in served.program(env, session)
    assert page.request.get("/setup/").status == 404
    assert page.request.get("/ready").status == 200
