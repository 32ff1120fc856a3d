"""Rules between documents of one unit: last year's figures, and targets against self-evaluation."""

from __future__ import annotations

from tests.checks.audit.papers import TODAY, block, document, policy, table

from yiheng.checks.audit import Subject, audit
from yiheng.facts import Outcome
from yiheng.facts.audit import Identity
from yiheng.facts.document import ReadTable
from yiheng.reading.recognition import known_tables

UNIT = "某市医疗保险基金管理中心"


def subject(
    kind: str, year: int, *tables: ReadTable, unit: str = UNIT, others: tuple[Subject, ...] = ()
) -> Subject:
    made = document(*tables)
    return Subject(
        made, Identity(kind, unit, year), policy(), others, known_tables(made, policy(), kind, unit)
    )


def wrong(one: Subject, rule: str) -> list[tuple[str, str, str]]:
    """Printed, computed and the other document's name."""
    found = [f for f in audit(one, TODAY) if f.rule == f"audit.across.{rule}" and f.outcome is Outcome.FAIL]
    return [(f.printed, f.computed, f.sources[0].document) for f in found]


def three(before: tuple[int, str, str], now: tuple[int, str, str]) -> ReadTable:
    columns = ["总计", "公务接待费", "公务用车购置及运行费/小计"]
    rows = [("", f"{year}年", [total, total, ""]) for year, total, _ in (before, now)]
    return table("一般公共预算“三公”经费支出表", block(columns, rows))


def test_last_years_base() -> None:
    last = subject("budget", 2022, three((2021, "5.00", ""), (2022, "7.68", "")))
    same = three((2022, "7.68", ""), (2023, "9.00", ""))
    other = three((2022, "7.86", ""), (2023, "9.00", ""))
    assert wrong(subject("budget", 2023, same, others=(last,)), "three-public-base") == []
    found = wrong(subject("budget", 2023, other, others=(last,)), "three-public-base")
    assert ("7.86", "7.68", "测试.docx") in found
    assert wrong(subject("budget", 2023, other), "three-public-base") == []
    elsewhere = subject("budget", 2022, three((2021, "5.00", ""), (2022, "7.68", "")), unit="另一单位")
    assert wrong(subject("budget", 2023, other, others=(elsewhere,)), "three-public-base") == []


def balance(opening: str, closing: str) -> ReadTable:
    income = block(
        ["决算数"],
        [("", "本年收入合计", ["100.00"]), ("", "年初结转和结余", [opening]), ("", "总计", [""])],
        "收入",
    )
    outgo = block(
        ["决算数"],
        [("", "本年支出合计", ["100.00"]), ("", "年末结转和结余", [closing]), ("", "总计", [""])],
        "支出",
    )
    return table("收入支出决算总表", income, outgo)


def test_what_is_carried_over() -> None:
    last = subject("accounts", 2019, balance("1.00", "2.00"))
    assert wrong(subject("accounts", 2020, balance("2.00", "3.00"), others=(last,)), "carried-over") == []
    assert wrong(subject("accounts", 2020, balance("2.50", "3.00"), others=(last,)), "carried-over") == [
        ("2.50", "2.00", "测试.docx")
    ]


def test_the_initial_budget_of_the_accounts() -> None:
    def accounts(initial: str) -> ReadTable:
        columns = ["年初预算数", "决算数"]
        income = block(columns, [("", "本年收入合计", [initial, "100.00"]), ("", "总计", ["", ""])], "收入")
        outgo = block(columns, [("", "本年支出合计", ["90.00", "100.00"]), ("", "总计", ["", ""])], "支出")
        return table("收入支出决算总表", income, outgo)

    def budget() -> ReadTable:
        income = block(["预算数"], [("", "本年收入合计", ["90.00"]), ("", "总计", ["90.00"])], "收入")
        outgo = block(["预算数"], [("", "本年支出合计", ["90.00"]), ("", "总计", ["90.00"])], "支出")
        return table("收支总表", income, outgo)

    published = subject("budget", 2020, budget())
    assert wrong(subject("accounts", 2020, accounts("90.00"), others=(published,)), "initial-budget") == []
    assert wrong(subject("accounts", 2020, accounts("95.00"), others=(published,)), "initial-budget") == [
        ("95.00", "90.00", "测试.docx")
    ]
    # The same amount to fewer places, another year's budget, another unit's, or two budgets: nothing to say.
    assert wrong(subject("accounts", 2020, accounts("90"), others=(published,)), "initial-budget") == []
    for others in (
        (subject("budget", 2019, budget()),),
        (subject("budget", 2020, budget(), unit="某市医疗保障局"),),
        (published, published),
    ):
        assert wrong(subject("accounts", 2020, accounts("95.00"), others=others), "initial-budget") == []


def test_targets_against_self_evaluation() -> None:
    def goals() -> ReadTable:
        fields = [("", "项目名称", ["甲项目"]), ("", "本年度项目金额（元）", ["1,000.00"])]
        rows = [("", "培训人次", ["≥500人次"]), ("", "满意度", ["≥90%"])]
        return table("项目支出绩效目标表", block(["内容"], fields), block(["指标值"], rows), unit="")

    def sheet(target: str, initial: str) -> ReadTable:
        head = block(["内容"], [("", "项目名称", ["甲项目"])])
        money = block(
            ["年初预算数", "全年预算数", "全年执行数"],
            [("", "年度资金总额", [initial, "900.00", "900.00"])],
            unit="元",
        )
        columns = ["年度指标值", "实际完成值", "分值", "得分"]
        rows = [
            ("", "培训人次", [target, "600人次", "50", "50"]),
            ("", "满意度", ["≥90%", "95%", "50", "50"]),
        ]
        return table("项目支出绩效自评表", head, money, block(columns, rows, unit=""), unit="")

    published = subject("budget", 2020, goals())

    def found(target: str, initial: str) -> list[tuple[str, str, str]]:
        return wrong(subject("self_evaluation", 2020, sheet(target, initial), others=(published,)), "targets")

    assert found("≥500 人次", "1000.00") == []
    assert found("≥300人次", "1000.00") == [("≥300人次", "≥500人次", "测试.docx")]
    assert found("≥500人次", "1200.00") == [("1200.00", "1,000.00", "测试.docx")]
