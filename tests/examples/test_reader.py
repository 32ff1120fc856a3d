"""The pure reader gives what the database gives: the tests that need no database speak of the same facts."""

from collections import Counter
from pathlib import Path

import pytest
from tests.examples.reader import EXAMPLES, REAL, example

from yiheng.facts import DepartmentYear
from yiheng.ledger import queries
from yiheng.pipelines.load import load

pytestmark = pytest.mark.django_db


def told(department_year: DepartmentYear) -> Counter[tuple[object, ...]]:
    """What each fact says, without its key."""
    return Counter(
        (f.measure, f.view, f.unit, f.year, tuple(sorted(f.dims.items())), f.amount, f.quantum, f.uom)
        for f in department_year.facts
    )


@pytest.mark.parametrize("name", REAL)
def test_the_reader_and_the_ledger_say_the_same(name: str, tmp_path: Path) -> None:
    assert load([EXAMPLES / name], "tester", home=tmp_path).problems == []
    pure = example(name)
    stored = queries.department_year(pure.unit.key, pure.year, pure.kind)
    assert told(pure) - told(stored) == Counter()
    assert told(stored) - told(pure) == Counter()
    assert [u.key for u in stored.units] == [u.key for u in pure.units]
    kinds = {record.kind for record in pure.records}
    assert {k: len(stored.records_of(k)) for k in kinds} == {k: len(pure.records_of(k)) for k in kinds}
