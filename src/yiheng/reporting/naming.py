"""The labels of a department-year (名称): from the policy of its year and from its own records."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Final

from yiheng.facts import DepartmentYear
from yiheng.policy import Policy, PolicyNotInForce, PolicyUnknown
from yiheng.reporting.labels import Labels

_CLASSIFICATIONS: Final[Mapping[str, tuple[str, ...]]] = {
    "function": ("function",),
    "economic": ("economic",),
    "category": ("category", "procurement_kind"),
    "fund": ("fund",),
    "source": ("source",),
    "program": ("program",),
    "basic_kind": ("basic_kind",),
    "item": ("three_public_item", "procurement"),
    "stage": ("stage",),
    "level": ("transfer_level",),
}
"""The classifications that name the codes of a dimension."""
_MEASURES: Final = "measures"
_YES_NO: Final = {"yes": "是", "no": "否"}


def labels_of(department_year: DepartmentYear, policy: Policy) -> Labels:
    """Names of codes in the year's and the year before's classifications, of projects, units and documents.

    Give the masked department-year: the name of a secret project must not come back through a label.
    """
    place, year = department_year.jurisdiction, department_year.year
    values: dict[str, dict[str, str]] = {"sme": dict(_YES_NO), "micro": dict(_YES_NO)}
    measures: dict[str, str] = {}
    views: dict[str, str] = {}
    # Comparatives carry the codes of the year before; where both years know a code, the year's own name holds.
    for on in (dt.date(year - 1, 12, 31), dt.date(year, 12, 31)):
        for dimension, names in _CLASSIFICATIONS.items():
            for name in names:
                values.setdefault(dimension, {}).update(_names(policy, name, on, place))
        views.update(_names(policy, "view", on, place))
        for entry in policy.all(_MEASURES, place, on):
            measures.update({code: item["label"] for code, item in entry.value.items()})
    values["project"] = _titles(department_year, "project", "name")
    units = {unit.key: unit.name for unit in department_year.units}
    for unit in (department_year.unit, department_year.department):
        if unit is not None:
            units.setdefault(unit.key, unit.name)
    documents = _titles(department_year, "document", "title")
    return Labels(values=values, units=units, documents=documents, measures=measures, views=views)


def _names(policy: Policy, name: str, on: dt.date, place: str) -> dict[str, str]:
    """The codes of one classification; none where the place has none, or none in force on the day."""
    try:
        found = policy.classification(name, on, place)
    except (PolicyNotInForce, PolicyUnknown):
        return {}
    return {code: found.name(code) for code in found.codes}


def _titles(department_year: DepartmentYear, kind: str, field: str) -> dict[str, str]:
    return {r.key: r.get(field) for r in department_year.records_of(kind) if r.get(field)}
