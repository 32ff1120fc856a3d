"""Deviations that monitoring found, and what came of them (偏差、偏差跟踪): written by hand, all invented."""

from __future__ import annotations

from typing import Final, NamedTuple

from demo_year.book import YEAR, Book
from demo_year.goals import Keys


class _Deviation(NamedTuple):
    project: int
    order: int
    """Number of the indicator; 0 for budget execution."""
    day: str
    text: str
    cause: str
    action: str
    responsible: str
    due: str
    entries: tuple[tuple[str, str, str], ...]
    """日期, 状态, 进展."""


_DEVIATIONS: Final = (
    _Deviation(9, 0, "08-31", "执行率42.95%，落后于序时进度", "中央追加资金8月到位，技术服务合同刚签订",
               "按合同节点加快支付，11月底前支付到八成", "示例局规划财务处", "11-30",
               (("10-15", "open", "已支付到六成"), ("12-10", "closed", "已支付到九成"))),
    _Deviation(10, 0, "08-31", "执行率51.82%，略低于序时进度", "便民用品按季采购，三季度尚未结算",
               "三季度结算后按月支付", "示例中心服务大厅科", "10-31", (("10-25", "closed", "三季度费用已结清"),)),
    _Deviation(12, 0, "08-31", "执行率43.59%", "准备金只在临时工作出现时动用", "年底前统筹收回不再需要的额度",
               "示例局规划财务处", "12-20", (("12-18", "open", "余额待财政收回"),)),
    _Deviation(14, 0, "08-31", "执行率31.03%", "6月追加的物资储备资金，供货商8月底交货", "交货验收后一次付清",
               "示例局办公室", "10-31", (("09-28", "open", "物资已验收"), ("10-22", "closed", "货款已付清"))),
    _Deviation(4, 2, "08-31", "应整理45.3万页，实际26万页", "高速扫描设备到货晚两个月", "增加一班人员，四季度加快",
               "示例中心档案室", "12-31", (("11-15", "open", "累计48万页"),)),
    _Deviation(9, 1, "08-31", "应办12期，实际6期", "经办系统上线占用培训时间", "四季度集中办班",
               "示例局人事处", "12-15", (("11-20", "closed", "已办13期，计划可完成"), ("12-16", "open", "两期推迟"))),
    _Deviation(11, 0, "09-30", "青鸾核验支付偏慢", "青鸾服务分期验收", "青鸾验收后支付", "示例局监督处", "12-20", ()),
)  # fmt: skip


def write_watched(book: Book, keys: Keys) -> None:
    """Each deviation with the entries of its follow-up."""
    for each in _DEVIATIONS:
        project = f"demo-p{each.project:02}"
        unit, _ = keys[project, 1]
        deviation = book.add(
            "deviations", unit=unit, year=YEAR, project=project,
            indicator=keys[project, each.order][1] if each.order else "", dated=f"{YEAR}-{each.day}", text=each.text,
            cause=each.cause, action=each.action, responsible=f"{each.responsible}（虚构）", due=f"{YEAR}-{each.due}",
        )  # fmt: skip
        for day, state, text in each.entries:
            closed = state == "closed"
            book.add(
                "follow_ups", unit=unit, year=YEAR, deviation=deviation, dated=f"{YEAR}-{day}", state=state, text=text,
                evidence_kind="file" if closed else "", evidence="整改报告（虚构）" if closed else "",
            )  # fmt: skip
