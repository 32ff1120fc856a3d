"""The performance screens through Django's client: what they show, what they save, and who may.

Scores are those of `pipelines.evaluate` for 深圳市医疗保险基金管理中心 2020; other figures are worked out beside them.
"""

from __future__ import annotations

import datetime as dt
import html
import re
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.utils import timezone
from pytest_django.fixtures import Settings
from tests.web.budget.opened import open_cycle

from yiheng.people.models import LogEntry
from yiheng.policy import Policy
from yiheng.scoring.lexicon import Lexicon
from yiheng.scoring.rowscore import read_row, score_row
from yiheng.scoring.rules import load_rule
from yiheng.scoring.sheet import Row
from yiheng.web.screens.performance import supposing

pytestmark = pytest.mark.usefixtures("bureau")

SignIn = Callable[[str], Client]
DEMO = "/years/demo/2024/performance/"
CENTRE = "/years/szybzx/2020/performance/"
SHEET = f"{DEMO}scores/demo-2024-evaluations-0004/"
INDICATOR = f"{DEMO}targets/of/demo-2024-indicators-0001/"


class _Fields(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, str] = {}
        self.options = self.area = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        name = given.get("name", "")
        if tag == "input" and name and given.get("type") not in ("file", "radio", "checkbox"):
            self.found[name] = given.get("value", "")
        elif tag == "select":
            self.options, self.found[name] = name, ""
        elif tag == "option" and self.options and "selected" in given:
            self.found[self.options] = given.get("value", "")
        elif tag == "textarea":
            self.area, self.found[name] = name, ""

    def handle_endtag(self, tag: str) -> None:
        if tag in ("select", "textarea"):
            self.options = self.area = ""

    def handle_data(self, data: str) -> None:
        if self.area:
            self.found[self.area] += data


def text(response: HttpResponse) -> str:
    """The words of the page's main part."""
    page = response.content.decode()
    main = page[page.find("<main") :].partition("</main")[0] if "<main" in page else page
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", main)))


def fields(response: HttpResponse) -> dict[str, str]:
    """What the forms of the page hold."""
    parser, page = _Fields(), response.content.decode()
    parser.feed(page[page.find("<main") :])
    return {name: value.removeprefix("\n") for name, value in parser.found.items()}


def links(response: HttpResponse, part: str) -> list[str]:
    return re.findall(rf'href="([^"]*{part}[^"]*)"', response.content.decode())


@pytest.fixture
def preparer(sign_in: SignIn) -> Client:
    open_cycle()
    return sign_in("jing")


def test_the_scores_on_screen_are_those_of_the_evaluation(sign_in: SignIn) -> None:
    page = text(sign_in("wai").get(f"{CENTRE}scores/"))
    for name, total, printed, verdict in (
        ("财政对医疗保障的补助", "94.15", "94.14", "仅截断时一致"), ("其他项目", "98.70", "98.7", "一致"),
        ("医疗保障经办管理", "90.67", "90.67", "一致"), ("医保综合管理", "93.48", "98.48", "原件印错"),
        ("政府性资金-低收入家庭购买医疗保险", "97.92", "98.17", "原件印错"), ("预算准备金", "99.90", "99.9", "一致"),
    ):  # fmt: skip
        assert re.search(rf"{name} {total} — {printed} {verdict}", page), name
    assert "原件印出" in page and "原件印出" not in text(sign_in("jing").get(f"{DEMO}scores/")), "no original"


def test_a_transcribed_sheet_explains_each_score_and_takes_no_change(sign_in: SignIn) -> None:
    client = sign_in("wai")
    page = text(client.get(f"{CENTRE}scores/szybzx-2020-f2-1/"))
    assert "3035 ÷ 6504 = 46.6635…% 10 × 46.6635…% = 4.6663…，四舍五入得 4.67" in page
    assert "原件印出 4.66，仅截断时一致" in page and "只能查看" in page
    before = LogEntry.objects.count()
    refused = client.post(f"{CENTRE}scores/szybzx-2020-f2-1/save/", {"r1-actual": "400 万人"})
    assert refused.status_code == 422 and LogEntry.objects.count() == before


def test_the_whole_department_marks_what_is_assumed(sign_in: SignIn) -> None:
    page = text(sign_in("wai").get(f"{CENTRE}whole/"))
    assert "总分 90.49 / 100 分" in page and "11 项用了由印出的得分反推的数" in page
    assert "部门决策 18.50 / 20" in page or "部门决策 18.5 / 20" in page
    assert "假定：由印出的得分反推" in page and "由台账计算" in page
    assert (
        sign_in("wai").get(f"{CENTRE}whole/").content.count(b"<svg") == 4
    )  # two charts, each for both widths


