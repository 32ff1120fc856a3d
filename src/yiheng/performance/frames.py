"""Judging the sampling frames of a content before they are written (抽样框装载前校验), against surveys and the ledger.

A survey has one frame, and what both of them say of population and seed is the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from yiheng.facts.sheets import SheetRow
from yiheng.ledger.models import current
from yiheng.ledger.sheets import shapes
from yiheng.ledger.validation.context import Rows
from yiheng.ledger.validation.problem import problem
from yiheng.reading.problems import Problem

from .entry import named_rows
from .models import Survey, SurveyFrame

SAME: Final = (("总体人数", "population", "size"), ("抽样种子", "seed", "seed"))
"""What it is → the column of the survey and that of its frame."""


def frame_problems(rows: Rows) -> Iterator[Problem]:
    """Every second frame of a survey, and every number in which a survey and its frame differ."""
    own = tuple(rows.get(SurveyFrame.sheet, ()))
    keys = {row.text("survey") for row in own} | {row.key for row in rows.get(Survey.sheet, ())}
    if not keys:
        return
    surveys = named_rows(rows, Survey, keys)
    seen: dict[str, str] = {}
    in_content = {row.key for row in rows.get(Survey.sheet, ())}
    for frame in (*_stored(keys, {row.key for row in own}), *own):
        key = frame.text("survey")
        if key in seen and frame in own:
            yield problem(
                frame,
                "抽样框重复",
                "survey",
                f"这份满意度调查已有抽样框 {seen[key]}",
                "一份问卷只留一行抽样框",
            )
        seen.setdefault(key, frame.key)
        survey = surveys.get(key)
        if survey is not None:
            yield from _differences(survey, frame, at_survey=frame not in own and survey.key in in_content)


def _stored(surveys: set[str], replaced: set[str]) -> Iterator[SheetRow]:
    """The frames that the ledger holds of these surveys, but those that the content brings anew."""
    shape = shapes()[SurveyFrame.sheet]
    for values in current(SurveyFrame).filter(survey__in=surveys).values_list(*shape.attributes):
        if shape.key(values) not in replaced:
            yield shape.row(values)


def _differences(survey: SheetRow, frame: SheetRow, *, at_survey: bool) -> Iterator[Problem]:
    for label, of_survey, of_frame in SAME:
        one, other = survey.values.get(of_survey), frame.values.get(of_frame)
        if one in (None, "") or other in (None, "") or one == other:
            continue
        row, column = (survey, of_survey) if at_survey else (frame, of_frame)
        yield problem(
            row, "抽样框与调查不符", column,
            f"“满意度调查”{survey.key} 的{label}是 {one}，“抽样框”{frame.key} 是 {other}",
            "改成一致，或清空“满意度调查”表的那一栏",
        )  # fmt: skip
