"""The interface for other systems: tokens, rights, pages, ETags, and answers that name what is wrong."""

from __future__ import annotations

import datetime as dt
import errno
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError
from django.test import Client
from django.utils import timezone
from tests.pipelines.packages import UNITS, workbook
from tests.web.working import work

from yiheng.people import tokens
from yiheng.people.models import ApiToken, User
from yiheng.people.operations import PeopleError

ROOT = "/api/v1"
ALL = ("budget", "execution", "accounts", "performance", "disclosure", "review")
TABLE = f"{ROOT}/years/demo/2024/accounts/tables"

Ask = Callable[..., Any]


@pytest.fixture
def ask(bureau: None) -> Ask:
    """GET (or another method) as one of the people with a token of the given right and kinds of work."""

    def asked(
        path: str,
        who: str = "jing",
        right: str = "read",
        works: tuple[str, ...] = ALL,
        method: str = "get",
        **more: Any,
    ) -> Any:
        _, text = tokens.issue(
            User.objects.get(username=who), label="测试", right=right, works=works, days=30
        )
        headers = {"Authorization": f"Bearer {text}", **more.pop("headers", {})}
        return getattr(Client(), method)(
            f"{ROOT}{path}" if not path.startswith(ROOT) else path, headers=headers, **more
        )

    return asked


def test_without_a_token_nothing_is_told(bureau: None) -> None:
    for headers in ({}, {"Authorization": "Bearer yh_wrong"}, {"Authorization": "Basic abc"}):
        answer = Client().get(f"{ROOT}/units", headers=headers)
        assert answer.status_code == 401 and "令牌" in answer.json()["message"]


def test_a_token_names_its_owner(ask: Ask) -> None:
    found = ask("/me").json()
    assert (found["username"], found["right"], set(found["works"])) == ("jing", "read", set(ALL))


def test_units_and_years_reach_as_far_as_the_owner(ask: Ask) -> None:
    assert {u["key"] for u in ask("/units").json()["items"]} == {"demo", "demo-main", "demo-centre"}
    assert {(y["unit"], y["kind"]) for y in ask("/years").json()["items"]} == {
        ("demo", "budget"),
        ("demo", "accounts"),
    }
    assert [y["kind"] for y in ask("/years", works=("budget",)).json()["items"]] == ["budget"]
    assert ask("/years?unit=demo&year=1999").json() == {"count": 0, "next_offset": None, "items": []}


def test_a_table_has_the_cells_of_the_paper(ask: Ask) -> None:
    """The synthetic bureau's printed total of spending: its payments of 2024 add up to it."""
    codes = [t["code"] for t in ask("/years/demo/2024/accounts/tables").json()["items"]]
    assert "公开03表" in codes
    cells = ask(f"{TABLE}/公开03表?limit=500").json()
    total = next(c for c in cells["items"] if c["address"].startswith("公开03表[合计"))
    from yiheng.web import papers

    paper = papers.assembled("demo", 2024, "accounts", "public").paper
    table = next(t for t in paper.tables if t.code == "公开03表")
    same = next(ref for ref in table.money_cells() if ref.address == total["address"])
    assert total["printed"] == same.cell.text and total["fen"] == same.cell.amount.fen > 0  # type: ignore[union-attr]
    assert cells["count"] == sum(1 for _ in table.money_cells())


def test_long_lists_come_in_pages(ask: Ask) -> None:
    first = ask(f"{TABLE}/公开03表?limit=2").json()
    second = ask(f"{TABLE}/公开03表?limit=2&offset={first['next_offset']}").json()
    assert len(first["items"]) == 2 and first["next_offset"] == 2
    assert first["items"] != second["items"] and first["count"] == second["count"]
    assert ask(f"{TABLE}/公开03表?limit=0").status_code == 422
    assert ask(f"{TABLE}/公开03表?limit=100000").status_code == 422


