"""Cleaning (清理) with a moved clock: what is over goes, what something rests on stays, and the log says how much."""

from __future__ import annotations

import datetime as dt
import os
import shutil
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import DatabaseError
from django.utils import timezone

from yiheng.casework.models import Job, JobState, Preparation, ReviewedDocument, made_folder
from yiheng.people import sessions, tokens
from yiheng.people.models import ApiToken, LogEntry, LoginSession, Right, User, Work
from yiheng.people.queries import verify_log
from yiheng.pipelines import tidy as module
from yiheng.pipelines.backup import kept
from yiheng.pipelines.tidy import Daily, Tidied, tidy

pytestmark = pytest.mark.django_db
DAYS = 30
NOW = timezone.now()
LONG_AGO = NOW - dt.timedelta(days=DAYS + 1)
NOT_LONG_AGO = NOW - dt.timedelta(days=DAYS - 1)


@pytest.fixture(autouse=True)
def home() -> Iterator[Path]:
    folder = Path(settings.YIHENG_HOME)
    parts = ("jobs", "evidence", "publications", kept.FOLDER, module.RESTORES)
    for name in parts:
        shutil.rmtree(folder / name, ignore_errors=True)
        (folder / name).mkdir(parents=True)
    yield folder
    for name in parts:
        shutil.rmtree(folder / name, ignore_errors=True)


@pytest.fixture
def user() -> User:
    return User.objects.create(username="li", name="李四")


def aged(path: Path, at: dt.datetime) -> Path:
    os.utime(path, (at.timestamp(), at.timestamp()))
    return path


def job(user: User, state: str = JobState.DONE, ended: dt.datetime | None = LONG_AGO) -> Path:
    """The folder, with a file, of a job that ended then."""
    over: dict[str, Any] = {"finished_at": ended} if state not in ("waiting", "asking") else {}
    made = Job.objects.create(
        kind="load", title="装载", requested_by=user, created_at=LONG_AGO, state=state, **over
    )
    folder = made_folder(made.pk)
    (folder / "in").mkdir()
    (folder / "in" / "a.xlsx").write_bytes(b"x")
    return aged(folder, ended or LONG_AGO)


def test_folders_of_jobs_that_ended_long_ago_go_and_all_others_stay(user: User, home: Path) -> None:
    gone = [job(user), job(user, JobState.FAILED), job(user, JobState.CANCELLED)]
    gone.append(aged(made_folder(uuid.uuid4()), LONG_AGO))  # an upload that led to no job
    stay = [job(user, ended=NOT_LONG_AGO), job(user, JobState.WAITING), job(user, JobState.ASKING)]
    stay.append(aged(made_folder(uuid.uuid4()), NOT_LONG_AGO))
    stay.append(home / "jobs" / "somebody's notes")
    stay[-1].mkdir()
    aged(stay[-1], LONG_AGO)
    other = home / "evidence" / "kept"
    other.mkdir()
    (home / "jobs" / str(uuid.uuid4())).symlink_to(other)
    assert tidy(NOW, days=DAYS) == Tidied(4, 0, 0, 0)
    assert [path.exists() for path in gone] == [False] * 4
    assert all(path.exists() for path in (*stay, other))
    assert Job.objects.count() == 6, "the jobs themselves stay in the list"


def test_what_a_publication_a_review_or_a_score_rests_on_is_never_touched(user: User, home: Path) -> None:
    prepared, reviewed = job(user), job(user)
    Preparation.objects.create(
        job=Job.objects.get(pk=prepared.name), unit="u", year=2024, kind="budget", title="x", folder="in",
        manifest={}, manifest_sha256="0", prepared_by=user, prepared_at=LONG_AGO, state="superseded",
    )  # fmt: skip
    ReviewedDocument.objects.create(
        job=Job.objects.get(pk=reviewed.name), unit="u", uploaded_by=user, reviewed_at=LONG_AGO, name="a.pdf",
        folder="in", sha256="0",
    )  # fmt: skip
    files = [prepared / "in" / "a.xlsx", reviewed / "in" / "a.xlsx"]
    for name in ("evidence/aa", "publications/000001/a.pdf", f"{kept.FOLDER}/a.zip"):
        files.append(home / name)
        files[-1].parent.mkdir(exist_ok=True)
        files[-1].write_bytes(b"x")
        aged(files[-1], LONG_AGO)
    assert tidy(NOW, days=DAYS) == Tidied(0, 0, 0, 0)
    assert all(path.exists() for path in files)


