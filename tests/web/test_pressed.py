"""A stream that is put together of pieces is the text, for whoever unpacks gzip (分段压缩)."""

from __future__ import annotations

import gzip
import subprocess
import zlib

from hypothesis import given
from hypothesis import strategies as st

from yiheng.web.pressed import is_taken, piece, plain, stream

PARTS = st.lists(st.tuples(st.sampled_from([piece, plain]), st.text(max_size=300)), max_size=8)


@given(PARTS)
def test_the_pieces_come_out_as_one_text(parts: list) -> None:
    made = stream([press(text) for press, text in parts])
    assert gzip.decompress(made).decode() == "".join(text for _, text in parts)


def test_others_than_python_unpack_it_too() -> None:
    long = "预算与决算" * 50_000
    made = stream([piece(long), plain(long), piece(""), plain(""), piece("末")])
    unpacked = subprocess.run(["gzip", "-dc"], input=made, capture_output=True, check=True).stdout
    assert unpacked.decode() == long * 2 + "末"


def test_one_member_holds_all_since_browsers_read_no_second() -> None:
    unpacking = zlib.decompressobj(wbits=31)
    text = unpacking.decompress(stream([piece("甲" * 999), plain("乙")]))
    assert (text.decode(), unpacking.eof, unpacking.unused_data) == ("甲" * 999 + "乙", True, b"")


def test_the_length_of_the_same_page_differs_by_chance() -> None:
    assert len({len(stream([piece("同一页")])) for _ in range(200)}) > 20


def test_what_a_browser_takes_is_asked() -> None:
    assert is_taken("gzip, deflate, br") and not is_taken("br") and not is_taken("")