def test_a_row_is_scored_again_while_it_is_typed_and_nothing_is_saved(preparer: Client) -> None:
    given = fields(preparer.get(SHEET))
    assert given["r2-actual"] == "61万页"
    before = LogEntry.objects.count()
    told = text(preparer.post(f"{SHEET}try/", {**given, "r2-actual": "64.6万页"}))
    # 64.6 of 68 is 95%; 16 × 95% = 15.20, where 61 of 68 gave 14.35: 97.90 − 14.35 + 15.20 = 98.75.
    assert "646000 ÷ 680000 = 95% 16 × 95% = 15.2，四舍五入得 15.20" in told
    assert "98.75 分" in told and "已保存的 97.90" in told
    assert LogEntry.objects.count() == before and fields(preparer.get(SHEET))["r2-actual"] == "61万页"
    below = text(preparer.post(f"{SHEET}try/", {**given, "r2-actual": "－6.8万页"}))
    assert "-68000 ÷ 680000 = -10%，低于零按 0 计" in below, "a number below zero is a number"


def test_lost_points_need_a_reason_and_all_that_is_wrong_is_told_at_once(preparer: Client) -> None:
    given = fields(preparer.get(SHEET))
    changed = {**given, "r1-actual": "90万人次", "r1-reason": "", "r2-actual": "64.6万页", "r2-reason": ""}
    page = preparer.post(f"{SHEET}save/", changed)
    assert page.status_code == 422 and text(page).count("这一行失分，须写明偏差原因和改进措施。") >= 2
    assert fields(page)["r1-actual"] == "90万人次"
    page = preparer.post(f"{SHEET}save/", {**given, "r2-actual": "64.6个", "r2-reason": "晚到"})
    assert page.status_code == 422 and "目标与实际单位不一致" in text(page)


def test_a_saved_row_keeps_its_reason_and_its_file(
    preparer: Client, sign_in: SignIn, settings: Settings, tmp_path: Path
) -> None:
    settings.YIHENG_HOME = tmp_path
    given = {**fields(preparer.get(SHEET)), "r2-actual": "64.6万页", "r2-reason": "设备晚到"}
    wrong = SimpleUploadedFile("清单.exe", b"MZ\x90\x00\x03")
    refused = preparer.post(f"{SHEET}save/", {**given, "r2-upload": wrong})
    assert refused.status_code == 422 and "这里只接受" in text(refused)
    proof = SimpleUploadedFile("验收单.png", b"\x89PNG\r\n\x1a\nmade up")
    assert preparer.post(f"{SHEET}save/", {**given, "r2-upload": proof}).status_code == 302
    page = preparer.get(SHEET)
    assert "总分 98.75" in text(page) and "设备晚到" in text(page)
    (address,) = links(page, "/evidence/")
    file = preparer.get(address)
    assert b"".join(file) == b"\x89PNG\r\n\x1a\nmade up"  # type: ignore[arg-type]
    assert file["Content-Type"] == "image/png" and file["Content-Disposition"].startswith("attachment")
    assert [path.name for path in (tmp_path / "evidence").iterdir()] == [
        address.rstrip("/").rpartition("/")[2]
    ]
    assert sign_in("wai").get(address).status_code == 403
    assert preparer.get(address.replace("evaluation_rows", "actuals")).status_code == 404


def test_two_people_on_one_row_do_not_overwrite_each_other(preparer: Client, sign_in: SignIn) -> None:
    seen = fields(preparer.get(SHEET))
    assert preparer.post(f"{SHEET}save/", {**seen, "r2-reason": "甲写的"}).status_code == 302
    late = sign_in("gui").post(f"{SHEET}save/", {**seen, "r2-reason": "乙写的"})
    assert late.status_code == 422 and "已改为 甲写的" in text(late)


def test_an_override_needs_reason_and_evidence_and_shows_the_difference(preparer: Client) -> None:
    sheet = f"{DEMO}scores/demo-2024-evaluations-0006/"
    (address,) = links(preparer.get(sheet), "/override/")
    given = fields(preparer.get(address))
    bare = preparer.post(address, {**given, "value": "98.5%"})
    assert bare.status_code == 422 and "改写没有理由" in text(bare) and "缺少佐证" in text(bare)
    proved = {
        **given,
        "value": "98.5%",
        "override_reason": "银行退回一笔",
        "evidence_kind": "note",
        "evidence": "退款单",
    }
    assert preparer.post(address, proved).status_code == 302
    page = text(preparer.get(sheet))
    assert "由台账计算为 100.00%，改写为 98.5%，相差 -0.015；理由：银行退回一笔" in page
    assert "20 × 98.5% = 19.7" in page
    assert preparer.post(address, {**proved, "value": ""}).status_code == 302
    assert "改写为" not in text(preparer.get(sheet))


