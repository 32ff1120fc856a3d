"""A department-year's surveys (满意度调查) and their sampling frames (抽样框) as `scoring` takes them. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from yiheng.facts import DepartmentYear, Record
from yiheng.scoring.errors import ScoringError
from yiheng.scoring.survey import Question, Survey


def surveys(department_year: DepartmentYear) -> tuple[Survey, ...]:
    """All surveys in the order of their records, with the answers counted by question and option.

    Raises `ScoringError` with every contradiction between a survey and its frame.
    """
    records = department_year.records_of("survey")
    problems = [problem for record in records for problem in _contradictions(record, department_year)]
    if problems:
        raise ScoringError("\n".join(problems))
    return tuple(_survey(record, department_year) for record in records)


def frames(department_year: DepartmentYear, survey: str) -> tuple[Record, ...]:
    """The frame of a survey; none, or more than one where it was entered twice."""
    return tuple(r for r in department_year.records_of("survey_frame") if r.get("survey") == survey)


def _contradictions(record: Record, department_year: DepartmentYear) -> Iterator[str]:
    """A survey has one frame, and what both of them say is the same."""
    found = frames(department_year, record.key)
    name = f"“满意度调查”{record.key}"
    if len(found) > 1:
        rows = "、".join(frame.key for frame in found)
        yield f"{name}在“抽样框”表有 {len(found)} 行（{rows}）。一份问卷只有一个抽样框，请删去多余的行。"
        return
    for frame in found:
        for label, own, other in (("总体人数", "population", "size"), ("抽样种子", "seed", "seed")):
            if record.get(own) and frame.get(other) and record.get(own) != frame.get(other):
                yield (
                    f"{name}的{label}是 {record.get(own)}，“抽样框”表 {frame.key} 写的是 {frame.get(other)}。"
                    "请改成一致，或清空“满意度调查”表的那一栏。"
                )


def _survey(record: Record, department_year: DepartmentYear) -> Survey:
    counts: dict[str, dict[str, int]] = {}
    own = [r for r in department_year.records_of("survey_answer") if r.get("survey") == record.key]
    for answer in sorted(own, key=lambda r: int(r.get("order"))):
        of_question = counts.setdefault(answer.get("question"), {})
        option = answer.get("option")
        of_question[option] = of_question.get(option, 0) + int(answer.get("count"))
    questions = tuple(Question(text, options) for text, options in counts.items())
    issued, answers, population = (_whole(record.get(name)) for name in ("issued", "returned", "population"))
    for frame in frames(department_year, record.key):
        population = int(frame.get("size"))
    return Survey(record.key, record.get("group"), questions, issued, answers, population)


def _whole(text: str) -> int | None:
    return int(text) if text else None
