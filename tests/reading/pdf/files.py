"""Small PDF files written by hand, sound and hostile."""

from __future__ import annotations

from collections.abc import Sequence

FONTS = b"<</Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>"
TEXT = b"BT /F1 12 Tf 72 700 Td (Total 123.45) Tj ET\n"


def pdf(objects: Sequence[bytes], trailer: bytes = b"") -> bytes:
    """A file of these objects, numbered from 1; the first is the catalog."""
    out = b"%PDF-1.7\n"
    places = []
    for number, text in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, text)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return (
        out
        + b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
        + table
        + b"trailer\n<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF\n"
        % (len(objects) + 1, trailer, len(out))
    )


def stream(data: bytes, entries: bytes = b"") -> bytes:
    return b"<</Length %d%s>>\nstream\n%s\nendstream" % (len(data), entries, data)


def page(box: bytes = b"0 0 595 842", resources: bytes = FONTS, content: int = 4) -> bytes:
    return b"<</Type/Page/Parent 2 0 R/MediaBox[%s]/Resources%s/Contents %d 0 R>>" % (box, resources, content)


def one_page(
    content: bytes,
    box: bytes = b"0 0 595 842",
    resources: bytes = FONTS,
    entries: bytes = b"",
    more: Sequence[bytes] = (),
    trailer: bytes = b"",
) -> bytes:
    """A file of one page; `more` objects are numbered from 5."""
    pages = b"<</Type/Pages/Kids[3 0 R]/Count 1>>"
    catalog = b"<</Type/Catalog/Pages 2 0 R>>"
    return pdf([catalog, pages, page(box, resources), stream(content, entries), *more], trailer)


def many_pages(count: int) -> bytes:
    """A file of equal pages."""
    kids = b" ".join(b"%d 0 R" % (number + 4) for number in range(count))
    return pdf(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, count),
            stream(TEXT),
            *[page(content=3)] * count,
        ]
    )


def encrypted() -> bytes:
    """A file whose password is not the empty one."""
    lock = b"<</Filter/Standard/V 1/R 2/P -44/O<%s>/U<%s>>>" % (b"41" * 32, b"42" * 32)
    return one_page(TEXT, more=[lock], trailer=b"/Encrypt 5 0 R/ID[<00><00>]")


def forms_in_forms(depth: int, times: int) -> bytes:
    """Each form shows the next one several times: times ** depth texts in a few lines."""
    forms = []
    for number in range(6, 5 + depth):
        inner = b"<</XObject<</X %d 0 R>>>>" % number
        forms.append(
            stream(b"/X Do " * times, b"/Type/XObject/Subtype/Form/BBox[0 0 595 842]/Resources" + inner)
        )
    forms.append(stream(TEXT, b"/Type/XObject/Subtype/Form/BBox[0 0 595 842]/Resources" + FONTS))
    return one_page(b"/X Do", resources=b"<</XObject<</X 5 0 R>>>>", more=forms)


def without_unicode() -> bytes:
    """Two-byte glyph numbers without any map to characters, as some programs write Chinese."""
    font = (
        b"<</Font<</F1<</Type/Font/Subtype/Type0/BaseFont/ABCDEF+Song/Encoding/Identity-H/DescendantFonts["
        b"<</Type/Font/Subtype/CIDFontType2/BaseFont/ABCDEF+Song/CIDSystemInfo<</Registry(Adobe)"
        b"/Ordering(Identity)/Supplement 0>>/DW 1000>>]>>>>>>"
    )
    return one_page(b"BT /F1 12 Tf 72 700 Td <01020304050607080910111213141516> Tj ET", resources=font)
