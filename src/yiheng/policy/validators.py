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
    return [
        _problem(entry, field, f"缺少“{field}”或不是文字", "请补齐，编码和数字请加引号")
        for field in fields
        if not isinstance(entry.value.get(field), str) or not entry.value[field]
    ]


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
        if not isinstance(row, Mapping) or not all(
            isinstance(row.get(key), str) and row[key] for key in ("code", "name")
        ):
            yield _problem(entry, path, "每行要有文字的 code 和 name", "请补齐，编码请加引号")
            continue
        for key in sorted(row.keys() - {"code", "name", "also", "note"}):
            yield _problem(entry, f"{path}.{key}", f"不认识的字段“{key}”", "可用字段：code、name、also、note")
        code = row["code"]
        if code in seen:
            yield _problem(entry, path, f"编码 {code} 重复", "每个编码只写一次，别名写在 also")
        if levels and len(code) not in levels:
            yield _problem(
                entry, path, f"编码 {code} 长 {len(code)} 位", f"应为 {'、'.join(map(str, levels))} 位"
            )
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
    return [_problem(entry, "map", "应是编码对编码的对照", '例如 map: {"301": staff}')]


def mapping_targets(entry: Entry, policy: Policy) -> list[Problem]:
    """Every code that a mapping leads to must be in force on its first day."""
    return [
        problem
        for key, code in entry.value["map"].items()
        for problem in _unknown(entry, policy, f"map.{key}", entry.value["to"], code)
    ]


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
    """`bands` from low to high, each with a limit (`up_to`, null in the last) and whether it includes the limit;
    `units` names those that it is for, with those below them; without it, it is for all.
    """
    bands = entry.value.get("bands") if isinstance(entry.value, Mapping) else None
    if not entry.unit or not isinstance(bands, tuple) or not bands:
        return [_problem(entry, "bands", "限额条目要有 unit 和 bands", "请写单位和由低到高的各档")]
    found = []
    limits = [band.get("up_to") if isinstance(band, Mapping) else None for band in bands]
    numbers = [limit for limit in limits[:-1] if type(limit) is int]
    if limits[-1] is not None or len(numbers) < len(limits) - 1:
        reason = "除末档 up_to 为 null 外，各档 up_to 应是整数"
        found.append(_problem(entry, "bands", reason, "请改正各档上限"))
    elif numbers != sorted(set(numbers)):
        found.append(_problem(entry, "bands", "各档上限没有由低到高", "请按上限排列，且不重复"))
    if not all(isinstance(band, Mapping) and type(band.get("includes_limit")) is bool for band in bands):
        found.append(_problem(entry, "bands", "各档要写明是否含本数", "请写 includes_limit: true 或 false"))
    units = entry.value.get("units", ("",))
    if not isinstance(units, tuple) or not units or not all(isinstance(unit, str) for unit in units):
        found.append(
            _problem(entry, "units", "应是单位名称的列表", "请写适用的单位，或删去 units（适用于所有单位）")
        )
    return found


def deadline(entry: Entry, policy: Policy) -> list[Problem]:
    """Days counted from an event (`days`, `day_kind` working|calendar, `from`, `to`), or a yearly `month` and `day`."""
    value = entry.value
    if isinstance(value, Mapping) and "days" in value:
        found = _missing(entry, "from", "to")
        if type(value["days"]) is not int or value["days"] < 1:
            found.append(_problem(entry, "days", "应是正整数", "请写天数，例如 10"))
        if value.get("day_kind") not in ("working", "calendar"):
            found.append(_problem(entry, "day_kind", "应是 working（工作日）或 calendar（自然日）", "请补齐"))
        return found
    found = _missing(entry, "to")
    for field, last in (("month", 12), ("day", 31)):
        number = value.get(field) if isinstance(value, Mapping) else None
        if type(number) is not int or not 1 <= number <= last:
            found.append(_problem(entry, field, f"应是 1 至 {last} 的整数", "请写每年的月、日，或改写 days"))
    return found


Check = Callable[[Entry, "Policy"], list[Problem]]

STRUCTURE: Mapping[str, Check] = {
    "classification": classification,
    "mapping": mapping,
    "code_change": code_change,
    "jurisdiction": jurisdiction,
    "threshold": threshold,
    "deadline": deadline,
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
