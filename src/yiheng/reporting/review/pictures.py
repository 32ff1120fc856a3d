"""Pictures of PDF pages (页面图) as PNG."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

import pypdfium2

_WIDEST: Final = 1240
"""Pixels across: an A4 page at 150 dots an inch."""
_LARGEST_SCALE: Final = 2.0


def draw_pages(pdf: Path, pages: Iterable[int], folder: Path) -> dict[int, str]:
    """Draw the pages (from 1) into `folder`; file name by page. A page that the file does not have is left out."""
    folder.mkdir(parents=True, exist_ok=True)
    drawn = {}
    document = pypdfium2.PdfDocument(pdf)
    try:
        for number in sorted(set(pages)):
            if 1 <= number <= len(document):
                name = f"page-{number:04}.png"
                (folder / name).write_bytes(_picture(document[number - 1]))
                drawn[number] = name
    finally:
        document.close()
    return drawn


def count_pages(pdf: Path) -> int:
    """How many pages the file has."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return len(document)
    finally:
        document.close()


def _picture(page: Any) -> bytes:
    scale = min(_LARGEST_SCALE, _WIDEST / max(page.get_width(), page.get_height(), 1.0))
    bitmap = page.render(scale=scale, rev_byteorder=True, prefer_bgrx=False)
    try:
        return png(bytes(bitmap.buffer), bitmap.width, bitmap.height, bitmap.stride)
    finally:
        bitmap.close()
        page.close()


def png(pixels: bytes, width: int, height: int, stride: int) -> bytes:
    """An RGB picture as PNG. Rows begin every `stride` bytes."""
    rows = b"".join(b"\0" + pixels[y * stride : y * stride + 3 * width] for y in range(height))
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", zlib.compress(rows, 6)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        for name, data in chunks
    )
