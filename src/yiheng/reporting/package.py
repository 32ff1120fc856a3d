"""Data packages: CSV in UTF-8 with a Frictionless descriptor (datapackage.json), read back without loss."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from yiheng.facts.sheets import Column, Kind, Sheet, SheetRow, SheetSet
from yiheng.money import MoneyUnit
from yiheng.reporting.leafcells import NO, YES, as_text, written

DESCRIPTOR: Final = "datapackage.json"
_TYPES: Final = {
    Kind.DATE: "date",
    Kind.AMOUNT: "number",
    Kind.INT: "integer",
    Kind.DECIMAL: "number",
    Kind.BOOL: "boolean",
}


def write_package(
    folder: Path, sheets: SheetSet, rows: Mapping[str, Sequence[SheetRow]], title: str, name: str
) -> None:
    """Write the sheets that have rows into an empty folder. Raises `OSError`."""
    filled = [sheet for sheet in sheets if rows.get(sheet.name)]
    for sheet in filled:
        (folder / f"{sheet.name}.csv").write_bytes(csv_bytes(sheet, rows[sheet.name]))
    content = json.dumps(descriptor(filled, title, name), ensure_ascii=False, indent=2) + "\n"
    (folder / DESCRIPTOR).write_text(content, encoding="utf-8")


def csv_bytes(sheet: Sheet, rows: Iterable[SheetRow]) -> bytes:
    """One sheet as CSV in UTF-8 with English column names."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([column.name for column in sheet.columns])
    for row in rows:
        values = written(sheet, row)
        writer.writerow([as_text(values[column.name]) for column in sheet.columns])
    return text.getvalue().encode("utf-8")


def descriptor(sheets: Sequence[Sheet], title: str, name: str) -> dict[str, Any]:
    """The Frictionless tabular data package descriptor of the sheets."""
    names = {sheet.name for sheet in sheets}
    return {
        "profile": "tabular-data-package",
        "name": name,
        "title": title,
        "amount_unit": MoneyUnit.YUAN.label,
        "resources": [_resource(sheet, names) for sheet in sheets],
    }


def _resource(sheet: Sheet, names: set[str]) -> dict[str, Any]:
    schema: dict[str, Any] = {
        "fields": [_field(column, sheet) for column in sheet.columns],
        "missingValues": [""],
    }
    if sheet.identity:
        schema["primaryKey"] = list(sheet.identity)
    keys = [
        {
            "fields": column.name,
            "reference": {"resource": "" if column.refers == sheet.name else column.refers, "fields": "key"},
        }
        for column in sheet.of_kind(Kind.REFERENCE)
        if column.refers in names
    ]
    if keys:
        schema["foreignKeys"] = keys
    return {
        "profile": "tabular-data-resource",
        "name": sheet.name,
        "title": sheet.title,
        **({"description": sheet.note} if sheet.note else {}),
        "path": f"{sheet.name}.csv",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": schema,
    }


def _field(column: Column, sheet: Sheet) -> dict[str, Any]:
    field: dict[str, Any] = {
        "name": column.name,
        "title": column.title,
        "type": _TYPES.get(column.kind, "string"),
    }
    if column.note:
        field["description"] = column.note
    if column.kind is Kind.BOOL:
        field |= {"trueValues": [YES], "falseValues": [NO]}
    constraints: dict[str, Any] = {}
    if column.required:
        constraints["required"] = True
    if sheet.identity == (column.name,):
        constraints["unique"] = True
    if column.kind is Kind.ENUM:
        constraints["enum"] = [choice.value for choice in column.choices]
    for bound, value in (("minimum", column.minimum), ("maximum", column.maximum)):
        if value is not None and column.kind in (Kind.INT, Kind.DECIMAL):
            constraints[bound] = value
    if constraints:
        field["constraints"] = constraints
    return field
