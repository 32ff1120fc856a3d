"""Self-evaluation sheets of the projects and the evaluation of the whole (自评表、部门整体评价): all invented."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from demo_year.book import CENTRE, DEPARTMENT, MAIN, YEAR, Book
from demo_year.goals import Keys, indicators_of
from demo_year.projects import PROJECTS, Project
from demo_year.reached import REACHED

FRAMEWORK: Final = "framework.department.system"
_OUTPUT, _BENEFIT, _PLEASED = Decimal(50), Decimal(30), Decimal(10)
"""Weights by level-1 indicator of 财预〔2020〕10号 beside 10 for execution; the first takes those of absent levels."""
_STEP = Decimal("0.5")
_SCORER = "虚构局绩效自评工作组"
_OUTCOMES: Final = {
    2: "完成两批飞行检查和八家机构审计（虚构）。",
    4: "各类业务按时限办结，档案整理少7万页（虚构）。",
    9: "完成中央下达任务，培训少两期（虚构）。",
    15: "主体改造完成，两个大厅的休息区移到下年（虚构）。",
}
# 取数项, 取数值, 说明
_INPUTS: Final = (
    ("key_work.unfinished", "0", "年度重点工作12项全部办结（虚构）"),
    ("projects.planned", "15", "年内计划完成的项目数（虚构）"),
    ("projects.done", "13", "档案整理和适老化改造没有按时完成（虚构）"),
)
# 评价指标, 评分要点, 人工评分, 理由
_JUDGED: Final = (
    ("process.compliance", "compliance", "4.5", "内部审计发现一笔差旅费附件不全，已补齐（虚构）"),
    ("effect.benefits", "effects", "11", "社会效益指标达到目标，基层排队时间改善不均衡（虚构）"),
)


def write_evaluations(book: Book, keys: Keys) -> None:
    """A sheet for each project and one for the whole."""
    for number, project in enumerate(PROJECTS, 1):
        _write_sheet(book, keys, number, project)
    _write_whole(book)


def _write_sheet(book: Book, keys: Keys, number: int, project: Project) -> None:
    unit, _ = keys[project.key, 1]
    sheet = book.add(
        "evaluations", unit=unit, year=YEAR, level="project", project=project.key,
        implementer={MAIN: "示例市医疗保障局（虚构）", CENTRE: "示例市医疗保障基金中心（虚构）"}[unit],
        goal=project.objective,
        outcome="青鸾：任务完成（虚构）。" if project.secret else _OUTCOMES.get(number, "年度目标完成（虚构）。"),
    )  # fmt: skip
    weights = _weights([level1 for level1, *_ in indicators_of(number)])
    for order, (reached, weight) in enumerate(zip(REACHED[number], weights, strict=True), 1):
        judged = reached.judged and weight * Decimal(reached.judged) / 100
        book.add(
            "evaluation_rows", unit=unit, year=YEAR, evaluation=sheet, indicator=keys[project.key, order][1],
            order=order, weight=weight, manual_score=f"{judged.normalize():f}" if judged else "",
            scorer=_SCORER if judged else "",
            manual_reason="按佐证材料和评分要点评定（虚构）" if judged else "", reason=reached.reason,
            sample=reached.sample or "", explanation=reached.explanation,
            evidence_kind="file" if judged else "", evidence="自评佐证材料（虚构）" if judged else "",
        )  # fmt: skip


def _weights(levels: list[str]) -> list[Decimal]:
    """Weights in half points that add up to 90: by level, and within a level the last takes what is left over."""
    full = {"产出指标": _OUTPUT, "成本指标": _OUTPUT, "效益指标": _BENEFIT, "满意度指标": _PLEASED}
    groups = ["产出指标" if level == "成本指标" else level for level in levels]
    present = {group: full[group] for group in groups}
    spare = _OUTPUT + _BENEFIT + _PLEASED - sum(present.values(), Decimal(0))
    present[groups[0]] += spare
    found = []
    for place, group in enumerate(groups):
        count = groups.count(group)
        share = (present[group] / count // _STEP) * _STEP
        last = place == max(at for at, each in enumerate(groups) if each == group)
        found.append(present[group] - share * (count - 1) if last else share)
    return found


def _write_whole(book: Book) -> None:
    sheet = book.add(
        "evaluations", unit=DEPARTMENT, year=YEAR, level="department", framework=FRAMEWORK,
        implementer="示例市医疗保障局（虚构）", outcome="各项职责履行到位，两个项目没有按时完成（虚构）。",
    )  # fmt: skip
    for name, value, note in _INPUTS:
        book.add(
            "criterion_inputs", unit=DEPARTMENT, year=YEAR, evaluation=sheet, name=name, value=value, ground="entered",
            note=note, evidence_kind="file", evidence="年度工作总结（虚构）",
        )  # fmt: skip
    for criterion, part, points, reason in _JUDGED:
        book.add(
            "criterion_scores", unit=DEPARTMENT, year=YEAR, evaluation=sheet, criterion=criterion, part=part,
            manual_score=points, ground="entered", scorer=_SCORER, reason=reason, evidence_kind="file",
            evidence="部门整体评价佐证材料（虚构）",
        )  # fmt: skip
