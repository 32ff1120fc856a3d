"""The tables on screen: the paper's own cells, the source behind each, who may look, and the files."""

import csv
import html
import io
import re
import zipfile
from collections.abc import Callable
from urllib.parse import quote

import pytest
from django.test import Client
from tests.examples.reader import printed

from yiheng.money import MoneyUnit, PrintedKind, parse_printed
from yiheng.people.models import Right, UnitScope, User, Work

DEMO = "/years/demo/2024/tables"
Sign = Callable[[str], Client]


def _text(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def _cells(html: str) -> dict[str, str]:
    """Printed words by cell address, as the links of a page have them."""
    found = re.findall(r'<a class="n(?: w)?" id="n\d+" href="source/\?cell=([^"]+)">(.*?)</a>', html)
    from html import unescape
    from urllib.parse import unquote

    return {unquote(unescape(address)): unescape(re.sub(r"<[^>]+>", "", words)) for address, words in found}


def test_the_first_paper_of_the_year_opens(sign_in: Sign) -> None:
    client = sign_in("jing")
    answer = client.get(f"{DEMO}/")
    assert answer.status_code == 302 and answer["Location"] == f"{DEMO}/budget/"
    page = client.get(answer["Location"]).content.decode()
    assert "表1 收支总表" in page and "部门决算" in page and "绩效自评" in page and "绩效监控" in page


@pytest.mark.parametrize(
    ("unit", "year", "kind", "same", "all_in_all"),
    [
        ("szybzx", 2020, "accounts", 180, 227),
        ("szyb", 2021, "budget", 318, 362),
        ("szybzx", 2023, "budget", 1007, 1022),
    ],
)
def test_the_screen_prints_what_was_published(
    sign_in: Sign, unit: str, year: int, kind: str, same: int, all_in_all: int
) -> None:
    """Figures transcribed from the published papers, at their places on screen.

    As many are the same as `tests/examples/test_reproduction.py` found by hand; the others are rounding tails (尾差)
    and the two figures that 深圳市医疗保障局2021年部门预算 prints wrongly.
    """
    from yiheng.web.readings import prepared

    user = User.objects.get(username="wai")
    UnitScope.objects.create(user=user, unit=unit, work=Work(kind), right=Right.READ)
    client = sign_in("wai")
    ready = prepared(unit, year, kind, "internal")
    shown = {}
    for table in ready.paper.tables:
        page = client.get(f"/years/{unit}/{year}/tables/{kind}/", {"table": table.code})
        shown.update(_cells(page.content.decode()))
    found = []
    for row in printed(f"{unit}-{year}-{kind}"):
        ref = ready.directory.resolve(f"{row['table']}[{row['row']}, {row['column']}]")
        money = MoneyUnit.of(ref.table.unit)
        original = parse_printed(row["printed"], money)
        if original.kind is PrintedKind.NUMBER:
            found.append(original.fen == parse_printed(shown.get(ref.address) or "0", money).fen)
    assert (sum(found), len(found)) == (same, all_in_all)


def test_the_cells_on_screen_are_those_of_the_paper(sign_in: Sign) -> None:
    from yiheng.web.readings import prepared

    client = sign_in("jing")
    for kind in ("budget", "accounts", "performance", "monitoring"):
        ready = prepared("demo", 2024, kind, "internal")
        for table in ready.paper.tables:
            shown = _cells(client.get(f"{DEMO}/{kind}/", {"table": table.code}).content.decode())
            expected = {
                ref.address: ref.cell.text.strip().replace("\n", "")
                for ref in table.money_cells()
                if ref.cell.text.strip()
            }
            assert {a: w for a, w in shown.items() if a in expected} == expected, table.title


def test_an_empty_table_says_why(sign_in: Sign) -> None:
    page = sign_in("jing").get(f"{DEMO}/accounts/", {"table": "公开09表"}).content.decode()
    assert "无发生额" in _text(page)


def test_the_source_shows_the_rows_behind_a_number(sign_in: Sign) -> None:
    """The contracts behind the aided procurement, one by one for who may look at execution."""
    from yiheng.web.readings import prepared

    ready = prepared("demo", 2024, "accounts", "internal")
    entry = next(e for e in ready.trace.entries if 1 < len(e.terms) < 40 and e.address.startswith("公开03表"))
    page = sign_in("jing").get(
        f"{DEMO}/accounts/source/", {"cell": entry.address}, headers={"HX-Request": "true"}
    )
    words = _text(page.content.decode())
    assert "<html" not in page.content.decode() and entry.printed in words
    for term in entry.terms:
        assert term.fact.source.row in words, term.fact.source
    assert f"来源行 （{len(entry.terms)} 项）" in words or f"来源行（{len(entry.terms)} 项）" in words


def test_the_rows_come_in_parts(sign_in: Sign) -> None:
    from yiheng.web.readings import prepared

    ready = prepared("demo", 2024, "accounts", "internal")
    entry = max(ready.trace.entries, key=lambda e: len(e.terms))
    assert len(entry.terms) > 1000
    client = sign_in("jing")
    first = client.get(f"{DEMO}/accounts/source/", {"cell": entry.address}).content.decode()
    assert first.count("<b class=") == 50 and "显示其余" in first
    start = len(entry.terms) - 3
    last = client.get(
        f"{DEMO}/accounts/source/", {"cell": entry.address, "from": str(start)}
    ).content.decode()
    assert last.count("<b class=") == 3 and "显示其余" not in last
    assert entry.terms[-1].fact.source.row in last


def test_the_source_lists_other_papers_that_use_the_same_data(sign_in: Sign) -> None:
    from yiheng.web.readings import prepared

    ready = prepared("demo", 2024, "accounts", "internal")
    total = ready.entry("公开03表[合计, 项目支出]")
    assert total is not None
    client, asked = sign_in("jing"), {"cell": total.address}
    page = client.get(f"{DEMO}/accounts/source/", asked).content.decode()
    others = page.partition("用到同一数据的地方")[2]
    assert "同一数" in others and "情况说明" in others and "公开01表" in others
    # The evaluation judges the execution by the same payments.
    assert "/report/performance/" in others or "/tables/performance/" in others
    # The drawer shows the source at once, and then asks for the rest, which may take all papers of the year.
    drawer = client.get(f"{DEMO}/accounts/source/", asked, headers={"HX-Request": "true"}).content.decode()
    assert ">同一数<" not in drawer and "demo-2024-payments-" in drawer
    later = html.unescape(re.search(r'hx-get="([^"]+)"', drawer.partition("用到同一数据的地方")[2])[1])  # type: ignore[index]
    rest = client.get(later, headers={"HX-Request": "true"}).content.decode()
    assert ">同一数<" in rest and "公开01表" in rest and "来源行" not in rest


def test_a_reader_without_execution_sees_no_single_payment(sign_in: Sign) -> None:
    """An evaluator who was handed the accounts alone sees payments as the public does."""
    from yiheng.web.readings import prepared

    ready = prepared("demo", 2024, "accounts", "internal")
    entry = next(
        e for e in ready.trace.entries
        if e.address.startswith("公开03表") and any(t.fact.source.table == "支付" for t in e.terms)
    )  # fmt: skip
    user = User.objects.get(username="wai")
    UnitScope.objects.create(user=user, unit="demo", work=Work.ACCOUNTS, right=Right.READ)
    client = sign_in("wai")
    words = client.get(f"{DEMO}/accounts/source/", {"cell": entry.address}).content.decode()
    assert entry.printed in words and "支付（汇总）" in words and "demo-2024-payments-" not in words
    assert client.get(f"{DEMO}/budget/").status_code == 403
    assert client.get(f"{DEMO}/performance/").status_code == 403
    assert "部门预算</a>" not in client.get(f"{DEMO}/accounts/").content.decode()


def test_a_number_that_is_not_there_is_said(sign_in: Sign) -> None:
    answer = sign_in("jing").get(f"{DEMO}/accounts/source/", {"cell": "公开99表[甲, 乙]"})
    assert answer.status_code == 404 and "没有可以说明来源的数字" in answer.content.decode()


def test_checks_stand_beside_the_table(sign_in: Sign) -> None:
    page = sign_in("jing").get(f"{DEMO}/accounts/", {"table": "公开03表"}).content.decode()
    counts = dict(re.findall(r'<li class="(\w+)"><b>(\d+)</b>', page))
    assert int(counts["pass"]) > 5 and "通过的审核" in page


def test_a_search_finds_tables_and_rows(sign_in: Sign) -> None:
    client = sign_in("jing")
    page = client.get(f"{DEMO}/budget/", {"q": "三公"}).content.decode()
    listed = page.partition('id="tables"')[2].partition("</nav>")[0]
    assert "表9" in listed and "收支总表" not in listed.partition("含有该词的行")[0]
    rows = client.get(f"{DEMO}/budget/", {"q": "2101501"}).content.decode()
    assert "含有该词的行" in rows and "行政运行" in rows


@pytest.mark.parametrize(("form", "start"), [("xlsx", b"PK"), ("docx", b"PK"), ("pdf", b"%PDF")])
def test_a_table_comes_as_a_file(sign_in: Sign, form: str, start: bytes) -> None:
    answer = sign_in("jing").get(f"{DEMO}/accounts/download/{form}/", {"table": "公开07表"})
    content = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    assert content.startswith(start)
    assert quote("公开07表") in answer.headers["Content-Disposition"]
    if form == "xlsx":
        names = zipfile.ZipFile(io.BytesIO(content)).read("xl/workbook.xml").decode()
        assert "公开07表" in names and "公开01表" not in names


def test_a_table_comes_as_csv(sign_in: Sign) -> None:
    answer = sign_in("jing").get(f"{DEMO}/accounts/download/csv/", {"table": "公开07表"})
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert {row["表号"] for row in rows} == {"公开07表"}
    assert all(not cell.startswith(("=", "@", "+")) for row in rows for cell in row.values())


def test_no_cell_of_a_csv_acts_as_a_formula() -> None:
    from yiheng.web.rendered import inert

    assert [inert(cell) for cell in ("=1+1", "@SUM(A1)", "+cmd", "-cmd|x", "-1,234.50", "-3", "甲")] == [
        "'=1+1", "'@SUM(A1)", "'+cmd", "'-cmd|x", "-1,234.50", "-3", "甲",
    ]  # fmt: skip


def test_what_is_not_there_is_not_found(sign_in: Sign) -> None:
    client = sign_in("jing")
    for address in ("nonsense/", "accounts/download/exe/", "accounts/download/xlsx/?table=没有"):
        assert client.get(f"{DEMO}/{address}").status_code == 404
    assert client.get("/years/demo/1999/tables/accounts/").status_code == 404
    assert client.get("/years/demo/1999/tables/").status_code == 200


@pytest.mark.parametrize(
    "path", ["", "accounts/", "accounts/source/", "accounts/print/", "accounts/download/csv/"]
)
def test_only_who_may_read_the_unit_gets_in(sign_in: Sign, client: Client, path: str) -> None:
    for username in ("jing", "zhang", "gui", "ju", "cai", "shen"):
        answer = sign_in(username).get(f"{DEMO}/{path}", {"cell": "公开03表[合计, 项目支出]"})
        assert answer.status_code in (200, 302, 404) and "没有权限" not in str(
            getattr(answer, "content", b"")
        )
    for username in ("wai", "xitong", "anquan", "shenji"):
        assert sign_in(username).get(f"{DEMO}/{path}").status_code == 403, username
    assert client.get(f"{DEMO}/{path}").status_code == 302


def test_the_print_version_has_all_tables_and_no_link(sign_in: Sign) -> None:
    page = sign_in("jing").get(f"{DEMO}/accounts/print/").content.decode()
    assert page.count('class="sheet"') == 9 and 'href="source/' not in page
    ids = re.findall(r'id="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    one = sign_in("jing").get(f"{DEMO}/accounts/print/", {"table": "公开03表"}).content.decode()
    assert one.count('class="sheet"') == 1
