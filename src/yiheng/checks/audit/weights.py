"""Methods of rules on weights and scores of sheets (分值、得分): their sums, the full mark, scores above weights."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from yiheng.checks.audit.named_weights import scored_names
from yiheng.checks.audit.network import network
from yiheng.checks.audit.register import AuditRule
from yiheng.checks.audit.sheets import Form, Line, forms, is_total, score_tables
from yiheng.checks.audit.subject import Method, Subject, found
from yiheng.facts import Outcome
from yiheng.facts.audit import AuditFinding, Ground


def scored(subject: Subject) -> list[Form]:
    """The self-evaluation sheets of the document."""
    return [form for form in forms(subject) if form.scored and form.indicators]


def sums(rule: AuditRule, subject: Subject) -> Iterator[AuditFinding]:
    """Weights add up to the printed total, and scores to theirs; execution of the budget included."""
    for form in scored(subject):
        for column in ("分值", "得分"):
            yield _sum(rule, form, column)


def hundred(rule: AuditRule, subject: Subject) -> Iterator[AuditFinding]:
    """The printed total of the weights is the full mark; sheets that leave out execution are not judged."""
    full = Decimal(str(rule.parameters["full"]))
    for form in scored(subject):
        total = form.total.number("分值") if form.total else None
        execution = next((value for line in form.funds if (value := line.number("分值")) is not None), None)
        if form.total is None or total is None or form.whole:
            continue
        at, place = f"{form.shown}[总分, 分值]", form.total.place("分值")
        if total == full:
            yield found(rule, Outcome.PASS, place, at)
        elif execution is not None and total not in (full - execution, Decimal(1)):
            yield found(rule, Outcome.FAIL, place, at, f"分值合计应为 {full}")._replace(
                printed=form.total.text("分值"), computed=str(full), difference=str(total - full)
            )


def _sum(rule: AuditRule, form: Form, column: str) -> AuditFinding:
    at = f"{form.shown}[总分, {column}]"
    place = form.total.place(column) if form.total else form.table.read.place
    total = form.total.number(column) if form.total else None
    values = [line.number(column) for line in form.indicators]
    if total is None or None in values or form.total is None:
        return found(rule, Outcome.COULD_NOT_RUN, place, at, f"{at}：总分或某行{column}没有读出")
    execution = next((value for line in form.funds if (value := line.number(column)) is not None), None)
    added = sum((value for value in values if value is not None), execution or Decimal(0))
    holds = total in (added, added - (execution or 0)) or (execution is None and added + 10 == total)
    if holds:
        return found(rule, Outcome.PASS, place, at)
    if column == "得分" and any(map(above, form.indicators)):
        return found(rule, Outcome.COULD_NOT_RUN, place, at, f"{at}：有得分高于分值，先改正得分")
    short = [line for line in form.indicators if above(line) and _gap(line) == _lacking(form)]
    if column == "分值" and len(short) == 1:
        return _short(rule, form, short[0], total)
    parts = f"预算执行 {execution} + " if execution is not None else ""
    listed = "、".join(f"{line.row.shown} {line.text(column)}" for line in form.indicators[:20])
    return found(
        rule, Outcome.FAIL, place, at, f"{parts}各指标{column}相加为 {added}，总分印 {total}"
    )._replace(
        printed=form.total.text(column),
        computed=str(added),
        difference=str(total - added),
        sources=(Ground(f"各指标{column}：{listed}", form.indicators[0].place(column)),),
        cells=(place, *(line.place(column) for line in form.indicators)),
    )


def totals(rule: AuditRule, subject: Subject) -> Iterator[AuditFinding]:
    """A table of scores adds up to its total; one whose rows stand in levels may add up any one level."""
    for table, lines in score_tables(subject):
        total = [line for line in lines if is_total(line.row)]
        rows = [line for line in lines if not is_total(line.row)]
        for column in ("分值", "得分"):
            values = [line.number(column) for line in rows]
            printed = total[0].number(column) if len(total) == 1 else None
            if printed is None or None in values:
                continue
            sums = {level: _of_level(rows, column, level) for level in {line.row.level for line in rows}}
            added = sum((v for v in values if v is not None), Decimal(0))
            at, place = f"{table.shown}[总分, {column}]", total[0].place(column)
            if printed and (added % printed == 0 or printed in sums.values()):
                yield found(rule, Outcome.PASS, place, at)
            elif len(sums) == 1 and 2 * added < 3 * printed:
                yield found(rule, Outcome.FAIL, place, at, f"各项{column}相加为 {added}")._replace(
                    printed=total[0].text(column), computed=str(added), difference=str(printed - added)
                )
            else:
                yield found(rule, Outcome.COULD_NOT_RUN, place, at, f"{at}：分级的评分表，不能确定哪些行相加")


def _of_level(rows: list[Line], column: str, level: int) -> Decimal:
    values = (line.number(column) for line in rows if line.row.level == level)
    return sum((value for value in values if value is not None), Decimal(0))


def limits(rule: AuditRule, subject: Subject) -> Iterator[AuditFinding]:
    """No score above its weight."""
    for form in scored(subject):
        for line in form.indicators:
            weight, score = line.number("分值"), line.number("得分")
            if weight is None or score is None:
                continue
            at = f"{form.shown}[{line.row.shown}, 得分]"
            if above(line) and _gap(line) == _lacking(form):
                message = f"{at}：分值合计少 {score - weight}，分值可能写错"
                yield found(rule, Outcome.COULD_NOT_RUN, line.place("得分"), at, message)
            elif score <= weight:
                yield found(rule, Outcome.PASS, line.place("得分"), at)
            else:
                message = f"得分 {score} 高于分值 {weight}"
                yield found(rule, Outcome.FAIL, line.place("得分"), at, message)._replace(
                    printed=line.text("得分"), computed=f"≤{line.text('分值')}"
                )
    yield from _named_limits(rule, subject)


def _named_limits(rule: AuditRule, subject: Subject) -> Iterator[AuditFinding]:
    """The same in tables that print the weight in the name: 项目立项（7分）."""
    wrong = network(subject).wrong
    for table in subject.tables:
        for weight_at, score_at in scored_names(table):
            if weight_at in wrong or score_at in wrong:
                continue
            weight, score = table.cell(weight_at), table.cell(score_at)
            at = table.address(score_at)
            if (score.printed.value or 0) <= (weight.printed.value or 0):
                yield found(rule, Outcome.PASS, score.place, at)
                continue
            message = f"得分 {score.printed.value} 高于名称中的分值 {weight.printed.value}"
            yield found(rule, Outcome.FAIL, score.place, at, message)._replace(
                printed=score.text.strip(), computed=f"≤{weight.printed.value}"
            )


def above(line: Line) -> bool:
    """Whether a row's score is above its weight."""
    weight, score = line.number("分值"), line.number("得分")
    return weight is not None and score is not None and score > weight


