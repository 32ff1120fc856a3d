"""A whole disclosure of final accounts (部门决算公开) of a made-up city (虚构), from its cover to its terms."""

from __future__ import annotations

from tests.audit.accounts import Accounts
from tests.audit.department import NAMES, ZERO, D, department, percent
from tests.audit.drafts import Draft
from tests.audit.said import CLASSES, change
from tests.audit.year import Form, Year

TITLES = (
    "收入支出决算总表",
    "收入决算表",
    "支出决算表",
    "财政拨款收入支出决算总表",
    "一般公共预算财政拨款支出决算表",
    "一般公共预算财政拨款基本支出决算表",
    "财政拨款“三公”经费支出决算表",
    "政府性基金预算财政拨款收入支出决算表",
    "国有资本经营预算财政拨款支出决算表",
)
ORDER = "一二三四五六七八九十"
TOLD = (
    "收入支出决算总体情况说明",
    "收入决算情况说明",
    "支出决算情况说明",
    "一般公共预算财政拨款支出决算情况说明",
    "一般公共预算财政拨款基本支出决算情况说明",
    "财政拨款“三公”经费支出决算情况说明",
    "预算绩效情况说明",
    "其他重要事项的情况说明",
)
CITY = Year(department("沂泽市医疗保障局", 2022, "1.19"))


