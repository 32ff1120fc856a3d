"""Progress of an evaluation and of monitoring: each sheet and indicator by name, forward only, stopped at any step."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Mapping
from pathlib import Path

import pytest

from yiheng.facts import DepartmentYear
from yiheng.ledger import queries
from yiheng.pipelines.load import load
from yiheng.pipelines.monitoring_paper import publish_monitoring
from yiheng.pipelines.progress import Cancelled
from yiheng.pipelines.publish import publish_evaluation
from yiheng.policy import Policy

CENTRE = "szybzx-2020-accounts"
SHEETS = ("财政对医疗保障的补助", "其他项目", "医疗保障经办管理", "医保综合管理",
          "政府性资金-低收入家庭购买医疗保险", "预算准备金")  # fmt: skip
"""The six self-evaluations of the centre's accounts of 2020."""


class Watcher:
    """Keeps what was told; stops at the step of that name."""

    def __init__(self, stop: str = "") -> None:
        self.told: list[tuple[str, int, int]] = []
        self._stop = stop

    def __call__(self, step: str, done: int, total: int) -> None:
        self.told.append((step, done, total))
        if step == self._stop:
            raise Cancelled

    def sound(self) -> None:
        """It goes forward, never beyond its end, and reaches it; no step is more than a tenth of the way."""
        numbers, totals = [done for _, done, _ in self.told], {total for *_, total in self.told}
        assert len(totals) == 1 and numbers == sorted(numbers) and numbers[-1] == totals.pop()
        assert all(b - a <= max(1, numbers[-1] // 10) for a, b in itertools.pairwise(numbers))


def test_an_evaluation_tells_of_every_sheet(
    papers: Mapping[str, DepartmentYear], policy: Policy, tmp_path: Path
) -> None:
    watcher = Watcher()
    publish_evaluation(papers[CENTRE], policy, tmp_path, audience="internal", progress=watcher)
    watcher.sound()
    steps = [step for step, *_ in watcher.told]
    assert [step.removeprefix("评分：") for step in steps if step.startswith("评分：")] == list(SHEETS)
    assert steps.index("评价部门整体") < steps.index("测算满意度") < steps.index("写出自评报告 PDF")


@pytest.mark.parametrize("stop", ["评分：预算准备金", "写出自评报告 DOCX"])
def test_an_evaluation_that_is_stopped_leaves_nothing(
    stop: str, papers: Mapping[str, DepartmentYear], policy: Policy, tmp_path: Path
) -> None:
    with pytest.raises(Cancelled):
        publish_evaluation(papers[CENTRE], policy, tmp_path, progress=Watcher(stop))
    assert not list(tmp_path.iterdir())


@pytest.mark.django_db
def test_monitoring_tells_of_every_indicator(tmp_path: Path) -> None:
    assert load([Path(__file__).resolve().parents[2] / "examples" / "demo-2024"], "测试").ok
    demo = queries.department_year("demo", 2024, "accounts")
    watcher = Watcher()
    publish_monitoring(demo, Policy.load(), dt.date(2024, 8, 31), tmp_path, progress=watcher)
    watcher.sound()
    told = [step for step, *_ in watcher.told if step.startswith("分析指标：")]
    shown = list(demo.records_of("indicator"))
    assert 0 < len(told) <= len(shown) and "分析指标：定点机构检查家数" in told
    assert not any("青鸾" in step for step, *_ in watcher.told)  # a secret project
