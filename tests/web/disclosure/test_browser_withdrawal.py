"""Taking a version from the public site in a real browser: asked for, signed by another person, told to visitors."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect
from tests.web import served
from tests.web.conftest import looked_at

if TYPE_CHECKING:
    from playwright.sync_api import Page

MADE = """
from yiheng.casework.operations import enqueue
from yiheng.casework.operations.publications import certify, prepared
from yiheng.people.models import User
from yiheng.reporting import manifest
jing, zhang = (User.objects.get(username=name) for name in ("jing", "zhang"))
job = enqueue("prepare", {}, by=jing, title="准备")
folder = job.folder / "package" / "demo"
folder.mkdir(parents=True)
(folder / "disclosure.pdf").write_text("x")
manifest.write(folder)
paper = dict(unit="demo", year=2024, kind="budget", title="示例市医疗保障局2024年度部门预算")
draft = prepared(job, **paper, folder="package/demo", checks={}, basis={}, ledger_state=0)
type(job).objects.filter(pk=job.pk).update(state="done")
print(certify(draft, by=zhang).pk)
"""


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    """The application with one small certified paper."""
    with served.loaded() as env:
        served.program(env, MADE)
        with served.server(env) as address:
            yield address


def test_a_version_is_withdrawn(page: Page, enter: Callable[[str], Page]) -> None:
    enter("jing")
    page.goto("/years/demo/2024/disclosure/")
    page.click("main table a >> nth=0")
    version = page.url
    page.click("summary:text-is('申请撤下')")
    looked_at(page, "withdrawal-ask")
    page.fill("textarea[name=reason]", "附件含个人信息")
    page.click("button:text-is('申请撤下')")
    expect(page.locator("#messages")).to_contain_text("等待另一人签发")
    page.click("text=退出")
    enter("zhang")
    page.goto("/workbench/")
    page.click("text=签发撤下")
    assert page.url == version
    looked_at(page, "withdrawal-sign")
    page.click("button:text-is('签发撤下')")
    expect(page.locator("#messages")).to_contain_text("已撤下")
    looked_at(page, "withdrawal-done")
    page.click("text=退出")
    page.goto("/site/units/demo/")
    looked_at(page, "withdrawal-unit")
    gone = page.request.get("/site/papers/demo/2024/budget/")
    assert gone.status == 410 and "附件含个人信息" in gone.text()
    # A browser reports the status 410 as an error of its console, so the page is looked at under another one.
    page.route("**/site/papers/**", lambda route: route.fulfill(response=route.fetch(), status=200))
    page.goto("/site/papers/demo/2024/budget/")
    looked_at(page, "withdrawal-gone")
    page.goto("/site/corrections/")
    expect(page.locator("main table")).to_contain_text("附件含个人信息")
    looked_at(page, "withdrawal-corrections")
