"""Pages compressed piece by piece (分段压缩): what is the same for all is compressed once, what is one's own stands as
it is. A gzip stream may be put together of blocks that know nothing of each other (RFC 1951, 3.2; RFC 1952, 2.3).
"""

from __future__ import annotations

import re
import secrets
import struct
import zlib
from collections.abc import Iterable
from typing import Final

_LEVEL: Final = 6
_HEADER: Final = b"\x1f\x8b\x08\x08\x00\x00\x00\x00\x00\xff"
"""Deflate, with a file name, of no time and no system."""
_END: Final = b"\x03\x00"
_LARGEST: Final = 0xFFFF
"""Bytes of one block that is not compressed."""
_PADDING: Final = 100
"""Length of the made-up name, by chance, so that the length of an answer tells nothing of a secret in it (BREACH); as
in Django's own middleware.
"""
_TAKEN: Final = re.compile(r"\bgzip\b")

Piece = tuple[bytes, bytes]
"""A part of a page, and the same as blocks of a stream."""


def is_taken(accepted: str) -> bool:
    """Whether a browser that sends this `Accept-Encoding` takes gzip."""
    return bool(_TAKEN.search(accepted))


def piece(text: str) -> Piece:
    """A part that is used again, compressed."""
    data = text.encode()
    made = zlib.compressobj(_LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
    return data, made.compress(data) + made.flush(zlib.Z_FULL_FLUSH)


def plain(text: str) -> Piece:
    """A short part for one reader, as it is: to compress it takes longer than to send it."""
    data = text.encode()
    blocks = (data[start : start + _LARGEST] for start in range(0, len(data), _LARGEST))
    return data, b"".join(struct.pack("<BHH", 0, len(each), len(each) ^ _LARGEST) + each for each in blocks)


def stream(pieces: Iterable[Piece]) -> bytes:
    """All of them as one gzip stream."""
    blocks, check, length = [], 0, 0
    for data, pressed in pieces:
        blocks.append(pressed)
        check, length = zlib.crc32(data, check), length + len(data)
    name = b"a" * secrets.randbelow(_PADDING) + b"\x00"
    return b"".join((_HEADER, name, *blocks, _END, struct.pack("<LL", check, length & 0xFFFFFFFF)))
