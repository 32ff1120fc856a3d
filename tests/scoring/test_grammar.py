"""The grammar of targets: every printed value of five documents, and random targets there and back.

`printed_values.csv` lists each distinct target and actual of the five documents with its type and normal spelling.
"""

import csv
import dataclasses
import datetime as dt
import json
import re
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.scoring.strategies import NAMED, combined, counts, quantities, targets

from yiheng.policy import Policy
from yiheng.scoring.errors import ScoringError
from yiheng.scoring.grammar import parse, squeeze, unknown_units
from yiheng.scoring.lexicon import Lexicon, Relation
from yiheng.scoring.target import Comparison, Deadline, Qualitative, Quantity, Range, Rate, Target

LEXICON = Lexicon.of(Policy.load(), "440300", dt.date(2020, 12, 31))
VALUES = list(csv.DictReader((Path(__file__).parent / "printed_values.csv").open(encoding="utf-8")))
MANY = 10**5
EACH = 1000
"""Random targets that are asked for, and that one draw gives at least."""


@pytest.mark.parametrize("row", VALUES, ids=lambda row: row["text"])
def test_every_printed_value_has_its_type(row: dict[str, str]) -> None:
    target = parse(row["text"], LEXICON, int(row["year"]))
    assert (target.type_name, target.text()) == (row["type"], row["normal"])
    assert target.printed == row["text"]
    assert parse(target.text(), LEXICON, int(row["year"])) == target
    assert list(unknown_units(target, LEXICON)) == []


def test_the_table_holds_every_value_of_the_documents(shared: Path) -> None:
    found: set[str] = set()

    def walk(node: object) -> None:
        if isinstance(node, dict):
            values = [node.get(name) for name in ("年度指标值", "实际完成值", "target", "actual")]
            found.update(value for value in values if isinstance(value, str))
            for child in node.values():
                walk(child)
        elif isinstance(node, list):
            for child in node:
                walk(child)

    for path in sorted((shared / "gold").glob("*.json")):
        walk(json.loads(path.read_text(encoding="utf-8")))
    assert len(found) > 140
    assert found <= {row["text"] for row in VALUES}


FORMS = {
    "approx_number_unit": {"approx"}, "boolean_text": {"boolean"}, "cmp_number_percent": {"comparison"},
    "cmp_number_unit": {"comparison"}, "date_deadline": {"deadline"}, "each_number_unit": {"each"},
    "frequency_text": {"frequency"}, "from_to_percent": {"from_to"}, "number_unit": {"comparison"},
    "number_unit_tolerance": {"tolerance"}, "plain_percent": {"comparison"},
    "qualitative_text": {"direction", "state", "qualitative"}, "range_number_unit": {"range"},
    "rate_number_unit_per": {"rate"}, "reach_percent": {"comparison"}, "text_with_date": {"deadline"},
    "text_with_percent": {"qualitative"}, "text_zero_count": {"zero"},
}  # fmt: skip
"""What those who transcribed the budgets called each target, without knowing our types."""


def test_the_types_are_those_that_the_transcription_gives(shared: Path) -> None:
    seen = 0
    for name in ("budget-2021-szyb", "budget-2023-szybzx"):
        gold = (shared / "gold" / f"{name}.json").read_text(encoding="utf-8")
        for target, form in re.findall(r'"target": "([^"]+)",\s*"target_form": "([^"]+)"', gold):
            assert parse(target, LEXICON, int(name[7:11])).type_name in FORMS[form], target
            seen += 1
    assert seen > 200


@settings(max_examples=2000, suppress_health_check=list(HealthCheck))
@given(target=targets(LEXICON, 2024))
def test_random_targets_come_back(target: Target) -> None:
    assert parse(target.text(), LEXICON, 2024) == target


@settings(max_examples=MANY // EACH, suppress_health_check=list(HealthCheck))
@given(
    st.lists(quantities(LEXICON), min_size=4, max_size=4, unique=True),
    st.lists(counts(), min_size=2, max_size=2, unique=True),
    NAMED,
    st.dates(),
)
def test_a_hundred_thousand_random_targets_come_back(
    some: list[Quantity], counted: list[Quantity], subject: str, date: dt.date
) -> None:
    made = list(combined(LEXICON, some, counted, subject, date))
    assert len(made) >= EACH
    for target in made:
        assert parse(target.text(), LEXICON, 2024) == target


@settings(max_examples=500)
@given(st.text(min_size=1, max_size=60))
def test_any_text_is_read_or_refused_and_its_spelling_is_stable(text: str) -> None:
    if not squeeze(text):
        with pytest.raises(ScoringError, match="空"):
            parse(text, LEXICON)
        return
    target = parse(text, LEXICON, 2024)
    assert parse(target.text(), LEXICON, 2024) == target


@pytest.mark.parametrize(
    ("text", "normal"),
    [
        ("-5%", "-5%"),
        ("－3.2", "-3.2"),
        ("−3.2%", "-3.2%"),
        ("–5%", "-5%"),
        ("﹣5 %", "-5%"),
        ("负 5%", "-5%"),
        ("≥－5%", "≥-5%"),
        ("不低于负3%", "不低于-3%"),
        ("增长率达-2%", "增长率达-2%"),
        ("约-5%", "约-5%"),
        ("-5%～-3%", "-5--3%"),
        ("负5%—3%", "-5-3%"),
        ("-2%≤增长率≤5%", "-2%≤增长率≤5%"),
        ("由-5%提升至3%", "由-5%提升至3%"),
    ],
)
def test_a_number_may_be_below_zero(text: str, normal: str) -> None:
    target = parse(text, LEXICON, 2024)
    assert not target.qualitative and target.text() == normal
    assert parse(target.text(), LEXICON, 2024) == target
    assert min(quantity.number for quantity in target.quantities) < 0


@pytest.mark.parametrize(
    "text", ["~5%", "—5%", "--5%", "正负5%", "个人自负10%", "各-1次", "-1次/月", "5%--3%", "-5%人", "负", "-"]
)
def test_a_dash_that_is_no_minus_makes_no_number(text: str) -> None:
    """A wave and a long dash join; how often and how many for each are never below zero."""
    assert isinstance(parse(text, LEXICON, 2024), Qualitative)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("≥14 万宗", Fraction(140000)),
        ("-14.83万宗", Fraction(-148300)),
        ("负 5%", Fraction(-1, 20)),
        ("≥14.83万宗", Fraction(148300)),
        ("95%", Fraction(19, 20)),
        ("≥5个半版", Fraction(5, 2)),
        ("≥70 亿元", Fraction(7 * 10**9)),
        ("12 万", Fraction(120000)),
        ("≥１０次", Fraction(10)),
    ],
)
def test_value_in_the_base_of_its_dimension(text: str, value: Fraction) -> None:
    assert parse(text, LEXICON).quantities[0].value(LEXICON) == value