def test_a_target_is_understood_at_once(sign_in: SignIn) -> None:
    told = text(sign_in("shen").get(f"{DEMO}targets/understood/", {"target": "不低于95%"}))
    assert "比较" in told and "0.95" in told and "定量，按完成比例计分" in told
    odd = text(sign_in("shen").get(f"{DEMO}targets/understood/", {"target": "≥20粒"}))
    assert "不认识的单位： 粒" in odd or "不认识的单位：粒" in odd


def test_a_target_is_saved_and_an_older_page_is_refused(preparer: Client) -> None:
    given = fields(preparer.get(INDICATOR))
    assert given["target"] == "≥2,000家"
    assert preparer.post(INDICATOR, {**given, "target": "≥2,100家"}).status_code == 302
    assert "≥2100家" in text(preparer.get(INDICATOR))
    late = preparer.post(INDICATOR, {**given, "target": "≥2,200家"})
    assert late.status_code == 422 and "已改为 ≥2,100家" in text(late)
    bare = preparer.post(INDICATOR, {**fields(preparer.get(INDICATOR)), "curve": "step"})
    assert bare.status_code == 422 and "进度节点" in text(bare)


def test_a_new_indicator_joins_its_project(preparer: Client) -> None:
    given = {
        "project": "demo-p01", "level1": "产出指标", "level2": "数量指标", "level3": "短视频条数", "target": "≥12条",
        "explanation": "", "curve": "", "milestones": "", "version": "0",
    }  # fmt: skip
    assert preparer.post(f"{DEMO}targets/new/", given).status_code == 302
    found = text(preparer.get(f"{DEMO}targets/", {"words": "短视频"}))
    assert "短视频条数" in found and "医疗保障政策研究与宣传" in found and "共 1 项" in found


def test_monitoring_at_the_end_of_august(sign_in: SignIn) -> None:
    """Execution by 31 August against 244 of 366 days, 66.67%; the follow-up of October is not there yet."""
    page = text(sign_in("shen").get(f"{DEMO}monitoring/", {"day": "2024-08-31"}))
    assert "790,884,405.74 元 支出 570,819,327.08 元 72.17% 应达 66.67%" in page
    assert re.search(
        r"中央财政医疗服务与保障能力提升补助资金 4,288,246.86 元 .*? 42.95% .*? 关注 已登记 1 项偏差", page
    )
    assert "整改中" in page and "已支付到六成" not in page
    assert "青鸾医保数据专项核验" not in page  # a secret project
    later = text(sign_in("shen").get(f"{DEMO}monitoring/", {"day": "2024-10-31"}))
    assert "已支付到六成" in later
    wrong = sign_in("shen").get(f"{DEMO}monitoring/", {"day": "2023-08-31"})
    assert wrong.status_code == 422 and "不在 2024 年内" in text(wrong)


def test_a_deviation_is_entered_and_followed_up(preparer: Client) -> None:
    entry = f"{DEMO}monitoring/deviation/?project=demo-p01&day=2024-08-31"
    given = {"dated": "2024-08-31", "text": "执行率偏低", "cause": "合同签得晚", "action": "加快支付",
             "responsible": "示例局办公室（虚构）", "due": "2024-07-31"}  # fmt: skip
    early = preparer.post(entry, given)
    assert early.status_code == 422 and "早于监控日期 2024-08-31" in text(early)
    assert preparer.post(entry, {**given, "due": "2024-10-31"}).status_code == 302
    page = preparer.get(f"{DEMO}monitoring/", {"day": "2024-08-31"})
    assert "合同签得晚" in text(page)
    address = html.unescape(links(page, "monitoring/deviations/demo-2024-deviations-0008/")[0])
    step = {"dated": "2024-10-20", "state": "closed", "text": "已支付到九成", "responsible": "", "evidence": "",
            "evidence_kind": ""}  # fmt: skip
    bare = preparer.post(address, step)
    assert bare.status_code == 422 and "关闭偏差没有佐证" in text(bare)
    assert (
        preparer.post(address, {**step, "evidence": "支付回单", "evidence_kind": "note"}).status_code == 302
    )
    assert "已支付到九成" in text(preparer.get(f"{DEMO}monitoring/", {"day": "2024-10-31"}))


