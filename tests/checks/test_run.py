"""Running checks: four outcomes, what absence means, repeated figures, accepted findings."""

import dataclasses

import pytest
from tests.facts.tables import WAN, money, row, table
from tests.statements.ledger import fact, of_centre, of_department, record

from yiheng.checks import Check, counts, run, unused
from yiheng.checks.register import Tie, register
from yiheng.facts import DepartmentYear, Finding, Gap, Outcome, Section, Sentence, Severity, Status, Table
from yiheng.facts.algebra import parse_expression
from yiheng.policy import Policy

PASS, FAIL, NOT_APPLICABLE, COULD_NOT_RUN = Outcome


def identity(text: str, absent: str = "zero", severity: Severity = Severity.ERROR) -> Check:
    return Check("check.x", "标题", severity, ("accounts",), (), "请核对", absent, parse_expression(text))


def findings(check: Check, *tables: Table, held: DepartmentYear | None = None) -> tuple[Finding, ...]:
    return run([check], held or of_centre(), tables, ())


def only(check: Check, *tables: Table, held: DepartmentYear | None = None) -> Finding:
    (finding,) = findings(check, *tables, held=held)
    return finding


ONE = table("甲", ["数"], (row("合计"), [money(300)]), (row("a"), [money(100)]), (row("b"), [money(200)]))
EQUALITY = identity("甲[合计, 数] = 甲[a, 数] + 甲[b, 数]")


def test_a_finding_says_both_figures_and_where_they_stand() -> None:
    finding = only(EQUALITY, ONE)
    assert (finding.outcome, finding.place) == (PASS, "甲[合计, 数] = 甲[a, 数] + 甲[b, 数]")
    assert (finding.left, finding.right, finding.difference) == ("3.00", "3.00", "0.00")
    assert finding.cells == ("甲[合计, 数]", "甲[a, 数]", "甲[b, 数]")
    assert not finding.rounding_tail and not finding.next_step


def test_a_failure_says_what_to_do_next() -> None:
    wrong = table(
        "甲", ["数"], (row("合计"), [money(301)]), (row("a"), [money(100)]), (row("b"), [money(200)])
    )
    finding = only(EQUALITY, wrong)
    assert (finding.outcome, finding.difference, finding.next_step) == (FAIL, "0.01", "请核对")
    assert finding.stops
    assert not only(dataclasses.replace(EQUALITY, severity=Severity.WARNING), wrong).stops


def test_a_rounding_tail_is_a_pass_that_is_told() -> None:
    cells = [[money(n * WAN, WAN)] for n in (4, 2, 1)]
    tail = table("甲", ["数"], *zip((row("合计"), row("a"), row("b")), cells, strict=True))
    finding = only(EQUALITY, tail)
    assert (finding.outcome, finding.rounding_tail, finding.message) == (PASS, True, "差异在舍入尾差之内")


def test_a_figure_printed_twice_at_one_precision_shows_the_same_digits() -> None:
    check = identity("甲[合计, 数] = 乙[合计, 数]")

    def of(fen: int, quantum: int, read: bool) -> list[Table]:
        left = table("甲", ["数"], (row("合计"), [money(5 * WAN, WAN, read=read)]))
        return [left, table("乙", ["数"], (row("合计"), [money(fen, quantum, read=read)]))]

    assert only(check, *of(6 * WAN, WAN, read=True)).outcome is FAIL
    assert only(check, *of(5 * WAN, WAN, read=True)).outcome is PASS
    assert only(check, *of(5 * WAN + 400_000, 10_000, read=True)).outcome is PASS
    assert only(check, *of(6 * WAN, WAN, read=False)).outcome is FAIL


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("甲[合计, 数] >= 甲[b, 数]", PASS),
        ("甲[a, 数] >= 甲[b, 数]", FAIL),
        ("甲[a, 数] <= 甲[b, 数]", PASS),
        ("甲[合计, 数] <= 甲[b, 数]", FAIL),
        ("甲[合计, 数] - 甲[a, 数] = 甲[b, 数]", PASS),
    ],
)
def test_relations(text: str, outcome: Outcome) -> None:
    assert only(identity(text), ONE).outcome is outcome


