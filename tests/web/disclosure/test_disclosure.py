"""Making a year public through the screens (公开): prepared by one, certified by another, corrected in the open."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from django.test import Client
from tests.web.working import job_of, work

from yiheng.casework.models import Job, JobState, Preparation, PreparationState, Publication
from yiheng.casework.operations import enqueue
from yiheng.casework.operations.publications import prepared
from yiheng.casework.queries import publications as queries
from yiheng.ledger.queries import state
from yiheng.people.models import User
from yiheng.pipelines import disclose
from yiheng.pipelines.assemble import stamp
from yiheng.reporting import manifest
from yiheng.web import papers

SignIn = Callable[[str], Client]
HOME = "/years/demo/2024/disclosure/"
PAPER: dict[str, Any] = {"unit": "demo", "year": 2024, "kind": "budget"}
SECRET = "青鸾"
"""A word in the name and every text of the synthetic bureau's secret project."""


def text(answer: Any) -> str:
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return body.decode()


def draft(
    username: str = "jing", *, basis: dict[str, str] | None = None, at: int | None = None
) -> Preparation:
    """A draft of a small package, without the pipeline."""
    job = enqueue("prepare", PAPER, by=User.objects.get(username=username), title="准备公开稿")
    folder = job.folder / "package" / "demo-2024-budget"
    (folder / "site").mkdir(parents=True)
    (folder / "disclosure.pdf").write_bytes(b"%PDF-1.7")
    (folder / "site" / "index.html").write_text("<p>公开</p>", encoding="utf-8")
    manifest.write(folder)
    loaded = state()[0] if at is None else at
    return prepared(
        job, **PAPER, title="示例市2024年部门预算", folder="package/demo-2024-budget", checks={"outcomes": {}},
        basis=basis or {}, ledger_state=loaded,
    )  # fmt: skip


def words_of(path: Path) -> str:
    """Everything that a file says."""
    if path.suffix == ".pdf":
        with pypdfium2.PdfDocument(path) as document:
            return "".join(page.get_textpage().get_text_bounded() for page in document)
    if path.suffix in (".xlsx", ".docx"):
        with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as archive:
            return "".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())
    return path.read_bytes().decode("utf-8", "replace")


def test_from_preparing_to_a_correction(sign_in: SignIn) -> None:
    jing, zhang, ju = sign_in("jing"), sign_in("zhang"), sign_in("ju")
    assert "还没有公开过材料" in text(jing.get(HOME))
    job = job_of(jing.post(f"{HOME}prepare/", {"kind": "budget", "reason": ""}))
    assert "准备公开稿" in text(jing.get(HOME)), "the open job is shown"
    assert job_of(jing.post(f"{HOME}prepare/", {"kind": "budget"})).pk == job.pk, "one at a time"
    work()
    found = Preparation.objects.get()
    assert Job.objects.get(pk=job.pk).state == JobState.DONE
    assert f"{HOME}" in text(jing.get(f"/jobs/{job.pk}/"))

    page = f"{HOME}drafts/{found.pk}/"
    shown = text(zhang.get(page))
    assert "审核通过" in shown and "签发并公开" in shown
    assert "签发并公开" not in text(jing.get(page)) and "须由另一位" in text(jing.get(page))
    assert text(zhang.get(f"{page}files/site/index.html")).startswith("<!DOCTYPE html>")
    assert jing.post(f"{page}certify/").status_code == 403
    assert not queries.publications().exists()

    assert zhang.post(f"{page}certify/").status_code == 302
    first = Publication.objects.get()
    assert (first.version, first.prepared_by.username, first.certified_by.username) == (1, "jing", "zhang")
    assert "全部一致" in text(jing.get(f"{HOME}versions/{first.pk}/"))
    public = [path for path in first.path.rglob("*") if path.is_file()]
    assert len(public) == len(first.manifest) + 1
    assert [path.name for path in public if SECRET in words_of(path)] == []
    pdf = f"{HOME}versions/{first.pk}/files/disclosure.pdf"
    assert jing.get(pdf)["Content-Type"] == "application/pdf"

    answer = jing.post(f"{HOME}prepare/", {"kind": "budget", "reason": " "})
    assert answer.status_code == 422 and "须写明更正理由" in text(answer)
    reason = "补充政府采购预算说明"
    job_of(jing.post(f"{HOME}prepare/", {"kind": "budget", "reason": reason}))
    work()
    second_draft = Preparation.objects.latest("pk")
    assert ju.post(f"{HOME}drafts/{second_draft.pk}/certify/").status_code == 302
    second = queries.latest(**PAPER)
    assert second is not None and (second.version, second.reason) == (2, reason)
    listed = text(jing.get(HOME))
    assert reason in listed and "现行" in listed
    assert "已由第 2 版更正" in text(jing.get(f"{HOME}versions/{first.pk}/"))
    assert jing.get(pdf).status_code == 200, "the first version is still there"

    path = first.path / "disclosure.pdf"
    path.chmod(0o644)
    path.write_bytes(path.read_bytes() + b"\n")
    assert "disclosure.pdf 已被改动" in text(jing.get(f"{HOME}versions/{first.pk}/"))
    answer = jing.get(pdf)
    assert answer.status_code == 409 and "与签发时的校验值不符" in text(answer)
    assert jing.get(f"{HOME}versions/{second.pk}/files/disclosure.pdf").status_code == 200