class Disclosure(Accounts):
    """The nine tables of `Accounts` within the whole paper."""

    def made(self) -> Draft:
        unit, year, draft = self.d.unit, self.d.year, self.draft
        draft.heading(f"{unit}{year}年度部门决算", 1)
        self.contents()
        draft.heading("第一部分 部门概况")
        draft.heading("一、主要职能", 3)
        draft.say(
            "（一）拟订本市医疗保障制度的政策、规划和标准，并组织实施和监督检查。",
            "（二）组织拟订并实施医疗保障基金监督管理办法，建立健全基金安全防控机制。",
        )
        draft.heading("二、机构设置", 3)
        draft.say(
            "本部门内设办公室、待遇保障科、医药服务科、基金监管科等4个科室。",
            f"纳入{year}年度部门决算编制范围的单位共2个，具体包括：",
            f"1.{unit}（本级）；",
            "2.沂泽市医疗保障服务中心。",
        )
        draft.heading(f"第二部分 {year}年度部门决算表")
        for table in (self.totals, self.received, self.spent, self.fiscal, self.general, self.basic):
            table()
        for table in (self.three, self.fund, self.capital):
            table()
        draft.heading(f"第三部分 {year}年度部门决算情况说明")
        self.told()
        draft.heading("第四部分 名词解释")
        draft.say(
            "一、财政拨款收入：指单位从同级财政部门取得的财政预算资金。",
            "二、基本支出：指为保障机构正常运转、完成日常工作任务而发生的人员支出和公用支出。",
        )
        return draft

    def contents(self) -> None:
        year = self.d.year
        lines = [
            "目 录",
            "第一部分 部门概况",
            "一、主要职能",
            "二、机构设置",
            f"第二部分 {year}年度部门决算表",
        ]
        lines += [f"{ORDER[n]}、{title}" for n, title in enumerate(TITLES)]
        lines.append(f"第三部分 {year}年度部门决算情况说明")
        lines += [f"{ORDER[n]}、{title}" for n, title in enumerate(TOLD)]
        self.draft.say(*lines, "第四部分 名词解释")

    def caption(self, number: int, title: str) -> None:
        self.draft.heading(f"{ORDER[number - 1]}、{title}", 3)
        self.draft.say(
            self.form.label.format(number),
            f"{self.form.owner.format(self.d.unit)}　　{self.d.year}年度　　金额单位：{self.form.unit}",
        )

    def told(self) -> None:
        for n, (title, say) in enumerate(
            zip(
                TOLD,
                (
                    self._whole,
                    self._income,
                    self._outgo,
                    self._general_told,
                    self._basic_told,
                    self._three_told,
                    self._performance,
                    self._others,
                ),
                strict=True,
            )
        ):
            self.draft.heading(f"{ORDER[n]}、{title}", 3)
            self.draft.say(*say())

    def _whole(self) -> list[str]:
        y, m, year = self.y, self.money, self.d.year
        last = y.total - D("1206.35")
        return [
            f"{self.d.unit}{year}年度收入总计{m(y.total)}，支出总计{m(y.total)}。与{year - 1}年度相比，收、支总计各"
            f"{change(self, y.total, last)}，主要原因是城乡居民基本医疗保险财政补助标准提高。"
        ]

    def _income(self) -> list[str]:
        y, m = self.y, self.money
        return [
            f"本年收入合计{m(y.income)}，其中：财政拨款收入{m(y.fiscal_income)}，"
            f"占{percent(y.fiscal_income, y.income)}；"
            f"其他收入{m(y.other)}，占{percent(y.other, y.income)}。"
        ]

    def _outgo(self) -> list[str]:
        y, d, m = self.y, self.d, self.money
        project = d.project + d.fund
        return [
            f"本年支出合计{m(y.spent)}，其中：基本支出{m(d.basic)}，占{percent(d.basic, y.spent)}；"
            f"项目支出{m(project)}，占{percent(project, y.spent)}。"
        ]

    def _general_told(self) -> list[str]:
        y, d, m, year = self.y, self.d, self.money, self.d.year
        parts = [(c, d.of(c) - (y.spent_of_other if c == "210" else ZERO)) for c in CLASSES]
        listed = "；".join(f"{NAMES[c]}（类）{m(v)}，占{percent(v, y.general)}" for c, v in parts)
        return [
            f"（一）总体情况。{year}年度一般公共预算财政拨款支出{m(y.general)}，"
            f"占本年支出合计的{percent(y.general, y.spent)}。",
            f"（二）结构情况。{year}年度一般公共预算财政拨款支出{m(y.general)}，主要用于以下方面：{listed}。",
            "从支出结构看，卫生健康支出占比最高。",
            f"（三）测算情况。城乡居民医疗救助资助参保按每人每年349元、1,500人测算，共{m(D('52.35'))}。",
        ]

    def _basic_told(self) -> list[str]:
        d, m, year = self.d, self.money, self.d.year
        return [
            f"{year}年度一般公共预算财政拨款基本支出{m(d.basic)}，其中：人员经费{m(d.people)}，主要包括：基本工资、津贴补贴等；"
            f"公用经费{m(d.office)}，主要包括：办公费、公务接待费等。"
        ]

    def _three_told(self) -> list[str]:
        year = self.d.year
        return [
            f"{year}年度“三公”经费财政拨款支出预算为6.50万元，支出决算为4.85万元，完成预算的74.62%，比上年减少0.35万元，"
            "下降6.73%。",
            "1.因公出国（境）费支出决算为0.00万元。全年安排因公出国（境）团组0个。",
            "2.公务用车购置及运行维护费支出决算为3.60万元，完成预算的80.00%。决算数小于预算数的主要原因是厉行节约。",
            "3.公务接待费支出决算为1.25万元，完成预算的62.50%，比上年增加1.25万元。国内公务接待18批次、156人次。",
        ]

    def _performance(self) -> list[str]:
        d, m, year = self.d, self.money, self.d.year
        return [
            f"（一）自评情况。根据预算绩效管理要求，本部门组织对{year}年度项目支出开展绩效自评，共涉及项目5个，资金{m(d.project)}。",
            "（二）主要做法。主要采取以下三项措施：一是完善绩效目标管理，提高编制质量；二是开展运行监控，及时纠正偏差；"
            "三是强化结果应用，与预算安排挂钩。",
        ]

    def _others(self) -> list[str]:
        d, m, year = self.d, self.money, self.d.year
        return [
            f"（一）机关运行经费支出情况。{year}年度机关运行经费支出{m(d.office)}，"
            f"比上年{change(self, d.office, d.office - D('3.21'))}。",
            f"（二）政府采购支出情况。{year}年度政府采购支出总额86.40万元，其中：政府采购货物支出12.30万元、"
            "政府采购工程支出0.00万元、政府采购服务支出74.10万元。授予中小企业合同金额77.76万元，"
            "占政府采购支出总额的90.00%。",
            f"（三）国有资产占用情况。截至{year}年12月31日，本部门共有车辆2辆，其中：机要通信用车1辆、其他用车1辆；"
            "单价50万元以上通用设备0台（套）。",
        ]


def disclosure() -> Draft:
    """The paper of Yize city for 2022."""
    return Disclosure(CITY, Form(zero="0.00")).made()
