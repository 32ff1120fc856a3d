"""What was spent (支付): how much of each line, and on which days, to whom."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from demo_year.book import CENTRE, MAIN, YEAR, Book, Line, yuan
from demo_year.draws import after_workdays, draw, per_mille, pick, workdays
from demo_year.movements import INTERNAL_DAY, SUBSIDISED, SUBSIDY, decider
from demo_year.plan import Amounts
from demo_year.projects import items, line
from demo_year.purchases import Contract, payable
from demo_year.staff import CENTRE_NAME, basic
from yiheng.money import split
from yiheng.policy import Policy

_CURVE = (3, 3, 8, 10, 11, 13, 7, 6, 8, 7, 11, 13)
"""How payments fall into the months: most in the second and in the last quarter."""
_RATES = {"staff": (978, 1000), "household": (960, 1000), "office": (905, 990), "": (900, 995)}
"""Spent of a line's adjusted budget, in thousandths, by kind of basic expenditure; "" for projects."""
_OWN_RATES: Mapping[str, tuple[int, int]] = {
    "demo-p06": (1000, 1000),
    "demo-p07": (985, 999),
    "demo-p08": (970, 985),
    "demo-p09": (880, 960),
    "demo-p12": (310, 640),
    "demo-p15": (800, 840),
}
_CARRIED_OVER = (955, 1000)
_LINE_RATES = {
    SUBSIDY: 1000,
    SUBSIDISED: 988,
    basic(MAIN, "2101501", "30212"): 968,
    basic(MAIN, "2101501", "30217"): 712,
    basic(CENTRE, "2101501", "30217"): 664,
}
_BONUS = ((1, 15), (6, 25), (12, 60))
_SUBSIDIES = ((2, 20), (5, 30), (8, 25), (11, 25))
"""(month, share) of yearly bonuses and of the subsidies to the insurance fund."""
_MONTHLY = {"30205", "30206", "30207", "30301", "30302", "30306", "30311"}
_PAYDAY = 6
_FIRST_MONTH = {
    basic(MAIN, "2101501", "30212"): 6,
    basic(CENTRE, "2101501", "31013"): 8,
    line(14, MAIN, "2100410", "30218"): 7,
    line(13, CENTRE, "2101506", "30211"): 5,
    SUBSIDISED: 10,
}
"""Lines that are not paid from before that month, since their money or their purchase came later."""
_REFUNDS = (
    (line(1, MAIN, "2101505", "30299"), dt.date(YEAR, 11, 14), 386_000, "退回多付的宣传物料款"),
    (line(4, CENTRE, "2101506", "30239"), dt.date(YEAR, 12, 11), 152_050, "退回未使用的交通费"),
)

_FUND_ACCOUNT, _HOUSING = "示例市社会保险基金财政专户（虚构）", "示例市住房公积金管理中心（虚构）"
_PAYEES = {
    "30108": "示例市社会保险费征收专户（虚构）",
    "30109": "示例市职业年金归集账户（虚构）",
    "30110": "示例市社会保险费征收专户（虚构）",
    "30111": "示例市社会保险费征收专户（虚构）",
    "30112": "示例市社会保险费征收专户（虚构）",
    "30113": _HOUSING,
    "30205": "虚构自来水有限公司",
    "30206": "虚构供电有限公司",
    "30207": "虚构电信有限公司",
    "30311": "示例市社会保险费征收专户（虚构）",
    "31302": _FUND_ACCOUNT,
}
_PAYROLL, _HOUSEHOLDS = "职工工资代发专户（虚构）", "个人补助代发专户（虚构）"
_SHOPS = tuple(
    f"虚构{name}"
    for name in (
        "百草文化传播有限公司", "北辰会议服务有限公司", "春晓培训咨询有限公司", "东篱物业服务有限公司",
        "飞鸿旅行社有限公司", "广厦建筑装饰有限公司", "惠民社会工作服务中心", "嘉木家具有限公司",
        "快马汽车租赁有限公司", "蓝海网络工程有限公司", "明德会计师事务所", "诺言律师事务所",
        "平川印务有限公司", "全景广告有限公司", "三余图书有限公司", "天工维修服务有限公司",
    )
)  # fmt: skip


@dataclass(frozen=True, order=True)
class Paid:
    """One payment."""

    day: dt.date
    line: Line
    number: int
    fen: int
    contract: Contract | None = None
    reason: str = ""


