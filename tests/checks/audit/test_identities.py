"""Every identity of the register: it holds on agreeing tables, finds what is broken, is silent without a table."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal

import pytest
from tests.checks.audit.papers import block, document, findings, policy, table

from yiheng.checks.audit.identities import alternatives, expression
from yiheng.checks.audit.register import TYPE, AuditRule, parse
from yiheng.facts import Outcome
from yiheng.facts.address import Address
from yiheng.facts.algebra import Expression
from yiheng.facts.document import ReadTable
from yiheng.reading.recognition.templates import Template, templates

RULES = [parse(e) for e in policy().entries if e.type == TYPE and e.value["method"] == "identity"]
CASES = [(rule, text) for rule in RULES for listed in alternatives(rule.parameters) for text in listed]
TEMPLATES = {t.name.replace("（", "(").replace("）", ")"): t for t in templates(policy())}
STARS = {"*类": "208", "*款": "20805", "*项": "2080501", "*科目": "208", "*单位": "甲单位", "*项目": "甲项目"}
BROKEN = Decimal("7777.77")
Key = tuple[str, str, str, str]


def template(name: str) -> Template:
    return TEMPLATES[name.replace("（", "(").replace("）", ")")]


def keys(parsed: Expression, rule: AuditRule) -> tuple[list[Key], list[Key]]:
    """Table, side, row and column of the cells on either side; codes are economic where the left table's are."""
    economic = any(
        isinstance(o.what, Address) and template(o.what.table).keys == "economic" for o in parsed.operands
    )
    sides: list[list[Key]] = []
    for operands in (parsed.left, parsed.right):
        made: list[Key] = []
        for operand in operands:
            assert isinstance(operand.what, Address)
            row = [STARS.get(name, name) for name in operand.what.row]
            row = ["301" if economic and name == "208" else name for name in row]
            side = row[0] if len(row) > 1 else ""
            made.append((operand.what.table, side, row[-1], "/".join(operand.what.column)))
        sides.append(made)
    return sides[0], sides[1]


def values(rule: AuditRule, text: str) -> dict[Key, Decimal]:
    """Cells that satisfy the expression, and the conditions of the rule with it."""
    given: dict[Key, Decimal] = {}
    for one in (text, *rule.parameters.get("when", ())):
        left, right = keys(expression(one), rule)
        for key in right:
            given.setdefault(key, Decimal(30))
        total = sum((given[key] for key in right), Decimal(0))
        for key in left[1:]:
            given.setdefault(key, Decimal(30))
        given[left[0]] = total - sum((given[key] for key in left[1:]), Decimal(0))
    return given


def tables(given: dict[Key, Decimal]) -> list[ReadTable]:
    by_table: dict[str, dict[str, dict[str, dict[str, Decimal]]]] = defaultdict(
        lambda: defaultdict(lambda: defaultdict(dict))
    )
    for (name, side, row, column), value in given.items():
        by_table[name][side][row][column] = value
    made = []
    for name, sides in by_table.items():
        used = template(name)
        blocks = []
        for side, rows in sides.items():
            columns = list(dict.fromkeys([*used.needs, *(c for cells in rows.values() for c in cells)]))
            body = []
            for row, cells in rows.items():
                label = {"本年": "2020年", "上年": "2019年"}.get(row, row)
                code = row if row.isdigit() else ""
                body.append(
                    (
                        code,
                        "科目" if code and not side else label,
                        [f"{cells[c]:,.2f}" if c in cells else "" for c in columns],
                    )
                )
            if rows.keys() & {"甲单位", "甲项目"} and "合计" not in rows:
                body.append(("", "合计", body[0][2]))
            if any("年" in label[4:] for _, label, _ in body if label[:4].isdigit()):
                body.append(("", "2018年", ["1.00" for _ in columns]))
            if side:
                body = [
                    ("", named(used, side, label) if code else label, cells) for code, label, cells in body
                ]
            blocks.append(block(columns, body, side))
        if list(sides) in (["收入"], ["支出"]):
            other = "支出" if "收入" in sides else "收入"
            blocks.append(block(list(used.needs), [("", "总计", ["" for _ in used.needs])], other))
        made.append(table(name, *blocks))
    return made


def named(used: Template, side: str, label: str) -> str:
    return next(
        (alias for alias, name in used.rows.get(side, {}).items() if name == label and not alias.isdigit()),
        label,
    )


def shown(
    rule: AuditRule, given: dict[Key, Decimal], leave_out: str = ""
) -> list[tuple[str, Outcome, str, str]]:
    made = findings(document(*(t for t in tables(given) if t.title != leave_out)), rule.kinds[0])
    return [(f.rule, f.outcome, f.printed, f.message) for f in made]


@pytest.mark.parametrize(("rule", "text"), CASES, ids=[f"{r.id}-{i}" for i, (r, _) in enumerate(CASES)])
def test_an_identity_passes_finds_and_abstains(rule: AuditRule, text: str) -> None:
    given = values(rule, text)
    good = shown(rule, given)
    assert (rule.id, Outcome.PASS) in [(r, o) for r, o, *_ in good]
    assert not [f for f in good if f[0] == rule.id and f[1] is Outcome.FAIL]

    left, right = keys(expression(text), rule)
    conditions = [
        k for one in rule.parameters.get("when", ()) for side in keys(expression(one), rule) for k in side
    ]
    if not set(left) & set(conditions):
        bad = shown(rule, given | {left[0]: BROKEN})
        assert [f for f in bad if f[1] is Outcome.FAIL and f"{BROKEN:,.2f}" in f[2]], bad

    needed = [
        name for name in {k[0] for k in (*left, *right)} if name not in rule.parameters.get("optional", ())
    ]
    without = shown(rule, given, leave_out=needed[0])
    assert not [f for f in without if f[0] == rule.id and f[1] is Outcome.FAIL]


def test_every_name_in_an_expression_is_a_name_of_a_template() -> None:
    for rule in RULES:
        for text in (
            *(t for listed in alternatives(rule.parameters) for t in listed),
            *rule.parameters.get("when", ()),
        ):
            for operand in expression(text).operands:
                assert isinstance(operand.what, Address)
                used = template(operand.what.table)
                assert "/".join(operand.what.column) in used.columns, (rule.id, text)
