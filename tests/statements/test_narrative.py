"""Sentences from templates: figures with unit and direction, what is left out, and what becomes a gap."""

import pytest
from tests.statements.ledger import fact, of_centre, of_department, record
from tests.statements.narratives import said, two_years, written

from yiheng.facts import DepartmentYear, Entered, Fact

GROWTH = """{id: a, text: "支出{now}，比{prior}年{change}{rate}。", figures: {now: {measure: spending},
    before: {measure: spending, year: -1}, change: {change: [now, before]}, rate: {growth: [now, before]}}}"""


@pytest.mark.parametrize(
    ("now", "before", "text"),
    [
        (30, 20, "支出30万元，比2019年增加10万元，增长50%。"),
        (20, 30, "支出20万元，比2019年减少10万元，下降33.33%。"),
        (20, 20, "支出20万元，比2019年持平。"),
        (20, 0, "支出20万元，比2019年增加20万元。"),
        (0, 20, "支出0万元，比2019年减少20万元，下降100%。"),
        (5, -20, "支出5万元，比2019年增加25万元，增长125%。"),
    ],
)
def test_direction_and_rate(now: int, before: int, text: str) -> None:
    """A base of zero has no rate; what did not change has none either."""
    assert said(two_years(now, before), GROWTH) == text


def test_a_base_that_may_be_zero_has_no_rate() -> None:
    """Two leaves printed in 万元 whose rounding reaches 0 together."""
    before = [fact("spending", n, year=2019, key=f"b{n}", quantum=1_000_000) for n in (1, -1, 2, -1)]
    assert said(of_centre(fact("spending", 3), *before), GROWTH) == "支出3万元，比2019年增加2万元。"


def test_a_difference_too_small_to_print_is_no_increase_of_zero() -> None:
    small = Fact("x", "spending", "joint", "centre", 2019, {}, 19_999_990, 0, fact().source)
    assert said(of_centre(fact("spending", 20), small), GROWTH) == "支出20万元，比2019年基本持平。"


def test_a_comparative_that_is_not_loaded_is_a_gap_and_no_zero() -> None:
    assert said(two_years(30, None), GROWTH) == "【缺少数据：支出决算】"


def test_a_sum_with_an_unknown_term_is_a_gap() -> None:
    sentence = """{id: a, text: "结余{rest}。",
        figures: {rest: {terms: [{measure: revenue}, {measure: spending, sign: -1}], label: 结余}}}"""
    assert said(of_centre(fact("revenue", 5)), sentence) == "【缺少数据：结余】"
    assert said(of_centre(fact("revenue", 5), fact("spending", 3)), sentence) == "结余2万元。"


def test_an_optional_comparison_is_left_out() -> None:
    sentence = """{id: a, text: "支出{now}{change}{rate}。", figures: {now: {measure: spending},
        before: {measure: spending, year: -1, optional: true},
        change: {change: [now, before], before: "，比{prior}年", optional: true}, rate: {growth: [now, before]}}}"""
    assert said(two_years(30, None), sentence) == "支出30万元。"
    assert said(two_years(30, 20), sentence) == "支出30万元，比2019年增加10万元，增长50%。"


def test_shares_and_completion() -> None:
    sentence = """{id: a, text: "项目{project}，占{share}{done}。", figures: {project: {measure: spending,
        where: {category: project}}, all: {measure: spending}, budget: {measure: budget},
        share: {share: [project, all], before: ""}, done: {completion: [project, budget], before: ，完成预算的}}}"""
    held = of_centre(
        fact("spending", 1, category="basic"), fact("spending", 2, category="project"), fact("budget", 4)
    )
    assert said(held, sentence) == "项目2万元，占66.67%，完成预算的50%。"
    nothing = of_centre(fact("spending", 1, category="basic"), fact("budget", 4))
    assert said(nothing, sentence) == "项目0万元，占0%，完成预算的0%。"


def test_counts_print_their_own_word() -> None:
    sentence = '{id: a, text: "车辆{n}。", figures: {n: {measure: vehicles, views: total, uom: 辆}}}'
    car = Fact("c", "vehicles", "joint", "centre", 2020, {}, 2, 0, fact().source, "辆")
    assert said(of_centre(car), sentence) == "车辆2辆。"
    assert said(of_centre(), sentence) == "【缺少数据：vehicles】"


