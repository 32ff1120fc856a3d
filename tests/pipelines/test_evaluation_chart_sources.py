"""Every point of the charts of 2020 leads into the tables of its evaluation; the figures are the published ones."""

from collections.abc import Mapping

import pytest

from yiheng.facts import DepartmentYear, Paper
from yiheng.facts.address import Directory
from yiheng.pipelines.evaluation_paper import assemble_evaluation
from yiheng.policy import Policy


@pytest.fixture(scope="module")
def paper(papers: Mapping[str, DepartmentYear], policy: Policy) -> Paper:
    found = assemble_evaluation(papers["szybzx-2020-accounts"], policy)
    assert found is not None
    return found.paper


def addresses(paper: Paper, chart: str) -> dict[str, str]:
    (series,) = next(c for c in paper.charts if c.id == chart).series
    return {label: address for (label, _), address in zip(series.points, series.addresses, strict=True)}


def test_a_waterfall_leads_to_the_total_and_to_each_deduction(paper: Paper) -> None:
    found = addresses(paper, "szybzx-2020-f2-3-score")
    read = {label: Directory(paper.tables).resolve(address).cell.text for label, address in found.items()}
    assert read["满分"] == "100" and read["得分"] == "90.67"
    assert found["预算执行率（项目资金）"] == "扣分明细[医疗保障经办管理：预算执行率（项目资金）, 扣分]"
    assert read["预算执行率（项目资金）"] == "4.30"


def test_attainment_leads_to_the_score_that_it_decides(paper: Paper) -> None:
    assert addresses(paper, "szybzx-2020-f2-4-attainment")["律师驻点人数"] == "附件2-4[律师驻点人数, 得分]"


def test_the_whole_department_leads_to_its_framework(paper: Paper) -> None:
    found = addresses(paper, "department-score")
    assert found["得分"] == "附件1[总分, 得分]"
    assert found["政府采购执行情况"] == "附件1[政府采购执行情况, 得分]"
    assert all(found.values())


def test_no_address_leads_nowhere(paper: Paper) -> None:
    directory = Directory(paper.tables)
    found = [a for chart in paper.charts for series in chart.series for a in series.addresses if a]
    assert len(found) > 60
    assert all(directory.resolve(address).cell.text for address in found)


def test_a_rate_of_a_group_is_printed_nowhere(paper: Paper) -> None:
    assert not any(addresses(paper, "department-rates").values())
