"""What-if on the 90.49 of 2020: one input at a time, worked by hand from the rules of 附件."""

import datetime as dt

import pytest
from tests.scoring.examples import inputs_2020

from yiheng.policy import Policy
from yiheng.scoring.department import DepartmentScore, Inputs, evaluate_department
from yiheng.scoring.errors import ScoringError
from yiheng.scoring.framework import load_framework
from yiheng.scoring.inputs import read_inputs
from yiheng.scoring.whole_whatif import losses, suppose_inputs


@pytest.fixture(scope="module")
def judged(policy: Policy) -> tuple[DepartmentScore, Inputs]:
    framework = load_framework(policy, "framework.department.shenzhen-2020", "440300", dt.date(2020, 12, 31))
    inputs = read_inputs(inputs_2020(), framework)
    return evaluate_department(framework, inputs), inputs


@pytest.mark.parametrize(
    ("name", "value", "total"),
    [
        ("key_work.unfinished", "2", "82.49"),  # 8 − 4 × 2 = 0
        ("satisfaction.rate", "94.99%", "88.49"),  # [90, 95): 4 of 6
        ("performance.effects", "25", "93.49"),  # judged: 25 instead of 22
        ("management.procurement/policy", "1", "90.61"),  # 0.88 → 1: 1.66 → 1.78
        ("procurement.spent", "1100", "88.83"),  # more than planned: the item scores 0
        ("disclosure.budget", "未公开", "88.99"),  # the assumed 1.5 of its part gives way
    ],
)
def test_one_input(judged: tuple[DepartmentScore, Inputs], name: str, value: str, total: str) -> None:
    score, inputs = judged
    found = suppose_inputs(score, inputs, {name: value})
    assert (str(found.before.total), str(found.after.total)) == ("90.49", total)
    assert len(found.changed) == 1


def test_losses_from_the_largest(judged: tuple[DepartmentScore, Inputs]) -> None:
    found = losses(judged[0])
    assert [(loss.id, str(loss.gain)) for loss in found] == [
        ("performance.effects", "3.00"), ("performance.petitions", "3.00"), ("decision.indicators", "1.50"),
        ("management.outside-staff", "1.00"), ("management.procedure", "0.50"),
        ("management.procurement", "0.34"), ("performance.punctuality", "0.15"), ("performance.execution", "0.02"),
    ]  # fmt: skip
    assert sum(loss.gain for loss in found) + (judged[0].total or 0) == 100
    assert all(loss.why for loss in found)


def test_what_cannot_be_supposed_is_named_at_once(judged: tuple[DepartmentScore, Inputs]) -> None:
    with pytest.raises(ScoringError) as refused:
        suppose_inputs(*judged, {"no.such": "1", "performance.effects": "很多"})
    assert "no.such" in str(refused.value) and "很多" in str(refused.value)