def _gap(line: Line) -> Decimal:
    return (line.number("得分") or Decimal(0)) - (line.number("分值") or Decimal(0))


def _short(rule: AuditRule, form: Form, line: Line, total: Decimal) -> AuditFinding:
    """The weight that is too small by just what its score is above it and the total lacks."""
    at, place = f"{form.shown}[{line.row.shown}, 分值]", line.place("分值")
    message = f"各指标分值相加比总分 {total} 少 {_gap(line)}，此处得分也高于分值 {_gap(line)}"
    return found(rule, Outcome.FAIL, place, at, message)._replace(
        printed=line.text("分值"),
        computed=line.text("得分"),
        difference=str(-_gap(line)),
        cells=(place, line.place("得分")),
    )


def _lacking(form: Form) -> Decimal:
    """By how much the weights fall short of their printed total; 0 where that is not known."""
    total = form.total.number("分值") if form.total else None
    values = [line.number("分值") for line in form.indicators]
    if total is None or None in values:
        return Decimal(0)
    execution = next((value for line in form.funds if (value := line.number("分值")) is not None), None)
    return total - sum((value for value in values if value is not None), execution or Decimal(0))


METHODS: Mapping[str, Method] = {
    "sheet-sums": sums,
    "sheet-hundred": hundred,
    "sheet-limits": limits,
    "score-tables": totals,
}
"""Methods by the name that a rule gives."""
