"""The synthetic bureau-year through the whole main job: loaded, computed and checked, with its secret kept."""

import csv
from pathlib import Path

import pytest

from yiheng.facts import DepartmentYear, Outcome
from yiheng.facts.address import Directory
from yiheng.ledger import queries
from yiheng.money import to_fen
from yiheng.pipelines.assemble import Assembled, assemble
from yiheng.pipelines.load import LoadReport, load
from yiheng.policy import Policy

pytestmark = pytest.mark.django_db

SECRET_WORD, SECRET_LABEL = "青鸾", "有关项目"
SUBSIDY = 15_000_000


@pytest.fixture
def folder(repository: Path) -> Path:
    return repository / "examples" / "demo-2024"


@pytest.fixture
def loaded(folder: Path, tmp_path: Path) -> LoadReport:
    return load([folder], "tester", home=tmp_path)


def department_year(kind: str) -> DepartmentYear:
    return queries.department_year("demo", 2024, kind)


def papers(kind: str) -> list[Assembled]:
    found = department_year(kind)
    return [assemble(found, Policy.load(), audience) for audience in ("public", "internal")]


def paid(folder: Path) -> int:
    with (folder / "payments.csv").open(encoding="utf-8", newline="") as file:
        return sum(to_fen(row["amount"]) for row in csv.DictReader(file))


def test_it_loads_with_a_notice_for_each_late_contract(loaded: LoadReport) -> None:
    assert loaded.problems == []
    assert loaded.status == "loaded"
    assert [notice.kind for notice in loaded.notices] == ["合同签订超过时限"] * 2


@pytest.mark.parametrize("kind", ["budget", "accounts"])
def test_every_check_passes_and_every_sentence_is_complete(loaded: LoadReport, kind: str) -> None:
    for assembled in papers(kind):
        outcomes = {finding.outcome for finding in assembled.paper.findings}
        assert outcomes == {Outcome.PASS, Outcome.NOT_APPLICABLE}
        gaps = [gap for section in assembled.paper.sections for s in section.sentences for gap in s.gaps]
        assert gaps == []
        assert assembled.paper.synthetic


@pytest.mark.parametrize("kind", ["budget", "accounts"])
def test_the_secret_project_shows_nothing_but_its_amount(loaded: LoadReport, kind: str) -> None:
    assert SECRET_WORD in repr(department_year(kind))
    for assembled in papers(kind):
        assert SECRET_WORD not in repr(assembled)
        assert SECRET_LABEL in repr(assembled.paper.sections)


def test_the_subsidy_between_the_units_is_in_no_total(loaded: LoadReport, folder: Path) -> None:
    tables = Directory(papers("accounts")[0].paper.tables)

    def fen(address: str) -> int:
        amount = tables.resolve(address).cell.amount
        assert amount is not None
        return amount.fen

    assert fen("公开03表[合计, 本年支出合计]") == paid(folder) - SUBSIDY
    assert fen("公开03表[合计, 对附属单位补助支出]") == 0
    assert fen("公开02表[合计, 上级补助收入]") == 0


def test_payments_add_up_by_month(loaded: LoadReport, folder: Path) -> None:
    months = queries.spending_by_period("demo", 2024)
    assert isinstance(months, tuple)
    assert len(months) == 12
    assert sum(month.amount.fen for month in months) == paid(folder)
