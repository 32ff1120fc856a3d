"""Running the register over one paper's tables, sentences and facts. A check returns findings and changes nothing."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence

from yiheng.checks.claims import run_claims
from yiheng.checks.compare import compare, outcome, value_of_facts
from yiheng.checks.register import Check, Tie
from yiheng.facts import JOINT_VIEW, DepartmentYear, Fact, Finding, Outcome, Section, Severity, Table
from yiheng.facts.address import Address, Directory
from yiheng.facts.algebra import Expression, FactSum, Relation, Value, add_values, bound, total, value_of
from yiheng.facts.select import select
from yiheng.facts.table import Block, CellKind


def run(
    checks: Iterable[Check],
    department_year: DepartmentYear,
    tables: Sequence[Table],
    sections: Sequence[Section],
) -> tuple[Finding, ...]:
    """Every evaluation of every check, in register order, with what the department-year accepts marked."""
    directory = Directory(tables)
    accepted = {
        (r.get("rule"), r.get("cell")): r.get("reason")
        for r in department_year.records_of("accepted_finding")
    }
    return tuple(
        _accept(finding, accepted)
        for check in checks
        for finding in _findings(check, department_year, directory, sections)
    )


def unused(
    department_year: DepartmentYear, findings: Iterable[Finding], later: Container[str] = ()
) -> tuple[str, ...]:
    """What is said of each accepted finding (已接受的问题) that no failed check needs any more.

    Rules of `later` are not run here: the audit of the finished documents needs what is accepted for them.
    """
    failed = {(f.rule, place) for f in findings if f.outcome is Outcome.FAIL for place in (f.place, "")}
    return tuple(
        f"“已接受的问题” {r.key} 没有对应的问题（规则 {r.get('rule')}，位置 {r.get('cell') or '全部'}）："
        "问题已经解决的，删去这一行；写错的，按审核结果改正规则和位置"
        for r in department_year.records_of("accepted_finding")
        if (r.get("rule"), r.get("cell")) not in failed and r.get("rule") not in later
    )


def _findings(
    check: Check, department_year: DepartmentYear, directory: Directory, sections: Sequence[Section]
) -> Iterator[Finding]:
    if check.expression is not None:
        return _identity(check, check.expression, department_year, directory)
    if check.parts:
        return _parts(check, directory)
    if check.tie is not None:
        return _tie(check, check.tie, department_year)
    if check.claims is not None:
        return run_claims(check, check.claims, department_year, directory.tables)
    return _gaps(check, sections)


def _accept(finding: Finding, accepted: Mapping[tuple[str, str], str]) -> Finding:
    if finding.outcome is not Outcome.FAIL:
        return finding
    reason = accepted.get((finding.rule, finding.place)) or accepted.get((finding.rule, ""))
    return finding._replace(accepted=reason) if reason else finding


# -- identities between cells (勾稽关系) -----------------------------------------------------------------------------


def _identity(
    check: Check, expression: Expression, department_year: DepartmentYear, directory: Directory
) -> Iterator[Finding]:
    names = dict.fromkeys(o.what.table for o in expression.operands if isinstance(o.what, Address))
    tables = {name: directory.table(name) for name in names}
    absent = [name for name, table in tables.items() if table is None]
    if absent:
        yield outcome(check, Outcome.NOT_APPLICABLE, str(expression), f"本套表没有 {'、'.join(absent)}")
        return
    closed = [t for t in tables.values() if t is not None and not t.blocks and t.status.no_figure]
    reasons = [f"{t.code}：{t.status.value}" for t in closed]
    sums = [o.what for o in expression.operands if isinstance(o.what, FactSum)]
    reasons += [why for what in sums if (why := _why_unknown(what, department_year))]
    if reasons:
        yield outcome(check, Outcome.COULD_NOT_RUN, str(expression), "；".join(reasons))
        return
    instances = bound(expression, directory)
    if not instances:
        yield outcome(check, Outcome.NOT_APPLICABLE, str(expression), "没有可比的行")
    for instance in instances:
        left, right = (
            total(side, directory, lambda what: _fact_sum(what, department_year))
            for side in (instance.left, instance.right)
        )
        yield compare(check, instance.relation, left, right, str(instance))


def _fact_sum(what: FactSum, department_year: DepartmentYear) -> Value:
    """The leaves in the first view that is held."""
    year, views = department_year.year, (_view(what, department_year), JOINT_VIEW)
    return value_of_facts(select(department_year, what.measure, year, views, what.where))


def _view(what: FactSum, department_year: DepartmentYear) -> str:
    held = {fact.view for fact in department_year.facts_of(what.measure, department_year.year)}
    return next((view for view in what.views if view in held or JOINT_VIEW in held), "")


def _why_unknown(what: FactSum, department_year: DepartmentYear) -> str:
    """Why the leaves cannot be added up: none are loaded, or none in these views."""
    if _view(what, department_year):
        return ""
    loaded = department_year.facts_of(what.measure, department_year.year)
    return f"{what}：{'未按所需口径列明' if loaded else '数据未录入'}"


# -- sums inside a table (分项合计) ----------------------------------------------------------------------------------


def _parts(check: Check, directory: Directory) -> Iterator[Finding]:
    tables = directory.tables if check.parts == ("*",) else map(directory.table, check.parts)
    for table in tables:
        for block in table.blocks if table is not None else ():
            children = _children(block)
            for i, column in enumerate(block.columns):
                if children and column.kind is CellKind.MONEY and table is not None:
                    yield from _sums(check, table, block, i, children)


def _children(block: Block) -> dict[int, list[int]]:
    children: dict[int, list[int]] = {}
    for r, row in enumerate(block.rows):
        if row.parent >= 0:
            children.setdefault(row.parent, []).append(r)
    return children


def _sums(
    check: Check, table: Table, block: Block, column: int, children: Mapping[int, Sequence[int]]
) -> Iterator[Finding]:
    """Each row that has parts against them, in one column."""
    at = block.column_addresses[column]
    values = [
        value_of(cells[column], f"{table.code}[{row}, {at}]")
        for row, cells in zip(block.row_addresses, block.cells, strict=True)
    ]
    for above, below in children.items():
        parts = add_values([(1, values[r]) for r in below])
        place = f"{values[above].cells[0]} = 其下 {len(below)} 行之和"
        yield compare(check, Relation.EQUAL, values[above], parts, place)


# -- margins of one amount (同一金额的不同口径) ----------------------------------------------------------------------


def _tie(check: Check, tie: Tie, department_year: DepartmentYear) -> Iterator[Finding]:
    """Compare each view with the first one held; by a dimension, only for the codes that both hold."""
    for measure in tie.measures:
        year = department_year.year
        found = {view: select(department_year, measure, year, (view,), tie.where) for view in tie.views}
        held = [(view, facts) for view, facts in found.items() if facts]
        pairs = [
            (f"{tie.name(measure)}{f'（{name}）' if name else ''}：{_two(tie, held[0][0], view)}", one, other)
            for view, facts in held[1:]
            for name, one, other in _common(held[0][1], facts, tie.by)
        ]
        if not pairs:
            place = f"{tie.name(measure)}：{'、'.join(map(tie.name, tie.views))}"
            yield outcome(check, Outcome.NOT_APPLICABLE, place, "没有两种口径的数据可比")
        for place, one, other in pairs:
            yield compare(check, Relation.EQUAL, value_of_facts(one), value_of_facts(other), place)


def _two(tie: Tie, one: str, other: str) -> str:
    return f"{tie.name(one)} 与 {tie.name(other)}"


def _common(
    one: Sequence[Fact], other: Sequence[Fact], by: str
) -> Iterator[tuple[str, Sequence[Fact], Sequence[Fact]]]:
    if not by:
        yield "", one, other
        return
    left, right = _grouped(one, by), _grouped(other, by)
    yield from ((code, left[code], right[code]) for code in left if code in right)


def _grouped(facts: Sequence[Fact], by: str) -> dict[str, list[Fact]]:
    grouped: dict[str, list[Fact]] = {}
    for fact in facts:
        code = fact.unit if by == "unit" else fact.dims.get(by, "")
        if code:
            grouped.setdefault(code, []).append(fact)
    return grouped


# -- what the narrative lacks (情况说明缺项) -------------------------------------------------------------------------


def _gaps(check: Check, sections: Sequence[Section]) -> Iterator[Finding]:
    """What the narrative should say and the ledger does not hold: each is a missing input, never invented.

    A figure that somebody's words name and that is not there leaves a hole in a sentence, which is an error always.
    """
    gaps = [(section, gap) for section in sections for s in section.sentences for gap in s.gaps]
    if not gaps:
        yield outcome(check, Outcome.PASS, "情况说明", "")
    for section, gap in gaps:
        failed = outcome(check, Outcome.FAIL, gap.address, f"{section.heading}：{gap.what}")
        severity = Severity.ERROR if gap.entered else failed.severity
        yield failed._replace(next_step=gap.remedy, severity=severity)


def counts(findings: Iterable[Finding]) -> dict[str, int]:
    """How many evaluations ended in each outcome, plus rounding tails and those that stop publication."""
    found = list(findings)
    return {o.value: sum(f.outcome is o for f in found) for o in Outcome} | {
        "rounding_tail": sum(f.rounding_tail for f in found),
        "stops": sum(f.stops for f in found),
        "warnings": sum(f.outcome is Outcome.FAIL and f.severity is not Severity.ERROR for f in found),
    }
