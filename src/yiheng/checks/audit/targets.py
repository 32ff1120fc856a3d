"""Methods of rules on targets and indicators (绩效目标、指标): units, repetitions, duplicates, amounts."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from fractions import Fraction

from yiheng.checks.audit.network import figures_of, network
from yiheng.checks.audit.register import AuditRule
from yiheng.checks.audit.sheets import Form, Line, forms
from yiheng.checks.audit.subject import Method, Subject, found
from yiheng.facts import Outcome, Severity
from yiheng.facts.audit import AuditFinding, Ground
from yiheng.facts.document import ReadCell
from yiheng.facts.known import CellKey, KnownTable
from yiheng.money import Interval, MoneyUnit, PrintedKind, parse_printed
from yiheng.policy import NATION, PolicyNotInForce, PolicyUnknown
from yiheng.scoring.actual import ActualKind, parse_actual
from yiheng.scoring.grammar import parse
from yiheng.scoring.lexicon import Lexicon, Relation
from yiheng.scoring.target import NotApplicable, Qualitative, Rate, Target

_LISTS = ("项目支出总表", "部门预算绩效管理项目情况表")
"""Tables that list projects with their amounts."""


def _lexicon(subject: Subject) -> Lexicon | None:
    try:
        return Lexicon.of(subject.policy, subject.identity.jurisdiction or NATION, subject.on)
    except (PolicyNotInForce, PolicyUnknown):
        return None


_WITH_UNIT = re.compile(r"\d\s*[^\d\s.,，]")
_NUMBER = re.compile(r"[\d,]+(?:\.\d+)?")


def _bare(text: str) -> str:
    return re.sub(r"[\s,，。、：:（）()“”\"《》]", "", text)


def units(rule: AuditRule, subject: Subject) -> Iterator[AuditFinding]:
    """Target and actual are told in units that can be compared."""
    lexicon = _lexicon(subject)
    if lexicon is None:
        return
    for form in forms(subject):
        bare = _prints_no_units(form)
        for line in form.indicators if form.scored else ():
            target = (
                parse(line.text("指标值"), lexicon, subject.identity.year) if line.text("指标值") else None
            )
            if target is None or not line.text("实际完成值"):
                continue
            actual = parse_actual(line.text("实际完成值"), lexicon, subject.identity.year, target)
            at, place = f"{form.shown}[{line.row.shown}, 实际完成值]", line.place("实际完成值")
            why = _unlike(target, actual.value, lexicon)
            if why is None:
                continue
            message, slight = why
            if message:
                made = found(rule, Outcome.FAIL, place, at, message)._replace(
                    printed=line.text("实际完成值"), computed=line.text("指标值")
                )
                yield made._replace(severity=Severity.HINT) if slight or bare else made
            else:
                yield found(rule, Outcome.PASS, place, at)


def _prints_no_units(form: Form) -> bool:
    """No actual of the sheet has a unit, though several targets have: a way to fill it in, no slip."""
    pairs = [(line.text("指标值"), line.text("实际完成值")) for line in form.indicators]
    counted = [
        actual.strip() for target, actual in pairs if _WITH_UNIT.search(target) and re.search(r"\d", actual)
    ]
    return len(counted) > 1 and all(_NUMBER.fullmatch(actual) for actual in counted)


def _unlike(target: Target, actual: Target | None, lexicon: Lexicon) -> tuple[str, bool] | None:
    """Why the units differ and whether that is no more than a hint; empty where they do not, None for words."""
    if (
        actual is None
        or isinstance(target, (NotApplicable, Qualitative))
        or isinstance(actual, NotApplicable)
    ):
        return None
    if isinstance(target, Rate) and (not isinstance(actual, Rate) and "/" in actual.text()):
        return f"指标值按“{target.text()}”，实际完成值写作“{actual.text()}”", False
    if isinstance(target, Rate) and isinstance(actual, Rate) and target.inverted != actual.inverted:
        return f"指标值写作“{target.text()}”，实际完成值写作“{actual.text()}”", False
    left, right = target.quantities, actual.quantities
    if isinstance(actual, Qualitative) or not left or len(right) != 1:
        return None
    wanted, given = left[-1].unit, right[0].unit
    relation = lexicon.relation(wanted, given)
    if wanted == given:
        return "", False
    if relation is Relation.BARE or not wanted or not given:
        return f"一处写明单位“{wanted or given}”，一处没有单位", False
    return f"指标值的单位是“{wanted}”，实际完成值的单位是“{given}”", relation is Relation.SAME


def repeats(rule: AuditRule, subject: Subject) -> Iterator[AuditFinding]:
    """The actual is a value of its own, not the target with its comparator over again."""
    lexicon = _lexicon(subject)
    if lexicon is None:
        return
    for form in forms(subject):
        for line in form.indicators if form.scored else ():
            if not line.text("指标值") or not line.text("实际完成值"):
                continue
            target = parse(line.text("指标值"), lexicon, subject.identity.year)
            actual = parse_actual(line.text("实际完成值"), lexicon, subject.identity.year, target)
            at, place = f"{form.shown}[{line.row.shown}, 实际完成值]", line.place("实际完成值")
            if actual.kind in (ActualKind.REPEATS, ActualKind.BOUND):
                message = "实际完成值照抄指标值的范围，没有写实际数"
                yield found(rule, Outcome.FAIL, place, at, message)._replace(printed=line.text("实际完成值"))
            else:
                yield found(rule, Outcome.PASS, place, at)


def duplicates(rule: AuditRule, subject: Subject) -> Iterator[AuditFinding]:
    """No indicator stands twice in one form."""
    for form in forms(subject):
        seen: dict[tuple[str, ...], Line] = {}
        for line in form.indicators:
            name = _bare(line.row.label)
            if not name or re.search("不适用|无$", name):
                continue
            key = (name, _bare(line.text("指标值")), *map(_bare, line.row.groups[-1:]))
            if key in seen:
                at = f"{form.shown}[{line.row.shown}]"
                yield found(rule, Outcome.FAIL, line.row.place, at, "同一指标在表中出现两次")._replace(
                    printed=line.row.label,
                    sources=(
                        Ground(
                            f"前一处：{seen[key].row.shown} {seen[key].text('指标值')}", seen[key].row.place
                        ),
                    ),
                )
            seen.setdefault(key, line)
        if form.indicators:
            yield found(rule, Outcome.PASS, form.table.read.place, f"{form.shown}：{len(seen)} 个指标")


def blank_fields(rule: AuditRule, subject: Subject) -> Iterator[AuditFinding]:
    """The fields at the head of a form are filled in."""
    wanted = tuple(rule.parameters["fields"])
    for form in forms(subject):
        fields = {name: value for name, value in form.fields.items() if name in wanted}
        if len(fields) > 1 and not any(value.cell.text.strip() for value in fields.values()):
            message = f"{form.shown}：各栏都没有值，可能没有读对"
            yield found(rule, Outcome.COULD_NOT_RUN, form.table.read.place, message=message)
            continue
        for name, value in fields.items():
            at = f"{form.shown}[{name}]"
            if value.cell.text.strip():
                yield found(rule, Outcome.PASS, value.cell.place, at)
            else:
                yield found(rule, Outcome.FAIL, value.cell.place, at, f"“{name}”没有填写")._replace(
                    printed="（空白）"
                )


def project_codes(rule: AuditRule, subject: Subject) -> Iterator[AuditFinding]:
    """A project's code begins with the code of the department that its form names."""
    for form in forms(subject):
        code = next((form.fields[name] for name in ("项目编码", "项目编号") if name in form.fields), None)
        owner = next(
            (form.fields[name] for name in ("一级预算单位", "主管部门") if name in form.fields), None
        )
        own = re.match(r"(\d{6,})-", re.sub(r"\s", "", code.cell.text)) if code else None
        department = re.match(r"(\d{6,})", re.sub(r"\s", "", owner.cell.text)) if owner else None
        if code is None or own is None or department is None:
            continue
        at = f"{form.shown}[{code.label}]"
        if own[1].startswith(department[1]):
            yield found(rule, Outcome.PASS, code.cell.place, at)
        else:
            message = f"项目编码以 {own[1]} 开头，所写单位的编码为 {department[1]}"
            yield found(rule, Outcome.FAIL, code.cell.place, at, message)._replace(
                printed=own[1], computed=department[1]
            )


