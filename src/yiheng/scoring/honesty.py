"""Honesty checks (真实性核查): what looks too good. Each finding names its ground; thresholds are a policy profile."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction

from yiheng.facts import Finding, Severity
from yiheng.scoring.actual import ActualKind, parse_actual
from yiheng.scoring.attainment import Status, limits
from yiheng.scoring.evaluate import SheetScore
from yiheng.scoring.findings import finding, form_findings
from yiheng.scoring.grammar import squeeze
from yiheng.scoring.lexicon import Lexicon, Relation
from yiheng.scoring.profiles import HonestyProfile
from yiheng.scoring.rowscore import Method, RowScore, show


def review(score: SheetScore, lexicon: Lexicon, profile: HonestyProfile) -> tuple[Finding, ...]:
    """All findings of one sheet, form first. Those with `Severity.ERROR` block the entry of a new sheet."""
    return (*form_findings(score, lexicon), *honesty_findings(score, lexicon, profile))


def honesty_findings(score: SheetScore, lexicon: Lexicon, profile: HonestyProfile) -> Iterator[Finding]:
    """The honesty checks of one sheet."""
    for row in score.rows:
        yield from _far_above(score, row, profile)
        yield from _last_year(score, row, lexicon)
        if row.actual.kind is ActualKind.REPEATS:
            message = f"实际完成值“{row.row.actual}”只是重复指标值，没有实际数"
            yield finding(score, "repeats", Severity.WARNING, message, "请填写实际数和佐证", row)
        if row.method is Method.WAIVED:
            message = f"不适用的指标按历史做法给了 {row.points} 分"
            yield finding(
                score, "waived", Severity.WARNING, message, "现行规则不计分，分值分摊到其他指标", row
            )
        yield from _sample(score, row, profile)
        yield from _contradiction(score, row, profile)
    yield from _pairs(score)
    yield from _whole(score, profile)


def two_values(scores: Iterable[SheetScore], profile: HonestyProfile) -> tuple[Finding, ...]:
    """One indicator with different actuals in several sheets of a department."""
    seen: dict[str, tuple[SheetScore, RowScore]] = {}
    found = []
    for score in scores:
        for row in score.rows:
            if row.attainment.actual is None:
                continue
            first = seen.setdefault(squeeze(row.row.name), (score, row))
            if first[0] is score or squeeze(row.row.name) in profile.own_names:
                continue
            if first[1].attainment.actual != row.attainment.actual:
                message = f"在“{first[0].sheet.name}”为 {first[1].row.actual}，在本表为 {row.row.actual}"
                found.append(
                    finding(
                        score,
                        "two-values",
                        Severity.WARNING,
                        message,
                        "请核对哪个数正确，或改用不同的指标名",
                        row,
                    )
                )
    return tuple(found)


def _far_above(score: SheetScore, row: RowScore, profile: HonestyProfile) -> Iterator[Finding]:
    found = row.attainment
    low, high, actual = found.bounds.low, found.bounds.high, found.actual
    if found.status is not Status.MET or actual is None:
        return
    over = low is not None and low > 0 and high is None and actual >= low * profile.far_above
    under = low is None and high is not None and high > 0 and actual * profile.far_above <= high
    if not over and not under:
        return
    limit = show(profile.far_above * 100)
    message = (
        f"实际 {row.row.actual}，指标值 {row.row.target}，偏离达到 {limit}% 的阈值（{profile.entry.cite()}）"
    )
    if row.row.explanation:
        yield finding(
            score, "far-above", Severity.HINT, f"{message}；说明：{row.row.explanation}", "请复核说明", row
        )
    else:
        yield finding(
            score, "far-above", Severity.ERROR, message, "请说明原因，并核对指标值是否定得过低", row
        )


def _last_year(score: SheetScore, row: RowScore, lexicon: Lexicon) -> Iterator[Finding]:
    if not squeeze(row.row.previous):
        return
    bounds = limits(row.target, lexicon, row.row.lower)
    previous = parse_actual(row.row.previous, lexicon, score.sheet.year - 1)
    if bounds is None or previous.quantity is None:
        return
    unit = row.target.quantities[-1].unit
    if lexicon.relation(unit, previous.quantity.unit) not in (Relation.SAME, Relation.BARE):
        return
    if previous.quantity.value(lexicon) in (bounds.low, bounds.high):
        message = f"指标值 {row.row.target} 等于上年实际 {row.row.previous}"
        yield finding(score, "same-as-last-year", Severity.WARNING, message, "请说明目标为什么没有提高", row)


def _sample(score: SheetScore, row: RowScore, profile: HonestyProfile) -> Iterator[Finding]:
    if not row.row.satisfaction or row.attainment.status is Status.NOT_APPLICABLE:
        return
    if row.row.sample is None:
        yield finding(score, "sample", Severity.WARNING, "满意度没有写样本量", "请填写有效问卷份数", row)
    elif row.row.sample < profile.sample:
        message = f"样本 {row.row.sample} 份，少于 {profile.sample} 份（{profile.entry.cite()}）"
        yield finding(score, "sample", Severity.WARNING, message, "请扩大样本或说明", row)


def _contradiction(score: SheetScore, row: RowScore, profile: HonestyProfile) -> Iterator[Finding]:
    """A cost overrun excused by more persons or business, while every such count in the sheet fell short."""
    claim = next((words for words in profile.claims_of_more if words in squeeze(row.row.reason)), "")
    if row.method is not Method.OVERRUN or not claim:
        return
    counts = [
        other
        for other in score.rows
        if other.actual.quantity is not None and other.actual.quantity.unit in profile.counted_units
    ]
    if counts and all(other.attainment.below for other in counts):
        listed = "、".join(
            f"{other.row.name} {other.row.actual}（指标值 {other.row.target}）" for other in counts
        )
        message = f"原因写“{claim}”，但数量都低于指标值：{listed}"
        yield finding(score, "reason-contradicts", Severity.WARNING, message, "请核对原因或数量", row)


def _pairs(score: SheetScore) -> Iterator[Finding]:
    seen: dict[str, RowScore] = {}
    for row in score.rows:
        name = squeeze(row.row.name)
        first = seen.setdefault(name, row)
        if first is row or row.attainment.status is Status.NOT_APPLICABLE:
            continue
        same = (squeeze(first.row.target), squeeze(first.row.actual)) == (
            squeeze(row.row.target),
            squeeze(row.row.actual),
        )
        if same:
            message = f"与 {first.row.place or first.row.key} 的指标完全相同，分值计了两次"
            yield finding(score, "duplicate", Severity.ERROR, message, "请删去一行并调整分值", row)
        elif squeeze(first.row.actual) != squeeze(row.row.actual):
            message = f"同名指标的实际完成值一处为 {first.row.actual}，一处为 {row.row.actual}"
            yield finding(score, "two-values", Severity.WARNING, message, "请核对，或改用不同的指标名", row)


def _whole(score: SheetScore, profile: HonestyProfile) -> Iterator[Finding]:
    scored = [row for row in score.rows if row.attainment.status is not Status.NOT_APPLICABLE and row.weight]
    if len(scored) > 1 and all(row.points is not None and not row.shortfall for row in scored):
        message = f"{len(scored)} 个指标全部满分"
        yield finding(
            score, "all-full", Severity.WARNING, message, "请核对指标值是否过低、实际完成值是否有佐证"
        )
    weight = sum((row.weight for row in scored), Fraction(0))
    words = sum((row.weight for row in scored if row.target.qualitative), Fraction(0))
    if weight and words / weight > profile.qualitative_share:
        message = (
            f"定性指标占 {show(words)} 分，为指标分值的 {show(words / weight * 100)}%，"
            f"超过 {show(profile.qualitative_share * 100)}%（{profile.entry.cite()}）"
        )
        yield finding(score, "qualitative-share", Severity.WARNING, message, "请增加可量化的指标")
