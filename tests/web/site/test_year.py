"""The page of one year over all units: every paper of the year with its main figures, each leading to its place."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable
from decimal import Decimal

import pytest
from django.test import Client

from yiheng.casework.models import Publication
from yiheng.casework.operations import enqueue
from yiheng.casework.operations.publications import certify, prepared
from yiheng.casework.operations.withdrawals import ask, sign
from yiheng.people.models import User
from yiheng.reporting import manifest

FIGURES = {
    "收入支出决算总表": ("收入/本年收入合计", "决算数"),
    "一般公共预算财政拨款“三公”经费支出决算表": ("全部", "决算数/合计"),
}
"""Where two of the main figures of accounts stand (policy `headline.accounts`)."""
COLUMNS = ("table", "block", "row", "row_label", "code", "column", "value", "printed", "unit", "address")


@pytest.fixture
def small_paper(bureau: None) -> Callable[..., Publication]:
    """Certify a paper of a few cells, written by hand in the form of the open data."""

    def made(unit: str, *printed: str, year: int = 2024, kind: str = "accounts") -> Publication:
        jing, zhang = (User.objects.get(username=name) for name in ("jing", "zhang"))
        job = enqueue("prepare", {}, by=jing, title="准备")
        folder = job.folder / "package" / unit
        for part in ("site", "data/tables"):
            (folder / part).mkdir(parents=True)
        resources, links = [], []
        for number, (amount, (title, (row, column))) in enumerate(
            zip(printed, FIGURES.items(), strict=False)
        ):
            resources.append({"path": f"tables/t{number}.csv", "title": f"表{number} {title}"})
            address = f"表{number}[{row}, {column}]"
            yuan = str(Decimal(amount) * 10_000)
            cell = (f"t{number}", "", row, row, "", column, yuan, amount, "万元", address)
            with (folder / f"data/tables/t{number}.csv").open("w", encoding="utf-8", newline="") as file:
                csv.writer(file).writerows((COLUMNS, cell))
            links.append(f'<a id="n{number}" href="sources.html" title="{address}">{amount}</a>')
        described = {"title": "公开材料", "synthetic": True, "resources": resources}
        (folder / "data/datapackage.json").write_text(json.dumps(described), encoding="utf-8")
        (folder / "site/index.html").write_text("".join(links), encoding="utf-8")
        manifest.write(folder)
        draft = prepared(
            job, unit=unit, year=year, kind=kind, title=f"{unit} {year} 材料", folder=f"package/{unit}",
            checks={}, basis={}, ledger_state=0,
        )  # fmt: skip
        type(job).objects.filter(pk=job.pk).update(state="done")
        return certify(draft, by=zhang)

    return made


def _page(client: Client, address: str = "/site/years/2024/") -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_year_shows_its_papers_by_unit_and_each_figure_leads_to_its_place(
    small_paper: Callable[..., Publication], client: Client
) -> None:
    whole = small_paper("demo", "900.00", "5.25")
    assert "<svg" not in _page(client), "one unit is no comparison"
    bureau = small_paper("demo-main", "700.00")
    small_paper("demo", "811.00", year=2023)
    page = _page(client)
    for version, place, printed in (
        (whole, "n0", "900.00"), (whole, "n1", "5.25"), (bureau, "n0", "700.00"),
    ):  # fmt: skip
        assert f'<a href="/site/files/{version.pk}/site/index.html#{place}">{printed}</a>' in page
    assert page.count("没有公开") == 1, "the bureau's paper prints no 三公: that is not zero"
    assert page.count("<svg") == 1 and "2024 年各单位本年收入" in page
    assert [int(found) for found in re.findall(r"/site/papers/[^/]+/(\d+)/accounts/", page)] == [2024, 2024]
    assert "811.00" not in page and 'href="/site/years/2023/"' in page
    assert "<script>" not in page and " style=" not in page
    for address in ("/site/", "/site/units/demo/", "/site/compare/?kind=accounts"):
        assert 'href="/site/years/2024/"' in _page(client, address), address


def test_a_paper_without_main_figures_is_listed_all_the_same(
    small_paper: Callable[..., Publication], client: Client
) -> None:
    small_paper("demo", kind="performance")
    page = _page(client)
    assert "/site/papers/demo/2024/performance/" in page and "<svg" not in page


def test_what_was_withdrawn_is_not_on_the_page_of_its_year(
    small_paper: Callable[..., Publication], client: Client
) -> None:
    version = small_paper("demo", "900.00")
    small_paper("demo-main", "700.00")
    assert "900.00" in _page(client)
    jing, zhang = (User.objects.get(username=name) for name in ("jing", "zhang"))
    sign(ask(version, by=jing, reason="附件含个人信息"), by=zhang)
    page = _page(client)
    assert "700.00" in page and "900.00" not in page and "/site/papers/demo/2024" not in page


@pytest.mark.parametrize("year", ["2024", "0", "99999999999999999999"])
def test_a_year_without_papers_is_not_found(bureau: None, client: Client, year: str) -> None:
    assert client.get(f"/site/years/{year}/").status_code == 404


def test_who_is_signed_in_is_told_by_name_that_there_is_no_such_year(
    sign_in: Callable[[str], Client],
) -> None:
    answer = sign_in("jing").get("/site/years/1999/")
    assert answer.status_code == 404 and "经办甲（虚构）" in answer.content.decode()