@pytest.mark.parametrize(("absent", "outcome"), [("zero", FAIL), ("skip", NOT_APPLICABLE), ("fail", FAIL)])
def test_each_check_says_what_an_absent_row_means(absent: str, outcome: Outcome) -> None:
    finding = only(identity("甲[a, 数] = 甲[c, 数]", absent), ONE)
    assert finding.outcome is outcome
    assert finding.message == "没有 甲[c, 数]"


def test_an_absent_row_may_be_zero_and_pass() -> None:
    assert only(identity("甲[合计, 数] = 甲[a, 数] + 甲[b, 数] + 甲[c, 数]"), ONE).outcome is PASS
    assert only(identity("甲[合计, 数] = 甲[a, 数] + 甲[b, 数] + 甲[c, 数]", "fail"), ONE).outcome is FAIL


def test_a_table_that_the_family_does_not_have_is_not_applicable() -> None:
    finding = only(identity("甲[合计, 数] = 乙[合计, 数]"), ONE)
    assert (finding.outcome, finding.message) == (NOT_APPLICABLE, "本套表没有 乙")


def test_a_table_that_is_not_attested_cannot_be_checked() -> None:
    closed = Table("乙", "乙表", "万元", (), status=Status.NOT_ATTESTED)
    finding = only(identity("甲[合计, 数] = 乙[合计, 数]"), ONE, closed)
    assert (finding.outcome, finding.message) == (COULD_NOT_RUN, "乙：原件未列明")


@pytest.mark.parametrize("status", [Status.UNAVAILABLE, Status.NOT_ATTESTED, Status.WITHHELD])
def test_a_cell_without_a_figure_cannot_be_compared(status: Status) -> None:
    empty = table("乙", ["数"], (row("合计"), [money(None, status=status)]))
    finding = only(identity("甲[合计, 数] = 乙[合计, 数]"), ONE, empty)
    assert (finding.outcome, finding.message) == (COULD_NOT_RUN, f"乙[合计, 数]：{status.value}")


def test_an_ambiguous_address_cannot_be_compared_and_is_never_zero() -> None:
    """Two units with the same code: 205 means neither, and 0 = 0 would hide it."""
    two = table("乙", ["数"], (row("u", "205"), [money(1)]), (row("v", "205"), [money(2)]))
    finding = only(identity("乙[205, 数] = 甲[c, 数]"), ONE, two)
    assert finding.outcome is COULD_NOT_RUN
    assert "对应多个单元格：乙[u/205, 数]；乙[v/205, 数]" in finding.message


def test_a_star_is_checked_in_every_row_of_every_unit() -> None:
    rows = [(row("u", "205"), [money(1), money(1)]), (row("v", "205"), [money(2), money(9)])]
    found = findings(identity("乙[*, 甲栏] = 乙[*, 乙栏]"), table("乙", ["甲栏", "乙栏"], *rows))
    assert [(f.place, f.outcome) for f in found] == [
        ("乙[u/205, 甲栏] = 乙[u/205, 乙栏]", PASS),
        ("乙[v/205, 甲栏] = 乙[v/205, 乙栏]", FAIL),
    ]


def test_a_star_that_finds_nothing_is_not_applicable() -> None:
    finding = only(identity("甲[*单位, 数] = 甲[合计, 数]"), ONE)
    assert (finding.outcome, finding.message) == (NOT_APPLICABLE, "没有可比的行")


# -- sums of leaves ----------------------------------------------------------------------------------------------------


def test_leaves_are_compared_in_the_first_view_that_holds_them() -> None:
    check = identity("@spending(class|function; fund=general) <= @budget(function)")
    held = of_centre(
        fact("spending", 5, view="function", fund="general"),
        fact("spending", 99, view="function", fund="gov_fund"),
        fact("spending", 88, view="economic", fund="general"),
        fact("budget", 6),
    )
    finding = only(check, held=held)
    assert (finding.outcome, finding.left, finding.right) == (PASS, "50,000.00", "60,000.00")
    assert [s.row for s in finding.sources] == ["spending-centre-2020-general-5", "budget-centre-2020--6"]


