"""What makes a sheet's finding (核查结果), and the check of its form: weights, units, dates, evidence, reasons.

A finding with `Severity.ERROR` blocks the entry of a new sheet; in a transcribed one it only says what is wrong.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from fractions import Fraction

from yiheng.facts import Finding, Outcome, Severity
from yiheng.scoring.attainment import Status
from yiheng.scoring.evaluate import SheetScore
from yiheng.scoring.grammar import unknown_units
from yiheng.scoring.lexicon import Lexicon, Relation
from yiheng.scoring.rowscore import Method, RowScore, show
from yiheng.scoring.target import Deadline, Rate


def finding(
    score: SheetScore,
    rule: str,
    severity: Severity,
    message: str,
    next_step: str,
    row: RowScore | None = None,
    left: str = "",
    right: str = "",
) -> Finding:
    """One failed check of a sheet, with its place."""
    place = f"{score.sheet.name}：{row.row.name}" if row is not None else score.sheet.name
    where = (row.row.place or row.row.key) if row is not None else score.sheet.place
    return Finding(
        f"score.{rule}",
        TITLES[rule],
        severity,
        Outcome.FAIL,
        f"{place}（{where}）" if where else place,
        left,
        right,
        message=message,
        next_step=next_step,
    )


def form_findings(score: SheetScore, lexicon: Lexicon) -> Iterator[Finding]:
    """Everything about the sheet's form."""
    yield from _weights(score)
    if score.execution.points is None:
        yield finding(
            score, "execution", Severity.ERROR, score.execution.steps[0], "请核对全年预算数和全年执行数"
        )
    for row in score.rows:
        yield from _units(score, row, lexicon)
        yield from _duties(score, row)


def _weights(score: SheetScore) -> Iterator[Finding]:
    if score.weights == 100:
        return
    levels: dict[str, Fraction] = {}
    for row in score.rows:
        levels[row.row.level1] = levels.get(row.row.level1, Fraction(0)) + Fraction(row.row.weight)
    wanted = score.rule.level_weights
    parts = [f"预算执行率 {show(score.execution.weight)}"]
    for name, weight in levels.items():
        due = wanted.get(name)
        parts.append(
            f"{name} {show(weight)}" + (f"（规则为 {show(due)}）" if due not in (None, weight) else "")
        )
    message = f"分值合计 {show(score.weights)}，应为 100：{'、'.join(parts)}"
    yield finding(
        score, "weights", Severity.ERROR, message, "请调整分值使合计为 100", None, show(score.weights), "100"
    )


def _units(score: SheetScore, row: RowScore, lexicon: Lexicon) -> Iterator[Finding]:
    target, value = row.target, row.actual.value
    unknown = [*unknown_units(target, lexicon), *(unknown_units(value, lexicon) if value is not None else ())]
    if unknown:
        message = f"单位 {'、'.join(dict.fromkeys(unknown))} 不认识"
        yield finding(
            score, "unit-unknown", Severity.ERROR, message, "请改用已收录的单位，或在自有目录补充", row
        )
    wanted, found = row.row.target, row.row.actual
    relation = row.attainment.relation
    if relation in (Relation.NEAR, Relation.DIFFERENT, Relation.BARE):
        severity = {Relation.DIFFERENT: Severity.ERROR, Relation.NEAR: Severity.WARNING}.get(
            relation, Severity.HINT
        )
        message = f"实际完成值与指标值的单位不一致：{relation.label}"
        yield finding(score, "unit", severity, message, "请按指标值的单位填写实际完成值", row, found, wanted)
    elif isinstance(value, Rate) and value.inverted:
        yield finding(
            score,
            "unit",
            Severity.HINT,
            "频次写反了，按倒数比较",
            "请按“次/月”的写法填写",
            row,
            found,
            wanted,
        )
    elif _scales(row):
        message = "实际完成值与指标值的数量级不一致，已换算"
        yield finding(score, "unit", Severity.HINT, message, "请按同一数量级填写", row, found, wanted)


def _scales(row: RowScore) -> bool:
    if row.actual.quantity is None or not row.target.quantities or row.attainment.actual is None:
        return False
    return row.actual.quantity.scale != row.target.quantities[-1].scale


def _duties(score: SheetScore, row: RowScore) -> Iterator[Finding]:
    item = row.row
    end = dt.date(score.sheet.year, 12, 31)
    value = row.actual.value
    dates = [item.dated, value.first if isinstance(value, Deadline) else None]
    late = [date for date in dates if date is not None and date > end]
    if late:
        message = f"实际完成值的日期 {late[0].isoformat()} 晚于评价年度"
        yield finding(
            score, "late", Severity.ERROR, message, f"请填 {end.isoformat()} 及以前的实际完成值", row
        )
    if not item.evidence and row.attainment.status is not Status.NOT_APPLICABLE:
        yield finding(
            score, "evidence", Severity.ERROR, "没有佐证", "请附文件、链接、查询、经办人或说明", row
        )
    if row.shortfall and not item.reason:
        message = f"得 {row.points} 分，低于分值 {show(row.weight)}，没有写原因"
        yield finding(score, "reason", Severity.ERROR, message, "请填写偏差原因分析及改进措施", row)
    if row.method is Method.OPEN:
        yield finding(score, "open", Severity.ERROR, row.attainment.reason, row.steps[-1], row)
    elif (
        item.judgement is not None and row.method is not Method.JUDGED and item.judgement.points != row.points
    ):
        message = f"人工评 {item.judgement.points} 分，按规则应得 {row.points} 分"
        yield finding(
            score, "override", Severity.ERROR, message, "规则能计算的得分不能改写，请去掉人工评分", row
        )
    if item.judgement is not None and item.judgement.points > item.weight:
        message = f"人工评 {item.judgement.points} 分，超过分值 {item.weight}"
        yield finding(score, "override", Severity.ERROR, message, "请改正人工评分", row)


TITLES = {
    "weights": "分值合计不是100",
    "execution": "预算执行率无法计算",
    "unit-unknown": "单位不认识",
    "unit": "目标与实际单位不一致",
    "late": "实际完成值晚于评价年度",
    "evidence": "缺少佐证",
    "reason": "扣分没有原因",
    "open": "待人工评分",
    "override": "人工评分与规则矛盾",
    "far-above": "实际完成值远超目标",
    "same-as-last-year": "目标等于上年实际",
    "repeats": "实际完成值照抄目标",
    "waived": "不适用给满分",
    "all-full": "全部指标满分",
    "sample": "满意度没有足够样本",
    "two-values": "同一指标有两个数值",
    "duplicate": "指标重复",
    "qualitative-share": "定性指标比重过高",
    "reason-contradicts": "原因与数据不符",
}
"""Title of every finding by rule; the rule's id is `score.` and the key."""
