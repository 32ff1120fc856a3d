"""Running the register over one paper's tables, sentences and facts. A check returns findings and changes nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from yiheng.checks.register import Check, Tie
from yiheng.facts import DepartmentYear, Fact, Finding, Outcome, Section, Severity, Source, Status, Table
from yiheng.facts.address import Address, Directory
from yiheng.facts.algebra import Expression, FactSum, Relation, Value, bound, total
from yiheng.facts.select import amount_of, matches, select
from yiheng.facts.table import CellKind, CellRef
from yiheng.money import Amount, MoneyUnit, format_amount

SHOWN_SOURCES = 20
"""How many source rows a finding of leaf sums carries; the cells' own drawers hold the rest."""


def run(
    checks: Iterable[Check],
    department_year: DepartmentYear,
    tables: Sequence[Table],
    sections: Sequence[Section],
) -> tuple[Finding, ...]:
    """Every evaluation of every check, in register order, with what the department-year accepts marked."""
    directory = Directory(tables)
    findings = [f for check in checks for f in _run(check, department_year, directory, sections)]
    accepted = {
        (r.get("rule"), r.get("cell")): r.get("reason")
        for r in department_year.records_of("accepted_finding")
    }
    return tuple(_accept(f, accepted) for f in findings)


def _run(
    check: Check, department_year: DepartmentYear, directory: Directory, sections: Sequence[Section]
) -> Iterator[Finding]:
    if check.expression is not None:
        yield from _expression(check, check.expression, department_year, directory)
    elif check.parts:
        yield from _parts(check, directory)
    elif check.tie is not None:
        yield from _tie(check, check.tie, department_year)
    else:
        yield from _gaps(check, sections)


def _expression(
    check: Check, expression: Expression, department_year: DepartmentYear, directory: Directory
) -> Iterator[Finding]:
    tables = [o.what.table for o in expression.operands if isinstance(o.what, Address)]
    absent = [name for name in tables if directory.table(name) is None]
    if absent:
        listed = "、".join(dict.fromkeys(absent))
        yield _finding(check, Outcome.NOT_APPLICABLE, expression.text, f"本套表没有 {listed}")
        return
    empty = [t for t in map(directory.table, tables) if t is not None and not t.blocks]
    if empty:
        yield _finding(check, Outcome.COULD_NOT_RUN, expression.text, f"{empty[0].code} 原件未列明")
        return
    instances = bound(expression, directory)
    if not instances:
        yield _finding(check, Outcome.NOT_APPLICABLE, expression.text, "没有可比的行")
    for name, instance in instances:
        left = total(instance.left, directory, lambda s: _fact_value(s, department_year))
        right = total(instance.right, directory, lambda s: _fact_value(s, department_year))
        yield _compare(
            check,
            expression.relation,
            left,
            right,
            expression.text.replace("*", name) if name else expression.text,
        )


def _compare(check: Check, relation: Relation, left: Value, right: Value, place: str) -> Finding:
    for value in (left, right):
        if value.status is not Status.VALUE:
            return _finding(
                check, Outcome.COULD_NOT_RUN, place, f"{'、'.join(value.cells)}：{value.status.value}"
            )
    missing = (*left.missing, *right.missing)
    if missing and check.absent == "skip":
        return _finding(check, Outcome.NOT_APPLICABLE, place, f"没有 {'、'.join(missing)}")
    holds = relation.holds(left.amount, right.amount) and not (missing and check.absent == "fail")
    if (
        left.single
        and right.single
        and relation is Relation.EQUAL
        and left.amount.width == right.amount.width
    ):
        holds = holds and left.amount.fen == right.amount.fen
    tail = holds and relation is Relation.EQUAL and left.amount.fen != right.amount.fen
    message = f"没有 {'、'.join(missing)}" if missing and not holds else "差异在舍入尾差之内" if tail else ""
    return Finding(
        check.id,
        check.title,
        check.severity,
        Outcome.PASS if holds else Outcome.FAIL,
        place,
        _yuan(left.amount),
        _yuan(right.amount),
        _yuan(left.amount - right.amount),
        message,
        "" if holds else check.remedy,
        (*left.sources, *right.sources),
        (*left.cells, *right.cells),
        rounding_tail=tail,
    )


def _parts(check: Check, directory: Directory) -> Iterator[Finding]:
    chosen = (
        directory.tables if check.parts == ("*",) else [t for t in map(directory.table, check.parts) if t]
    )
    for table in chosen:
        for block in table.blocks:
            children: dict[int, list[int]] = {}
            for r, row in enumerate(block.rows):
                if row.parent >= 0:
                    children.setdefault(row.parent, []).append(r)
            for above, below in children.items():
                for i, column in enumerate(block.columns):
                    if column.kind is CellKind.MONEY:
                        yield _sum_of(check, [CellRef(table, block, r, i) for r in (above, *below)])


