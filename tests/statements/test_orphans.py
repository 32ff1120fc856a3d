"""Nothing in the packaged templates points nowhere, and no measure is listed that nothing asks for."""

from collections import Counter
from collections.abc import Iterator

from tests.examples.reader import REAL, example, policy

from yiheng.checks import TYPE, register
from yiheng.checks.register import parse
from yiheng.facts.algebra import FactSum
from yiheng.statements import statements
from yiheng.statements.narrative_template import parse_narrative
from yiheng.statements.paper import _amounts
from yiheng.statements.template import parse_family, walk

ASKED_BY_CODE = {"costing", "off_establishment"}
"""The brackets of a project's costing are no figure of a template; persons outside the establishment are an actual."""


def asked() -> Iterator[str]:
    """Every measure that a packaged table, sentence, chart or check names."""
    for entry in policy().entries:
        if entry.type == "table_family":
            for table in parse_family(entry.value).tables:
                parts = [
                    *(c for b in table.blocks for c in b.columns),
                    *(r for b in table.blocks for r in walk(b.rows)),
                ]
                terms = [*table.terms, *(term for part in parts for term in part.terms)]
                yield from (measure for term in terms for measure in term.measures)
        elif entry.type == "narrative":
            for _, amount in _amounts(parse_narrative(entry.value)):
                yield from (measure for term in amount.terms for measure in term.measures)
        elif entry.type == TYPE:
            check = parse(entry, entry.valid_from.year)
            yield from check.tie.measures if check.tie else ()
            operands = check.expression.operands if check.expression else ()
            yield from (o.what.measure for o in operands if isinstance(o.what, FactSum))


def test_every_measure_is_asked_for_and_every_one_asked_for_is_listed() -> None:
    listed = {name for e in policy().entries if e.id == "measures.ledger" for name in e.value}
    assert set(asked()) == listed - ASKED_BY_CODE


def test_every_example_measure_is_listed() -> None:
    listed = {name for e in policy().entries if e.id == "measures.ledger" for name in e.value}
    assert {fact.measure for name in REAL for fact in example(name).facts} <= listed


def test_templates_of_one_kind_do_not_overlap() -> None:
    for type in ("table_family", "narrative"):
        keys = [(e.id, e.jurisdiction, e.valid_from) for e in policy().entries if e.type == type]
        assert [key for key, times in Counter(keys).items() if times > 1] == []


def test_every_check_of_a_family_is_asked_by_a_paper_of_it() -> None:
    asked_for = {c.id for name in REAL for c in register(policy(), example(name), family_of(name))}
    asked_for |= {c.id for name in REAL for c in register(policy(), example(name), "", "performance")}
    assert {e.id for e in policy().entries if e.type == TYPE} == asked_for


def family_of(name: str) -> str:
    return statements(example(name), policy()).family.name
