"""What the scores let a report say (可说的事实): named words and figures, and the conditions that hold.

The words of a sentence stand in `policy`; here is only what may be named in it, so that text and tables cannot differ.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Final

from yiheng.facts import Term
from yiheng.money import Amount, format_percent
from yiheng.scoring.department import CriterionScore
from yiheng.scoring.reproduction import SheetReproduction, Verdict
from yiheng.scoring.rowscore import show
from yiheng.scoring.whole import Whole
from yiheng.statements.evaluation.draw import PENDING
from yiheng.statements.evaluation.framework import ASSUMED, assumed, inputs_of
from yiheng.statements.evaluation.judged import Judged, SurveyPart, deductions
from yiheng.statements.evaluation.lists import total_lost, why
from yiheng.statements.evaluation.notes import beside
from yiheng.statements.evaluation.surveys import composite_text, interval_text
from yiheng.statements.figures import Figures
from yiheng.statements.narrative_spec import AmountSpec, Shown
from yiheng.statements.template import TermSpec
from yiheng.statements.words import ordinal


@dataclass(frozen=True, slots=True)
class Told:
    """A figure that a sentence may say, with how it came about."""

    text: str
    rule: str = ""
    amount: Amount | None = None
    terms: tuple[Term, ...] = ()


Said = str | Told | tuple[str | Told, ...]


@dataclass(frozen=True, slots=True)
class Setting:
    """What may be named where a sentence is said once, and the conditions that hold there."""

    key: str
    words: Mapping[str, Said]
    flags: frozenset[str]


_COMMON: Final = frozenset({"year", "prior", "owner", "department"})
WORDS: Final[Mapping[str, frozenset[str]]] = {
    "": frozenset(
        {"projects_count", "indicators_count", "met_count", "unmet_count", "open_count",
         "framework", "total", "weight", "total_printed", "open_criteria", "surveys_count", "answers", "findings_count"}
    ),
    "projects": frozenset(
        {"number", "ordinal", "name", "total", "weights", "printed", "budget", "executed", "rate", "lost",
         "deductions", "deductions_count"}
    ),
    "grades": frozenset({"number", "ordinal", "grade", "names", "count"}),
    "groups": frozenset({"number", "ordinal", "name", "total", "weight", "rate"}),
    "criteria": frozenset({"number", "ordinal", "name", "total", "weight", "lost", "reason"}),
    "surveys": frozenset(
        {"number", "ordinal", "group", "answers", "composite", "low_high", "confidence", "printed",
         "warning"}
    ),
}  # fmt: skip
"""What sentences may name: those said once, and those said for each project, group, criterion or survey."""
EACH: Final[Mapping[str, str]] = {
    "projects": "projects", "lost_projects": "projects", "full_projects": "projects", "grades": "grades",
    "groups": "groups", "lost_criteria": "criteria", "assumed_criteria": "criteria", "surveys": "surveys",
}  # fmt: skip
"""What a sentence may be said for each of, with the words that it may name there."""
FLAGS: Final = frozenset(
    {"projects", "all_met", "department", "complete", "printed", "assumed", "surveys", "warning",
     "findings", "open", "scored"}
)  # fmt: skip
"""Conditions under which a sentence may be said."""


_OF_ITEMS: Final = frozenset({"printed", "complete", "assumed", "warning"})
"""Conditions that are about the item itself where a sentence is repeated."""


def allowed(each: str) -> frozenset[str]:
    """The names that a sentence may use."""
    return _COMMON | WORDS[""] | (WORDS[EACH[each]] if each else frozenset())


class Telling:
    """What one judged department-year lets its report say."""

    def __init__(self, judged: Judged, figures: Figures) -> None:
        self._judged = judged
        self._figures = figures
        self.once = self._once()

    def each(self, name: str) -> Iterator[Setting]:
        """The settings of a sentence that is repeated; once where it is not."""
        if not name:
            yield self.once
            return
        general = self.once.flags - _OF_ITEMS
        for number, (key, words, flags) in enumerate(self._each(name), 1):
            counted: dict[str, Said] = {"number": str(number), "ordinal": ordinal(number)}
            yield Setting(key, {**self.once.words, **counted, **words}, general | frozenset(flags))

    def _each(self, name: str) -> Iterator[tuple[str, Mapping[str, Said], set[str]]]:
        judged = self._judged
        whole = judged.department
        if name in ("projects", "lost_projects", "full_projects"):
            for found in judged.projects:
                lost = bool(deductions(found.score))
                shown = {"lost_projects": lost, "full_projects": not lost and found.score.total is not None}
                if shown.get(name, True):
                    yield self._project(found)
        elif name == "grades":
            yield from _grades(judged)
        elif name == "surveys":
            yield from (_survey(part) for part in judged.surveys)
        elif whole is not None and name == "groups":
            yield from _groups(whole)
        elif whole is not None:
            for row in whole.scored:
                if (name == "assumed_criteria" and row.assumed) or (name == "lost_criteria" and _lost(row)):
                    yield self._criterion(row)

    def _once(self) -> Setting:
        judged = self._judged
        rows = [row for found in judged.projects for row in found.score.rows if row.weight]
        unmet = [row for row in rows if row.lost > 0]
        pending = [row for row in rows if row.points is None]
        words: dict[str, Said] = dict(self._figures.words.placeholders())
        words |= {
            "projects_count": _count(len(judged.projects)),
            "indicators_count": _count(len(rows)),
            "met_count": _count(len(rows) - len(unmet) - len(pending)),
            "unmet_count": _count(len(unmet)),
            "open_count": _count(len(pending)),
            "surveys_count": _count(len(judged.surveys)),
            "answers": _count(sum(part.result.survey.answers or 0 for part in judged.surveys)),
            "findings_count": _count(len(judged.findings)),
            "framework": "", "total": "", "weight": "", "total_printed": "", "open_criteria": "",
        }  # fmt: skip
        if judged.department is not None:
            words |= _department(judged.department)
        return Setting("", words, frozenset(self._flags(bool(pending))))

    def _flags(self, pending: bool) -> Iterator[str]:
        judged, whole = self._judged, self._judged.department
        holds = {
            "projects": bool(judged.projects),
            "all_met": judged.all_met,
            "department": whole is not None,
            "complete": whole is not None and whole.score.total is not None,
            "scored": whole is not None and bool(whole.scored),
            "printed": whole is not None and bool(whole.printed_total),
            "assumed": whole is not None and any(row.assumed for row in whole.score.criteria),
            "surveys": bool(judged.surveys),
            "findings": bool(judged.findings),
            "open": pending or any(found.score.total is None for found in judged.projects),
        }
        return (name for name, held in holds.items() if held)

    def _project(self, found: SheetReproduction) -> tuple[str, Mapping[str, Said], set[str]]:
        score = found.score
        done = score.execution
        lost = deductions(score)
        words: dict[str, Said] = {
            "name": score.sheet.name,
            "total": _points(score.total, "各行得分之和"),
            "weights": Told(show(score.weights), "各行分值之和"),
            "printed": beside(found.total.printed, found.total.computed, found.total.verdict),
            "budget": self._money("budget_adjusted", score.sheet.project),
            "executed": self._money("spending", score.sheet.project),
            "rate": ""
            if done.exact_rate is None
            else Told(format_percent(done.exact_rate), "全年执行数 ÷ 全年预算数"),
            "lost": Told(str(total_lost(found)), "各行扣分之和"),
            "deductions": tuple(_deductions(found)),
            "deductions_count": _count(len(lost)),
        }
        return score.sheet.key, words, {"printed"} if found.total.printed else set()

    def _money(self, measure: str, project: str) -> Said:
        spec = AmountSpec((TermSpec((measure,), year=0),), ("project",), (("project", (project,)),))
        found = self._figures.find(spec)
        if not found.known:
            return "未录入"
        text = self._figures.look.of(Shown()).text(found.amount.fen, found.uom)
        return Told(text, found.rule, found.amount, tuple(found.terms))

    def _criterion(self, row: CriterionScore) -> tuple[str, Mapping[str, Said], set[str]]:
        weight = row.criterion.weight or Fraction(0)
        reasons = [item.reason for _, item in inputs_of(row) if item.reason]
        words: dict[str, Said] = {
            "name": row.criterion.name,
            "total": _points(row.points, "；".join(map(self._judged.plain, row.steps))),
            "weight": show(weight),
            "lost": Told(show(weight - Fraction(row.points or 0)), "分值 － 得分"),
            "reason": self._judged.plain(
                assumed(row).removeprefix(ASSUMED) if row.assumed else "；".join(dict.fromkeys(reasons))
            ),
        }
        return row.criterion.id, words, {"assumed"} if row.assumed else set()


def _deductions(found: SheetReproduction) -> Iterator[str | Told]:
    """All deductions of a project one after the other: row, points, reason."""
    for n, lost in enumerate(deductions(found.score)):
        yield f"{'；' if n else ''}“{lost.name}”扣"
        yield Told(str(lost.lost), "；".join(lost.steps))
        yield f"分（{why(lost)}）"


def _lost(row: CriterionScore) -> bool:
    return row.exact is not None and row.criterion.weight is not None and row.exact < row.criterion.weight


def _department(whole: Whole) -> Mapping[str, Said]:
    framework = whole.score.framework
    total = whole.score.total
    printed = whole.printed_total
    verdict = Verdict.EQUAL if printed and total is not None and Decimal(printed) == total else Verdict.WRONG
    return {
        "framework": framework.title,
        "total": Told(str(whole.total), f"{framework.title}（{framework.id}）：各项得分之和"),
        "weight": show(whole.weight),
        "total_printed": printed if total is None else beside(printed, total, verdict),
        "open_criteria": "、".join(row.criterion.name for row in whole.open),
    }


def _grades(judged: Judged) -> Iterator[tuple[str, Mapping[str, Said], set[str]]]:
    """The projects of each grade, from the best grade down; nothing where the rule has no grades."""
    found: dict[str, list[str]] = {}
    for grade in [band.name for project in judged.projects for band in project.score.rule.grades]:
        found.setdefault(grade, [])
    for project in judged.projects:
        if project.score.grade:
            found[project.score.grade].append(project.score.sheet.name)
    for grade, names in found.items():
        if names:
            yield grade, {"grade": grade, "names": "、".join(names), "count": _count(len(names))}, set()


def _groups(whole: Whole) -> Iterator[tuple[str, Mapping[str, Said], set[str]]]:
    score = whole.score
    for name in dict.fromkeys(row.criterion.level1 for row in score.criteria):
        own = [row for row in score.criteria if row.criterion.level1 == name]
        full = sum((row.criterion.weight or Fraction(0) for row in own), Fraction(0))
        points = score.group(name)
        rate = format_percent(Fraction(points) / full) if points is not None and full else PENDING
        words: dict[str, Said] = {
            "name": name, "total": _points(points, "各项得分之和"), "weight": show(full),
            "rate": Told(rate, "得分 ÷ 分值"),
        }  # fmt: skip
        yield name, words, {"complete"} if points is not None else set()


def _survey(part: SurveyPart) -> tuple[str, Mapping[str, Said], set[str]]:
    survey = part.result.survey
    words: dict[str, Said] = {
        "group": survey.group,
        "answers": PENDING if survey.answers is None else _count(survey.answers),
        "composite": Told(composite_text(part), "各题满意率的平均"),
        "low_high": interval_text(part),
        "confidence": part.result.confidence,
        "printed": beside(part.printed, None, part.verdict)
        if part.verdict is Verdict.NOT_PRINTED
        else f"原件印出 {part.printed}，{_VERDICTS[part.verdict]}",
        "warning": part.warning,
    }
    flags = {name for name, held in (("warning", part.warning), ("printed", part.printed)) if held}
    return survey.key, words, flags


_VERDICTS: Final = {
    Verdict.EQUAL: "与计算一致", Verdict.TRUNCATED: "只因截断而相等", Verdict.WRONG: "原件印错",
    Verdict.OPEN: "没有计算值可比",
}  # fmt: skip


def _count(value: int) -> Told:
    return Told(str(value))


def _points(value: Decimal | None, rule: str) -> Said:
    return PENDING if value is None else Told(str(value), rule)
