"""The code lists (下拉选项) of all days and places, for drop-downs and for reading names as codes.

Whether a code is in force in a row's year and place is judged when the row is validated, not here.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from yiheng.facts.sheets import Catalogs, Choice, offered
from yiheng.ledger.difference import Called
from yiheng.pipelines.intake import SHEETS
from yiheng.policy import Entry, Policy

MEASURE = "measure"


def catalogs(policy: Policy) -> Catalogs:
    """All classifications by name, newest titles first, and the measures of published figures."""
    found: dict[str, list[Choice]] = {}
    entries = sorted(policy.entries, key=lambda entry: entry.valid_from, reverse=True)
    for entry in entries:
        if entry.type == "classification":
            found.setdefault(entry.value["name"], []).extend(_choices(entry))
        elif entry.type == "measures":
            choices = [Choice(code, item["label"]) for code, item in entry.value.items()]
            found.setdefault(MEASURE, []).extend(choices)
    levelled = {e.value["name"] for e in entries if e.type == "classification" and e.value.get("levels")}
    return {
        name: tuple(sorted(choices, key=lambda choice: choice.value) if name in levelled else choices)
        for name, choices in found.items()
    }


def code_names(policy: Policy) -> Called:
    """What people call the codes of the sheets' columns: 项目支出 for project, 2101501 行政运行 for 2101501."""
    lists = catalogs(policy)

    @cache
    def names(sheet: str, column: str) -> Mapping[str, str]:
        found = SHEETS[sheet].by_name.get(column)
        return offered(lists.get(found.catalog, ()) if found.catalog else found.choices) if found else {}

    def called(sheet: str, column: str, code: str) -> str:
        return names(sheet, column).get(code, code)

    return called


def _choices(entry: Entry) -> list[Choice]:
    names = [
        (item["code"], name)
        for item in entry.value["codes"]
        for name in (item["name"], *item.get("also", ()))
    ]
    return [Choice(code, name) for code, name in names]