# -- one indicator in two tables (两表同一指标) ----------------------------------------------------------------------


def twice(rule: AuditRule, subject: Subject) -> Iterator[AuditFinding]:
    """An indicator of the whole department says what the project forms say of it, unit included."""
    lexicon = _lexicon(subject)
    found_in: dict[str, list[tuple[Form, Line]]] = defaultdict(list)
    whole: list[tuple[Form, Line]] = []
    for form in forms(subject):
        for line in form.indicators:
            if not form.whole:
                found_in[_bare(line.row.label)].append((form, line))
            else:
                whole.append((form, line))
    for form, line in whole:
        others = found_in.get(_bare(line.row.label), [])
        if not others or not line.text("指标值"):
            continue
        at, place = f"{form.shown}[{line.row.shown}, 指标值]", line.place("指标值")
        if any(_agree(line.text("指标值"), other.text("指标值"), lexicon) for _, other in others):
            yield found(rule, Outcome.PASS, place, at)
            continue
        other_form, other = others[0]
        message = f"{other_form.shown} 中同一指标为 {other.text('指标值')}"
        yield found(rule, Outcome.FAIL, place, at, message)._replace(
            printed=line.text("指标值"),
            computed=other.text("指标值"),
            sources=(
                Ground(
                    f"{other_form.shown}[{other.row.shown}] {other.text('指标值')}", other.place("指标值")
                ),
            ),
        )


