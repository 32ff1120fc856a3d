"""Procurement with the days to signing, cards of assets, and imports, for each kind of reader.

Sums are made by hand from the CSV files of examples/demo-2024.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.web.execution.test_execution import ROOT, example, page, shown, summed

from yiheng.casework.clock import Calendar, DayOff
from yiheng.facts.sheets import SheetRow

SignIn = Callable[[str], Client]


def test_planned_agreed_and_paid_equal_the_ledger(sign_in: SignIn) -> None:
    text = sign_in("jing").get(f"{ROOT}purchases/export/csv/").content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    contracts = {row["key"] for row in example("contracts")}
    paid = summed([row for row in example("payments") if row["contract"] in contracts])

    def total(column: str) -> Decimal:
        return sum((Decimal(row[column]) for row in rows if row[column]), Decimal(0))

    assert total("计划（元）") == summed(example("procurements"))
    assert total("合同金额（元）") == summed(example("contracts"))
    assert total("已支付（元）") == paid


def test_the_share_for_small_firms_and_late_signing_are_shown(sign_in: SignIn) -> None:
    found = page(sign_in("jing"), "purchases/")
    reserved = sum(Decimal(row["sme_amount"]) for row in example("procurements") if row["sme_amount"])
    won = summed([row for row in example("contracts") if row["sme"] == "是"])
    assert f"{reserved / summed(example('procurements')) * 100:.1f}%" in found
    assert f"{won / summed(example('contracts')) * 100:.1f}%" in found
    late = page(sign_in("jing"), "purchases/?state=late")
    # Awarded on Monday 2024-05-20: the tenth working day is 3 June; 7 June is the fourteenth (端午 is the 10th).
    assert "找到 2 项" in late and "第 14 个工作日，超 4 天" in late
    # Awarded on 2024-03-14: 清明 is 4 to 6 April, Sunday 7 April is worked; 9 April is the seventeenth.
    assert "第 17 个工作日，超 7 天" in late
    one = next(row for row in example("contracts") if row["awarded_on"] == "2024-05-20")
    of_one = summed([row for row in example("payments") if row["contract"] == one["key"]])
    assert shown(of_one) in late
    assert shown(of_one) in page(sign_in("jing"), f"payments/?contract={one['key']}")


def contract(awarded: dt.date | None, signed: dt.date | None) -> SheetRow:
    return SheetRow("contracts", 0, {"key": "k", "awarded_on": awarded, "signed_on": signed})


@pytest.mark.parametrize(
    ("awarded", "signed", "today", "state", "number"),
    [
        # Ten working days after Monday 2024-03-04 are over on Monday 2024-03-18.
        (dt.date(2024, 3, 4), dt.date(2024, 3, 18), dt.date(2024, 12, 1), "in_time", None),
        (dt.date(2024, 3, 4), dt.date(2024, 3, 19), dt.date(2024, 12, 1), "late", 1),
        (dt.date(2024, 3, 4), None, dt.date(2024, 3, 18), "running", None),
        (dt.date(2024, 3, 4), None, dt.date(2024, 3, 19), "overdue", 1),
        (None, None, dt.date(2024, 3, 19), "unknown", None),
    ],
)
def test_the_clock_of_ten_working_days(
    awarded: dt.date | None, signed: dt.date | None, today: dt.date, state: str, number: int | None
) -> None:
    from yiheng.pipelines.purchasing import signing
    from yiheng.policy import Policy

    found = signing(contract(awarded, signed), Policy.load(), "440300", Calendar(frozenset({2024})), today)
    assert (found.state, found.over, found.warnings) == (state, number, ())


def test_a_holiday_moves_the_last_day_and_an_unknown_year_warns() -> None:
    from yiheng.pipelines.purchasing import signing
    from yiheng.policy import Policy

    policy, row = Policy.load(), contract(dt.date(2024, 3, 4), None)
    off = Calendar(frozenset({2024}), {dt.date(2024, 3, 18): DayOff(False, "假日")})
    assert signing(row, policy, "440300", off, dt.date(2024, 3, 19)).state == "running"
    unknown = signing(row, policy, "440300", Calendar(), dt.date(2024, 3, 5))
    assert unknown.due == dt.date(2024, 3, 18) and "2024 年的节假日安排尚未录入" in unknown.warnings[0]


def test_assets_are_found_and_their_cards_carry_both_codes(sign_in: SignIn) -> None:
    jing = sign_in("jing")
    every = example("assets")
    value = sum((Decimal(row["original_value"]) for row in every), Decimal(0))
    listed = page(jing, "assets/")
    assert f"全部 {len(every)} 项" in listed and shown(value) in listed
    computers = [row for row in every if "计算机" in row["name"]]
    assert f"找到 {len(computers)} 项" in page(jing, "assets/?words=计算机")
    one = computers[0]
    cards = page(jing, f"assets/cards/?key={one['key']}")
    assert cards.count('class="x-card"') == 1 and one["barcode"] in cards
    assert 'class="barcode"' in cards and 'class="qr-code"' in cards and "style=" not in cards
    assert page(jing, "assets/cards/").count('class="x-card"') == 40
    assert page(jing, "assets/cards/").count('class="x-sheet"') == 4
    assert one["barcode"] in page(jing, f"assets/{one['key']}/")


@pytest.mark.usefixtures("settings")
def test_an_upload_becomes_a_job_with_the_chosen_mapping(
    sign_in: SignIn, settings: Any, tmp_path: Path
) -> None:
    from yiheng.casework.models import Job

    settings.YIHENG_HOME = str(tmp_path)
    (tmp_path / "mappings").mkdir()
    (tmp_path / "mappings" / "国库导出.yaml").write_text("sheets: {}\n", encoding="utf-8")
    jing = sign_in("jing")
    assert "国库导出" in page(jing, "import/")
    template = jing.get(f"{ROOT}import/template/").content
    names = openpyxl.load_workbook(io.BytesIO(template)).sheetnames
    assert {"支付", "预算调整", "政府采购", "合同", "资产"} <= set(names) and "支出预算" not in names
    sent = {"workbooks": SimpleUploadedFile("支付.xlsx", template), "mapping": "国库导出"}
    answer = jing.post(f"{ROOT}import/", sent)
    made = Job.objects.get()
    assert answer.status_code == 302 and str(made.pk) in answer["Location"]
    assert made.kind == "load" and made.params["mapping"] == "国库导出"
    assert jing.post(f"{ROOT}import/", {"workbooks": SimpleUploadedFile("a.xlsx", b"no")}).status_code == 422
    assert "没有选择文件" in jing.post(f"{ROOT}import/", {}).content.decode()
    sent = {"workbooks": SimpleUploadedFile("支付.xlsx", template), "mapping": "没有这个"}
    assert jing.post(f"{ROOT}import/", sent).status_code == 422
    assert Job.objects.count() == 1


@pytest.mark.parametrize(
    ("name", "reads", "writes"),
    [("jing", 200, 200), ("shen", 200, 403), ("zhang", 200, 403), ("wai", 403, 403), ("xitong", 403, 403)],
)
def test_who_may_look_and_import(sign_in: SignIn, name: str, reads: int, writes: int) -> None:
    client = sign_in(name)
    for where in ("purchases/", "assets/", "assets/cards/", "purchases/export/xlsx/", "assets/export/csv/"):
        assert client.get(f"{ROOT}{where}").status_code == reads, where
    assert client.get(f"{ROOT}import/").status_code == writes
    if reads == 200:
        assert ("import/" in page(client)) is (writes == 200)


MAPPING = """
sheets:
  payments:
    from: 国库支付
    columns: {凭证号: key, 预算单位: unit, 支付日期: date, 功能科目: function, 经济科目: economic,
      支付金额: amount, 收款单位: payee}
    values: {unit: {"102001": demo-main}}
    constants: {year: 2024, date_precision: day, view: joint, category: basic, fund: general, source: appropriation,
      program: basic}
