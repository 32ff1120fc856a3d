"""Write the descriptor `datapackage.json` of every department-year under `examples/`.

    python scripts/describe_examples.py

A descriptor names the CSV files of its folder and says of each column what the workbook's sheet says of it, but for
the help texts: what is filled in is data, how to fill it in is the program's. Run it after columns of an example or of
the sheets have changed. What lies in `printed/` is no part of the package: it is compared with, never loaded.
"""

from __future__ import annotations

import csv
import json
import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import django

EXAMPLES = Path(__file__).resolve().parent.parent / "examples"


def descriptors() -> Iterator[tuple[Path, bytes]]:
    """Each descriptor's path with its content. ValueError for a file or column that no sheet has."""
    for years in sorted(EXAMPLES.glob("*/department_years.csv")):
        yield years.parent / "datapackage.json", _descriptor(years.parent)


def _descriptor(folder: Path) -> bytes:
    from yiheng.facts.sheets import Sheet
    from yiheng.pipelines.intake import SHEETS
    from yiheng.reporting.package import descriptor

    def as_filled(sheet: Sheet) -> Sheet:
        """The sheet with the columns that the file has, in the order of the file."""
        with (folder / f"{sheet.name}.csv").open(encoding="utf-8", newline="") as file:
            header = next(csv.reader(file))
        if unknown := set(header) - set(sheet.by_name):
            raise ValueError(
                f"{folder.name}/{sheet.name}.csv has columns that the sheet lacks: {sorted(unknown)}"
            )
        return replace(sheet, note="", columns=tuple(replace(sheet.column(name), note="") for name in header))

    present = {path.stem for path in folder.glob("*.csv")}
    if unknown := present - {sheet.name for sheet in SHEETS}:
        raise ValueError(f"{folder.name} has files that are no sheets: {sorted(unknown)}")
    filled = [as_filled(sheet) for sheet in SHEETS if sheet.name in present]
    content = descriptor(filled, _title(folder), folder.name)
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def _title(folder: Path) -> str:
    with (folder / "department_years.csv").open(encoding="utf-8", newline="") as file:
        return "；".join(row["title"] for row in csv.DictReader(file))


def main() -> None:
    """Write all descriptors."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yiheng.settings")
    django.setup()
    for path, content in descriptors():
        path.write_bytes(content)
        print(f"已写出数据包描述：{path.parent.name}/{path.name}")


if __name__ == "__main__":
    main()
