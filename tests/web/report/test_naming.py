"""Figures that a person's reason names: picked, kept by address, printed as any other, followed when they change."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from tests.web.report.test_report import REASON, REPORT, _now, _save

from yiheng.casework.operations import cycles
from yiheng.facts import Entered, Figure, Paper
from yiheng.facts.address import Directory
from yiheng.ledger import operations, queries
from yiheng.ledger.edits import Edit
from yiheng.people.models import LogEntry, User
from yiheng.pipelines.load import load
from yiheng.pipelines.workbook import Format, export
from yiheng.reporting import explain
from yiheng.web.readings import Prepared, prepared

Sign = Callable[[str], Client]
CELL = "表1[支出/2101202, 2024年预算数]"
RAW = f"{{{{{CELL}}}}}"

WHERE = {"sentence": "totals.outlay", "record": "reason", "subject": "total", "key": REASON}
"""Where the reason of the whole budget stands."""


@pytest.fixture
def writer(sign_in: Sign) -> Client:
    cycles.open_cycle("demo", 2024, by=User.objects.get(username="jing"))
    return sign_in("jing")


def ready() -> Prepared:
    return prepared("demo", 2024, "budget", "internal")


def entered(paper: Paper) -> list[Figure]:
    return [f for s in paper.sections for x in s.sentences for f in x.figures if f.entered]


def named(client: Client, *words: str) -> list[tuple[str, str]]:
    page = client.get(f"{REPORT}/budget/figures/", {"q": " ".join(words)}).content.decode()
    return [
        (unescape(raw), unescape(shown))
        for raw, shown in re.findall(r'data-insert="([^"]+)" data-shown="([^"]+)"', page)
    ]


def written(client: Client, text: str) -> str:
    """The page after the reason of the whole budget was saved as this text."""
    return _save(client, {**WHERE, "version": queries.history("reasons", REASON)[-1].version, "text": text,
                          "chips": chips()})  # fmt: skip


def chips() -> list[list[str]]:
    """The figures of that sentence which its template gives."""
    (sentence,) = [x for s in ready().paper.sections for x in s.sentences if x.id == WHERE["sentence"]]
    return [[figure.address, figure.text] for figure in sentence.figures if not figure.entered]


def place(page: str) -> dict[str, Any]:
    """What the page shows in the place of that reason."""
    found = re.search(rf'<span class="place[^"]*"[^>]*data-key="{REASON}"([^>]*)>(.*?)</span>', page, re.S)
    assert found is not None
    return {"attributes": found[1], "inside": found[2]}


def test_the_picker_finds_figures_by_words_of_their_place(writer: Client, sign_in: Sign) -> None:
    found = dict(named(writer, "表1", "2101202"))
    assert found == {RAW: "55,275万元"}
    assert ("{{说明[totals.outlay.rate]}}", "增长6.26%") in named(writer, "增长6.26")
    assert named(writer, "没有这样的词") == [] and named(writer) == []
    assert sign_in("wai").get(f"{REPORT}/budget/figures/", {"q": "表1"}).status_code == 403


def test_a_named_figure_is_the_same_object_as_the_cell(writer: Client) -> None:
    page = written(writer, f"居民参保补助{RAW}，总额{{{{说明[totals.outlay.rate]}}}}。")
    assert "已保存 1 处" in page and RAW in (_now(REASON) or "")
    shown = place(page)["inside"]
    assert f'data-raw="{RAW}">55,275万元</a>' in shown and shown.startswith("居民参保补助<a")
    paper = ready().paper
    cell = Directory(paper.tables).resolve(CELL).cell
    one, other = entered(paper)
    assert (one.amount, one.terms, one.rule) == (cell.amount, tuple(cell.terms), cell.rule) and one.terms
    assert (other.text, other.rate is not None) == ("增长6.26%", True)
    sentence = next(x for s in paper.sections for x in s.sentences if one in x.spans)
    assert sentence.text.endswith("居民参保补助55,275万元，总额增长6.26%。")
    assert [str(span) for span in sentence.spans if isinstance(span, Entered)] == [
        "居民参保补助",
        "，总额",
        "。",
    ]
    assert explain.item_at(paper, one.address) is one and "2101202" in explain.text(one)
    drawer = writer.get(f"{REPORT}/budget/source/", {"cell": one.address}, headers={"HX-Request": "true"})
    assert "demo-2024-budget_lines-" in drawer.content.decode()
    again = writer.get(f"{REPORT}/budget/page/1.png")
    assert again.status_code == 200


def test_it_follows_the_ledger(writer: Client) -> None:
    written(writer, f"补助{RAW}。")
    units = [unit.key for unit in queries.unit_tree().below("demo")]
    ((row, version),) = (
        (row, version) for row, version in queries.sheet_rows("budget_lines", units, 2024, "approved")
        if row.text("function") == "2101202"
    )  # fmt: skip
    amount = row.values["amount"]
    assert isinstance(amount, int)
    operations.edit([Edit("budget_lines", row.key, version, {"amount": amount + 100_000_000})], actor="测试")
    assert [figure.text for figure in entered(ready().paper)] == ["55,375万元"]


def test_braces_that_name_nothing_are_refused_with_what_is_there(writer: Client) -> None:
    before = _now(REASON)
    for text, why in (
        ("补助{{表1[支出/2101299, 2024年预算数]}}。", "表1 没有行"),
        ("补助{{表99[合计, 总计]}}。", "没有表“表99”"),
        ("补助{{说明[totals.outlay.none]}}。", "说明里没有数字"),
        ("补助{{表1[支出/2101202, 2024年预算数]。", "没有写完"),
        ("补助{{表3[demo-main, 预算单位]}}。", "没有可引用的数"),
    ):
        page = written(writer, text)
        assert why in unescape(page) and "全部没有写入" in page and _now(REASON) == before, text


def test_an_address_that_is_lost_blocks_publication_as_a_missing_reason_does(writer: Client) -> None:
    stopped = len(ready().assembled.stops)
    version = queries.history("reasons", REASON)[-1].version
    # As a workbook may bring it: the ledger keeps the words, the paper cannot fill them.
    text = "补助{{表1[支出/2101299, 2024年预算数]}}。"
    operations.edit([Edit("reasons", REASON, version, {"text": text})], actor="测试")
    found = ready()
    assert len(found.assembled.stops) == stopped + 1
    (finding,) = [f for f in found.paper.findings if f.stops and "entered1" in f.place]
    assert "文字里的数字找不到：表1 没有行" in finding.message and REASON in finding.next_step
    page = writer.get(f"{REPORT}/budget/").content.decode()
    assert "is-lost" in page
    assert "还缺" in page and "文字里的数字找不到" in page
    public = prepared("demo", 2024, "budget", "public").paper
    assert "2101299" not in "".join(x.text for s in public.sections for x in s.sentences)


def test_two_braces_may_be_printed(writer: Client) -> None:
    page = written(writer, f"写作\\{{{{甲}}}}，补助{RAW}。")
    assert "已保存 1 处" in page
    (figure,) = entered(ready().paper)
    sentence = next(x for s in ready().paper.sections for x in s.sentences if figure in x.spans)
    assert sentence.text.endswith("写作{{甲}}，补助55,275万元。")
    # In the editor the words stand as they are kept, so that saving them again changes nothing.
    assert place(page)["inside"].startswith("写作\\{{甲}}，补助<a")
    entries = LogEntry.objects.count()
    assert "没有需要保存的改动" in written(writer, _now(REASON) or "") and LogEntry.objects.count() == entries


@pytest.mark.parametrize("form", [Format.XLSX, Format.PACKAGE])
def test_workbook_and_package_hold_the_same_words(writer: Client, tmp_path: Path, form: Format) -> None:
    written(writer, f"写作\\{{{{甲}}}}，补助{RAW}。")
    path = tmp_path / ("demo.xlsx" if form is Format.XLSX else "demo")
    export(path, form, "demo", 2024)
    again = load([path], "测试")
    assert (again.status, again.problems) == ("unchanged", [])
    words = path / "reasons.csv" if form is Format.PACKAGE else None
    assert words is None or f"写作\\{{{{甲}}}}，补助{RAW}。" in words.read_text(encoding="utf-8-sig")
