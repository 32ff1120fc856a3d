"""Tokens on the screen: issued by their owner, shown once, taken back; nobody else's."""

from collections.abc import Callable

from django.test import Client

from yiheng.people import tokens
from yiheng.people.models import ApiToken, User

ADDRESS = "/account/tokens/"
GIVEN = {"label": "一体化系统", "right": "read", "works": ["budget", "accounts"], "days": "30"}


def test_a_new_token_is_shown_once(sign_in: Callable[[str], Client]) -> None:
    client = sign_in("jing")
    page = client.post(ADDRESS, GIVEN).content.decode()
    text = page.split('<code class="token">')[1].split("</code>")[0]
    found = tokens.find(text)
    assert found is not None and found.user.username == "jing" and found.works == ["accounts", "budget"]
    again = client.get(ADDRESS).content.decode()
    assert text not in again and "一体化系统" in again


def test_what_is_wrong_is_told_and_nothing_issued(sign_in: Callable[[str], Client]) -> None:
    answer = sign_in("jing").post(ADDRESS, {"label": "", "right": "approve", "days": "9999"})
    assert answer.status_code == 422 and not ApiToken.objects.exists()
    assert answer.content.decode().count("text-danger") >= 4


def test_only_the_owner_takes_a_token_back(sign_in: Callable[[str], Client]) -> None:
    token, text = tokens.issue(
        User.objects.get(username="jing"), label="测试", right="read", works=("budget",), days=1
    )
    assert sign_in("gui").post(f"{ADDRESS}{token.pk}/end/").status_code == 404
    assert tokens.find(text) is not None
    assert sign_in("jing").post(f"{ADDRESS}{token.pk}/end/").status_code == 302
    assert tokens.find(text) is None


def test_an_administrator_has_no_tokens(sign_in: Callable[[str], Client]) -> None:
    client = sign_in("shenji")
    assert client.get(ADDRESS).status_code in (302, 403)
    assert ADDRESS not in client.get("/account/").content.decode(), "no way to what is refused"
    assert ADDRESS in sign_in("jing").get("/account/").content.decode()
