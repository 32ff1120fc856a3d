"""Figures and claims read from sentences made by hand (虚构)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from tests.reading.narrative.paragraphs import document

from yiheng.facts.audit import Identity
from yiheng.facts.claims import ClaimKind, Claims, Direction, FigureKind, Role, Scope, Stage
from yiheng.facts.document import Place, ReadDocument, ReadParagraph
from yiheng.policy import Policy
from yiheng.reading.narrative import LEXICON, claims, validate
from yiheng.reading.narrative.plain import plain


def read(*paragraphs: str, year: int = 2023) -> Claims:
    return claims(document(paragraphs), Identity(year=year), Policy.load())


@pytest.mark.parametrize(
    ("printed", "made"),
    [
        ("增长 34.19 %", "增长34.19%"),
        ("服务项目 1 000 万元", "服务项目1000万元"),
        ("２０２３年预算１，２００万元", "2023年预算1，200万元"),
        ("共 2 10 家", "共2 10家"),
    ],
)
def test_blanks_and_full_width_signs(printed: str, made: str) -> None:
    assert plain(printed).text == made


def test_the_plain_text_leads_back_to_the_print() -> None:
    text = plain("支出 1 000.50 万元 。")
    start = text.text.index("1000")
    assert text.printed_part(start, start + 7) == "1 000.50"


def test_a_figure_knows_its_subject_stage_scope_year_and_direction() -> None:
    made = read(
        "（五）一般公共预算财政拨款支出决算情况",
        "卫生健康支出2022年年初预算数为81.57万元，调整预算数为19.2万元，比上年约增加3万元。",
    )
    first, second, third = made.figures
    assert (first.subject, first.stage, first.scope, first.year) == (
        "卫生健康支出年初预算",
        Stage.INITIAL,
        Scope.GENERAL,
        2022,
    )
    assert (second.value, second.places, second.unit, second.stage) == (
        Decimal("19.2"),
        1,
        "万元",
        Stage.ADJUSTED,
    )
    assert (third.role, third.direction, third.approximate) == (Role.CHANGE, Direction.UP, False)
    assert [f.kind for f in made.figures] == [FigureKind.AMOUNT] * 3


def test_dates_numbers_of_papers_and_of_lists_are_no_figures() -> None:
    made = read("1.根据深编〔2021〕125号，2023年5月1日起，全年预算120万元，其中3个项目。", "（3）见第2部分")
    assert [f.printed for f in made.figures] == ["120万元", "3个"]


def test_a_figure_stands_where_its_line_stands() -> None:
    text = "支出合计100万元，其中：基本支出60万元，项目支出40万元。"
    spots = ((0, Place(3, line=7)), (text.index("项目"), Place(4, line=8)))
    read_document = ReadDocument("a.txt", "text", (ReadParagraph(0, text, 0, spots),))
    made = claims(read_document, Identity(year=2023), Policy.load())
    assert [(f.printed, f.place.page, f.place.line) for f in made.figures] == [
        ("100万元", 3, 7),
        ("60万元", 3, 7),
        ("40万元", 4, 8),
    ]
    assert made.figures[2].quote == "项目支出40万元"


def test_a_change_is_of_the_topic_and_not_of_the_last_part() -> None:
    """The change after a list of parts is that of the project, as the 2023 budget writes it."""
    made = read(
        "2.经办管理预算5,788万元，根据有关规定设立。该项目主要包括：药品采购服务项目1,620万元；"
        "志愿服务经费36万元等。较2022年预算增加1,917万元，增长50%。"
    )
    growth = next(c for c in made.claims if c.kind is ClaimKind.GROWTH)
    assert [made.figures[i].printed for i in (*growth.left, *growth.right)] == [
        "1,917万元",
        "5,788万元",
        "50%",
    ]


def test_the_validator_names_what_the_words_lack() -> None:
    entry = Policy.load().get(LEXICON, "100000", date(2023, 1, 1))
    assert validate(entry, Policy.load()) == []
    broken = replace(entry, value={k: v for k, v in entry.value.items() if k != "share" and k != "flat"})
    (problem,) = validate(broken, Policy.load())
    assert "flat" in problem.reason


@pytest.mark.parametrize("year", [1999, 2014, 2100])
def test_a_paper_of_any_year_is_read(year: int) -> None:
    made = read("接待费1.30万元，比上年减少0.20万元，下降13.33%。", year=year)
    assert [claim.kind for claim in made.claims] == [ClaimKind.DIRECTION, ClaimKind.GROWTH]
