"""What a grid is made of (网格): columns, code lists and rows, as the script of the page takes them."""

from __future__ import annotations

import datetime as dt
from collections import OrderedDict
from collections.abc import Iterable, Sequence
from contextlib import suppress
from typing import Any, Final

from django.utils.timezone import localtime
from django.utils.translation import gettext, gettext_lazy

from yiheng.casework.models import Comment
from yiheng.facts.sheets import Column, Kind, SheetRow
from yiheng.ledger import queries
from yiheng.ledger.sheets import shapes
from yiheng.pipelines.editing import Place, as_text, columns_of
from yiheng.pipelines.indicators import understood
from yiheng.pipelines.intake import SHEETS
from yiheng.scoring.errors import ScoringError
from yiheng.web import papers

from .place import UnitYear

_FIXED: Final = frozenset({"key", "year", "stage"})
"""Columns that the page itself answers."""
_RARE: Final = frozenset(
    {"document", "place", "view", "basic_kind", "measure", "query", "curve", "milestones", "note", "long_objective",
     "overview", "arrangement", "purpose", "office", "code", "task", "micro_amount"}
)  # fmt: skip
"""Columns that are hidden while no row says anything in them that the others do not say."""
_NOTES: Final = {
    Kind.AMOUNT: gettext_lazy("按所选的单位填写，准确到分。没有的空着，为零的填 0。"),
    Kind.REFERENCE: gettext_lazy("从下拉列表中选择，也可以输入其中的字来查找。"),
}
"""What is told of a column here, where the workbook's help speaks of other columns of the workbook."""
_DEFAULTS: Final = {"view": "joint", "order": "1", "secret": "否"}
_OFFERED: Final = ("projects", "tasks")
"""Sheets whose rows are offered by name."""
_LONG: Final = frozenset(
    {"text", "overview", "basis", "objective", "long_objective", "explanation", "purpose"}
)
ROWS_KEPT: Final = 20_000
"""Rows whose cells a process keeps as text."""
_WIDE: Final = {
    "name": 22, "item": 18, "project": 20, "level3": 18, "unit": 13, "amount": 12,
    "price": 11, "total_amount": 13, "category": 8, "fund": 9, "source": 9, "program": 9, "basic_kind": 9, "level": 6,
    "view": 8, "kind": 7, "level1": 8, "level2": 10, "target": 12, "year": 5, "start": 8, "end": 8, "function": 18,
    "economic": 18, "quantity": 8, "periods": 6, "order": 5, "secret": 5,
}  # fmt: skip
"""Widths in characters, where the usual one does not suit."""


def grid_of(place: Place, at: UnitYear) -> dict[str, Any]:
    """Columns, code lists and rows of one place."""
    sheet = SHEETS[place.sheet]
    units = [unit.key for unit in at.below]
    rows = queries.sheet_rows(place.sheet, units, place.year, place.stage)
    texts = [(row, version, _text_of(row)) for row, version in rows]
    shape = shapes()[place.sheet]
    lists = _lists(sheet.columns, at)
    return {
        "sheet": sheet.name,
        "title": sheet.title,
        "stage": place.stage,
        "columns": [
            _column(column, lists, [text for _, _, text in texts], len(units) == 1, shape.model.unit_column)
            for column in sorted(columns_of(sheet), key=lambda column: column.name in _RARE)
            if column.name not in _FIXED
        ],
        "lists": lists,
        "defaults": {
            **{name: value for name, value in _DEFAULTS.items() if name in shape.place},
            shape.model.unit_column: place.unit if len(units) == 1 or shape.is_register else "",
        },
        "rows": [
            {
                "key": row.key,
                "version": version,
                "own": row.text(shape.model.unit_column) in units,
                "cells": {name: value for name, value in text.items() if name not in _FIXED},
            }
            for row, version, text in texts
        ],
        "notes": notes(place, at, ((row.key, text) for row, _, text in texts)),
    }


_texts: OrderedDict[int, tuple[SheetRow, dict[str, str]]] = OrderedDict()
"""Cells by the row object that they are of: the ledger keeps those that pages ask for again and again."""


