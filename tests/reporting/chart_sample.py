"""Charts of performance papers, with few, many, long and missing points. All figures are invented."""

from __future__ import annotations

from decimal import Decimal

from yiheng.facts import Chart, PointState, Series

D = Decimal
LONG = "医疗保障基金监管专项检查及第三方审计核查服务完成率（含市级飞行检查与交叉互查）"


def waterfall(count: int = 4, full: str = "100", each: str = "1.25") -> Chart:
    lost = [(f"{LONG if n == 1 else f'指标{n}'}", D(each)) for n in range(count)]
    left = D(full) - sum(value for _, value in lost)
    points = (("满分", D(full)), *lost, ("得分", left))
    return Chart("waterfall", "waterfall", "得分瀑布图", "分", (Series("自评", points),))


def attainment() -> Chart:
    points: tuple[tuple[str, Decimal | None], ...] = (
        ("参保人数", D("107.22")),
        (LONG, D("93.5")),
        ("组织培训次数", D("1250")),
        ("宣传覆盖率", D("100")),
        ("患者满意度", None),
        ("未开展的活动", D("0")),
        ("单位成本（元）", D("88")),
    )
    states = (
        PointState.MET, PointState.UNMET, PointState.MET, PointState.MET,
        PointState.UNKNOWN, PointState.UNMET, PointState.MET,
    )  # fmt: skip
    return Chart("attainment", "attainment", "指标完成率", "%", (Series("完成率", points, (), states),))


def radar(axes: int = 6, series: int = 1) -> Chart:
    names = (
        "预算编制",
        "预算执行与资金支付进度",
        "预算绩效管理情况",
        "资产管理",
        "政府采购执行率",
        "履职效能",
    )
    labels = [names[n] if n < len(names) else f"第{n + 1}项" for n in range(axes)]
    return Chart(
        "radar", "radar", "指标体系得分率", "%",
        tuple(
            Series(f"{2020 + s}年", tuple((label, D(100 - 7 * n - 5 * s)) for n, label in enumerate(labels)))
            for s in range(series)
        ),
    )  # fmt: skip


def execution() -> Chart:
    months = ("2024-01-31", "2024-02-29", "2024-03-31", "2024-04-30", "2024-05-31", "2024-06-30", "2024-07-31",
              "2024-08-31")  # fmt: skip
    reached = tuple((day, D("6.5") * n) for n, day in enumerate(months, 1))
    due = (*((day, D("8.3") * n) for n, day in enumerate(months, 1)), ("2024-12-31", D(100)))
    start = reached[-1]
    return Chart(
        "execution", "progress", "预算执行曲线", "%",
        (
            Series("预算执行率", reached),
            Series("序时进度", due),
            Series("全年预测", (start, ("2024-12-31", D("81.2"))), role="forecast"),
            Series("预测区间", (start, ("2024-12-31", D("74.6"))), role="low"),
            Series("预测区间", (start, ("2024-12-31", D("87.9"))), role="high"),
        ),
        as_of="2024-08-31",
    )  # fmt: skip


ALL = (
    waterfall(), waterfall(40, each="0.15"), waterfall(6, each="12.5"), waterfall(0), attainment(),
    radar(), radar(3, 2), radar(12, 3), radar(2), execution(),
)  # fmt: skip