def test_the_report_of_a_day_is_a_job(sign_in: SignIn) -> None:
    from yiheng.casework.models import Job

    made = sign_in("jing").post(f"{DEMO}monitoring/report/", {"day": "2024-08-31"})
    assert made.status_code == 302 and made["Location"].startswith("/jobs/")
    job = Job.objects.get(kind="monitoring")
    assert (job.params["as_of"], job.params["audience"]) == ("2024-08-31", "internal")
    # Its rows are shown one by one: not for everybody who may read the work.
    assert sign_in("jing").get(made["Location"]).status_code == 200
    assert sign_in("gui").get(made["Location"]).status_code == 404
    assert sign_in("shen").post(f"{DEMO}monitoring/report/", {"day": "2024-08-31"}).status_code == 403


@pytest.mark.parametrize(
    ("target", "actual", "slides"),
    [("≥-3%", "-5%", ("-7.5", "7.5")), ("≥5%", "4%", ("0", "7.5")), ("≥5%", "-1%", ("-7.5", "7.5"))],
)
def test_a_slider_reaches_below_zero_where_the_figures_do(
    target: str, actual: str, slides: tuple[str, str]
) -> None:
    policy, day = Policy.load(), dt.date(2024, 12, 31)
    rule, lexicon = load_rule(policy, "440300", day), Lexicon.of(policy, "440300", day)
    row = Row("r1", "效益指标", "经济效益指标", "增长率", target, actual, Decimal(10))
    scored = score_row(read_row(row, rule, lexicon, 2024), rule, Fraction(10))
    knob = supposing._knob(scored, RequestFactory().get("/"))
    assert (knob.least, knob.most) == slides and knob.value == actual.removesuffix("%")


def test_what_if_names_the_cheapest_way_and_saves_nothing(sign_in: SignIn) -> None:
    client, before = sign_in("wai"), LogEntry.objects.count()
    page = text(client.get(f"{CENTRE}whatif/szybzx-2020-f2-1/", {"szybzx-2020-f2-1-02": "6504"}))
    # 10.00 in the place of 4.67: 94.15 + 5.33.
    assert "假设后 99.48 分" in page and "相差 +5.33" in page and "4.67 → 10.00" in page
    assert "少儿、大学生及非从业居民医保年度缴费补贴总人数 +0.52 分" in page
    assert LogEntry.objects.count() == before
    part = client.get(f"{CENTRE}whatif/szybzx-2020-f2-1/", headers={"HX-Request": "true"}).content.decode()
    assert part.lstrip().startswith('<div id="outcome"') and "94.15" in part


def opened(client: Client, closes: dt.date) -> tuple[str, str]:
    """A new survey of two questions on its public page: address of the page, and of closing it."""
    new = {"name": "窗口满意度（虚构）", "group": "参保人", "target": "≥90%", "population": ""}
    assert client.post(f"{DEMO}surveys/new/", new).status_code == 302
    address = links(client.get(f"{DEMO}surveys/"), "/open/")[-1]
    page = client.post(address, {"questions": "快不快\n好不好", "closes_on": closes.isoformat()})
    public = re.search(r'value="http://testserver(/survey/[^"]+)"', page.content.decode())
    assert public is not None, text(page)
    number = re.search(r"online/(\d+)/close", client.get(f"{DEMO}surveys/").content.decode())
    assert number is not None
    return public[1], f"{DEMO}surveys/online/{number[1]}/close/"


def answered(address: str, *chosen: int) -> HttpResponse:
    """A visitor's answer, with the token of the form and nothing else."""
    visitor = Client(enforce_csrf_checks=True)
    token = fields(visitor.get(address))["csrfmiddlewaretoken"]
    given: dict[str, Any] = {f"q{number}": str(option) for number, option in enumerate(chosen)}
    response: HttpResponse = visitor.post(address, {**given, "csrfmiddlewaretoken": token})
    return response


