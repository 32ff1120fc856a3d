"""The public site shows what was certified and nothing else, and every figure leads to its place in the paper."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from tests.web.working import job_of, work

from yiheng.casework.models import Preparation, Publication
from yiheng.pipelines import published

SignIn = Callable[[str], Client]
HOME = "/years/demo/2024/disclosure/"


def text(answer: Any) -> str:
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return str(body.decode())


@pytest.fixture
def made_public(sign_in: SignIn) -> Callable[..., Publication]:
    """Prepare and certify a paper of the synthetic bureau through the screens."""

    def publish(kind: str, reason: str = "") -> Publication:
        job_of(sign_in("jing").post(f"{HOME}prepare/", {"kind": kind, "reason": reason}))
        work()
        draft = Preparation.objects.latest("pk")
        assert sign_in("zhang").post(f"{HOME}drafts/{draft.pk}/certify/").status_code == 302
        return Publication.objects.latest("pk")

    return publish


def test_before_anything_is_certified_the_site_is_empty(bureau: None, client: Client) -> None:
    assert "还没有公开的材料" in text(client.get("/site/"))
    assert client.get("/site/units/demo/").status_code == 404
    assert client.get("/site/papers/demo/2024/accounts/").status_code == 404
    assert client.get("/site/search/?q=住房").status_code == 200
    compared = client.get("/site/compare/")
    assert compared.status_code == 200 and 'id="figure"' not in text(compared), "no list without an entry"


def test_a_visitor_finds_a_figure_and_its_source(
    made_public: Callable[..., Publication], client: Client
) -> None:
    version = made_public("accounts")
    home = text(client.get("/site/"))
    assert "2024年度部门决算" in home and "虚构数据" in home
    paper = text(client.get("/site/papers/demo/2024/accounts/"))
    # 公开01表: 本年支出合计 797,167,830.52 元, printed in 万元.
    assert "79,716.78" in paper and "下载全部" in paper
    place = re.search(r'href="(/site/files/\d+/site/index\.html)#(n\d+)">79,716\.78<', paper)
    assert place is not None
    page = text(client.get(place[1]))
    assert f'id="{place[2]}"' in page and "公开01表[支出/本年支出合计, 决算数]" in page
    sources = text(client.get(place[1].replace("index.html", "sources.html")))
    assert f'id="{place[2]}"' in sources, "the source is on a page that needs no script"

    found = text(client.get("/site/search/", {"q": "住房保障支出"}))
    assert "1,582.00" in found and "公开01表" in found
    assert "没有找到" in text(client.get("/site/search/", {"q": "没有这一行"}))
    assert "基本支出" in text(client.get("/site/terms/"))

    data = client.get(f"/site/files/{version.pk}/data/budget.csv")
    assert data["Content-Type"].startswith("text/csv") and "attachment" in data["Content-Disposition"]
    again = client.get(f"/site/files/{version.pk}/data/budget.csv", headers={"If-None-Match": data["ETag"]})
    assert again.status_code == 304
    with zipfile.ZipFile(
        io.BytesIO(b"".join(client.get(f"/site/files/{version.pk}/package.zip")))
    ) as archive:
        assert sorted(archive.namelist()) == sorted([*version.manifest, "manifest.json"])

    for name in ("../../../secret-key", "nothing.pdf", "site/"):
        assert client.get(f"/site/files/{version.pk}/{name}").status_code == 404


def test_a_correction_is_shown_with_its_reason(
    made_public: Callable[..., Publication], client: Client
) -> None:
    first = made_public("budget")
    assert "到目前为止没有更正" in text(client.get("/site/corrections/"))
    reason = "补充<说明>"
    second = made_public("budget", reason)
    page = text(client.get("/site/corrections/"))
    assert "补充&lt;说明&gt;" in page and reason not in page
    paper = text(client.get("/site/papers/demo/2024/budget/"))
    assert f"/site/files/{first.pk}/package.zip" in paper and "补充&lt;说明&gt;" in paper
    assert client.get(f"/site/files/{first.pk}/tables.xlsx").status_code == 200
    assert text(client.get("/site/")).count("/site/papers/demo/2024/budget/") == 1, second


def test_what_was_withdrawn_says_so_everywhere_and_is_nowhere_found(
    made_public: Callable[..., Publication], sign_in: SignIn, client: Client
) -> None:
    version = made_public("budget")
    here = f"{HOME}versions/{version.pk}/"
    paper, file = "/site/papers/demo/2024/budget/", f"/site/files/{version.pk}/tables.xlsx"
    tag = client.get(file)["ETag"]
    assert "immutable" not in client.get(file)["Cache-Control"]
    jing, zhang = sign_in("jing"), sign_in("zhang")
    assert "撤下要写明理由" in text(jing.post(f"{here}withdraw/", {"reason": ""}))
    jing.post(f"{here}withdraw/", {"reason": "含<个人>信息"})
    assert client.get(paper).status_code == 200, "until it is signed it is public"
    assert "签发撤下" not in text(jing.get(here)) and "签发撤下" in text(zhang.get(here))
    assert "签发撤下" in text(zhang.get("/workbench/"))
    assert jing.post(f"{here}withdraw/sign/").status_code == 403
    zhang.post(f"{here}withdraw/sign/")

    for address in (
        paper,
        file,
        f"/site/files/{version.pk}/package.zip",
        f"/site/files/{version.pk}/nothing.pdf",
    ):
        answer = client.get(address, headers={"If-None-Match": tag})
        page = text(answer)
        assert answer.status_code == 410 and "含&lt;个人&gt;信息" in page and "撤下" in page, address
        assert "/package.zip" not in page
    assert paper not in text(client.get("/site/")) and "已撤下的材料" in text(client.get("/site/units/demo/"))
    assert "/site/files/" not in text(client.get("/site/search/?q=住房保障支出"))
    assert "79," not in text(client.get("/site/compare/?kind=budget"))
    log = text(client.get("/site/corrections/"))
    assert "撤下" in log and "含&lt;个人&gt;信息" in log
    auditor = sign_in("shen")
    assert "已于" in text(auditor.get(here)) and "全部一致" in text(auditor.get(here))
    assert auditor.get(f"{here}files/tables.xlsx").status_code == 200
    assert "已撤下" in text(auditor.get(HOME))

    made_public("budget", "删去个人信息")
    again = text(client.get(paper))
    assert "第 2 版" in again and "撤下：" in again and f"/site/files/{version.pk}/package.zip" not in again
    assert client.get(file).status_code == 410


def test_a_changed_file_is_not_shown(made_public: Callable[..., Publication], client: Client) -> None:
    version = made_public("budget")
    path = version.path / "tables.xlsx"
    path.chmod(0o644)
    path.write_bytes(path.read_bytes() + b"x")
    answer = client.get(f"/site/files/{version.pk}/tables.xlsx")
    assert answer.status_code == 503 and "校验值不符" in text(answer)
    assert client.get(f"/site/files/{version.pk}/package.zip").status_code == 503
    assert client.get(f"/site/files/{version.pk}/disclosure.pdf").status_code == 200


def test_pages_work_without_a_script_and_hold_none_of_their_own(
    made_public: Callable[..., Publication], client: Client
) -> None:
    made_public("budget")
    for address in (
        "",
        "units/demo/",
        "papers/demo/2024/budget/",
        "compare/?kind=budget",
        "search/?q=住房",
        "terms/",
    ):
        page = text(client.get(f"/site/{address}"))
        assert "<script>" not in page and " style=" not in page and "onclick" not in page, address
        assert page.index("<main") < page.index("</main>")


def _headline(year: int, yuan: str) -> published.Headline:
    return published.Headline("spending", "本年支出", Decimal(yuan), "", "万元", f"表[{year}]")


def test_one_figure_alone_is_no_comparison() -> None:
    assert published.compared("支出", [("2024", "甲", _headline(2024, "1.00"))]) is None
    chart = published.compared(
        "支出", [("2023", "甲", _headline(2023, "3447200000.00")), ("2024", "甲", _headline(2024, "0.01"))]
    )
    assert chart is not None
    assert [series.points for series in chart.series] == [(("甲", 344_720_000_000),), (("甲", 1),)]
