"""The proposal of next year's amounts through Django's client: the figures of the pipeline, the workbook, who may.

The amounts of 2020 are worked by hand in tests/pipelines/test_allocation.py.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from urllib.parse import unquote

import pytest
from django.test import Client
from python_calamine import CalamineWorkbook
from tests.web.performance.test_performance import CENTRE, DEMO, text

from yiheng.people.models import LogEntry

pytestmark = pytest.mark.usefixtures("bureau")

SignIn = Callable[[str], Client]


def test_the_proposal_of_2020_with_its_steps(sign_in: SignIn) -> None:
    client, before = sign_in("wai"), LogEntry.objects.count()
    page = text(client.get(f"{CENTRE}allocate/"))
    assert "2021 年建议数" in page and "系统默认" in page and "只作建议，不改台账" in page
    # 23,023,000.00 × 50 %
    assert "23,023,000.00 57.4362…% 90.67 50% 11,511,500.00 -11,511,500.00" in page
    assert "取两者中较低的比例 50%" in page
    # 1,981,154,940.80 − 7,215,554.58 − 11,511,500.00 − 1,025,410.00
    assert "合计（6 个有建议的项目） 1,981,154,940.80 1,961,402,476.22 -19,752,464.58" in page
    assert LogEntry.objects.count() == before


def test_the_workbook_is_that_of_the_command(sign_in: SignIn) -> None:
    answer = sign_in("wai").get(f"{CENTRE}allocate/workbook/", {"kind": "accounts"})
    assert "2021年预算安排建议（据2020年绩效）.xlsx" in unquote(answer["Content-Disposition"])
    book = CalamineWorkbook.from_filelike(io.BytesIO(answer.content))
    table = {row[0]: row for row in book.get_sheet_by_index(0).to_python()}
    assert table["医疗保障经办管理"][1:7] == [23023000, "57.4362…%", "90.67", "50%", 11511500, -11511500]
    assert table["合计（6 个有建议的项目）"][5] == 1961402476.22


def test_what_cannot_be_proposed_says_why(sign_in: SignIn) -> None:
    client = sign_in("wai")
    for path in ("allocate/", "allocate/workbook/"):
        wrong = client.get(f"{CENTRE}{path}", {"kind": "budget"})
        assert wrong.status_code == 422 and "没有本单位本年度的“budget”" in text(wrong)
    nothing = client.get("/years/szybzx/1999/performance/allocate/")
    assert "台账里没有本单位本年度的数据" in text(nothing) and "合计" not in text(nothing)
    secret = text(sign_in("jing").get(f"{DEMO}allocate/"))
    assert "涉密项目，自评表不列示，不提建议" in secret and "青鸾医保数据专项核验" not in secret


def test_the_home_of_performance_leads_there(sign_in: SignIn) -> None:
    assert f'href="{DEMO}allocate/"' in sign_in("shen").get(DEMO).content.decode()
    for path in ("allocate/", "allocate/workbook/"):
        assert sign_in("shen").get(f"{DEMO}{path}").status_code == 200
        assert sign_in("wai").get(f"{DEMO}{path}").status_code == 403
        assert Client().get(f"{DEMO}{path}").status_code == 302