@pytest.mark.parametrize(
    ("text", "first", "due"),
    [
        ("2021年底完成", (2021, 1, 1), (2021, 12, 31)),
        ("2021年11月30日前完成", (2021, 11, 30), (2021, 11, 30)),
        ("2020 年 12 月", (2020, 12, 1), (2020, 12, 31)),
        ("年底前", (2024, 1, 1), (2024, 12, 31)),
        ("2月底前", (2024, 2, 1), (2024, 2, 29)),
    ],
)
def test_deadlines_name_days(text: str, first: tuple[int, int, int], due: tuple[int, int, int]) -> None:
    target = parse(text, LEXICON, 2024)
    assert isinstance(target, Deadline)
    assert (target.first, target.due) == (dt.date(*first), dt.date(*due))


@pytest.mark.parametrize(
    "text",
    [
        "2021年13月前完成",
        "2021年2月30日前",
        "年底前",  # without a year nobody knows which
        "100%-90%",
        "1,23次",
        "5个社康中心以上并完成验收",
        "住院在院病人数10%",
        "不能超过5次",
        "未达5%",
        "年底前不少于5次",
        "各区至少1次",
        "培训并考核不少于5次",
        "无资质人员为10",
        "≥",
        "1" * 60 + "次",
    ],
)
def test_what_is_not_certain_stays_wording(text: str) -> None:
    assert isinstance(parse(text, LEXICON), Qualitative)


def test_words_of_comparison_keep_their_spelling() -> None:
    assert parse("不低于 2 次", LEXICON) == Comparison("≥", Quantity(Decimal(2), "", "次"), "不低于")
    assert parse(">=2次", LEXICON).text() == ">=2次"
    assert parse("90%-100%", LEXICON) == Range(
        Quantity(Decimal(90), "", "%"), Quantity(Decimal(100), "", "%")
    )


@pytest.mark.parametrize(
    ("text", "operator", "word", "subject"),
    [
        ("增长幅度达 5%", "≥", "达", "增长幅度"),
        ("群众满意度≥90%", "≥", "", "群众满意度"),
        ("培训人数不少于200人", "≥", "不少于", "培训人数"),
        ("超时不超过5天", "≤", "不超过", "超时"),
        ("办理时间控制在5个工作日", "≤", "控制在", "办理时间"),
    ],
)
def test_what_is_compared_may_be_named(text: str, operator: str, word: str, subject: str) -> None:
    target = parse(text, LEXICON)
    assert isinstance(target, Comparison)
    assert (target.operator, target.word, target.subject) == (operator, word, subject)
    assert target.text() == squeeze(text)


def test_a_lexicon_of_before_reads_as_it_did() -> None:
    """Score files hold their own lexicon; one without words unfit for subjects reads no subject."""
    entry = Policy.load().get("score.lexicon", "440300", dt.date(2020, 12, 31))
    value = {name: words for name, words in entry.value.items() if name != "unfit_for_subject"}
    old = Lexicon.read(dataclasses.replace(entry, value=value))
    assert isinstance(parse("增长幅度达5%", old), Qualitative)
    assert isinstance(parse("增长幅度达5%", LEXICON), Comparison)


def test_one_month_a_time_is_one_time_a_month() -> None:
    target, actual = parse("1 次/月", LEXICON), parse("1 月/次", LEXICON)
    assert isinstance(target, Rate) and isinstance(actual, Rate)
    assert target.per_year(LEXICON) == actual.per_year(LEXICON) == 12
    assert not target.inverted and actual.inverted


def test_unknown_units_are_named() -> None:
    assert list(unknown_units(parse("≥3担", LEXICON), LEXICON)) == ["担"]


@pytest.mark.parametrize(
    ("left", "right", "relation"),
    [
        ("人", "名", Relation.SAME),
        ("", "元", Relation.BARE),
        ("天", "个工作日", Relation.NEAR),
        ("人次", "人", Relation.NEAR),
        ("册", "份", Relation.NEAR),
        ("期", "次", Relation.NEAR),
        ("宗", "人", Relation.DIFFERENT),
        ("", "%", Relation.DIFFERENT),
        ("担", "人", Relation.DIFFERENT),
        ("担", "担", Relation.SAME),
    ],
)
def test_units_relate(left: str, right: str, relation: Relation) -> None:
    assert LEXICON.relation(left, right) is relation
    assert LEXICON.relation(right, left) is relation


def test_empty_and_endless_texts_are_refused() -> None:
    with pytest.raises(ScoringError, match="指标值是空的"):
        parse("  \u3000", LEXICON)
    with pytest.raises(ScoringError, match="超过 500 字"):
        parse("完" * 501, LEXICON)
