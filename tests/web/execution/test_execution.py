"""Execution against time and payments: the figures of the ledger, found, masked, exported, for each kind of reader.

Figures are summed by hand from the CSV files of examples/demo-2024, not by the program's own reading.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from decimal import Decimal
from functools import cache

import openpyxl
import pytest
from django.test import Client
from tests.command import DEMO, EXAMPLES

ROOT = "/years/demo/2024/execution/"
SignIn = Callable[[str], Client]


@cache
def example(sheet: str) -> list[dict[str, str]]:
    with (EXAMPLES / DEMO / f"{sheet}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def summed(rows: list[dict[str, str]]) -> Decimal:
    return sum((Decimal(row["amount"]) for row in rows), Decimal(0))


def shown(amount: Decimal) -> str:
    return f"{amount:,.2f}"


def page(client: Client, where: str = "") -> str:
    answer = client.get(f"{ROOT}{where}")
    assert answer.status_code == 200, where
    return answer.content.decode()


def test_the_whole_equals_the_ledger(sign_in: SignIn) -> None:
    found = page(sign_in("jing"))
    approved = [row for row in example("budget_lines") if row["stage"] == "approved"]
    assert shown(summed(example("payments"))) in found
    assert shown(summed(approved)) in found
    assert shown(summed(approved) + summed(example("adjustments"))) in found


@pytest.mark.parametrize("by", ["project", "function"])
def test_each_line_equals_the_ledger(sign_in: SignIn, by: str) -> None:
    answer = sign_in("jing").get(f"{ROOT}export/csv/?by={by}")
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))[1:-1]
    codes = {row[by] for row in example("payments")}
    assert {Decimal(row[3]) for row in rows} >= {
        summed([row for row in example("payments") if row[by] == code]) for code in codes
    }


def test_months_add_up_and_a_month_can_be_the_last(sign_in: SignIn) -> None:
    jing = sign_in("jing")
    march = [row for row in example("payments") if row["date"] < "2024-04-01"]
    found = page(jing, "?month=3")
    assert shown(summed(march)) in found and "2024-03-31" in found
    assert "24.9%" in found  # 91 of the 366 days of 2024
    assert shown(summed([row for row in march if row["date"][5:7] == "03"])) in found


def test_a_project_opens_to_its_months_and_a_month_to_its_payments(sign_in: SignIn) -> None:
    jing = sign_in("jing")
    of_project = [row for row in example("payments") if row["project"] == "demo-p04"]
    in_may = [row for row in of_project if row["date"][5:7] == "05"]
    detail = page(jing, "detail/?by=project&code=demo-p04")
    assert shown(summed(of_project)) in detail and shown(summed(in_may)) in detail
    listed = page(jing, "payments/?project=demo-p04&month=5")
    assert f"找到 {len(in_may)} 笔" in listed and shown(summed(in_may)) in listed
    assert shown(Decimal(in_may[0]["amount"])) in page(jing, f"payments/{in_may[0]['key']}/")
    assert jing.get(f"{ROOT}payments/szybzx-2020-accounts-payments-001/").status_code == 404


def test_payments_without_a_project_can_be_asked_for(sign_in: SignIn) -> None:
    without = [row for row in example("payments") if not row["project"]]
    found = page(sign_in("jing"), "payments/?project=-")
    assert f"找到 {len(without)} 笔" in found and shown(summed(without)) in found


def test_days_that_are_too_coarse_are_said_in_words(sign_in: SignIn) -> None:
    from yiheng.people.models import Post, User

    Post.objects.create(user=User.objects.get(username="wai"), role="preparer", unit="szybzx")
    client = sign_in("wai")
    answer = client.get("/years/szybzx/2020/execution/?by=function&month=6").content.decode()
    assert "无法执行" in answer and "日期不够细" in answer
    year = client.get("/years/szybzx/2020/execution/?by=function").content.decode()
    # The paper's own spending by function, and why no curve can be drawn.
    assert "不能按月汇总" in year and "日期不够细" not in year


def test_who_only_reads_sees_names_masked_and_cannot_search_what_is_masked(sign_in: SignIn) -> None:
    from yiheng.ledger import operations
    from yiheng.ledger.edits import Edit
    from yiheng.ledger.queries import newest_versions

    key = "demo-2024-payments-0001"
    seen = newest_versions("payments", [key])[key]
    values = {"payee": "王小明", "summary": "=HYPERLINK(1) 付至 6222020000001234567"}
    operations.edit([Edit("payments", key, seen, values)], actor="测试", label="测试")
    full, masked = page(sign_in("jing"), f"payments/{key}/"), page(sign_in("shen"), f"payments/{key}/")
    assert "王小明" in full and "6222020000001234567" in full
    assert "王**" in masked and "王小明" not in masked and "6222020000001234567" not in masked
    assert "找到 1 笔" in page(sign_in("jing"), "payments/?words=王小明")
    assert "找到 0 笔" in page(sign_in("shen"), "payments/?words=王小明")
    text = sign_in("shen").get(f"{ROOT}payments/export/csv/").content.decode("utf-8-sig")
    assert "王小明" not in text and "'=HYPERLINK(1)" in text
    book = openpyxl.load_workbook(io.BytesIO(sign_in("jing").get(f"{ROOT}payments/export/xlsx/").content))
    cells = [cell for row in book.active.iter_rows() for cell in row if str(cell.value).startswith("=HYP")]
    assert [cell.data_type for cell in cells] == ["s"]
    total = sum(row[6].value for row in book.active.iter_rows(min_row=5) if row[6].value)
    assert round(total, 2) == float(summed(example("payments")))


@pytest.mark.parametrize(
    ("name", "status"), [("jing", 200), ("shen", 200), ("ju", 200), ("wai", 403), ("xitong", 403)]
)
def test_who_may_look(sign_in: SignIn, name: str, status: int) -> None:
    client = sign_in(name)
    for where in ("", "detail/?code=demo-p04", "payments/", "payments/export/csv/"):
        assert client.get(f"{ROOT}{where}").status_code == status, where


def test_a_visitor_is_asked_to_sign_in(bureau: None) -> None:
    assert Client().get(ROOT)["Location"].startswith("/account/login/")


def test_a_year_that_has_not_begun_says_so(sign_in: SignIn) -> None:
    answer = sign_in("jing").get("/years/demo/2199/execution/")
    assert "还没有开始" in answer.content.decode()


@pytest.mark.parametrize("year", ["0", "9999", "99999999999999999999"])
@pytest.mark.parametrize(
    "where", ["", "detail/", "payments/", "adjustments/", "purchases/", "assets/", "import/"]
)
def test_an_impossible_year_is_not_found(sign_in: SignIn, year: str, where: str) -> None:
    assert sign_in("jing").get(f"/years/demo/{year}/execution/{where}").status_code == 404
