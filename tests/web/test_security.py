"""What protects every address alike (安全): headers, cookies, forged forms, uploads, files, redirects, exports.

The addresses come from the resolver, so that a new one is tried without anybody thinking of it. docs/security.md names
these tests beside the requirements that they show.
"""

from __future__ import annotations

import json
import re
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import Http404, HttpRequest
from django.test import Client
from django.urls import get_resolver
from tests.web import served
from tests.web.test_matrix import _patterns, addresses

from yiheng.casework.models import Job
from yiheng.casework.operations import enqueue
from yiheng.people.models import User
from yiheng.reporting.xlsx.plain import write_list
from yiheng.web import access, files
from yiheng.web.rendered import inert

SignIn = Callable[[str], Client]
LOGIN = "/account/login/"
OUTSIDE = ("../secret-key", "../../secret-key", "..%2f..%2fsecret-key", "%2e%2e/%2e%2e/secret-key", "/etc/passwd",
           "package/../../../secret-key", "..\\..\\secret-key")  # fmt: skip
"""Names that lead out of a folder, as browsers and tools send them."""


def headers_missing(answer: Any) -> list[str]:
    """What an answer does not say to the browser."""
    policy = answer.headers.get("Content-Security-Policy", "")
    wanted = {
        "CSP": "default-src 'none'" in policy
        and "unsafe" not in policy
        and "frame-ancestors 'none'" in policy,
        "framing": answer.headers.get("X-Frame-Options") == "DENY",
        "sniffing": answer.headers.get("X-Content-Type-Options") == "nosniff",
        "referrer": answer.headers.get("Referrer-Policy") == "same-origin",
        "opener": answer.headers.get("Cross-Origin-Opener-Policy") == "same-origin",
        "devices": "camera=()" in answer.headers.get("Permissions-Policy", ""),
    }
    return [name for name, there in wanted.items() if not there]


def test_every_answer_to_a_visitor_binds_the_browser(bureau: None, client: Client) -> None:
    client.raise_request_exception = False
    wrong = {address: lost for address, _ in addresses() if (lost := headers_missing(client.get(address)))}
    assert wrong == {}


@pytest.mark.parametrize("username", ["gui", "xitong"])
def test_every_page_of_somebody_signed_in_binds_the_browser_and_stays_in_no_shared_cache(
    sign_in: SignIn, username: str
) -> None:
    client = sign_in(username)
    client.raise_request_exception = False
    wrong: dict[str, list[str]] = {}
    for address, rule in addresses():
        answer = client.get(address)
        lost = headers_missing(answer)
        if not isinstance(rule, access.Public):
            kept = answer.headers.get("Cache-Control", "")
            lost += [] if "no-store" in kept or "private" in kept else ["cache"]
        if lost:
            wrong[address] = lost
    assert wrong == {}


def test_errors_bind_the_browser_and_tell_nothing_of_the_program(client: Client, db: None) -> None:
    for answer in (client.get("/no/such/page"), client.get("/", headers={"host": "elsewhere.example"})):
        assert answer.status_code in (400, 404)
        assert headers_missing(answer) == []
        words = answer.content.decode()
        assert "Traceback" not in words and "urlpatterns" not in words and "DEBUG" not in words


