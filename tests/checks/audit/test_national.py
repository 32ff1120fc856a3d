"""The national form in another place's wording: everything is recognised, nothing is reported, a wrong digit is."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.checks.audit.national import accounts, budget
from tests.checks.audit.papers import findings, policy

from yiheng.facts import Outcome
from yiheng.facts.audit import AuditFinding
from yiheng.facts.document import ReadCell, ReadDocument, ReadTable
from yiheng.money import MoneyUnit, parse_printed
from yiheng.reading.recognition import known_tables

PAPERS = {"budget": budget, "accounts": accounts}


def wrong(made: ReadDocument, kind: str) -> list[AuditFinding]:
    return [f for f in findings(made, kind, 2023) if f.outcome is Outcome.FAIL]


def test_every_table_is_known() -> None:
    assert [t.name for t in known_tables(budget(), policy(), "budget")] == [
        "收支总表", "收入总表", "支出总表", "财政拨款收支总表", "一般公共预算支出表",
        "一般公共预算基本支出表", "“三公”经费支出表", "政府性基金预算支出表", "国有资本经营预算支出表", "项目支出总表",
    ]  # fmt: skip


def test_agreeing_tables_are_silent_and_looked_at() -> None:
    made = findings(budget(), "budget", 2023)
    assert not [(f.rule, f.quote, f.message) for f in made if f.outcome is Outcome.FAIL]
    passed = {f.rule for f in made if f.outcome is Outcome.PASS}
    asked = (
        "balance",
        "revenue",
        "spending",
        "fiscal-balance",
        "fiscal-funds",
        "fiscal-classes",
        "basic",
        "parts",
        "rows-total",
    )
    assert {f"audit.budget.{name}" for name in asked} <= passed


def test_agreeing_accounts_are_silent_and_looked_at() -> None:
    made = findings(accounts(), "accounts", 2023)
    assert not [(f.rule, f.quote, f.message) for f in made if f.outcome is Outcome.FAIL]
    passed = {f.rule for f in made if f.outcome is Outcome.PASS}
    asked = (
        "balance",
        "revenue",
        "spending",
        "fiscal-revenue",
        "fiscal-balance",
        "fiscal-funds",
        "fiscal-classes",
    )
    asked += ("basic", "basic-kinds", "three-public-items", "fund-carry", "rows-total", "within-total")
    assert {f"audit.accounts.{name}" for name in asked} <= passed
    assert all(t.name for t in known_tables(accounts(), policy(), "accounts"))


def mutated(made: ReadDocument, part: int, b: int, r: int, c: int) -> tuple[ReadDocument, str]:
    """The document with one digit of one figure changed, and the figure that it prints now."""
    table = made.body[part]
    assert isinstance(table, ReadTable)
    block = table.blocks[b]
    cell = block.cells[r][c]
    at = next(i for i, sign in enumerate(cell.text) if sign.isdigit())
    text = cell.text[:at] + str(int(cell.text[at]) % 9 + 1) + cell.text[at + 1 :]
    cells = [list(row) for row in block.cells]
    cells[r][c] = ReadCell(parse_printed(text, MoneyUnit.WAN), cell.place)
    blocks = [replace(x, cells=tuple(map(tuple, cells))) if i == b else x for i, x in enumerate(table.blocks)]
    body = [replace(table, blocks=tuple(blocks)) if i == part else x for i, x in enumerate(made.body)]
    return replace(made, body=tuple(body)), text


@pytest.mark.parametrize("kind", PAPERS)
def test_one_wrong_digit_is_one_finding_that_names_it(kind: str) -> None:
    made = PAPERS[kind]()
    tried = found = named = single = 0
    for part, table in enumerate(made.body):
        if not isinstance(table, ReadTable):
            continue
        for b, block in enumerate(table.blocks):
            for r, row in enumerate(block.cells):
                for c, cell in enumerate(row):
                    if not cell.printed.value or (r + c) % 2:
                        continue
                    other, text = mutated(made, part, b, r, c)
                    new = wrong(other, kind)
                    tried += 1
                    found += bool(new)
                    single += len(new) == 1
                    named += any(text in f.printed for f in new)
    assert tried > 75
    assert found >= 0.97 * tried, (found, tried)
    assert named >= 0.95 * tried, (named, tried)
    assert single >= 0.95 * tried, (single, tried)
