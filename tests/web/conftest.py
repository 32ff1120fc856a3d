"""Fixtures of the web tests.

`bureau` gives Django's own test database with the examples and the people of `served`; each test's writes are
undone. `site` is the real application (`yiheng serve`) on a database of its own, `page` a real Chromium.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.test import Client
from pytest_django import DjangoDbBlocker
from tests.web import filling, served

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

PATIENCE = 90_000
"""Milliseconds that a page may take to do or show what it should: hosts stop shared machines for many seconds."""
DESKTOP, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}


@pytest.fixture(scope="module")
def _filled(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The examples and people in Django's test database, for one module; taken back at its end."""
    with django_db_blocker.unblock(), filling.filled():
        yield


@pytest.fixture
def bureau(_filled: None, db: None) -> None:
    """The examples and people in the database; what the test writes is undone."""


@pytest.fixture
def sign_in(bureau: None) -> Callable[[str], Client]:
    """A client signed in as one of the people, by log-in name."""

    def signed(username: str) -> Client:
        from yiheng.people.models import User

        client = Client()
        client.force_login(User.objects.get(username=username))
        return client

    return signed


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    """The address of the running application with the examples and the people."""
    with served.loaded() as env, served.server(env) as address:
        yield address


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A real Chromium (Debian's), ended with its module: beside its event loop Django refuses the database."""
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=PATIENCE)

    chromium = os.environ.get("YIHENG_CHROMIUM") or shutil.which("chromium")
    if not chromium and os.environ.get("CI") != "true":
        pytest.skip("no Chromium on this machine (package chromium, or YIHENG_CHROMIUM)")
    flags = [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync",
    ]  # fmt: skip
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=chromium, args=flags)
        yield found
        found.close()


@pytest.fixture
def page(browser: Browser, site: str) -> Iterator[Page]:
    """A page at 1440 px on the running application; the test fails if its console reports an error."""
    context = browser.new_context(viewport=DESKTOP, locale="zh-CN", base_url=site)
    context.set_default_timeout(PATIENCE)
    opened = context.new_page()
    complaints: list[str] = []
    opened.on("console", lambda m: complaints.append(f"{m.text} {m.location}") if m.type == "error" else None)
    opened.on("pageerror", lambda error: complaints.append(f"{error} {error.stack}"))
    yield opened
    context.close()
    assert not complaints, complaints


@pytest.fixture
def enter(page: Page) -> Callable[[str], Page]:
    """Sign in through the log-in page as one of the people."""

    def entered(username: str) -> Page:
        page.goto("/account/login/")
        page.fill("input[name=username]", username)
        page.fill("input[name=password]", served.PASSWORD)
        page.click("main button[type=submit]")
        page.wait_for_url(lambda url: "/account/login" not in url)
        return page

    return entered


def violations(page: Page) -> list[str]:
    """What axe-core finds serious or critical on the page, one line each."""
    if not page.evaluate("'axe' in window"):
        script = Path(__file__).with_name("vendor") / "axe-4.14.1.min.js"
        # The page's own policy forbids injected scripts, so the tool is evaluated in it instead.
        page.evaluate(script.read_text(encoding="utf-8"))
    # What passes is not described: on long tables that takes longer than the rules.
    found = page.evaluate("async () => (await axe.run({resultTypes: ['violations']})).violations")
    return [
        f"{v['id']}（{v['impact']}）: {v['help']}: "
        + "; ".join(" ".join(n["target"]) for n in v["nodes"][:5])
        for v in found
        if v["impact"] in ("serious", "critical")
    ]


def looked_at(page: Page, name: str) -> None:
    """Hold the page to axe's rules at both widths; outside CI keep pictures of it below `build/screens/`."""
    folder = Path(__file__).resolve().parents[2] / "build" / "screens"
    folder.mkdir(parents=True, exist_ok=True)
    page.wait_for_load_state()
    for label, size in (("1440", DESKTOP), ("390", PHONE)):
        page.set_viewport_size(size)  # type: ignore[arg-type]
        if os.environ.get("CI") != "true":
            page.screenshot(path=folder / f"{name}-{label}.png", full_page=True)
        assert not (found := violations(page)), found
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, f"{name} at {label} px is {wide} px wider than the screen"
    page.set_viewport_size(DESKTOP)  # type: ignore[arg-type]
