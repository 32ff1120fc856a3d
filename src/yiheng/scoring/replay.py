"""Replay (复现): a score with its facts, rules and hashes in one canonical file, made again byte for byte.

The same code version gives back the same bytes; another one computes again from the rules in the file and says what
differs. Nothing is read but the file.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Final

from yiheng.policy import Entry, Source, freeze
from yiheng.scoring.department import DepartmentScore, Inputs, evaluate_department
from yiheng.scoring.errors import ScoringError
from yiheng.scoring.evaluate import SheetScore, evaluate
from yiheng.scoring.framework import read_framework
from yiheng.scoring.lexicon import Lexicon
from yiheng.scoring.plain import plain_department, plain_inputs, plain_score, read_plain_inputs
from yiheng.scoring.records import plain_sheet, sheet_of
from yiheng.scoring.rules import read_rule

FORMAT: Final = "yiheng-score/1"
_SOURCE: Final = ("document", "number", "article", "publisher", "place", "url", "note")


@dataclass(frozen=True, slots=True)
class Replayed:
    """A file computed again. `identical` compares bytes; `differences` say where the two part."""

    identical: bool
    text: str
    """The file as this code makes it."""
    stamped_version: str
    version: str
    differences: tuple[str, ...]


def stamp_sheet(score: SheetScore, lexicon_entry: Entry, version: str, policy_digest: str) -> str:
    """The file of a sheet's score. `version` is the code's, `policy_digest` that of all rules in force then."""
    rules = {"rule": _entry(score.rule.entry), "lexicon": _entry(lexicon_entry)}
    return _file("sheet", rules, plain_sheet(score.sheet), plain_score(score), version, policy_digest)


def stamp_department(score: DepartmentScore, inputs: Inputs, version: str, policy_digest: str) -> str:
    """The file of a department's score."""
    rules = {"framework": _entry(score.framework.entry)}
    packaged = read_framework(score.framework.entry)
    left_open = {criterion.id for criterion in packaged.criteria if criterion.weight is None}
    weights = {c.id: str(c.weight) for c in score.framework.criteria if c.id in left_open}
    facts = {"inputs": plain_inputs(inputs), "weights": weights}
    return _file("department", rules, facts, plain_department(score), version, policy_digest)


def replay(text: str, version: str) -> Replayed:
    """Compute the file again with this code. Raises `ScoringError` for a file that is no score file or was changed by
    hand: its hashes must be those of its rules and facts.
    """
    data = _read(text)
    kind, rules, facts = data["kind"], data["rules"], data["facts"]
    if kind == "sheet":
        lexicon = Lexicon.read(_entry_of(rules["lexicon"]))
        result = plain_score(evaluate(sheet_of(facts), read_rule(_entry_of(rules["rule"])), lexicon))
    else:
        framework = read_framework(_entry_of(rules["framework"]))
        weights = {id: Fraction(weight) for id, weight in facts["weights"].items()}
        framework = framework.weighted(weights) if weights else framework
        result = plain_department(evaluate_department(framework, read_plain_inputs(facts["inputs"])))
    again = _file(kind, rules, facts, result, version, data["hashes"]["policy"])
    found = tuple(differences(data["result"], result))
    if version != data["version"]:
        found = (f"代码版本：文件为 {data['version']}，当前为 {version}", *found)
    return Replayed(again == text, again, data["version"], version, found)


def differences(old: object, new: object, path: str = "") -> Iterator[str]:
    """Where two plain values part, one line each."""
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        for key in sorted({*old, *new}):
            yield from differences(old.get(key), new.get(key), f"{path}.{key}" if path else str(key))
    elif isinstance(old, list) and isinstance(new, list):
        if len(old) != len(new):
            yield f"{path}：文件有 {len(old)} 项，重算为 {len(new)} 项"
        for number, (one, other) in enumerate(zip(old, new, strict=False)):
            yield from differences(one, other, f"{path}[{number}]")
    elif old != new:
        yield f"{path}：文件为 {old!r}，重算为 {new!r}"


def difference_between(old: str, new: str) -> tuple[str, ...]:
    """What two score files do not share: rules, facts and results."""
    one, other = _read(old), _read(new)
    return tuple(differences(one, other))


def canonical(value: object) -> str:
    """The one JSON text of a value."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, indent=1) + "\n"


def digest(value: object) -> str:
    """SHA-256 of the canonical text."""
    return hashlib.sha256(canonical(value).encode()).hexdigest()


def _file(kind: str, rules: Any, facts: Any, result: Any, version: str, policy_digest: str) -> str:
    hashes = {name: digest(entry) for name, entry in rules.items()}
    return canonical(
        {
            "format": FORMAT,
            "kind": kind,
            "version": version,
            "hashes": {**hashes, "facts": digest(facts), "policy": policy_digest},
            "rules": rules,
            "facts": facts,
            "result": result,
        }
    )


def _read(text: str) -> dict[str, Any]:
    try:
        data = json.loads(text)
    except json.JSONDecodeError as error:
        raise ScoringError(
            f"不是评分文件：第 {error.lineno} 行不是 JSON。请选择由医衡生成的评分文件。"
        ) from error
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        found = data.get("format") if isinstance(data, dict) else None
        raise ScoringError(f"评分文件的格式是 {found!r}，应为 {FORMAT}。请选择由医衡生成的评分文件。")
    wanted = {"sheet": {"rule", "lexicon"}, "department": {"framework"}}.get(str(data.get("kind")))
    rules, hashes = data.get("rules"), data.get("hashes")
    missing = [name for name in ("version", "facts", "result") if name not in data]
    if (
        wanted is None
        or not isinstance(rules, dict)
        or set(rules) != wanted
        or not isinstance(hashes, dict)
        or missing
    ):
        raise ScoringError(f"评分文件不完整（{'、'.join(missing) or 'kind、rules 或 hashes'}），请重新生成。")
    parts = {**rules, "facts": data["facts"]}
    changed = [name for name, value in parts.items() if hashes.get(name) != digest(value)]
    if changed or not isinstance(hashes.get("policy"), str):
        raise ScoringError(
            f"评分文件被改动过：{'、'.join(changed) or 'policy'} 与其校验值不符。请使用原文件。"
        )
    return data


def _entry(entry: Entry) -> dict[str, Any]:
    plain: dict[str, Any] = json.loads(entry.canonical())
    return plain


def _entry_of(plain: Mapping[str, Any]) -> Entry:
    last = plain["valid_to"]
    return Entry(
        plain["id"],
        plain["type"],
        plain["title"],
        plain["jurisdiction"],
        dt.date.fromisoformat(plain["valid_from"]),
        dt.date.fromisoformat(last) if last else None,
        plain["unit"],
        Source(**dict(zip(_SOURCE, plain["source"], strict=True))),
        freeze(plain["value"]),
        "评分文件",
    )
