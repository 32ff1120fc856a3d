"""Methods of rules on self-evaluation sheets (绩效自评表): reasons, rates, and the score by the rule."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction

from yiheng.checks.audit.register import AuditRule
from yiheng.checks.audit.sheets import Form, Line
from yiheng.checks.audit.subject import Method, Subject, found
from yiheng.checks.audit.weights import above, scored
from yiheng.facts import Outcome, Severity
from yiheng.facts.audit import AuditFinding, Ground
from yiheng.facts.document import ReadCell
from yiheng.money import PrintedKind, Rounding, round_to
from yiheng.policy import NATION, PolicyNotInForce, PolicyUnknown
from yiheng.scoring.attainment import Status
from yiheng.scoring.lexicon import Lexicon
from yiheng.scoring.rowscore import Method as Way
from yiheng.scoring.rowscore import RowScore, read_row, score_row
from yiheng.scoring.rules import ScoreRule, rules_in_force
from yiheng.scoring.sheet import Row


def reasons(rule: AuditRule, subject: Subject) -> Iterator[AuditFinding]:
    """A score below its weight has a reason beside it."""
    for form in scored(subject):
        for line in form.indicators:
            weight, score = line.number("分值"), line.number("得分")
            if weight is None or score is None or score >= weight or "原因" not in line.cells:
                continue
            at = f"{form.shown}[{line.row.shown}]"
            reason = line.cells["原因"].printed
            if reason.kind in (PrintedKind.BLANK, PrintedKind.DASH):
                message = f"得分 {score} 低于分值 {weight}，没有填写偏差原因和改进措施"
                yield found(rule, Outcome.FAIL, line.place("得分"), at, message)._replace(
                    printed=line.text("得分")
                )
            else:
                yield found(rule, Outcome.PASS, line.place("原因"), at)


# -- funds (资金执行) ------------------------------------------------------------------------------------------------


def funds(rule: AuditRule, subject: Subject) -> Iterator[AuditFinding]:
    """The year's funds add up, the execution rate is executed by budget, and its score follows from it."""
    for form in scored(subject):
        if not form.funds:
            continue
        yield from _fund_sums(rule, form)
        for line in form.funds:
            yield from _rate(rule, form, line)
        yield from _execution_score(rule, form, form.funds[0])


def _fund_sums(rule: AuditRule, form: Form) -> Iterator[AuditFinding]:
    total, parts = form.funds[0], form.funds[1:]
    if "总额" not in total.row.label or len(parts) < 2:
        return
    for column in ("年初预算数", "全年预算数", "全年执行数"):
        values = [line.number(column) or Decimal(0) for line in parts]
        whole = total.number(column)
        if whole is None:
            continue
        at, place = f"{form.shown}[{total.row.shown}, {column}]", total.place(column)
        if whole == sum(values):
            yield found(rule, Outcome.PASS, place, at)
        else:
            yield found(rule, Outcome.FAIL, place, at, f"各项资金相加为 {sum(values)}")._replace(
                printed=total.text(column), computed=str(sum(values)), difference=str(whole - sum(values))
            )


def _rate(rule: AuditRule, form: Form, line: Line) -> Iterator[AuditFinding]:
    budget, executed = line.number("全年预算数"), line.number("全年执行数")
    cell = line.cells.get("执行率")
    if cell is None or budget is None or executed is None or cell.printed.value is None or not budget:
        return
    at = f"{form.shown}[{line.row.shown}, 执行率]"
    rate = Fraction(executed) / Fraction(budget)
    verdict = _percent(cell, rate)
    if verdict is Rounding.HALF_UP:
        yield found(rule, Outcome.PASS, cell.place, at)
        return
    shown = f"{round_to(rate * 100, max(cell.printed.places, 2), Rounding.HALF_UP)}%"
    message = f"{line.text('全年执行数')} ÷ {line.text('全年预算数')} = {shown}"
    failed = found(rule, Outcome.FAIL, cell.place, at, message)._replace(
        printed=cell.text.strip(), computed=shown
    )
    if verdict is Rounding.DOWN:
        failed = failed._replace(severity=Severity.HINT, message=f"{message}，印数是直接舍去小数的结果")
    yield failed


def _percent(cell: ReadCell, rate: Fraction) -> Rounding | None:
    """How the printed percentage comes from the rate; None where it does not."""
    value, places = cell.printed.value, cell.printed.places
    scaled = (
        rate
        if cell.printed.kind is not PrintedKind.PERCENT and value is not None and value <= 1
        else rate * 100
    )
    for mode in (Rounding.HALF_UP, Rounding.DOWN):
        if value == round_to(scaled, places, mode) or value == round_to(
            min(scaled, Fraction(100)), places, mode
        ):
            return mode
    return None


def _execution_score(rule: AuditRule, form: Form, line: Line) -> Iterator[AuditFinding]:
    weight, score = line.number("分值"), line.number("得分")
    budget, executed = line.number("全年预算数"), line.number("全年执行数")
    if weight is None or score is None or not budget or executed is None:
        return
    exact = min(Fraction(1), Fraction(executed) / Fraction(budget))
    places = line.cells["得分"].printed.places
    rates = {exact, Fraction(round_to(exact * 100, 0, Rounding.HALF_UP)) / 100}
    cell = line.cells.get("执行率")
    if cell is not None and cell.printed.kind is PrintedKind.PERCENT and cell.printed.value is not None:
        rates.add(min(Fraction(1), Fraction(cell.printed.value) / 100))
    right = {
        round_to(Fraction(weight) * rate, p, mode)
        for rate in rates
        for p in (places, 2)
        for mode in (Rounding.HALF_UP, Rounding.DOWN)
    }
    at, place = f"{form.shown}[{line.row.shown}, 得分]", line.place("得分")
    if score in right:
        yield found(rule, Outcome.PASS, place, at)
        return
    computed = round_to(Fraction(weight) * exact, 2, Rounding.HALF_UP)
    message = f"分值 {weight} × 执行率 {round_to(exact * 100, 2, Rounding.HALF_UP)}% = {computed}"
    yield found(rule, Outcome.FAIL, place, at, message)._replace(
        printed=line.text("得分"), computed=str(computed), difference=str(score - computed)
    )


