"""The drawer in a real browser: opened by link, mouse and keyboard, closed by Escape, on a local folder."""

import html as markup
import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from tests.reporting import sample2

from yiheng.reporting import html

ADDRESS = "公开03表[合计, 其中/基本支出]"
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--allow-file-access-from-files",
    "--virtual-time-budget=4000",
    "--dump-dom",
)
HARNESS = """<!DOCTYPE html><meta charset="utf-8">
<iframe id="f" src="index.html#cell=ADDRESS"></iframe><pre id="out"></pre>
<script>
document.getElementById("f").onload = function () {
  var page = this.contentDocument, result = {}, drawer = page.getElementById("drawer");
  function key(name) {
    page.activeElement.dispatchEvent(new this.KeyboardEvent("keydown", {key: name, bubbles: true, cancelable: true}));
  }
  key = key.bind(this.contentWindow);
  function state() { return drawer.hidden ? null : drawer.querySelector(".big").textContent; }
  result.linked = state();
  result.text = drawer.textContent;
  result.marked = page.querySelector(".n.open").textContent;
  key("Escape");
  result.closed = state();
  result.focus = page.activeElement.textContent;
  page.activeElement.click();
  result.again = state();
  key("Escape");
  key("ArrowRight");
  result.right = page.activeElement.textContent;
  key("ArrowDown");
  result.down = page.activeElement.textContent;
  page.activeElement.click();
  result.clicked = state();
  result.inside = drawer.contains(page.activeElement);
  drawer.querySelector(".uses a").click();
  result.followed = drawer.querySelector(".where").textContent;
  page.getElementById("drawer-close").click();
  result.end = state();
  document.getElementById("out").textContent = JSON.stringify(result);
};
</script>"""


@pytest.fixture(scope="module")
def result(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    browser = shutil.which("chromium") or shutil.which("chromium-browser")
    if browser is None:
        pytest.skip("no chromium on the path: the drawer can only be tried in a browser")
    folder: Path = tmp_path_factory.mktemp("drawer")
    html.write(sample2.paper(), folder, sample2.LABELS)
    (folder / "harness.html").write_text(HARNESS.replace("ADDRESS", quote(ADDRESS)), encoding="utf-8")
    command = [browser, *FLAGS, f"--user-data-dir={folder}/profile", (folder / "harness.html").as_uri()]
    found = subprocess.run(command, capture_output=True, encoding="utf-8", timeout=60, check=True).stdout
    out = re.search(r'<pre id="out">(.*?)</pre>', found, re.DOTALL)
    assert out is not None and out[1], found
    content: dict[str, Any] = json.loads(markup.unescape(out[1]))
    return content


def test_an_address_in_the_link_opens_the_drawer(result: dict[str, Any]) -> None:
    assert result["linked"] == "5,712.01 万元"
    assert result["marked"] == "5,712.01"


def test_the_drawer_shows_value_rule_findings_facts_and_other_uses(result: dict[str, Any]) -> None:
    for words in (
        "57,120,100.00 元",
        "57,119,900.00 元（含）至 57,120,300.00 元（不含）",
        "不通过（错误）：合计等于基本支出加项目支出",
        "原始数（4 项）",
        "2080505 机关事业单位基本养老保险缴费支出",
        "公开03表 2080505 行",
        "同一原始数还用于",
    ):
        assert words in result["text"], words


def test_escape_closes_it_and_gives_the_focus_back(result: dict[str, Any]) -> None:
    assert result["closed"] is None
    assert result["focus"] == "5,712.01"
    assert result["again"] == "5,712.01 万元"


def test_arrow_keys_walk_from_number_to_number(result: dict[str, Any]) -> None:
    assert result["right"] == "2,158.34"
    assert result["down"] == "13.86"


def test_a_click_opens_it_and_moves_the_focus_inside(result: dict[str, Any]) -> None:
    assert result["clicked"] == "13.86 万元"
    assert result["inside"] is True


def test_another_use_of_the_fact_can_be_followed(result: dict[str, Any]) -> None:
    assert result["followed"] == "一、收支情况"
    assert result["end"] is None
