"""PostgreSQL stopped and started again under load, once in order and once as by a crash: the application that its
users have goes on by itself, and what it has acknowledged is there once.
"""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import threading
import time
import urllib.parse
import urllib.request
from collections import Counter
from collections.abc import Callable, Iterator
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.error import HTTPError

import pytest
from django.db import connection
from tests.command import environment
from tests.web import served

pytestmark = pytest.mark.django_db
SERVER = served.REPOSITORY / "scripts" / "postgres.sh"
PATH = {"PYTHONPATH": str(served.REPOSITORY)}
YEAR = "/years/jia/2023/"
JOB = "00000000-0000-4000-8000-000000000001"
ROWS = 1500
PATIENCE = 180


class Person:
    """Somebody signed in on the running application."""

    def __init__(self, site: str) -> None:
        self._site = site
        self._open = urllib.request.build_opener(
            urllib.request.HTTPCookieProcessor(CookieJar()), _Stay()
        ).open
        page = self.get("/account/login/")[1]
        self._token = page.partition('name="csrfmiddlewaretoken" value="')[2].partition('"')[0]
        status, _ = self.post("/account/login/", username="jing", password=served.PASSWORD)
        assert status == 302
        # The token is another one since the log-in.
        page = self.get("/account/")[1]
        self._token = page.partition('name="csrfmiddlewaretoken" value="')[2].partition('"')[0]

    def get(self, path: str) -> tuple[int, str]:
        """Status and page."""
        return self._ask(urllib.request.Request(self._site + path))

    def post(self, path: str, **typed: str) -> tuple[int, str]:
        """Status, and where it leads or the page."""
        data = urllib.parse.urlencode({"csrfmiddlewaretoken": self._token, **typed}).encode()
        return self._ask(urllib.request.Request(self._site + path, data))

    def _ask(self, request: urllib.request.Request) -> tuple[int, str]:
        try:
            with self._open(request, timeout=PATIENCE) as answer:
                return answer.status, answer.read().decode()
        except HTTPError as error:
            return error.code, error.headers["Location"] or error.read().decode()


class _Stay(urllib.request.HTTPRedirectHandler):
    """Lets the test see where an answer leads."""

    def redirect_request(self, *args: object) -> None:
        return None