def test_what_the_caller_has_is_not_sent_again(ask: Ask) -> None:
    first = ask(f"{TABLE}/公开03表")
    again = ask(f"{TABLE}/公开03表", headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 304 and again.content == b"" and again["ETag"] == first["ETag"]
    assert ask(f"{TABLE}/公开03表?limit=1", headers={"If-None-Match": first["ETag"]}).status_code == 200


def test_a_figure_answers_from_where(ask: Ask) -> None:
    address = ask(f"{TABLE}/公开03表?limit=1").json()["items"][0]["address"]
    found = ask("/years/demo/2024/accounts/source", data={"cell": address}).json()
    assert found["address"] == address and found["terms"]
    assert ask("/years/demo/2024/accounts/source", data={"cell": "公开03表[没有, 没有]"}).status_code == 404


def test_checks_and_scores(ask: Ask) -> None:
    checks = ask("/years/demo/2024/accounts/checks").json()
    assert checks["counts"]["pass"] > 50 and checks["count"] >= checks["counts"]["pass"]
    assert ask("/years/demo/2024/accounts/scores").json()["projects"]


@pytest.mark.parametrize(
    ("path", "who", "works", "status"),
    [
        ("/years/demo/2024/accounts/tables", "wai", ALL, 403),  # another unit
        ("/years/demo/2024/accounts/tables", "jing", ("budget",), 403),  # another kind of work
        ("/years/demo/2024/accounts/tables", "shen", ALL, 200),  # an auditor reads
        ("/years/demo/1999/accounts/tables", "jing", ALL, 404),
        ("/years/none/2024/accounts/tables", "jing", ALL, 403),  # whether a unit is there is not told
        ("/years/demo/2024/other/tables", "jing", ALL, 422),
        ("/years/demo/2024/accounts/tables/没有", "jing", ALL, 404),
    ],
)
def test_refusals(ask: Ask, path: str, who: str, works: tuple[str, ...], status: int) -> None:
    answer = ask(path, who=who, works=works)
    assert answer.status_code == status
    assert status == 200 or answer.json()["message"]


def test_loading_needs_the_right_to_write(ask: Ask) -> None:
    def upload() -> dict[str, Any]:
        return {"files": SimpleUploadedFile("a.xlsx", b"no workbook")}

    assert ask("/loads", method="post", data=upload()).status_code == 403
    assert ask("/loads", who="shen", right="write", method="post", data=upload()).status_code == 403
    answer = ask("/loads", right="write", method="post", data=upload())
    assert answer.status_code == 422 and answer.json()["details"]


def test_a_token_loads_no_sheet_of_a_work_beyond_its_scope(ask: Ask, tmp_path: Path) -> None:
    """Its owner fills in the budget as well; the token does not."""
    path = workbook(tmp_path / "甲.xlsx", 单位=(UNITS[0], ("jia", "甲中心", "demo", "基层单位", None)))
    sent = {"files": SimpleUploadedFile("甲.xlsx", path.read_bytes())}
    job = ask("/loads", right="write", works=("performance",), method="post", data=sent).json()
    work()
    assert (
        "令牌不能填报这些工作表" in (error := ask(f"/jobs/{job['id']}").json()["error"])
        and "支出预算" in error
    )
    ask(
        "/loads",
        right="write",
        method="post",
        data={"files": SimpleUploadedFile("乙.xlsx", path.read_bytes())},
    )
    ask(
        "/loads",
        right="write",
        method="post",
        data={"files": SimpleUploadedFile("丙.xlsx", path.read_bytes())},
    )
    assert ask("/jobs?limit=1").json()["count"] == 3


def test_an_audit_is_a_job_of_its_owner(ask: Ask) -> None:
    answer = ask(
        "/audits",
        right="write",
        method="post",
        data={"files": SimpleUploadedFile("说明.txt", "部门决算".encode())},
    )
    assert answer.status_code == 202, answer.content.decode()
    job = answer.json()
    assert job["state"] == "waiting"
    assert ask(f"/jobs/{job['id']}").json()["title"] == job["title"]
    assert [each["id"] for each in ask("/jobs").json()["items"]] == [job["id"]]
    assert ask(f"/jobs/{job['id']}", who="gui").status_code == 404
    assert ask(f"/jobs/{job['id']}/cancel", method="post").status_code == 403
    assert ask(f"/jobs/{job['id']}/cancel", right="write", method="post").json()["state"] == "cancelled"


def test_a_token_ends(bureau: None) -> None:
    user = User.objects.get(username="jing")
    token, text = tokens.issue(user, label="测试", right="read", works=("budget",), days=1)
    assert tokens.find(text) == token and text not in str(vars(token))
    tokens.take_back(token, by=user)
    assert tokens.find(text) is None
    old, text = tokens.issue(user, label="测试", right="read", works=("budget",), days=1)
    ApiToken.objects.filter(pk=old.pk).update(expires_at=timezone.now() - dt.timedelta(seconds=1))
    assert tokens.find(text) is None
    _, text = tokens.issue(user, label="测试", right="read", works=("budget",), days=1)
    User.objects.filter(pk=user.pk).update(is_active=False)
    assert tokens.find(text) is None


def test_everything_wrong_with_a_token_is_told_at_once(bureau: None) -> None:
    with pytest.raises(PeopleError) as refused:
        tokens.issue(User.objects.get(username="xitong"), label=" ", right="approve", works=("x",), days=9999)
    for part in ("用途", "权限只能", "工作种类", "有效期", "管理员账号"):
        assert part in str(refused.value)


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), 507),
        (OperationalError("the database system is shutting down"), 503),
        (OSError("of nothing in particular"), 500),
    ],
)
def test_faults_of_disk_and_database_are_told_in_json(
    ask: Ask, monkeypatch: pytest.MonkeyPatch, error: Exception, status: int
) -> None:
    def fail(*given: object) -> None:
        raise error

    monkeypatch.setattr("yiheng.web.api.units.paged", fail)
    if status == 500:
        with pytest.raises(OSError, match="nothing in particular"):
            ask("/units")
        return
    answer = ask("/units")
    assert answer.status_code == status and answer.json()["message"]
    assert answer.headers.get("Retry-After") == ("5" if status == 503 else None)
