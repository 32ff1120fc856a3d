"""Typefaces of the PDF (字体): a customer's licensed fonts where they are at hand, else open ones.

GB/T 9704 asks for 小标宋, 黑体, 楷体 and 仿宋, most of which are licensed. The open Noto Serif SC and Noto Sans SC
that come with the program stand in for them; a folder with the licensed files replaces them one by one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

import pylopdf_fonts_zh_cn
import typst

from yiheng.reporting.gbt9704 import BODY_FACE, HEI_FACE, KAI_FACE, SONG_FACE, TITLE_FACE

OPEN_SERIF: Final = "Noto Serif SC"
OPEN_SANS: Final = "Noto Sans SC"

# Names under which font files give these typefaces, best first; the last one is always at hand.
_FAMILIES: Final[Mapping[str, tuple[str, ...]]] = {
    TITLE_FACE: ("FZXiaoBiaoSong-B05S", "方正小标宋简体", "FZXiaoBiaoSong-B05", "方正小标宋_GBK", OPEN_SERIF),
    HEI_FACE: ("SimHei", "黑体", "FZHei-B01S", "方正黑体简体", OPEN_SANS),
    KAI_FACE: ("KaiTi_GB2312", "楷体_GB2312", "KaiTi", "楷体", OPEN_SERIF),
    BODY_FACE: ("FangSong_GB2312", "仿宋_GB2312", "FangSong", "仿宋", OPEN_SERIF),
    SONG_FACE: ("SimSun", "宋体", OPEN_SERIF),
}


class FontsError(ValueError):
    """A folder of fonts that cannot be used; the message, in Chinese, says why and what to do."""


@dataclass(frozen=True, slots=True)
class FontSet:
    """The typefaces to set a PDF with."""

    folder: Path | None = None
    """Folder with licensed font files, searched with its subfolders."""

    def family(self, face: str) -> str:
        """The family that stands for an official typeface: the first of its names that is at hand."""
        return next(name for name in _FAMILIES[face] if name in _families(self.folder))

    @property
    def missing(self) -> tuple[str, ...]:
        """Official typefaces that an open one stands in for."""
        return tuple(face for face in _FAMILIES if self.family(face) in (OPEN_SERIF, OPEN_SANS))

    @property
    def notice(self) -> str:
        """What to tell the user about missing typefaces, in Chinese; empty where none is missing."""
        if not self.missing:
            return ""
        where = f"字体目录 {self.folder} 中未找到" if self.folder else "未提供"
        return (
            f"{where}公文字体 {'、'.join(self.missing)}，PDF 以思源宋体、思源黑体（Noto Serif SC、Noto Sans SC）代替；"
            "如单位已获授权，请将字体文件放入字体目录后重新生成。DOCX 不受影响，按公文字体名称写出。"
        )

    def loaded(self) -> typst.Fonts:
        """The fonts, read once per folder."""
        return _load(self.folder)


@lru_cache(maxsize=8)
def _load(folder: Path | None) -> typst.Fonts:
    paths = [pylopdf_fonts_zh_cn.serif_path().parent]
    if folder is not None:
        if not folder.is_dir():
            raise FontsError(
                f"字体目录 {folder} 不存在或不是文件夹；请更正路径，或不设置字体目录以使用随附的开源字体。"
            )
        paths.append(folder)
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=list(paths))


@lru_cache(maxsize=8)
def _families(folder: Path | None) -> frozenset[str]:
    return frozenset(_load(folder).families())
