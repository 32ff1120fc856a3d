"""The language of the screens (界面语言): Chinese until the reader chooses, then English, and back again."""

from __future__ import annotations

import re
from collections.abc import Callable
from html.parser import HTMLParser

import pytest
from django.template.loader import render_to_string
from django.test import Client
from django.utils import translation

SignIn = Callable[[str], Client]
HAN = re.compile(r"[\u3400-\u9fff]")
YEAR = "/years/demo/2024/"


def choose(client: Client, code: str, back: str = "/workbench/") -> None:
    answer = client.post("/language", {"language": code, "next": back})
    assert answer.status_code == 302 and answer["Location"] == back


def text(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return str(answer.content.decode())


class Words(HTMLParser):
    """What a reader sees or hears of the given elements, or of all; not what is marked as Chinese."""

    VOID = ("meta", "link", "input", "img", "br", "hr")

    def __init__(self, *only: str) -> None:
        super().__init__()
        self.only, self.open, self.words = only, [], []  # type: ignore[var-annotated]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag not in self.VOID:
            self.open.append((tag, given.get("lang")))
        if self._wanted():
            self.words += [
                given[name] for name in ("aria-label", "title", "placeholder", "alt") if given.get(name)
            ]

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if self._wanted():
            self.words.append(data.strip())

    def _wanted(self) -> bool:
        inside = not self.only or any(tag in self.only for tag, _ in self.open)
        return inside and not any(language == "zh-CN" for _, language in self.open)


def chinese(page: str, *only: str) -> list[str]:
    reader = Words(*only)
    reader.feed(page)
    assert any(reader.words)
    return [word for word in reader.words if HAN.search(word)]


@pytest.mark.django_db
@pytest.mark.parametrize("header", ["en", "en-US,en;q=0.9,zh;q=0.1", "de"])
def test_what_a_browser_says_of_its_languages_decides_nothing(header: str) -> None:
    client = Client(headers={"accept-language": header})
    page = text(client, "/account/login/")
    assert '<html lang="zh-CN">' in page and "<h1>登录</h1>" in page and "Log in" not in page


@pytest.mark.django_db
def test_a_visitor_chooses_english_and_goes_back_to_chinese() -> None:
    client = Client()
    link = "/language?next=%2Faccount%2Flogin%2F%3Fnext%3D%2Fjobs%2F"
    assert f'href="{link}"' in text(client, "/account/login/?next=/jobs/")
    assert 'value="/account/login/?next=/jobs/"' in text(client, link)
    choose(client, "en", "/account/login/?next=/jobs/")
    cookie = client.cookies["django_language"]
    assert cookie["httponly"] and cookie["samesite"] == "Lax" and int(cookie["max-age"]) > 10_000_000
    answer = client.get("/account/login/")
    page = answer.content.decode()
    assert '<html lang="en">' in page and "<h1>Log in</h1>" in page and "Cookie" in answer["Vary"]
    assert chinese(page) == []
    choose(client, "zh-hans", "/account/login/")
    assert "<h1>登录</h1>" in text(client, "/account/login/")


@pytest.mark.django_db
def test_the_choice_is_one_of_the_languages_made_by_post_and_leads_nowhere_else() -> None:
    client = Client()
    assert client.post("/language", {"language": "de", "next": "/account/login/"}).status_code == 400
    assert client.post("/language", {"next": "/account/login/"}).status_code == 400
    assert "django_language" not in client.cookies
    answer = client.post("/language", {"language": "en", "next": "https://elsewhere.example/"})
    assert answer["Location"] == "/"
    client.cookies["django_language"] = "../../etc"
    assert "<h1>登录</h1>" in text(client, "/account/login/")
    forger = Client(enforce_csrf_checks=True)
    assert forger.post("/language", {"language": "en", "next": "/"}).status_code == 403


@pytest.mark.django_db
def test_the_public_site_offers_the_choice_without_a_cookie() -> None:
    client = Client()
    assert '<a class="language" href="/language?next=%2Fsite%2F">' in text(client, "/site/")
    assert not client.cookies
    choose(client, "en", "/site/")
    assert "<h1>Departmental budgets, final accounts and performance</h1>" in text(client, "/site/")
    assert set(client.cookies) == {"django_language"}


@pytest.mark.django_db
def test_what_went_wrong_is_said_in_the_language_chosen() -> None:
    client = Client()
    choose(client, "en", "/")
    answer = client.get("/nowhere/")
    assert answer.status_code == 404 and chinese(answer.content.decode()) == []
    wrong = client.post("/account/login/", {"username": "", "password": ""})
    assert "This field is required." in wrong.content.decode()


def test_the_workbench_around_the_data_is_english(sign_in: SignIn) -> None:
    client = sign_in("jing")
    assert "<h1>工作台</h1>" in text(client, "/workbench/")
    choose(client, "en")
    page = text(client, "/workbench/")
    assert "<h1>Workbench</h1>" in page
    name = ["经办甲（虚构）"]
    assert [word for word in chinese(page, "header", "footer", "h1", "title") if word not in name] == []


@pytest.mark.parametrize("address", ["/workbench/", "/manage/", "/manage/roles/", "/manage/people/new/"])
def test_screens_of_an_administrator_are_wholly_english(sign_in: SignIn, address: str) -> None:
    client = sign_in("xitong")
    choose(client, "en", address)
    left = [word for word in chinese(text(client, address)) if "虚构" not in word]
    assert left == []


def test_menus_of_a_year_are_english(sign_in: SignIn) -> None:
    client = sign_in("jing")
    choose(client, "en")
    for part in ("", "budget/", "execution/", "performance/", "disclosure/"):
        assert [w for w in chinese(text(client, YEAR + part), "nav") if "虚构" not in w] == [], part


@pytest.mark.parametrize(
    ("address", "in_chinese", "in_english"),
    [
        (f"{YEAR}execution/", "预算执行进度", "Budget execution"),
        (f"{YEAR}execution/purchases/", "签订时限", "Time to sign"),
        (f"{YEAR}performance/", "项目自评", "Self-evaluation of projects"),
        (f"{YEAR}budget/", "共 ", " projects (of "),
        ("/workbench/units/demo/2024/", "截至", "due "),
        (f"{YEAR}report/budget/", "此处印出", "printed here"),
        (f"{YEAR}tables/budget/", "点击任何数字", "Click any figure"),
        (f"{YEAR}budget/grid/budget_lines/", "翻页", "Find rows"),
    ],
)
def test_nothing_that_is_kept_is_shown_in_the_wrong_language(
    sign_in: SignIn, address: str, in_chinese: str, in_english: str
) -> None:
    """Chinese, English, Chinese: what the first reader left in memory or what the second did."""
    reader, other = sign_in("jing"), sign_in("jing")
    choose(other, "en")
    for _ in range(2):
        assert in_chinese in text(reader, address) and in_english not in text(reader, address)
        assert in_english in text(other, address) and in_chinese not in text(other, address)


@pytest.mark.parametrize("part", ["", "payments/", "purchases/", "assets/"])
def test_a_document_to_take_away_is_chinese(sign_in: SignIn, part: str) -> None:
    reader, other = sign_in("jing"), sign_in("jing")
    choose(other, "en")
    address = f"{YEAR}execution/{part}export/csv/"
    assert other.get(address).content == reader.get(address).content


def test_a_message_of_the_rooms_below_is_marked_as_chinese_on_an_english_screen() -> None:
    told = ["没有单位 <甲>，请先装载单位表。", "Saved.", "第 3 行 A<b>"]

    def shown() -> str:
        return re.sub(r"\s+", " ", render_to_string("web/messages.html", {"messages": told}))

    assert "<span" not in shown(), "on a Chinese screen it is as all else"
    with translation.override("en"):
        page = shown()
    assert '<span lang="zh-CN">没有单位 &lt;甲&gt;，请先装载单位表。</span>' in page
    assert page.count("<span") == 1 and "Saved." in page and "A&lt;b&gt;" in page
    assert chinese(page.replace("第 3 行", "")) == []
