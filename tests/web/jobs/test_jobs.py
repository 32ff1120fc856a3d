"""The screens of background jobs, and loading a workbook through them (任务、装载工作簿)."""

from __future__ import annotations

import errno
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.pipelines.packages import LINE_HEAD, LINES, UNITS, YEARS, Table, changed, workbook
from tests.web.working import job_of, work

from yiheng.casework.models import Job, JobState
from yiheng.casework.operations import enqueue
from yiheng.casework.operations.cycles import open_cycle
from yiheng.ledger.models import Adjustment, BudgetLine, Load
from yiheng.people.models import UnitScope, User, Work
from yiheng.pipelines import uploads
from yiheng.pipelines.jobs import HANDLERS

SignIn = Callable[[str], Client]
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.fixture
def of_demo(tmp_path: Path) -> Path:
    """A workbook with a unit below `demo`."""
    units = (UNITS[0], ("jia", "甲中心", "demo", "基层单位", None))
    return workbook(tmp_path / "甲中心.xlsx", 单位=units)


def upload(client: Client, *paths: Path) -> object:
    files = [SimpleUploadedFile(path.name, path.read_bytes(), XLSX) for path in paths]
    return client.post("/jobs/load/", {"workbooks": files})


def page(client: Client, job: Job) -> str:
    return client.get(f"/jobs/{job.pk}/").content.decode()


def test_a_workbook_is_read_shown_agreed_to_and_written(sign_in: SignIn, of_demo: Path) -> None:
    client, loads = sign_in("jing"), Load.objects.count()
    job = job_of(upload(client, of_demo))
    assert "排队" in page(client, job) and "hx-trigger" in page(client, job)
    work()
    shown = page(client, job)
    assert "待确认" in shown and "支出预算：新增 2 行" in shown and "hx-trigger" not in shown
    assert Load.objects.count() == loads
    client.post(f"/jobs/{job.pk}/confirm/")
    work()
    assert "已写入台账" in page(client, job)
    assert BudgetLine.objects.filter(unit_id="jia").count() == 2
    assert Load.objects.latest("pk").user == User.objects.get(username="jing")


def test_what_was_agreed_to_is_what_is_written(sign_in: SignIn, of_demo: Path) -> None:
    """Another load in between changes the difference, so that it has to be agreed to anew."""
    client = sign_in("jing")
    first, second = job_of(upload(client, of_demo)), job_of(upload(client, of_demo))
    work()
    for job in (first, second):
        client.post(f"/jobs/{job.pk}/confirm/")
    work()
    assert Job.objects.get(pk=first.pk).result["status"] == "loaded"
    assert Job.objects.get(pk=second.pk).result["status"] == "unchanged"
    assert BudgetLine.objects.filter(unit_id="jia").count() == 2


def test_a_difference_that_nobody_wants_is_not_written(sign_in: SignIn, of_demo: Path) -> None:
    client = sign_in("jing")
    job = job_of(upload(client, of_demo))
    work()
    client.post(f"/jobs/{job.pk}/cancel/")
    assert "已取消" in page(client, job)
    assert work() == 0
    assert not BudgetLine.objects.filter(unit_id="jia").exists()


def test_every_problem_of_a_workbook_is_listed_and_nothing_is_written(
    sign_in: SignIn, tmp_path: Path
) -> None:
    client = sign_in("jing")
    path = workbook(
        tmp_path / "错.xlsx",
        changed(1, "金额", "很多"),
        部门年度=(*YEARS, ("无此单位", 2023, "部门预算", "x", "是")),
    )
    job = job_of(upload(client, path))
    work()
    shown = page(client, job)
    assert "未完成" in shown and "很多" in shown and "无此单位" in shown
    assert Job.objects.get(pk=job.pk).state == JobState.FAILED


def test_rows_of_somebody_elses_unit_are_refused(sign_in: SignIn, of_demo: Path) -> None:
    """`wai` fills in for szyb, and the workbook is about a unit below demo."""
    client = sign_in("wai")
    job = job_of(upload(client, of_demo))
    work()
    shown = page(client, job)
    assert "不由您填报的单位" in shown and "jia" in shown
    assert not BudgetLine.objects.filter(unit_id="jia").exists()


