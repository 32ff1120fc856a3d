"""Every sheet becomes facts or records, and every amount comes back to the fen (金额逐分核对)."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from tests.ledger.builders import WAN, content, load, loaded, of, row, sums

from yiheng.facts import Source
from yiheng.ledger import queries
from yiheng.ledger.sheets import shapes
from yiheng.policy import PolicyUnknown

pytestmark = pytest.mark.django_db

BIG = 2_849_850_000_000_001
"""28,498,500,000,000.01 元: an eight-byte number would lose the fen."""


def test_a_budget_line_becomes_budget_with_all_that_it_attests() -> None:
    paper = loaded(
        row("budget_lines", "b1", category="project", project="p1", function="2101505", economic="30213",
            fund="general", source="appropriation", program="duty", amount=BIG, document="paper", place="表3 第2行"),
        kind="budget",
    )  # fmt: skip
    (fact,) = of(paper, "budget")
    assert (fact.key, fact.unit, fact.year, fact.view, fact.amount, fact.quantum) == (
        "b1",
        "centre",
        2024,
        "joint",
        BIG,
        0,
    )
    assert fact.dims == {
        "category": "project", "project": "p1", "function": "2101505", "economic": "30213", "fund": "general",
        "source": "appropriation", "program": "duty",
    }  # fmt: skip
    assert fact.source == Source("支出预算", "b1", "paper", "表3 第2行")


def test_only_the_stage_asked_for_is_the_budget() -> None:
    load(content(row("budget_lines", "b1", stage="one_up", amount=700), row("budget_lines", "b2", amount=500),
                 kinds=("budget",)))  # fmt: skip
    assert sums(queries.department_year("bureau", 2024, "budget"))["budget"] == 500
    assert sums(queries.department_year("bureau", 2024, "budget", stage="one_up"))["budget"] == 700


def test_adjustments_move_the_approved_budget() -> None:
    paper = loaded(
        row("budget_lines", "b1", function="2101501", amount=10_000),
        row("adjustments", "a1", function="2101501", amount=-2_550, date=dt.date(2024, 7, 1), reason="压减"),
    )
    assert sums(paper) == {"budget": 10_000, "budget_adjusted": 7_450}
    (moved,) = (fact for fact in of(paper, "budget_adjusted") if fact.key == "a1")
    assert (moved.amount, moved.on, moved.on_precision) == (-2_550, dt.date(2024, 7, 1), "day")


def test_an_adjusted_budget_known_only_as_printed_stands_for_its_unit() -> None:
    paper = loaded(
        row("budget_lines", "b1", view="class", function="205", amount=8_157 * 10_000, quantum=10_000),
        row(
            "budget_lines",
            "b2",
            view="class",
            function="205",
            stage="adjusted",
            amount=1_920 * 10_000,
            quantum=10_000,
        ),
        row("budget_lines", "b3", unit="main", amount=300),
    )
    assert sums(paper) == {"budget": 81_570_000 + 300, "budget_adjusted": 19_200_000 + 300}
    assert {fact.quantum for fact in of(paper, "budget_adjusted") if fact.unit == "centre"} == {10_000}


def test_a_budget_knows_no_movements_of_its_year() -> None:
    rows = (
        row("budget_lines", "b1", amount=500),
        row("payments", "z1", amount=200),
        row("adjustments", "a1", amount=9),
    )
    assert sums(loaded(*rows, kind="budget")) == {"budget": 500}


def test_a_payment_becomes_spending_on_its_day() -> None:
    paper = loaded(
        row("contracts", "h1", amount=900, kind="services"),
        row("payments", "z1", category="project", project="p1", function="2101505", economic="30227", fund="general",
            amount=12_345, date=dt.date(2024, 5, 31), date_precision="month", payee="某公司", contract="h1"),
        row("payments", "z2", amount=-345),
    )  # fmt: skip
    dated, undated = of(paper, "spending")
    assert (dated.amount, dated.on, dated.on_precision) == (12_345, dt.date(2024, 5, 31), "month")
    assert (undated.amount, undated.on, undated.on_precision) == (-345, None, "year")


def test_basic_kind_follows_from_the_economic_code() -> None:
    codes = {"30101": "staff", "30201": "office", "31002": "office", "30302": "household", "39999": None}
    paper = loaded(*(row("payments", code, category="basic", economic=code, amount=100) for code in codes))
    assert {fact.key: fact.dims.get("basic_kind") for fact in of(paper, "spending")} == codes


def test_project_spending_has_no_basic_kind() -> None:
    (fact,) = of(loaded(row("payments", "z1", category="project", economic="30201", amount=100)), "spending")
    assert "basic_kind" not in fact.dims


def test_three_public_follows_from_economic_codes_of_the_general_budget() -> None:
    codes = {"30212": "abroad", "30217": "reception", "31013": "vehicle_purchase", "30231": "vehicle_running"}
    rows = [row("payments", code, economic=code, fund="general", amount=int(code)) for code in codes]
    paper = loaded(
        *rows,
        row("payments", "fund", economic="30217", fund="gov_fund", amount=7),
        row("budget_lines", "b", economic="30217", fund="general", amount=11),
        row("adjustments", "a", economic="30217", fund="general", amount=-1),
    )
    found = {fact.dims["item"]: (fact.amount, fact.view) for fact in of(paper, "three_public_spending")}
    assert found == {item: (int(code), "item") for code, item in codes.items()}
    assert sums(paper)["three_public_budget"] == 11
    assert sums(paper)["three_public_adjusted"] == 10


def test_three_public_as_printed_goes_before_the_economic_view() -> None:
    paper = loaded(
        row(
            "payments", "z1", view="economic", economic="30217", fund="general", amount=40_000, quantum=10_000
        ),
        row("payments", "z2", unit="main", view="economic", economic="30217", fund="general", amount=50_000),
        row("three_public", "s1", stage="accounts", item="reception", amount=41_200, quantum=100),
        row("three_public", "s2", stage="adjusted", item="abroad", amount=0),
    )
    assert {(f.unit, f.amount, f.quantum) for f in of(paper, "three_public_spending")} == {
        ("centre", 41_200, 100), ("main", 50_000, 0),
    }  # fmt: skip
    assert [(f.dims, f.amount) for f in of(paper, "three_public_adjusted")] == [({"item": "abroad"}, 0)]


def test_revenue_planned_and_received() -> None:
    rows = (
        row("revenues", "r1", stage="budget", fund="general", source="appropriation", amount=BIG),
        row("revenues", "r2", fund="none", source="other", function="2101501", amount=37, date=dt.date(2024, 3, 31),
            date_precision="quarter"),
    )  # fmt: skip
    paper = loaded(*rows)
    assert sums(paper) == {"budget_revenue": BIG, "revenue": 37}
    (received,) = of(paper, "revenue")
    assert received.dims == {"fund": "none", "source": "other", "function": "2101501"}
    assert (received.on, received.on_precision) == (dt.date(2024, 3, 31), "quarter")


def test_balances_stand_under_the_measure_of_their_kind_and_side() -> None:
    kinds = {"opening": 1, "reserve_use": 20, "surplus_allocation": 300, "carry_forward": 4_000}
    rows = [row("balances", kind, kind=kind, fund="general", amount=fen) for kind, fen in kinds.items()]
    paper = loaded(*rows, row("balances", "plan", stage="budget", amount=73 * WAN, quantum=WAN))
    assert sums(paper) == {
        "opening_balance": 1,
        "reserve_use": 20,
        "surplus_allocation": 300,
        "carry_forward": 4_000,
    }


def test_procurement_and_its_parts() -> None:
    paper = loaded(
        row("procurements", "c1", item="A02010104", item_name="台式计算机", kind="goods", amount=114 * WAN, quantum=WAN,
            sme_amount=40 * WAN, micro_amount=0),
        row("procurements", "c2", item="C0801", kind="services", amount=5),
    )  # fmt: skip
    assert sums(paper) == {"procurement": 114 * WAN + 5, "procurement_sme": 40 * WAN, "procurement_micro": 0}
    assert of(paper, "procurement")[0].dims == {"item": "A02010104", "category": "goods"}
    assert paper.record("procurement", "c1").get("item_name") == "台式计算机"  # type: ignore[union-attr]


def test_a_contract_says_whether_an_sme_won_it() -> None:
    signed = dt.date(2024, 4, 10)
    paper = loaded(
        row("procurements", "c1", kind="services", amount=500),
        row("contracts", "h1", kind="services", sme=True, amount=499, procurement="c1", signed_on=signed),
        row("contracts", "h2", kind="goods", sme=False, amount=1),
        row("contracts", "h3", amount=2),
    )
    facts = of(paper, "contract")
    assert [(fact.amount, fact.dims) for fact in facts] == [
        (499, {"category": "services", "sme": "yes"}), (1, {"category": "goods", "sme": "no"}), (2, {}),
    ]  # fmt: skip
    assert (facts[0].on, facts[0].on_precision, facts[1].on_precision) == (signed, "day", "")
    record = paper.record("contract", "h1")
    assert record is not None and record.fields["sme"] == "是" and record.fields["amount"] == "4.99"


def test_transfers_are_a_measure_of_their_own() -> None:
    paper = loaded(row("transfers", "y1", function="2101550", project="p1", level="中央", amount=BIG))
    assert sums(paper) == {"transfer": BIG}
    assert of(paper, "transfer")[0].dims == {"function": "2101550", "project": "p1"}


def test_costing_and_project_total() -> None:
    rows = content(row("costing", "m1", project="p1", item="机房", quantity=Decimal("2.5"), price=34_900,
                       periods=Decimal(12), amount=1_047_000))  # fmt: skip
    rows["projects"] = [
        row("projects", "p1", name="信息系统", department="bureau", year=2024, total_amount=3_030_950_000)
    ]
    load(rows)
    paper = queries.department_year("bureau", 2024, "accounts")
    assert sums(paper) == {"costing": 1_047_000, "project_total": 3_030_950_000}
    (total,) = of(paper, "project_total")
    assert (total.unit, total.dims, total.view) == ("bureau", {"project": "p1"}, "joint")
    record = paper.record("costing", "m1")
    assert record is not None
    assert (record.fields["quantity"], record.fields["price"], record.fields["periods"]) == (
        "2.5",
        "349.00",
        "12",
    )


def test_money_between_units_of_one_department_is_taken_out() -> None:
    rows = (
        row("payments", "z1", unit="main", category="subsidy_down", function="2101501", fund="general", amount=1_000),
        row("revenues", "r1", source="superior", fund="general", amount=1_000),
        row("eliminations", "d1", from_unit="main", to_unit="centre", category="subsidy_down", function="2101501",
            fund="general", amount=1_000),
    )  # fmt: skip
    paper = loaded(*rows)
    assert sums(paper) == {"spending": 0, "revenue": 0}
    out, back = (next(f for f in of(paper, m) if f.key == "d1") for m in ("spending", "revenue"))
    assert (out.unit, out.amount, out.view, out.source.table) == ("main", -1_000, "joint", "内部往来抵销")
    assert (back.unit, back.amount, back.dims["source"]) == ("centre", -1_000, "superior")


def test_a_unit_alone_keeps_what_it_had_from_its_department() -> None:
    rows = content(
        row("revenues", "r1", source="superior", amount=1_000),
        row("eliminations", "d1", from_unit="main", to_unit="centre", amount=1_000),
    )
    rows["department_years"].append(row("department_years", "", unit="centre", kind="accounts"))
    load(rows)
    assert sums(queries.department_year("centre", 2024, "accounts")) == {"revenue": 1_000}


def test_what_another_paper_prints_of_a_year_stays_in_that_paper() -> None:
    rows = content(
        row("payments", "z1", amount=100),
        row("statistics", "t1", measure="spending", value=999, document="next"),
    )
    rows["documents"].append(row("documents", "next", title="下年预算"))
    rows["department_years"].append(
        row("department_years", "", unit="bureau", year=2025, kind="budget", document="next")
    )
    load(rows)
    assert sums(queries.department_year("bureau", 2024, "accounts")) == {"spending": 100}
    assert sums(queries.department_year("bureau", 2025, "budget")) == {"spending": 999}


def test_reasons_texts_and_accepted_findings_are_records_of_their_kind() -> None:
    paper = loaded(
        row(
            "reasons",
            "y1",
            kind="accounts",
            subject="spending",
            text="补助人数增加",
            document="paper",
            place="三（一）",
        ),
        row("reasons", "y2", kind="budget", subject="spending", text="另一份文件的"),
        row("texts", "w1", kind="accounts", section="duties", order=1, text="职责"),
        row(
            "accepted_findings",
            "f1",
            kind="accounts",
            rule="r-1",
            cell="公开08表[合计, 本年收入]",
            reason="原件漏印",
        ),
    )
    (reason,) = paper.records_of("reason")
    assert reason.fields["text"] == "补助人数增加"
    assert reason.source == Source("变动原因", "y1", "paper", "三（一）")
    assert paper.record("text", "w1").get("order") == "1"  # type: ignore[union-attr]
    assert paper.record("accepted_finding", "f1").get("rule") == "r-1"  # type: ignore[union-attr]


def test_registers_are_records_too() -> None:
    paper = loaded(row("payments", "z1", project="p1", amount=1, document="paper"))
    kinds = {
        kind: [record.key for record in paper.records_of(kind)] for kind in ("unit", "project", "document")
    }
    assert kinds == {"unit": ["bureau", "main", "centre"], "project": ["p1"], "document": ["paper"]}
    assert paper.records_of("department_year")[0].fields["title"] == "题"


def test_a_project_for_any_year_shows_only_where_it_is_used() -> None:
    rows = content(row("payments", "z1", project="used", amount=1))
    rows["projects"] += [row("projects", key, name=key, department="bureau") for key in ("used", "unused")]
    load(rows)
    paper = queries.department_year("bureau", 2024, "accounts")
    assert [record.key for record in paper.records_of("project")] == ["p1", "used"]


def test_a_derived_dimension_without_a_rule_is_refused_by_name() -> None:
    rows = content(row("payments", "z1", year=2012, economic="30217", category="basic", amount=1))
    rows["department_years"] = [row("department_years", "", unit="bureau", year=2012, kind="accounts")]
    load(rows)
    with pytest.raises(PolicyUnknown, match=r"economic\.basic-kind"):
        queries.department_year("bureau", 2012, "accounts")


def test_every_sheet_with_amounts_is_tried_here() -> None:
    """Sheets that are neither facts nor records would be lost silently."""
    tried = {
        "documents", "units", "department_years", "projects", "costing", "budget_lines", "adjustments", "payments",
        "revenues", "balances", "three_public", "procurements", "contracts", "transfers", "eliminations", "assets",
        "vehicles", "headcounts", "statistics", "reasons", "texts", "accepted_findings",
    }  # fmt: skip
    elsewhere = {  # tests/performance
        "objectives", "indicators", "tasks", "evaluations", "evaluation_rows", "criterion_scores", "criterion_inputs",
        "surveys", "survey_answers", "survey_frames", "actuals", "deviations", "follow_ups",
    }  # fmt: skip
    assert set(shapes()) == tried | elsewhere


def test_the_number_of_queries_does_not_grow_with_the_rows(django_assert_max_num_queries) -> None:  # type: ignore[no-untyped-def]
    load(content(*(row("payments", f"z{i}", amount=i, project="p1", document="paper") for i in range(300))))
    with django_assert_max_num_queries(60):
        paper = queries.department_year("bureau", 2024, "accounts")
    assert sums(paper)["spending"] == sum(range(300))