def test_leaves_that_are_not_there_cannot_be_compared() -> None:
    check = identity("@spending(function) <= @budget(function)")
    assert "数据未录入" in only(check, held=of_centre(fact("spending", 5))).message
    margin = of_centre(fact("spending", 5), fact("budget", 1, view="project"))
    assert only(check, held=margin).outcome is COULD_NOT_RUN
    assert "未按所需口径列明" in only(check, held=margin).message


# -- sums inside a table -----------------------------------------------------------------------------------------------

PARTS = Check("check.parts", "分项", Severity.ERROR, ("accounts",), (), "请核对", parts=("*",))


def of_parts(whole: int | None, *parts: int | None, status: Status = Status.VALUE) -> Table:
    cells = [(row("合计"), [money(whole, status=status if whole is None else Status.VALUE)])]
    cells += [
        (row(f"r{n}", parent=0), [money(part, status=status if part is None else Status.VALUE)])
        for n, part in enumerate(parts)
    ]
    return table("甲", ["数"], *cells)


def test_a_row_is_the_sum_of_the_rows_below_it() -> None:
    finding = only(PARTS, of_parts(3, 1, 2))
    assert (finding.outcome, finding.place) == (PASS, "甲[合计, 数] = 其下 2 行之和")
    assert only(PARTS, of_parts(4, 1, 2)).outcome is FAIL


def test_a_blank_part_of_a_document_counts_as_the_check_says() -> None:
    assert only(PARTS, of_parts(3, 1, 2, None)).outcome is PASS
    assert only(dataclasses.replace(PARTS, absent="fail"), of_parts(3, 1, 2, None)).outcome is FAIL


def test_a_part_that_is_not_known_leaves_the_sum_open() -> None:
    assert only(PARTS, of_parts(3, 1, None, status=Status.UNAVAILABLE)).outcome is COULD_NOT_RUN


def test_only_the_named_tables_are_added_up() -> None:
    named = dataclasses.replace(PARTS, parts=("乙", "丙"))
    assert findings(named, of_parts(4, 1)) == ()


# -- margins of one amount ---------------------------------------------------------------------------------------------


def tie(by: str = "") -> Check:
    what = Tie(("spending",), ("function", "project"), by, (("category", ("project",)),))
    return Check("check.views", "口径", Severity.ERROR, ("accounts",), (), "请核对", tie=what)


def project(wan: int, view: str, unit: str = "main", **dims: str) -> object:
    return fact("spending", wan, view=view, unit=unit, category="project", **dims)


def test_margins_of_one_amount_agree() -> None:
    held = of_department(project(5, "function", function="210"), project(5, "project", project="p"))
    finding = only(tie(), held=held)
    assert (finding.outcome, finding.place) == (PASS, "spending：function 与 project")
    off = of_department(project(5, "function", function="210"), project(6, "project", project="p"))
    assert only(tie(), held=off).outcome is FAIL


def test_margins_are_called_by_their_chinese_names() -> None:
    check = tie()
    assert check.tie is not None
    named = dataclasses.replace(check.tie, names={"spending": "支出决算", "function": "按功能分类"})
    held = of_department(project(5, "function", function="210"), project(5, "project", project="p"))
    assert only(dataclasses.replace(check, tie=named), held=held).place == "支出决算：按功能分类 与 project"


def test_the_register_brings_the_names() -> None:
    checks = [c for c in register(Policy.load(), of_centre(), "shenzhen-accounts-2020") if c.tie is not None]
    assert checks
    for check in checks:
        assert check.tie is not None
        for code in (*check.tie.measures, *check.tie.views):
            assert not check.tie.name(code).isascii()