def test_a_new_department_beside_the_own_one_is_refused(sign_in: SignIn, tmp_path: Path) -> None:
    client = sign_in("jing")
    job = job_of(upload(client, workbook(tmp_path / "甲局.xlsx")))
    work()
    assert "不由您填报的单位" in page(client, job)


def of_stage(path: Path, stage: str, **others: Table) -> Path:
    lines = changed(2, "编制阶段", stage, changed(1, "编制阶段", stage))
    units = (UNITS[0], ("jia", "甲中心", "demo", "基层单位", None))
    return workbook(path, lines, 单位=units, **others)


def test_a_workbook_goes_round_no_step_of_a_cycle(sign_in: SignIn, tmp_path: Path) -> None:
    """jia has no cycle of its own: that of demo, at 一上, says which lines may change."""
    client = sign_in("jing")
    open_cycle("demo", 2023, by=User.objects.get(username="jing"))
    job = job_of(upload(client, of_stage(tmp_path / "批复.xlsx", "批复")))
    work()
    assert "现在办理的环节不能改动这些阶段的行：批复" in page(client, job)
    job = job_of(upload(client, of_stage(tmp_path / "一上.xlsx", "一上")))
    work()
    assert "待确认" in page(client, job)


def test_adjustments_are_written_by_their_approval_only(sign_in: SignIn, tmp_path: Path) -> None:
    moved = (("行号", "日期", "事由", *LINE_HEAD[1:3], *LINE_HEAD[4:]),)
    moved += (("t1", "2023-06-01", "补足经费", *LINES[1][1:3], *LINES[1][4:]),)
    path = of_stage(tmp_path / "调整.xlsx", "一上", 预算调整=moved)
    client = sign_in("jing")
    job = job_of(upload(client, path))
    work()
    assert "待确认" in page(client, job)  # before the cycle: what was decided elsewhere is taken over
    client.post(f"/jobs/{job.pk}/cancel/")
    open_cycle("demo", 2023, by=User.objects.get(username="jing"))
    job = job_of(upload(client, path))
    work()
    assert "请在“预算调剂”里报送" in page(client, job)
    assert not Adjustment.objects.filter(unit_id="jia").exists()


def test_a_right_to_one_work_is_none_to_another(sign_in: SignIn, of_demo: Path) -> None:
    """Whoever fills in execution only writes no budget by a workbook."""
    wai = User.objects.get(username="wai")
    UnitScope.objects.create(user=wai, unit="demo", work=Work.EXECUTION, right="write")
    client = sign_in("wai")
    job = job_of(upload(client, of_demo))
    work()
    assert "不由您填报的单位的数据：jia（支出预算）" in page(client, job)


@pytest.mark.parametrize("username", ["zhang", "shen", "cai", "xitong", "anquan"])
def test_who_fills_in_nothing_cannot_upload(sign_in: SignIn, of_demo: Path, username: str) -> None:
    client = sign_in(username)
    assert client.get("/jobs/load/").status_code == 403
    assert upload(client, of_demo).status_code == 403


def test_a_file_is_told_by_what_it_holds(sign_in: SignIn, tmp_path: Path) -> None:
    client, before = sign_in("jing"), Job.objects.count()
    fake = tmp_path / "公式.xlsx"
    fake.write_bytes(b"%PDF-1.7 not a workbook")
    empty = tmp_path / "空.xlsx"
    empty.write_bytes(b"")
    answer = upload(client, fake)
    assert answer.status_code == 422 and "内容是 PDF" in answer.content.decode()
    answer = upload(client, fake, empty)
    assert "文件是空的" in answer.content.decode()
    assert client.post("/jobs/load/").status_code == 422
    assert Job.objects.count() == before


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("../../etc/passwd", "passwd"),
        (r"C:\机密\决算.xlsx", "决算.xlsx"),
        ("a\x00b\u202egpj.xlsx", "abgpj.xlsx"),
        ("...", "未命名"),
        ("", "未命名"),
        ("表" * 100 + ".xlsx", "表" * 38 + ".xlsx"),
    ],
)
def test_names_of_files_are_made_safe(name: str, safe: str) -> None:
    assert uploads.safe_name(name) == safe


