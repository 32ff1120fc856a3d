"""公开10表 机构运行信息表 of made-up accounts (虚构): “三公”, office costs, vehicles and procurement in one list."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from tests.audit.accounts import Accounts
from tests.audit.department import D
from tests.audit.drafts import Draft, Given
from tests.audit.year import Form, Year

TRIPS, CAR, RUNNING, HOME, ABROAD = D("0.00"), D("0.00"), D("3.60"), D("1.25"), D("0.00")
PLANNED = (D("0.00"), D("0.00"), D("4.50"), D("2.00"), D("0.00"))
GOODS, WORKS, SERVICES, SMALL, MICRO = D("12.30"), D("0.00"), D("74.10"), D("77.76"), D("43.20")
VEHICLES = (
    ("1.副部（省）级及以上领导用车", 0),
    ("2.主要负责人用车", 0),
    ("3.机要通信用车", 1),
    ("4.应急保障用车", 2),
    ("5.执法执勤用车", 0),
    ("6.特种专业技术用车", 0),
    ("7.离退休干部服务用车", 0),
    ("8.其他用车", 1),
)
Row = tuple[str, str, str]


def ten(year: Year, form: Form, sides: bool = True) -> Draft:
    """The nine tables and the tenth, whose list runs down one side or two."""
    accounts = Accounts(year, form)
    accounts.draft.heading(f"{year.d.unit}{year.d.year}年度部门决算", 1)
    accounts.draft.heading(f"第二部分 {year.d.year}年度部门决算表")
    accounts.tables()
    accounts.caption(10, "机构运行信息表")
    left, right = _spending(year), _holdings()
    if sides:
        rows: list[tuple[Given, ...]] = [
            (*(left[n] if n < len(left) else ("", "", "")), *(right[n] if n < len(right) else ("", "", "")))
            for n in range(max(len(left), len(right)))
        ]
        accounts.draft.table(("项目", "预算数", "决算数", "项目", "预算数", "决算数"), *rows)
    else:
        accounts.draft.table(("项目", "预算数", "决算数"), *left, *right)
    return accounts.draft


def _spending(year: Year) -> Sequence[Row]:
    actual = (TRIPS, CAR, RUNNING, HOME, ABROAD)

    def row(name: str, *at: int) -> Row:
        return (name, *(f"{sum((amounts[i] for i in at), D(0)):.2f}" for amounts in (PLANNED, actual)))  # type: ignore[return-value]

    return (
        ("一、“三公”经费支出", "", ""),
        row("（一）支出合计", 0, 1, 2, 3, 4),
        row("1.因公出国（境）费", 0),
        row("2.公务用车购置及运行维护费", 1, 2),
        row("（1）公务用车购置费", 1),
        row("（2）公务用车运行维护费", 2),
        row("3.公务接待费", 3, 4),
        row("（1）国内接待费", 3),
        row("（2）国（境）外接待费", 4),
        ("（二）相关统计数", "", ""),
        ("1.因公出国（境）团组数（个）", "", "0"),
        ("2.公务用车保有量（辆）", "", "4"),
        ("3.国内公务接待批次（个）", "", "11"),
        ("4.国内公务接待人次（人）", "", "96"),
        ("二、机关运行经费", "", _money(year.d.office)),
        ("（一）行政单位", "", _money(year.d.office)),
        ("（二）参照公务员法管理事业单位", "", "0.00"),
    )


def _holdings() -> Sequence[Row]:
    return (
        ("三、国有资产占用情况", "", ""),
        ("（一）车辆数合计（辆）", "", str(sum(n for _, n in VEHICLES))),
        *((name, "", str(n)) for name, n in VEHICLES),
        ("（二）单价100万元（含）以上设备（不含车辆）（台、套）", "", "0"),
        ("四、政府采购支出信息", "", ""),
        ("（一）政府采购支出合计", "", _money(GOODS + WORKS + SERVICES)),
        ("1.政府采购货物支出", "", _money(GOODS)),
        ("2.政府采购工程支出", "", _money(WORKS)),
        ("3.政府采购服务支出", "", _money(SERVICES)),
        ("（二）政府采购授予中小企业合同金额", "", _money(SMALL)),
        ("其中：授予小微企业合同金额", "", _money(MICRO)),
    )


def _money(amount: Decimal) -> str:
    return f"{amount:.2f}"