def test_an_accepted_finding_that_nothing_needs_is_noticed() -> None:
    gap = Gap("why", "说明[a.b.why]", "缺少变动原因", "请补录")
    sections = [Section("a", 1, "总体情况", (Sentence("a.b", (gap,)),))]
    check = Check("check.gaps", "缺项", Severity.ERROR, ("accounts",), (), "请补录")
    rows = [
        record("accepted_finding", key, rule=rule, cell=cell, reason="原件如此")
        for key, rule, cell in (
            ("a1", "check.gaps", "说明[a.b.why]"),
            ("a2", "check.gaps", "说明[别处]"),
            ("a3", "check.gone", ""),
        )
    ]
    held = of_department(records=tuple(rows))
    found = run([check], held, (), sections)
    assert found[0].accepted == "原件如此"
    notices = unused(held, found)
    assert [notice.split(" ")[1] for notice in notices] == ["a2", "a3"]
    assert "说明[别处]" in notices[0] and "位置 全部" in notices[1]


def test_margins_are_compared_unit_by_unit_where_both_hold_it() -> None:
    held = of_department(
        project(5, "function"), project(5, "project"), project(7, "function", unit="centre"),
    )  # fmt: skip
    assert [(f.place, f.outcome) for f in findings(tie("unit"), held=held)] == [
        ("spending（main）：function 与 project", PASS)
    ]


def test_one_margin_alone_or_none_in_common_is_not_applicable() -> None:
    alone = of_department(project(5, "function"))
    assert only(tie(), held=alone).outcome is NOT_APPLICABLE
    apart = of_department(project(5, "function"), project(5, "project", unit="centre"))
    assert only(tie("unit"), held=apart).outcome is NOT_APPLICABLE
    assert only(tie(), held=of_department(project(5, "joint"))).outcome is NOT_APPLICABLE


# -- the narrative and what is accepted --------------------------------------------------------------------------------


def test_each_gap_of_the_narrative_is_a_warning_with_its_remedy() -> None:
    check = Check("check.narrative.gaps", "缺项", Severity.WARNING, ("accounts",), (), "请补录")
    gap = Gap("why", "说明[a.b.why]", "缺少变动原因：total", "请在“变动原因”表补录 subject=total")
    lacking = Section("a", 1, "总体情况", (Sentence("a.b", ("一", gap)),))
    (finding,) = run([check], of_centre(), (), (lacking,))
    assert (finding.outcome, finding.place, finding.stops) == (FAIL, "说明[a.b.why]", False)
    assert finding.message == "总体情况：缺少变动原因：total"
    assert finding.next_step == gap.remedy
    (whole,) = run([check], of_centre(), (), (Section("a", 1, "总体情况"),))
    assert whole.outcome is PASS


@pytest.mark.parametrize("cell", ["甲[合计, 数] = 甲[a, 数]", ""])
def test_an_accepted_finding_keeps_its_reason_and_does_not_stop(cell: str) -> None:
    accepted = record("accepted_finding", "1", rule="check.x", cell=cell, reason="原件如此")
    finding = only(identity("甲[合计, 数] = 甲[a, 数]"), ONE, held=of_centre(records=(accepted,)))
    assert (finding.outcome, finding.accepted, finding.stops) == (FAIL, "原件如此", False)


def test_only_the_accepted_place_of_a_failing_rule_is_accepted() -> None:
    accepted = record(
        "accepted_finding", "1", rule="check.x", cell="甲[b, 数] = 甲[a, 数]", reason="原件如此"
    )
    held = of_centre(records=(accepted,))
    assert only(identity("甲[合计, 数] = 甲[a, 数]"), ONE, held=held).stops
    assert only(EQUALITY, ONE, held=held).accepted == ""


def test_findings_are_counted_by_outcome() -> None:
    failing = identity("甲[合计, 数] = 甲[a, 数]")
    warning = identity("甲[合计, 数] = 甲[a, 数]", severity=Severity.WARNING)
    missing = identity("甲[合计, 数] = 乙[a, 数]")
    found = run([EQUALITY, failing, warning, missing], of_centre(), (ONE,), ())
    assert counts(found) == {
        "pass": 1, "fail": 2, "not_applicable": 1, "could_not_run": 0,
        "rounding_tail": 0, "stops": 1, "warnings": 1,
    }  # fmt: skip
