"""Reproducing published papers (复现): recompute every printed table from the leaves and classify every cell.

1. find the data packages that have printed tables beside them; 2. read the department-year from the ledger; 3. compute
its tables; 4. compare each printed cell.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from yiheng.checks.reproduction import Comparison, KnownError, PrintedCell, Verdict, compare, tally
from yiheng.facts import DepartmentYear
from yiheng.facts.disclosure import scope
from yiheng.pipelines.assemble import tables_of
from yiheng.policy import Policy

PRINTED = "printed"
"""Folder beside the leaves that holds what the document printed: cells.csv, and errors.csv where it erred."""


@dataclass(frozen=True, slots=True)
class PrintedPaper:
    """The printed tables of one department-year, as transcribed."""

    unit: str
    year: int
    kind: str
    cells: tuple[PrintedCell, ...]
    errors: tuple[KnownError, ...]
    folder: Path


@dataclass(frozen=True, slots=True)
class Reproduction:
    """All cells of one paper with their verdicts."""

    unit: str
    unit_name: str
    year: int
    kind: str
    compared: tuple[Comparison, ...]

    @property
    def cells(self) -> dict[str, int]:
        return tally(self.compared)

    @property
    def numeric(self) -> int:
        """Printed cells that hold a figure: a printed 0 does, a blank or a dash does not."""
        return sum(c.numeric for c in self.compared)

    @property
    def given(self) -> int:
        """Numeric cells that are leaves themselves."""
        return sum(c.given and c.numeric for c in self.compared)

    def data(self) -> dict[str, Any]:
        """As `reproduce --json` prints it."""
        return {
            "unit": self.unit,
            "unit_name": self.unit_name,
            "year": self.year,
            "kind": self.kind,
            "cells": self.cells,
            "numeric_cells": self.numeric,
            "given": self.given,
            "details": [
                {
                    "cell": c.address,
                    "class": c.verdict.value,
                    "printed": c.printed,
                    "computed": c.computed,
                    "numeric": c.numeric,
                    "given": c.given,
                    "place": c.place,
                    "reason": c.reason,
                }
                for c in self.compared
                if c.verdict is not Verdict.EQUAL
            ],
        }


def printed_papers(examples: Path) -> Iterator[PrintedPaper]:
    """The packages under a folder that have printed tables beside them, by name."""
    for folder in sorted(p.parent.parent for p in examples.glob(f"*/{PRINTED}/cells.csv")):
        declared = _rows(folder / "department_years.csv")[0]
        cells = tuple(
            PrintedCell(r["table"], r["row"], r["column"], r["printed"], r["place"])
            for r in _rows(folder / PRINTED / "cells.csv")
        )
        path = folder / PRINTED / "errors.csv"
        errors = tuple(KnownError(**r) for r in _rows(path)) if path.exists() else ()
        yield PrintedPaper(declared["unit"], int(declared["year"]), declared["kind"], cells, errors, folder)


def reproduce(paper: PrintedPaper, department_year: DepartmentYear, policy: Policy) -> Reproduction:
    """Compare the printed paper with what its leaves give."""
    rule = scope(policy, department_year)
    compared = compare(tables_of(department_year, policy), paper.cells, paper.errors, (rule.label,))
    return Reproduction(paper.unit, department_year.unit.name, paper.year, paper.kind, compared)


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
