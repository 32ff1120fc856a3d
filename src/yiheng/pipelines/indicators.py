"""Indicators (绩效指标): taxonomy, library and frameworks as lists, and how a printed target is understood."""

from __future__ import annotations

import datetime as dt
from typing import Any

from yiheng.policy import Policy
from yiheng.scoring.framework import FRAMEWORK, load_framework
from yiheng.scoring.grammar import parse, unknown_units
from yiheng.scoring.lexicon import Lexicon
from yiheng.scoring.library import Library, Taxonomy
from yiheng.scoring.measures import Measures
from yiheng.scoring.profiles import is_house
from yiheng.scoring.rowscore import show
from yiheng.scoring.target import NotApplicable


def understood(text: str, policy: Policy, jurisdiction: str, on: dt.date) -> dict[str, Any]:
    """How a printed target is read. Raises `ScoringError` for an empty one."""
    lexicon = Lexicon.of(policy, jurisdiction, on)
    target = parse(text, lexicon, on.year)
    judged = "定性，由人评分" if target.qualitative else "定量，按完成比例计分"
    return {
        "printed": text,
        "type": target.type_name,
        "label": target.label,
        "text": target.text(),
        "values": [show(quantity.value(lexicon)) for quantity in target.quantities],
        "unknown_units": list(unknown_units(target, lexicon)),
        "qualitative": target.qualitative,
        "judged": "不计分" if isinstance(target, NotApplicable) else judged,
    }


def library_data(words: str, policy: Policy, jurisdiction: str, on: dt.date) -> dict[str, Any]:
    """The taxonomy in force, and the indicators of the library that have all of the words."""
    taxonomy, library = Taxonomy.of(policy, jurisdiction, on), Library.of(policy, jurisdiction, on)
    return {
        "taxonomy": {
            "title": taxonomy.title,
            "levels": {name: list(below) for name, below in taxonomy.levels.items()},
        },
        "indicators": [
            {
                "id": each.id, "name": each.name, "level1": each.level1, "level2": each.level2,
                "definition": each.definition, "unit": each.unit,
                "direction": "越低越好" if each.lower_is_better else "越高越好", "formula": each.formula,
                "data": each.data, "evidence": list(each.evidence), "users": list(each.users),
            }
            for each in library.search(words)
        ],
    }  # fmt: skip


def measures_data(policy: Policy, jurisdiction: str, on: dt.date) -> dict[str, Any]:
    """The measures that the ledger is asked for. Raises `PolicyNotInForce`."""
    found = Measures.of(policy, jurisdiction, on)
    return {
        "title": found.entry.title,
        "cite": found.entry.cite(),
        "house_default": is_house(found.entry),
        "measures": [
            {"id": each.id, "name": each.name, "formula": each.formula, "scope": each.scope}
            for each in found.by_id.values()
        ],
    }


def framework_data(id: str, policy: Policy, jurisdiction: str, on: dt.date) -> dict[str, Any]:
    """A framework: criteria, parts and the inputs that they need. Raises `PolicyUnknown` or `PolicyNotInForce`."""
    full = next(
        (e.id for e in policy.entries if e.type == FRAMEWORK and (e.id == id or e.id.endswith(f".{id}"))), id
    )
    framework = load_framework(policy, full, jurisdiction, on)
    return {
        "id": framework.id,
        "title": framework.title,
        "cite": framework.cite,
        "criteria": [
            {
                "id": criterion.id, "level1": criterion.level1, "level2": criterion.level2,
                "name": criterion.name,
                "weight": None if criterion.weight is None else show(criterion.weight),
                "parts": [
                    {"id": part.id, "points": show(part.points), "text": part.text, "inputs": list(part.inputs)}
                    for part in criterion.parts
                ],
            }
            for criterion in framework.criteria
        ],
    }  # fmt: skip