def test_a_job_is_its_owners_and_of_colleagues_with_the_right(sign_in: SignIn) -> None:
    owner = User.objects.get(username="jing") if sign_in("jing") else None
    assert owner is not None
    own = enqueue("load", {"files": []}, by=owner, title="自己的作业")
    of_unit = enqueue("audit", {"files": []}, by=owner, title="单位的作业", unit="demo", work=Work.REVIEW)
    seen = {name: [sign_in(name).get(f"/jobs/{job.pk}/").status_code for job in (own, of_unit)]
            for name in ("jing", "zhang", "shen", "wai", "cai", "anquan")}  # fmt: skip
    assert seen == {
        "jing": [200, 200], "zhang": [404, 200], "shen": [404, 200], "wai": [404, 404], "cai": [404, 404],
        "anquan": [404, 404],
    }  # fmt: skip
    for name in ("shen", "wai", "cai"):
        assert sign_in(name).post(f"/jobs/{of_unit.pk}/cancel/").status_code == 404
    assert Job.objects.get(pk=of_unit.pk).state == JobState.WAITING
    assert sign_in("zhang").post(f"/jobs/{of_unit.pk}/cancel/").status_code == 302
    assert Job.objects.get(pk=of_unit.pk).state == JobState.CANCELLED
    assert sign_in("jing").get(f"/jobs/{uuid.uuid4()}/").status_code == 404


def test_the_system_administrator_sees_that_jobs_wait_but_not_what_they_found(sign_in: SignIn) -> None:
    client = sign_in("xitong")
    job = enqueue("load", {}, by=User.objects.get(username="jing"), title="装载 甲.xlsx")
    Job.objects.filter(pk=job.pk).update(state="asking", result={"difference": "新增 2 行", "asks": {}})
    assert "装载 甲.xlsx" in client.get("/jobs/").content.decode()
    shown = page(client, job)
    assert "待确认" in shown and "新增 2 行" not in shown
    assert client.post(f"/jobs/{job.pk}/confirm/").status_code == 404
    client.post(f"/jobs/{job.pk}/cancel/")
    assert Job.objects.get(pk=job.pk).state == JobState.CANCELLED


def test_only_what_the_job_offers_can_be_downloaded(sign_in: SignIn) -> None:
    client = sign_in("jing")
    owner = User.objects.get(username="jing")
    job = enqueue("publish", {}, by=owner, title="生成材料")
    folder = job.folder / "package" / "demo"
    folder.mkdir(parents=True)
    (folder / "tables.xlsx").write_bytes(b"x")
    (folder / "secret.xlsx").write_bytes(b"x")
    Job.objects.filter(pk=job.pk).update(state="done", result={"folder": "package/demo"})
    assert client.get(f"/jobs/{job.pk}/files/package/demo/tables.xlsx").status_code == 200
    for name in ("package/demo/secret.xlsx", "package/demo/../demo/tables.xlsx", "in/001/x.xlsx"):
        assert client.get(f"/jobs/{job.pk}/files/{name}").status_code == 404, name
    assert sign_in("wai").get(f"/jobs/{job.pk}/files/package/demo/tables.xlsx").status_code == 404


def test_a_full_disk_is_told_and_nothing_is_left(
    sign_in: SignIn, of_demo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    client, before = sign_in("jing"), Job.objects.count()

    def full(path: Path) -> NoReturn:
        path.mkdir(parents=True, exist_ok=True)
        raise OSError(errno.ENOSPC, "No space left on device", str(path))

    folders = set((Path(settings.YIHENG_HOME) / "jobs").glob("*"))
    with monkeypatch.context() as patched:
        patched.setattr(uploads, "_keep", lambda file, folder, number: full(folder / "in"))
        answer = upload(client, of_demo)
    assert answer.status_code == 422 and "磁盘空间不足" in answer.content.decode()
    assert set((Path(settings.YIHENG_HOME) / "jobs").glob("*")) == folders
    assert Job.objects.count() == before
    job = enqueue("publish", {}, by=User.objects.get(username="jing"), title="生成材料")
    monkeypatch.setitem(HANDLERS, "publish", lambda task: full(task.folder))
    work()
    shown = page(client, job)
    assert "未完成" in shown and "磁盘空间不足" in shown and "No space" not in shown
