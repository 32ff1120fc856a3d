"""The sheets of performance (绩效工作表): objectives, indicators and tasks as printed."""

from __future__ import annotations

from typing import Final

from yiheng.facts.sheets import Choice, Sheet
from yiheng.ledger.forms import Help, sheet_of
from yiheng.ledger.intake import UNIT_SAMPLE

from . import models

DEPARTMENT, TASK, PROJECT = Choice("department", "部门"), Choice("task", "任务"), Choice("project", "项目")

SHEETS: Final[tuple[Sheet, ...]] = (
    sheet_of(
        models.Objective,
        "部门、任务或项目的绩效目标，照原文填写。",
        {
            "level": Help("部门、任务或项目的目标。", "项目", choices=(DEPARTMENT, TASK, PROJECT)),
            "task": Help("任务的目标填“年度主要任务”表里的键。", refers="tasks"),
            "text": Help("目标原文。"),
        },
        ({"key": "mb-1", **UNIT_SAMPLE, "level": "项目", "project": "xm-01", "text": "保障信息系统稳定运行"},),
    ),
    sheet_of(
        models.Indicator,
        "绩效指标，指标值照原文填写，由系统解析。",
        {
            "level": Help("部门或项目的指标。", "项目", choices=(DEPARTMENT, PROJECT)),
            "level1": Help("一级指标。", "产出指标"),
            "level2": Help("二级指标。", "数量指标"),
            "level3": Help("三级指标。", "系统巡检次数"),
            "target": Help("指标值原文，如 ≥95%、≤5个工作日、2024年12月底前完成。", "≥12次", text_only=True),
            "explanation": Help("指标解释。"),
        },
        (
            {
                "key": "zb-1", **UNIT_SAMPLE, "level": "项目", "project": "xm-01", "level1": "产出指标",
                "level2": "数量指标", "level3": "系统巡检次数", "target": "≥12次",
            },
        ),
    ),
    sheet_of(
        models.Task,
        "年度主要任务。",
        {
            "name": Help("任务名称。", names_row=True),
            "project": Help("任务对应的项目；基本支出类任务空着。", "xm-01"),
            "category": Help("基本支出类任务填“基本支出”。", "基本支出", "category"),
            "content": Help("主要内容。"),
        },
        ({"key": "rw-1", **UNIT_SAMPLE, "name": "保障系统运行", "project": "xm-01", "content": "巡检和升级"},),
    ),
)  # fmt: skip
