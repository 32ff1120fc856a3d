"""The review of an audit: page, workbook, marks in the PDF, decisions read back."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path

import openpyxl
import pypdfium2
import pypdfium2.raw as pdfium
import pytest
import typst

from yiheng.facts import Outcome, Severity
from yiheng.facts.audit import AuditFinding, Decision, DocumentAudit, Ground, Identity, Verdict
from yiheng.facts.document import Box, PageSize, Place, ReadDocument, ReadingProblem, ReadParagraph
from yiheng.reporting import review

WRONG = AuditFinding(
    rule="audit.test.sum",
    title="合计不等于各行之和",
    severity=Severity.ERROR,
    outcome=Outcome.FAIL,
    place=Place(1, Box(100, 100, 180, 120)),
    quote="支出决算表[合计, 项目支出] <196.58>",
    printed="196.58",
    computed="196.57",
    difference="0.01",
    message="各行相加得 196.57。",
    remedy="请核对",
    sources=(Ground("支出决算表[205] 13.86", Place(1, Box(100, 140, 180, 160))),),
    cells=(Place(1, Box(100, 140, 180, 160)),),
)
DOUBTED = WRONG._replace(rule="audit.test.rate", title="增长率不符", severity=Severity.WARNING, cells=())
NOT_RUN = AuditFinding(
    "audit.test.x", "表间核对", Severity.ERROR, Outcome.COULD_NOT_RUN, message="没有找到表5"
)
PASSED = AuditFinding("audit.test.y", "左右相等", Severity.ERROR, Outcome.PASS)


def done(decisions: dict[str, Decision] | None = None) -> DocumentAudit:
    text = ReadParagraph(0, "虚构", 0, ((0, Place(1)),))
    problems = (ReadingProblem("第 2 页是扫描件，没有文字", Place(2), "请提供有文字的版本"),)
    document = ReadDocument("a.pdf", "pdf", (text,), (PageSize(400, 600),), problems)
    identity = Identity("accounts", "某市医疗保障局（虚构）", 2024)
    return DocumentAudit(document, identity, (WRONG, DOUBTED, NOT_RUN, PASSED), decisions or {})


@pytest.fixture
def pdf(tmp_path: Path) -> Path:
    source = tmp_path / "a.typ"
    source.write_text("#set page(width: 400pt, height: 600pt)\n196.58", encoding="utf-8")
    typst.compile(source, output=tmp_path / "a.pdf")
    return tmp_path / "a.pdf"


def test_the_page_shows_both_figures_the_place_and_what_could_not_run(tmp_path: Path, pdf: Path) -> None:
    text = review.write_review(done(), tmp_path / "out", pdf).read_text(encoding="utf-8")
    assert "印出：196.58　应为：196.57　相差：0.01" in text
    assert "&lt;196.58&gt;" in text
    assert "审校 4 项：通过 1，不通过 2，不适用 0，无法执行 1" in text
    assert "表间核对：没有找到表5" in text
    assert "第 2 页是扫描件，没有文字" in text
    # The box from (100, 100) to (180, 120) on a page of 400 by 600 points.
    assert 'style="left:25.00%;top:16.67%;width:20.00%;height:3.33%"' in text
    assert (tmp_path / "out" / "pages" / "page-0001.png").read_bytes().startswith(b"\x89PNG")


def test_a_document_without_pages_has_no_pictures(tmp_path: Path) -> None:
    text = review.write_review(done(), tmp_path / "out").read_text(encoding="utf-8")
    assert "<img" not in text


def test_the_workbook_holds_every_shown_finding(tmp_path: Path) -> None:
    dismissed = Decision(DOUBTED.key, Verdict.DISMISSED, "按未取整的数计算")
    review.write_findings([done({DOUBTED.key: dismissed})], tmp_path / "a.xlsx")
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    rows = list(book["问题"].iter_rows(min_row=2, values_only=True))
    assert [row[2] for row in rows] == ["错误", "警告"]
    assert rows[0][6:9] == ("196.58", "196.57", "0.01")
    assert rows[1][12:14] == ("不是问题", "按未取整的数计算")
    assert book["无法执行"]["C2"].value == "没有找到表5"


def test_the_pdf_carries_the_finding_at_its_place(tmp_path: Path, pdf: Path) -> None:
    assert review.annotate(done(), pdf, tmp_path / "marked.pdf") == 2
    page = pypdfium2.PdfDocument(tmp_path / "marked.pdf")[0]
    assert pdfium.FPDFPage_GetAnnotCount(page) == 2
    mark, box = pdfium.FPDFPage_GetAnnot(page, 0), pdfium.FS_RECTF()
    pdfium.FPDFAnnot_GetRect(mark, box)
    assert (round(box.left), round(box.top), round(box.right), round(box.bottom)) == (98, 502, 182, 478)


def test_decisions_are_read_back(tmp_path: Path) -> None:
    path = tmp_path / "decisions.json"
    row = {
        "key": WRONG.key,
        "verdict": "dismissed",
        "reason": "原件如此",
        "reviewer": "甲",
        "on": "2026-01-05",
    }
    path.write_text(json.dumps({"decisions": [row]}), encoding="utf-8")
    assert review.read_decisions(path) == {
        WRONG.key: Decision(WRONG.key, Verdict.DISMISSED, "原件如此", "甲", "2026-01-05")
    }


def test_everything_wrong_with_decisions_is_said_at_once(tmp_path: Path) -> None:
    path = tmp_path / "decisions.json"
    rows = [{"verdict": "confirmed"}, {"key": "a", "verdict": "maybe"}, {"key": "b", "verdict": "dismissed"}]
    path.write_text(json.dumps({"decisions": rows}), encoding="utf-8")
    with pytest.raises(review.DecisionsUnreadable, match=r"第 1 条没有 key；第 2 条.*；第 3 条.*没有写理由"):
        review.read_decisions(path)


def test_the_key_survives_another_place_but_not_another_figure() -> None:
    assert WRONG._replace(place=Place(9)).key == WRONG.key
    assert WRONG._replace(printed="196.59").key != WRONG.key


HARNESS = """<!DOCTYPE html><meta charset="utf-8"><iframe id="f" src="index.html"></iframe><pre id="out"></pre><script>
document.getElementById("f").onload = function () {
  const page = this.contentDocument, result = {};
  const visible = () => [...page.querySelectorAll("article")].filter((a) => !a.hidden).length;
  const fire = (element, name) => element.dispatchEvent(new this.contentWindow.Event(name, {bubbles: true}));
  result.all = visible();
  const box = page.querySelector("[name=severity][value=warning]");
  box.checked = false; fire(box, "input"); result.errors = visible();
  box.checked = true; fire(box, "input");
  const verdict = page.querySelector("#f1 [name=verdict]");
  verdict.value = "dismissed"; fire(verdict, "change");
  page.getElementById("export").click();
  result.refused = page.getElementById("state").textContent;
  result.kept = page.querySelector("#f2 [name=verdict]").value;
  document.getElementById("out").textContent = JSON.stringify(result);
};
</script>"""


def test_filters_and_decisions_work_in_a_browser(tmp_path: Path) -> None:
    browser = shutil.which("chromium") or shutil.which("chromium-browser")
    if browser is None:
        pytest.skip("no chromium on the path: the page's script can only be tried in a browser")
    review.write_review(done({DOUBTED.key: Decision(DOUBTED.key, Verdict.CONFIRMED)}), tmp_path)
    (tmp_path / "harness.html").write_text(HARNESS, encoding="utf-8")
    flags = [
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--no-first-run",
        "--disable-background-networking",
    ]
    flags += ["--allow-file-access-from-files", "--virtual-time-budget=4000", "--dump-dom"]
    command = [browser, *flags, f"--user-data-dir={tmp_path}/profile", (tmp_path / "harness.html").as_uri()]
    shown = subprocess.run(command, capture_output=True, encoding="utf-8", timeout=60, check=True).stdout
    out = re.search(r'<pre id="out">(.*?)</pre>', shown, re.DOTALL)
    assert out is not None, shown
    assert json.loads(out[1]) == {
        "all": 2, "errors": 1, "refused": "判为“不是问题”的要写理由。", "kept": "confirmed",
    }  # fmt: skip
