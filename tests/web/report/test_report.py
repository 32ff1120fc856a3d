"""The narrative as an editor: chips that stay as they are, reasons and texts that go into the ledger, and its pages."""

import io
import json
import re
import zipfile
from collections.abc import Callable
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from pytest_django.fixtures import Settings
from tests.web.working import job_of, work

from yiheng.casework.models import Job
from yiheng.casework.operations import cycles
from yiheng.ledger import operations, queries
from yiheng.ledger.edits import Edit
from yiheng.people.models import Right, UnitScope, User, Work

REPORT = "/years/demo/2024/report"
REASON = "demo-2024-reasons-0001"  # why the whole budget changed
Sign = Callable[[str], Client]


@pytest.fixture
def opened(bureau: None) -> None:
    """The cycle has begun, so that the budget is being drafted."""
    cycles.open_cycle("demo", 2024, by=User.objects.get(username="jing"))


def _places(page: str) -> list[dict[str, Any]]:
    """Each place to write in, as the script of the page would send it."""
    found = []
    for sentence, inside in re.findall(r'<p class="para" data-sentence="([^"]+)">(.*?)</p>', page, re.S):
        chips = [
            [unescape(address), unescape(words)]
            for address, words in re.findall(r'data-address="([^"]+)">([^<]*)</a>', inside)
        ]
        for attributes, words in re.findall(r'<span class="place[^"]*"([^>]*)>([^<]*)</span>', inside):
            data = {
                name: unescape(value) for name, value in re.findall(r'data-([a-z]+)="([^"]*)"', attributes)
            }
            found.append(
                {
                    "sentence": unescape(sentence), "record": data["record"], "subject": data["subject"],
                    "key": data["key"], "version": int(data["version"]), "text": unescape(words), "chips": chips,
                }
            )  # fmt: skip
    return found


def _open(client: Client, kind: str = "budget") -> list[dict[str, Any]]:
    return _places(client.get(f"{REPORT}/{kind}/").content.decode())


def _save(client: Client, *changes: dict[str, Any], kind: str = "budget") -> str:
    answer = client.post(f"{REPORT}/{kind}/save/", {"changes": json.dumps(changes)})
    assert answer.status_code == 200
    return answer.content.decode()


def _reason(places: list[dict[str, Any]]) -> dict[str, Any]:
    return next(place for place in places if place["key"] == REASON)


def _now(key: str, sheet: str = "reasons") -> str | None:
    row = next((row for row, _ in queries.sheet_rows(sheet, ["demo"], 2024) if row.key == key), None)
    return None if row is None else row.text("text")


def test_figures_are_chips_and_words_are_places(sign_in: Sign, opened: None) -> None:
    from yiheng.web.readings import prepared

    page = sign_in("jing").get(f"{REPORT}/budget/").content.decode()
    ready = prepared("demo", 2024, "budget", "internal")
    figures = [f.address for s in ready.paper.sections for x in s.sentences for f in x.figures]
    chips = [unescape(address) for address in re.findall(r'data-address="([^"]+)"', page)]
    assert chips == figures and len(chips) > 50
    assert 'contenteditable="false"' in page
    places = _places(page)
    assert len(places) == len({(p["sentence"], p["key"]) for p in places}) > 20
    assert _reason(places)["text"] == _now(REASON)


def test_a_chip_opens_the_source_of_its_figure(sign_in: Sign, opened: None) -> None:
    client = sign_in("jing")
    place = _reason(_open(client))
    address, words = place["chips"][0]
    drawer = client.get(f"{REPORT}/budget/source/", {"cell": address}, headers={"HX-Request": "true"})
    assert words in drawer.content.decode() and "demo-2024-budget_lines-" in drawer.content.decode()


def test_a_reason_is_written_to_the_ledger(sign_in: Sign, opened: None) -> None:
    client = sign_in("jing")
    place = _reason(_open(client))
    page = _save(client, {**place, "text": "居民参保补助随人数增加。\u00a0\r\n"})
    assert "已保存 1 处" in page and _now(REASON) == "居民参保补助随人数增加。"
    version = queries.history("reasons", REASON)[-1]
    assert version.actor.startswith("经办甲") and version.label.startswith("报告编辑：")
    assert _reason(_places(page))["version"] == 2
    again = client.get(f"{REPORT}/budget/").content.decode()
    assert "居民参保补助随人数增加。" in again


