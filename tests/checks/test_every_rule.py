"""Every rule of the packaged register on the three real papers: it runs, it passes, and it fails when it should.

For each rule one operand is changed: by more than any rounding could explain, then the rule must fail at that place and
nowhere else; and by less, then it must stay silent.
"""

import dataclasses
from collections import Counter
from collections.abc import Iterator
from functools import cache

import pytest
from tests.examples.reader import REAL, example, policy

from yiheng.checks import Check, register, run, validate
from yiheng.checks.run import _children
from yiheng.facts import CellRef, DepartmentYear, Finding, Outcome, Table
from yiheng.facts.address import Address, Directory
from yiheng.facts.algebra import Expression, FactSum, Relation, bound
from yiheng.money import Amount
from yiheng.policy import Entry
from yiheng.statements import Statements, statements
from yiheng.statements.paper import narrative

FAR = 10**12
"""Fen by which a figure is moved so that no rounding can explain it."""


@cache
def computed(name: str) -> Statements:
    return statements(example(name), policy())


@cache
def checks(name: str) -> dict[str, Check]:
    return {c.id: c for c in register(policy(), example(name), computed(name).family.name)}


@cache
def findings(name: str) -> tuple[Finding, ...]:
    department_year, tables = example(name), computed(name).tables
    sections = narrative(department_year, tables, policy()).sections
    return run(checks(name).values(), department_year, tables, sections)


def entries() -> list[Entry]:
    return [e for e in policy().entries if e.type == "check"]


RULES = sorted({e.id for e in entries() if {"budget", "accounts"} & set(e.value["kinds"])})
"""Rules of the statutory tables; those of evaluation papers are held in tests/pipelines/test_evaluation_paper.py."""
IDENTITIES = [
    (name, id) for name in REAL for id, check in checks(name).items() if check.expression is not None
]


def again(name: str, id: str, tables: tuple[Table, ...]) -> dict[str, Outcome]:
    """What one rule says of changed tables, by place."""
    return {f.place: f.outcome for f in run([checks(name)[id]], example(name), tables, ())}


def moved(tables: tuple[Table, ...], ref: CellRef, fen: int) -> tuple[Table, ...]:
    """The tables with one amount moved by some fen; how exactly it is known stays as it is."""
    amount = ref.cell.amount
    assert amount is not None
    cell = ref.cell._replace(amount=amount + Amount(fen))
    row = (
        *ref.block.cells[ref.row_index][: ref.column_index],
        cell,
        *ref.block.cells[ref.row_index][ref.column_index + 1 :],
    )
    cells = (*ref.block.cells[: ref.row_index], row, *ref.block.cells[ref.row_index + 1 :])
    block = dataclasses.replace(ref.block, cells=cells)
    table = dataclasses.replace(
        ref.table, blocks=tuple(block if b is ref.block else b for b in ref.table.blocks)
    )
    return tuple(table if t is ref.table else t for t in tables)


def instances(name: str, id: str) -> Iterator[Expression]:
    expression = checks(name)[id].expression
    assert expression is not None
    return iter(bound(expression, Directory(computed(name).tables)))


def operands(name: str, instance: Expression) -> list[tuple[int, CellRef]]:
    """The cells of an instance with what moving them up does to left − right."""
    directory = Directory(computed(name).tables)
    sides = [(o, 1) for o in instance.left] + [(o, -1) for o in instance.right]
    found = []
    for operand, side in sides:
        if isinstance(operand.what, Address):
            refs = directory.matching(operand.what)
            found += [(operand.sign * side, ref) for ref in refs if ref.cell.amount is not None]
    return found


# -- nothing is an orphan ----------------------------------------------------------------------------------------------


def test_rule_ids_are_unique_in_their_place_and_time() -> None:
    twice = [k for k, n in Counter((e.id, e.jurisdiction, e.valid_from) for e in entries()).items() if n > 1]
    assert twice == []


def test_every_rule_is_sound() -> None:
    assert [problem for e in entries() for problem in validate(e, policy())] == []


def test_every_rule_is_asked_and_passes_somewhere() -> None:
    passed = {f.rule for name in REAL for f in findings(name) if f.outcome is Outcome.PASS}
    assert set(RULES) - passed == set()


@pytest.mark.parametrize("name", REAL)
def test_no_rule_fails_on_what_is_computed(name: str) -> None:
    failed = [f for f in findings(name) if f.outcome is Outcome.FAIL and f.rule != "check.narrative.gaps"]
    unable = [f for f in findings(name) if f.outcome is Outcome.COULD_NOT_RUN]
    assert (failed, unable) == ([], [])


@pytest.mark.parametrize(("name", "id"), IDENTITIES)
def test_every_operand_is_there(name: str, id: str) -> None:
    """An address in the register names a table, a row (or a star that finds some) and a column of its family."""
    directory = Directory(computed(name).tables)
    expression = checks(name)[id].expression
    assert expression is not None
    for operand in expression.operands:
        if isinstance(operand.what, FactSum):
            assert example(name).facts_of(operand.what.measure, example(name).year)
        elif any(part.startswith("*") for part in operand.what.row):
            assert directory.bindings(operand.what), operand.what
        else:
            assert directory.resolve(operand.what).cell.amount is not None


