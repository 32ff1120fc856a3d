"""What certified packages hold (已公开的内容), read from their own open data: figures to compare, names to search.

The public site shows nothing that is not in a certified file. A package never changes, so what was read from one is
kept by its hash.
"""

from __future__ import annotations

import csv
import datetime as dt
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from html import unescape
from pathlib import Path
from typing import Final

from yiheng.facts.chart import Chart, Series
from yiheng.policy import Entry, Policy, Problem

TYPE: Final = "headline"
ANY: Final = "*"
"""Column of a headline where the table has only one column of money."""
MOST_HITS: Final = 200
_ANCHOR: Final = re.compile(r'id="(n\d+)" href="[^"]*" title="([^"]*)"')


@dataclass(frozen=True, slots=True)
class Headline:
    """A figure that the site shows first."""

    id: str
    name: str
    yuan: Decimal
    printed: str
    unit: str
    address: str
    """The address of its cell, by which the paper's own page opens its source."""


@dataclass(frozen=True, slots=True)
class Hit:
    """One name that can be searched: a row of a table."""

    table: str
    title: str
    label: str
    code: str
    address: str
    printed: str
    unit: str


@dataclass(frozen=True, slots=True)
class Contents:
    """What a package holds."""

    title: str
    synthetic: bool
    tables: tuple[tuple[str, str], ...]
    """(path of the CSV, title)."""
    cells: tuple[Mapping[str, str], ...]
    """Every cell of the tables as the open data give it, with the title of its table."""
    anchors: Mapping[str, str]
    """Address of a cell or figure → where it stands on the package's own page."""


def contents(folder: Path, seal: str) -> Contents:
    """The package in the folder; `seal` is the hash of its manifest, by which it is remembered."""
    return _contents(str(folder), seal)


@lru_cache(maxsize=64)
def _contents(folder: str, seal: str) -> Contents:
    data = Path(folder) / "data"
    if not (data / "datapackage.json").is_file():
        return Contents("", False, (), (), {})
    described = json.loads((data / "datapackage.json").read_text(encoding="utf-8"))
    tables, cells = [], []
    for resource in described["resources"]:
        if not str(resource["path"]).startswith("tables/"):
            continue
        title = str(resource["title"])
        tables.append((f"data/{resource['path']}", title))
        with (data / str(resource["path"])).open(encoding="utf-8-sig", newline="") as file:
            cells += [{**row, "title": title} for row in csv.DictReader(file)]
    return Contents(
        str(described["title"]),
        bool(described.get("synthetic")),
        tuple(tables),
        tuple(cells),
        _anchors(Path(folder)),
    )


def headlines(found: Contents, kind: str, year: int, policy: Policy) -> tuple[Headline, ...]:
    """The figures to show first, in the policy's order; one whose cell is not there or has no figure is left out."""
    day = dt.date(year, 12, 31)
    entries = [
        entry
        for entry in policy.entries
        if entry.type == TYPE
        and entry.value["kind"] == kind
        and entry.valid_from <= day
        and (entry.valid_to is None or day <= entry.valid_to)
    ]
    wanted = [figure for entry in entries for figure in entry.value["figures"]]
    return tuple(headline for figure in wanted if (headline := _headline(found, figure)) is not None)


def compared(title: str, papers: Iterable[tuple[str, str, Headline]]) -> Chart | None:
    """One figure of several papers as bars: (series, label, figure); None where fewer than two can be compared."""
    series: dict[str, list[tuple[str, int]]] = {}
    for name, label, headline in papers:
        # Published money has two decimals, or fewer where only a rounded figure is known: fen is exact.
        series.setdefault(name, []).append((label, int(headline.yuan.scaleb(2))))
    if sum(map(len, series.values())) < 2:
        return None
    found = tuple(Series(name, tuple(points)) for name, points in series.items())
    return Chart("compared", "comparison", title, "万元", found)


def search(found: Contents, words: str) -> tuple[Hit, ...]:
    """Rows of the tables whose name or code holds all the words; the first figure of each row stands for it."""
    wanted = [word.casefold() for word in words.split()]
    hits: dict[tuple[str, str, str], Hit] = {}
    for cell in found.cells if wanted else ():
        names = f"{cell['row_label']} {cell['code']} {cell['title']}".casefold()
        key = (cell["table"], cell["block"], cell["row"])
        if key in hits or not cell["row_label"] or not all(word in names for word in wanted):
            continue
        hits[key] = Hit(
            cell["table"], cell["title"], cell["row_label"], cell["code"], cell["address"], cell["printed"],
            cell["unit"],
        )  # fmt: skip
        if len(hits) == MOST_HITS:
            break
    return tuple(hits.values())


def validate(entry: Entry, policy: Policy) -> list[Problem]:
    """`kind` and `figures`, each with id, name, table, row and column as words."""
    value, found = entry.value, []
    if not isinstance(value, Mapping) or not value.get("kind") or not value.get("figures"):
        return [Problem(entry.file, entry.id, "value", "应有 kind 和 figures", "请补齐")]
    for number, figure in enumerate(value["figures"]):
        missing = [
            name for name in ("id", "name", "table", "row", "column") if not str(figure.get(name) or "")
        ]
        if missing:
            path = f"value.figures[{number}]"
            found.append(Problem(entry.file, entry.id, path, f"缺少 {'、'.join(missing)}", "请补齐"))
    return found


def _anchors(folder: Path) -> dict[str, str]:
    page = folder / "site" / "index.html"
    text = page.read_text(encoding="utf-8") if page.is_file() else ""
    return {unescape(address): place for place, address in _ANCHOR.findall(text)}


def _headline(found: Contents, figure: Mapping[str, str]) -> Headline | None:
    for cell in found.cells:
        _, _, title = cell["title"].partition(" ")
        if title != figure["table"] or cell["row"] != figure["row"]:
            continue
        if figure["column"] not in (ANY, cell["column"]):
            continue
        try:
            yuan = Decimal(cell["value"])
        except InvalidOperation:
            continue
        return Headline(figure["id"], figure["name"], yuan, cell["printed"], cell["unit"], cell["address"])
    return None