def test_a_draft_is_returned_with_a_comment(sign_in: SignIn) -> None:
    zhang = sign_in("zhang")
    found = draft()
    answer = zhang.post(f"{HOME}drafts/{found.pk}/return/", {"comment": ""})
    assert answer.status_code == 422 and "写明意见" in text(answer)
    zhang.post(f"{HOME}drafts/{found.pk}/return/", {"comment": "第三部分漏了原因"})
    assert Preparation.objects.get().state == PreparationState.RETURNED
    assert "第三部分漏了原因" in text(sign_in("jing").get(HOME))


def test_who_may_look_prepare_return_and_certify(sign_in: SignIn) -> None:
    sign_in("jing")
    found = draft()
    made = draft("gui")  # supersedes the first
    page = f"{HOME}drafts/{made.pk}/"
    people = ("jing", "zhang", "gui", "ju", "cai", "shen", "wai", "xitong")
    asked = {
        "home": lambda c: c.get(HOME),
        "draft": lambda c: c.get(page),
        "file": lambda c: c.get(f"{page}files/disclosure.pdf"),
        "prepare": lambda c: c.post(f"{HOME}prepare/", {"kind": "无"}),
        "return": lambda c: c.post(f"{page}return/", {"comment": ""}),
    }
    seen = {name: [ask(sign_in(who)).status_code for who in people] for name, ask in asked.items()}
    assert seen == {
        "home": [200, 200, 200, 200, 200, 200, 403, 403],
        "draft": [200, 200, 200, 200, 200, 200, 403, 403],
        "file": [200, 200, 200, 200, 200, 200, 403, 403],
        "prepare": [422, 403, 422, 403, 403, 403, 403, 403],
        "return": [403, 422, 422, 422, 403, 403, 403, 403],
    }
    refused = [
        sign_in(who).post(f"{page}certify/").status_code for who in people if who not in ("zhang", "ju")
    ]
    assert refused == [403] * 6 and not Publication.objects.exists()
    sign_in("zhang").post(f"{HOME}drafts/{found.pk}/certify/")
    assert not Publication.objects.exists(), "a superseded draft is not certified"
    sign_in("zhang").post(f"{page}certify/")
    assert Publication.objects.get().prepared_by.username == "gui"


def test_a_draft_is_reached_only_under_its_own_year(sign_in: SignIn) -> None:
    jing = sign_in("jing")
    found = draft()
    for home in ("/years/demo/2023/disclosure/", "/years/demo-main/2024/disclosure/"):
        assert jing.get(f"{home}drafts/{found.pk}/").status_code == 404
    for name in ("../../../secret-key", "manifest.json/../disclosure.pdf", "nothing.pdf"):
        assert jing.get(f"{HOME}drafts/{found.pk}/files/{name}").status_code == 404, name


def test_a_draft_whose_figures_have_changed_since_is_not_certified(sign_in: SignIn) -> None:
    sign_in("zhang")
    zhang = User.objects.get(username="zhang")
    policy = papers.policy()
    now = stamp(papers.department_year("demo", 2024, "budget"), policy)
    same = {name: now[name] for name in disclose.STATED}
    with pytest.raises(Exception, match="已与台账不符"):
        disclose.certify(draft(at=0, basis={**same, "facts": "别的"}), policy, by=zhang)
    with pytest.raises(Exception, match="已与台账不符"):
        disclose.certify(draft(at=0, basis={**same, "rules": "别的"}), policy, by=zhang)
    made = disclose.certify(draft(at=0, basis=same), policy, by=zhang)
    assert made.version == 1, "a load of another unit's rows keeps nobody from certifying"


def test_errors_that_nobody_accepted_stop_a_draft_and_are_shown(
    sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    from yiheng.facts import Finding, Outcome, Severity
    from yiheng.pipelines import publish

    finding = Finding(
        "r.1", "合计与分项不符", Severity.ERROR, Outcome.FAIL, "表1[合计]", "1.00", "2.00", "1.00"
    )

    def stopped(*args: object, **named: object) -> None:
        raise publish.PublicationStopped("demo-2024-budget", "示例", (finding,))

    monkeypatch.setattr(disclose, "publish", stopped)
    jing = sign_in("jing")
    job = job_of(jing.post(f"{HOME}prepare/", {"kind": "budget"}))
    work()
    shown = text(jing.get(f"/jobs/{job.pk}/"))
    assert "未完成" in shown and "合计与分项不符" in shown and "r.1" in shown
    assert not Preparation.objects.exists()