def test_the_numbers_of_findings_are_known() -> None:
    """So that a rule that silently stops looking is noticed."""
    found = {name: Counter(f.outcome for f in findings(name)) for name in REAL}
    assert [found[name][Outcome.PASS] for name in REAL] == [357, 110, 321]
    assert [found[name][Outcome.FAIL] for name in REAL] == [0, 1, 0]


# -- every identity fails when a figure is moved, and stays silent within rounding -------------------------------------


@pytest.mark.parametrize(("name", "id"), IDENTITIES)
def test_every_operand_matters(name: str, id: str) -> None:
    """Each cell of each instance, moved far enough against the relation, makes this rule fail at this place alone."""
    tables = computed(name).tables
    asked = 0
    for instance in list(instances(name, id))[:6]:
        for effect, ref in operands(name, instance):
            fen = -effect * FAR if instance.relation is Relation.AT_LEAST else effect * FAR
            outcomes = again(name, id, moved(tables, ref, fen))
            failed = [place for place, outcome in outcomes.items() if outcome is Outcome.FAIL]
            assert str(instance) in failed, (str(instance), ref.address)
            assert all(ref.address.split("[")[0] in place for place in failed)
            asked += 1
    assert asked or any(isinstance(o.what, FactSum) for o in next(instances(name, id)).operands)


@pytest.mark.parametrize(("name", "id"), IDENTITIES)
def test_what_rounding_explains_stays_silent(name: str, id: str) -> None:
    """Moved to just inside the common interval of both sides the rule passes, just outside it fails."""
    tables = computed(name).tables
    by_place = {f.place: f for f in findings(name) if f.rule == id}
    for instance in instances(name, id):
        if instance.relation is not Relation.EQUAL:
            continue
        effect, ref = operands(name, instance)[0]
        left, right = (_side(name, side) for side in (instance.left, instance.right))
        reach = left.width + right.width
        assert by_place[str(instance)].outcome is Outcome.PASS
        for slack, expected in ((-1, Outcome.PASS), (1, Outcome.FAIL)):
            if reach == 0 and slack < 0:
                continue
            gap = (reach + slack) // 2 if reach else 1
            fen = effect * (gap - (left.fen - right.fen))
            assert again(name, id, moved(tables, ref, fen))[str(instance)] is expected, (str(instance), slack)
        break


def _side(name: str, side: tuple) -> Amount:
    directory = Directory(computed(name).tables)
    amounts = []
    for operand in side:
        for ref in directory.matching(operand.what):
            assert ref.cell.amount is not None
            amounts.append(ref.cell.amount if operand.sign > 0 else -ref.cell.amount)
    return Amount.sum(amounts)


@pytest.mark.parametrize("name", REAL)
def test_every_sum_inside_a_table_matters(name: str) -> None:
    tables = computed(name).tables
    for table in tables:
        for block in table.blocks:
            for above, below in _children(block).items():
                for r in (above, below[-1]):
                    i = next(i for i, c in enumerate(block.columns) if c.unit)
                    ref = CellRef(table, block, r, i)
                    failed = [
                        p
                        for p, o in again(name, "check.parts", moved(tables, ref, FAR)).items()
                        if o is Outcome.FAIL
                    ]
                    whole = CellRef(table, block, above, i)
                    assert any(place.startswith(f"{whole.address} = ") for place in failed)


TIES = [(name, id) for name in REAL for id, check in checks(name).items() if check.tie is not None]


@pytest.mark.parametrize(("name", "id"), TIES)
def test_every_margin_matters(name: str, id: str) -> None:
    """One leaf of one margin moved: the margins of the amount no longer agree."""
    tie = checks(name)[id].tie
    assert tie is not None
    department_year = example(name)
    called = {tie.name(key): key for key in (*tie.measures, *tie.views)}
    ran = [f for f in findings(name) if f.rule == id and f.outcome is Outcome.PASS]
    for finding in ran:
        measure = called[finding.place.partition("：")[0].partition("（")[0]]
        view = called[finding.place.rpartition(" 与 ")[2]]
        place = finding.place
        victims = [f for f in department_year.facts_of(measure, department_year.year) if f.view == view]
        changed = [_failing(department_year, checks(name)[id], victim.key, place) for victim in victims]
        assert any(changed), place


def _failing(department_year: DepartmentYear, check: Check, key: str, place: str) -> bool:
    facts = tuple(
        dataclasses.replace(f, amount=f.amount + FAR) if f.key == key else f for f in department_year.facts
    )
    changed = dataclasses.replace(department_year, facts=facts)
    return any(f.place == place and f.outcome is Outcome.FAIL for f in run([check], changed, (), ()))


@pytest.mark.parametrize(("name", "id"), [(n, i) for n, i in IDENTITIES if "within-budget" in i])
def test_sums_of_leaves_matter(name: str, id: str) -> None:
    department_year = example(name)
    facts = tuple(
        dataclasses.replace(f, amount=f.amount + FAR, quantum=0) if f.measure == "spending" else f
        for f in department_year.facts
    )
    (finding,) = run([checks(name)[id]], dataclasses.replace(department_year, facts=facts), (), ())
    assert finding.outcome is Outcome.FAIL
