"""The explanations (情况说明) of made-up final accounts in the wordings of several places (虚构)."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import TYPE_CHECKING

from tests.audit.department import NAMES, ZERO, D, percent

if TYPE_CHECKING:
    from tests.audit.accounts import Accounts

CLASSES = ("208", "210", "221")


def change(a: Accounts, now: Decimal, before: Decimal, verb: tuple[str, str] = ("增加", "减少")) -> str:
    """增加 … 万元，增长 … %."""
    up = now >= before
    rate = percent(abs(now - before), before)
    return f"{verb[0] if up else verb[1]}{a.money(abs(now - before))}，{'增长' if up else '下降'}{rate}"


def county(a: Accounts) -> None:
    """Both totals in one sentence, the whole of shares in the sentence before."""
    y, d, m, year = a.y, a.d, a.money, a.d.year
    say, heading = a.draft.say, a.draft.heading
    last = y.total - D("917.43")
    heading(f"第三部分 {year}年度部门决算情况说明")
    heading("一、收入支出决算总体情况说明", 3)
    say(
        f"{d.unit}{year}年度收入、支出决算总计{m(y.total)}。与上年相比，收、支总计各{change(a, y.total, last)}，"
        "主要原因是城乡居民基本医疗保险财政补助标准提高。"
    )
    heading("二、收入决算情况说明", 3)
    say(
        f"{year}年度本年收入合计{m(y.income)}，其中：财政拨款收入{m(y.fiscal_income)}，"
        f"占{percent(y.fiscal_income, y.income)}；其他收入{m(y.other)}，占{percent(y.other, y.income)}。"
    )
    heading("三、支出决算情况说明", 3)
    project = d.project + d.fund
    say(
        f"{year}年度本年支出合计{m(y.spent)}，其中：基本支出{m(d.basic)}，占{percent(d.basic, y.spent)}；"
        f"项目支出{m(project)}，占{percent(project, y.spent)}。"
    )
    heading("五、一般公共预算财政拨款支出决算情况说明", 3)
    heading("（一）一般公共预算财政拨款支出决算总体情况", 4)
    before = y.general - D("310.55")
    say(
        f"{year}年度一般公共预算财政拨款支出{m(y.general)}，占本年支出合计的{percent(y.general, y.spent)}。"
        f"与上年相比，一般公共预算财政拨款支出{change(a, y.general, before)}。"
    )
    heading("（二）一般公共预算财政拨款支出决算结构情况", 4)
    parts = [(c, d.of(c) - (y.spent_of_other if c == "210" else ZERO)) for c in CLASSES]
    listed = "；".join(f"{NAMES[c]}（类）{m(v)}，占{percent(v, y.general)}" for c, v in parts)
    say(f"{year}年度一般公共预算财政拨款支出{m(y.general)}，主要用于以下方面：{listed}。")
    heading("（三）一般公共预算财政拨款支出决算具体情况", 4)
    for n, line in enumerate(d.lines, 1):
        now = line.whole - (y.spent_of_other if line.code == "2101599" else ZERO)
        plan = (now * D("0.93")).quantize(D("0.01"))
        say(
            f"{n}.{NAMES[line.code[:3]]}（类）{NAMES[line.code[:5]]}（款）{line.name}（项）。年初预算为{m(plan)}，"
            f"支出决算为{m(now)}，完成年初预算的{percent(now, plan)}。决算数大于年初预算数的主要原因是据实结算。"
        )
    heading("六、一般公共预算财政拨款基本支出决算情况说明", 3)
    say(
        f"{year}年度一般公共预算财政拨款基本支出{m(d.basic)}，其中：人员经费{m(d.people)}，主要包括：基本工资、津贴补贴等；"
        f"公用经费{m(d.office)}，主要包括：办公费、公务接待费等。"
    )
    heading("七、财政拨款“三公”经费支出决算情况说明", 3)
    say(
        f"{year}年度“三公”经费财政拨款支出预算为6.50万元，支出决算为4.85万元，完成预算的74.62%，比上年减少0.35万元，下降6.73%。"
        "其中：因公出国（境）费支出0.00万元；公务用车购置及运行维护费支出3.60万元，占74.23%；公务接待费支出1.25万元，占25.77%。"
    )
    heading("十、其他重要事项的情况说明", 3)
    say(
        f"（一）机关运行经费支出情况。{year}年度机关运行经费支出{m(d.office)}，"
        f"比上年{change(a, d.office, d.office - D('3.21'))}。",
        f"（二）政府采购支出情况。{year}年度政府采购支出总额86.40万元，其中：政府采购货物支出12.30万元、"
        "政府采购工程支出0.00万元、"
        "政府采购服务支出74.10万元。授予中小企业合同金额77.76万元，占政府采购支出总额的90.00%，"
        "其中：授予小微企业合同金额43.20万元，占政府采购支出总额的50.00%。",
        f"（三）国有资产占用情况。截至{year}年12月31日，本部门共有车辆2辆，其中：机要通信用车1辆、其他用车1辆。",
    )


def province(a: Accounts) -> None:
    """The base of a change is printed in brackets; 三公 items are a list of paragraphs."""
    y, d, m, year = a.y, a.d, a.money, a.d.year
    say, heading = a.draft.say, a.draft.heading
    last = y.total + D("402.18")
    heading(f"第三部分 {d.unit}{year}年度部门决算情况说明")
    heading(f"一、{year}年度收入支出决算总体情况说明", 3)
    say(
        f"{year}年度收入总计{m(y.total)}，支出总计{m(y.total)}。与{year - 1}年度（{m(last)}）相比，"
        f"收入支出总计减少{m(last - y.total)}，下降{percent(last - y.total, last)}。"
    )
    heading(f"二、{year}年度收入决算情况说明", 3)
    say(
        f"本年收入{m(y.income)}，其中：财政拨款收入{m(y.fiscal_income)}，占比{percent(y.fiscal_income, y.income)}；"
        f"其他收入{m(y.other)}，占比{percent(y.other, y.income)}。"
    )
    heading(f"三、{year}年度支出决算情况说明", 3)
    project = d.project + d.fund
    say(
        f"本年支出{m(y.spent)}，其中：基本支出{m(d.basic)}，占比{percent(d.basic, y.spent)}；"
        f"项目支出{m(project)}，占比{percent(project, y.spent)}。"
    )
    heading(f"四、{year}年度“三公”经费支出情况说明", 3)
    say(
        f"{year}年度“三公”经费支出合计4.85万元，较年初预算数6.50万元减少1.65万元，下降25.38%，完成年初预算的74.62%。",
        "（一）因公出国（境）费0.00万元。",
        "（二）公务用车购置及运行维护费3.60万元，其中公务用车购置费0.00万元，公务用车运行维护费3.60万元。",
        "（三）公务接待费1.25万元。",
    )


SPOKEN: dict[str, Callable[[Accounts], None]] = {"county": county, "province": province}
"""Wordings of the explanations by the name that a form gives."""