def _sum_of(check: Check, refs: list[CellRef]) -> Finding:
    whole, parts = refs[0], refs[1:]
    place = f"{whole.address} = 其下 {len(parts)} 行之和"
    unknown = [r for r in refs if r.cell.amount is None]
    if unknown:
        return _finding(
            check, Outcome.COULD_NOT_RUN, place, f"{unknown[0].address}：{unknown[0].cell.status.value}"
        )
    left = Value(whole.cell.amount or Amount(0), cells=(whole.address,))
    right = Value(
        Amount.sum([r.cell.amount for r in parts if r.cell.amount is not None]),
        cells=tuple(r.address for r in parts),
    )
    return _compare(check, Relation.EQUAL, left, right, place)


def _tie(check: Check, tie: Tie, department_year: DepartmentYear) -> Iterator[Finding]:
    """Compare each view with the first one; by a dimension, only for the codes that both hold."""
    for measure in tie.measures:
        found = [
            (
                view,
                [
                    f
                    for f in department_year.facts
                    if f.measure == measure
                    and f.view == view
                    and f.year == department_year.year
                    and matches({**f.dims, "unit": f.unit}, tie.where)
                ],
            )
            for view in tie.views
        ]
        held = [(view, facts) for view, facts in found if facts]
        if len(held) < 2:
            yield _finding(
                check, Outcome.NOT_APPLICABLE, f"{measure}：{'、'.join(tie.views)}", "只有一种口径的数据"
            )
            continue
        (first, base), *others = held
        for view, facts in others:
            for name, one, other in _groups(base, facts, tie.by):
                yield _compare(
                    check,
                    Relation.EQUAL,
                    _facts_value(one),
                    _facts_value(other),
                    f"{measure}{'（' + name + '）' if name else ''}：{first} 与 {view}",
                )


def _groups(
    base: Sequence[Fact], facts: Sequence[Fact], by: str
) -> Iterator[tuple[str, list[Fact], list[Fact]]]:
    if not by:
        yield "", list(base), list(facts)
        return
    left, right = _by(base, by), _by(facts, by)
    for name in left:
        if name in right:
            yield name, left[name], right[name]


def _by(facts: Sequence[Fact], by: str) -> dict[str, list[Fact]]:
    grouped: dict[str, list[Fact]] = {}
    for fact in facts:
        grouped.setdefault(fact.unit if by == "unit" else fact.dims.get(by, ""), []).append(fact)
    grouped.pop("", None)
    return grouped


def _gaps(check: Check, sections: Sequence[Section]) -> Iterator[Finding]:
    """What the narrative should say and the ledger does not hold: each is a missing input, never invented."""
    found = [(section, gap) for section in sections for s in section.sentences for gap in s.gaps]
    for section, gap in found:
        yield Finding(
            check.id,
            check.title,
            check.severity,
            Outcome.FAIL,
            gap.address,
            message=f"{section.heading}：{gap.what}",
            next_step=gap.remedy,
        )
    if not found:
        yield _finding(check, Outcome.PASS, "情况说明", "")


def _fact_value(what: FactSum, department_year: DepartmentYear) -> Value:
    facts = select(department_year.facts, what.measure, what.view, department_year.year, what.where)
    loaded = any(f.measure == what.measure and f.year == department_year.year for f in department_year.facts)
    return _facts_value(facts) if loaded else Value(Amount(0), Status.UNAVAILABLE, (what.measure,))


def _facts_value(facts: Sequence[Fact]) -> Value:
    sources: tuple[Source, ...] = tuple(f.source for f in facts[:SHOWN_SOURCES])
    return Value(Amount.sum([amount_of(f) for f in facts]), sources=sources)


def _finding(check: Check, outcome: Outcome, place: str, message: str) -> Finding:
    return Finding(check.id, check.title, check.severity, outcome, place, message=message)


def _accept(finding: Finding, accepted: dict[tuple[str, str], str]) -> Finding:
    reason = accepted.get((finding.rule, finding.place)) or accepted.get((finding.rule, ""))
    if not reason or finding.outcome is not Outcome.FAIL:
        return finding
    return Finding(**{name: getattr(finding, name) for name in finding.__slots__} | {"accepted": reason})


def _yuan(amount: Amount) -> str:
    return format_amount(amount.fen, MoneyUnit.YUAN, 2)


def counts(findings: Iterable[Finding]) -> dict[str, int]:
    """How many evaluations ended in each outcome, plus rounding tails and those that stop publication."""
    found = list(findings)
    return {o.value: sum(f.outcome is o for f in found) for o in Outcome} | {
        "rounding_tail": sum(f.rounding_tail for f in found),
        "stops": sum(f.stops for f in found),
        "warnings": sum(f.outcome is Outcome.FAIL and f.severity is not Severity.ERROR for f in found),
    }
