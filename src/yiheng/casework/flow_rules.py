"""What an entry of type `flow` must be (流程条目校验): every problem at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from yiheng.people.models import BUSINESS_ROLES, Right, Work
from yiheng.policy import Entry, Policy, Problem

from . import calendars
from . import flow as flows

STATES = ("waiting", "open", "submitted", "returned", "done")
MOVES = ("open", "wait", "submit", "withdraw", "return", "approve", "finish", "reopen")


def validate(entry: Entry, policy: Policy) -> list[Problem]:
    """A flow or a calendar that casework can follow."""
    if entry.type == calendars.TYPE:
        return calendars.validate(entry, policy)
    found = [*_form(entry)]
    return found or [*_stages(entry), *_moves(entry), *_steps(entry, policy)]


def _form(entry: Entry) -> Iterator[Problem]:
    value = entry.value
    if not isinstance(value, Mapping):
        yield _problem(entry, "", "应是键值对", "请写 stages、moves 和 steps")
        return
    for field, kind in (("stages", tuple), ("steps", tuple), ("moves", Mapping)):
        if not isinstance(value.get(field), kind) or not value[field]:
            yield _problem(
                entry, field, "缺少或不是列表（moves 为键值对）", "请参照自带的 flow.unit-year 条目补齐"
            )


def _stages(entry: Entry) -> Iterator[Problem]:
    for number, raw in enumerate(entry.value["stages"]):
        yield from _texts(entry, f"stages[{number}]", raw, "key", "label")


def _moves(entry: Entry) -> Iterator[Problem]:
    moves = entry.value["moves"]
    for name in MOVES:
        if name not in moves:
            yield _problem(entry, f"moves.{name}", "缺少这一流转", f"流转须齐全：{'、'.join(MOVES)}")
    for name, raw in moves.items():
        where = f"moves.{name}"
        if name not in MOVES:
            yield _problem(entry, where, "不认识的流转", f"只能是 {'、'.join(MOVES)}")
        states = (*(raw.get("from") or ()), raw.get("to")) if isinstance(raw, Mapping) else (None,)
        if any(state not in STATES for state in states) or not isinstance(raw.get("label"), str):
            yield _problem(
                entry, where, "要有 label、from、to，状态须认识", f"状态只能是 {'、'.join(STATES)}"
            )


def _steps(entry: Entry, policy: Policy) -> Iterator[Problem]:
    stages = {raw.get("key") for raw in entry.value["stages"] if isinstance(raw, Mapping)}
    seen: list[str] = []
    for number, raw in enumerate(entry.value["steps"]):
        where = f"steps[{number}]"
        missing = list(_texts(entry, where, raw, "key", "stage", "label", "title", "kind", "work"))
        yield from missing
        if missing:
            continue
        if raw["key"] in seen:
            yield _problem(entry, where, f"环节 {raw['key']} 重复", "每个环节只写一次")
        if raw["stage"] not in stages:
            yield _problem(entry, f"{where}.stage", f"没有阶段 {raw['stage']}", "请先写进 stages")
        yield from _known(entry, f"{where}.kind", [raw["kind"]], flows.KINDS)
        yield from _known(entry, f"{where}.work", [raw["work"], *raw.get("edits", ())], Work.values)
        yield from _known(entry, f"{where}.makers", raw.get("makers") or [""], BUSINESS_ROLES)
        yield from _known(entry, f"{where}.fills", raw.get("fills", ()), _stage_codes(policy))
        for key in (*raw.get("after", ()), (raw.get("due") or {}).get("from", "")):
            if key and key not in seen:
                yield _problem(entry, where, f"环节 {key} 不在它之前", "after 和 due.from 只能指前面的环节")
        yield from _due(entry, where, raw.get("due"), policy)
        for place, link in enumerate(raw.get("chain", ())):
            yield from _link(entry, f"{where}.chain[{place}]", link, policy)
        seen.append(raw["key"])


def _stage_codes(policy: Policy) -> list[str]:
    """The stages of a budget that are known on some day."""
    lists = (entry.value for entry in policy.entries if entry.type == "classification")
    return [code["code"] for value in lists if value["name"] == "stage" for code in value["codes"]]


def _link(entry: Entry, where: str, raw: Any, policy: Policy) -> Iterator[Problem]:
    missing = list(_texts(entry, where, raw, "right", "label"))
    yield from missing
    if missing:
        return
    yield from _known(entry, f"{where}.right", [raw["right"]], [Right.APPROVE, Right.CERTIFY])
    yield from _known(entry, f"{where}.roles", raw.get("roles") or [""], BUSINESS_ROLES)
    when = raw.get("when")
    if when and not _exists(policy, when.get("threshold"), "threshold"):
        yield _problem(entry, f"{where}.when", f"没有限额条目 {when.get('threshold')}", "请先补该条目")


def _due(entry: Entry, where: str, raw: Any, policy: Policy) -> Iterator[Problem]:
    if raw and not _exists(policy, raw.get("deadline"), "deadline"):
        yield _problem(entry, f"{where}.due", f"没有期限条目 {raw.get('deadline')}", "请先补该条目")


def _exists(policy: Policy, id: Any, type: str) -> bool:
    return any(entry.id == id and entry.type == type for entry in policy.entries)


def _texts(entry: Entry, where: str, raw: Any, *fields: str) -> Iterator[Problem]:
    for field in fields:
        if not isinstance(raw, Mapping) or not isinstance(raw.get(field), str) or not raw[field]:
            yield _problem(entry, f"{where}.{field}", f"缺少“{field}”或不是文字", "请补齐")


def _known(entry: Entry, where: str, values: Any, allowed: Any) -> Iterator[Problem]:
    for value in values:
        if value not in allowed:
            yield _problem(entry, where, f"不认识“{value}”", f"只能是 {'、'.join(map(str, allowed))}")


def _problem(entry: Entry, path: str, reason: str, remedy: str) -> Problem:
    return Problem(entry.file, entry.id, f"value.{path}" if path else "value", reason, remedy)