def _agree(one: str, other: str, lexicon: Lexicon | None) -> bool:
    if _bare(one) == _bare(other):
        return True
    return lexicon is not None and _same(parse(one, lexicon, None), parse(other, lexicon, None))


def _same(one: Target, other: Target) -> bool:
    """Equal but for how the number is written (1,000 万 and 1000 万); words must be the same words."""
    if isinstance(one, Qualitative) or isinstance(other, Qualitative) or type(one) is not type(other):
        return False
    return one.text() == other.text()


# -- amounts of tasks and forms (任务、申报表的金额) -----------------------------------------------------------------


def amounts(rule: AuditRule, subject: Subject) -> Iterator[AuditFinding]:
    """A project's amount on its form and among the department's tasks is the one that the tables of projects print."""
    listed = _projects(subject)
    made, cells = network(subject), figures_of(subject)
    wrong = {(cell.place, cell.text) for key in made.wrong if not key.document for cell in [cells.cell(key)]}
    for form in forms(subject):
        for line in form.tasks:
            name = _bare(line.row.label)
            cell = line.cells.get("总额")
            if name in listed and cell is not None and (cell.place, cell.text) not in wrong:
                yield from _amount(
                    rule,
                    f"{form.shown}[{line.row.shown}, 总额]",
                    line.cells["总额"],
                    MoneyUnit.WAN,
                    listed[name],
                    form,
                )
        value = form.fields.get("本年度项目金额")
        name = _bare(form.name)
        if value is not None and name in listed:
            unit = MoneyUnit.YUAN if "元" in value.label and "万元" not in value.label else MoneyUnit.WAN
            yield from _amount(rule, f"{form.shown}[本年度项目金额]", value.cell, unit, listed[name], form)


def _projects(subject: Subject) -> dict[str, list[tuple[str, ReadCell, MoneyUnit]]]:
    """Projects by name: where they stand in the tables of projects, and what is printed.

    A project of which a figure was found wrong already is left out.
    """
    found_: dict[str, list[tuple[str, ReadCell, MoneyUnit]]] = defaultdict(list)
    wrong = network(subject).wrong
    spoilt: set[str] = set()
    for table in subject.tables:
        if table.name in _LISTS:
            for key in _cells(table):
                row = table.blocks[key.block].rows[key.row]
                if row.label and row.name != "合计":
                    cell = table.cell(key)
                    if key in wrong:
                        spoilt.add(_bare(row.label))
                    found_[_bare(row.label)].append(
                        (f"{table.shown}[{row.shown}]", cell, table.unit or MoneyUnit.WAN)
                    )
    return {name: listed for name, listed in found_.items() if name not in spoilt}


def _cells(table: KnownTable) -> Iterator[CellKey]:
    for b, block in enumerate(table.blocks):
        for c in block.by_column.get("合计", ()):
            yield from (CellKey(table.index, b, r, c) for r in range(len(block.rows)))


def _amount(
    rule: AuditRule,
    at: str,
    cell: ReadCell,
    unit: MoneyUnit,
    listed: list[tuple[str, ReadCell, MoneyUnit]],
    form: Form,
) -> Iterator[AuditFinding]:
    own = _interval(cell, unit)
    others = [i for _, other, of in listed if (i := _interval(other, of)) is not None]
    if own is None or len(others) != len(listed):
        return
    total = others[0]
    for other in others[1:]:
        total = total + other
    if any(own.meets(other) for other in others) or own.meets(total):
        yield found(rule, Outcome.PASS, cell.place, at)
        return
    shown = "；".join(f"{where} {other.text.strip()}" for where, other, _ in listed)
    computed = listed[0][1].text.strip() if len(listed) == 1 else ""
    yield found(rule, Outcome.FAIL, cell.place, at, f"项目表印 {shown}")._replace(
        printed=cell.text.strip(),
        computed=computed,
        sources=tuple(Ground(f"{where} {other.text.strip()}", other.place) for where, other, _ in listed),
    )


def _interval(cell: ReadCell, unit: MoneyUnit) -> Interval | None:
    printed = parse_printed(cell.text, unit)
    if printed.kind is not PrintedKind.NUMBER:
        return None
    return printed.interval() if Fraction(printed.value or 0) else Interval.point(0)


METHODS: Mapping[str, Method] = {
    "target-units": units,
    "target-repeats": repeats,
    "target-duplicates": duplicates,
    "target-blank-fields": blank_fields,
    "target-twice": twice,
    "project-codes": project_codes,
    "project-amounts": amounts,
}
"""Methods by the name that a rule gives."""
