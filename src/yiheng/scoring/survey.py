"""Satisfaction surveys (满意度调查): counts by option → top-2-box composite, interval, warning. Never floats."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_EVEN, Context, Decimal
from fractions import Fraction
from typing import Any, Final

from yiheng.money import Rounding, is_number, round_to
from yiheng.policy import Entry, Policy
from yiheng.scoring.errors import ScoringError
from yiheng.scoring.reproduction import Verdict

SURVEY: Final = "score.profile.survey"
PRECISION: Final = 50
"""Significant digits of square roots; the ends of an interval are rounded to 12 decimals afterwards."""
_PLACES: Final = 12
_CONTEXT = Context(prec=PRECISION, rounding=ROUND_HALF_EVEN)


@dataclass(frozen=True, slots=True)
class Scale:
    """Options of a question and those that count as satisfied (计入满意的选项)."""

    options: tuple[str, ...]
    credited: frozenset[str]
    confidence: str
    z: Decimal
    entry: Entry

    @classmethod
    def of(cls, policy: Policy, jurisdiction: str, on: date, confidence: str = "") -> Scale:
        """The scale in force; `confidence` (90%, 95%, 99%) takes the place of the default level."""
        entry = policy.get(SURVEY, jurisdiction, on)
        value: Mapping[str, Any] = entry.value
        level = confidence or value["confidence"]
        if level not in value["z"]:
            raise ScoringError(f"置信水平 {level!r} 没有收录，可选：{'、'.join(value['z'])}。")
        credited = frozenset(value["credited"])
        return cls(tuple(value["options"]), credited, level, Decimal(value["z"][level]), entry)


@dataclass(frozen=True, slots=True)
class Question:
    """Valid answers to one question, by option."""

    text: str
    counts: Mapping[str, int]

    @property
    def answers(self) -> int:
        return sum(self.counts.values())


@dataclass(frozen=True, slots=True)
class Survey:
    """One group's questionnaire (问卷). `frame` is the number of persons in the sampling frame, if known."""

    key: str
    group: str
    questions: tuple[Question, ...]
    issued: int | None = None
    """Questionnaires sent out."""
    answers: int | None = None
    """Valid questionnaires returned."""
    frame: int | None = None


@dataclass(frozen=True, slots=True)
class SurveyResult:
    """Rates as exact fractions; the interval is that of the composite."""

    survey: Survey
    rates: tuple[Fraction, ...]
    """Top-2-box rate of each question."""
    composite: Fraction
    """Mean over the questions (综合满意度)."""
    response_rate: Fraction | None
    low: Decimal
    high: Decimal
    confidence: str
    finite: bool
    """Whether the finite population correction (有限总体修正) was applied."""

    @property
    def silent(self) -> int | None:
        """Questionnaires that did not come back valid (未回收份数); None where it is not known how many went out."""
        survey = self.survey
        return None if survey.issued is None or survey.answers is None else survey.issued - survey.answers

    @property
    def floor(self) -> Fraction | None:
        """The composite if nobody of the silent were satisfied: what non-response can cost at most."""
        return None if self.response_rate is None else self.composite * self.response_rate


def measure(survey: Survey, scale: Scale) -> SurveyResult:
    """Composite and interval. Raises `ScoringError` for unknown options, no answers, or more answers than persons."""
    problems = _problems(survey, scale)
    if problems:
        raise ScoringError("\n".join(problems))
    rates = tuple(
        Fraction(
            sum(n for option, n in question.counts.items() if option in scale.credited), question.answers
        )
        for question in survey.questions
    )
    composite = sum(rates, Fraction(0)) / len(rates)
    size = survey.answers or min(question.answers for question in survey.questions)
    low, high = interval(composite, size, scale.z, survey.frame)
    response = (
        Fraction(survey.answers, survey.issued) if survey.answers is not None and survey.issued else None
    )
    return SurveyResult(
        survey, rates, composite, response, low, high, scale.confidence, survey.frame is not None
    )