def test_two_texts_are_written_together_or_not_at_all(sign_in: Sign, opened: None) -> None:
    client = sign_in("jing")
    one, other = [p for p in _open(client) if p["record"] == "text"][:2]
    page = _save(client, {**one, "text": "甲"}, {**other, "text": "乙" * 20_001})
    assert "超过 20000 个字" in page and _now(one["key"], "texts") == one["text"]
    assert any(place["text"] == "甲" for place in _places(page)), "what was typed stays typed"
    page = _save(client, {**one, "text": "甲"}, {**other, "text": "乙"})
    assert "已保存 2 处" in page
    assert (_now(one["key"], "texts"), _now(other["key"], "texts")) == ("甲", "乙")


@pytest.mark.parametrize("way", ["changed", "dropped", "added", "moved"])
def test_a_sentence_whose_chips_differ_is_refused(sign_in: Sign, opened: None, way: str) -> None:
    client = sign_in("jing")
    place = _reason(_open(client))
    chips = [list(chip) for chip in place["chips"]]
    assert len(chips) > 1
    if way == "changed":
        chips[0][1] = "9,999.99万元"
    elif way == "dropped":
        chips.pop()
    elif way == "added":
        chips.append(["说明[x.y.z]", "1万元"])
    else:
        chips.reverse()
    page = _save(client, {**place, "text": "理由。", "chips": chips})
    assert "没有保存" in page and _now(REASON) == place["text"]
    if way == "changed":
        assert "9,999.99万元" in page and place["chips"][0][1] in page


def test_only_places_of_the_paper_can_be_written(sign_in: Sign, opened: None) -> None:
    client = sign_in("jing")
    place = _reason(_open(client))
    for other in (
        {"key": "szyb-2021-budget-reasons-0001"},
        {"subject": "else"},
        {"record": "project"},
        {"sentence": "x"},
    ):
        page = _save(client, {**place, **other, "text": "改成这样。"})
        assert "全部没有写入" in page and "这一段已经变化" in page and "改成这样。" in page
    assert _now(REASON) == place["text"]
    for nonsense in ("", "[1]", "{}", '[{"sentence": 1}]', "null"):
        answer = client.post(f"{REPORT}/budget/save/", {"changes": nonsense})
        assert answer.status_code == 200 and "已保存" not in answer.content.decode()


def test_a_missing_reason_is_marked_and_can_be_filled(sign_in: Sign, opened: None) -> None:
    operations.edit([Edit("reasons", REASON, 1, None)], actor="测试")
    client = sign_in("jing")
    page = client.get(f"{REPORT}/budget/").content.decode()
    assert "还缺 1 处" in page and 'href="#missing-1"' in page and 'id="missing-1"' in page
    (gap,) = [place for place in _places(page) if not place["key"]]
    assert (gap["record"], gap["subject"], gap["text"]) == ("reason", "total", "")
    page = _save(client, {**gap, "text": "新增大厅改造。"})
    assert "已保存 1 处" in page and "还缺" not in page
    assert _now("demo-2024-budget-reason-total") == "新增大厅改造。"
    filled = next(
        place for place in _places(page) if place["subject"] == "total" and place["record"] == "reason"
    )
    assert filled["key"] == "demo-2024-budget-reason-total" and filled["version"] == 1
    page = _save(client, {**filled, "text": "  "})
    assert "还缺 1 处" in page and _now("demo-2024-budget-reason-total") is None


def test_two_people_on_one_text_meet(sign_in: Sign, opened: None) -> None:
    first, second = sign_in("jing"), sign_in("gui")
    mine, theirs = _reason(_open(first)), _reason(_open(second))
    assert "已保存" in _save(first, {**mine, "text": "甲的理由。"})
    page = _save(second, {**theirs, "text": "乙的理由。"})
    assert "甲的理由。" in page and "乙的理由。" in page and "没有保存" in page
    assert _now(REASON) == "甲的理由。"
    retry = _reason(_places(page))
    assert (retry["version"], retry["text"]) == (2, "乙的理由。")
    assert "已保存 1 处" in _save(second, retry) and _now(REASON) == "乙的理由。"


