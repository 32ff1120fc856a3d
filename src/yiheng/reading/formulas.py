"""Formula cells without a usable result, found in the raw XML: the reader of cells shows them as blank."""

from __future__ import annotations

import posixpath
import re
import zipfile
import zlib
from pathlib import Path
from typing import Final
from xml.etree import ElementTree

_MAIN: Final = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATIONS: Final = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_ID: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_MARKS: Final = (b't="e"', b"<f>", b"<f ", b":f>", b":f ")
"""What a sheet with errors or formulas has somewhere; most sheets have none and need no closer look."""
_CELL = re.compile(rb"<(?:\w+:)?c\b([^>]*[^/>])>(.*?)</(?:\w+:)?c>", re.DOTALL)
_ADDRESS = re.compile(rb'\br="([A-Z]+)([0-9]+)"')
_RESULT = re.compile(rb"<(?:\w+:)?v\b[^>]*>([^<]*)</(?:\w+:)?v>")
NO_RESULT: Final = "（公式没有计算结果）"

DAMAGE: Final = (
    zipfile.BadZipFile,
    zlib.error,
    NotImplementedError,
    ElementTree.ParseError,
    KeyError,
    OSError,
)
"""What a damaged archive, or one without the parts of a workbook, raises when it is read."""

Faults = dict[int, dict[int, str]]


def formula_faults(path: Path) -> dict[str, Faults]:
    """By worksheet: row number (from 1) → column (from 0) → the error value, or that there is no result.

    Also reads every part of the workbook once, so that a damaged one raises one of `DAMAGE`.
    """
    with zipfile.ZipFile(path) as archive:
        parts = _worksheet_parts(archive)
        faults: dict[str, Faults] = {}
        for name in archive.namelist():
            content = archive.read(name)
            if name in parts and any(mark in content for mark in _MARKS):
                faults[parts[name]] = _faults(content)
        return faults


def _worksheet_parts(archive: zipfile.ZipFile) -> dict[str, str]:
    """Path of each worksheet's XML → its printed name."""
    relations = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels")).iter(
        f"{_RELATIONS}Relationship"
    )
    targets = {
        relation.get("Id"): posixpath.normpath(posixpath.join("xl", relation.get("Target", ""))).lstrip("/")
        for relation in relations
    }
    sheets = ElementTree.fromstring(archive.read("xl/workbook.xml")).iter(f"{_MAIN}sheet")
    return {targets.get(sheet.get(_ID), ""): sheet.get("name", "") for sheet in sheets}


def _faults(content: bytes) -> Faults:
    found: Faults = {}
    for match in _CELL.finditer(content):
        attributes, inside = match.groups()
        is_error = b't="e"' in attributes
        if not is_error and b"<f" not in inside and b":f" not in inside:
            continue
        result = _RESULT.search(inside)
        text = result[1] if result else b""
        # A formula may well give an empty text; only a number that was never computed is missing.
        if is_error or (not text and b't="str"' not in attributes):
            address = _ADDRESS.search(attributes)
            if address:
                column, row = _column(address[1]), int(address[2])
                found.setdefault(row, {})[column] = text.decode("utf-8", "replace") or NO_RESULT
    return found


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number - 1