def zero_base(rule: AuditRule, subject: Subject) -> Iterator[AuditFinding]:
    """No execution rate over a budget of zero."""
    for form in scored(subject):
        hits = [
            line
            for line in form.funds
            if line.number("全年预算数") == 0
            and line.cells.get("执行率")
            and line.cells["执行率"].printed.value is not None
        ]
        if not hits:
            if form.funds:
                yield found(rule, Outcome.PASS, form.table.read.place, form.shown)
            continue
        rows = "、".join(line.row.shown for line in hits)
        first = hits[0]
        yield found(
            rule,
            Outcome.FAIL,
            first.place("执行率"),
            f"{form.shown}[{rows}, 执行率]",
            f"全年预算数为零，执行率不能计算，却印 {first.text('执行率')}",
        )._replace(
            printed=first.text("执行率"), computed="—", cells=tuple(line.place("执行率") for line in hits)
        )


# -- the score by the rule (按评分规则重算) --------------------------------------------------------------------------


def recomputed(rule: AuditRule, subject: Subject) -> Iterator[AuditFinding]:
    """Each score as one of the score rules in force gives it; what only a person can judge is not compared."""
    year = subject.identity.year
    place = subject.identity.jurisdiction or NATION
    try:
        lexicon = Lexicon.of(subject.policy, place, subject.on)
        rules = rules_in_force(subject.policy, place, subject.on)
    except (PolicyNotInForce, PolicyUnknown) as error:
        yield found(rule, Outcome.COULD_NOT_RUN, message=str(error))
        return
    judged = [
        (form, line, score, [_score(line, r, lexicon, year) for r in rules])
        for form in scored(subject)
        for line in form.indicators
        if line.number("分值")
        and (score := line.number("得分")) is not None
        and not above(line)
        and line.text("指标值")
        and line.text("实际完成值")
    ]
    proportional = any(
        s.method is Way.PROPORTION and s.points == score for _, _, score, scores in judged for s in scores
    )
    for form, line, score, scores in judged:
        for finding in _recomputed(rule, form, line, scores, score):
            unlike = scores[0].method is Way.PROPORTION and score != scores[0].weight
            if finding.outcome is Outcome.FAIL and unlike and not proportional:
                yield finding._replace(severity=Severity.HINT)
            else:
                yield finding


def _score(line: Line, rule: ScoreRule, lexicon: Lexicon, year: int) -> RowScore:
    groups = [*line.row.groups, "", ""]
    weight = line.number("分值") or Decimal(0)
    row = Row(
        key=line.row.shown,
        level1=line.text("一级指标") or groups[0],
        level2=line.text("二级指标") or groups[1],
        name=line.row.label,
        target=line.text("指标值"),
        actual=line.text("实际完成值"),
        weight=weight,
        reason=line.text("原因"),
    )
    return score_row(read_row(row, rule, lexicon, year), rule, Fraction(weight))


def _recomputed(
    rule: AuditRule, form: Form, line: Line, scores: list[RowScore], printed: Decimal
) -> Iterator[AuditFinding]:
    at, place = f"{form.shown}[{line.row.shown}, 得分]", line.place("得分")
    computed = [
        s
        for s in scores
        if s.points is not None and s.method in (Way.FULL, Way.PROPORTION, Way.RANGE, Way.OVERRUN)
    ]
    if not computed:
        yield found(rule, Outcome.NOT_APPLICABLE, place, at, "需要人工评分")
        return
    if any(s.points == printed for s in computed):
        yield found(rule, Outcome.PASS, place, at)
        return
    cut = any(s.exact is not None and printed == round_to(s.exact, 2, Rounding.DOWN) for s in computed)
    best = computed[0]
    met = best.attainment.status is Status.MET
    if met and line.text("原因") and not cut:
        yield found(rule, Outcome.NOT_APPLICABLE, place, at, "已达到指标值，另有扣分原因")
        return
    proportional = best.method is Way.PROPORTION or met or printed == best.weight
    told = "，".join(f"{column} {line.text(column)}" for column in ("指标值", "实际完成值", "分值"))
    message = f"{told}，按规则应得 {best.points}"
    severity = rule.severity if proportional and not cut else Severity.HINT
    yield found(
        rule, Outcome.FAIL, place, at, f"{message}{'，印数是直接舍去小数的结果' if cut else ''}"
    )._replace(
        severity=severity,
        printed=line.text("得分"),
        computed=str(best.points),
        difference=str(printed - best.points) if best.points is not None else "",
        sources=(Ground("；".join(best.steps), line.place("实际完成值")),),
    )


METHODS: Mapping[str, Method] = {
    "sheet-reasons": reasons,
    "sheet-funds": funds,
    "sheet-zero-base": zero_base,
    "sheet-recomputed": recomputed,
}
"""Methods by the name that a rule gives."""
