"""A self-evaluation sheet (自评表) that holds, from the accounts of 2020 (附件2), for tests to break."""

from __future__ import annotations

from collections.abc import Sequence

from tests.checks.audit.papers import block, document, failed, table

from yiheng.facts.document import ReadTable

FUNDS = [
    ("", "年度资金总额", ["5420000.00", "6782300.00", "6782300.00", "10", "100%", "10"]),
    ("", "其中：当年财政拨款", ["5420000.00", "6782300.00", "6782300.00", "—", "100%", "—"]),
    ("", "上年结转资金", ["0.00", "0.00", "0.00", "—", "", "—"]),
    ("", "其他资金", ["0.00", "0.00", "0.00", "—", "", "—"]),
]
ROWS = [
    ("参保深圳重疾险人数", "4000 人", "3882 人", "6.25", "6.07", "实际参保人数有偏差"),
    ("参保 18 周岁以上低保人数", "1200 人", "1131 人", "12.5", "11.78", "实际参保人数有偏差"),
    ("医疗保险资助率", "≥80%", "100%", "31.25", "31.25", ""),
    ("公众满意度", "90%", "100%", "40", "40", ""),
]


def sheet(
    rows: Sequence[tuple[str, ...]] = ROWS,
    total: tuple[str, str] = ("100", "99.10"),
    funds: Sequence[object] = FUNDS,
    unit: str = "某中心",
) -> ReadTable:
    head = block(["内容"], [("", "项目名称", ["低收入家庭购买医疗保险"]), ("", "实施单位", [unit])], unit="")
    money = block(["年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分"], funds, unit="元")  # type: ignore[arg-type]
    body = [("", name, list(cells)) for name, *cells in rows] + [("", "总分", ["", "", *total, ""])]
    columns = ["年度指标值", "实际完成值", "分值", "得分", "偏差原因分析及改进措施"]
    return table("项目支出绩效自评表", head, money, block(columns, body, unit=""), unit="")


def changed(row: int, column: int, text: str) -> list[tuple[str, ...]]:
    rows = [list(r) for r in ROWS]
    rows[row][column] = text
    return [tuple(r) for r in rows]


def wrong(made: ReadTable, rule: str) -> list[tuple[str, str]]:
    return [(p, c) for r, p, c in failed(document(made), "self_evaluation") if r == f"audit.{rule}"]
