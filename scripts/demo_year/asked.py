"""Surveys (满意度调查) with answers by option: counts only, all invented."""

from __future__ import annotations

from typing import Final

from demo_year.book import CENTRE, MAIN, YEAR, Book

_OPTIONS: Final = ("非常满意", "满意", "比较满意", "不满意")
# 单位, 名称, 对象, 总体人数, 发放, 回收, 目标值, 各题（问题, 各选项人数）
_SURVEYS: Final = (
    (CENTRE, "参保人满意度调查（虚构）", "参保人", 820_000, 420, 396, "≥90%", (
        ("您对服务窗口的办理速度是否满意", (231, 139, 21, 5)),
        ("您对工作人员的服务态度是否满意", (252, 121, 18, 5)),
        ("您对报销流程的说明是否满意", (218, 149, 22, 7)))),
    (MAIN, "定点机构满意度调查（虚构）", "定点机构", 2_140, 150, 132, "≥85%", (
        ("您对政策解释是否满意", (61, 58, 10, 3)),
        ("您对费用结算的及时性是否满意", (58, 60, 11, 3)))),
    (CENTRE, "失能人员家属满意度调查（虚构）", "失能人员家属", 3_260, 230, 210, "≥88%", (
        ("您对评估服务是否满意", (112, 78, 15, 5)),)),
)  # fmt: skip


_FRAMES: Final = {"参保人": "insured", "定点机构": "providers"}
"""Groups whose sample was drawn from a list; its keys are nobody's and are not kept."""
SEED: Final = "demo-2024"


def write_surveys(book: Book) -> None:
    """Each survey with its answers counted by question and option."""
    for unit, name, group, population, issued, returned, target, questions in _SURVEYS:
        survey = book.add(
            "surveys", unit=unit, year=YEAR, name=name, group=group, population=population, issued=issued,
            returned=returned, seed=SEED, target=target,
        )  # fmt: skip
        if group in _FRAMES:
            book.add(
                "survey_frames", unit=unit, year=YEAR, survey=survey, group=_FRAMES[group], method="simple",
                size=population, sample=issued, seed=SEED, dated="2024-10-31",
            )  # fmt: skip
        order = 0
        for question, counts in questions:
            for option, count in zip(_OPTIONS, counts, strict=True):
                order += 1
                book.add(
                    "survey_answers", unit=unit, year=YEAR, survey=survey, order=order, question=question,
                    option=option, count=count,
                )  # fmt: skip