@pytest.mark.parametrize(
    ("facts", "when", "unless"),
    [
        ((fact("spending", 5, fund="gov_fund"),), "支出5万元。", ""),
        ((fact("spending", 5, fund="general"),), "", "无支出。"),
        ((fact("spending", 0, fund="gov_fund"),), "", "无支出。"),
        ((), "", "【缺少数据：支出决算】"),
    ],
)
def test_a_sentence_may_depend_on_an_amount(facts: tuple[Fact, ...], when: str, unless: str) -> None:
    """Where nothing is loaded, not even that there was nothing may be said."""
    figure = "figures: {n: {measure: spending, where: {fund: gov_fund}}}"
    assert said(of_centre(*facts), f'{{id: a, when: n, text: "支出{{n}}。", {figure}}}') == when
    assert said(of_centre(*facts), f'{{id: a, when: not n, text: "无支出。", {figure}}}') == unless


LIST = """{id: a, text: "其中：{parts}。", figures: {parts: {measure: spending, list: [
    {label: 一般, where: {fund: general}}, {label: 基金, where: {fund: gov_fund}},
    {label: 其他, where: {fund: none}, always: true}]}}}"""


def test_a_list_leaves_out_what_is_zero_unless_it_is_always_said() -> None:
    assert said(of_centre(fact("spending", 5, fund="general")), LIST) == "其中：一般5万元，其他0万元。"
    only_zero = LIST.replace(", always: true", "")
    assert said(of_centre(fact("spending", 0, fund="general")), only_zero) == "其中：无。"


def test_a_list_of_what_the_margin_does_not_attest_is_a_gap() -> None:
    """The margin gives the total and no fund: to print 0 for every fund would be an invention."""
    held = of_centre(fact("spending", 5, view="function", function="2101506"))
    assert said(held, LIST) == "其中：【缺少数据：一般、基金、其他】。"


def test_names_of_what_has_an_amount() -> None:
    sentence = """{id: a, text: "包括：{names}。", figures: {names: {names: economic, level: 5, measure: spending,
        views: economic, where: {economic: "302"}}}}"""
    held = of_centre(
        fact(economic="30201"), fact(economic="3020101"), fact(economic="30217"), fact(economic="30101")
    )
    assert said(held, sentence) == "包括：办公费、公务接待费。"
    assert (
        said(of_centre(fact(view="function", function="2101506")), sentence)
        == "包括：【缺少数据：支出决算】。"
    )


def test_words_of_the_ledger_or_a_gap() -> None:
    sentence = '{id: a, text: "{body}", figures: {body: {text: duties}}}'
    texts = tuple(record("text", str(n), section="duties", text=t) for n, t in enumerate(("一。", "二。")))
    assert said(of_centre(records=texts), sentence) == "一。二。"
    assert said(of_centre(), sentence) == "【缺少说明文字：一】"


def test_the_paper_takes_its_own_units_words_before_those_of_units_below() -> None:
    sentence = '{id: a, text: "{body}", figures: {body: {text: duties}}}'
    below = record("text", "1", unit="centre", section="duties", text="中心职责。")
    own = record("text", "2", unit="dept", section="duties", text="全局职责。")
    assert said(of_department(records=(below, own)), sentence) == "全局职责。"
    assert said(of_department(records=(below,)), sentence) == "中心职责。"


REASON = GROWTH.replace('。",', '。{why}",').replace(
    "rate: {growth", "why: {reason: total, of: [now, before]}, rate: {growth"
)


def test_a_change_without_a_reason_is_a_gap() -> None:
    assert said(two_years(30, 20), REASON).endswith("增长50%。【缺少变动原因：支出决算】")


def test_a_gap_says_which_record_would_fill_it() -> None:
    (section,) = written(two_years(30, 20), f"[{{id: s, level: 1, heading: 一, sentences: [{REASON}]}}]")
    (gap,) = section.sentences[0].gaps
    assert (gap.record, gap.subject) == ("reason", "total")


