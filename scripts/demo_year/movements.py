"""Adjustments of the budget within the year (预算调整), dated, with reason and approval."""

from __future__ import annotations

import datetime as dt

from demo_year.book import CENTRE, MAIN, YEAR, Book, Line, yuan
from demo_year.plan import Amounts
from demo_year.projects import OWN_FUNDS, line
from demo_year.staff import basic
from yiheng.money import to_fen

INTERNAL = 15_000_000
"""What the main bureau gave the centre out of other income (对附属单位补助), in fen."""
INTERNAL_DAY = dt.date(YEAR, 9, 13)
SUBSIDY = Line(MAIN, "subsidy_down", "", "2101506", "39999", "none", "other")
SUBSIDISED = Line(CENTRE, "project", OWN_FUNDS, "2101506", "30226", "none", "superior")

_HEAD_DECIDES_UP_TO = 5_000_000
"""5万元 in fen: up to it the unit's head approves, above it the leaders' meeting."""
_DECIDERS = {MAIN: ("局分管负责人审批", "局长办公会审定"), CENTRE: ("中心负责人审批", "领导办公会审定")}
_FINANCE = "示例市财政局批复"

_OFFICE = "2101501"

# 月, 日, 事由, 由财政批复与否, 各行调整额（元）
_MOVEMENTS: tuple[tuple[int, int, str, bool, tuple[tuple[Line, str], ...]], ...] = (
    (3, 22, "按国家规定调整基本工资标准", True, (
        (basic(MAIN, _OFFICE, "30101"), "186420.00"), (basic(CENTRE, _OFFICE, "30101"), "452360.50"))),
    (3, 22, "随工资标准相应调整社会保险缴费", True, (
        (basic(MAIN, "2080505", "30108"), "29827.20"), (basic(CENTRE, "2080505", "30108"), "72377.68"),
        (basic(MAIN, "2080506", "30109"), "14913.60"), (basic(CENTRE, "2080506", "30109"), "36188.84"))),
    (4, 18, "宣讲改为线上，增加印制数量", False, (
        (line(1, MAIN, "2101505", "30215"), "-36000.00"), (line(1, MAIN, "2101505", "30202"), "36000.00"))),
    (5, 17, "按审定的因公出国计划统一调配", False, (
        (basic(MAIN, _OFFICE, "30212"), "98600.00"), (basic(MAIN, _OFFICE, "30211"), "-60000.00"),
        (basic(MAIN, _OFFICE, "30215"), "-38600.00"))),
    (5, 24, "审计改为数据监管，调整项目内用途", False, (
        (line(2, MAIN, "2101599", "30203"), "-120000.00"), (line(2, MAIN, "2101599", "30227"), "120000.00"))),
    (6, 14, "动用预算准备金用于应急物资", False, (
        (line(12, MAIN, "2101599", "39999"), "-420000.00"), (line(14, MAIN, "2100410", "30218"), "420000.00"))),
    (6, 14, "终端维修增多，调整项目内用途", False, (
        (line(3, MAIN, "2101504", "31002"), "-48600.00"), (line(3, MAIN, "2101504", "30213"), "48600.00"))),
    (6, 28, "上年结转资金按实际数确认", True, (
        (line(9, CENTRE, "2101506", "30227", "carryover"), "86213.40"),
        (line(3, MAIN, "2101504", "30213", "carryover"), "12460.00"))),
    (7, 12, "话务量减少，改用于单据耗材", False, (
        (line(4, CENTRE, "2101506", "30207"), "-45200.00"), (line(4, CENTRE, "2101506", "30201"), "45200.00"))),
    (7, 19, "动用预算准备金用于异地就医核查", False, (
        (line(12, CENTRE, "2101506", "39999"), "-180000.00"), (line(13, CENTRE, "2101506", "30211"), "180000.00"))),
    (8, 16, "中央财政追加能力提升补助", True, ((line(9, MAIN, "2101599", "30227"), "600000.00"),)),
    (8, 23, "新增退休人员", False, (
        (basic(MAIN, "2080501", "30302"), "24600.00"), (basic(CENTRE, "2080501", "30302"), "38150.00"))),
    (9, 13, "局本级用其他收入补助中心窗口服务", False, ((SUBSIDY, "150000.00"), (SUBSIDISED, "150000.00"))),
    (9, 20, "城乡居民参保人数增加，追加补助", True, ((line(6, CENTRE, "2101202", "31302"), "12060000.00"),)),
    (9, 27, "青鸾核验范围扩大，调整项目内用途", False, (
        (line(11, MAIN, "2101599", "30299"), "-40000.00"), (line(11, MAIN, "2101599", "30211"), "40000.00"))),
    (10, 25, "困难群众救助人次增加，追加资金", True, ((line(7, CENTRE, "2101301", "30306"), "1350000.00"),)),
    (11, 8, "资助对象减少，调减资金", True, ((line(8, CENTRE, "2296013", "30311"), "-96540.20"),)),
    (11, 29, "落实过紧日子要求，统一压减", True, (
        (basic(MAIN, _OFFICE, "30211"), "-18000.00"), (basic(CENTRE, _OFFICE, "30215"), "-12400.00"),
        (line(1, MAIN, "2101505", "30211"), "-28600.00"), (line(5, MAIN, "2101505", "30226"), "-32000.00"),
        (line(13, CENTRE, "2101506", "30226"), "-41500.00"), (line(4, CENTRE, "2101506", "30214"), "-96000.00"),
        (line(15, CENTRE, "2101599", "31006"), "-112400.00"))),
    (12, 6, "年底补足物业管理费", False, (
        (basic(MAIN, _OFFICE, "30299"), "-16800.00"), (basic(MAIN, _OFFICE, "30209"), "16800.00"),
        (basic(CENTRE, _OFFICE, "30299"), "-31500.00"), (basic(CENTRE, _OFFICE, "30209"), "31500.00"))),
)  # fmt: skip


def write_adjustments(book: Book, approved: Amounts) -> Amounts:
    """The movements, and the adjusted budget (调整预算数) that they lead to."""
    adjusted = dict(approved)
    for number, (month, day, reason, by_finance, moved) in enumerate(_MOVEMENTS, 1):
        for at, amount in moved:
            fen = to_fen(amount)
            adjusted[at] = adjusted.get(at, 0) + fen
            book.add(
                "adjustments", unit=at.unit, year=YEAR, date=dt.date(YEAR, month, day).isoformat(),
                date_precision="day", **at.columns, amount=yuan(fen), amount_unit="元", reason=reason,
                approval=_approval(at.unit, fen, by_finance, number),
            )  # fmt: skip
    return {line: adjusted[line] for line in sorted(adjusted)}


def decider(unit: str, fen: int) -> str:
    """Who approves an amount of that size in the unit."""
    return _DECIDERS[unit][abs(fen) > _HEAD_DECIDES_UP_TO]


def _approval(unit: str, fen: int, by_finance: bool, number: int) -> str:
    who = _FINANCE if by_finance else decider(unit, fen)
    return f"{who}〔{YEAR}〕{number}号（虚构）"
