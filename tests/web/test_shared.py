"""A page that was made for somebody else is the page that one would have got anew (同权同页)."""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable, Iterator

import pytest
from django.test import Client

from yiheng.casework.models import Job
from yiheng.casework.operations import cycles, enqueue, remarks, reviews
from yiheng.ledger import operations, queries
from yiheng.ledger.edits import Edit
from yiheng.people.models import User
from yiheng.web import shared

YEAR = "/years/demo/2024/"
BUDGET = f"{YEAR}budget/"
GRID = f"{BUDGET}grid/budget_lines/"
PAGES = (
    "/years/", YEAR, f"{YEAR}execution/", f"{YEAR}execution/?by=function", f"{YEAR}performance/",
    f"{YEAR}tables/budget/", f"{YEAR}tables/accounts/", "/manage/policy/", "/manage/policy/?text=预算法", "/site/",
    "/workbench/", f"{YEAR}disclosure/", f"{YEAR}report/accounts/", f"{YEAR}report/budget/", "/review/", "/jobs/",
    BUDGET, f"{BUDGET}?words=医保", f"{BUDGET}?view=tree", f"{GRID}?stage=one_up", f"{GRID}?stage=approved",
    f"{BUDGET}grid/projects/", f"{BUDGET}grid/indicators/",
)  # fmt: skip
PEOPLE = ("jing", "zhang", "gui", "ju", "cai", "shen")
SignIn = Callable[[str], Client]


@pytest.fixture(autouse=True)
def _nothing_made() -> Iterator[None]:
    yield from _forgotten()


def _forgotten() -> Iterator[None]:
    shared._pages.clear()
    shared._results.clear()
    shared._parts.clear()
    shared._holes.clear()
    yield


def forget() -> None:
    next(_forgotten())