def test_words_that_somebody_entered_are_told_from_those_of_the_template() -> None:
    """Their row is named, and the stop that is one too many is dropped without joining the two."""
    held = two_years(30, 20)
    reasons = (record("reason", "r", subject="total", text="业务量增加。"),)
    held = DepartmentYear(held.unit, 2020, held.kind, held.jurisdiction, held.units, held.facts, reasons)
    sentence = REASON.replace("{why}", "{why}。")
    (section,) = written(held, f"[{{id: s, level: 1, heading: 一, sentences: [{sentence}]}}]")
    spans = section.sentences[0].spans
    (entered,) = [span for span in spans if isinstance(span, Entered)]
    assert (entered, entered.record, entered.subject, entered.key) == ("业务量增加。", "reason", "total", "r")
    assert section.sentences[0].text.endswith("主要原因是：业务量增加。")


def test_a_reason_is_asked_only_where_something_changed() -> None:
    assert said(two_years(20, 20), REASON) == "支出20万元，比2019年持平。"
    held = two_years(30, 20)
    reasons = (record("reason", "r", subject="total", text="业务量增加。"),)
    told = DepartmentYear(held.unit, 2020, held.kind, held.jurisdiction, held.units, held.facts, reasons)
    assert said(told, REASON).endswith("增长50%。主要原因是：业务量增加。")


UNITS = """
- id: unit
  level: 2
  each: {dim: unit, measure: spending}
  heading: "{ordinal}、{name}"
  sentences:
    - {id: total, text: "{name}支出{n}。", figures: {n: {measure: spending}}}
    - id: project
      each: {dim: project, measure: spending, views: project}
      text: "{number}.{name}{n}{items}。"
      figures: {n: {measure: spending, views: project}, items: {costing: true}}
"""


def test_sections_and_sentences_repeat_for_what_is_found() -> None:
    held = of_department(
        fact("spending", 1, unit="main", project="p1"),
        fact("spending", 2, unit="main", project="p2"),
        fact("spending", 4, unit="centre", project="p1"),
        fact("costing", 1, unit="main", project="p2", view="project", key="c1"),
        records=(
            record("project", "p2", name="乙"),
            record("project", "p1", name="甲"),
            record("costing", "c1", item="宣传"),
        ),
    )
    found = written(held, UNITS)
    assert [s.heading for s in found] == ["一、局机关", "二、中心"]
    assert [s.text for s in found[0].sentences] == [
        "局机关支出3万元。",
        "1.乙2万元（包括：宣传1万元）。",
        "2.甲1万元。",
    ]
    assert [s.text for s in found[1].sentences] == ["中心支出4万元。", "1.甲4万元。"]
    addresses = [f.address for section in found for s in section.sentences for f in s.figures]
    assert len(set(addresses)) == len(addresses)
    assert addresses[:3] == [
        "说明[unit.main.total.n]",
        "说明[unit.main.project.p2.n]",
        "说明[unit.main.project.p2.item1]",
    ]


def test_stops_stay_single_where_a_part_is_left_out() -> None:
    sentence = """{id: a, text: "支出{n}，{change}。{why}。", figures: {n: {measure: spending},
        before: {measure: spending, year: -1, optional: true}, change: {change: [n, before], optional: true},
        why: {reason: x, of: [n, before]}}}"""
    assert said(two_years(5, None), sentence) == "支出5万元。"


def test_tables_and_terms_have_their_sections() -> None:
    found = written(
        of_centre(),
        "[{id: a, level: 1, heading: '{owner}{year}', tables: all}, {id: b, level: 2, heading: 表, tables: [表2]},"
        " {id: c, level: 1, heading: 名词, glossary: terms}]",
    )
    assert [(s.heading, s.tables) for s in found[:2]] == [("某中心2020", ("表1", "表2")), ("表", ("表2",))]
    assert [s.text for s in found[2].sentences] == ["（一）甲：乙"]


def test_an_amount_may_have_decimals_of_its_own() -> None:
    sentence = '{id: a, text: "{n}", figures: {n: {measure: spending, places: 0, before: 支出}}}'
    part = Fact("x", "spending", "joint", "centre", 2020, {}, 1_234_567_800, 0, fact().source)
    assert said(of_centre(part), sentence) == "支出1,235万元"
    assert said(of_centre(part), sentence.replace("places: 0", "strip: false")) == "支出1,234.57万元"