"""


def test_payments_of_another_system_come_in_by_a_mapping_when_agreed_to(
    sign_in: SignIn, settings: Any, tmp_path: Path
) -> None:
    from tests.web.working import job_of, work

    settings.YIHENG_HOME = str(tmp_path)
    (tmp_path / "mappings").mkdir()
    (tmp_path / "mappings" / "国库导出.yaml").write_text(MAPPING, encoding="utf-8")
    book = openpyxl.Workbook()
    book.active.title = "国库支付"
    book.active.append(["凭证号", "预算单位", "支付日期", "功能科目", "经济科目", "支付金额", "收款单位"])
    book.active.append(["GK-1", "102001", "2024-12-30", "2101501", "30201", "123.45", "虚构办公用品店"])
    book.save(tmp_path / "国库.xlsx")
    jing, before = sign_in("jing"), summed(example("payments"))
    upload = SimpleUploadedFile("国库.xlsx", (tmp_path / "国库.xlsx").read_bytes())
    job = job_of(jing.post(f"{ROOT}import/", {"workbooks": upload, "mapping": "国库导出"}))
    work()
    job.refresh_from_db()
    assert job.state == "asking", (job.error, job.result)
    assert shown(before) in page(jing), "nothing is written before somebody agreed"
    jing.post(f"/jobs/{job.pk}/confirm/")
    work()
    assert shown(before + Decimal("123.45")) in page(jing)
    assert "虚构办公用品店" in page(jing, "payments/GK-1/")
