"""The audited PDF with its findings as marks (批注): a rectangle at each place, the finding as its comment."""

from __future__ import annotations

import ctypes
from pathlib import Path
from typing import Any, Final

import pypdfium2
import pypdfium2.raw as pdfium

from yiheng.facts.audit import AuditFinding, DocumentAudit
from yiheng.facts.document import Box, Place
from yiheng.reporting.review.words import figures_line

_COLOURS: Final = {"error": (196, 30, 30), "warning": (214, 130, 0), "hint": (30, 110, 190)}
_MARGIN: Final = 2.0


def annotate(done: DocumentAudit, pdf: Path, target: Path) -> int:
    """Write `pdf` with a mark for each shown finding that has a place on a page; how many were made."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        made = sum(_mark(document, finding) for finding in done.shown)
        document.save(target)
    finally:
        document.close()
    return made


def _mark(document: Any, finding: AuditFinding) -> int:
    place = finding.place
    if place.box is None or not 1 <= place.page <= len(document):
        return 0
    page = document[place.page - 1]
    try:
        note = pdfium.FPDFPage_CreateAnnot(page, pdfium.FPDF_ANNOT_SQUARE)
        if not note:
            return 0
        _fill(note, finding, _on_page(page, place))
        pdfium.FPDFPage_CloseAnnot(note)
    finally:
        page.close()
    return 1


def _on_page(page: Any, place: Place) -> Any:
    """The box in the coordinates of the page, whose origin is its lower left corner."""
    box = place.box or Box(0, 0, 0, 0)
    left, _, _, top = page.get_mediabox()
    return pdfium.FS_RECTF(
        left + box.left - _MARGIN,
        top - box.top + _MARGIN,
        left + box.right + _MARGIN,
        top - box.bottom - _MARGIN,
    )


def _fill(note: Any, finding: AuditFinding, rectangle: Any) -> None:
    pdfium.FPDFAnnot_SetRect(note, rectangle)
    red, green, blue = _COLOURS[finding.severity.value]
    pdfium.FPDFAnnot_SetColor(note, pdfium.FPDFANNOT_COLORTYPE_Color, red, green, blue, 255)
    pdfium.FPDFAnnot_SetBorder(note, 0.0, 0.0, 1.2)
    pdfium.FPDFAnnot_SetFlags(note, pdfium.FPDF_ANNOT_FLAG_PRINT)
    lines = (
        f"[{finding.severity.label}] {finding.title}",
        figures_line(finding),
        finding.message,
        finding.remedy,
    )
    _put(note, b"Contents", "\n".join(line for line in lines if line))
    _put(note, b"T", "医衡审校")


def _put(note: Any, key: bytes, text: str) -> None:
    encoded = ctypes.create_string_buffer((text + "\0").encode("utf-16-le"))
    wide = ctypes.cast(encoded, ctypes.POINTER(pdfium.FPDF_WCHAR))
    pdfium.FPDFAnnot_SetStringValue(note, key, wide)
