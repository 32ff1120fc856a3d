"""Reviewing uploaded documents (审校): upload, findings, filters, decisions, exports, and who sees them."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.web.working import job_of, work

from yiheng.casework.models import FindingDecision, Job, ReviewedDocument
from yiheng.facts.audit import Verdict
from yiheng.people.models import Right, UnitScope, User, Work
from yiheng.people.queries import log_of
from yiheng.pipelines import uploads
from yiheng.reporting.review import read_decisions

SignIn = Callable[[str], Client]
SAMPLE = "决算公开示例.html"
"""In it 2101506 prints 450.00 where its columns add up to 420.00."""


@pytest.fixture
def sample(repository: Path) -> bytes:
    return (repository / "docs" / "guide" / "files" / SAMPLE).read_bytes()


def upload(client: Client, *files: tuple[str, bytes], unit: str = "demo") -> object:
    made = [SimpleUploadedFile(name, content) for name, content in files]
    return client.post("/review/upload/", {"documents": made, "unit": unit})


@pytest.fixture
def reviewed(sign_in: SignIn, sample: bytes) -> ReviewedDocument:
    """The sample, uploaded and reviewed by `jing` of demo."""
    job = job_of(upload(sign_in("jing"), (SAMPLE, sample)))
    work()
    return ReviewedDocument.objects.get(job=job)


def page(client: Client, document: ReviewedDocument, query: str = "") -> str:
    answer = client.get(f"/review/{document.pk}/{query}")
    assert answer.status_code == 200
    return answer.content.decode()


def the_planted(client: Client, document: ReviewedDocument) -> str:
    """The key of the planted finding."""
    for article in page(client, document).split("<article")[1:]:
        if "450.00" in article and "420.00" in article:
            found = re.search(r'name="finding" value="(\w+)"', article)
            assert found
            return found[1]
    raise AssertionError("the planted finding is not shown")


def test_a_document_is_uploaded_reviewed_and_listed(sign_in: SignIn, reviewed: ReviewedDocument) -> None:
    client = sign_in("jing")
    listed = client.get("/review/").content.decode()
    assert SAMPLE in listed and "示例市医疗保障局 · 2024年 · 部门决算" in listed
    assert reviewed.errors + reviewed.warnings > 0
    shown = page(client, reviewed)
    assert "<dd>450.00</dd>" in shown and "<dd>420.00</dd>" in shown and "<dd>30.00</dd>" in shown
    assert "style=" not in shown


def test_several_files_are_reviewed_together_and_a_broken_one_says_why(
    sign_in: SignIn, sample: bytes
) -> None:
    client = sign_in("jing")
    job = job_of(upload(client, ("甲.html", sample), ("乙.pdf", b"%PDF-1.4 broken"), ("丙.html", sample)))
    work()
    found = {d.name: d for d in ReviewedDocument.objects.filter(job=job)}
    assert set(found) == {"甲.html", "乙.pdf", "丙.html"}
    assert found["乙.pdf"].problem and not found["甲.html"].problem
    assert "未能审校" in page(client, found["乙.pdf"])
    assert "未能审校" in client.get("/review/").content.decode()


def test_what_cannot_be_reviewed_is_refused_with_every_reason(sign_in: SignIn, sample: bytes) -> None:
    client, before = sign_in("jing"), Job.objects.count()
    answer = upload(client, ("空.pdf", b""), ("a.html", sample))
    assert answer.status_code == 422 and "空.pdf：文件是空的" in answer.content.decode()
    answer = upload(client, ("a.docx", b"MZ\x90\x00 program"), ("b.zip", b"PK\x03\x04"))
    words = answer.content.decode()
    assert "a.docx" in words and "b.zip" in words
    assert "没有选择文件" in upload(client).content.decode()
    many = [(f"{n}.html", sample) for n in range(uploads.MOST_FILES + 1)]
    assert "一次最多上传" in upload(client, *many).content.decode()
    assert Job.objects.count() == before


def test_a_document_cannot_be_put_under_somebody_elses_unit(sign_in: SignIn, sample: bytes) -> None:
    answer = upload(sign_in("jing"), (SAMPLE, sample), unit="szyb")
    assert answer.status_code == 422 and not Job.objects.filter(kind="audit").exists()


def test_the_name_of_a_file_is_text_and_nothing_else(sign_in: SignIn, sample: bytes) -> None:
    client = sign_in("jing")
    job_of(upload(client, ("<img src=x onerror=alert(1)>.html", sample)))
    work()
    shown = client.get("/review/").content.decode()
    assert "<img src=x" not in shown and "img src=x onerror=alert(1).html" in shown


def test_filters_work_on_the_server(sign_in: SignIn, reviewed: ReviewedDocument) -> None:
    client = sign_in("jing")
    every = page(client, reviewed).count("<article")
    assert every == reviewed.errors + reviewed.warnings + reviewed.hints
    assert page(client, reviewed, "?level=error").count("<article") == reviewed.errors
    assert page(client, reviewed, "?words=450.00").count("<article") >= 1
    assert page(client, reviewed, "?words=没有这个词").count("<article") == 0
    assert page(client, reviewed, "?decision=confirmed").count("<article") == 0
    assert page(client, reviewed, "?decision=open&level=x&page=99").count("<article") == every


def decide(client: Client, document: ReviewedDocument, key: str, verdict: str, reason: str = "") -> object:
    return client.post(
        f"/review/{document.pk}/decide/",
        {"finding": key, "verdict": verdict, "reason": reason},
        headers={"HX-Request": "true"},
    )


def test_a_decision_is_kept_logged_and_shown(sign_in: SignIn, reviewed: ReviewedDocument) -> None:
    client = sign_in("jing")
    key = the_planted(client, reviewed)
    answer = decide(client, reviewed, key, "dismissed")
    assert answer.status_code == 200 and "要写明理由" in answer.content.decode()
    assert not FindingDecision.objects.exists()
    answer = decide(client, reviewed, key, "dismissed", "<b>四舍五入</b>")
    assert "已保存" in answer.content.decode() and "<b>四舍五入" not in answer.content.decode()
    (kept,) = FindingDecision.objects.all()
    assert (kept.verdict, kept.reason, kept.by.username) == ("dismissed", "<b>四舍五入</b>", "jing")
    decide(client, reviewed, key, "confirmed", "确有错误")
    assert "确有错误" in page(client, reviewed, "?decision=confirmed")
    decide(client, reviewed, key, "")
    assert not FindingDecision.objects.exists()
    verdicts = [(e.before or {}).get("verdict") for e in log_of("finding_decisions", str(reviewed.pk))]
    assert verdicts == [None, "dismissed", "confirmed"]


def test_without_scripts_a_decision_leads_back_to_its_finding(
    sign_in: SignIn, reviewed: ReviewedDocument
) -> None:
    client = sign_in("jing")
    form = {"finding": the_planted(client, reviewed), "verdict": "confirmed", "reason": ""}
    answer = client.post(f"/review/{reviewed.pk}/decide/", form)
    assert answer.status_code == 302 and "#f" in answer["Location"]
    answer = client.post(f"/review/{reviewed.pk}/decide/", {**form, "verdict": "dismissed"})
    assert answer.status_code == 422 and "要写明理由" in answer.content.decode()


def test_unknown_findings_and_verdicts_are_refused(sign_in: SignIn, reviewed: ReviewedDocument) -> None:
    client = sign_in("jing")
    assert decide(client, reviewed, "0" * 16, "confirmed").status_code == 404
    assert "裁定只能是" in decide(client, reviewed, the_planted(client, reviewed), "maybe").content.decode()


def test_exports_carry_the_decisions(sign_in: SignIn, reviewed: ReviewedDocument, tmp_path: Path) -> None:
    client = sign_in("jing")
    key = the_planted(client, reviewed)
    decide(client, reviewed, key, "confirmed", "=1+1 请改正")
    book = client.get(f"/review/{reviewed.pk}/findings.xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(book.streaming_content)))["问题"]
    rows = list(sheet.iter_rows())
    place = {cell.value: cell.column - 1 for cell in rows[0]}
    (row,) = [row for row in rows[1:] if row[place["印出"]].value == "450.00" and row[place["裁定"]].value]
    assert row[place["裁定"]].value == "确认"
    assert (row[place["理由"]].value, row[place["理由"]].data_type) == ("=1+1 请改正", "s")
    path = tmp_path / "decisions.json"
    path.write_bytes(client.get(f"/review/{reviewed.pk}/decisions.json").content)
    (kept,) = read_decisions(path).values()
    assert (kept.key, kept.verdict, kept.reason) == (key, Verdict.CONFIRMED, "=1+1 请改正")
    assert json.loads(path.read_text(encoding="utf-8"))["file"] == SAMPLE


def test_the_same_file_again_keeps_what_was_decided(
    sign_in: SignIn, reviewed: ReviewedDocument, sample: bytes
) -> None:
    client = sign_in("jing")
    decide(client, reviewed, the_planted(client, reviewed), "dismissed", "口径不同")
    job = job_of(upload(client, ("再来一次.html", sample)))
    work()
    assert "口径不同" in page(client, ReviewedDocument.objects.get(job=job), "?decision=dismissed")


ADDRESSES = ("", "findings.xlsx", "decisions.json", "original/")


def test_a_review_is_its_uploaders_and_of_colleagues_who_review(
    sign_in: SignIn, reviewed: ReviewedDocument
) -> None:
    seen = {
        name: {sign_in(name).get(f"/review/{reviewed.pk}/{address}").status_code for address in ADDRESSES}
        for name in ("jing", "zhang", "gui", "ju", "shen", "wai", "cai", "xitong")
    }
    assert seen == {
        "jing": {200}, "zhang": {200}, "gui": {200}, "ju": {200}, "shen": {200}, "wai": {404}, "cai": {403},
        "xitong": {403},
    }  # fmt: skip
    assert SAMPLE not in sign_in("wai").get("/review/").content.decode()
    assert sign_in("wai").get(f"/jobs/{reviewed.job_id}/").status_code == 404


def test_who_only_reads_decides_nothing(sign_in: SignIn, reviewed: ReviewedDocument) -> None:
    key = the_planted(sign_in("jing"), reviewed)
    assert [
        decide(sign_in(name), reviewed, key, "confirmed").status_code for name in ("ju", "shen", "wai")
    ] == [403, 403, 404]
    assert 'name="verdict"' not in page(sign_in("shen"), reviewed)
    other = User.objects.get(username="wai")
    UnitScope.objects.create(user=other, unit="demo", work=Work.REVIEW, right=Right.READ)
    assert decide(sign_in("wai"), reviewed, key, "confirmed").status_code == 404
    assert not FindingDecision.objects.exists()
    assert decide(sign_in("zhang"), reviewed, key, "confirmed").status_code == 200
