"""Final accounts (部门决算) of a made-up department in the wordings of several places and years."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from tests.audit.department import FUND, NAMES, ORDINALS, ZERO, D, Department, percent
from tests.audit.drafts import Draft, Given, Over

OTHER, BEFORE, LEFT, SPENT_OF_OTHER = D("3.20"), D("15.60"), D("10.00"), D("8.80")
CLASSES = ("208", "210", "221")


@dataclass(frozen=True)
class Form:
    """How a place prints its accounts."""

    unit: str = "万元"
    commas: bool = True
    zero: str = ""
    split: bool = False
    """类, 款 and 项 in a column each."""
    label: str = "公开{:02}表"
    owner: str = "部门：{}"
    numbered: bool = True
    """行次 and 栏次."""
    spoken: str = "county"

    def show(self, amount: Decimal, zero: str | None = None) -> str:
        """An amount as the tables print it."""
        if not amount:
            return self.zero if zero is None else zero
        value = amount * 10000 if self.unit == "元" else amount
        return f"{value:,.2f}" if self.commas else f"{value:.2f}"


@dataclass(frozen=True)
class Year:
    """What the accounts add to the department: money from outside, and what was left."""

    d: Department
    other: Decimal = OTHER
    before: Decimal = BEFORE
    left: Decimal = LEFT
    spent_of_other: Decimal = SPENT_OF_OTHER

    @property
    def spent(self) -> Decimal:
        return self.d.general + self.d.fund

    @property
    def income(self) -> Decimal:
        return self.spent + self.left - self.before

    @property
    def total(self) -> Decimal:
        return self.spent + self.left

    @property
    def fiscal_income(self) -> Decimal:
        return self.income - self.other

    @property
    def fiscal_spent(self) -> Decimal:
        return self.spent - self.spent_of_other

    @property
    def general(self) -> Decimal:
        return self.fiscal_spent - self.d.fund

    @property
    def fiscal_before(self) -> Decimal:
        return D("10.00")

    @property
    def fiscal_left(self) -> Decimal:
        return self.fiscal_before + self.fiscal_income - self.fiscal_spent


class Accounts:
    """Writes the nine tables and the explanations."""

    def __init__(self, year: Year, form: Form) -> None:
        self.y, self.d, self.form, self.draft = year, year.d, form, Draft()

    def made(self) -> Draft:
        self.draft.heading(f"{self.d.unit}{self.d.year}年度部门决算", 1)
        self.draft.heading(f"第二部分 {self.d.year}年度部门决算表")
        for table in (
            self.totals,
            self.received,
            self.spent,
            self.fiscal,
            self.general,
            self.basic,
            self.three,
            self.fund,
            self.capital,
        ):
            table()
        SPOKEN[self.form.spoken](self)
        return self.draft

    def money(self, amount: Decimal) -> str:
        """An amount in sentences, always in 万元."""
        return f"{amount:,.2f}万元" if self.form.commas else f"{amount:.2f}万元"

    # -- parts of tables ---------------------------------------------------------------------------------------

    def caption(self, number: int, title: str) -> None:
        self.draft.heading(title, 3)
        self.draft.say(
            self.form.label.format(number),
            f"{self.form.owner.format(self.d.unit)}　　　　金额单位：{self.form.unit}",
        )

    def code(self, code: str) -> tuple[Given, ...]:
        if not self.form.split:
            return (code,)
        return (code[:3], code[3:5], code[5:7])

    def heads(self, *columns: str) -> list[tuple[Given, ...]]:
        form = self.form
        if form.split:
            rows: list[tuple[Given, ...]] = [
                (Over("科目编码", 3), Over("科目名称", 1, 2), *(Over(c, 1, 2) for c in columns)),
                ("类", "款", "项"),
            ]
        else:
            rows = [("科目编码", "科目名称", *columns)]
        if form.numbered:
            rows.append(
                (
                    *(("",) * (3 if form.split else 1)),
                    "栏次",
                    *(str(n) for n in range(1, len(columns) + 1)),
                )
            )
        return rows

    def coded(
        self,
        columns: Sequence[str],
        totals: Sequence[Decimal],
        figures: Sequence[Callable[..., Decimal]],
        fund: Sequence[Decimal] = (),
    ) -> None:
        show = self.form.show
        rows = [*self.heads(*columns), (*self.code(""), "合计", *map(show, totals))]
        rows += [(*self.code(c), n, *map(show, v)) for c, n, v in self.d.rows(*figures)]
        if fund:
            rows += [(*self.code(c), n, *map(show, fund)) for c, n in FUND]
        self.draft.table(*rows)

    def sides(
        self, left: Sequence[tuple[str, Decimal | None]], right: Sequence[tuple[str, Decimal | None]]
    ) -> list[tuple[Given, ...]]:
        """收入 | 支出, the shorter side blank at its end."""
        rows: list[tuple[Given, ...]] = []
        for n in range(max(len(left), len(right))):
            row: list[Given] = []
            for side, start in ((left, 1), (right, 31)):
                name, amount = side[n] if n < len(side) else ("", None)
                shown = "" if amount is None else self.form.show(amount)
                row += [name, str(start + n), shown] if self.form.numbered else [name, shown]
            rows.append(tuple(row))
        return rows

    # -- the tables --------------------------------------------------------------------------------------------

    def classes(self) -> list[tuple[str, Decimal | None]]:
        words = [("一、一般公共服务支出", ZERO), ("二、外交支出", ZERO)]
        words += [(f"{ORDINALS[c]}、{NAMES[c]}", self.d.of(c)) for c in CLASSES]
        return [*words, ("二十三、其他支出", self.d.fund)]

    def totals(self) -> None:
        y, form = self.y, self.form
        self.caption(1, "收入支出决算总表")
        left: list[tuple[str, Decimal | None]] = [
            ("一、一般公共预算财政拨款收入", y.fiscal_income - y.d.fund),
            ("二、政府性基金预算财政拨款收入", y.d.fund),
            ("三、国有资本经营预算财政拨款收入", ZERO),
            ("四、上级补助收入", ZERO),
            ("五、事业收入", ZERO),
            ("六、经营收入", ZERO),
            ("七、附属单位上缴收入", ZERO),
            ("八、其他收入", y.other),
            ("本年收入合计", y.income),
            ("使用非财政拨款结余", ZERO),
            ("年初结转和结余", y.before),
            ("总计", y.total),
        ]
        right = [*self.classes(), ("", None), ("", None)]
        right += [
            ("本年支出合计", y.spent),
            ("结余分配", ZERO),
            ("年末结转和结余", y.left),
            ("总计", y.total),
        ]
        width = 3 if form.numbered else 2
        head = ("项目", "行次", "金额") if form.numbered else ("项目", "决算数")
        self.draft.table((Over("收入", width), Over("支出", width)), head + head, *self.sides(left, right))
        self.draft.say("注：本表反映部门本年度的总收支和年末结转结余情况。")

    def received(self) -> None:
        y = self.y
        self.caption(2, "收入决算表")
        gap = y.income - y.spent

        def whole(line: object) -> Decimal:
            return line.whole + (gap if line.code == "2101599" else ZERO)  # type: ignore[attr-defined]

        def other(line: object) -> Decimal:
            return y.other if line.code == "2101599" else ZERO  # type: ignore[attr-defined]

        def none(line: object) -> Decimal:
            return ZERO

        columns = (
            "本年收入合计",
            "财政拨款收入",
            "上级补助收入",
            "事业收入",
            "经营收入",
            "附属单位上缴收入",
            "其他收入",
        )
        totals = (y.income, y.fiscal_income, ZERO, ZERO, ZERO, ZERO, y.other)
        fund = (y.d.fund, y.d.fund, ZERO, ZERO, ZERO, ZERO, ZERO)
        figures = (whole, lambda line: whole(line) - other(line), none, none, none, none, other)
        self.coded(columns, totals, figures, fund)

    def spent(self) -> None:
        d = self.d
        self.caption(3, "支出决算表")
        columns = ("本年支出合计", "基本支出", "项目支出", "上缴上级支出", "经营支出", "对附属单位补助支出")
        self.coded(
            columns,
            (self.y.spent, d.basic, d.project + d.fund, ZERO, ZERO, ZERO),
            (lambda n: n.whole, lambda n: n.basic, lambda n: n.project, *((lambda n: ZERO,) * 3)),
            (d.fund, ZERO, d.fund, ZERO, ZERO, ZERO),
        )

    def fiscal(self) -> None:
        y, d, show = self.y, self.d, self.form.show
        self.caption(4, "财政拨款收入支出决算总表")
        rows: list[tuple[Given, ...]] = [
            (Over("收入", 2), Over("支出", 5)),
            (
                "项目",
                "金额",
                "项目",
                "合计",
                "一般公共预算财政拨款",
                "政府性基金预算财政拨款",
                "国有资本经营预算财政拨款",
            ),
        ]
        left: list[tuple[str, str]] = [
            ("一、一般公共预算财政拨款", show(y.fiscal_income - d.fund)),
            ("二、政府性基金预算财政拨款", show(d.fund)),
            ("三、国有资本经营预算财政拨款", show(ZERO)),
            ("", ""),
        ]
        for n, code in enumerate(CLASSES):
            amount = d.of(code) - (y.spent_of_other if code == "210" else ZERO)
            rows.append(
                (
                    *left[n],
                    f"{ORDINALS[code]}、{NAMES[code]}",
                    show(amount),
                    show(amount),
                    show(ZERO),
                    show(ZERO),
                )
            )
        rows.append((*left[3], "二十三、其他支出", show(d.fund), show(ZERO), show(d.fund), show(ZERO)))
        general = y.general + y.fiscal_left
        whole = y.fiscal_income + y.fiscal_before
        rows += [
            (
                "本年收入合计",
                show(y.fiscal_income),
                "本年支出合计",
                show(y.fiscal_spent),
                show(y.general),
                show(d.fund),
                show(ZERO),
            ),
            (
                "年初财政拨款结转和结余",
                show(y.fiscal_before),
                "年末财政拨款结转和结余",
                show(y.fiscal_left),
                show(y.fiscal_left),
                show(ZERO),
                show(ZERO),
            ),
            ("总计", show(whole), "总计", show(whole), show(general), show(d.fund), show(ZERO)),
        ]
        self.draft.table(*rows)

    def general(self) -> None:
        y, d = self.y, self.d
        self.caption(5, "一般公共预算财政拨款支出决算表")

        def project(line: object) -> Decimal:
            return line.project - (y.spent_of_other if line.code == "2101599" else ZERO)  # type: ignore[attr-defined]

        self.coded(
            ("小计", "基本支出", "项目支出"),
            (y.general, d.basic, d.project - y.spent_of_other),
            (lambda n: n.basic + project(n), lambda n: n.basic, project),
        )

    def basic(self) -> None:
        d, show = self.d, self.form.show
        self.caption(6, "一般公共预算财政拨款基本支出决算表")
        left, right = list(d.economic(d.staff)), list(d.economic(d.running))
        rows: list[tuple[Given, ...]] = [
            (Over("人员经费", 3), Over("公用经费", 3)),
            ("经济分类科目编码", "科目名称", "金额") * 2,
        ]
        for n in range(max(len(left), len(right))):
            row: list[Given] = []
            for side in (left, right):
                code, name, amount = side[n] if n < len(side) else ("", "", None)
                row += [code, name, "" if amount is None else show(amount)]
            rows.append(tuple(row))
        rows.append((Over("人员经费合计", 2), show(d.people), Over("公用经费合计", 2), show(d.office)))
        self.draft.table(*rows)

    def three(self) -> None:
        self.caption(7, "财政拨款“三公”经费支出决算表")
        figures = ("6.50", "0", "4.50", "0", "4.50", "2.00", "4.85", "0", "3.60", "0", "3.60", "1.25")
        top = [
            Over("合计", 1, 2),
            Over("因公出国（境）费", 1, 2),
            Over("公务用车购置及运行维护费", 3),
            Over("公务接待费", 1, 2),
        ]
        below = ("小计", "公务用车购置费", "公务用车运行维护费")
        self.draft.table(
            (Over("预算数", 6), Over("决算数", 6)),
            (*top, *top),
            (*below, *below),
            tuple(self.form.show(D(f), "0.00") for f in figures),
        )

    def fund(self) -> None:
        fund, show = self.d.fund, self.form.show
        self.caption(8, "政府性基金预算财政拨款收入支出决算表")
        figures = tuple(show(x) for x in (ZERO, fund, fund, ZERO, fund, ZERO))
        columns = ("年初结转和结余", "本年收入", "本年支出", "年末结转和结余")
        self.draft.table(
            (
                Over("科目编码", 1, 2),
                Over("科目名称", 1, 2),
                *(Over(c, 3) if c == "本年支出" else Over(c, 1, 2) for c in columns),
            ),
            ("小计", "基本支出", "项目支出"),
            ("", "合计", *figures),
            *((c, n, *figures) for c, n in FUND),
        )

    def capital(self) -> None:
        self.caption(9, "国有资本经营预算财政拨款支出决算表")
        self.draft.table(*self.heads("合计", "基本支出", "项目支出"), (*self.code(""), "合计", "", "", ""))
        self.draft.say(f"注：本部门{self.d.year}年度没有国有资本经营预算财政拨款支出，故本表无数据。")


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
