"""No orphans: every rule has a method and a test, every method a rule."""

from __future__ import annotations

from pathlib import Path

from tests.checks.audit.papers import document, findings, policy

from yiheng.checks.audit import TYPE
from yiheng.checks.audit.register import parse
from yiheng.checks.audit.run import METHODS
from yiheng.facts import Outcome

RULES = [parse(entry) for entry in policy().entries if entry.type == TYPE]


def test_every_rule_has_a_method_and_every_method_a_rule() -> None:
    asked = {rule.method for rule in RULES}
    assert asked == set(METHODS)


def test_every_rule_is_named_in_a_test() -> None:
    """Identities are held to made-up tables one by one in test_identities."""
    tests = "\n".join(p.read_text(encoding="utf-8") for p in Path(__file__).parent.glob("test_*.py"))
    untested = [
        rule.id
        for rule in RULES
        if rule.id.startswith("audit.")
        and rule.method != "identity"
        and rule.id not in tests
        and f'"{rule.id.removeprefix("audit.").removeprefix("across.")}"' not in tests
    ]
    assert not untested


def test_every_rule_says_what_absence_means_and_what_to_do() -> None:
    assert not [
        rule.id for rule in RULES if rule.id.startswith("audit.") and not (rule.absent and rule.remedy)
    ]


def test_a_paper_from_before_the_first_rules_does_not_look_clean() -> None:
    said = document("# 收支情况", "全年收入合计100万元。")
    before, after = findings(said, year=2014), findings(said, year=2015)
    assert {f.outcome for f in before} == {Outcome.COULD_NOT_RUN} and len(before) > 50
    assert {f.message for f in before} == {"2014 年没有有效的审校规则"}
    assert Outcome.PASS in {f.outcome for f in after}
