"""What a framework asks people for (评价要填的内容): points of judged parts, and the inputs of computed ones."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction
from typing import Final

from yiheng.scoring.framework import Criterion, Part, PartKind
from yiheng.scoring.inputs import read_value
from yiheng.scoring.rowscore import show

ROLES: Final = {"input": "比率", "count": "项数", "numerator": "分子", "denominator": "分母"}
"""What an input is in the rule of its part."""
QUARTER: Final = "第{number}季度末的累计执行率"
WHOLE: Final = "整项评分"
TRUTH: Final = ("是", "否")


class Answer(Enum):
    """What kind of answer is asked for."""

    POINTS = "points"
    """Points that a person gives."""
    NUMBER = "number"
    """A number not below zero, or a percentage."""
    CHOICE = "choice"
    """One of the options."""
    TRUTH = "truth"
    """是 or 否."""


@dataclass(frozen=True, slots=True)
class Need:
    """One thing that is asked for, under the name that an input of the framework has."""

    name: str
    answer: Answer
    text: str
    most: Fraction | None = None
    """The full points, for points."""
    options: tuple[str, ...] = ()
    rate: bool = False
    """Whether the number is a share of 1."""

    @property
    def judged(self) -> bool:
        """Whether a person scores, and so says who, why and on what evidence."""
        return self.answer is Answer.POINTS

    @property
    def place(self) -> tuple[str, str]:
        """Criterion and part that the points are of."""
        criterion, _, part = self.name.partition("/")
        return criterion, part

    def problem(self, text: str) -> str:
        """Why the text is no answer, in Chinese; empty where it is one. Nothing typed is no problem."""
        if not text:
            return ""
        if self.options:
            return "" if text in self.options else f"“{text}”不在可选项中，可选：{'、'.join(self.options)}。"
        value = read_value(text)
        if not isinstance(value, Fraction) or value < 0:
            return f"“{text}”不是非负数，请填数字" + ("。" if self.judged else "或百分数。")
        if self.most is not None and value > self.most:
            return f"得分 {text} 超过分值 {show(self.most)}，请改小。"
        return ""


def needs(criterion: Criterion) -> Iterator[Need]:
    """What the criterion asks for, in its order; one that a person scores as a whole has a single answer."""
    if criterion.veto:
        yield Need(criterion.veto, Answer.TRUTH, criterion.veto_text, options=TRUTH)
    if criterion.judged and not criterion.parts:
        yield whole(criterion)
    for part in criterion.parts:
        if not part.kind.computed:
            yield points(criterion, part)
        elif part.kind is PartKind.CHOICE:
            yield Need(part.spec["input"], Answer.CHOICE, part.text, options=tuple(part.spec["options"]))
        elif part.kind is PartKind.PACE:
            for number, name in enumerate(part.inputs):
                yield Need(name, Answer.NUMBER, QUARTER.format(number="一二三四"[number]), rate=True)
        else:
            for role, label in ROLES.items():
                if role in part.spec:
                    yield Need(
                        part.spec[role], Answer.NUMBER, f"{part.text}（{label}）", rate=role == "input"
                    )


def whole(criterion: Criterion) -> Need:
    """The points of a judged criterion as one answer."""
    return Need(criterion.id, Answer.POINTS, WHOLE, criterion.weight)


def points(criterion: Criterion, part: Part) -> Need:
    """The points of one part."""
    return Need(f"{criterion.id}/{part.id}", Answer.POINTS, part.text, part.points)