def interval(rate: Fraction, size: int, z: Decimal, frame: int | None = None) -> tuple[Decimal, Decimal]:
    """The Wilson interval (置信区间) of a rate from `size` answers; with `frame` persons the size is corrected.

    The correction uses the effective size n·(N−1)/(N−n); when everybody answered the interval is the rate itself.
    Decimal arithmetic of 50 digits, ends rounded to 12 decimals. A composite of several questions is treated as one
    question of that rate, which is wider than the truth where the answers differ.
    """
    if frame is not None and size >= frame:
        point = round_to(rate, _PLACES)
        return point, point
    effective = Fraction(size) if frame is None else Fraction(size * (frame - 1), frame - size)
    p, n = _decimal(rate), _decimal(effective)
    square = _CONTEXT.multiply(z, z)
    inner = _CONTEXT.add(
        _CONTEXT.divide(_CONTEXT.multiply(p, _CONTEXT.subtract(Decimal(1), p)), n),
        _CONTEXT.divide(square, _CONTEXT.multiply(Decimal(4), _CONTEXT.multiply(n, n))),
    )
    half = _CONTEXT.multiply(z, _CONTEXT.sqrt(inner))
    centre = _CONTEXT.add(p, _CONTEXT.divide(square, _CONTEXT.multiply(Decimal(2), n)))
    scale = _CONTEXT.add(Decimal(1), _CONTEXT.divide(square, n))
    low = _CONTEXT.divide(_CONTEXT.subtract(centre, half), scale)
    high = _CONTEXT.divide(_CONTEXT.add(centre, half), scale)
    # As fractions: round_to refuses decimals as far from zero as 1E-50.
    ends = max(Fraction(0), Fraction(low)), min(Fraction(1), Fraction(high))
    return round_to(ends[0], _PLACES), round_to(ends[1], _PLACES)


def uncertain(result: SurveyResult, target: Fraction) -> str:
    """A warning where the target lies inside the interval; "" where the sample decides."""
    if not result.low < target <= result.high:
        return ""
    sizes = f"{_percent(result.low)}—{_percent(result.high)}"
    return (
        f"目标 {_percent(target)} 落在{result.confidence}置信区间 {sizes} 之内："
        f"样本不足以判断是否达到，请扩大样本或说明。"
    )


def compare_composite(printed: str, composite: Fraction) -> Verdict:
    """A printed percentage (97.78%) against the composite: equal, equal only by truncation, or printed wrongly."""
    text = printed.strip().removesuffix("%")
    if not is_number(text):
        return Verdict.NOT_PRINTED
    value = Decimal(text)
    places = max(0, -int(value.as_tuple().exponent))
    if value == round_to(composite * 100, places):
        return Verdict.EQUAL
    cut = round_to(composite * 100, places, Rounding.DOWN)
    return Verdict.TRUNCATED if value == cut else Verdict.WRONG


def counts_from_percents(percents: Sequence[tuple[str, str]], answers: int) -> dict[str, int]:
    """The only whole counts that print as the given percentages. Raises `ScoringError` where none or several do.

    `percents` are (option, "81.25%").
    """
    found: dict[str, int] = {}
    for option, printed in percents:
        text = printed.removesuffix("%")
        places = len(text.partition(".")[2])
        fits = [
            n for n in _near(text, answers) if round_to(Fraction(n * 100, answers), places) == Decimal(text)
        ]
        if len(fits) != 1:
            raise ScoringError(
                f"选项“{option}”的 {printed} 在 {answers} 份中对应 {len(fits)} 个人数，无法还原。"
            )
        found[option] = fits[0]
    if sum(found.values()) != answers:
        raise ScoringError(f"还原的人数合计 {sum(found.values())}，与 {answers} 份不符。")
    return found


def _near(text: str, answers: int) -> list[int]:
    about = int(Fraction(text) * answers / 100)
    reach = range(about - answers, about + answers + 1) if answers < 3 else range(about - 2, about + 3)
    return [n for n in reach if 0 <= n <= answers]


def _problems(survey: Survey, scale: Scale) -> list[str]:
    found = []
    if not survey.questions:
        found.append(
            f"问卷 {survey.key}（{survey.group}）还没有答卷，没有题目可算。请计入答卷，或删去这份问卷。"
        )
    for question in survey.questions:
        strange = sorted(question.counts.keys() - set(scale.options))
        if strange:
            found.append(f"问卷 {survey.key} 题“{question.text}”：选项 {'、'.join(strange)} 不在量表中。")
        if any(n < 0 for n in question.counts.values()):
            found.append(f"问卷 {survey.key} 题“{question.text}”：人数不能是负数。")
        elif not question.answers:
            found.append(f"问卷 {survey.key} 题“{question.text}”：没有有效回答，满意度无法计算。")
        elif survey.answers is not None and question.answers > survey.answers:
            found.append(
                f"问卷 {survey.key} 题“{question.text}”：回答 {question.answers} 人，多于有效问卷 {survey.answers} 份。"
            )
    if survey.answers is not None and survey.issued is not None and survey.answers > survey.issued:
        found.append(f"问卷 {survey.key}：有效问卷 {survey.answers} 份，多于发放的 {survey.issued} 份。")
    if survey.frame is not None and survey.answers is not None and survey.answers > survey.frame:
        found.append(f"问卷 {survey.key}：有效问卷 {survey.answers} 份，多于抽样框 {survey.frame} 人。")
    return found


def _decimal(value: Fraction) -> Decimal:
    return _CONTEXT.divide(Decimal(value.numerator), Decimal(value.denominator))


def _percent(value: Fraction | Decimal) -> str:
    return f"{round_to(Fraction(value) * 100, 2)}%"
