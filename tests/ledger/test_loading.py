"""Loading by difference: nothing twice, nothing overwritten, nothing lost (装载、更正、冲销)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal

import pytest
from django.db import connection, transaction
from tests.ledger.builders import ACTOR, Content, base, content, load, of, row, sums

from yiheng.facts.sheets import SheetRow
from yiheng.ledger import operations, queries
from yiheng.ledger.difference import Act
from yiheng.ledger.errors import ChangesNeedConfirmation, InvalidContent, StalePlan
from yiheng.ledger.models import BudgetLine, DepartmentYear, Load, Payment, Project, RowKind, Unit, current
from yiheng.ledger.queries import Paper
from yiheng.ledger.sheets import WrongType
from yiheng.people.models import LogEntry, User
from yiheng.people.queries import verify_log

pytestmark = pytest.mark.django_db


def spending(*fen: int, start: int = 1) -> list[SheetRow]:
    return [row("payments", f"z{i}", amount=each) for i, each in enumerate(fen, start)]


def spent() -> int:
    return sums(queries.department_year("bureau", 2024, "accounts")).get("spending", 0)


def test_the_same_content_again_writes_nothing() -> None:
    rows = content(*spending(100, 200))
    first = load(rows)
    entries = LogEntry.objects.count()
    again = load(rows)
    assert (first.added, again.load, again.added) == (8, None, 0)
    assert (Load.objects.count(), LogEntry.objects.count(), Payment.objects.count()) == (1, entries, 2)


def test_a_change_needs_confirmation_and_shows_old_and_new() -> None:
    load(content(*spending(100, 200)))
    with pytest.raises(ChangesNeedConfirmation) as refused:
        load(content(*spending(150, 200)))
    (change,) = refused.value.plan.changes
    assert (change.act, change.key, change.fields) == (Act.CHANGE, "z1", {"amount": (100, 150)})
    assert "变更 支付 z1（金额：1.00 元 → 1.50 元）" in str(refused.value)
    assert "处理：" in str(refused.value)
    assert spent() == 300
    assert Load.objects.count() == 1


def test_a_confirmed_change_is_a_correction_and_the_old_row_stays() -> None:
    load(content(*spending(100, 200)))
    done = load(content(*spending(150, 200)), confirmed=True)
    assert (done.added, done.changed, done.removed) == (0, 1, 0)
    old, new = Payment.objects.filter(key="z1").order_by("version")
    assert (old.amount, old.kind_of_row, new.amount, new.version, new.kind_of_row) == (
        100, RowKind.ORIGINAL, 150, 2, RowKind.CORRECTION,
    )  # fmt: skip
    assert new.replaces_id == old.pk
    assert spent() == 350


def test_a_missing_row_becomes_a_reversal() -> None:
    load(content(*spending(100, 200)))
    rows = content(*spending(100))
    with pytest.raises(ChangesNeedConfirmation, match="删除 支付 z2"):
        load(rows)
    done = load(rows, confirmed=True)
    assert done.removed == 1
    reversal = Payment.objects.get(key="z2", version=2)
    assert (reversal.kind_of_row, reversal.amount) == (RowKind.REVERSAL, 200)
    assert spent() == 100
    assert load(rows).load is None


def test_the_last_row_of_a_sheet_can_be_removed() -> None:
    load(content(*spending(100)))
    load({**base("accounts"), "payments": []}, confirmed=True)
    assert spent() == 0


def test_a_sheet_that_is_not_in_the_content_keeps_its_rows() -> None:
    load(content(*spending(100)))
    assert load(base("accounts")).load is None
    assert spent() == 100


def test_a_reversed_row_can_come_back() -> None:
    load(content(*spending(100, 200)))
    load(content(*spending(100)), confirmed=True)
    back = load(content(*spending(100, 250)))
    assert back.added == 1
    assert [(r.version, r.kind_of_row) for r in Payment.objects.filter(key="z2").order_by("version")] == [
        (1, RowKind.ORIGINAL), (2, RowKind.REVERSAL), (3, RowKind.CORRECTION),
    ]  # fmt: skip
    assert spent() == 350


def test_a_content_without_department_years_removes_nothing() -> None:
    load(content(*spending(100, 200)))
    load({"payments": spending(300, start=3)})
    assert spent() == 600


def test_one_paper_does_not_remove_the_rows_of_another() -> None:
    load(content(*spending(100), row("budget_lines", "b1", amount=5), kinds=("accounts", "budget")))
    budget = {**base("budget"), "budget_lines": [row("budget_lines", "b1", amount=5)], "payments": []}
    assert load(budget).load is None
    assert spent() == 100


@pytest.mark.parametrize(
    ("sheet", "values", "kinds"),
    [
        ("revenues", {"stage": "budget", "amount": 1}, ("budget",)),
        ("balances", {"stage": "accounts", "amount": 1}, ("accounts",)),
        ("three_public", {"stage": "adjusted", "amount": 1}, ("accounts",)),
        ("reasons", {"kind": "budget", "subject": "s", "text": "t"}, ("budget",)),
        ("adjustments", {"amount": -1}, ("accounts", "budget")),
        ("procurements", {"amount": 1}, ("budget",)),
        ("statistics", {"measure": "m", "value": 1}, ("accounts",)),
        ("eliminations", {"from_unit": "main", "to_unit": "centre", "amount": 1}, ("accounts",)),
    ],
)
def test_each_paper_answers_for_its_own_rows(
    sheet: str, values: dict[str, object], kinds: tuple[str, ...]
) -> None:
    """With both papers there, a row goes when one that answers for it lacks it, and stays when another does."""
    load(content(row(sheet, "x", **values), kinds=("accounts", "budget")))
    for kind in ("accounts", "budget"):
        plan = operations.plan({**base(kind), sheet: []})
        assert bool(plan.of(Act.REMOVE)) is (kind == kinds[0]), kind


def test_a_comparative_belongs_to_the_paper_that_prints_it() -> None:
    rows = content(row("statistics", "t1", year=2023, measure="spending", value=1, document="paper"))
    rows["department_years"] = [row("department_years", "", unit="bureau", kind="accounts", document="paper")]
    load(rows)
    elsewhere = base("accounts", year=2023)
    elsewhere["documents"] = rows["documents"]
    elsewhere["projects"] = rows["projects"]
    assert not operations.plan({**elsewhere, "statistics": []}).of(Act.REMOVE)
    assert operations.plan({**rows, "statistics": []}).of(Act.REMOVE)


def test_cards_are_removed_only_where_the_content_lists_cards_of_the_unit() -> None:
    cards = [row("assets", f"k{i}", kind="fixed", name="桌", original_value=1) for i in (1, 2)]
    load(content(*cards))
    assert not operations.plan({**base("accounts"), "assets": []}).of(Act.REMOVE)
    assert [c.key for c in operations.plan(content(cards[0])).of(Act.REMOVE)] == ["k2"]


def test_a_register_row_changes_in_place_and_the_log_keeps_what_it_was() -> None:
    load(base("accounts"))
    rows = base("accounts")
    rows["units"][2] = row("units", "centre", 4, name="市医保中心", parent="bureau", kind="unit")
    with pytest.raises(ChangesNeedConfirmation, match="单位名称：市中心 → 市医保中心"):
        load(rows)
    load(rows, confirmed=True)
    assert Unit.objects.get(key="centre").name == "市医保中心"
    entry = LogEntry.objects.get(action="change", table="units", key="centre")
    assert (entry.before["name"], entry.after["name"]) == ("市中心", "市医保中心")


def test_a_project_that_the_year_no_longer_declares_is_withdrawn_and_can_come_back() -> None:
    load(base("budget"))
    load({**base("budget"), "projects": []}, confirmed=True)
    assert not Project.objects.get(key="p1").active
    assert not queries.department_year("bureau", 2024, "budget").records_of("project")
    load(base("budget"))
    assert Project.objects.get(key="p1").active


def test_a_correction_keeps_its_place_among_the_rows() -> None:
    load(content(*spending(1, 2, 3)))
    load(content(*spending(1, 20, 3)), confirmed=True)
    load({"payments": spending(4, start=4)})
    assert [fact.key for fact in of(queries.department_year("bureau", 2024, "accounts"), "spending")] == [
        "z1", "z2", "z3", "z4",
    ]  # fmt: skip


def test_a_department_year_is_named_by_unit_year_and_kind() -> None:
    load(base("accounts"))
    assert DepartmentYear.objects.get().key == "bureau/2024/accounts"


def test_the_log_tells_of_every_load() -> None:
    load(content(*spending(100, 200)))
    load(content(*spending(150)), confirmed=True)
    first, second = Load.objects.order_by("pk")
    added = LogEntry.objects.get(batch=first.content_hash, table="payments")
    assert (added.action, added.after["load"], added.after["rows"]) == ("load", first.pk, 2)
    whole, corrected, reversed_row = LogEntry.objects.filter(batch=second.content_hash, table="payments")
    assert (corrected.action, corrected.key, corrected.before["amount"], corrected.after["amount"]) == (
        "change",
        "z1",
        100,
        150,
    )
    assert (reversed_row.action, reversed_row.key, reversed_row.after) == ("remove", "z2", None)
    assert (whole.action, whole.after["rows"]) == ("load", 2)
    assert list(verify_log()) == []


def test_rows_that_were_changed_behind_the_triggers_are_found() -> None:
    load(content(*spending(100, 200), row("contracts", "h1", amount=1, sme=False, signed_on=dt.date(2024, 1, 2)),
                 row("costing", "m1", project="p1", item="项", quantity=Decimal("1.50"), amount=3)))  # fmt: skip
    load(content(*spending(150)), confirmed=True)
    assert list(queries.verify_rows()) == []
    with connection.cursor() as cursor:
        on = " ON ledger_payment" if connection.vendor == "postgresql" else ""
        cursor.execute(f"DROP TRIGGER ledger_payment_no_update{on}")
        cursor.execute("UPDATE ledger_payment SET payee = 'x' WHERE key = 'z2' AND version = 1")
    (defect,) = queries.verify_rows()
    assert "支付" in defect


def test_the_actor_may_be_a_user() -> None:
    user = User.objects.create(username="zhang", name="张三")
    operations.apply(operations.plan(base("accounts")), actor=user)
    entry = LogEntry.objects.order_by("pk").first()
    assert entry is not None and (entry.user, entry.actor) == (user, "张三（zhang）")
    assert Load.objects.get().user == user


def test_a_difference_that_is_out_of_date_is_refused() -> None:
    load(content(*spending(100)))
    late = operations.plan(content(*spending(111)))
    load(content(*spending(122)), confirmed=True)
    with pytest.raises(StalePlan, match="重新装载"):
        operations.apply(late, actor=ACTOR, confirmed=True)
    assert spent() == 122


def test_a_failure_half_way_leaves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*args: object, **kwargs: object) -> int:
        raise RuntimeError("power cut")

    monkeypatch.setattr(operations, "record", fail)
    with pytest.raises(RuntimeError), transaction.atomic():
        load(content(*spending(100)))
    assert not (Load.objects.exists() or Payment.objects.exists() or Unit.objects.exists())


def mixed() -> Content:
    return content(
        row("payments", "z1", amount=1), row("payments", "z2", view="function", function="205", amount=1)
    )


def two_adjusted() -> Content:
    return content(row("budget_lines", "b1", stage="adjusted", amount=1), row("adjustments", "a1", amount=1))


def two_three_publics() -> Content:
    return content(row("payments", "z1", amount=1), row("three_public", "s1", stage="accounts", amount=1))


def dangling() -> Content:
    return content(row("payments", "z1", amount=1, contract="nowhere"))


def circle() -> Content:
    rows = base("accounts")
    rows["units"][0] = row(
        "units", "bureau", name="市局", kind="department", parent="centre", jurisdiction="440300"
    )
    return rows


@pytest.mark.parametrize(
    ("make", "kind"),
    [
        (mixed, "口径混用"),
        (two_adjusted, "调整预算重复"),
        (two_three_publics, "三公经费重复"),
        (dangling, "引用不存在"),
        (circle, "上级单位循环"),
    ],
)
def test_a_ledger_that_would_contradict_itself_is_refused_as_a_whole(
    make: Callable[[], Content], kind: str
) -> None:
    with pytest.raises(InvalidContent) as refused, transaction.atomic():
        load(make())
    assert [problem.kind for problem in refused.value.problems] == [kind]
    assert refused.value.problems[0].remedy
    assert not Load.objects.exists()


def test_contradictions_with_what_is_there_already_are_found() -> None:
    load(content(row("payments", "z1", amount=1)))
    with pytest.raises(InvalidContent, match="口径混用"), transaction.atomic():
        load({"payments": [row("payments", "z2", view="function", function="205", amount=1)]})


def test_a_contract_that_payments_name_cannot_be_removed() -> None:
    rows = content(row("contracts", "h1", amount=1), row("payments", "z1", amount=1, contract="h1"))
    load(rows)
    with pytest.raises(InvalidContent, match="引用不存在"), transaction.atomic():
        load({**rows, "contracts": []}, confirmed=True)


def test_unknown_references_are_named_by_row() -> None:
    with pytest.raises(InvalidContent) as refused:
        operations.plan(
            content(row("payments", "z1", unit="nobody", project="none", amount=1, document="lost"))
        )
    assert {(p.row, p.column, p.value) for p in refused.value.problems} == {
        (2, "单位", "nobody"), (2, "项目", "none"), (2, "来源文件", "lost"),
    }  # fmt: skip


def test_a_float_never_gets_in() -> None:
    with pytest.raises(WrongType, match=r"1\.5"):
        operations.plan(content(row("payments", "z1", amount=1.5)))


def test_what_was_loaded_comes_out_as_it_went_in() -> None:
    rows = content(
        row("budget_lines", "b1", amount=5_000_000, quantum=1_000_000, function="2101501"),
        row("payments", "z1", amount=-1, date=dt.date(2024, 2, 29)),
        row("contracts", "h1", amount=2, sme=False),
        row("vehicles", "v1", kind="其他用车"),
        kinds=("accounts", "budget"),
    )
    load(rows)
    assert load(queries.whole_content()).load is None
    out = queries.content_of([Paper("bureau", 2024, "accounts"), Paper("bureau", 2024, "budget")])
    assert load(out).load is None
    assert {sheet: len(found) for sheet, found in out.items() if found} == {
        "units": 3, "department_years": 2, "projects": 1, "budget_lines": 1, "payments": 1, "contracts": 1,
        "vehicles": 1,
    }  # fmt: skip
    assert current(BudgetLine).get().quantum == 1_000_000
