"""Surveys (满意度调查): composites from the counts, with interval, response rate and what was printed.

1. gather the answers by question; 2. measure each group by the scale in force; 3. compare with target and print.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from yiheng.facts import DepartmentYear, Record
from yiheng.money import round_to
from yiheng.performance.surveys import surveys
from yiheng.policy import Policy
from yiheng.scoring.grammar import parse
from yiheng.scoring.lexicon import Lexicon
from yiheng.scoring.reproduction import Verdict
from yiheng.scoring.survey import Scale, SurveyResult, compare_composite, measure, uncertain


@dataclass(frozen=True, slots=True)
class Measured:
    """One group's result beside what a paper printed."""

    name: str
    result: SurveyResult
    printed: str
    verdict: Verdict
    warning: str
    """Where the target lies inside the interval; "" otherwise."""

    def data(self) -> dict[str, Any]:
        """As `survey --json` prints it; shares in percent with three decimals."""
        found = self.result
        return {
            "key": found.survey.key,
            "name": self.name,
            "group": found.survey.group,
            "answers": found.survey.answers,
            "response_rate": percent(found.response_rate),
            "composite": percent(found.composite),
            "confidence": found.confidence,
            "low": percent(Fraction(found.low)),
            "high": percent(Fraction(found.high)),
            "printed": self.printed,
            "verdict": self.verdict.value,
            "warning": self.warning,
            "questions": [
                {"question": question.text, "rate": percent(rate), "counts": dict(question.counts)}
                for question, rate in zip(found.survey.questions, found.rates, strict=True)
            ],
        }


def measure_all(
    department_year: DepartmentYear, policy: Policy, confidence: str = ""
) -> tuple[Measured, ...]:
    """Every survey of the department-year. Raises `ScoringError` with all defects of one."""
    return tuple(_measured(department_year, policy, confidence))


def _measured(department_year: DepartmentYear, policy: Policy, confidence: str) -> Iterator[Measured]:
    day = dt.date(department_year.year, 12, 31)
    scale = Scale.of(policy, department_year.jurisdiction, day, confidence)
    lexicon = Lexicon.of(policy, department_year.jurisdiction, day)
    for survey in surveys(department_year):
        record = department_year.record("survey", survey.key)
        assert record is not None
        result = measure(survey, scale)
        printed = record.get("printed_result")
        yield Measured(
            record.get("name"), result, printed, compare_composite(printed, result.composite),
            _warning(record, result, lexicon),
        )  # fmt: skip


def _warning(record: Record, result: SurveyResult, lexicon: Lexicon) -> str:
    if not record.get("target"):
        return ""
    quantities = parse(record.get("target"), lexicon, record.year).quantities
    return uncertain(result, quantities[0].value(lexicon)) if quantities else ""


def percent(value: Fraction | None) -> str | None:
    """A share in percent with three decimals, one more than papers print."""
    return None if value is None else f"{round_to(value * 100, 3)}%"
