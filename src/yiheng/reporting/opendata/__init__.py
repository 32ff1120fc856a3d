"""Open data (开放数据): CSV files that machines read, described as a Fiscal Data Package.

`budget.csv` holds the leaf amounts and `counts.csv` the leaf counts, one row each; `tables/*.csv` one row per money
cell of a statutory table. `datapackage.json` is a Frictionless Tabular Data Package (v1) whose fields carry the column
types of the Fiscal Data Package; UTF-8 without a byte-order mark.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Final

from yiheng.facts import YUAN_UOM, Fact, Paper
from yiheng.reporting.document import SYNTHETIC
from yiheng.reporting.entry import table_name
from yiheng.reporting.labels import Labels
from yiheng.reporting.opendata import facts, tables
from yiheng.reporting.text import clean
from yiheng.reporting.trace import trace

__all__ = ["DESCRIPTOR", "write"]

DESCRIPTOR: Final = "datapackage.json"
_DIALECT: Final = {
    "delimiter": ",",
    "quoteChar": '"',
    "doubleQuote": True,
    "lineTerminator": "\n",
    "header": True,
}
_DESCRIPTION: Final = (
    "budget.csv 每行一个原始数，金额单位为元。口径（view）不同的行是同一笔金额的不同切面，不能相加；"
    "空白表示原件未列明，不表示零；精度（precision）不为 0 的金额只知道印刷数，按该步长四舍五入。"
)


def write(paper: Paper, folder: Path, labels: Labels | None = None) -> tuple[Path, ...]:
    """Write the files into `folder` and give them back, the descriptor last.

    The facts are those that the paper's tables and sentences use; ledger rows are named in internal papers only.
    """
    labels = (labels or Labels()).with_documents(paper.documents)
    found = trace(paper).facts
    package = _Package(folder)
    internal = paper.audience == "internal"
    money = [fact for fact in found if fact.uom == YUAN_UOM]
    columns = package.add_facts("budget", "预算收支明细", money, labels, internal)
    counts = [fact for fact in found if fact.uom != YUAN_UOM]
    if counts:
        package.add_facts("counts", "人员、车辆等计数", counts, labels, internal)
    for number, table in enumerate(paper.tables, 1):
        if any(True for _ in table.money_cells()):
            name = table_name(table, paper.table_labels.get(table.code, ""))
            package.add_table(f"table-{number:02d}", name, tables.rows(table))
    mark = f"{SYNTHETIC}。" if paper.synthetic else ""
    descriptor = {
        "profile": "tabular-data-package",
        "name": re.sub(r"[^-a-z0-9._]", "-", paper.key.lower()),
        "title": paper.title,
        "description": mark + _DESCRIPTION,
        "contributors": [{"title": paper.owner, "role": "publisher"}],
        "sources": [{"title": title} for title in dict.fromkeys(paper.documents.values())],
        "stamp": dict(sorted(paper.stamp.items())),
        "synthetic": paper.synthetic,
        "model": facts.model(columns, "budget"),
        "resources": package.resources,
    }
    if not descriptor["sources"]:
        del descriptor["sources"]
    return package.finish(descriptor)


class _Package:
    """The files written so far and their descriptions."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.resources: list[dict[str, Any]] = []
        self._written: list[Path] = []

    def add_facts(
        self, name: str, title: str, found: Sequence[Fact], labels: Labels, internal: bool
    ) -> tuple[facts.Field, ...]:
        """One file of leaves; gives back its columns."""
        columns = facts.fields(found, labels, internal)
        described = [_field(c.name, c.title, c.type, c.required, c.concept) for c in columns]
        schema: dict[str, Any] = {"fields": described, "missingValues": [""], "primaryKey": ["id"]}
        if name == "budget":
            currency = {
                "name": "currency",
                "type": "string",
                "columnType": "value-currency:code",
                "constant": "CNY",
            }
            schema["extraFields"] = [currency]
        self._add(f"{name}.csv", name, title, schema, facts.rows(found, columns, labels))
        return columns

    def add_table(self, name: str, title: str, rows: Iterable[list[str]]) -> None:
        """One file of a statutory table."""
        described = [_field(*column) for column in tables.COLUMNS]
        next(f for f in described if f["name"] == "status")["constraints"]["enum"] = list(tables.STATUSES)
        self._add(f"tables/{name}.csv", name, title, {"fields": described, "missingValues": [""]}, rows)

    def finish(self, descriptor: dict[str, Any]) -> tuple[Path, ...]:
        """Write the descriptor."""
        self._save(DESCRIPTOR, json.dumps(descriptor, ensure_ascii=False, indent=2) + "\n")
        return tuple(self._written)

    def _add(
        self, path: str, name: str, title: str, schema: dict[str, Any], rows: Iterable[list[str]]
    ) -> None:
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow([field["name"] for field in schema["fields"]])
        writer.writerows([clean(value) for value in row] for row in rows)
        content = self._save(path, text.getvalue())
        self.resources.append(
            {
                "profile": "tabular-data-resource",
                "name": name,
                "title": title,
                "path": path,
                "format": "csv",
                "mediatype": "text/csv",
                "encoding": "utf-8",
                "bytes": len(content),
                "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
                "dialect": _DIALECT,
                "schema": schema,
            }
        )

    def _save(self, path: str, text: str) -> bytes:
        content = text.encode()
        target = self.folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
        self._written.append(target)
        return content


def _field(name: str, title: str, kind: str, required: bool, concept: str = "") -> dict[str, Any]:
    field: dict[str, Any] = {"name": name, "title": title, "type": kind}
    if required:
        field["constraints"] = {"required": True}
    if concept:
        field["columnType"] = concept
    return field