@pytest.fixture
def server(tmp_path: Path) -> Iterator[tuple[str, Callable[..., str]]]:
    """A PostgreSQL of this test's own, that keeps what it has acknowledged: its URL, and how to tell it something."""
    if connection.vendor != "postgresql":
        pytest.skip("about PostgreSQL; SQLite has no server")
    env = {**os.environ, "YIHENG_PG_STATE": str(tmp_path / "where")}

    def tell(*words: str) -> str:
        done = subprocess.run(
            [SERVER, *words], env=env, capture_output=True, encoding="utf-8", timeout=PATIENCE
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout.strip()

    tell("start")
    try:
        url = tell("url")
        import psycopg

        with psycopg.connect(url, autocommit=True) as opened:
            opened.execute("ALTER ROLE yiheng SET synchronous_commit = on")
        yield url, tell
    finally:
        tell("stop")


def prepare(folder: str) -> None:
    """A unit's year, somebody who works on it, and a large workbook that waits to be loaded; inside Django."""
    import uuid

    from django.core.management import call_command
    from tests.pipelines.packages import LINES, workbook

    from yiheng.casework import worker
    from yiheng.casework.models import Job
    from yiheng.casework.operations import enqueue
    from yiheng.people.models import Post, Role, User
    from yiheng.pipelines.jobs import HANDLERS
    from yiheng.pipelines.load import load

    call_command("migrate", verbosity=0)
    user = User.objects.create(username="jing", name="经办")
    user.set_password(served.PASSWORD)
    user.save()
    Post.objects.create(user=user, role=Role.PREPARER, unit="ju")
    assert load([workbook(Path(folder) / "一.xlsx")], user, lambda plan: True).ok
    rows = tuple((f"n{n}", *LINES[1][1:7], f"{30101 + n % 3}", *LINES[1][8:-1], n + 1) for n in range(ROWS))
    key = uuid.UUID(JOB)
    target = Job(pk=key).folder / "in" / "large.xlsx"
    target.parent.mkdir(parents=True)
    workbook(target, (*LINES, *rows))
    files = [{"path": "in/large.xlsx", "name": "large.xlsx"}]
    enqueue("load", {"files": files}, by=user, title="装载", key=key)
    worker.run({"load": HANDLERS["load"]}, once=True)


FOUND = """
import json
from collections import Counter
from yiheng.casework.models import Comment, Job
from yiheng.ledger.models import BudgetLine, Load, current
from yiheng.people.models import LogEntry
from yiheng.people.queries import verify_log
job = Job.objects.get()
print(json.dumps({
    "state": job.state, "error": job.error, "tries": job.tries,
    "lines": current(BudgetLine).count(), "versions": BudgetLine.objects.count(), "loads": Load.objects.count(),
    "comments": Counter(Comment.objects.values_list("text", flat=True)),
    "logged": LogEntry.objects.filter(action="comment").count(), "log": [d.reason for d in verify_log()],
}))
"""


def test_the_application_goes_on_when_its_database_was_restarted(
    server: tuple[str, Callable[..., str]], tmp_path: Path
) -> None:
    url, tell = server
    (tmp_path / "home").mkdir()
    env = environment(tmp_path / "home") | {
        "DATABASE_URL": url, "YIHENG_SECRET_KEY": "of this test alone, " * 3, "YIHENG_SECOND_FACTOR": "voluntary",
        "YIHENG_STATIC": str(served.static()),
    }  # fmt: skip
    served.program(env | PATH, f"from tests.web.test_restart import prepare; prepare({str(tmp_path)!r})")
    with served.server(env, processes=2) as site:
        before = processes(site)
        people = [Person(site) for _ in range(4)]
        with under_load(people) as (answers, acknowledged, trouble):
            assert people[0].post(f"/jobs/{JOB}/confirm/")[0] == 302
            for mode in ("fast", "immediate"):
                time.sleep(1)
                tell("halt", mode)
                wait_for(more(answers, 503, 1), trouble)
                tell("resume")
                wait_for(more(answers, 200, 5), trouble)
                wait_for(more(answers, 302, 5), trouble)
            wait_for(lambda: "完成" in people[0].get(f"/jobs/{JOB}/state/")[1], trouble)
        assert set(answers) == {200, 302, 503}
        assert processes(site) == before, "no process had to be started again"
    found = json.loads(served.program(env, FOUND))
    assert (found["state"], found["error"]) == ("done", "")
    assert (found["lines"], found["versions"], found["loads"]) == (2 + ROWS, 2 + ROWS, 2)
    assert {text: found["comments"].get(text) for text in acknowledged} == dict.fromkeys(acknowledged, 1)
    assert set(found["comments"].values()) == {1} and found["logged"] == len(found["comments"])
    assert found["log"] == []


@contextlib.contextmanager
def under_load(people: list[Person]) -> Iterator[tuple[Counter[int], list[str], list[BaseException]]]:
    """Half of the people write comments and half read meanwhile; how they were answered, and which comments were
    taken.
    """
    answers: Counter[int] = Counter()
    acknowledged: list[str] = []
    trouble: list[BaseException] = []
    ended, lock = threading.Event(), threading.Lock()

    def act(person: Person, name: str, writes: bool) -> None:
        number = 0
        try:
            while not ended.is_set():
                number += 1
                text = f"{name}-{number}"
                if writes:
                    typed = {"work": "budget", "sheet": "budget_lines", "row": "y1", "column": "amount"}
                    status, told = person.post(f"{YEAR}comments/add/", text=text, **typed)
                else:
                    status, told = person.get(f"{YEAR}comments/" if number % 2 else "/workbench/")
                with lock:
                    answers[status] += 1
                    assert status in (200, 302, 503), (status, told)
                    if status == 302:
                        assert told == f"{YEAR}comments/", told
                        acknowledged.append(text)
                    elif status == 503:
                        assert "数据库暂时没有应答" in told, told
        except BaseException as error:
            trouble.append(error)

    threads = [
        threading.Thread(target=act, args=(person, f"意见{number}", number % 2 == 0))
        for number, person in enumerate(people)
    ]
    for thread in threads:
        thread.start()
    try:
        yield answers, acknowledged, trouble
    finally:
        ended.set()
        for thread in threads:
            thread.join(PATIENCE)
    assert not trouble, trouble


def more(answers: Counter[int], status: int, wanted: int) -> Callable[[], bool]:
    """Whether so many more have been answered so since now."""
    before = answers[status]
    return lambda: answers[status] >= before + wanted


def wait_for(condition: Callable[[], bool], trouble: list[BaseException]) -> None:
    """Until it holds, or somebody had trouble."""
    end = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < end and not trouble, trouble
        time.sleep(0.1)


def processes(site: str) -> set[int]:
    """The processes of the application: the server, its workers, and the one of background jobs."""
    port = site.rpartition(":")[2].encode()
    commands, parents = {}, {}
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError, ValueError):
            commands[int(folder.name)] = (folder / "cmdline").read_bytes().split(b"\0")
            parents[int(folder.name)] = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
    of_site = {number for number, words in commands.items() if b"--port" in words and port in words}
    return of_site | {number for number, parent in parents.items() if parent in of_site}