def test_sessions_and_tokens_that_are_long_over_go(user: User) -> None:
    for seen, ended in ((LONG_AGO, LONG_AGO), (LONG_AGO, None), (LONG_AGO, NOT_LONG_AGO), (NOW, None)):
        sessions.start(user)
        LoginSession.objects.filter(pk=LoginSession.objects.latest("pk").pk).update(
            started_at=LONG_AGO, seen_at=seen, ended_at=ended, ended_why="idle" if ended else ""
        )
    for key, expires in (("old", NOW - dt.timedelta(seconds=1)), ("new", NOW + dt.timedelta(hours=1))):
        Session.objects.create(session_key=key, session_data="", expire_date=expires)
    for expires, revoked in (
        (LONG_AGO, None), (NOT_LONG_AGO, None), (NOW + dt.timedelta(days=9), LONG_AGO), (NOW, NOT_LONG_AGO),
    ):  # fmt: skip
        token, _ = tokens.issue(user, label="接口", right=Right.READ, works=[Work.BUDGET], days=9)
        ApiToken.objects.filter(pk=token.pk).update(expires_at=expires, revoked_at=revoked)
    assert tidy(NOW, days=DAYS) == Tidied(0, 0, 3, 2)
    assert [s.session_key for s in Session.objects.all()] == ["new"]
    assert LoginSession.objects.count() == 2 and ApiToken.objects.count() == 2


def test_what_interrupted_back_ups_and_restores_left_goes(user: User, home: Path) -> None:
    day = dt.timedelta(days=1, minutes=1)
    for name, age in ((".a.zip.1.part", day), (".b.zip.2.part", dt.timedelta(hours=1)), ("c.zip", day)):
        (kept.folder() / name).write_bytes(b"x")
        aged(kept.folder() / name, NOW - age)
    upload = home / module.RESTORES / str(uuid.uuid4())
    upload.mkdir()
    aged(upload, NOW - day)
    assert tidy(NOW, days=DAYS) == Tidied(0, 2, 0, 0)
    assert sorted(path.name for path in kept.folder().iterdir()) == [".b.zip.2.part", "c.zip"]
    assert not upload.exists()


def test_it_is_done_once_a_day_and_logged(user: User) -> None:
    job(user)
    midnight = timezone.localtime(NOW).replace(hour=0, minute=0, second=0, microsecond=0)
    late, next_day = midnight + dt.timedelta(hours=23, minutes=59), midnight + dt.timedelta(hours=24)
    assert tidy(late, days=DAYS) == Tidied(1, 0, 0, 0)
    assert tidy(late, days=DAYS) is None
    assert tidy(next_day, days=DAYS) == Tidied(0, 0, 0, 0)
    entry = LogEntry.objects.filter(action="tidy").first()
    assert entry is not None and entry.actor == "后台进程"
    assert entry.after == {"folders": 1, "drafts": 0, "sessions": 0, "tokens": 0, "days": DAYS}
    assert list(verify_log()) == []


def test_an_installation_without_an_account_is_left_alone() -> None:
    """Otherwise its log would have an entry, and no back-up could be restored into it."""
    Daily()()
    assert not LogEntry.objects.exists()


def test_the_worker_cleans_by_itself_and_survives_a_failure(
    user: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    daily, calls = Daily(), []

    def failing(now: dt.datetime, *, days: int) -> None:
        calls.append(days)
        raise DatabaseError("gone")

    with monkeypatch.context() as patch:
        patch.setattr(module, "tidy", failing)
        daily()
        daily()
    assert calls == [settings.KEEP_DAYS], "it is not tried again at once"
    fresh = Daily()
    fresh()
    fresh()
    assert LogEntry.objects.filter(action="tidy").count() == 1
