"""Back-ups on screen: listed, proved, taken away with the password, deleted; all of it logged (备份)."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from tests.web.manage.saved import backup
from tests.web.served import PASSWORD
from tests.web.working import job_of, work

from yiheng.casework.models import Job, JobState
from yiheng.people.models import LogEntry
from yiheng.pipelines.backup import kept
from yiheng.pipelines.backup.save import _kept as goes_in

SignIn = Callable[[str], Client]
HOME = "/manage/backups/"


@pytest.fixture(autouse=True)
def folder() -> Iterator[Path]:
    Path(settings.YIHENG_HOME).mkdir(parents=True, exist_ok=True)
    yield kept.folder()
    shutil.rmtree(kept.folder(), ignore_errors=True)


def text(answer: Any) -> str:
    return str(answer.content.decode())


def test_they_are_listed_the_newest_first_and_a_broken_one_says_so(sign_in: SignIn) -> None:
    admin = sign_in("xitong")
    page = text(admin.get(HOME))
    assert "还没有备份" in page and "签名密钥" in page and "从备份恢复" in page
    backup("old.zip")
    backup("new.zip", at="2025-01-02T03:04:05+08:00")
    (kept.folder() / "broken.zip").write_bytes(b"nothing")
    (kept.folder() / ".new.zip.1.part").write_bytes(b"x")
    page = text(admin.get(HOME))
    assert page.index("new.zip") < page.index("old.zip") < page.index("broken.zip")
    assert "2024-05-06 07:08" in page and "不是医衡的备份文件" in page and ".part" not in page
    assert str(kept.folder() / "broken.zip") not in page
    assert "2 行" in text(admin.get(f"{HOME}old.zip/"))


def test_a_back_up_is_proved_by_a_job(sign_in: SignIn) -> None:
    admin = sign_in("xitong")
    backup("good.zip")
    backup("bad.zip", spoilt=True)
    good = job_of(admin.post(f"{HOME}good.zip/verify/"))
    bad = job_of(admin.post(f"{HOME}bad.zip/verify/"))
    assert work() == 2
    assert "全部相符" in text(admin.get(f"/jobs/{good.pk}/"))
    page = text(admin.get(f"/jobs/{bad.pk}/"))
    assert "已损坏" in page and "tables/x.row.jsonl" in page
    page = text(admin.get(HOME))
    assert "完好" in page and "不符" in page


def test_a_back_up_is_made_by_a_job_one_at_a_time(sign_in: SignIn, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "save", lambda path, **_: backup(path.name))
    monkeypatch.setattr(kept, "_beside", lambda does, progress: does(progress))  # the test holds the database
    admin = sign_in("xitong")
    job = job_of(admin.post(f"{HOME}new/"))
    assert job_of(admin.post(f"{HOME}new/")) == job and "排队" in text(admin.get(HOME))
    work()
    name = Job.objects.get(pk=job.pk).params["name"]
    assert (kept.folder() / name).is_file() and kept.folder().stat().st_mode & 0o077 == 0
    assert f"已写好并核对：{name}" in text(admin.get(f"/jobs/{job.pk}/"))
    entry = LogEntry.objects.get(action="backup")
    assert (entry.key, entry.actor, entry.after["rows"]) == (name, str(job.requested_by), 2)
    assert name in text(admin.get(HOME))


def test_a_back_up_that_a_killed_worker_had_written_is_not_written_again(sign_in: SignIn) -> None:
    admin = sign_in("xitong")
    job = job_of(admin.post(f"{HOME}new/"))
    backup(job.params["name"])
    work()
    assert Job.objects.get(pk=job.pk).state == JobState.DONE
    assert [entry.after["rows"] for entry in LogEntry.objects.filter(action="backup")] == [2]


def test_it_is_taken_away_with_the_password_and_that_is_logged(sign_in: SignIn) -> None:
    admin, path = sign_in("xitong"), backup("good.zip")
    assert admin.get(f"{HOME}good.zip/download/").status_code == 405
    refused = admin.post(f"{HOME}good.zip/download/", {"password": "something else"})
    assert refused.status_code == 422 and "密码不对" in text(refused)
    assert not LogEntry.objects.filter(table="backups").exists()
    given = admin.post(
        f"{HOME}good.zip/download/", {"password": PASSWORD}, headers={"Accept-Encoding": "gzip"}
    )
    assert b"".join(given.streaming_content) == path.read_bytes()  # type: ignore[attr-defined]
    assert given["Content-Length"] == str(path.stat().st_size) and "good.zip" in given["Content-Disposition"]
    entry = LogEntry.objects.get(table="backups")
    assert (entry.action, entry.key, entry.user and entry.user.username) == ("download", "good.zip", "xitong")


def test_it_is_deleted_and_that_is_logged(sign_in: SignIn) -> None:
    admin, path = sign_in("xitong"), backup("good.zip")
    assert admin.get(f"{HOME}good.zip/delete/").status_code == 405 and path.exists()
    assert admin.post(f"{HOME}good.zip/delete/")["Location"] == HOME
    assert not path.exists() and admin.get(f"{HOME}good.zip/").status_code == 404
    assert LogEntry.objects.get(table="backups").action == "delete"
    assert admin.post(f"{HOME}good.zip/verify/").status_code == 404


@pytest.mark.parametrize("name", ["..%2Fsecret-key", "%2e%2e", ".hidden.zip", "good.zip.txt", "a%2Fb.zip"])
def test_only_back_ups_are_reached(sign_in: SignIn, name: str) -> None:
    backup("good.zip")
    (Path(settings.YIHENG_HOME) / "b.zip").write_bytes(b"x")
    (kept.folder() / ".hidden.zip").write_bytes(b"x")
    assert sign_in("xitong").post(f"{HOME}{name}/download/", {"password": PASSWORD}).status_code == 404


def test_nobody_else_reaches_them(sign_in: SignIn, client: Client) -> None:
    backup("good.zip")
    for user in ("anquan", "shenji", "gui", "shen"):
        for address in ("", "good.zip/"):
            assert sign_in(user).get(HOME + address).status_code == 403
        for address in ("new/", "good.zip/download/", "good.zip/delete/", "good.zip/verify/"):
            assert sign_in(user).post(HOME + address, {"password": PASSWORD}).status_code == 403
    assert client.get(HOME).status_code == 302
    assert kept.find("good.zip") is not None


def test_back_ups_are_no_part_of_the_next_one(tmp_path: Path) -> None:
    for name in ("backups/a.zip", "setup-code", "jobs/1/a.pdf"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(b"x")
    files = [path for path in sorted(tmp_path.rglob("*")) if goes_in(path, tmp_path)]
    assert [path.name for path in files] == ["a.pdf"]
