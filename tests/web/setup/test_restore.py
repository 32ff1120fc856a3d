"""Restoring at the first start: what is refused before anything begins (从备份恢复)."""

from __future__ import annotations

import json
import shutil
import uuid
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.web.manage.saved import backup

from yiheng.people.operations import create_user
from yiheng.people.queries import log_of, verify_log
from yiheng.pipelines.backup import kept, marked
from yiheng.pipelines.backup.archive import BackupRefused, Contents, contents
from yiheng.pipelines.backup.lock import alone, holding
from yiheng.pipelines.backup.lock import restoring as being_restored
from yiheng.web import setup_code
from yiheng.web.screens.setup import restoring

pytestmark = pytest.mark.django_db
ADDRESS = "/setup/restore/"
restore_module = import_module("yiheng.pipelines.backup.restore")  # the package names its function so


@pytest.fixture(autouse=True)
def home() -> Iterator[Path]:
    folder = Path(settings.YIHENG_HOME)
    folder.mkdir(parents=True, exist_ok=True)
    yield folder
    for name in (restoring.FOLDER, kept.FOLDER):
        shutil.rmtree(folder / name, ignore_errors=True)


@pytest.fixture
def entered(client: Client) -> Client:
    client.post("/setup/", {"code": setup_code.announce()})
    return client


@pytest.fixture
def begun(monkeypatch: pytest.MonkeyPatch) -> list[uuid.UUID]:
    """The uploads for which a process would have been started."""
    found: list[uuid.UUID] = []
    monkeypatch.setattr(restoring, "begin", found.append)
    return found


def text(answer: Any) -> str:
    return str(answer.content.decode())


def upload(data: bytes, name: str = "备份.zip") -> dict[str, SimpleUploadedFile]:
    return {"backup": SimpleUploadedFile(name, data)}


def test_nothing_without_the_code(client: Client, begun: list[uuid.UUID]) -> None:
    setup_code.announce()
    client.post("/setup/", {"code": "wrong"})
    assert client.get(ADDRESS)["Location"] == "/setup/"
    assert client.post(ADDRESS, upload(backup("a.zip").read_bytes()))["Location"] == "/setup/"
    assert begun == []


def test_nothing_once_there_is_an_account(entered: Client, begun: list[uuid.UUID]) -> None:
    create_user(username="li", name="李四", password="four-words-in-a-row", actor="测试")
    assert entered.get(ADDRESS).status_code == 404
    assert entered.post(ADDRESS, upload(backup("a.zip").read_bytes())).status_code == 404
    assert begun == []


