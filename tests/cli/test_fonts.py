"""Licensed fonts are taken from YIHENG_HOME/fonts, and what they lack is told."""

import shutil
from pathlib import Path

import pylopdf_fonts_zh_cn
import pytest
from tests.command import copied, run

from yiheng.cli.fonts import licensed_fonts

PAPER = "szybzx-2020-accounts"


def test_without_the_folder_the_open_fonts_stand_in(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("django.conf.settings.YIHENG_HOME", tmp_path)
    assert licensed_fonts().folder is None


def test_the_folder_is_found(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("django.conf.settings.YIHENG_HOME", tmp_path)
    (tmp_path / "fonts").mkdir()
    assert licensed_fonts().folder == tmp_path / "fonts"


def test_publish_says_which_typefaces_are_missing(tmp_path: Path) -> None:
    own, out = copied(tmp_path / "home", (PAPER,)), tmp_path / "out"
    assert "公文字体" not in run(own, "publish", "szybzx", 2020, "--out", out).stdout
    (own / "fonts").mkdir()
    # A font that is none of the official ones.
    shutil.copy(pylopdf_fonts_zh_cn.serif_path(), own / "fonts")
    told = run(own, "publish", "szybzx", 2020, "--out", out).stdout.replace("\n", "")
    assert "未找到公文字体" in told and "方正小标宋简体" in told
