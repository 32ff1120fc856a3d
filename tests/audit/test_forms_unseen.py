"""Two whole papers of made-up places (虚构), every form error planted once: silent without it, telling with it.

The bars are those of the audit: of the errors of labels, names and forms at least 70 % are found, and at least 95 % of
what is told on them is true. Every single error is asserted, so that the rate can only fall with a named test.
"""

from __future__ import annotations

import datetime as dt
from functools import cache
from pathlib import Path

import pytest
from tests.audit.disclosure import CITY, disclosure
from tests.audit.drafts import WRITERS, Draft
from tests.audit.evaluations import PROJECTS, UNIT, YEAR, evaluations

from yiheng.facts.audit import DocumentAudit
from yiheng.pipelines import audit
from yiheng.policy import Policy

TODAY = dt.date(2026, 10, 1)
PAPER, SHEETS = disclosure(), evaluations()
RATED = "七、预算绩效情况说明"
TABLE_5 = "五、一般公共预算财政拨款基本支出决算情况说明"
WRITTEN: dict[str, tuple[Draft, str]] = {
    # contents
    "a heading that the contents list is lost": (PAPER.without(RATED, 1), "audit.form.contents"),
    "a heading is not in the contents": (PAPER.without(RATED), "audit.form.contents"),
    "two entries of the contents changed places": (
        PAPER.exchanged(RATED, "六、财政拨款“三公”经费支出决算情况说明"),
        "audit.form.contents",
    ),
    "a heading has another number": (
        PAPER.changed(RATED, "八、预算绩效情况说明", 1),
        "audit.label.heading-number",
    ),
    "a part has another number": (
        PAPER.changed("第四部分 名词解释", "第五部分 名词解释", 1),
        "audit.form.contents",
    ),
    "an entry of the contents has another name": (
        PAPER.changed(TABLE_5, TABLE_5.replace("基本", "项目")),
        "audit.form.contents",
    ),
    "the contents of a report lack a section": (SHEETS.without("五、改进措施", 1), "audit.form.contents"),
    # years, units, numbers of tables
    "a caption has last year": (PAPER.changed("2022年度　　金额", "2021年度　　金额", 3), "audit.label.year"),
    "a sheet has last year": (SHEETS.changed("（2021年度）", "（2020年度）", 2), "audit.label.year"),
    "a part's title has last year": (
        PAPER.changed("第三部分 2022年度部门", "第三部分 2021年度部门", 1),
        "audit.label.heading-year",
    ),
    "a sentence has last year": (
        PAPER.changed("2022年度一般公共预算财政拨款基本支出", "2021年度一般公共预算财政拨款基本支出"),
        "narrative.year",
    ),
    "a caption has 元 above 万元": (PAPER.changed("金额单位：万元", "金额单位：元", 4), "audit.label.unit"),
    "the caption of the smallest table has 元": (
        PAPER.changed("金额单位：万元", "金额单位：元", 6),
        "audit.label.unit",
    ),
    "two tables have one number": (PAPER.changed("公开05表", "公开04表"), "audit.label.table-number"),
    # names
    "a caption has another place's office": (
        PAPER.changed("部门：沂泽市医疗保障局", "部门：澧江市医疗保障局", 2),
        "audit.label.owner",
    ),
    "a sentence has another place's office": (
        PAPER.changed("沂泽市医疗保障局2022年度收入总计", "澧江市医疗保障局2022年度收入总计"),
        "audit.label.other-unit",
    ),
    "a list of units has another place's office": (
        PAPER.changed("1.沂泽市医疗保障局（本级）", "1.澧江市医疗保障局（本级）"),
        "audit.label.other-unit",
    ),
    "a sheet has another place's office": (
        SHEETS.changed("凌川县医疗保障局", "云溪县医疗保障局", 6),
        "audit.label.other-unit",
    ),
    "a subject has another name": (
        PAPER.changed("医疗保障政策管理", "医疗保障经办事务"),
        "audit.label.code-name",
    ),
    "a sheet leaves its unit blank": (
        SHEETS.changed("凌川县医疗保障服务中心", "", 2),
        "audit.target.blank-field",
    ),
    # leftovers
    "both directions are kept": (PAPER.changed("下降6.73%", "增长（下降）6.73%"), "audit.form.leftovers"),
    "a number is not filled in": (PAPER.changed("车辆2辆", "车辆XX辆"), "audit.form.leftovers"),
    "a reason is not filled in": (
        PAPER.changed("主要原因是城乡居民基本医疗保险财政补助标准提高", "主要原因是……"),
        "audit.form.leftovers",
    ),
    "a unit is not filled in": (
        PAPER.changed("1.沂泽市医疗保障局（本级）", "1.______（本级）"),
        "audit.form.leftovers",
    ),
    "a hint of the form is left": (
        PAPER.changed("厉行节约。", "厉行节约（请说明具体原因）。"),
        "audit.form.leftovers",
    ),
    "a cell of a sheet is not filled in": (
        SHEETS.in_row("群众办事等候时间", "12分钟", "XX分钟"),
        "audit.form.leftovers",
    ),
    # brackets, signs, units
    "a bracket does not close": (PAPER.changed("通用设备0台（套）", "通用设备0台（套"), "audit.form.brackets"),
    "a quotation in a heading does not close": (
        PAPER.changed("六、财政拨款“三公”经费支出", "六、财政拨款“三公经费支出", 1),
        "audit.form.brackets",
    ),
    "a percentage lacks its sign": (PAPER.changed("总额的90.00%", "总额的90.00"), "narrative.bare-number"),
    "an amount lacks its unit": (
        PAPER.changed("公务接待费支出决算为1.25万元", "公务接待费支出决算为1.25"),
        "narrative.bare-number",
    ),
    "a rate of a sheet lacks its sign": (
        SHEETS.in_row("年度资金总额", "97.18%", "97.18"),
        "audit.table.percent-sign",
    ),
    "an actual has another unit than its target": (
        SHEETS.in_row("检查定点医药机构数量", "112家", "112次"),
        "audit.target.units",
    ),
    "a rate of nothing": (
        PAPER.changed("比上年增加1.25万元。国内", "比上年0万元增加1.25万元，增长100%。国内"),
        "narrative.zero-base",
    ),
    # announced numbers
    "more units are announced than listed": (PAPER.changed("单位共2个", "单位共3个"), "audit.form.listed"),
    "more measures are announced than listed": (
        PAPER.changed("以下三项措施", "以下四项措施"),
        "audit.form.listed",
    ),
    "more problems are announced than listed": (
        SHEETS.changed("两个方面的问题", "三个方面的问题"),
        "audit.form.listed",
    ),
    "more sheets are announced than printed": (
        SHEETS.changed("公开4个项目支出", "公开5个项目支出"),
        "audit.form.announced-sheets",
    ),
    "more offices are counted than named": (SHEETS.changed("3个股室", "4个股室"), "narrative.count"),
    # sheets
    "weights come to 95": (
        SHEETS.in_row("宣传活动场次", "20", "15").in_row("宣传活动场次", "20", "15").in_row("总分", "100", "95")
        .in_row("总分", "99.72", "94.72").changed("99.72", "94.72"),
        "audit.sheet.hundred",
    ),
    "a lost point has no reason": (
        SHEETS.changed("部分结果因复核未公开，将加快办理", ""),
        "audit.sheet.reason",
    ),
    "a score is above its weight": (SHEETS.in_row("检查结果公开率", "19", "21"), "audit.sheet.limit"),
    # claims
    "another subject is called the largest": (
        PAPER.changed("卫生健康支出占比最高", "住房保障支出占比最高"),
        "narrative.ranking",
    ),
    "a product in words is wrong": (PAPER.changed("52.35万元", "53.25万元"), "narrative.product"),
    "a completion rate of a table's budget is wrong": (
        PAPER.changed("完成预算的62.50%", "完成预算的65.20%"),
        "narrative.completion",
    ),
    "the score of a project is not that of its sheet": (
        SHEETS.changed("自评得分99.72分", "自评得分97.92分"),
        "audit.report.score",
    ),
}  # fmt: skip


