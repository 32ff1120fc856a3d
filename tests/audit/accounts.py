"""Final accounts (部门决算) of a made-up department (虚构): the nine tables."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal

from tests.audit.department import FUND, NAMES, ORDINALS, ZERO, D
from tests.audit.drafts import Draft, Given, Over
from tests.audit.said import CLASSES, SPOKEN
from tests.audit.year import Form, Year


class Accounts:
    """Writes the nine tables and the explanations."""

    def __init__(self, year: Year, form: Form) -> None:
        self.y, self.d, self.form, self.draft = year, year.d, form, Draft()

    def made(self) -> Draft:
        self.draft.heading(f"{self.d.unit}{self.d.year}年度部门决算", 1)
        self.draft.heading(f"第二部分 {self.d.year}年度部门决算表")
        self.tables()
        SPOKEN[self.form.spoken](self)
        return self.draft

    def tables(self) -> None:
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
