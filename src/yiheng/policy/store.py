"""`Policy`: all entries, asked for by id, jurisdiction and day."""

from __future__ import annotations

import difflib
import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from importlib import resources
from pathlib import Path

from . import classification as classifications
from . import family as families
from .classification import Classification
from .entry import Entry
from .errors import PolicyError, PolicyNotInForce, PolicyUnknown, Problem
from .reader import read_folder
from .validators import REFERENCES, STRUCTURE, used_jurisdiction

Validator = Callable[["Entry", "Policy"], list[Problem]]


@dataclass(frozen=True, slots=True)
class Jurisdiction:
    """A division (行政区划). `parents` runs from the nearest to the nation."""

    code: str
    name: str
    short_name: str
    parents: tuple[str, ...]

    @property
    def chain(self) -> tuple[str, ...]:
        """The code itself and its parents, nearest first: the order in which rules are looked for."""
        return (self.code, *self.parents)


class Policy:
    """Immutable. Build it with `Policy.load`."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self.entries = tuple(entries)
        self._by_id: dict[str, list[Entry]] = {}
        self._by_type: dict[str, list[Entry]] = {}
        for entry in self.entries:
            self._by_id.setdefault(entry.id, []).append(entry)
            self._by_type.setdefault(entry.type, []).append(entry)
        self._jurisdictions: dict[str, Jurisdiction] = {}
        self._classifications: dict[tuple[str, date, str], Classification] = {}

    @classmethod
    def load(cls, overlay: Path | None = None) -> Policy:
        """The packaged entries, with the user's own folder on top. Raises `PolicyError` with every problem.

        An overlay entry with the same id, jurisdiction and first day takes the packaged one's place.
        """
        packaged, problems = _packaged()
        if overlay is None:
            return _packaged_policy()
        if not overlay.is_dir():
            raise PolicyError(
                [
                    *problems,
                    Problem(str(overlay), "", "", "自有政策目录不存在或不是目录", "请检查路径，或去掉该设置"),
                ]
            )
        own, own_problems = read_folder(overlay, str(overlay), overlay=True)
        return cls._checked(_replace(packaged, own), [*problems, *own_problems])

    @classmethod
    def _checked(cls, entries: Sequence[Entry], problems: Iterable[Problem]) -> Policy:
        drawn = cls(entries)
        found = [*problems, *drawn._overlaps()]
        malformed = drawn.problems(STRUCTURE)
        broken = {(problem.file, problem.id) for problem in malformed}
        sound = cls(entry for entry in entries if (entry.file, entry.id) not in broken)
        # Packaged entries point at packaged ones; an own table that drops a code is no fault of theirs.
        fresh = [entry for entry in sound.entries if entry.overlay] or sound.entries
        found += [*malformed, *sound.problems(REFERENCES, fresh)]
        found += [problem for entry in fresh for problem in used_jurisdiction(entry, sound)]
        if found:
            raise PolicyError(found)
        return drawn

    def find(self, id: str, jurisdiction: str, on: date) -> Entry | None:
        """The entry in force on the day, from the nearest jurisdiction; None when there is none."""
        entries = self._by_id.get(id, ())
        for code in self.jurisdiction(jurisdiction).chain:
            for entry in entries:
                if entry.jurisdiction == code and entry.in_force(on):
                    return entry
        return None

    def get(self, id: str, jurisdiction: str, on: date) -> Entry:
        """As `find`; raises `PolicyNotInForce` (with first or last day) or `PolicyUnknown`."""
        entry = self.find(id, jurisdiction, on)
        if entry is None:
            raise self._missing(id, jurisdiction, on)
        return entry

    def all(self, type: str, jurisdiction: str, on: date) -> tuple[Entry, ...]:
        """Every id of the type that is in force, each from the nearest jurisdiction, in the order of the files."""
        ids = dict.fromkeys(entry.id for entry in self._by_type.get(type, ()))
        found = (self.find(id, jurisdiction, on) for id in ids)
        return tuple(entry for entry in found if entry is not None and entry.type == type)

    def types(self) -> tuple[str, ...]:
        """All entry types in use, sorted."""
        return tuple(sorted(self._by_type))

    def jurisdiction(self, code: str) -> Jurisdiction:
        """Name and parents of a division code. Raises `PolicyUnknown`."""
        if code not in self._jurisdictions:
            self._jurisdictions[code] = self._jurisdiction(code)
        return self._jurisdictions[code]

    def classification(self, name: str, on: date, jurisdiction: str) -> Classification:
        """The classification of that name on the day. Raises `PolicyNotInForce` or `PolicyUnknown`."""
        key = (name, on, jurisdiction)
        if key not in self._classifications:
            self._classifications[key] = self._classification(name, on, jurisdiction)
        return self._classifications[key]

    def classification_names(self) -> tuple[str, ...]:
        """All classification names, sorted."""
        return tuple(sorted({entry.value["name"] for entry in self._by_type.get("classification", ())}))

    def mapped(self, id: str, code: str, jurisdiction: str, on: date) -> str:
        """What a `mapping` entry makes of a code: by its longest listed prefix; "" when it maps to nothing."""
        table: Mapping[str, str] = self.get(id, jurisdiction, on).value["map"]
        for length in range(len(code), 0, -1):
            if code[:length] in table:
                return table[code[:length]]
        return ""

    def family(self, kind: str, jurisdiction: str, year: int, id: str = "") -> families.Family:
        """The table family of the kind for the year; see `family.choose`."""
        chain = self.jurisdiction(jurisdiction).chain
        return families.choose(self._by_type.get(families.TYPE, ()), kind, chain, year, id)

    def problems(
        self, validators: Mapping[str, Validator], entries: Iterable[Entry] | None = None
    ) -> list[Problem]:
        """What the validators, by entry type, have to say of all entries (or of those given)."""
        return [
            problem
            for entry in (self.entries if entries is None else entries)
            if entry.type in validators
            for problem in validators[entry.type](entry, self)
        ]

    @cached_property
    def digest(self) -> str:
        """SHA-256 over the content of all entries, own ones included; independent of files and their order."""
        lines = sorted(entry.canonical() for entry in self.entries)
        return hashlib.sha256("\n".join(lines).encode()).hexdigest()

    def _overlaps(self) -> list[Problem]:
        found = []
        for entries in self._by_id.values():
            for number, entry in enumerate(entries):
                for other in entries[:number]:
                    if other.jurisdiction == entry.jurisdiction and entry.overlaps(other):
                        found.append(_overlap(entry, other))
        return found

    def _missing(self, id: str, jurisdiction: str, on: date) -> PolicyUnknown:
        entries = self._by_id.get(id, [])
        place = self.jurisdiction(jurisdiction)
        if not entries:
            near = difflib.get_close_matches(id, self._by_id, n=3)
            hint = f"；相近的有：{'、'.join(near)}" if near else ""
            return PolicyUnknown(f"没有编号为 {id} 的政策条目{hint}")
        here = sorted(
            (entry for entry in entries if entry.jurisdiction in place.chain),
            key=lambda entry: entry.valid_from,
        )
        if not here:
            others = "、".join(dict.fromkeys(self.jurisdiction(entry.jurisdiction).name for entry in entries))
            return PolicyUnknown(f"政策 {id}（{entries[0].title}）不适用于{place.name}，只适用于：{others}")
        before = [entry for entry in here if entry.valid_from <= on]
        if not before:
            return PolicyNotInForce(
                f"政策 {id}（{here[0].title}）在 {on.isoformat()} 尚未生效："
                f"最早自 {here[0].valid_from.isoformat()} 起，依据{here[0].cite()}"
            )
        last = max(before, key=lambda entry: entry.valid_to or date.max)
        later = [entry for entry in here if entry.valid_from > on]
        again = f"，自 {later[0].valid_from.isoformat()} 起另有规定" if later else ""
        return PolicyNotInForce(
            f"政策 {id}（{last.title}）在 {on.isoformat()} 已经失效："
            f"有效至 {last.valid_to}{again}，依据{last.cite()}"
        )

    def _jurisdiction(self, code: str) -> Jurisdiction:
        known = {entry.value["code"]: entry.value for entry in self._by_type.get("jurisdiction", ())}
        if code not in known:
            listed = "、".join(f"{key} {value['name']}" for key, value in known.items())
            raise PolicyUnknown(f"没有辖区 {code!r}；已有：{listed}")
        parents = []
        above = known[code].get("parent", "")
        while above in known and above not in parents:
            parents.append(above)
            above = known[above].get("parent", "")
        value = known[code]
        return Jurisdiction(code, value["name"], value.get("short_name", value["name"]), tuple(parents))

    def _classification(self, name: str, on: date, jurisdiction: str) -> Classification:
        place = self.jurisdiction(jurisdiction)
        history = [
            entry
            for entry in self._by_type.get("classification", ())
            if entry.value["name"] == name and entry.jurisdiction in place.chain
        ]
        if not history:
            raise PolicyUnknown(f"没有分类 {name}；已有：{'、'.join(self.classification_names())}")
        history.sort(key=lambda entry: entry.valid_from)
        in_force = [entry for entry in history if entry.in_force(on)]
        if not in_force:
            raise PolicyNotInForce(
                f"{history[0].value['label']}在 {on.isoformat()} 没有收录："
                f"最早自 {history[0].valid_from.isoformat()} 起，依据{history[0].cite()}"
            )
        in_force.sort(key=lambda entry: (-place.chain.index(entry.jurisdiction), entry.overlay))
        changes = [
            entry
            for entry in self._by_type.get("code_change", ())
            if entry.value["classification"] == name and entry.jurisdiction in place.chain
        ]
        return classifications.build(name, on, in_force, history, changes)


def _overlap(entry: Entry, other: Entry) -> Problem:
    return Problem(
        entry.file,
        entry.id,
        "valid_from",
        f"同一辖区 {entry.jurisdiction} 的两个条目有效期重叠：{entry.period()}（{entry.file}）与 "
        f"{other.period()}（{other.file}）",
        "给较早的条目写上截止日 valid_to；要改动自带条目，请在自有目录用同编号、同辖区、同生效日的条目替换它",
    )


def _replace(entries: Sequence[Entry], own: Sequence[Entry]) -> list[Entry]:
    replaced = {(entry.id, entry.jurisdiction, entry.valid_from) for entry in own}
    kept = [entry for entry in entries if (entry.id, entry.jurisdiction, entry.valid_from) not in replaced]
    return [*kept, *own]


@cache
def _packaged() -> tuple[tuple[Entry, ...], tuple[Problem, ...]]:
    entries, problems = read_folder(resources.files(__package__) / "data", "data", overlay=False)
    return tuple(entries), tuple(problems)


@cache
def _packaged_policy() -> Policy:
    entries, problems = _packaged()
    return Policy._checked(entries, problems)
