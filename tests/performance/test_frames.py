"""Sampling frames: what a row must carry, and that no answer can be joined to a key."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, transaction
from tests.ledger.builders import Content, content, load, row

from yiheng.ledger import operations
from yiheng.ledger import queries as ledger
from yiheng.ledger.errors import InvalidContent
from yiheng.ledger.models import Load
from yiheng.performance.models import SurveyAnswer, SurveyFrame
from yiheng.performance.surveys import frames, surveys
from yiheng.performance.validation import sheet_problems
from yiheng.policy import Policy
from yiheng.scoring.errors import ScoringError

pytestmark = pytest.mark.django_db


def frame(key: str = "f1", **values: Any) -> Any:
    given = {
        "survey": "s1",
        "group": "insured",
        "method": "simple",
        "size": 12000,
        "sample": 400,
        "seed": "2024-cbr",
    }
    return row("survey_frames", key, **{**given, **values})


def sheets(*frames: Any, **survey: Any) -> Content:
    return content(
        row("surveys", "s1", name="调查", group="参保人", **survey),
        row("survey_answers", "s1-1", survey="s1", question="满意吗", option="满意", count=7),
        *frames,
        kinds=("performance",),
    )


def test_the_frame_gives_the_survey_its_population() -> None:
    load(sheets(frame(), issued=10, returned=7))
    paper = ledger.department_year("bureau", 2024, "performance")
    (survey,) = surveys(paper)
    (found,) = frames(paper, "s1")
    assert survey.frame == 12000
    assert (found.get("sample"), found.get("seed"), found.get("group")) == ("400", "2024-cbr", "insured")
    assert operations.plan(sheets(frame(), issued=10, returned=7)).is_empty


@pytest.mark.parametrize(
    ("bad", "kind", "column"),
    [
        (frame(sample=12001), "样本多于总体", "样本量"),
        (frame(sample=0), "抽样数量不对", "样本量"),
        (frame(seed=None), "缺少抽样种子", "抽样种子"),
        (frame(method="census"), "全面调查不抽样", "抽样种子"),
        (frame(method="census", seed=None), "全面调查不抽样", "样本量"),
    ],
    ids=lambda value: str(value)[:20],
)
def test_what_a_frame_lacks_is_said_by_column(bad: Any, kind: str, column: str) -> None:
    with pytest.raises(InvalidContent) as refused:
        operations.plan(sheets(bad))
    assert [(p.kind, p.column, p.row) for p in refused.value.problems] == [(kind, column, 4)]
    assert not Load.objects.exists()


def test_a_frame_of_no_survey_is_refused() -> None:
    with pytest.raises(InvalidContent, match="引用不存在"), transaction.atomic():
        load(sheets(frame(survey="nowhere")))


@pytest.mark.parametrize(
    "values", [{"sample": 13000}, {"seed": ""}, {"group": "all"}, {"method": "census"}], ids=str
)
def test_the_database_refuses_it_too(values: dict[str, Any]) -> None:
    load(sheets())
    sound = {"load": Load.objects.get(), "unit_id": "centre", "year": 2024, "survey": "s1", "group": "insured",
             "method": "simple", "size": 12000, "sample": 400, "seed": "s"}  # fmt: skip
    SurveyFrame.objects.create(key="a", **sound)
    with pytest.raises(IntegrityError), transaction.atomic():
        SurveyFrame.objects.create(key="b", **{**sound, **values})


def test_two_frames_or_other_numbers_are_a_contradiction() -> None:
    load(sheets(frame(), frame("f2"), population=100))
    with pytest.raises(ScoringError, match=r"有 2 行（f1、f2）"):
        surveys(ledger.department_year("bureau", 2024, "performance"))


def test_the_survey_and_its_frame_say_the_same() -> None:
    load(sheets(frame(), population=100, seed="别的"))
    with pytest.raises(ScoringError) as refused:
        surveys(ledger.department_year("bureau", 2024, "performance"))
    lines = str(refused.value).split("\n")
    assert ["总体人数是 100" in lines[0], "抽样种子是 别的" in lines[1], len(lines)] == [True, True, 2]


def told(rows: Content) -> list[tuple[str, str, int | None]]:
    return [(p.kind, p.column, p.row) for p in sheet_problems(rows, Policy.load())]


def test_contradictions_are_refused_before_anything_is_written() -> None:
    assert told(sheets(frame(), population=12000, seed="2024-cbr")) == []
    bad = sheets(frame(), frame("f2", seed="2024-cbr"), population=100, seed="别的")
    assert told(bad) == [
        ("抽样框与调查不符", "抽样框总数", 4),
        ("抽样框与调查不符", "抽样种子", 4),
        ("抽样框重复", "满意度调查", 5),
        ("抽样框与调查不符", "抽样框总数", 5),
        ("抽样框与调查不符", "抽样种子", 5),
    ]


def test_the_ledger_s_frame_counts_too() -> None:
    load(sheets(frame()))
    assert told(content(frame("f9"), kinds=("performance",))) == [("抽样框重复", "满意度调查", 2)]
    assert told(sheets(frame())) == []
    later = content(row("surveys", "s1", name="调查", group="参保人", population=7), kinds=("performance",))
    assert told(later) == [("抽样框与调查不符", "总体人数", 2)]


def test_no_answer_can_be_joined_to_whoever_was_asked() -> None:
    names = {field.name for field in SurveyAnswer._meta.get_fields()}
    assert names == {
        "id", "key", "version", "kind_of_row", "replaces", "replaced_by", "load", "position", "unit", "year",
        "document", "place", "survey", "order", "question", "option", "count", "printed_share",
    }  # fmt: skip