def text(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code in (200, 403, 404), answer.status_code
    return re.sub(r'csrfmiddlewaretoken" value="\w+"', "", answer.content.decode())


@pytest.fixture
def year(bureau: None) -> None:
    """The synthetic year with its cycle open, a comment, a draft being prepared and a document that was reviewed."""
    jing = User.objects.get(username="jing")
    one = {"subject": "demo-2024-accounts", "unit": "demo", "work": "disclosure"}
    enqueue("prepare", {"unit": "demo", "year": 2024, "kind": "accounts"}, by=jing, title="准备公开稿", **one)
    done = enqueue("audit", {}, by=jing, title="审校", unit="demo", work="review")
    reviews.reviewed(
        done, [{"name": "别人的决算.pdf", "folder": "1", "sha256": "0" * 64, "identity": "决算"}]
    )
    cycles.open_cycle("demo", 2024, by=jing)
    place = {"work": "budget", "sheet": "支出预算", "row": "x", "column": "金额"}
    remarks.comment("demo", 2024, **place, text="请核对", by=User.objects.get(username="gui"))


@pytest.mark.parametrize("path", PAGES)
def test_it_is_the_page_that_one_would_have_got(year: None, sign_in: SignIn, path: str) -> None:
    clients = {name: sign_in(name) for name in PEOPLE}
    anew = {}
    for name, client in clients.items():
        forget()
        anew[name] = text(client, path)
    forget()
    for name in (*PEOPLE, *reversed(PEOPLE)):
        assert text(clients[name], path) == anew[name], name


def test_it_is_made_once_for_two_of_the_same_post(year: None, sign_in: SignIn) -> None:
    from yiheng.people.models import Post

    second = User.objects.create(username="jing2", name="经办乙<虚构>", password="!")
    Post.objects.create(user=second, role="preparer", unit="demo")
    first, other = text(sign_in("jing"), f"{YEAR}execution/"), text(sign_in("jing2"), f"{YEAR}execution/")
    assert len(shared._pages) == 1
    assert "经办甲（虚构）" in first and "经办甲" not in other
    assert "经办乙&lt;虚构&gt;" in other
    assert shared.NAME_MARK not in other and shared.TOKEN_MARK not in other


def test_each_reader_has_a_form_token_of_their_own(year: None, sign_in: SignIn) -> None:
    tokens = set()
    for name in ("jing", "gui", "jing"):
        found = sign_in(name).get(f"{YEAR}execution/").content.decode()
        tokens |= set(re.findall(r'csrfmiddlewaretoken" value="(\w{64})"', found))
    assert len(tokens) == 3


def test_what_is_written_is_on_the_next_page(year: None, sign_in: SignIn) -> None:
    client = sign_in("jing")
    before = text(client, f"{YEAR}tables/budget/")
    line, version = next(
        (row, version)
        for row, version in queries.sheet_rows("budget_lines", ["demo-main"], 2024, "approved")
        if isinstance(row.values.get("amount"), int)
    )
    amount = line.values["amount"]
    assert isinstance(amount, int)
    edit = Edit("budget_lines", line.key, version, {"amount": amount + 10_000})
    operations.edit([edit], actor="甲")
    assert text(client, f"{YEAR}tables/budget/") != before


def test_a_comment_is_on_the_page_of_the_year_at_once(year: None, sign_in: SignIn) -> None:
    client = sign_in("jing")
    assert "请核对" in text(client, YEAR)
    place = {"work": "budget", "sheet": "支出预算", "row": "y", "column": "金额"}
    remarks.comment("demo", 2024, **place, text="另一处<b>", by=User.objects.get(username="gui"))
    assert "另一处&lt;b&gt;" in text(client, YEAR)


def test_who_handed_in_sees_that_they_may_take_it_back_and_their_colleague_does_not(
    year: None, sign_in: SignIn
) -> None:
    from yiheng.casework.operations import approvals
    from yiheng.casework.queries import cycle_view
    from yiheng.people.models import Post

    second = User.objects.create(username="jing2", name="经办乙（虚构）", password="!")
    Post.objects.create(user=second, role="preparer", unit="demo")
    other, own = sign_in("jing2"), sign_in("jing")
    text(other, YEAR)
    user = User.objects.get(username="jing")
    view = cycle_view(user, "demo", 2024)
    assert view is not None
    step = next(step for step in view.steps if "submit" in step.actions)
    approvals.submit(step.step, by=user)
    assert "撤回" in text(own, YEAR)
    assert "撤回" not in text(other, YEAR)


def test_progress_of_a_job_is_on_both_pages_that_show_it_though_it_is_not_logged(
    year: None, sign_in: SignIn
) -> None:
    client = sign_in("jing")
    assert "排队" in text(client, "/jobs/") and "排队" in text(client, f"{YEAR}disclosure/")
    Job.objects.filter(kind="prepare").update(
        state="running", step="生成报表", done=1, total=4, holder="x", heartbeat="2024-01-01T00:00Z"
    )
    assert "生成报表" in text(client, "/jobs/") and "25%" in text(client, "/jobs/")
    assert "进行中" in text(client, f"{YEAR}disclosure/")
    Job.objects.filter(kind="prepare").update(state="failed", holder="")
    assert "准备公开稿：" not in text(client, f"{YEAR}disclosure/")
    one = {"subject": "demo-2024-budget", "unit": "demo", "work": "disclosure"}
    enqueue("prepare", {}, by=User.objects.get(username="jing"), title="再准备一稿", **one)
    assert "再准备一稿" in text(client, "/jobs/") and "再准备一稿" in text(client, f"{YEAR}disclosure/")


def test_a_job_that_begins_or_ends_lets_all_pages_stand(year: None, sign_in: SignIn) -> None:
    client = sign_in("jing")
    text(client, f"{YEAR}execution/")
    (made,) = shared._pages._kept.values()
    enqueue("audit", {}, by=User.objects.get(username="jing"), title="又一次审校")
    text(client, f"{YEAR}execution/")
    assert list(shared._pages._kept.values()) == [made]


def test_a_document_is_on_the_list_of_its_uploader_and_of_the_units_colleagues_alone(
    year: None, sign_in: SignIn
) -> None:
    shown = {name: "别人的决算.pdf" in text(sign_in(name), "/review/") for name in ("jing", "gui", "wai")}
    assert shown == {"jing": True, "gui": True, "wai": False}


def test_a_decision_on_a_finding_is_on_the_list_at_once(year: None, sign_in: SignIn) -> None:
    from yiheng.casework.models import ReviewedDocument

    client = sign_in("jing")
    before = text(client, "/review/")
    reviews.decide(ReviewedDocument.objects.get(), "x", "confirmed", "", by=User.objects.get(username="jing"))
    assert text(client, "/review/") != before


def test_a_comment_is_counted_on_the_workbench_at_once(year: None, sign_in: SignIn) -> None:
    client = sign_in("jing")
    assert "处理 1 条批注" in text(client, "/workbench/")
    place = {"work": "budget", "sheet": "支出预算", "row": "y", "column": "金额"}
    remarks.comment("demo", 2024, **place, text="另一处", by=User.objects.get(username="gui"))
    assert "处理 2 条批注" in text(client, "/workbench/")


def test_what_is_written_in_a_report_is_in_it_at_once(year: None, sign_in: SignIn) -> None:
    client = sign_in("jing")
    before = text(client, f"{YEAR}report/accounts/")
    row, version = next(
        (row, version)
        for row, version in queries.sheet_rows("texts", ["demo-main", "demo"], 2024)
        if row.values.get("text")
    )
    operations.edit([Edit("texts", row.key, version, {"text": "改写过的一段话。"})], actor="甲")
    after = text(client, f"{YEAR}report/accounts/") + text(client, f"{YEAR}report/budget/")
    assert "改写过的一段话。" in after and "改写过的一段话。" not in before


def test_a_draft_is_in_the_grid_and_the_library_at_once_and_leaves_the_published_tables(
    year: None, sign_in: SignIn
) -> None:
    client = sign_in("jing")
    pages = (f"{GRID}?stage=one_up", BUDGET, f"{BUDGET}?view=tree", f"{BUDGET}grid/projects/")
    grid, published = text(client, pages[0]), text(client, f"{YEAR}tables/budget/")
    units = ["demo", "demo-main", "demo-centre"]
    rows = queries.sheet_rows("budget_lines", units, 2024, "one_up")[:100]
    line, version = next((row, version) for row, version in rows if row.text("project"))
    operations.edit([Edit("budget_lines", line.key, version, {"amount": 123_456_789})], actor="甲")
    assert "1234567.89" not in grid and "1234567.89" in text(client, pages[0])
    assert text(client, f"{YEAR}tables/budget/") == published
    named = line.text("project")
    renamed = Edit("projects", named, version_of("projects", named), {"name": "改名的项目"})
    operations.edit([renamed], actor="甲")
    for path in pages:
        assert "改名的项目" in text(client, path), path


def test_a_project_of_drafts_alone_is_in_the_library_with_its_sum(year: None, sign_in: SignIn) -> None:
    client = sign_in("jing")
    new = {"name": "只有草稿的项目", "department": "demo", "year": 2024}
    operations.edit([Edit("projects", "draft-only", 0, new)], actor="甲")
    assert "只有草稿的项目" in text(client, BUDGET) and "1,234.57" not in text(client, BUDGET)
    line = {"unit": "demo-main", "year": 2024, "stage": "one_up", "view": "joint", "function": "2101501"}
    amount = {"project": "draft-only", "amount": 1_234_567_000}
    operations.edit([Edit("budget_lines", "new-draft", 0, {**line, **amount})], actor="甲")
    assert "1,234.57" in text(client, BUDGET)


def version_of(sheet: str, key: str) -> int:
    found = queries.sheet_rows(sheet, ["demo", "demo-main", "demo-centre"], 2024)
    return next(version for row, version in found if row.key == key)


def test_the_grid_is_for_looking_as_soon_as_its_stage_was_handed_in(year: None, sign_in: SignIn) -> None:
    from yiheng.casework.operations import approvals
    from yiheng.casework.queries import cycle_view

    client = sign_in("jing")
    assert "只能查看" not in text(client, f"{GRID}?stage=one_up")
    assert "在表格里填写项目" in text(client, BUDGET)
    user = User.objects.get(username="jing")
    view = cycle_view(user, "demo", 2024)
    assert view is not None
    approvals.submit(next(each for each in view.steps if "submit" in each.actions).step, by=user)
    assert "只能查看" in text(client, f"{GRID}?stage=one_up")
    assert "在表格里填写项目" not in text(client, BUDGET)


@pytest.mark.parametrize(
    "path", ["/workbench/", YEAR, "/jobs/", f"{GRID}?stage=one_up", f"{YEAR}report/accounts/"]
)
def test_what_is_compressed_is_the_same_page_for_each_reader(year: None, sign_in: SignIn, path: str) -> None:
    for name in ("jing", "gui", "jing"):
        client = sign_in(name)
        first, again = (client.get(path, headers={"Accept-Encoding": "gzip, br"}) for _ in range(2))
        for answer in (first, again):
            assert answer.headers["Content-Encoding"] == "gzip"
            assert "Accept-Encoding" in answer.headers["Vary"]
            assert int(answer.headers["Content-Length"]) == len(answer.content)
            page = re.sub(r'csrfmiddlewaretoken" value="\w+"', "", gzip.decompress(answer.content).decode())
            assert page == text(client, path)
        assert "Content-Encoding" not in client.get(path, headers={"Accept-Encoding": "br"}).headers
