"""A bundle (汇编) is audited paper by paper, as the papers would be one by one, and told as one document."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest
from pypdfium2 import PdfDocument
from tests.audit.city import City, Print
from tests.audit.department import department
from tests.audit.drafts import Draft, Words, pdf

from yiheng.facts.audit import DocumentAudit
from yiheng.pipelines import audit
from yiheng.pipelines.audit_data import document_data
from yiheng.pipelines.audit_kept import kept, restored
from yiheng.policy import Policy
from yiheng.reporting.review import words

UNIT = "岚州市医疗保障局"
BEFORE, NOW = department(UNIT, 2023, "0.57"), department(UNIT, 2024, "0.57")
LAST = City(BEFORE, Print(three="years"), BEFORE).made()
THIS = City(NOW, Print(three="years")).made().changed("1.40", "1.90").changed("5.20", "5.70")
"""Another base than last year's budget published (1.90 for 1.40): only the two together show it."""


def opening(folder: Path, *title: str, entries: tuple[str, ...]) -> Path:
    """A title page and a contents list."""
    pages = [list(title), ["目录", *entries]]
    return merged(folder / f"{title[-1]}.pdf", [draft(folder, Draft([*map(Words, page)])) for page in pages])


def draft(folder: Path, made: Draft) -> Path:
    path = folder / f"part-{len(list(folder.iterdir()))}.pdf"
    pdf(made, path)
    return path


def merged(target: Path, parts: list[Path]) -> Path:
    made = PdfDocument.new()
    for part in parts:
        with PdfDocument(part) as given:
            made.import_pages(given)
    made.save(target)
    made.close()
    return target


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Two papers, each with its title page and its contents list."""
    folder = tmp_path_factory.mktemp("papers")
    found = []
    for year, made in ((2023, LAST), (2024, THIS)):
        headings = [part.text for part in made.parts if isinstance(part, Words) and part.level]
        front = opening(folder, UNIT, f"{year}年部门预算", entries=tuple(f"{h}........1" for h in headings))
        found.append(merged(folder / f"{year}.pdf", [front, draft(folder, made)]))
    return found


def audited(*paths: Path) -> tuple[DocumentAudit, ...]:
    return audit.run(paths, Policy.load(), dt.date(2026, 10, 1)).audits


def test_a_bundle_is_audited_as_its_papers_are(papers: list[Path], tmp_path: Path) -> None:
    apart = audited(*papers)
    cover = opening(
        tmp_path,
        "岚州市",
        "2024年部门预算汇编",
        entries=(f"1.{UNIT}2023年部门预算........3", f"2.{UNIT}........20"),
    )
    (whole,) = audited(merged(tmp_path / "汇编.pdf", [cover, *papers]))
    told = [(f.rule, f.quote, f.printed, f.computed) for one in apart for f in one.shown]
    assert {rule for rule, *_ in told} == {"audit.across.three-public-base"} and len(told) == 2
    assert [(f.rule, f.quote, f.printed, f.computed) for f in whole.shown] == told
    assert whole.counts == {key: sum(one.counts[key] for one in apart) for key in whole.counts}

    pages = [len(one.document.pages) for one in apart]
    assert [(p.first, p.last) for p in whole.papers] == [(3, 2 + pages[0]), (3 + pages[0], 2 + sum(pages))]
    assert [p.identity.year for p in whole.papers] == [2023, 2024]
    assert all(f.place.page > 2 + pages[0] for f in whole.shown)
    assert len(whole.document.pages) == 2 + sum(pages)
    assert ["第 1—2 页" in p.message for p in whole.document.problems] == [True]


def test_a_bundle_is_told_as_one_document(papers: list[Path], tmp_path: Path) -> None:
    path = merged(tmp_path / "汇编.pdf", papers)
    (whole,) = audited(path)
    assert (whole.identity.unit, whole.identity.year, whole.identity.kind) == (UNIT, 0, "budget")
    assert words.identity_line(whole).startswith("汇编，共 2 份文件 · ")
    assert [line.partition("：")[2] for line in words.papers_lines(whole)] == [
        f"{UNIT} · {year}年 · 部门预算" for year in (2023, 2024)
    ]
    data = document_data(path, whole, None)
    assert data["year"] is None and [paper["year"] for paper in data["papers"]] == [2023, 2024]
    again = restored(json.loads(json.dumps(kept(whole))), {})
    assert (again.papers, again.shown, again.counts) == (whole.papers, whole.shown, whole.counts)


def test_one_paper_is_no_bundle(papers: list[Path]) -> None:
    (one,) = audited(papers[0])
    assert one.papers == () and one.identity.year == 2023
    assert words.identity_line(one) == f"{UNIT} · 2023年 · 部门预算"