def _text_of(row: SheetRow) -> dict[str, str]:
    found = _texts.get(id(row))
    if found is None or found[0] is not row:
        found = _texts[id(row)] = row, as_text(row)
        while len(_texts) > ROWS_KEPT:
            with suppress(KeyError):  # another thread may have been here first
                _texts.popitem(last=False)
    return found[1]


def notes(
    place: Place, at: UnitYear, rows: Iterable[tuple[str, dict[str, str]]]
) -> dict[str, dict[str, str]]:
    """Row → column → how the program understood what was typed: the targets of indicators."""
    if place.sheet != "indicators":
        return {}
    found = {}
    for name, cells in rows:
        if target := cells.get("target", ""):
            found[name] = {"target": _understood(target, at)}
    return found


def _understood(target: str, at: UnitYear) -> str:
    jurisdiction = at.tree.jurisdiction(at.unit.key)
    try:
        told = understood(target, papers.policy(), jurisdiction, dt.date(at.year, 12, 31))
    except ScoringError as error:
        return str(error)
    values = "、".join(told["values"])
    unknown = "、".join(told["unknown_units"])
    parts = [
        gettext("理解为%(label)s：%(text)s") % {"label": told["label"], "text": told["text"]},
        values and gettext("数值 %(values)s") % {"values": values},
        told["judged"],
    ]
    return "；".join(
        part
        for part in (*parts, unknown and gettext("不认识的单位：%(unknown)s") % {"unknown": unknown})
        if part
    )


def comments_of(at: UnitYear, found: Iterable[Comment], columns: dict[str, str]) -> list[dict[str, Any]]:
    """The comments of a sheet as the script takes them; `columns` are English names by title."""
    return [
        {
            "id": each.pk,
            "row": each.row,
            "column": columns.get(each.column, ""),
            "text": each.text,
            "author": each.author_name,  # type: ignore[attr-defined]
            "own": each.author_id == at.user.pk,
            "at": f"{localtime(each.at):%Y-%m-%d %H:%M}",
            "open": each.is_open,
            "answer": each.answer,
        }
        for each in found
    ]


def _column(
    column: Column, lists: dict[str, Any], texts: Sequence[dict[str, str]], single: bool, unit_column: str
) -> dict[str, Any]:
    usual = {"", _DEFAULTS.get(column.name, "")}
    rare = column.name in _RARE and all(text.get(column.name, "") in usual for text in texts)
    hidden = rare or (single and column.name == unit_column)
    listed = _list_of(column)
    return {
        "name": column.name,
        "title": column.title,
        "kind": column.kind.value,
        "required": column.required,
        "note": _NOTES.get(column.kind, column.note),
        "list": listed if listed in lists else "",
        "long": column.name in _LONG,
        "width": _WIDE.get(column.name, 24 if column.name in _LONG else 11),
        "hidden": hidden,
    }


def _list_of(column: Column) -> str:
    if column.choices or column.kind is Kind.BOOL:
        return f"choices.{column.name}"
    return column.catalog or (f"sheet.{column.refers}" if column.refers else "")


def _lists(columns: Iterable[Column], at: UnitYear) -> dict[str, list[list[str]]]:
    """The values that the columns offer: code and name."""
    found: dict[str, list[list[str]]] = {}
    for column in columns:
        name = _list_of(column)
        if column.kind is Kind.BOOL:
            found[name] = [["是", ""], ["否", ""]]
        elif column.choices:
            found[name] = [[choice.value, choice.label] for choice in column.choices]
        elif column.catalog:
            found[name] = [[code, label] for code, label in at.codes(column.catalog)]
        elif column.refers == "units":
            found[name] = [[unit.key, unit.short_name or unit.name] for unit in at.below]
        elif column.refers in _OFFERED:
            units = [unit.key for unit in at.below]
            rows = queries.sheet_rows(column.refers, units, at.year)
            found[name] = [[row.key, _called(row)] for row, _ in rows]
    return {name: rows for name, rows in found.items() if rows}


def _called(row: SheetRow) -> str:
    return row.text("name") or row.text("title") or row.text("content")
