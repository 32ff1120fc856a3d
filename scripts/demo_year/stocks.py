"""Asset cards (资产卡片) and vehicles (车辆): one thing, one card, one barcode (一物一卡一条码)."""

from __future__ import annotations

import datetime as dt

from demo_year.book import CENTRE, MAIN, YEAR, Book, yuan
from demo_year.draws import draw, pick

# 单位, 资产类别, 名称, 数量, 单价（元）
_CARDS = (
    (MAIN, "fixed", "台式计算机", 34, 5680),
    (MAIN, "fixed", "便携式计算机", 12, 7980),
    (MAIN, "fixed", "激光打印机", 9, 2350),
    (MAIN, "fixed", "多功能一体机", 3, 26800),
    (MAIN, "fixed", "投影仪", 2, 11600),
    (MAIN, "fixed", "空调机", 8, 4680),
    (MAIN, "fixed", "会议桌椅", 4, 18600),
    (MAIN, "fixed", "公务用车", 2, 178600),
    (MAIN, "fixed", "机架式服务器", 6, 68500),
    (MAIN, "general_equipment", "数据中心存储阵列", 1, 628000),
    (MAIN, "general_equipment", "核心交换设备", 1, 564000),
    (MAIN, "intangible", "办公系统软件", 4, 68000),
    (MAIN, "intangible", "数据库授权", 3, 67000),
    (CENTRE, "fixed", "台式计算机", 58, 5280),
    (CENTRE, "fixed", "窗口双屏终端", 24, 6980),
    (CENTRE, "fixed", "自助服务终端", 14, 26800),
    (CENTRE, "fixed", "激光打印机", 16, 2350),
    (CENTRE, "fixed", "高拍仪", 12, 1860),
    (CENTRE, "fixed", "多功能一体机", 6, 24800),
    (CENTRE, "fixed", "排队叫号设备", 5, 36500),
    (CENTRE, "fixed", "空调机", 15, 4980),
    (CENTRE, "fixed", "档案密集架", 6, 28600),
    (CENTRE, "fixed", "公务用车", 3, 176800),
    (CENTRE, "general_equipment", "经办系统数据库一体机", 1, 786000),
    (CENTRE, "special_equipment", "档案高速扫描流水线", 1, 1186000),
    (CENTRE, "intangible", "智能审核软件", 2, 286000),
    (CENTRE, "intangible", "档案影像管理软件", 1, 183400),
)
_IDLE_IN = 30
"""About one card in so many is not in use (闲置)."""
_YEARS = (2020, 2020, 2021, 2021, 2022, 2023, 2023, YEAR)
"""The bureau is told of as founded in 2019; what it was handed over came in 2020."""
_PLACES = {MAIN: "示例路1号", CENTRE: "示例路2号"}

_VEHICLES = (
    (MAIN, "一般公务用车", "虚构牌轿车甲", "2020-12-18", ""),
    (MAIN, "一般公务用车", "虚构牌商务车乙", "2021-09-10", ""),
    (CENTRE, "一般公务用车", "虚构牌轿车丙", "2020-12-18", f"{YEAR}-10-18"),
    (CENTRE, "一般公务用车", "虚构牌轿车丁", "2021-06-25", ""),
    (CENTRE, "其他用车", "虚构牌客车戊", "2020-12-18", ""),
    (CENTRE, "一般公务用车", "虚构牌新能源轿车己", f"{YEAR}-08-20", ""),
)


def write_stocks(book: Book) -> None:
    """All cards, and all vehicles with the day of disposal where there was one."""
    number = 0
    for unit, kind, name, count, price in _CARDS:
        for _ in range(count):
            number += 1
            _write_card(book, unit, kind, name, price, number)
    for unit, kind, name, acquired, disposed in _VEHICLES:
        book.add("vehicles", unit=unit, kind=kind, name=name, acquired_on=acquired, disposed_on=disposed)


def _write_card(book: Book, unit: str, kind: str, name: str, price: int, number: int) -> None:
    acquired = dt.date(pick(_YEARS, "year", number), draw(1, 12, "month", number), draw(1, 28, "day", number))
    book.add(
        "assets", unit=unit, kind=kind, name=f"{name}（虚构）", acquired_on=acquired.isoformat(),
        in_use="否" if kind == "fixed" and not draw(0, _IDLE_IN - 1, "idle", number) else "是",
        barcode=f"XN{YEAR}{number:06}",
        location=f"示例市{_PLACES[unit]}{draw(2, 18, 'floor', number)}楼（虚构）",
        original_value=yuan(price * 100 - draw(0, 9_999, "price", number)), amount_unit="元",
    )  # fmt: skip
