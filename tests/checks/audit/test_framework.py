"""audit.sheet.levels: weights of 一级, 二级 and 三级指标 beside their names add up level by level."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from decimal import Decimal
from pathlib import Path

import pytest
from tests.audit.drafts import WRITERS, Draft, Given, Over
from tests.checks.audit.papers import policy

from yiheng.checks.audit import audit
from yiheng.facts import Outcome
from yiheng.facts.audit import AuditFinding
from yiheng.pipelines.audit import subject_of
from yiheng.reading.documents import read_document

RULE = "audit.sheet.levels"
Leaf = tuple[str, str, str]
LEVELS: tuple[tuple[str, str, tuple[tuple[str, str, tuple[Leaf, ...]], ...]], ...] = (
    (
        "决策", "20",
        (
            ("目标设定", "10", (("绩效目标合理性", "5", "5"), ("绩效指标明确性", "5", "4"))),
            ("资金投入", "10", (("预算编制科学性", "6", "6"), ("资金分配合理性", "4", "4"))),
        ),
    ),
    (
        "过程", "30",
        (
            ("资金管理", "16", (("资金到位率", "4", "4"), ("预算执行率", "6", "5.5"), ("资金使用合规性", "6", "6"))),
            ("组织实施", "14", (("管理制度健全性", "6", "6"), ("制度执行有效性", "8", "7"))),
        ),
    ),
    (
        "产出", "50",
        (
            ("产出数量", "32", (("参保扩面完成率", "16", "16"), ("稽核覆盖率", "16", "15"))),
            ("产出质量", "18", (("结算准确率", "18", "17.5"),)),
        ),
    ),
)  # fmt: skip
HEAD = ("一级指标", "分值", "二级指标", "分值", "三级指标", "分值", "得分")


def framework(merged: bool = True, leaf_alone: bool = False) -> Draft:
    """The table with merged or with blank cells; `leaf_alone` leaves the weights of the second level out."""
    draft = Draft()
    draft.heading("2024年度岚州市医疗保障局部门整体支出绩效评价报告", 1)
    draft.say("附件1", "部门整体支出绩效评价指标评分表")
    rows: list[tuple[Given, ...]] = [HEAD]
    for name, weight, seconds in LEVELS:
        deep = sum(len(leaves) for *_, leaves in seconds)
        for s, (second, second_weight, leaves) in enumerate(seconds):
            for n, leaf in enumerate(leaves):
                shown = "" if leaf_alone and s else second_weight
                outer = _cells(merged, deep, s == n == 0, name, weight)
                rows.append((*outer, *_cells(merged, len(leaves), n == 0, second, shown), *leaf))
    rows.append(("合计", "100", "", "100", "", "100", "96"))
    draft.table(*rows)
    return draft


def _cells(merged: bool, down: int, first: bool, *texts: str) -> tuple[Given, ...]:
    if first:
        return tuple(Over(text, 1, down) if merged else text for text in texts)
    return () if merged else ("",) * len(texts)


def found(draft: Draft, suffix: str, folder: Path) -> list[AuditFinding]:
    path = folder / f"t.{suffix}"
    WRITERS[suffix](draft, path)
    return list(audit(subject_of(read_document(path), policy()), dt.date(2026, 10, 1)))


@pytest.mark.parametrize("suffix", ["html", "docx", "xlsx", "pdf"])
@pytest.mark.parametrize("merged", [True, False])
def test_a_framework_that_adds_up_passes(merged: bool, suffix: str, tmp_path: Path) -> None:
    made = found(framework(merged), suffix, tmp_path)
    assert not [f for f in made if f.shown]
    assert sum(f.rule == RULE and f.outcome is Outcome.PASS for f in made) == 3 + 6 + 3 + 1


@pytest.mark.parametrize(
    ("right", "wrong", "nth"),
    [
        ("30", "36", 0),  # a weight of the first level
        ("14", "19", 0),  # of the second
        ("16", "46", 0),  # of the second, beside two leaves with the same digits
        ("18", "13", 1),  # a leaf that stands alone
        ("100", "190", 1),  # the total of the second level
        ("5.5", "2.5", 0),  # a score
        ("96", "69", 0),  # the total of the scores
    ],
)
def test_a_wrong_weight_or_score_is_named(right: str, wrong: str, nth: int, tmp_path: Path) -> None:
    (one,) = [f for f in found(framework().changed(right, wrong, nth), "html", tmp_path) if f.shown]
    assert one.rule == RULE
    assert wrong in f"{one.printed}{one.quote}"


def test_a_level_whose_weights_are_not_all_printed_is_not_judged(tmp_path: Path) -> None:
    made = found(framework(leaf_alone=True), "html", tmp_path)
    assert not [f for f in made if f.shown]
    passed = [f.quote for f in made if f.rule == RULE and f.outcome is Outcome.PASS]
    assert len(passed) == 3  # the totals of the first and the third level, and of the scores


# -- one column for all levels ---------------------------------------------------------------------------------------

CHINESE = "一二三"
Named = tuple[str, ...]
MARKS: dict[str, Callable[[int, int, int], str]] = {
    "dots": lambda one, two, three: ".".join(str(n) for n in (one, two, three) if n) + " ",
    "styles": lambda one, two, three: (
        f"{three}." if three else f"（{CHINESE[two - 1]}）" if two else f"{CHINESE[one - 1]}、"
    ),
}


def one_column(marked: str) -> Draft:
    """The same framework with a row for each name of each level: 13 + 3 + 6 names and the total."""
    draft = Draft()
    draft.heading("2024年度岚州市医疗保障局部门整体支出绩效评价报告", 1)
    draft.say("附件1", "部门整体支出绩效评价指标评分表")
    cells = marked == "cells"
    heads: Named = ("一级指标", "二级指标", "三级指标") if cells else ("指标名称",)
    rows: list[tuple[Given, ...]] = [(*heads, "分值", "得分")]

    def add(numbers: tuple[int, int, int], name: str, weight: str, leaves: Sequence[Leaf]) -> None:
        depth = 3 - numbers.count(0)
        if cells:
            named = tuple(name if at == depth - 1 else "" for at in range(3))
        else:
            named = (MARKS[marked](*numbers) + name,)
        rows.append((*named, weight, str(sum(Decimal(score) for *_, score in leaves))))

    for one, (name, weight, seconds) in enumerate(LEVELS, 1):
        add((one, 0, 0), name, weight, [leaf for *_, leaves in seconds for leaf in leaves])
        for two, (second, second_weight, leaves) in enumerate(seconds, 1):
            add((one, two, 0), second, second_weight, leaves)
            for three, leaf in enumerate(leaves, 1):
                add((one, two, three), leaf[0], leaf[1], [leaf])
    rows.append(("合计", *[""] * (len(heads) - 1), "100", "96"))
    draft.table(*rows)
    return draft


@pytest.mark.parametrize("suffix", ["html", "docx", "xlsx", "pdf"])
@pytest.mark.parametrize("marked", ["cells", "dots", "styles"])
def test_levels_in_one_column_add_up(marked: str, suffix: str, tmp_path: Path) -> None:
    made = found(one_column(marked), suffix, tmp_path)
    assert not [f for f in made if f.shown]
    assert sum(f.rule == RULE and f.outcome is Outcome.PASS for f in made) == 2 * (3 + 6 + 1)


@pytest.mark.parametrize("marked", ["cells", "dots", "styles"])
@pytest.mark.parametrize(
    ("label", "right", "wrong"),
    [
        ("过程", "30", "80"),
        ("组织实施", "14", "41"),
        ("制度执行有效性", "8", "3"),
        ("资金管理", "15.5", "16.5"),
    ],
)
def test_a_wrong_weight_or_score_in_one_column_is_named(
    label: str, right: str, wrong: str, marked: str, tmp_path: Path
) -> None:
    draft = one_column(marked)
    (shown,) = [text for text in _labels(draft) if text.endswith(label)]
    (one,) = [f for f in found(draft.in_row(shown, right, wrong), "html", tmp_path) if f.shown]
    assert wrong in one.printed
    # A leaf is bound by one sum only: then the sum is named, with all its figures.
    assert label in one.quote or (label == "制度执行有效性" and "组织实施" in one.quote)


@pytest.mark.parametrize(
    ("old", "new"), [("2.1 资金管理", "2.2 资金管理"), ("1.1.2 绩效指标明确性", "绩效指标明确性")]
)
def test_numbers_with_a_gap_show_no_levels(old: str, new: str, tmp_path: Path) -> None:
    made = found(one_column("dots").changed(old, new), "html", tmp_path)
    assert not [f for f in made if f.shown or (f.rule == RULE and f.outcome is Outcome.PASS)]


def _labels(draft: Draft) -> list[str]:
    (rows,) = [part for part in draft.parts if isinstance(part, tuple)]
    return [str(cell) for row in rows for cell in row]