def test_an_earlier_text_is_written_again(sign_in: Sign, opened: None) -> None:
    client = sign_in("jing")
    place = _reason(_open(client))
    _save(client, {**place, "text": "第二版。"})
    past = client.get(f"{REPORT}/budget/history/", {"record": "reason", "key": REASON}).content.decode()
    assert "第二版。" in past and place["text"] in past and "恢复这一版" in past
    asked = {"record": "reason", "key": REASON, "version": "1", "seen": "2"}
    page = client.post(f"{REPORT}/budget/restore/", asked).content.decode()
    assert "已恢复第 1 版" in page and _now(REASON) == place["text"]
    assert [v.version for v in queries.history("reasons", REASON)] == [1, 2, 3]
    other = client.get(
        f"{REPORT}/budget/history/", {"record": "reason", "key": "szyb-2021-budget-reasons-0001"}
    )
    assert other.status_code == 404


def test_a_save_is_undone_in_one_step(sign_in: Sign, opened: None) -> None:
    client = sign_in("jing")
    places = _open(client)
    reason, text = _reason(places), next(place for place in places if place["record"] == "text")
    page = _save(client, {**reason, "text": "甲。"}, {**text, "text": "乙。"})
    token = re.search(r'name="undo" value="([^"]+)"', page)
    assert token
    for username, answer in (("gui", 404), ("shen", 403)):
        other = sign_in(username).post(f"{REPORT}/budget/undo/", {"undo": token[1]})
        assert other.status_code == answer, username
    assert client.post(f"{REPORT}/accounts/undo/", {"undo": token[1]}).status_code in (200, 404)
    assert _now(REASON) == "甲。"
    done = client.post(f"{REPORT}/budget/undo/", {"undo": token[1]}).content.decode()
    assert "已撤销" in done
    assert (_now(REASON), _now(text["key"], "texts")) == (reason["text"], text["text"])
    forged = client.post(f"{REPORT}/budget/undo/", {"undo": "1:2:3"}).content.decode()
    assert "不能撤销" in forged


def test_what_somebody_wrote_since_is_not_undone(sign_in: Sign, opened: None) -> None:
    client = sign_in("jing")
    page = _save(client, {**_reason(_open(client)), "text": "甲。"})
    token = re.search(r'name="undo" value="([^"]+)"', page)
    assert token
    _save(sign_in("gui"), {**_reason(_places(page)), "text": "乙。"})
    assert "规划财务处" in client.post(f"{REPORT}/budget/undo/", {"undo": token[1]}).content.decode()
    assert _now(REASON) == "乙。"


def test_nothing_is_written_before_the_cycle_begins(sign_in: Sign) -> None:
    client = sign_in("jing")
    page = client.get(f"{REPORT}/budget/").content.decode()
    assert "周期还没有启用" in page and 'class="place' not in page
    place = {
        "sentence": "duties.text", "record": "text", "subject": "duties", "key": "demo-2024-texts-0001",
        "version": 1, "text": "改。", "chips": [],
    }  # fmt: skip
    assert "周期还没有启用" in _save(client, place) and _now("demo-2024-texts-0001", "texts") != "改。"


def test_only_who_may_write_writes(sign_in: Sign, client: Client, opened: None) -> None:
    for username in ("zhang", "shen", "cai", "ju"):
        page = sign_in(username).get(f"{REPORT}/budget/").content.decode()
        assert "chip" in page and 'class="place' not in page and "只能查看" in page
    changes = {"changes": "[]"}
    for username in ("shen", "cai", "wai", "xitong", "anquan", "shenji"):
        assert sign_in(username).post(f"{REPORT}/budget/save/", changes).status_code == 403, username
        assert sign_in(username).post(f"{REPORT}/budget/restore/", {}).status_code == 403, username
    for username in ("wai", "xitong", "anquan", "shenji"):
        for path in (
            "",
            "budget/",
            "budget/preview/",
            "budget/page/1.png",
            "budget/download/pdf/",
            "budget/history/",
        ):
            assert sign_in(username).get(f"{REPORT}/{path}").status_code == 403, (username, path)
    assert client.get(f"{REPORT}/budget/").status_code == 302
    assert sign_in("jing").get(f"{REPORT}/budget/save/").status_code == 405


def test_a_right_to_write_one_paper_is_none_for_another(sign_in: Sign, opened: None) -> None:
    """Who was handed the performance of the year writes no sentence of its budget."""
    user = User.objects.get(username="wai")
    UnitScope.objects.create(user=user, unit="demo", work=Work.PERFORMANCE, right=Right.WRITE)
    UnitScope.objects.create(user=user, unit="demo", work=Work.BUDGET, right=Right.READ)
    owner = _reason(_open(sign_in("jing")))
    page = _save(sign_in("wai"), {**owner, "text": "改。"})
    assert "只能查看" in page and _now(REASON) == owner["text"]


