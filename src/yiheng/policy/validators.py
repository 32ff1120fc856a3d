"""Validators of the entry types that `policy` interprets itself. Other rooms export theirs in the same shape."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from .entry import Entry
from .errors import PolicyUnknown, Problem

if TYPE_CHECKING:
    from .store import Policy


def _problem(entry: Entry, path: str, reason: str, remedy: str) -> Problem:
    return Problem(entry.file, entry.id, f"value.{path}" if path else "value", reason, remedy)


def _missing(entry: Entry, *fields: str) -> list[Problem]:
    """Fields that are absent, blank or no text."""
    if not isinstance(entry.value, Mapping):
        return [_problem(entry, "", "应是键值对", f"请写 {'、'.join(fields)}")]
    return [_problem(entry, field, f"缺少“{field}”或不是文字", "请补齐，编码和数字请加引号")
            for field in fields if not isinstance(entry.value.get(field), str) or not entry.value[field]]


def classification(entry: Entry, policy: Policy) -> list[Problem]:
    """name, label, codes; each code unique, of an allowed length, with its parent above it."""
    found = _missing(entry, "name", "label")
    if found:
        return found
    levels = entry.value.get("levels", ())
    if not isinstance(levels, tuple) or not all(type(length) is int for length in levels):
        return [_problem(entry, "levels", "应是各级编码长度的列表", "例如 [3, 5, 7]；没有层级时不写")]
    rows = entry.value.get("codes")
    if not isinstance(rows, tuple) or not rows:
        return [_problem(entry, "codes", "没有编码", "请写 codes 列表，每行 {code, name}")]
    return list(_row_problems(entry, rows, levels))


def _row_problems(entry: Entry, rows: tuple[Any, ...], levels: tuple[int, ...]) -> Iterator[Problem]:
    seen: set[str] = set()
    for number, row in enumerate(rows):
        path = f"codes[{number}]"
        if not isinstance(row, Mapping) or not all(isinstance(row.get(key), str) and row[key] for key in ("code", "name")):
            yield _problem(entry, path, "每行要有文字的 code 和 name", "请补齐，编码请加引号")
            continue
        for key in sorted(row.keys() - {"code", "name", "also", "parent", "note"}):
            yield _problem(entry, f"{path}.{key}", f"不认识的字段“{key}”", "可用字段：code、name、also、parent、note")
        code = row["code"]
        if code in seen:
            yield _problem(entry, path, f"编码 {code} 重复", "每个编码只写一次，别名写在 also")
        if levels and len(code) not in levels:
            yield _problem(entry, path, f"编码 {code} 长 {len(code)} 位", f"应为 {'、'.join(map(str, levels))} 位")
        if not isinstance(row.get("also", ()), tuple):
            yield _problem(entry, f"{path}.also", "应是列表", "例如 also: [旧名]")
        seen.add(code)


def mapping(entry: Entry, policy: Policy) -> list[Problem]:
    """from, to, map: text to text."""
    found = _missing(entry, "from", "to")
    if found:
        return found
    table = entry.value.get("map")
    if isinstance(table, Mapping) and all(isinstance(value, str) for value in table.values()):
        return []
    return [_problem(entry, "map", "应是编码对编码的对照", "例如 map: {\"301\": staff}")]


def mapping_targets(entry: Entry, policy: Policy) -> list[Problem]:
    """Every code that a mapping leads to must be in force on its first day."""
    return [problem for key, code in entry.value["map"].items()
            for problem in _unknown(entry, policy, f"map.{key}", entry.value["to"], code)]


def code_change(entry: Entry, policy: Policy) -> list[Problem]:
    """classification, from, to, reason."""
    return _missing(entry, "classification", "from", "to", "reason")


def code_change_target(entry: Entry, policy: Policy) -> list[Problem]:
    """The new code must be in force on the first day of the change."""
    return _unknown(entry, policy, "to", entry.value["classification"], entry.value["to"])


def _unknown(entry: Entry, policy: Policy, path: str, name: str, code: str) -> list[Problem]:
    try:
        target = policy.classification(name, entry.valid_from, entry.jurisdiction)
    except PolicyUnknown as error:
        return [_problem(entry, path, str(error), "请先补该分类，或改分类名")]
    return [] if target.knows(code) else [_problem(entry, path, target.why_not(code), "请改成当日有效的编码")]


def jurisdiction(entry: Entry, policy: Policy) -> list[Problem]:
    """code and name."""
    return _missing(entry, "code", "name")


def jurisdiction_parent(entry: Entry, policy: Policy) -> list[Problem]:
    """A parent, where one is named, has an entry too."""
    known = {other.value["code"] for other in policy.entries if other.type == "jurisdiction"}
    if entry.value.get("parent", entry.value["code"]) in known:
        return []
    return [_problem(entry, "parent", f"上级辖区 {entry.value['parent']!r} 没有条目", "请先补上级辖区")]


def used_jurisdiction(entry: Entry, policy: Policy) -> list[Problem]:
    """The jurisdiction of an entry is one that has an entry."""
    try:
        policy.jurisdiction(entry.jurisdiction)
    except PolicyUnknown as error:
        return [Problem(entry.file, entry.id, "jurisdiction", str(error), "请先补该辖区的 jurisdiction 条目")]
    return []


def threshold(entry: Entry, policy: Policy) -> list[Problem]:
    """Any mapping; a unit is needed where it states a number."""
    if isinstance(entry.value, Mapping) and entry.unit:
        return []
    return [_problem(entry, "", "限额条目要有 unit 和键值对的 value", "请写明单位，例如 unit: 元")]


Check = Callable[[Entry, "Policy"], list[Problem]]

STRUCTURE: Mapping[str, Check] = {
    "classification": classification,
    "mapping": mapping,
    "code_change": code_change,
    "jurisdiction": jurisdiction,
    "threshold": threshold,
}
REFERENCES: Mapping[str, Check] = {
    "mapping": mapping_targets,
    "code_change": code_change_target,
    "jurisdiction": jurisdiction_parent,
}


def _both(first: Check | None, second: Check | None) -> Check:
    return lambda entry, policy: [
        problem for check in (first, second) if check is not None for problem in check(entry, policy)
    ]


VALIDATORS: Mapping[str, Check] = {
    type: _both(STRUCTURE.get(type), REFERENCES.get(type)) for type in sorted({*STRUCTURE, *REFERENCES})
}
