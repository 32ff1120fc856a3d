"""A department-year's surveys (满意度调查) as `scoring` measures them. Pure."""

from __future__ import annotations

from yiheng.facts import DepartmentYear, Record
from yiheng.scoring.survey import Question, Survey


def surveys(department_year: DepartmentYear) -> tuple[Survey, ...]:
    """All surveys in the order of their records, with the answers counted by question and option."""
    return tuple(_survey(record, department_year) for record in department_year.records_of("survey"))


def _survey(record: Record, department_year: DepartmentYear) -> Survey:
    counts: dict[str, dict[str, int]] = {}
    own = [r for r in department_year.records_of("survey_answer") if r.get("survey") == record.key]
    for answer in sorted(own, key=lambda r: int(r.get("order"))):
        of_question = counts.setdefault(answer.get("question"), {})
        option = answer.get("option")
        of_question[option] = of_question.get(option, 0) + int(answer.get("count"))
    questions = tuple(Question(text, options) for text, options in counts.items())
    issued, answers, frame = (_whole(record.get(name)) for name in ("issued", "returned", "population"))
    return Survey(record.key, record.get("group"), questions, issued, answers, frame)


def _whole(text: str) -> int | None:
    return int(text) if text else None