def test_a_failure_shows_no_trace(client: Client, db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        raise RuntimeError("geheimes Kennwort")

    access.public(broken)
    monkeypatch.setattr(get_resolver().url_patterns[0], "callback", broken)
    client.raise_request_exception = False
    answer = client.get("/")
    assert answer.status_code == 500 and headers_missing(answer) == []
    assert "程序出错" in answer.content.decode() and "geheimes" not in answer.content.decode()


def test_a_form_of_another_site_is_refused_at_every_address(sign_in: SignIn) -> None:
    """A browser sends the cookie of the session along, and has no token of ours."""
    signed = sign_in("gui")
    forger = Client(enforce_csrf_checks=True)
    forger.cookies = signed.cookies
    before = Job.objects.count()
    taken = [address for address, _ in addresses() if forger.post(address, {"x": "1"}).status_code != 403]
    assert taken == []
    assert Job.objects.count() == before


def test_no_view_is_exempt_from_the_check_of_forged_forms() -> None:
    exempt = [
        route for route, view in _patterns(get_resolver().url_patterns) if getattr(view, "csrf_exempt", False)
    ]
    assert exempt == []


def test_the_interface_takes_no_session_for_a_token(sign_in: SignIn) -> None:
    """Its addresses ask for no form token, so that a cookie must count for nothing there."""
    client = sign_in("gui")
    assert client.get("/api/v1/units").status_code == 401
    assert client.post("/api/v1/loads", {}).status_code == 401


def test_cookies_are_out_of_reach_of_scripts_and_other_sites(sign_in: SignIn, client: Client) -> None:
    client.get(LOGIN)
    client.post(LOGIN, {"username": "jing", "password": served.PASSWORD})
    for name in ("sessionid", "csrftoken"):
        if name in client.cookies:
            cookie = client.cookies[name]
            assert cookie["httponly"] and cookie["samesite"] in ("Lax", "Strict"), name
    assert "sessionid" in client.cookies
    assert not client.cookies["sessionid"]["expires"]  # ends with the browser


BEHIND_TLS = """
import json
from django.conf import settings
from django.core.management import call_command
from django.test import Client
call_command("migrate", verbosity=0)
client = Client(headers={"host": "yiheng.example", "x-forwarded-proto": "https"})
answer = client.get("/account/login/")
print(json.dumps({
    "status": answer.status_code,
    "hsts": answer.headers.get("Strict-Transport-Security", ""),
    "secure": {name: bool(cookie["secure"]) for name, cookie in client.cookies.items()},
    "session": settings.SESSION_COOKIE_SECURE,
    "name": settings.SESSION_COOKIE_NAME,
}))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="the server does not run there")
def test_behind_a_tls_proxy_browsers_are_told_to_stay_there(tmp_path: Path) -> None:
    """The settings as the environment of a real installation makes them."""
    env = served.environment(tmp_path) | {"YIHENG_HTTPS": "1", "YIHENG_HOSTS": "yiheng.example"}
    env["DATABASE_URL"] = f"sqlite:///{tmp_path / 'tls.sqlite3'}"
    env["YIHENG_STATIC"] = str(tmp_path / "static")
    collect = "from yiheng.web.server import collect_static; collect_static()\n"
    found = json.loads(served.program(env, collect + BEHIND_TLS))
    assert found["status"] == 200 and found["session"]
    assert found["hsts"] == "max-age=31536000; includeSubDomains"
    assert found["secure"] == {"__Host-csrftoken": True} and found["name"] == "__Host-sessionid"


def test_the_session_before_the_log_in_is_not_the_one_after(bureau: None, client: Client) -> None:
    session = client.session
    session["planted"] = 1
    session.save()
    client.cookies["sessionid"] = planted = session.session_key
    client.post(LOGIN, {"username": "jing", "password": served.PASSWORD})
    assert client.cookies["sessionid"].value != planted
    other = Client()
    other.cookies["sessionid"] = planted
    assert other.get("/account/").status_code == 302  # whoever planted it is not signed in


@pytest.mark.parametrize(
    "elsewhere",
    ["https://evil.example/", "//evil.example", "/\\evil.example", "\\\\evil.example", "javascript:alert(1)",
     "http:evil.example", "https:///evil.example", "\x08//evil.example", "https://testserver@evil.example/"],
)  # fmt: skip
def test_the_log_in_leads_nowhere_else(bureau: None, client: Client, elsewhere: str) -> None:
    given = {"username": "jing", "password": served.PASSWORD, "next": elsewhere}
    assert client.post(LOGIN, given)["Location"] == "/"
    assert client.get(LOGIN, {"next": elsewhere})["Location"] == "/"  # signed in by now


def test_refusals_of_the_log_in_are_alike(bureau: None, client: Client) -> None:
    """Unknown, wrong, closed and locked: who tries learns nothing about which accounts there are."""
    User.objects.filter(username="zhang").update(is_active=False)
    shown: set[str] = set()
    for name in ("nobody", "jing", "zhang", *["ju"] * 6):
        answer = client.post(LOGIN, {"username": name, "password": "falsch-falsch"})
        words = re.sub(r'name="csrfmiddlewaretoken" value="\w+"|value="\w+"', "", answer.content.decode())
        shown.add(f"{answer.status_code} {words}")
    assert len(shown) == 1


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("预算.xlsx", b"MZ\x90\x00\x03 a program"),
        ("预算.xlsx", b"<html><script>alert(1)</script></html>"),
        ("预算.xlsx", b"%PDF-1.7"),
        ("../../预算.xlsx", b"\x7fELF"),
    ],
)
def test_a_file_of_the_wrong_kind_is_refused_whatever_it_is_called(
    sign_in: SignIn, name: str, content: bytes
) -> None:
    client, before = sign_in("jing"), Job.objects.count()
    given = {"workbooks": SimpleUploadedFile(name, content)}
    assert client.post("/jobs/load/", given).status_code == 422
    program = {"documents": SimpleUploadedFile("x.pdf", b"MZ\x90\x00\x03\x00\x00\x00\xff\xff")}
    assert client.post("/review/upload/", program).status_code in (200, 400, 422)
    assert Job.objects.count() == before


def test_a_name_leads_out_of_no_folder(tmp_path: Path) -> None:
    (tmp_path / "secret-key").write_text("geheim")
    folder = tmp_path / "a" / "b"
    folder.mkdir(parents=True)
    (folder / "paper.pdf").write_bytes(b"%PDF")
    (folder / "link.pdf").symlink_to(tmp_path / "secret-key")
    assert files.inside(folder, "paper.pdf") == folder / "paper.pdf"
    for name in (*OUTSIDE, "link.pdf", ".", ""):
        with pytest.raises(Http404):
            files.inside(folder, name)


def test_file_views_hand_out_only_what_is_offered(sign_in: SignIn) -> None:
    client, user = sign_in("jing"), User.objects.get(username="jing")
    job = enqueue("prepare", {}, by=user, title="公开稿")
    folder = job.folder / "package"
    folder.mkdir(parents=True)
    (folder / "disclosure.pdf").write_bytes(b"%PDF-1.7")
    (job.folder / "secret.txt").write_text("geheim")
    Job.objects.filter(pk=job.pk).update(state="done", result={"folder": "package"})
    here = f"/jobs/{job.pk}/files/"
    assert client.get(f"{here}package/disclosure.pdf").status_code == 200
    for name in (*OUTSIDE, "secret.txt", "package/../secret.txt"):
        assert client.get(here + name).status_code == 404, name


def test_every_address_of_a_file_withstands_names_that_lead_outside(sign_in: SignIn) -> None:
    client = sign_in("gui")
    found = [address for address, _ in addresses() if "/files/" in address or "/page" in address]
    assert found
    for address in found:
        before, _, _ = address.rpartition("/")
        for name in OUTSIDE:
            assert client.get(f"{before}/{name.lstrip('/')}").status_code in (302, 404), (address, name)


def test_a_workbook_that_we_write_holds_no_formula_of_a_user(tmp_path: Path) -> None:
    planted = ['=HYPERLINK("https://evil.example")', "+1+1", "-2+3", "@SUM(A1)", "=cmd|' /C calc'!A0"]
    path = tmp_path / "found.xlsx"
    write_list(path, "清单", ["=1+1"], {"栏": 10}, [[text] for text in planted])
    rows = openpyxl.load_workbook(path).active.iter_rows()
    cells = [cell for row in rows for cell in row if cell.value is not None]
    assert [cell.value for cell in cells][-len(planted) :] == planted
    assert {cell.data_type for cell in cells} == {"s"}
    with zipfile.ZipFile(path) as archive:
        assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")


def test_a_csv_cell_is_no_formula_and_a_figure_stays_one() -> None:
    for text in ("=1+1", "+1+1", "-2+3", "@SUM(A1)", "\t=1", "\r=1"):
        assert inert(text) == f"'{text}"
    assert inert("-1,234.56") == "-1,234.56"
