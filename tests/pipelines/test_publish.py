"""One department-year in, its whole package out: the same figures everywhere, the same bytes every time."""

import csv
import html
import json
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pypdfium2
import pytest

from yiheng.facts import DepartmentYear, Paper
from yiheng.pipelines import publish as publishing
from yiheng.pipelines.assemble import assemble
from yiheng.pipelines.progress import Cancelled
from yiheng.pipelines.publish import Published, publish
from yiheng.policy import Policy
from yiheng.reporting import manifest

KEY = "szybzx-2020-accounts"
FIGURE = re.compile(r"-?\d{1,3}(?:,\d{3})*\.\d\d(?!\d|\.)")
"""An amount as the tables of 2020 print it: 万元 with two decimals."""


@pytest.fixture(scope="module")
def department_year(papers: Mapping[str, DepartmentYear]) -> DepartmentYear:
    return papers[KEY]


@pytest.fixture(scope="module")
def paper(department_year: DepartmentYear, policy: Policy) -> Paper:
    return assemble(department_year, policy).paper


@pytest.fixture(scope="module")
def package(
    department_year: DepartmentYear, policy: Policy, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    return publish(department_year, policy, tmp_path_factory.mktemp("out")).folder


@pytest.fixture(scope="module")
def printed(paper: Paper) -> dict[str, str]:
    """Every figure of the statutory tables by address."""
    return {
        ref.address: ref.cell.text for table in paper.tables for ref in table.money_cells() if ref.cell.text
    }


class TestTheSameFiguresEverywhere:
    """230 figures of nine tables, in five kinds of file."""

    def test_there_are_230_and_they_include_published_ones(self, printed: dict[str, str]) -> None:
        assert len(printed) == 230
        # 深圳市医疗保险基金管理中心2020年度部门决算，公开03表、公开07表
        assert printed["公开03表[2101506, 项目支出]"] == "2,381.33"
        assert printed["公开07表[全部, 决算数/合计]"] == "1.74"

    def test_open_data(self, package: Path, printed: dict[str, str]) -> None:
        found = {}
        for path in sorted((package / "data" / "tables").glob("*.csv")):
            with path.open(encoding="utf-8", newline="") as file:
                found |= {row["address"]: row["printed"] for row in csv.DictReader(file) if row["printed"]}
        assert found == printed

    def test_site(self, package: Path, printed: dict[str, str]) -> None:
        page = (package / "site" / "index.html").read_text(encoding="utf-8")
        links = re.findall(r'<a class="n" id="n(\d+)"[^>]*title="([^"]*)">([^<]*)</a>', page)
        shown = {html.unescape(address): text for _, address, text in links}
        assert {address: shown.get(address) for address in printed} == printed
        script = (package / "site" / "data" / "sources.js").read_text(encoding="utf-8")
        entries = json.loads(script.partition("=")[2].strip().rstrip(";"))["entries"]
        for number, address, text in links:
            assert entries[int(number) - 1][:2] == [html.unescape(address), text]

    def test_workbook(self, package: Path, paper: Paper) -> None:
        book = openpyxl.load_workbook(package / "tables.xlsx", read_only=True)
        for table in paper.tables:
            sheet = next(sheet for sheet in book.worksheets if sheet.title.startswith(f"{table.code} "))
            found = Counter(
                f"{cell.value:,.2f}"
                for row in sheet.iter_rows()
                for cell in row
                if cell.number_format == "#,##0.00" and cell.value is not None
            )
            assert found == Counter(ref.cell.text for ref in table.money_cells() if ref.cell.text)

    def test_document(self, package: Path, paper: Paper) -> None:
        document = docx.Document(str(package / "disclosure.docx"))
        tables = [
            Counter(cell.text for row in table.rows for cell in row.cells if FIGURE.fullmatch(cell.text))
            for table in document.tables
        ]
        for table in paper.tables:
            expected = Counter(ref.cell.text for ref in table.money_cells() if ref.cell.text)
            assert expected in tables, table.code

    def test_the_two_documents_say_the_same(self, package: Path) -> None:
        """Every amount of the DOCX, in text, tables and the words for its charts, stands as often in the PDF."""
        document = docx.Document(str(package / "disclosure.docx"))
        words = [p.text for p in document.paragraphs]
        words += [cell.text for table in document.tables for row in table.rows for cell in row.cells]
        words += [shape._inline.docPr.get("descr") for shape in document.inline_shapes]
        pages = pypdfium2.PdfDocument(package / "disclosure.pdf")
        set_ = "\n".join(page.get_textpage().get_text_range() for page in pages)
        assert Counter(FIGURE.findall("\n".join(words))) == Counter(FIGURE.findall(set_))


@pytest.mark.parametrize(("key", "audience"), [(KEY, "public"), ("demo-2024-accounts", "internal")])
def test_two_publications_are_equal_to_the_byte(
    papers: Mapping[str, DepartmentYear], policy: Policy, tmp_path: Path, key: str, audience: str
) -> None:
    one, other = (
        publish(papers[key], policy, tmp_path / name, audience=audience).folder for name in ("一", "二")
    )
    assert contents(one) == contents(other)
    assert manifest.verify(one) == []


def contents(folder: Path) -> dict[str, bytes]:
    """Every file below the folder by its path."""
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_the_order_of_the_rows_does_not_matter_to_the_stamp(
    department_year: DepartmentYear, policy: Policy
) -> None:
    turned = replace(department_year, facts=department_year.facts[::-1])
    assert assemble(turned, policy).paper.stamp == assemble(department_year, policy).paper.stamp
    first = department_year.facts[0]
    first = replace(first, amount=first.amount + first.quantum)
    changed = replace(department_year, facts=(first, *department_year.facts[1:]))
    assert assemble(changed, policy).paper.stamp["facts"] != assemble(turned, policy).paper.stamp["facts"]


@pytest.fixture(scope="module")
def standing(
    department_year: DepartmentYear, policy: Policy, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """A package that was published before."""
    return publish(department_year, policy, tmp_path_factory.mktemp("standing")).folder


class TestInterrupted:
    """A publication that is stopped at any step leaves the package before it as it was, and nothing else."""

    @pytest.mark.parametrize("step", range(14))
    def test_stopped_by_the_callback(
        self,
        department_year: DepartmentYear,
        policy: Policy,
        standing: Path,
        monkeypatch: pytest.MonkeyPatch,
        step: int,
    ) -> None:
        for writer in (publishing.pdf, publishing.docx):  # slow to set, and not read here
            monkeypatch.setattr(writer, "write", lambda paper, path, *_: path.write_text(paper.key))
        kept, told = contents(standing), 0

        def stop(name: str, done: int, total: int) -> None:
            nonlocal told
            told += 1
            if told > step:
                raise Cancelled

        with pytest.raises(Cancelled):
            publish(department_year, policy, standing.parent, progress=stop)
        assert contents(standing) == kept
        assert [p.name for p in standing.parent.iterdir()] == [KEY]

    def test_stopped_by_a_full_disk(
        self, department_year: DepartmentYear, policy: Policy, standing: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def full(*_: Any) -> None:
            raise OSError(28, "No space left on device")

        kept = contents(standing)
        monkeypatch.setattr(publishing.pdf, "write", full)
        with pytest.raises(OSError, match="No space"):
            publish(department_year, policy, standing.parent)
        assert contents(standing) == kept
        assert [p.name for p in standing.parent.iterdir()] == [KEY]


def test_steps_are_told_in_order_up_to_the_last(
    department_year: DepartmentYear, policy: Policy, tmp_path: Path
) -> None:
    told: list[tuple[str, int, int]] = []
    done: Published = publish(department_year, policy, tmp_path, progress=lambda *step: told.append(step))
    assert [at for _, at, _ in told] == sorted(at for _, at, _ in told)
    assert told[0][1] == 0
    assert told[-1][1] == told[-1][2]
    assert done.files == len(contents(done.folder))