def test_a_text_that_names_a_secret_project_is_locked(sign_in: Sign, opened: None) -> None:
    """The name is covered on screen; writing the covered words back would lose it from the ledger."""
    secret = next(row for row, _ in queries.sheet_rows("projects", ["demo-main", "demo-centre"], 2024))
    operations.edit(
        [
            Edit(
                "projects",
                secret.key,
                queries.newest_versions("projects", [secret.key])[secret.key],
                {"secret": True},
            ),
            Edit("reasons", REASON, 1, {"text": f"新增{secret.text('name')}。"}),
        ],
        actor="测试",
    )
    client = sign_in("jing")
    page = client.get(f"{REPORT}/budget/").content.decode()
    assert secret.text("name") not in page
    assert REASON not in {place["key"] for place in _places(page)}


@pytest.mark.parametrize("kind", ["accounts", "performance", "monitoring"])
def test_the_other_reports_open(sign_in: Sign, kind: str) -> None:
    page = sign_in("jing").get(f"{REPORT}/{kind}/").content.decode()
    assert 'class="n chip"' in page


def test_pages_are_drawn_one_by_one(sign_in: Sign) -> None:
    client = sign_in("jing")
    page = client.get(f"{REPORT}/accounts/preview/").content.decode()
    count = len(re.findall(r"<img ", page))
    assert count > 10 and f"共 {count} 页" in page
    picture = client.get(f"{REPORT}/accounts/page/1.png")
    assert b"".join(picture.streaming_content).startswith(b"\x89PNG")  # type: ignore[attr-defined]
    assert client.get(f"{REPORT}/accounts/page/{count + 1}.png").status_code == 404
    assert client.get(f"{REPORT}/accounts/page/0.png").status_code == 404


def test_the_report_comes_as_a_file(sign_in: Sign) -> None:
    answer = sign_in("jing").get(f"{REPORT}/accounts/download/docx/")
    assert b"".join(answer.streaming_content).startswith(b"PK")  # type: ignore[attr-defined]


def test_all_files_at_once(
    sign_in: Sign, opened: None, settings: Settings, tmp_path: Path, client: Client
) -> None:
    """A job writes and packs them; inner files are for whoever asked."""
    settings.YIHENG_HOME = tmp_path
    address = "/years/demo/2024/report/performance/package/"
    jing, gui = sign_in("jing"), sign_in("gui")
    assert "生成成套文件" in jing.get("/years/demo/2024/report/performance/").content.decode()
    assert "生成成套文件" not in sign_in("shen").get("/years/demo/2024/report/performance/").content.decode()
    for name in ("shen", "wai"):
        assert sign_in(name).post(address).status_code == 403
    assert client.post(address).status_code == 302 and not Job.objects.exists()
    assert jing.post("/years/demo/2024/report/monitoring/package/").status_code == 404
    job = job_of(jing.post(address))
    assert (job.kind, job.params["audience"], job.params["kind"]) == ("evaluation", "internal", "accounts")
    assert job_of(jing.post(address)).pk == job.pk != job_of(gui.post(address)).pk
    while work():
        pass
    page = jing.get(f"/jobs/{job.pk}/").content.decode()
    (found,) = re.findall(r'href="([^"]+\.zip)"', page)
    answer = jing.get(found)
    packed = b"".join(answer)  # type: ignore[arg-type]
    assert answer["Content-Type"] == "application/zip"
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        names = {name.partition("/")[2] for name in archive.namelist()}
        assert {
            "evaluation.pdf",
            "evaluation.docx",
            "evaluation.xlsx",
            "manifest.json",
            "site/index.html",
        } <= names
        assert archive.testzip() is None
    assert gui.get(f"/jobs/{job.pk}/").status_code == 404 and gui.get(found).status_code == 404
    other = Job.objects.exclude(pk=job.pk).get()
    (same,) = re.findall(r'href="([^"]+\.zip)"', gui.get(f"/jobs/{other.pk}/").content.decode())
    assert b"".join(gui.get(same)) == packed  # type: ignore[arg-type]


def test_the_budget_is_packed_by_the_job_that_publishes(sign_in: Sign, opened: None) -> None:
    job = job_of(sign_in("jing").post("/years/demo/2024/report/budget/package/"))
    assert (job.kind, job.params) == (
        "publish",
        {"unit": "demo", "year": 2024, "kind": "budget", "audience": "internal"},
    )
