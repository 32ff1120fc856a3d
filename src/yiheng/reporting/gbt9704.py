"""The page of an official document (公文版式): the numbers of GB/T 9704-2012《党政机关公文格式》 in one place.

All lengths are points unless a name says millimetres. Article numbers refer to that standard.
"""

from __future__ import annotations

from typing import Final

MM: Final = 72 / 25.4
"""Points in a millimetre."""

# 5.1 and 5.2: A4, 天头 37 mm, 订口 28 mm, 版心 156 × 225 mm; the other two margins follow.
PAGE_WIDTH_MM: Final = 210
PAGE_HEIGHT_MM: Final = 297
TYPE_WIDTH_MM: Final = 156
TYPE_HEIGHT_MM: Final = 225
TOP_MM: Final = 37
INSIDE_MM: Final = 28
OUTSIDE_MM: Final = PAGE_WIDTH_MM - TYPE_WIDTH_MM - INSIDE_MM
BOTTOM_MM: Final = PAGE_HEIGHT_MM - TYPE_HEIGHT_MM - TOP_MM

# 8.4 (A4 纸横向表格): the type area is turned; the sides are even, so that a turned page looks the same on odd
# and even numbers.
LANDSCAPE_TOP_MM: Final = INSIDE_MM
LANDSCAPE_BOTTOM_MM: Final = OUTSIDE_MM
LANDSCAPE_SIDE_MM: Final = (PAGE_HEIGHT_MM - TYPE_HEIGHT_MM) // 2

# 5.2.3: 22 lines of 28 characters fill the type area.
LINES: Final = 22
CHARS: Final = 28
BODY_SIZE: Final = 16.0
"""三号."""
TITLE_SIZE: Final = 22.0
"""二号."""
PART_SIZE: Final = 18.0
"""小二: the centred title of a part (第一部分)."""
PAGE_NUMBER_SIZE: Final = 14.0
"""四号 (7.5)."""
CONTENTS_SIZE: Final = 14.0
"""四号: lines of the table of contents, on which the standard is silent."""
SMALL_SIZE: Final = 12.0
"""小四: source documents and hashes on the last page."""
LINE_PITCH: Final = TYPE_HEIGHT_MM * MM / LINES
CHAR_PITCH: Final = TYPE_WIDTH_MM * MM / CHARS
PAGE_NUMBER_DROP_MM: Final = 7
"""Distance of the page number below the type area (7.5)."""

# 7.2 and 7.3: the typefaces. They are licensed: named in the DOCX, replaced in the PDF where no licence is at hand.
TITLE_FACE: Final = "方正小标宋简体"
HEI_FACE: Final = "黑体"
KAI_FACE: Final = "楷体_GB2312"
BODY_FACE: Final = "仿宋_GB2312"
SONG_FACE: Final = "宋体"
"""Page numbers (7.5) and tables."""
LATIN_FACE: Final = "Times New Roman"
