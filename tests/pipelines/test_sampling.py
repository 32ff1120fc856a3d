"""Drawing a survey's sample: by the seed of the ledger, from the list that the ledger knows by its hash alone."""

from __future__ import annotations

import hashlib
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from tests.ledger.builders import content, load, row

from yiheng.facts import DepartmentYear
from yiheng.ledger import queries
from yiheng.pipelines.sampling import draw_sample
from yiheng.pipelines.survey import measure_all
from yiheng.policy import Policy
from yiheng.scoring.errors import ScoringError

pytestmark = pytest.mark.django_db

KEYS = [f"P{number:04}" for number in range(500)]
DIGEST = hashlib.sha256("".join(f"{key}\n" for key in KEYS).encode()).hexdigest()


def paper(**frame: Any) -> DepartmentYear:
    given = {
        "survey": "s1",
        "group": "insured",
        "method": "simple",
        "size": 500,
        "sample": 40,
        "seed": "2024-cbr",
    }
    load(
        content(
            row(
                "surveys",
                "s1",
                name="参保人满意度调查",
                group="参保人",
                issued=40,
                returned=36,
                target="≥90%",
            ),
            row("survey_answers", "a1", survey="s1", question="服务", option="满意", count=33),
            row("survey_answers", "a2", survey="s1", question="服务", option="不满意", count=3),
            row("survey_frames", "f1", **{**given, **frame}),
            kinds=("performance",),
        )
    )
    return queries.department_year("bureau", 2024, "performance")


@pytest.fixture
def names(tmp_path: Path) -> Path:
    path = tmp_path / "名单.csv"
    path.write_text("编码\n" + "\n".join(reversed(KEYS)) + "\n", encoding="utf-8")
    return path


def test_the_sample_follows_from_seed_and_list_alone(names: Path) -> None:
    drawn = draw_sample(paper(), "", names)
    expected = sorted(KEYS, key=lambda key: hashlib.sha256(f"2024-cbr\n{key}".encode()).digest())[:40]
    assert list(drawn.keys) == expected
    assert (drawn.digest, drawn.registered) == (DIGEST, False)
    assert drawn.data()["algorithm"] == "sha256-order/1"


def test_a_census_asks_everybody(names: Path) -> None:
    drawn = draw_sample(paper(method="census", seed=None, sample=500, digest=DIGEST), "s1", names)
    assert (list(drawn.keys), drawn.registered) == (KEYS, True)


def test_another_list_is_refused(names: Path) -> None:
    with pytest.raises(ScoringError) as refused:
        draw_sample(paper(size=499, digest="0" * 64), "s1", names)
    lines = str(refused.value).split("\n")
    assert ["有 500 个编码" in lines[0] and "总数是 499" in lines[0], "不是登记的那份名单" in lines[1]] == [
        True,
        True,
    ]


def test_what_is_missing_is_named(names: Path, tmp_path: Path) -> None:
    year = paper()
    with pytest.raises(ScoringError, match=r"没有满意度调查“s9”.*现有：s1"):
        draw_sample(year, "s9", names)
    names.write_text("编码\n张三\n", encoding="utf-8")
    with pytest.raises(ScoringError, match="名单不能有姓名"):
        draw_sample(year, "s1", names)


def test_a_survey_without_a_frame(names: Path) -> None:
    load(content(row("surveys", "s1", name="调查", group="参保人"), kinds=("performance",)))
    with pytest.raises(ScoringError, match="还没有登记"):
        draw_sample(queries.department_year("bureau", 2024, "performance"), "s1", names)


def test_who_did_not_answer_is_named_and_the_frame_narrows_the_interval() -> None:
    (measured,) = measure_all(paper(), Policy.load(), margin=None)
    shown = measured.data()
    # 33 of 36 are 91.667 %; if the 4 silent of 40 were not satisfied, 33 of 40 are 82.5 %.
    assert (shown["composite"], shown["silent"], shown["floor"]) == ("91.667%", 4, "82.500%")
    assert (shown["corrected"], shown["population"], shown["frame"]["seed"]) == (True, 500, "2024-cbr")
    assert "落在95%置信区间" in measured.warning
    assert measured.notices == (
        "4 份没有回收。未答的若都不满意，综合满意度只有 82.500%。",
        "置信区间按抽样框 500 作了有限总体修正。",
    )


def test_questionnaires_beyond_the_sample_are_noticed() -> None:
    (measured,) = measure_all(paper(sample=30), Policy.load())
    assert measured.notices[0] == "发放 40 份，抽样框登记的样本量是 30，请说明差别。"


def test_a_margin_needs_so_many_answers() -> None:
    (measured,) = measure_all(paper(), Policy.load(), margin=Fraction(5, 100))
    # 384.146 × 500 ÷ 883.146 = 217.49; at 36 of 40 that come back, 218 ÷ 0.9 = 242.2.
    assert measured.data()["needed"] == {"answers": 218, "issued": 243}
