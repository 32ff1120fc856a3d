"""What the indicators had reached through the year (实际完成值): written by hand, all invented."""

from __future__ import annotations

from typing import Final, NamedTuple

from demo_year.book import CENTRE, MAIN, YEAR, Book
from demo_year.goals import Keys

DAYS: Final = (f"{YEAR}-03-31", f"{YEAR}-06-30", f"{YEAR}-08-31", f"{YEAR}-12-31")
COMPUTED: Final = "computed"
"""Stands in the place of values that the ledger gives."""


class Reached(NamedTuple):
    """What one indicator had reached by each day, "" where nobody looked; and what its sheet says of it."""

    values: tuple[str, str, str, str]
    reason: str = ""
    """Why it fell short."""
    judged: str = ""
    """Points that a person gave where the rule cannot compute them, as a share of the weight in percent."""
    explanation: str = ""
    """Why it came far above its target."""
    sample: int = 0


def year_end(value: str, reason: str = "", judged: str = "", sample: int = 0) -> Reached:
    """Known at the end of the year only."""
    return Reached(("", "", "", value), reason, judged, sample=sample)


# By project, in the order of its indicators.
REACHED: Final[dict[int, tuple[Reached, ...]]] = {
    1: (
        Reached(("5万册", "10万册", "13万册", "19万册")),
        Reached(("1次", "3次", "4次", "6次")),
        Reached(("1个半版", "2个半版", "3个半版", "5个半版")),
        year_end(f"{YEAR}年11月22日"),
        year_end("知晓率比上年调查提高4.2个百分点", judged="100"),
    ),
    2: (
        Reached(("", "1批次", "1批次", "2批次")),
        Reached(("2家", "5家", "6家", "8家"), "一家定点机构年内注销，未再安排审计；下年按机构名册核定家数"),
        year_end("合格"),
        Reached(("4个工作日", "4.5个工作日", "4个工作日", "4个工作日")),
        year_end("查实率比上年下降1.1个百分点", judged="100"),
    ),
    3: (
        Reached(("12个", "12个", "12个", "12个")),
        Reached(("0.4亿条", "1亿条", "1.3亿条", "2亿条")),
        Reached(("99.7%", "99.6%", "99.6%", "99.62%")),
        year_end("及时"),
        year_end("压力测试通过，三个地方可并发使用", judged="100"),
    ),
    4: (
        Reached(("24万人次", "52万人次", "68万人次", "103万人次")),
        Reached(("9万页", "20万页", "26万页", "61万页"), "扫描设备到货晚，少整理7万页；已延长合同，下年一季度补齐"),
        Reached(("每月发放", "每月发放", "每月发放", "每月发放")),
        Reached(("每季度", "每季度", "每季度", "每季度")),
        Reached(("18.6元", "18.4元", "18.2元", "17.6元")),
        year_end("93.41%", sample=396),
    ),
    5: (
        Reached(("150个", "320个", "430个", "642个")),
        Reached(("6项", "14项", "19项", "30项")),
        year_end("规范"),
        Reached(("51%", "52%", "52%", "52.4%")),
    ),
    6: (
        Reached(("", "", "", "684,100人")),
        Reached((COMPUTED, COMPUTED, COMPUTED, COMPUTED)),
        year_end("按合同约定及时完成"),
        year_end("待遇按时支付，没有拖欠", judged="100"),
    ),
    7: (
        Reached(("9,300人次", "19,800人次", "26,900人次", "40,650人次")),
        Reached(("", "96%", "", "96.2%")),
        year_end("应救尽救"),
    ),
    8: (
        Reached(("15,790人", "15,820人", "15,840人", "15,902人")),
        year_end("每月18日前", judged="100"),
        year_end("应保尽保"),
    ),
    9: (
        Reached(("1期", "4期", "6期", "16期"), "两期经办培训与系统上线冲突，推迟到下年一季度"),
        year_end("达到良好程度"),
        year_end("按计划完成"),
        Reached(("78%", "83%", "86%", "91.2%")),
    ),
    10: (
        Reached(("16人", "15人", "16人", "16人")),
        Reached(("4次/月", "4次/月", "4次/月", "4次/月")),
        year_end("平均排队时间比上年少6分钟", judged="100"),
        year_end("95.83%", sample=192),
    ),
    11: (Reached(("", "1批次", "2批次", "3批次")), year_end(f"{YEAR}年12月20日")),
    12: (year_end("符合标准"),),
    13: (
        Reached(("600人次", "1,420人次", "2,010人次", "3,260人次")),
        year_end("每省核查一次，共6次", judged="100"),
        year_end("两宗超期，延迟率0.06%", "两宗评估因家属改期超过时限；改为评估前两日电话确认", "80"),
        year_end("90.12%", sample=210),
    ),
    14: (
        Reached(("", "1次", "1次", "2次")),
        year_end("满足"),
        year_end("足额保障"),
    ),
    15: (
        Reached(("300平方米", "1,100平方米", "1,450平方米", "2,340平方米"), "两个大厅消防验收后移，少改造260平方米"),
        year_end("合格"),
        year_end("暂未全部投入使用", "两个大厅的休息区因消防验收后移，下年一季度投入使用", "50"),
        year_end("91.67%", sample=120),
    ),
}  # fmt: skip


_OF_UNITS: Final = {
    MAIN: {
        1: ("420家", "980家", "1,310家", "2,060家"),
        2: ("", "0人", "0人", "0人"),
        5: ("65.8%", "67.1%", "68.3%", "70.4%"),
    },
    CENTRE: {
        1: ("3.4万宗", "7.3万宗", "9.9万宗", "15.3万宗"),
        3: ("16亿元", "34亿元", "46亿元", "71.2亿元"),
        4: ("98.2%", "98.4%", "98.4%", "98.6%"),
        5: ("", "", "", "足额到位"),
        6: ("13个工作日", "13个工作日", "12个工作日", "12个工作日"),
        7: ("670元", "670元", "670元", "670元"),
        9: ("", "", "", "93.43%"),
    },
}
"""Of the units' own indicators, by their number."""


def write_reached(book: Book, keys: Keys) -> None:
    """An actual for each day on which it was looked at. What the ledger computes needs none: the indicator says so."""
    found = {(unit, order): values for unit, own in _OF_UNITS.items() for order, values in own.items()}
    found |= {
        (f"demo-p{number:02}", order): reached.values
        for number, own in REACHED.items()
        for order, reached in enumerate(own, 1)
    }
    for owner, values in found.items():
        unit, indicator = keys[owner]
        for day, value in zip(DAYS, values, strict=True):
            if value and value != COMPUTED:
                book.add(
                    "actuals", unit=unit, year=YEAR, indicator=indicator, date=day, date_precision="day",
                    kind="entered", value=value, evidence_kind="file", evidence=f"业务统计表（{day[:7]}，虚构）",
                )  # fmt: skip
