"""The finished documents are read again: what is wrong in them stops publication, what is known does not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from yiheng.facts import DepartmentYear, Paper
from yiheng.pipelines import publish as publishing
from yiheng.pipelines.assemble import Assembled, assemble
from yiheng.pipelines.publish import PublicationStopped, publish
from yiheng.pipelines.selfaudit import RULE, self_audit
from yiheng.policy import Policy
from yiheng.reporting import docx

KEY = "szybzx-2020-accounts"


@pytest.fixture(scope="module")
def done(papers: Mapping[str, DepartmentYear], policy: Policy) -> Assembled:
    return assemble(papers[KEY], policy)


def printing(paper: Paper, code: str, before: str, after: str) -> Paper:
    """The paper with one figure of a table printed wrongly, wherever it first stands."""
    table = paper.table(code)
    block = table.blocks[0]
    rows = [list(row) for row in block.cells]
    r, c = next((r, c) for r, row in enumerate(rows) for c, cell in enumerate(row) if cell.text == before)
    rows[r][c] = rows[r][c]._replace(text=after)
    changed = replace(table, blocks=(replace(block, cells=tuple(map(tuple, rows))), *table.blocks[1:]))
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
