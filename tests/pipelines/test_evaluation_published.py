"""The evaluation of 深圳市医疗保险基金管理中心 2020 as it is written, one score in every file; 广州 2023."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import docx
import openpyxl
import pypdfium2
import pytest
from tests.command import run
from tests.pipelines.test_evaluation_paper import KEY, TOTALS

from yiheng.facts import DepartmentYear
from yiheng.pipelines.publish import publish
from yiheng.policy import Policy


@pytest.fixture(scope="module")
def accounts(papers: Mapping[str, DepartmentYear]) -> DepartmentYear:
    return papers[KEY]


@pytest.fixture(scope="module")
def package(accounts: DepartmentYear, policy: Policy, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return publish(accounts, policy, tmp_path_factory.mktemp("out")).folder


class TestPackage:
    def test_every_file_shows_the_same_scores(self, package: Path) -> None:
        folder = package / "performance"
        assert {p.name for p in folder.iterdir()} == {
            "evaluation.docx",
            "evaluation.pdf",
            "evaluation.xlsx",
            "site",
        }
        document = docx.Document(str(folder / "evaluation.docx"))
        words = [p.text for p in document.paragraphs]
        words += [c.text for table in document.tables for row in table.rows for c in row.cells]
        with pypdfium2.PdfDocument(folder / "evaluation.pdf") as pdf:
            printed = "\n".join(page.get_textpage().get_text_range() for page in pdf)
        site = (folder / "site" / "index.html").read_text(encoding="utf-8")
        for score in (*TOTALS, "90.49", "97.79%", "99.18%", "99.30%", "18.16", "53.83"):
            assert score in words or any(score in word for word in words), score
            assert score in printed, score
            assert f">{score}<" in site or score in site, score

    def test_scores_are_numbers_in_the_workbook(self, package: Path) -> None:
        book = openpyxl.load_workbook(package / "performance" / "evaluation.xlsx", read_only=True)
        (sheet,) = [s for s in book.worksheets if s.title.startswith("附件2-1 ")]
        values = {c.value for row in sheet.iter_rows() for c in row}
        assert {94.15, 9.48, 4.67, 322.5} & values == {94.15, 9.48, 4.67}

    def test_the_two_sites_lead_to_each_other(self, package: Path) -> None:
        main = (package / "site" / "index.html").read_text(encoding="utf-8")
        assert re.search(r'href="\.\./performance/site/index\.html"', main)
        back = (package / "performance" / "site" / "index.html").read_text(encoding="utf-8")
        assert re.search(r'href="\.\./\.\./site/index\.html"', back)


def test_evaluate_writes_the_papers_of_a_year_of_performance(tmp_path: Path) -> None:
    """广州市医疗保障局2023: 48.93 of 50; the 49.99 of 履职效能 is implied by 98.92 and never shown as computed."""
    told = run(tmp_path / "home", "evaluate", "gzyb", 2023, "--out", tmp_path / "自评")
    folder = tmp_path / "自评" / "gzyb-2023-performance"
    assert str(folder) in "".join(told.stderr.split("\n"))
    with pypdfium2.PdfDocument(folder / "evaluation.pdf") as pdf:
        printed = "".join("".join(page.get_textpage().get_text_range() for page in pdf).split())
    for words in (
        "已评指标得分48.93分，满分50分",
        "采购管理满分10分，得分8.93分",
        "原件印出总分98.92分",
        "广州市医疗保险服务中心635,798.0195.07%",
    ):
        assert words in printed
    assert "49.99" not in printed
