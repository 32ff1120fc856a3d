"""Methods of rules between documents of one unit (跨文件): last year's figures, targets against self-evaluation.

A rule names the other document by its kind and by the years that it lies before this one; with no such document
among those given, or with several, nothing is compared.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from yiheng.checks.audit.identities import Binder, Unresolved, alternatives
from yiheng.checks.audit.network import figures_of
from yiheng.checks.audit.register import AuditRule
from yiheng.checks.audit.relations import State
from yiheng.checks.audit.sheets import Form, Line, forms
from yiheng.checks.audit.shown import amount, statement
from yiheng.checks.audit.subject import Method, Subject, found
from yiheng.facts import Outcome
from yiheng.facts.audit import AuditFinding, Ground, Identity
from yiheng.money import MoneyUnit, PrintedKind, parse_printed


def _other(rule: AuditRule, subject: Subject) -> tuple[int, Subject] | None:
    """The one other document that the rule asks for, with its number; None where there is none or several."""
    wanted = rule.parameters["other"]
    year = subject.identity.year + wanted["years"]
    found_ = [
        (number, other)
        for number, other in enumerate(subject.others, 1)
        if other.identity.kind in wanted["kinds"]
        and other.identity.year == year
        and subject.identity.year
        and _same_unit(other.identity.unit, subject.identity.unit)
    ]
    return found_[0] if len(found_) == 1 else None


def beside(identities: Sequence[Identity], number: int) -> list[int]:
    """Which of many documents a rule may put beside this one: of the same unit, another kind or another year.

    Of one kind and year two are enough to show that there are several, with which nothing is compared.
    """
    own = identities[number]
    seen: Counter[tuple[str, int]] = Counter()
    chosen = []
    for at, other in enumerate(identities):
        about = (other.kind, other.year)
        if at != number and about != (own.kind, own.year) and _same_unit(other.unit, own.unit):
            seen[about] += 1
            if seen[about] <= 2:
                chosen.append(at)
    return chosen


def _same_unit(one: str, other: str) -> bool:
    return bool(one) and re.sub(r"\s", "", one) == re.sub(r"\s", "", other)


def figures(rule: AuditRule, subject: Subject) -> Iterator[AuditFinding]:
    """The left side of each expression in this document, the right side in the other one."""
    other = _other(rule, subject)
    if other is None:
        return
    number, paper = other
    cells = figures_of(subject)
    here = Binder(subject.tables, subject.identity.year, cells)
    there = Binder(paper.tables, paper.identity.year, cells, number)
    for listed in alternatives(rule.parameters):
        for relation in here.beside(there, rule, listed[0]):
            if isinstance(relation, Unresolved):
                yield found(rule, Outcome.COULD_NOT_RUN, message=relation.reason)
                continue
            key, base = relation.left[0].key, relation.right[0].key
            at, place = cells.table(key).address(key), cells.cell(key).place
            if cells.state(relation) is not State.FAILS:
                yield found(rule, Outcome.PASS, place, at)
                continue
            right = cells.span(relation.right)
            yield found(
                rule, Outcome.FAIL, place, at, f"《{paper.document.name}》：{statement(relation, cells)}"
            )._replace(
                printed=cells.cell(key).text.strip(),
                computed=amount(right.middle, key, cells) if right else "",
                sources=(
                    Ground(
                        f"{cells.table(base).address(base)} {cells.cell(base).text.strip()}",
                        cells.cell(base).place,
                        paper.document.name,
                    ),
                ),
            )


def targets(rule: AuditRule, subject: Subject) -> Iterator[AuditFinding]:
    """The self-evaluation judges the targets that the budget published, at the amount that it published."""
    other = _other(rule, subject)
    if other is None:
        return
    _, paper = other
    published = {_bare(form.name): form for form in forms(paper) if not form.scored and not form.whole}
    for form in forms(subject):
        against = published.get(_bare(form.name)) if form.scored else None
        if against is None:
            continue
        for line in form.indicators:
            yield from _target(rule, paper, form, line, against)
        yield from _initial(rule, paper, form, against)


def _target(rule: AuditRule, paper: Subject, form: Form, line: Line, against: Form) -> Iterator[AuditFinding]:
    same = [other for other in against.indicators if _bare(other.row.label) == _bare(line.row.label)]
    if len(same) != 1 or not line.text("指标值") or not same[0].text("指标值"):
        return
    at, place = f"{form.shown}[{line.row.shown}, 指标值]", line.place("指标值")
    before = same[0].text("指标值")
    if _bare(before) == _bare(line.text("指标值")):
        yield found(rule, Outcome.PASS, place, at)
        return
    yield found(rule, Outcome.FAIL, place, at, f"《{paper.document.name}》公开的指标值为 {before}")._replace(
        printed=line.text("指标值"),
        computed=before,
        sources=(
            Ground(
                f"{against.shown}[{same[0].row.shown}] {before}", same[0].place("指标值"), paper.document.name
            ),
        ),
    )


def _initial(rule: AuditRule, paper: Subject, form: Form, against: Form) -> Iterator[AuditFinding]:
    """年初预算数 of the self-evaluation against the amount on the form of the budget."""
    value = against.fields.get("本年度项目金额")
    line = form.funds[0] if form.funds else None
    cell = line.cells.get("年初预算数") if line else None
    if value is None or cell is None or line is None:
        return
    of = MoneyUnit.WAN if "万元" in value.label else MoneyUnit.YUAN
    own, before = cell.printed, parse_printed(value.cell.text, of)
    if own.kind is not PrintedKind.NUMBER or before.kind is not PrintedKind.NUMBER:
        return
    one, other = replace(own, unit=own.unit or MoneyUnit.YUAN).interval(), before.interval()
    at = f"{form.shown}[{line.row.shown}, 年初预算数]"
    if one.meets(other):
        yield found(rule, Outcome.PASS, cell.place, at)
        return
    yield found(
        rule,
        Outcome.FAIL,
        cell.place,
        at,
        f"《{paper.document.name}》公开的项目金额为 {value.cell.text.strip()}",
    )._replace(
        printed=cell.text.strip(),
        computed=value.cell.text.strip(),
        sources=(
            Ground(f"{against.shown} {value.cell.text.strip()}", value.cell.place, paper.document.name),
        ),
    )


def _bare(text: str) -> str:
    return re.sub(r"[\s,，。、：:（）()“”\"《》]", "", text)


METHODS: Mapping[str, Method] = {"across-figures": figures, "across-targets": targets}
"""Methods by the name that a rule gives."""
