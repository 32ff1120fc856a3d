"""Surveys (满意度调查): composites from the counts, with interval, response rate and what was printed.

1. gather the answers by question; 2. measure each group by the scale in force; 3. compare with target and print;
4. for a wished margin, say how many answers it needs.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from fractions import Fraction
from typing import Any

from yiheng.facts import DepartmentYear, Record
from yiheng.money import round_to
from yiheng.performance.surveys import frames, surveys
from yiheng.policy import Policy
from yiheng.scoring.grammar import parse
from yiheng.scoring.lexicon import Lexicon
from yiheng.scoring.reproduction import Verdict
from yiheng.scoring.sampling import answers_needed, to_send
from yiheng.scoring.survey import (
    Question,
    Scale,
    Survey,
    SurveyResult,
    compare_composite,
    measure,
    uncertain,
)


@dataclass(frozen=True, slots=True)
class Needed:
    """What a wished margin needs (所需样本量)."""

    answers: int
    """Valid answers."""
    issued: int
    """Questionnaires to send out, at the response rate of this survey where it is known."""


@dataclass(frozen=True, slots=True)
class Measured:
    """One group's result beside what a paper printed."""

    name: str
    result: SurveyResult
    printed: str
    verdict: Verdict
    warning: str
    """Where the target lies inside the interval; "" otherwise."""
    frame: Record | None = None
    """The sampling frame, where one was entered."""
    needed: Needed | None = None
    """For the margin that was asked for."""

    @property
    def notices(self) -> tuple[str, ...]:
        """What a reader of the result should know: the silent, the correction, who was asked beyond the sample."""
        found, survey = self.result, self.result.survey
        told = []
        if (
            self.frame is not None
            and survey.issued is not None
            and survey.issued != int(self.frame.get("sample"))
        ):
            told.append(
                f"发放 {survey.issued} 份，抽样框登记的样本量是 {self.frame.get('sample')}，请说明差别。"
            )
        if found.silent:
            told.append(
                f"{found.silent} 份没有回收。未答的若都不满意，综合满意度只有 {percent(found.floor)}。"
            )
        if found.finite:
            told.append(f"置信区间按抽样框 {survey.frame} 作了有限总体修正。")
        return tuple(told)

    def data(self) -> dict[str, Any]:
        """As `survey --json` prints it; shares in percent with three decimals."""
        found = self.result
        return {
            "key": found.survey.key,
            "name": self.name,
            "group": found.survey.group,
            "answers": found.survey.answers,
            "issued": found.survey.issued,
            "response_rate": percent(found.response_rate),
            "silent": found.silent,
            "composite": percent(found.composite),
            "floor": percent(found.floor),
            "confidence": found.confidence,
            "low": percent(Fraction(found.low)),
            "high": percent(Fraction(found.high)),
            "population": found.survey.frame,
            "corrected": found.finite,
            "frame": None if self.frame is None else frame_data(self.frame),
            "needed": None if self.needed is None else asdict(self.needed),
            "printed": self.printed,
            "verdict": self.verdict.value,
            "warning": self.warning,
            "notices": list(self.notices),
            "questions": [
                {"question": question.text, "rate": percent(rate), "counts": dict(question.counts)}
                for question, rate in zip(found.survey.questions, found.rates, strict=True)
            ],
        }


def measure_all(
    department_year: DepartmentYear,
    policy: Policy,
    confidence: str = "",
    margin: Fraction | None = None,
    *,
    answered: bool = False,
) -> tuple[Measured, ...]:
    """Every survey of the department-year. Raises `ScoringError` with all defects of one.

    With `answered`, those that wait for their first answer are left out instead of being a defect.
    """
    return tuple(_measured(department_year, policy, confidence, margin, answered))


def collected(
    counts: Mapping[str, Mapping[str, int]], answers: int, policy: Policy, jurisdiction: str, on: dt.date
) -> SurveyResult:
    """What has come in on a public page so far: option counts by question. Raises `ScoringError`."""
    questions = tuple(Question(text, options) for text, options in counts.items())
    return measure(Survey("", "", questions, answers=answers), Scale.of(policy, jurisdiction, on))


def options(policy: Policy, jurisdiction: str, on: dt.date) -> tuple[str, ...]:
    """The options of a question by the scale in force. Raises `PolicyNotInForce`."""
    return Scale.of(policy, jurisdiction, on).options


def _measured(
    department_year: DepartmentYear, policy: Policy, confidence: str, margin: Fraction | None, answered: bool
) -> Iterator[Measured]:
    day = dt.date(department_year.year, 12, 31)
    scale = Scale.of(policy, department_year.jurisdiction, day, confidence)
    lexicon = Lexicon.of(policy, department_year.jurisdiction, day)
    for survey in surveys(department_year):
        if answered and not survey.questions:
            continue
        record = department_year.record("survey", survey.key)
        assert record is not None
        result = measure(survey, scale)
        printed = record.get("printed_result")
        yield Measured(
            record.get("name"), result, printed, compare_composite(printed, result.composite),
            _warning(record, result, lexicon), next(iter(frames(department_year, survey.key)), None),
            None if margin is None else _needed(result, scale, margin),
        )  # fmt: skip


def _needed(result: SurveyResult, scale: Scale, margin: Fraction) -> Needed:
    answers = answers_needed(margin, Fraction(scale.z), result.survey.frame)
    return Needed(answers, to_send(answers, result.response_rate, result.survey.frame))


def frame_data(frame: Record) -> dict[str, Any]:
    """A sampling frame as JSON shows it."""
    return {
        "key": frame.key, "group": frame.get("group"), "method": frame.get("method"),
        "size": int(frame.get("size")), "sample": int(frame.get("sample")), "seed": frame.get("seed"),
        "dated": frame.get("dated"), "digest": frame.get("digest"),
    }  # fmt: skip


def _warning(record: Record, result: SurveyResult, lexicon: Lexicon) -> str:
    if not record.get("target"):
        return ""
    quantities = parse(record.get("target"), lexicon, record.year).quantities
    return uncertain(result, quantities[0].value(lexicon)) if quantities else ""


def percent(value: Fraction | None) -> str | None:
    """A share in percent with three decimals, one more than papers print."""
    return None if value is None else f"{round_to(value * 100, 3)}%"
