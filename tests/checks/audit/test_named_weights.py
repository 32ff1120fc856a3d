"""Weights printed in the names of indicators, 决策（20分）: they add up level by level, and bound the scores."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from tests.audit.drafts import WRITERS, Draft, Given, Over
from tests.checks.audit.papers import policy

from yiheng.checks.audit import audit
from yiheng.facts import Outcome
from yiheng.facts.audit import AuditFinding
from yiheng.pipelines.audit import subject_of
from yiheng.reading.documents import read_document

LEVELS, LIMIT = "audit.sheet.levels", "audit.sheet.limit"
NAMES = (
    ("决策", "20分", (("项目立项", "7分", (("立项依据充分性", "3", "3"), ("立项程序规范性", "4", "3"))),
                      ("绩效目标", "13分", (("绩效目标合理性", "6", "6"), ("绩效指标明确性", "7", "5"))))),
    ("过程", "28分", (("资金管理", "17分", (("资金到位率", "9", "9"), ("预算执行率", "8", "7.5"))),
                      ("组织实施", "11分", (("制度执行有效性", "11", "11"),)))),
)  # fmt: skip


def framework(own_column: bool = False, brackets: str = "（）") -> Draft:
    """Three levels of names, the last with its weight in its name or in a column; every name has other points."""

    def named(name: str, weight: str) -> str:
        return f"{name}{brackets[0]}{weight}{brackets[1]}"

    draft = Draft()
    draft.heading("2024年度岚州市医疗保障局项目支出绩效评价报告", 1)
    draft.say("附件1", "项目支出绩效评价指标评分表")
    weight: tuple[Given, ...] = ("分值",) if own_column else ()
    rows: list[tuple[Given, ...]] = [("一级指标", "二级指标", "三级指标", *weight, "得分")]
    for first, first_weight, seconds in NAMES:
        deep = sum(len(leaves) for *_, leaves in seconds)
        for s, (second, second_weight, leaves) in enumerate(seconds):
            for n, (leaf, points, score) in enumerate(leaves):
                outer: tuple[Given, ...] = ()
                if s == n == 0:
                    outer += (Over(named(first, first_weight), 1, deep),)
                if n == 0:
                    outer += (Over(named(second, second_weight), 1, len(leaves)),)
                shown = (leaf, points) if own_column else (named(leaf, f"{points}分"),)
                rows.append((*outer, *shown, score))
    total: tuple[Given, ...] = ("合计", "", "", "48") if own_column else (named("合计", "48分"), "", "")
    rows.append((*total, "44.5"))
    draft.table(*rows)
    return draft


def found(draft: Draft, suffix: str, folder: Path) -> list[AuditFinding]:
    path = folder / f"t.{suffix}"
    WRITERS[suffix](draft, path)
    return list(audit(subject_of(read_document(path), policy()), dt.date(2026, 10, 1)))


def passed(made: list[AuditFinding], rule: str) -> int:
    return sum(f.rule == rule and f.outcome is Outcome.PASS for f in made)


@pytest.mark.parametrize("suffix", ["html", "docx", "xlsx", "pdf"])
@pytest.mark.parametrize("own_column", [False, True])
def test_weights_in_names_that_add_up_pass(own_column: bool, suffix: str, tmp_path: Path) -> None:
    made = found(framework(own_column), suffix, tmp_path)
    assert not [f for f in made if f.shown]
    assert passed(made, LEVELS) == 2 + 4 + 1
    if not own_column:
        assert passed(made, LIMIT) == 7 + 1


@pytest.mark.parametrize("own_column", [False, True])
@pytest.mark.parametrize(
    ("right", "wrong", "rule"),
    [
        ("决策（20分）", "决策（26分）", LEVELS),
        ("资金管理（17分）", "资金管理（19分）", LEVELS),
        ("组织实施（11分）", "组织实施（18分）", LEVELS),
    ],
)
def test_a_wrong_weight_in_a_name_is_named(
    right: str, wrong: str, rule: str, own_column: bool, tmp_path: Path
) -> None:
    (one,) = [f for f in found(framework(own_column).changed(right, wrong), "html", tmp_path) if f.shown]
    assert one.rule == rule
    assert wrong in f"{one.printed}{one.quote}"


def test_a_wrong_weight_of_the_last_level_is_named(tmp_path: Path) -> None:
    draft = framework().changed("绩效目标合理性（6分）", "绩效目标合理性（9分）")
    (one,) = [f for f in found(draft, "html", tmp_path) if f.shown]
    assert one.rule == LEVELS
    assert "9分" in f"{one.printed}{one.quote}"


def test_a_score_above_the_weight_in_its_name_is_told(tmp_path: Path) -> None:
    draft = framework().changed("7.5", "8.5").changed("44.5", "45.5")
    (one,) = [f for f in found(draft, "html", tmp_path) if f.shown]
    assert (one.rule, one.printed, one.computed) == (LIMIT, "8.5", "≤8")


@pytest.mark.parametrize("inside", ["{}项", "202{}年", "第{}类", "{}", "{}个百分点", "{}分钟"])
def test_other_numbers_in_brackets_are_no_weights(inside: str, tmp_path: Path) -> None:
    draft = framework()
    leaves = [leaf[:2] for _, _, seconds in NAMES for *_, inner in seconds for leaf in inner]
    outer = [
        (name, points[:-1])
        for one, weight, seconds in NAMES
        for name, points, _ in [(one, weight, ()), *seconds]
    ]
    for name, points in (*leaves, *outer, ("合计", "48")):
        draft = draft.changed(f"{name}（{points}分）", f"{name}（{inside.format(int(points) + 1)}）")
    made = found(draft, "html", tmp_path)
    assert not [f for f in made if f.shown]
    assert passed(made, LEVELS) == passed(made, LIMIT) == 0


def test_a_level_of_which_one_name_has_no_weight_is_not_judged(tmp_path: Path) -> None:
    draft = framework().changed("绩效目标（13分）", "绩效目标").changed("决策（20分）", "决策（21分）")
    made = found(draft, "html", tmp_path)
    assert passed(made, LEVELS) < 7
    assert not [f for f in made if f.shown and "资金管理" in f.quote]


def one_level(*points: int, total: int, scored: int = 96) -> Draft:
    draft = Draft()
    draft.heading("2024年度岚州市医疗保障局项目支出绩效评价报告", 1)
    draft.say("附件1", "项目支出绩效评价得分情况")
    names = ("决策", "过程", "产出", "效益")
    rows = [(f"{name}（{weight}分）", str(weight - 1)) for name, weight in zip(names, points, strict=True)]
    draft.table(("指标名称", "得分"), *rows, (f"合计（{total}分）", str(scored)))
    return draft


def test_one_level_of_names_adds_up_to_its_total(tmp_path: Path) -> None:
    made = found(one_level(20, 20, 30, 30, total=100), "html", tmp_path)
    assert not [f for f in made if f.shown]
    assert passed(made, LEVELS) == 1
    wrong = one_level(20, 20, 30, 80, total=200, scored=146)
    (one,) = [f for f in found(wrong, "html", tmp_path) if f.shown]
    assert one.rule == LEVELS
    # Names of two levels in one column come to twice their total and more.
    made = found(one_level(40, 40, 60, 60, total=100), "html", tmp_path)
    assert not [f for f in made if f.shown]
