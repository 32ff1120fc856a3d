"""The whole department filled in on screen: scored while one types, saved as one load, undone as one.

Points are those of 部门整体支出绩效评价指标体系（系统默认） for the synthetic bureau, worked out beside them.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from pytest_django.fixtures import Settings
from tests.web.budget.opened import open_cycle
from tests.web.performance.test_performance import fields, links, text

from yiheng.ledger import queries
from yiheng.people.models import LogEntry

pytestmark = pytest.mark.usefixtures("bureau")

SignIn = Callable[[str], Client]
WHOLE = "/years/demo/2024/performance/whole/"
FILL, TRY, SAVE, UNDO = f"{WHOLE}fill/", f"{WHOLE}fill/try/", f"{WHOLE}fill/save/", f"{WHOLE}fill/undo/"


@pytest.fixture
def preparer(sign_in: SignIn) -> Client:
    open_cycle()
    return sign_in("jing")


def field_of(page: HttpResponse, label: str) -> str:
    """The prefix of the fields that stand below the label."""
    found = re.search(rf'<label for="id_(n\d+)-value">{re.escape(label)}', page.content.decode())
    assert found is not None, label
    return found[1]


def total(page: HttpResponse) -> str:
    found = re.search(r"总分 ([\d.]+) /", text(page))
    assert found is not None, text(page)[:800]
    return found[1]


def test_the_page_shows_what_the_evaluation_gives(sign_in: SignIn) -> None:
    page = sign_in("shen").get(FILL)
    assert total(page) == "81.89" and f"总分 {total(page)} / 100 分" in text(sign_in("shen").get(WHOLE))
    assert "只能查看" in text(page) and not fields(page).get("n20-value")


def test_points_count_while_they_are_typed_and_nothing_is_saved(preparer: Client) -> None:
    page = preparer.get(FILL)
    given, judged = fields(page), field_of(page, "支出符合制度")
    done = field_of(page, "按时完成的项目数占计划完成项目数的比率乘12分（分子）")
    assert (given[f"{judged}-value"], given[f"{done}-value"]) == ("4.5", "13")
    before = LogEntry.objects.count()
    # 4 in the place of 4.5, and 14 of 15 projects: 12 × 14 ÷ 15 = 11.20 in the place of 10.40; 81.89 − 0.5 + 0.8.
    told = text(preparer.post(TRY, {**given, f"{judged}-value": "4", f"{done}-value": "14"}))
    assert "82.19 / 100 分" in told and "93.3333…% × 12 = 11.2 分" in told and "试算，还没有保存" in told
    assert LogEntry.objects.count() == before and total(preparer.get(FILL)) == "81.89"


def test_everything_that_is_wrong_is_told_at_once_and_nothing_is_saved(preparer: Client) -> None:
    page = preparer.get(FILL)
    given, judged = fields(page), field_of(page, "支出符合制度")
    work = field_of(page, "重点工作一项没有完成扣4分（项数）")
    before = LogEntry.objects.count()
    wrong = preparer.post(SAVE, {**given, f"{judged}-value": "6", f"{work}-value": "两项"})
    assert wrong.status_code == 422 and fields(wrong)[f"{work}-value"] == "两项"
    assert "得分 6 超过分值 5" in text(wrong) and "“两项”不是非负数" in text(wrong)
    staff = field_of(page, "在编人数占编制数的比率（分子）")
    bare = preparer.post(
        SAVE, {**given, f"{judged}-reason": "", f"{judged}-scorer": "", f"{staff}-value": "240"}
    )
    assert bare.status_code == 422
    for words in (
        "填了人工评分，没有写理由",
        "没有填评分人",
        "取数值没有佐证",
        "台账算得 238",
        "没有写理由。",
    ):
        assert words in text(bare), words
    assert LogEntry.objects.count() == before and total(preparer.get(FILL)) == "81.89"


def test_scores_and_inputs_are_one_load_which_is_taken_back_as_one(
    preparer: Client, sign_in: SignIn, settings: Settings, tmp_path: Path
) -> None:
    settings.YIHENG_HOME = tmp_path
    page = preparer.get(FILL)
    given, judged = fields(page), field_of(page, "支出符合制度")
    staff = field_of(page, "在编人数占编制数的比率（分子）")
    proof = SimpleUploadedFile("花名册.png", b"\x89PNG\r\n\x1a\nmade up")
    # 260 persons of 253 are more than the establishment: 0 points in the place of 5; 4 in the place of 4.5.
    typed = {**given, f"{judged}-value": "4", f"{staff}-value": "260", f"{staff}-reason": "含借调人员（虚构）",
             f"{staff}-upload": proof}  # fmt: skip
    saved = preparer.post(SAVE, typed)
    assert saved.status_code == 302, text(saved)
    page = preparer.get(FILL)
    assert total(page) == "76.39" and "已保存部门整体评价" in text(page)
    assert "人工填报" in text(preparer.get(WHOLE)) and "76.39" in text(preparer.get(WHOLE))
    (file,) = links(page, "/evidence/criterion_inputs/")
    assert preparer.get(file).status_code == 200 and sign_in("wai").get(file).status_code == 403
    assert sign_in("gui").post(UNDO).status_code == 404  # somebody else's save
    assert preparer.post(UNDO).status_code == 302
    assert total(preparer.get(FILL)) == "81.89" and preparer.post(UNDO).status_code == 404
    rows = queries.sheet_rows("criterion_inputs", ["demo"], 2024)
    assert "staff.established" not in {row.text("name") for row, _ in rows}


def test_an_emptied_answer_takes_its_row_away(preparer: Client) -> None:
    page = preparer.get(FILL)
    given, judged = fields(page), field_of(page, "支出符合制度")
    assert preparer.post(SAVE, {**given, f"{judged}-value": ""}).status_code == 302
    # 4.50 less, and out of 95: the criterion is open now.
    assert "77.39 / 95 分 1 项没有评分，不在总分内" in text(preparer.get(FILL))


def test_two_people_do_not_overwrite_each_other(preparer: Client, sign_in: SignIn) -> None:
    page = preparer.get(FILL)
    given, judged = fields(page), field_of(page, "支出符合制度")
    assert preparer.post(SAVE, {**given, f"{judged}-value": "4"}).status_code == 302
    late = sign_in("gui").post(SAVE, {**given, f"{judged}-value": "3"})
    assert late.status_code == 422 and "已改为 4" in text(late) and total(preparer.get(FILL)) == "81.39"


def test_who_only_looks_saves_nothing(sign_in: SignIn) -> None:
    open_cycle()
    clients = [sign_in(name) for name in ("zhang", "ju", "cai", "shen", "wai")]
    given, before = {"n20-value": "1", "n20-version": "1"}, LogEntry.objects.count()
    for client in clients:
        for address in (SAVE, UNDO, f"{WHOLE}start/"):
            assert client.post(address, given).status_code == 403, address
    assert LogEntry.objects.count() == before


def test_a_transcribed_sheet_is_only_shown(sign_in: SignIn) -> None:
    page = text(sign_in("wai").get("/years/szybzx/2020/performance/whole/fill/"))
    assert "照已公开的文件转录" in page and "假定：由印出的得分反推" in page and "90.49 / 100 分" in page


def test_a_year_without_evaluation_begins_one_by_a_framework_in_force(sign_in: SignIn) -> None:
    """A sheet begun on screen: only what the ledger computes is scored."""
    open_cycle()
    client = sign_in("jing")
    for row, version in queries.sheet_rows("evaluations", ["demo"], 2024):
        if row.text("level") == "department":
            head = row, version
    from yiheng.ledger import operations
    from yiheng.ledger.edits import Edit

    rows = [
        Edit(sheet, row.key, version, None)
        for sheet in ("criterion_scores", "criterion_inputs")
        for row, version in queries.sheet_rows(sheet, ["demo"], 2024)
    ]
    operations.edit([*rows, Edit("evaluations", head[0].key, head[1], None)], actor="测试")
    assert "还没有部门整体评价" in text(client.get(WHOLE)) and client.get(FILL).status_code == 302
    page = client.get(f"{WHOLE}start/")
    assert "部门整体支出绩效评价指标体系（系统默认）" in text(page) and "2020年度" not in text(page)
    assert "开始评价" in text(page) and "保存" not in text(page), "the button says what it does"
    wrong = client.post(f"{WHOLE}start/", {"framework": "framework.department.shenzhen-2020"})
    assert wrong.status_code == 422
    assert client.post(f"{WHOLE}start/", {"framework": "framework.department.system"}).status_code == 302
    # Without 5 and 12 judged, 8 and 12 entered points: 81.89 − 4.5 − 11 − 8 − 10.4, out of 63.
    assert "47.99 / 63 分 4 项没有评分" in text(client.get(FILL))


def test_what_if_of_the_whole_department_saves_nothing(sign_in: SignIn) -> None:
    client, before = sign_in("shen"), LogEntry.objects.count()
    page = client.get(f"{WHOLE}whatif/", {"process.compliance/compliance": "5", "staff.outside": "13"})
    # 5 for 4.5; 13 of 266 are below a twentieth: 5 points for 0.
    assert "假设后 87.39 / 100 分" in text(page) and "相差 +5.50" in text(page)
    assert "4.88" in text(page) and "失 2.00 分" in text(page)
    ids = re.findall(r' id="([^"]+)"', page.content.decode())
    assert len(ids) == len(set(ids)), "a slider moves the number beside it and no other"
    assert "编外人员控制率 · 编外人员 28 人" in text(page), "what the number is, with its unit"
    part = client.get(f"{WHOLE}whatif/", headers={"HX-Request": "true"}).content.decode()
    assert part.lstrip().startswith('<div id="outcome"') and "81.89" in part
    odd = text(client.get(f"{WHOLE}whatif/", {"staff.outside": "多"}))
    assert "输入 staff.outside 应是数" in odd
    assert LogEntry.objects.count() == before
