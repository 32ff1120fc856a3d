"""The finished documents are read again: what is wrong in them stops publication, what is known does not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from yiheng.facts import DepartmentYear, Paper
from yiheng.pipelines import publish as publishing
from yiheng.pipelines.assemble import Assembled, assemble
from yiheng.pipelines.evaluation_paper import KIND, assemble_evaluation
from yiheng.pipelines.publish import PublicationStopped, publish, publish_evaluation
from yiheng.pipelines.selfaudit import RULE, self_audit
from yiheng.policy import Policy
from yiheng.reporting import docx

KEY = "szybzx-2020-accounts"


@pytest.fixture(scope="module")
def done(papers: Mapping[str, DepartmentYear], policy: Policy) -> Assembled:
    return assemble(papers[KEY], policy)


@pytest.fixture(scope="module")
def evaluated(papers: Mapping[str, DepartmentYear], policy: Policy) -> Assembled:
    made = assemble_evaluation(papers[KEY], policy)
    assert made is not None
    return made


def printing(paper: Paper, code: str, before: str, after: str) -> Paper:
    """The paper with one figure of a table printed wrongly, wherever it first stands."""
    table = paper.table(code)
    block = next(b for b in table.blocks if any(cell.text == before for row in b.cells for cell in row))
    rows = [list(row) for row in block.cells]
    r, c = next((r, c) for r, row in enumerate(rows) for c, cell in enumerate(row) if cell.text == before)
    rows[r][c] = rows[r][c]._replace(text=after)
    spoilt = replace(block, cells=tuple(map(tuple, rows)))
    changed = replace(table, blocks=tuple(spoilt if b is block else b for b in table.blocks))
    return replace(paper, tables=tuple(changed if t is table else t for t in paper.tables))


def test_a_sound_document_passes(done: Assembled, policy: Policy, tmp_path: Path) -> None:
    path = tmp_path / "disclosure.docx"
    docx.write(done.paper, path)
    assert self_audit(done.paper, done.department_year, [path], policy) == ()


def test_a_figure_that_a_writer_spoils_is_found(done: Assembled, policy: Policy, tmp_path: Path) -> None:
    path = tmp_path / "disclosure.docx"
    docx.write(printing(done.paper, "公开03表", "485.90", "435.90"), path)
    (found,) = self_audit(done.paper, done.department_year, [path], policy)
    assert "2101504" in found.place and "印出：435.90" in found.message
    assert found.stops


def test_what_the_original_got_wrong_is_told_until_it_is_accepted(
    done: Assembled, policy: Policy, tmp_path: Path
) -> None:
    """公开02表 of the original calls 210 by its older name, and its narrative takes the base of another scope."""
    path = tmp_path / "disclosure.docx"
    docx.write(done.paper, path)
    records = tuple(r for r in done.department_year.records if r.kind != "accepted_finding")
    told = self_audit(done.paper, replace(done.department_year, records=records), [path], policy)
    assert {f.rule for f in told} == {"audit.label.code-name", "narrative.scope-base"}


def test_a_document_that_cannot_be_read_again_stops(done: Assembled, policy: Policy, tmp_path: Path) -> None:
    path = tmp_path / "disclosure.docx"
    path.write_bytes(b"PK\x03\x04")
    (found,) = self_audit(done.paper, done.department_year, [path], policy)
    assert (found.rule, found.stops) == (RULE, True)


def test_nothing_is_published_that_fails(
    done: Assembled, policy: Policy, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = docx.write

    def spoilt(paper: Paper, path: Path) -> None:
        write(printing(paper, "公开03表", "485.90", "435.90") if paper.key == KEY else paper, path)

    monkeypatch.setattr(publishing.docx, "write", spoilt)
    with pytest.raises(PublicationStopped, match="不能公开"):
        publish(done.department_year, policy, tmp_path)
    assert list(tmp_path.iterdir()) == []


class TestTheEvaluation:
    """The sheets of the accounts are published beside them, with all that their originals left blank or mixed up."""

    def test_known_oddities_are_accepted_by_name(
        self, evaluated: Assembled, policy: Policy, tmp_path: Path
    ) -> None:
        path = tmp_path / "evaluation.docx"
        docx.write(evaluated.paper, path)
        year = evaluated.department_year
        assert self_audit(evaluated.paper, year, [path], policy) == ()
        records = tuple(r for r in year.records if r.kind != "accepted_finding")
        told = self_audit(evaluated.paper, replace(year, records=records), [path], policy)
        assert Counter(f.rule for f in told) == {
            "audit.target.blank-field": 6,
            "audit.target.units": 3,
            "audit.target.duplicate": 1,
            "audit.report.completion": 1,
            "audit.sheet.hundred": 1,
        }

    def test_a_score_that_a_writer_spoils_stops_the_package(
        self, done: Assembled, policy: Policy, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """附件2-2 scores 98.70; the sheet's rows add up to it."""
        write = docx.write

        def spoilt(paper: Paper, path: Path) -> None:
            write(printing(paper, "附件2-2", "8.70", "3.70") if paper.kind == KIND else paper, path)

        monkeypatch.setattr(publishing.docx, "write", spoilt)
        for publishes in (publish, publish_evaluation):
            with pytest.raises(PublicationStopped) as refused:
                publishes(done.department_year, policy, tmp_path)
            assert any("3.70" in f.message and "其他项目" in f.place for f in refused.value.findings)
            assert list(tmp_path.iterdir()) == []