def test_a_survey_from_the_public_form_to_the_result(preparer: Client) -> None:
    address, close = opened(preparer, timezone.localdate())
    whole = text(preparer.get(f"{DEMO}whole/"))
    # The lowest of all groups is not known while one has not answered; the rest is judged: 81.89 − 3.
    assert "还缺取数：satisfaction.rate" in whole and "总分 78.89" in whole
    assert "78.89 分 1 项没有评分，不在总分内" in text(preparer.get(DEMO))
    for chosen in [(0, 0)] * 6 + [(1, 1)] * 2 + [(0, 3), (3, 3)]:
        assert "已收到您的回答" in text(answered(address, *chosen))
    unfinished = answered(address, 0)
    assert unfinished.status_code == 422 and "请选一项。" in text(unfinished)
    # Satisfied are the first two of four options: 9 of 10 and 8 of 10, on average 85%.
    assert "收到 10 份" in text(preparer.get(f"{DEMO}surveys/"))
    assert "目前综合满意度 85.000%" in text(preparer.get(f"{DEMO}surveys/"))
    assert preparer.post(close).status_code == 302
    page = text(preparer.get(f"{DEMO}surveys/"))
    # The Wilson interval of 85% from 10 answers, z = 1.96 (worked by hand): 0.5410… to 0.9643….
    assert re.search(
        r"窗口满意度（虚构） 参保人 综合满意度 85.000% 95% 置信区间 54.\d+% — 96.\d+% 有效问卷 10 ", page
    )
    assert "非常满意 7，满意 2，比较满意 0，不满意 1" in page
    late = Client().get(address)
    assert late.status_code == 410 and "已经结束" in text(late)


def test_one_answer_a_browser_and_nothing_of_the_person(preparer: Client) -> None:
    address, _ = opened(preparer, timezone.localdate())
    visitor = Client()
    first = visitor.post(address, {"q0": "0", "q1": "1"})
    assert first.status_code == 200 and set(first.cookies) <= {"answered", "csrftoken"}
    assert first.cookies["answered"]["path"] == address and first.cookies["answered"]["httponly"]
    again = visitor.post(address, {"q0": "3", "q1": "3"})
    assert "您已经答过这份问卷" in text(again)
    assert "收到 1 份" in text(preparer.get(f"{DEMO}surveys/"))
    entry = LogEntry.objects.filter(table="online_surveys", action="survey_answer").get()
    assert (entry.actor, entry.user, entry.after) == ("匿名问卷", None, {"answers": 1})
    assert Client().get("/survey/somebody-guesses/").status_code == 404


def test_a_new_link_ends_the_old_one_and_a_past_day_opens_nothing(preparer: Client) -> None:
    address, close = opened(preparer, timezone.localdate())
    page = preparer.post(close.replace("close", "renew"))
    assert page.status_code == 200 and "/survey/" in page.content.decode()
    assert Client().get(address).status_code == 404
    other = links(preparer.get(f"{DEMO}surveys/"), "/open/")[0]
    late = preparer.post(other, {"questions": "一\n一", "closes_on": "2020-01-01"})
    assert late.status_code == 422 and "截止日期已经过去" in text(late) and "问题重复：一" in text(late)


@pytest.mark.parametrize("path", ["", "targets/", "monitoring/", "scores/", "whole/", "whatif/", "surveys/"])
def test_readers_read_and_strangers_do_not(path: str, sign_in: SignIn) -> None:
    for name in ("jing", "zhang", "gui", "ju", "cai", "shen"):
        assert sign_in(name).get(f"{DEMO}{path}").status_code == 200, name
    for name in ("wai", "xitong", "anquan", "shenji"):
        assert sign_in(name).get(f"{DEMO}{path}").status_code == 403, name
    assert Client().get(f"{DEMO}{path}").status_code == 302


def test_who_only_looks_writes_nothing(sign_in: SignIn) -> None:
    open_cycle()
    clients = [
        sign_in(name) for name in ("zhang", "ju", "cai", "shen")
    ]  # approve or look; none of them fills in
    before = LogEntry.objects.count()
    for client in clients:
        assert (
            client.post(
                INDICATOR, {"version": "1", "level1": "一", "level3": "三", "target": "1家"}
            ).status_code
            == 403
        )
        assert client.post(f"{SHEET}save/", fields(client.get(SHEET))).status_code in (403, 422)
        assert client.post(f"{DEMO}surveys/new/", {"name": "一", "group": "二"}).status_code == 403
        assert "只能查看" in text(client.get(SHEET))
    assert LogEntry.objects.count() == before


def test_before_the_cycle_is_open_nobody_fills_in(sign_in: SignIn) -> None:
    client = sign_in("jing")
    assert "周期还没有启用" in text(client.get(SHEET))
    assert client.post(f"{DEMO}surveys/new/", {"name": "一", "group": "二"}).status_code == 403
