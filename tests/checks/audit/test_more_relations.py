"""Relations that reports of governments and funds tell without the usual words. All invented (虚构)."""

from __future__ import annotations

import pytest
from tests.checks.audit.sentences import passed, shown

Paragraphs = tuple[str, ...]

HOLD: dict[str, Paragraphs] = {
    "rate before amount": (
        "全县一般公共预算收入（自然口径）完成31,500万元，为预算的101.2%，同比增长5%，增收1,500万元，居全市第6位。",
    ),
    "several targets": (
        "完成一般公共预算收入33.60亿元，为人大预算数35亿元的96%，超序时进度2个百分点，为市下季度目标33.23亿元101.11%，"
        "为市下全年目标42亿元的80%。",
        "基金预算收入8,058万元，为调整预算14,390万元的56%。",
    ),
    "brackets in the base": ("经费支出60.00万元，比2019年（搬迁前）决算数减少20.00万元，降低25%。",),
    "balance over parts": (
        "基金本年收入28,500万元，比上年增长7.4%。其中：费收入22,412万元，财政补贴收入4,391万元。本年支出25,800万元，"
        "比上年增长11.6%。其中，待遇支出24,900万元。本年收支结余2,700万元，年末滚存结余36,577万元。",
    ),
    "added to what it came to": (
        "2018年，基金收入预算数670.00亿元，决算数580.00亿元，完成预算的86.6%。另外，加上调剂收入2,410.25亿元，"
        "收入总量2,990.25亿元。",
    ),
    "numbered below": (
        "（一）2020年，全镇财政总收入175,239万元，比上年增长3%。",
        "1.公共预算收入82,640万元。",
        "2.基金预算收入80,587万元。包括：土地出让金收入80,000万元，污水处理费收入587万元。",
        "3.专户管理收入12,012万元。",
        "（二）全镇财政总支出92,651万元。",
        "1.按照大类支出：",
        "（1）公共预算支出82,639万元。",
        "（2）专户管理支出10,012万元。",
    ),
    "taxes and the rest": (
        "全县一般公共预算收入完成32,221万元，增长3.5%（税收收入完成13,158万元，下降4.7%；非税收入完成19,063万元，增长10%）。",
    ),
    "three budgets": (
        "全县地方财政收入完成57,901万元。其中一般公共预算收入完成32,221万元，增长9.3%。政府性基金预算收入完成24,719万元，"
        "增长3.2%。国有资本经营预算收入完成961万元，下降5%。",
    ),
    "divided once more": (
        "全年销售彩票3,339.51万元。其中，甲机构1,444.88万元，乙机构1,894.63万元。分类型看，乐透型彩票2,219.08万元，"
        "竞猜型彩票1,120.43万元。",
    ),
    "items under headings": (
        "“三公”经费支出9,409万元。其中：出国费226万元；公务用车购置及运行维护费7,804万元；公务接待费1,379万元。",
        "1.出国费支出",
        "全年支出226万元。",
        "2.公务用车购置及运行维护费支出",
        "全年市级公务用车购置及运行维护费7,804万元，其中购置614万元。",
    ),
    "bodies behind their number": (
        "局机关内设3个科室：办公室、规划科、财务科；下属养护中心内设4个科室，分别为办公室、计财科、养护科和安全科。",
    ),
    "reasons that add up": (
        "收支较上年决算数增加418.97万元，增长4%，主要原因是财政拨款收入增加2,296.45万元，政府性基金减少401.85万元，"
        "年初结转减少1,475.63万元。",
    ),
    "two comparisons": (
        "“三公”经费较上年减少15.29万元，较年初预算数减少0.05万元。其中：用车费较上年减少2.90万元，较年初预算数减少0.04万元；"
        "接待费较上年减少12.39万元，较年初预算数减少0.01万元。",
    ),
    "short unit": ("可发行新增债券917亿，其中：市级使用297.9亿元，转贷区级使用619.1亿元，占67.51%。",),
    "expenditure by its other name": ("一般公共预算支出483亿元，其中民生支出411.6亿元，占财政支出的85.2%。",),
    "the grand total": (
        "全市财政总收入67,949万元，增长10.61%。其中：地方公共财政收入51,653万元；上划中央收入16,296万元，"
        "占全口径财政总收入的24%。",
        "累计完成税收收入36,552万元，税收占财政总收入的比重为53.79%。",
    ),
    "estimates item by item": (
        "1.低保人员缴费约为350元/月。根据上年1200人预估，预计人数1500人，合计费用约630万元。"
        "2.儿童上年补贴522元/年，预计每人每年资助约470元，预计人数约1100人，约需费用51.7万元；"
        "3.保费为每人每年30元，已资助约3670人，预计有4400名参加，约需费用13.2万元；以上三项共需申请资金694.9万元。",
    ),
    "what is left stands last": (
        "全年支出19,860.50万元，为调整预算的99%。结余3,402.85万元。支出分项具体如下：",
        "1.服务支出8,641.50万元。",
        "2.教育支出11,219.00万元。",
    ),
    "numbers with a blank behind them": (
        "“三公”经费预算17.50万元。具体情况：",
        "1 、2016年因公出国费预算1.20万元。",
        "2 、2016年公务用车购置及运行维护费预算12.00万元。",
        "3 、2016年公务接待费预算4.30万元。",
    ),
    "rates in brackets are of the inner figures": (
        "财政收入完成579,014万元，为预算的81.06%。其中一般公共预算收入完成322,215万元，为预算的101.5%（税收收入131,589万元，"
        "为预算的68.5%；非税收入190,626万元，为预算的152.2%）。政府性基金预算收入完成247,195万元，为预算的63.9%。"
        "国有资本经营预算收入完成9,604万元，为预算的96%。",
    ),
}
WRONG = [
    ("rate before amount", "增收1,500", "增收1,800", "narrative.growth"),
    ("several targets", "的80%", "的88%", "narrative.completion"),
    ("several targets", "56%", "65%", "narrative.completion"),
    ("brackets in the base", "25%", "35%", "narrative.growth"),
    ("balance over parts", "结余2,700", "结余2,173", "narrative.difference"),
    ("numbered below", "80,587万元。", "80,857万元。", "narrative.parts"),
    ("numbered below", "支出10,012", "支出10,212", "narrative.parts"),
    ("taxes and the rest", "19,063", "19,363", "narrative.parts"),
    ("three budgets", "57,901", "57,991", "narrative.parts"),
    ("divided once more", "1,120.43", "1,120.93", "narrative.parts"),
    ("items under headings", "维护费7,804万元，其", "维护费7,840万元，其", "narrative.repeated"),
    ("bodies behind their number", "内设3个", "内设5个", "narrative.count"),
    ("bodies behind their number", "内设4个", "内设6个", "narrative.count"),
    ("reasons that add up", "2,296.45", "2,269.45", "narrative.parts"),
    ("two comparisons", "2.90", "2.09", "narrative.parts"),
    ("expenditure by its other name", "85.2%", "82.5%", "narrative.share"),
    ("the grand total", "53.79%", "57.39%", "narrative.share"),
    ("the grand total", "的24%", "的42%", "narrative.share"),
    ("estimates item by item", "13.2", "12.3", "narrative.parts"),
    ("estimates item by item", "630万", "680万", "narrative.parts"),
    ("estimates item by item", "694.9", "649.9", "narrative.parts"),
    ("what is left stands last", "8,641.50", "8,461.50", "narrative.parts"),
    ("numbers with a blank behind them", "17.50", "15.70", "narrative.parts"),
    ("short unit", "67.51%", "76.51%", "narrative.share"),
]
SILENT: list[Paragraphs] = [
    # A rate of figures made comparable is not the rate of those that are printed.
    ("全县一般公共预算收入（同口径）完成30,161万元，同比增长14.6%，增收4,376万元。",),
    # A target beside the figure is not what was done.
    ("收入33.60亿元，为市下季度目标33.23亿元101.11%，为市下全年目标42亿元的80%。",),
    # Main items only.
    (
        "（一）全县财政支出95,600万元，主要项目：",
        "1.教育支出52,640万元。",
        "2.卫生健康支出41,960万元。",
        "（二）其他。",
    ),
    # Reasons that are some of several.
    ("支出较上年增加100.00万元，主要原因是人员经费增加61.35万元，公用经费增加12.40万元。",),
    # Some kinds of tax.
    (
        "全市税收入库24.79亿元。分项目看，增值税完成9.82亿元；营业税完成4.72亿元；所得税完成2.6亿元；个人所得税完成1.07亿元；"
        "消费税完成2.11亿元；契税完成1.82亿元；城建税完成0.79亿元。非税收入完成1.89亿元。",
    ),
    # One item of which the words say less than it takes.
    ("每人每年补贴35元，去年1200人，预计1500人，合计费用约6.25万元。",),
    # Names that are not all.
    ("局机关内设9个科室：办公室、规划科、财务科等。",),
]


@pytest.mark.parametrize("name", HOLD)
def test_what_holds_is_silent_and_counted(name: str) -> None:
    assert shown(*HOLD[name]) == []
    assert passed(HOLD[name]) > 0


@pytest.mark.parametrize(("name", "right", "wrong", "rule"), WRONG)
def test_what_is_wrong_is_told_by_its_figure(name: str, right: str, wrong: str, rule: str) -> None:
    text = "\n".join(HOLD[name])
    assert text.count(right) == 1
    ((found, printed),) = shown(*text.replace(right, wrong).split("\n"))
    number = "".join(c for c in wrong.rpartition("的")[2] if c.isdigit() or c in ",.")
    assert found == rule and number in printed


@pytest.mark.parametrize("paragraphs", SILENT)
def test_what_the_words_leave_open_is_not_judged(paragraphs: Paragraphs) -> None:
    assert shown(*paragraphs) == []