@cache
def policy() -> Policy:
    return Policy.load()


def audited(draft: Draft, suffix: str, folder: Path) -> DocumentAudit:
    path = folder / f"document.{suffix}"
    WRITERS[suffix](draft, path)
    (done,) = audit.run([path], policy(), TODAY).audits
    return done


@pytest.mark.parametrize("suffix", WRITERS)
def test_the_papers_are_silent_and_looked_at(suffix: str, tmp_path: Path) -> None:
    for draft, identity, least in (
        (PAPER, ("accounts", CITY.d.unit, CITY.d.year), 500),
        (SHEETS, ("self_evaluation", UNIT, YEAR), 140),
    ):
        done = audited(draft, suffix, tmp_path)
        assert (done.identity.kind, done.identity.unit, done.identity.year) == identity
        assert not [(f.rule, f.quote, f.printed, f.message) for f in done.shown]
        assert done.counts["pass"] >= least


@pytest.mark.parametrize("what", WRITTEN)
def test_a_planted_error_is_told_once(what: str, tmp_path: Path) -> None:
    draft, rule = WRITTEN[what]
    assert [f.rule for f in audited(draft, "html", tmp_path).shown] == [rule]


@pytest.mark.parametrize(
    ("old", "new", "figure"),
    [
        ("预算数为65.00万元", "预算数为66.00万元", "66.00"),
        ("执行数为33.84万元", "执行数为34.84万元", "34.84"),
        (f"全年预算数合计{sum(float(p.budget) for p in PROJECTS):.2f}", "全年预算数合计265.10", "265.10"),
    ],
)
def test_a_wrong_amount_of_a_project_is_named(old: str, new: str, figure: str, tmp_path: Path) -> None:
    (found,) = audited(SHEETS.changed(old, new), "html", tmp_path).shown
    assert figure in found.printed
