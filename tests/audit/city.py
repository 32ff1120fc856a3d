"""A city's budget (部门预算公开) in the twelve tables that places print since 2023, all figures by construction.

Some is paid from what was left of last year, and one project from other income, so that no two totals are the same.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from tests.audit.department import FUND, ZERO, D, Department, Line
from tests.audit.drafts import Draft, Given, Over

OTHER, LEFT = D("4.60"), D("12.00")
OTHER_CODE, LEFT_CODE = "2101599", "2101502"
CLASSES = ("208", "210", "221")
WORDS = ("社会保障和就业支出", "卫生健康支出", "住房保障支出")
TRIPS, CAR, RUNNING, GUESTS = D("0.00"), D("18.00"), D("3.60"), D("1.25")


@dataclass(frozen=True)
class Print:
    """How a city prints its budget."""

    split: str = ""
    """类, 款 and 项 in a column each: every row prints `all` of its code, or its `own` level alone."""
    three: str = "columns"
    """The “三公” table: items as `columns`, as `rows` beside two years, or `years` as rows."""
    zero: str = ""
    label: str = "预算{:02}表"


class City:
    """Writes the twelve tables."""

    def __init__(self, d: Department, form: Print, last: Department | None = None) -> None:
        self.d, self.form, self.draft = d, form, Draft()
        self.last_three = (D("0.00"), D("0.00"), D("3.80"), D("1.40"))
        self.three = (TRIPS, CAR, RUNNING, GUESTS) if last is None else self.last_three
        self.total = d.general + d.fund
        self.fiscal = self.total - OTHER
        self.this_year = self.total - LEFT

    def made(self) -> Draft:
        self.draft.heading(f"{self.d.year}年{self.d.unit}部门预算公开", 1)
        self.draft.heading(f"第二部分 {self.d.year}年部门预算表")
        for number, (title, write) in enumerate(self.tables, 1):
            self.draft.say(
                self.form.label.format(number), title, f"部门（单位）名称：{self.d.unit}", "单位：万元"
            )
            write()
        return self.draft

    @property
    def tables(self) -> tuple[tuple[str, Callable[[], None]], ...]:
        return (
            ("收支总表", self.balance),
            ("收入总表", self.income),
            ("支出总表", self.spending),
            ("财政拨款收支总表", self.fiscal_balance),
            ("一般公共预算支出表", self.general),
            ("一般公共预算基本支出表", self.basic),
            ("财政拨款“三公”经费支出表", self.three_public),
            ("政府性基金预算支出表", self.funds),
            ("国有资本经营预算支出表", self.capital),
            ("项目支出表", self.projects),
            ("政府采购预算表", self.procurement),
            ("项目支出绩效目标表", self.targets),
        )

    def show(self, amount: Decimal) -> str:
        return f"{amount:,.2f}" if amount else self.form.zero

    def code(self, code: str) -> tuple[str, ...]:
        if not self.form.split:
            return (code,)
        parts = (code[:3], code[3:5], code[5:7])
        if self.form.split == "own":
            last = max((n for n, part in enumerate(parts) if part), default=0)
            return tuple(part if n == last else "" for n, part in enumerate(parts))
        return parts

    def heads(self, *groups: tuple[str, tuple[str, ...]]) -> list[tuple[Given, ...]]:
        """科目编码, 科目名称 and the columns, each a name alone or a name over several."""
        deep = any(parts for _, parts in groups) or self.form.split
        above: list[Given] = [
            Over("科目编码", 3) if self.form.split else Over("科目编码", 1, 2 if deep else 1),
            Over("科目名称", 1, 2 if deep else 1),
        ]
        above += [Over(n, len(p)) if p else Over(n, 1, 2 if deep else 1) for n, p in groups]
        below = [*(("类", "款", "项") if self.form.split else ()), *(p for _, parts in groups for p in parts)]
        return [tuple(above), *([tuple(below)] if deep else [])]

    def coded(self, heads: list[tuple[Given, ...]], figures: tuple[Callable[[Line], Decimal], ...]) -> None:
        show = self.show
        rows = list(self.d.rows(*figures))
        totals = [sum((v[i] for c, _, v in rows if len(c) == 3), ZERO) for i in range(len(figures))]
        fund = [self.d.fund if f(FUND_LINE) else ZERO for f in figures]
        if any(fund):
            rows += [(c, n, tuple(self.d.fund if f(FUND_LINE) else ZERO for f in figures)) for c, n in FUND]
        totals = [a + b for a, b in zip(totals, fund, strict=True)]
        self.draft.table(
            *heads,
            (*self.code(""), "合计", *map(show, totals)),
            *((*self.code(c), n, *map(show, v)) for c, n, v in rows),
        )

    # -- the tables --------------------------------------------------------------------------------------------

    def balance(self) -> None:
        d, show = self.d, self.show
        left = [
            ("一、一般公共预算拨款收入", d.general - OTHER - LEFT),
            ("二、政府性基金预算拨款收入", d.fund),
            ("三、国有资本经营预算拨款收入", ZERO),
            ("四、财政专户管理资金收入", ZERO),
            ("五、单位资金", OTHER),
        ]
        right = [
            ("一、一般公共服务支出", ZERO),
            *((f"{n}、{w}", d.of(c)) for n, w, c in zip("二三四", WORDS, CLASSES, strict=True)),
            ("五、其他支出", d.fund),
        ]
        self.draft.table(
            (Over("收入", 2), Over("支出", 2)),
            ("项目", "预算数") * 2,
            *((a, show(x), b, show(y)) for (a, x), (b, y) in zip(left, right, strict=True)),
            ("本年收入合计", show(self.this_year), "本年支出合计", show(self.total)),
            ("上年结转结余", show(LEFT), "年终结转结余", self.form.zero),
            ("收入总计", show(self.total), "支出总计", show(self.total)),
        )

    def income(self) -> None:
        show, d = self.show, self.d
        money = (
            self.total,
            self.this_year,
            d.general - OTHER - LEFT,
            d.fund,
            ZERO,
            ZERO,
            OTHER,
            LEFT,
            LEFT,
            ZERO,
        )
        filled = tuple(map(show, money))
        self.draft.table(
            (
                Over("部门（单位）代码", 1, 2),
                Over("部门（单位）名称", 1, 2),
                Over("合计", 1, 2),
                Over("本年收入", 6),
                Over("上年结转结余", 3),
            ),
            (
                "小计",
                "一般公共预算",
                "政府性基金预算",
                "国有资本经营预算",
                "财政专户管理资金",
                "单位资金",
                "小计",
                "一般公共预算",
                "政府性基金预算",
            ),
            ("", "合计", *filled),
            ("305", d.unit, *filled),
            ("305001", f"　{d.unit}本级", *filled),
        )

    def spending(self) -> None:
        columns = ("合计", "基本支出", "项目支出", "事业单位经营支出", "上缴上级支出", "对附属单位补助支出")
        self.coded(
            self.heads(*((c, ()) for c in columns)),
            (lambda n: n.whole, lambda n: n.basic, lambda n: n.project, _none, _none, _none),
        )

    def fiscal_balance(self) -> None:
        d, show = self.d, self.show
        left = [
            ("一、本年收入", show(self.this_year - OTHER)),
            ("（一）一般公共预算拨款", show(d.general - OTHER - LEFT)),
            ("（二）政府性基金预算拨款", show(d.fund)),
            ("（三）国有资本经营预算拨款", self.form.zero),
            ("二、上年结转", show(LEFT)),
            ("（一）一般公共预算拨款", show(LEFT)),
            ("（二）政府性基金预算拨款", self.form.zero),
        ]
        spent = {c: d.of(c) - (OTHER if c == "210" else ZERO) for c in CLASSES}
        right = [("一、本年支出", self.fiscal, self.fiscal - d.fund, d.fund)]
        right += [
            (f"（{n}）{w}", spent[c], spent[c], ZERO)
            for n, w, c in zip("一二三", WORDS, CLASSES, strict=True)
        ]
        right += [("（四）其他支出", d.fund, ZERO, d.fund), ("二、年终结转结余", ZERO, ZERO, ZERO)]
        rows: list[tuple[Given, ...]] = []
        for n in range(len(left)):
            side = right[n] if n < len(right) else None
            rows.append((*left[n], *((side[0], *map(show, side[1:]), "") if side else ("",) * 5)))
        self.draft.table(
            (Over("收入", 2), Over("支出", 5)),
            ("项目", "预算数", "项目", "合计", "一般公共预算", "政府性基金预算", "国有资本经营预算"),
            *rows,
            (
                "收入总计",
                show(self.fiscal),
                "支出总计",
                show(self.fiscal),
                show(self.fiscal - d.fund),
                show(d.fund),
                "",
            ),
        )

    def general(self) -> None:
        office = self.d.office

        def running(line: Line) -> Decimal:
            return office if line.code == "2101501" else ZERO

        self.coded(
            self.heads(("合计", ()), ("基本支出", ("小计", "人员经费", "公用经费")), ("项目支出", ())),
            (
                lambda n: n.whole - _other(n) if n is not FUND_LINE else ZERO,
                lambda n: n.basic,
                lambda n: n.basic - running(n),
                running,
                lambda n: n.project - _other(n) if n is not FUND_LINE else ZERO,
            ),
        )

    def basic(self) -> None:
        d, show = self.d, self.show
        self.draft.table(
            (Over("部门预算支出经济分类科目", 2), Over("本年一般公共预算基本支出", 3)),
            ("科目编码", "科目名称", "合计", "人员经费", "公用经费"),
            ("", "合计", show(d.basic), show(d.people), show(d.office)),
            *((c, n, show(v), show(v), self.form.zero) for c, n, v in d.economic(d.staff)),
            *((c, n, show(v), self.form.zero, show(v)) for c, n, v in d.economic(d.running)),
        )

    def three_public(self) -> None:
        trips, car, running, guests = self.three
        old_trips, old_car, old_running, old_guests = self.last_three
        whole, before = sum(self.three, ZERO), sum(self.last_three, ZERO)
        cars, old_cars = car + running, old_car + old_running

        def f(x: Decimal) -> str:
            return f"{x:,.2f}"

        if self.form.three == "rows":
            pairs = (
                ("合计", before, whole),
                ("1.因公出国（境）费", old_trips, trips),
                ("2.公务接待费", old_guests, guests),
                ("3.公务用车购置及运行费", old_cars, cars),
                ("（1）公务用车运行费", old_running, running),
                ("（2）公务用车购置费", old_car, car),
            )
            self.draft.table(
                ("项目", f"{self.d.year - 1}年预算数", f"{self.d.year}年预算数", "增减额"),
                *((name, f(a), f(b), f(b - a)) for name, a, b in pairs),
            )
            return
        head: list[tuple[Given, ...]] = [
            (
                Over("“三公”经费合计", 1, 2),
                Over("因公出国（境）费", 1, 2),
                Over("公务用车购置及运行费", 3),
                Over("公务接待费", 1, 2),
            ),
            ("小计", "公务用车购置费", "公务用车运行费"),
        ]
        figures = (whole, trips, cars, car, running, guests)
        if self.form.three == "years":
            head[0] = (Over("年度", 1, 2), *head[0])
            old = (before, old_trips, old_cars, old_car, old_running, old_guests)
            self.draft.table(
                *head,
                (f"{self.d.year - 1}年预算", *map(f, old)),
                (f"{self.d.year}年预算", *map(f, figures)),
            )
            return
        self.draft.table(*head, tuple(map(f, figures)))

    def funds(self) -> None:
        d, show = self.d, self.show
        amounts = (show(d.fund), self.form.zero, show(d.fund))
        self.draft.table(
            *self.heads(("本年政府性基金预算支出", ("合计", "基本支出", "项目支出"))),
            (*self.code(""), "合计", *amounts),
            *((*self.code(c), n, *amounts) for c, n in FUND),
        )

    def capital(self) -> None:
        self.draft.table(
            *self.heads(("本年国有资本经营预算支出", ("合计", "基本支出", "项目支出"))),
            (*self.code(""), "合计", "", "", ""),
        )
        self.draft.say("注：本部门没有国有资本经营预算拨款安排的支出，故本表无数据。")

    def projects(self) -> None:
        d, show = self.d, self.show
        head = (
            (
                Over("项目类别", 1, 2),
                Over("项目名称", 1, 2),
                Over("项目单位", 1, 2),
                Over("合计", 1, 2),
                Over("本年拨款", 3),
                Over("财政拨款结转结余", 3),
                Over("财政专户管理资金", 1, 2),
                Over("单位资金", 1, 2),
            ),
            ("一般公共预算", "政府性基金预算", "国有资本经营预算") * 2,
        )
        rows = [
            (n.name, n.project, n.project - _other(n) - _left(n), ZERO, _left(n), _other(n))
            for n in d.lines
            if n.project
        ]
        rows.append((FUND[-1][1], d.fund, ZERO, d.fund, ZERO, ZERO))
        total = [sum((row[i] for row in rows), ZERO) for i in range(1, 6)]

        def cells(amounts: list[Decimal] | tuple[Decimal, ...]) -> tuple[str, ...]:
            whole, general, fund, left, other = map(show, amounts)
            return (whole, general, fund, "", left, "", "", "", other)

        self.draft.table(
            *head,
            ("合计", "", "", *cells(total)),
            *(("特定目标类", name, d.unit, *cells(money)) for name, *money in rows),
        )

    def procurement(self) -> None:
        show = self.show
        rows = (
            ("其他医疗保障管理事务支出", "信息系统运行维护服务", D("52.10")),
            ("一般行政管理事务", "印刷服务", D("8.45")),
            ("行政运行", "办公设备", D("5.00")),
        )
        total = sum((amount for *_, amount in rows), ZERO)
        self.draft.table(
            ("项目名称", "采购品目", "合计", "一般公共预算", "政府性基金预算"),
            ("合计", "", show(total), show(total), ""),
            *((name, what, show(amount), show(amount), "") for name, what, amount in rows),
        )

    def targets(self) -> None:
        self.draft.table(
            ("项目名称", Over("城乡医疗救助", 3)),
            ("主管部门", self.d.unit, "实施单位", self.d.unit),
            ("项目资金（万元）", Over(self.show(self.d.of("2101301")), 3)),
            ("一级指标", "二级指标", "三级指标", "指标值"),
            (Over("产出指标", 1, 3), "数量指标", "资助参保人数", "≥3500人"),
            ("质量指标", "救助对象准确率", "≥98%"),
            ("时效指标", "救助资金拨付时限", "≤30日"),
            ("效益指标", "社会效益指标", "困难群众住院自付比例", "≤20%"),
            ("满意度指标", "服务对象满意度指标", "救助对象满意度", "≥90%"),
        )


def _none(line: Line) -> Decimal:
    return ZERO


def _other(line: Line) -> Decimal:
    return OTHER if line.code == OTHER_CODE else ZERO


def _left(line: Line) -> Decimal:
    return LEFT if line.code == LEFT_CODE else ZERO


FUND_LINE = Line(FUND[-1][0], FUND[-1][1], ZERO, D("1"))
"""Stands for what the fund pays when a column is asked whether it holds that."""