def test_what_is_no_back_up_is_refused_at_once(
    entered: Client, begun: list[uuid.UUID], home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = backup("a.zip").read_bytes()
    for data, said in (
        (b"nothing of the kind", "备份.zip 不是医衡的备份文件"),
        (whole[:-100], "备份.zip 不是医衡的备份文件"),
        (b"", "文件是空的"),
    ):
        answer = entered.post(ADDRESS, upload(data))
        assert answer.status_code == 422 and said in text(answer)
    assert "没有选择文件" in text(entered.post(ADDRESS))
    monkeypatch.setattr(restoring, "MOST_MEGABYTES", 0)
    assert "超过 0 MB" in text(entered.post(ADDRESS, upload(whole)))
    assert begun == [] and list((home / restoring.FOLDER).iterdir()) == []


def test_an_upload_is_kept_for_us_alone_and_restored_by_another_process(
    entered: Client, begun: list[uuid.UUID], home: Path
) -> None:
    answer = entered.post(ADDRESS, upload(backup("a.zip").read_bytes()))
    (key,) = begun
    assert answer["Location"] == f"{ADDRESS}{key}/"
    folder = home / restoring.FOLDER / str(key)
    assert folder.stat().st_mode & 0o077 == folder.parent.stat().st_mode & 0o077 == 0
    assert (folder / "backup.zip").stat().st_mode & 0o077 == 0
    assert Client().get(f"{ADDRESS}{uuid.uuid4()}/").status_code == 404
    with holding(folder / restoring.HELD):
        page = text(Client().get(answer["Location"]))
        assert "即将开始" in page and "every 1s" in page
    assert "意外中断" in text(Client().get(f"{answer['Location']}state/")), "its process has ended"


def test_the_result_is_shown_with_its_proof(
    entered: Client, begun: list[uuid.UUID], home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("YIHENG_SECRET_KEY", raising=False)
    where = entered.post(ADDRESS, upload(backup("a.zip").read_bytes()))["Location"]
    status = home / restoring.FOLDER / str(begun[0]) / "status.json"
    (home / "secret-key").write_text(settings.SECRET_KEY, encoding="ascii")
    said = json.loads(status.read_text("utf-8")) | {
        "state": "done", "created_at": "2024-05-06T07:08:09+08:00", "version": "1.0", "rows": 2, "files": 1,
        "problems": [], "has_key": True, "renews": True,
    }  # fmt: skip
    status.write_text(json.dumps(said), encoding="utf-8")
    page = text(entered.get(where))
    assert "核验通过" in page and "2024-05-06 07:08" in page and "/account/login/" in page
    assert "YIHENG_SECRET_KEY" not in page and "every 1s" not in page
    status.write_text(json.dumps(said | {"problems": ["<坏了>"], "has_key": False}), encoding="utf-8")
    page = text(entered.get(where))
    assert "&lt;坏了&gt;" in page and "核验通过" not in page and "YIHENG_SECRET_KEY" in page
    (home / "secret-key").write_text("another key", encoding="ascii")
    status.write_text(json.dumps(said), encoding="utf-8")
    page = text(entered.get(where))
    assert "正在换用" in page and "every 1s" in page and "/account/login/" not in page
    status.write_text(json.dumps(said | {"renews": False}), encoding="utf-8")
    assert "请重新启动服务" in text(entered.get(where))
    (home / "secret-key").unlink()


def test_meanwhile_nobody_sets_anything_up(entered: Client, client: Client) -> None:
    with alone():
        assert being_restored()
        with pytest.raises(BackupRefused, match="另一个备份"), alone():
            pass
        for address in ("/setup/", "/setup/units/", "/setup/administrators/", ADDRESS):
            answer = entered.post(address, {})
            assert answer.status_code == 503 and "正在从备份恢复" in text(answer), address
    assert not being_restored()
    assert entered.get("/setup/units/").status_code == 200


@pytest.fixture
def half() -> Iterator[None]:
    """A restore was begun and has not ended."""
    marked.begin(Contents("1.0", "2024-05-06T07:08:09+08:00", "sqlite", (), (), ()))
    yield
    marked.end()


def test_a_restore_stands_in_the_log_once_also_when_it_is_killed_after_its_proof(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    saved = backup("a.zip")
    # The rows are those of the test; what lies around the entry is tried by programs of their own.
    monkeypatch.setattr(restore_module, "_take_back", lambda *_: None)
    monkeypatch.setattr(restore_module, "_tables_of_this_version", lambda: None)
    end, killed = marked.end, iter([True, False])

    def end_or_be_killed() -> None:
        if next(killed):
            raise KeyboardInterrupt
        end()

    monkeypatch.setattr(marked, "end", end_or_be_killed)
    create_user(username="li", name="李四", password="four-words-in-a-row", actor="测试")
    marked.begin(contents(saved), marked.Asked("首次设置", "局.zip"))
    with pytest.raises(KeyboardInterrupt):
        restore_module.restore(saved)
    assert marked.unfinished()
    done = restore_module.restore(saved)  # from the command line, which asks for no entry of its own
    assert not marked.unfinished() and done.problems == ()
    (entry,) = log_of("installation", "局.zip")
    assert (entry.action, entry.actor, entry.after["problems"]) == ("restore", "首次设置", [])
    assert list(verify_log()) == []


@pytest.mark.usefixtures("half")
def test_a_half_restored_installation_serves_nothing(client: Client) -> None:
    for address in ("/", "/workbench/", "/site/units/demo/", "/api/v1/units", "/ready"):
        answer = client.get(address)
        assert answer.status_code == 503 and "恢复没有完成，请重新恢复" in text(answer), address
    assert client.get("/health").status_code == 200
    with alone():
        assert "正在从备份恢复" in text(client.get("/workbench/"))


@pytest.mark.usefixtures("half")
def test_a_half_restored_installation_is_restored_again_by_who_has_the_code(
    client: Client, begun: list[uuid.UUID]
) -> None:
    create_user(username="li", name="李四", password="four-words-in-a-row", actor="测试")
    code = setup_code.announce()
    assert code, "the accounts are those of the back-up"
    assert client.get(ADDRESS)["Location"] == "/setup/"
    assert "上次恢复没有完成" in text(client.get("/setup/"))
    assert client.post("/setup/", {"code": code})["Location"] == ADDRESS
    for address in ("/setup/units/", "/setup/administrators/"):
        assert client.post(address, {})["Location"] == ADDRESS
    assert "上次恢复没有完成" in text(client.get(ADDRESS))
    where = client.post(ADDRESS, upload(backup("a.zip").read_bytes()))["Location"]
    page = text(client.get(where))
    assert "意外中断" in page and "用同一个备份文件重新恢复" in page and "没有恢复任何内容" not in page
