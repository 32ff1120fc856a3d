"""The site: well-formed, escaped, offline, readable without scripts, and every number leads to its source."""

import dataclasses
import json
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from tests.reporting import sample2
from tests.reporting.test_charts import contrast

from yiheng.reporting import html

VOID = {"meta", "link", "br", "img", "input", "hr"}
PAGES = ("index.html", "findings.html", "sources.html")


class Page(HTMLParser):
    """Collects elements and text, and refuses tags that do not close in order."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.words: list[str] = []
        self._open: list[str] = []
        self.feed(text)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    @property
    def text(self) -> str:
        return "".join(self.words)

    @property
    def ids(self) -> list[str]:
        return [attrs["id"] for _, attrs in self.elements if "id" in attrs]

    def having(self, tag: str, name: str = "", value: str = "") -> list[dict[str, str]]:
        found = [attrs for element, attrs in self.elements if element == tag]
        return [attrs for attrs in found if not name or value in attrs.get(name, "").split()]


DOWNLOADS = [("决算文本（PDF）", "../决算 文本.pdf"), ("坏链接", 'javascript:alert("x")')]


def site(folder: Path, audience: str = "public", synthetic: bool = True) -> dict[str, Page]:
    html.write(sample2.paper(audience, synthetic), folder, sample2.LABELS, DOWNLOADS)
    return {name: Page((folder / name).read_text(encoding="utf-8")) for name in PAGES}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("site")


@pytest.fixture(scope="module")
def pages(folder: Path) -> dict[str, Page]:
    return site(folder)


@pytest.fixture(scope="module")
def data(folder: Path, pages: dict[str, Page]) -> dict[str, Any]:
    text = (folder / "data" / "sources.js").read_text(encoding="utf-8")
    content: dict[str, Any] = json.loads(text.removeprefix("window.yihengSources=").removesuffix(";\n"))
    return content


@pytest.mark.parametrize("name", PAGES)
def test_ids_are_unique_and_local_references_resolve(name: str, pages: dict[str, Page]) -> None:
    page = pages[name]
    assert len(set(page.ids)) == len(page.ids)
    for attrs in page.having("a"):
        target, _, fragment = attrs["href"].partition("#")
        if fragment and target in ("", *PAGES):
            assert fragment in pages[target or name].ids, attrs["href"]


@pytest.mark.parametrize("name", PAGES)
def test_the_page_asks_nothing_of_a_network(name: str, folder: Path, pages: dict[str, Page]) -> None:
    for _, attrs in pages[name].elements:
        for key in ("src", "href"):
            assert not re.match(r"[a-z]+:(?!,)|//", attrs.get(key, "")), attrs
    for asset in ("site.css", "drawer.js"):
        assert not re.search(
            r"https?:|@import|url\(", (folder / "assets" / asset).read_text(encoding="utf-8")
        )


@pytest.mark.parametrize("name", PAGES)
def test_names_cannot_smuggle_in_elements(name: str, pages: dict[str, Page]) -> None:
    assert all(attrs.get("src") for attrs in pages[name].having("script"))
    assert not pages[name].having("b", "class", "公务用车")


def test_what_looks_like_markup_is_shown_as_text(pages: dict[str, Page]) -> None:
    assert sample2.EVIL in pages["index.html"].text
    assert "其中 <b>公务用车</b>" in pages["index.html"].text
    hrefs = [attrs["href"] for attrs in pages["index.html"].having("a") if "download" in attrs]
    assert hrefs == ["../%E5%86%B3%E7%AE%97%20%E6%96%87%E6%9C%AC.pdf", "javascript%3Aalert%28%22x%22%29"]


def test_the_page_says_its_language_and_lets_readers_skip(pages: dict[str, Page]) -> None:
    for page in pages.values():
        assert page.having("html")[0]["lang"] == "zh-CN"
        assert page.having("a", "class", "skip")[0]["href"] == "#main"
        assert len(page.having("h1")) == 1


def test_every_number_leads_to_its_line_of_the_sources_page(
    pages: dict[str, Page], data: dict[str, Any]
) -> None:
    links = pages["index.html"].having("a", "class", "n")
    assert [attrs["id"] for attrs in links] == [f"n{n}" for n in range(1, len(data["entries"]) + 1)]
    for attrs, entry in zip(links, data["entries"], strict=True):
        assert attrs["href"] == f"sources.html#{attrs['id']}"
        assert attrs["title"] == entry[0]


def test_the_drawer_knows_value_interval_and_facts(data: dict[str, Any]) -> None:
    texts = data["texts"]
    entry = next(e for e in data["entries"] if e[0] == "公开03表[合计, 其中/基本支出]")
    _, printed, status, given, terms, where, unit, value, interval, rule, _ = entry
    assert (printed, texts[unit], texts[value]) == ("5,712.01", "万元", "57,120,100.00 元")
    assert texts[interval] == "57,119,900.00 元（含）至 57,120,300.00 元（不含）"
    assert texts[where] == "公开03表 支出决算表 · 合计 · 其中/基本支出"
    assert (data["statuses"][status][0], given) == ("有数", 0)
    assert "支出决算" in texts[rule]
    origins = [texts[data["facts"][abs(term) - 1][9]] for term in terms]
    assert origins == [f"支付（支出决算） 行 {key}" for key in ("s2", "s3", "s4", "s6")]
    dims = data["facts"][terms[0] - 1][11]
    assert [texts[n] for n in dims[:2]] == ["功能分类科目", "2080505 机关事业单位基本养老保险缴费支出"]


def test_findings_are_known_at_their_cells(data: dict[str, Any]) -> None:
    found = data["findings"]["公开03表[合计, 其中/基本支出]"]
    assert [(one[1], one[3]) for one in found] == [
        ("通过", "合计等于各行之和"),
        ("不通过", "合计等于基本支出加项目支出"),
    ]


def test_tables_say_what_heads_what(pages: dict[str, Page]) -> None:
    page = pages["index.html"]
    scopes = [attrs["scope"] for attrs in page.having("th") if attrs.get("scope")]
    assert scopes.count("colgroup") == 5 and scopes.count("row") >= 12
    assert all("scope" in attrs for attrs in page.having("th"))
    assert any(attrs.get("colspan") == "2" and attrs["scope"] == "colgroup" for attrs in page.having("th"))
    assert len(page.having("caption")) == len(page.having("table"))


def test_states_are_marked_each_in_its_own_way(pages: dict[str, Page]) -> None:
    page = pages["index.html"]
    for state in ("unavailable", "withheld", "unattested", "nothing"):
        assert page.having("td", "class", state), state
    for mark in ("未录入", "未列明", "不公开"):
        assert mark in page.text
    assert "本表无发生额。" in page.text


def test_a_withheld_cell_shows_no_amount(data: dict[str, Any]) -> None:
    entry = next(e for e in data["entries"] if e[0] == "公开01表[秘密项目, 决算数]")
    assert (entry[1], data["texts"][entry[7]], entry[4]) == ("", "", [])


def test_gaps_are_shown_inside_only(tmp_path: Path, pages: dict[str, Page]) -> None:
    assert "缺：变动原因" not in pages["index.html"].text
    internal = site(tmp_path, "internal")["index.html"]
    assert "［缺：变动原因］" in internal.text
    assert "内部稿" in internal.text and "内部稿" not in pages["index.html"].text


def test_synthetic_data_say_so_on_every_page(tmp_path: Path, pages: dict[str, Page]) -> None:
    assert all(page.having("p", "class", "banner") for page in pages.values())
    assert not any(page.having("p", "class", "banner") for page in site(tmp_path, synthetic=False).values())


def test_findings_are_counted_and_failures_stand_first(pages: dict[str, Page]) -> None:
    page = pages["findings.html"]
    tiles = [words for words in page.words if words.isdigit()]
    assert tiles[:4] == ["2", "2", "1", "1"]
    order = [
        page.text.index(words)
        for words in (
            "合计等于基本支出加项目支出",
            "车辆数一致",
            "与上年结转一致",
            "款等于项之和",
            "中小企业份额",
        )
    ]
    assert order == sorted(order)
    assert "公开03表：1 项" in page.text
    assert "原件如此，已核实。" in page.text


def test_the_sources_page_lists_facts_once_with_their_uses(
    pages: dict[str, Page], data: dict[str, Any]
) -> None:
    page = pages["sources.html"]
    assert [i for i in page.ids if re.fullmatch(r"f\d+", i)] == [f"f{n}" for n in range(1, 10)]
    assert [i for i in page.ids if re.fullmatch(r"n\d+", i)] == [
        f"n{n}" for n in range(1, len(data["entries"]) + 1)
    ]
    assert "2–4" in page.text


def test_charts_are_drawn_for_screen_and_phone_with_links(pages: dict[str, Page]) -> None:
    page = pages["index.html"]
    assert len(page.having("svg")) == 4
    numbers = {attrs["title"]: attrs["id"] for attrs in page.having("a", "class", "n")}
    assert f"#{numbers['公开03表[合计, 其中/项目支出]']}" in [attrs["href"] for attrs in page.having("a")]


def test_a_table_that_no_section_prints_follows_at_the_end(pages: dict[str, Page]) -> None:
    text = pages["index.html"].text
    assert text.index("附表", text.index("收入支出决算总表")) < text.rindex("附件2 项目支出绩效自评表")


def test_the_caption_names_the_owner_as_the_form_does(tmp_path: Path, pages: dict[str, Page]) -> None:
    assert "编制部门：深圳市医疗保险基金管理中心" in pages["index.html"].text
    html.write(
        dataclasses.replace(sample2.paper(), table_labels={"owner": "部门", "公开03表": "表3"}), tmp_path
    )
    text = Page((tmp_path / "index.html").read_text(encoding="utf-8")).text
    assert "部门：深圳市医疗保险基金管理中心" in text and "编制部门" not in text
    assert "表3 支出决算表" in text


def test_every_table_is_there_once(tmp_path: Path) -> None:
    paper = sample2.paper()
    html.write(dataclasses.replace(paper, sections=()), tmp_path)
    page = Page((tmp_path / "index.html").read_text(encoding="utf-8"))
    assert len(page.having("section", "class", "sheet")) == len(paper.tables)


def test_the_same_paper_gives_the_same_bytes(tmp_path: Path) -> None:
    first = [path.read_bytes() for path in html.write(sample2.paper(), tmp_path / "a", sample2.LABELS)]
    assert [
        path.read_bytes() for path in html.write(sample2.paper(), tmp_path / "b", sample2.LABELS)
    ] == first


def test_colours_are_dark_enough_to_read(folder: Path, pages: dict[str, Page]) -> None:
    css = (folder / "assets" / "site.css").read_text(encoding="utf-8")
    colours = dict(re.findall(r"--(ink|soft|link|red|amber|green): (#[0-9a-f]{6});", css))
    assert len(colours) == 6
    # The faintest ground that text stands on is the header's, a tenth darker than white.
    assert all(contrast(colour) >= 4.5 * 1.2 for colour in colours.values())