def write_payments(book: Book, adjusted: Amounts, contracts: Mapping[Line, Contract]) -> list[Paid]:
    """All payments of the year by day; none of them, and no line's sum, is beyond the adjusted budget."""
    paid = [
        payment
        for at, budget in adjusted.items()
        for payment in _of_line(at, per_mille(budget, _rate(at)), contracts.get(at))
    ]
    paid = sorted(
        [*paid, *(_refund(*refund) for refund in _REFUNDS)], key=lambda p: (p.day, p.line, p.number)
    )
    names, things = _names(), _things()
    for payment in paid:
        at, contract = payment.line, payment.contract
        what = contract.title if contract else things.get(at) or names.get(at.economic, "")
        book.add(
            "payments", unit=at.unit, year=YEAR, date=payment.day.isoformat(), date_precision="day", **at.columns,
            amount=yuan(payment.fen), amount_unit="元", payee=_payee(payment),
            contract=contract.key if contract else "", summary=f"付{what}" if payment.fen > 0 else payment.reason,
            reason=payment.reason, approval=_approval(payment),
        )  # fmt: skip
    return paid


def _rate(at: Line) -> int:
    if at in _LINE_RATES:
        return _LINE_RATES[at]
    bounds = _CARRIED_OVER if at.source == "carryover" else _OWN_RATES.get(at.project, _RATES[at.basic_kind])
    return draw(*bounds, "rate", at)


def _of_line(at: Line, spent: int, contract: Contract | None) -> list[Paid]:
    if at == SUBSIDY:
        return [Paid(INTERNAL_DAY, at, 0, spent)]
    if at.economic == "30103":
        return _on_paydays(at, spent, _BONUS)
    if at.economic == "31302":
        return _on_paydays(at, spent, _SUBSIDIES)
    if contract is not None:
        return _under_contract(at, spent, contract)
    if at.basic_kind == "staff" or (at.economic in _MONTHLY and at.source != "carryover"):
        return _on_paydays(at, spent, [(month, draw(95, 105, at, month)) for month in range(1, 13)])
    return _now_and_then(at, spent, _how_many(at, spent))


def _on_paydays(
    at: Line, spent: int, months: list[tuple[int, int]] | tuple[tuple[int, int], ...]
) -> list[Paid]:
    parts = split(spent, [share for _, share in months])
    return [
        Paid(_payday(at, month), at, number, fen)
        for number, ((month, _), fen) in enumerate(zip(months, parts, strict=True))
    ]


def _payday(at: Line, month: int) -> dt.date:
    if at.basic_kind == "staff":
        return workdays(month)[_PAYDAY]
    return pick(workdays(month)[_PAYDAY:], "payday", at, month)


def _under_contract(at: Line, spent: int, contract: Contract) -> list[Paid]:
    """Four instalments after signature; what the contract does not cover is paid now and then."""
    total = payable(contract, spent)
    later = 12 - contract.signed.month
    days = [after_workdays(contract.signed, draw(5, 9, "advance", contract.title))]
    for number in (1, 2, 3):
        month = contract.signed.month + number * later // 3
        days.append(max(days[-1], pick(workdays(month)[_PAYDAY:], "instalment", contract.title, number)))
    paid = [
        Paid(day, at, number, fen, contract)
        for number, (day, fen) in enumerate(zip(days, split(total, (30, 25, 25, 20)), strict=True))
    ]
    return [*paid, *_now_and_then(at, spent - total, 3)]


def _how_many(at: Line, spent: int) -> int:
    bounds = (2_000_000, 10_000_000, 50_000_000, 200_000_000)
    counts = (5, 9, 13, 16, 18) if at.category == "basic" else (4, 8, 12, 16, 20)
    return counts[sum(spent > bound for bound in bounds)]


def _now_and_then(at: Line, spent: int, number: int) -> list[Paid]:
    first = _FIRST_MONTH.get(at, 1)
    months = [month for month in range(first, 13) for _ in range(_CURVE[month - 1])]
    extra = next((fen for line, _, fen, _ in _REFUNDS if line == at), 0)
    parts = split(spent + extra, [draw(40, 160, "part", at, n) for n in range(number)])
    return [
        Paid(pick(workdays(pick(months, "month", at, n)), "day", at, n), at, 10 + n, fen)
        for n, fen in enumerate(parts)
    ]


def _refund(at: Line, day: dt.date, fen: int, reason: str) -> Paid:
    return Paid(day, at, 99, -fen, reason=reason)


def _payee(payment: Paid) -> str:
    at = payment.line
    if at == SUBSIDY:
        return CENTRE_NAME
    if payment.contract:
        return payment.contract.supplier
    others = _PAYROLL if at.basic_kind == "staff" else _HOUSEHOLDS if at.economic[:3] == "303" else ""
    return _PAYEES.get(at.economic) or others or pick(_SHOPS, "shop", at, payment.number)


def _approval(payment: Paid) -> str:
    at = payment.line
    if payment.fen < 0 or at.basic_kind in ("staff", "household"):
        return ""
    return f"{decider(at.unit, payment.fen)}（虚构）"


def _things() -> dict[Line, str]:
    """What a line of a project is for: its first item of costing."""
    found: dict[Line, str] = {}
    for item in items():
        found.setdefault(item.line, item.name)
    return found


def _names() -> Mapping[str, str]:
    classification = Policy.load().classification("economic", dt.date(YEAR, 1, 1), "440300")
    return {code: classification.name(code) for code in classification.codes}
