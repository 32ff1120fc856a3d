"""A classification (分类) as it stands on one day in one jurisdiction: codes, names, levels and what came of old codes.

A classification is the union of all entries of type `classification` with its name that are in force: nation
first, then province, then city, packaged before the user's own, so that the nearer one names a code. An entry with
`complete: true` (a full official table) stands alone: it drops what the entries before it gave.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache

from .entry import Entry, Source
from .errors import PolicyUnknown


@dataclass(frozen=True, slots=True)
class Row:
    """One code: its name in force and other names printed for it."""

    code: str
    name: str
    also: tuple[str, ...]
    note: str
    entry: Entry


@lru_cache(maxsize=1024)
def rows_of(entry: Entry) -> Mapping[str, Row]:
    """The rows that one entry gives, by code, in its order."""
    return {
        item["code"]: Row(
            item["code"],
            item["name"],
            tuple(item.get("also", ())),
            item.get("note", ""),
            entry,
        )
        for item in entry.value["codes"]
    }


def fold(text: str) -> str:
    """The text as labels are compared: full-width forms folded, blanks dropped."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


def _grouped(pairs: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for key, value in pairs:
        found.setdefault(key, []).append(value)
    return {key: tuple(dict.fromkeys(values)) for key, values in found.items()}


@dataclass(frozen=True)
class Classification:
    """See the module. `id` is the classification's English name, `label` its Chinese one; `on` is the day asked
    for; `history` holds the entries of all days."""

    id: str
    label: str
    on: date
    levels: tuple[int, ...]
    rows: Mapping[str, Row]
    history: tuple[Entry, ...] = ()
    changes: tuple[Entry, ...] = ()

    @property
    def codes(self) -> tuple[str, ...]:
        """All codes in official order."""
        return tuple(self.rows)

    def knows(self, code: str) -> bool:
        """Whether the code is in force."""
        return code in self.rows

    def row(self, code: str) -> Row:
        """The code's row. Raises `PolicyUnknown` with the reason in Chinese."""
        try:
            return self.rows[code]
        except KeyError:
            raise PolicyUnknown(self.why_not(code)) from None

    def name(self, code: str) -> str:
        """The official name. Raises `PolicyUnknown`."""
        return self.row(code).name

    def names(self, code: str) -> tuple[str, ...]:
        """The official name and the other names that documents of these years print for the code."""
        row = self.row(code)
        return (row.name, *row.also)

    def is_former_name(self, code: str, name: str) -> bool:
        """Whether documents of other years print the name for the code, and those of this year do not."""
        if code in self.rows and name in self.names(code):
            return False
        rows = (rows_of(entry).get(code) for entry in self.history)
        return any(name in (row.name, *row.also) for row in rows if row is not None)

    def is_later_name(self, code: str, name: str) -> bool:
        """Whether documents of later years print the name for the code: a place may have had it before them."""
        rows = (rows_of(entry).get(code) for entry in self.history if entry.valid_from > self.on)
        return any(name in (row.name, *row.also) for row in rows if row is not None)

    def source(self, code: str) -> Source:
        """The document that attests the code."""
        return self.row(code).entry.source

    def level(self, code: str) -> int:
        """1 类, 2 款, 3 项 by the code's length; 1 in classifications without levels."""
        self.row(code)
        return self.levels.index(len(code)) + 1 if self.levels else 1

    def parent(self, code: str) -> str:
        """The nearest known code above, "" at the top."""
        self.row(code)
        return self._parents[code]

    def ancestors(self, code: str) -> tuple[str, ...]:
        """The known codes above, nearest first."""
        found: list[str] = []
        above = self.parent(code)
        while above:
            found.append(above)
            above = self.parent(above)
        return tuple(found)

    def children(self, code: str = "") -> tuple[str, ...]:
        """The codes directly below, in official order; without a code, those at the top."""
        if code:
            self.row(code)
        return self._children.get(code, ())

    def candidates(self, label: str) -> tuple[str, ...]:
        """The codes that a label may mean: a code, a name, or both together (`02 经常性项目`)."""
        return self._labels.get(fold(label), ())

    def label_to_code(self, label: str) -> str:
        """The one code that the label means. Raises `PolicyUnknown` when none or several do."""
        found = self.candidates(label)
        if len(found) == 1:
            return found[0]
        if not found:
            raise PolicyUnknown(self.why_not(label.strip()))
        options = "、".join(f"{code} {self.rows[code].name}" for code in found)
        raise PolicyUnknown(f"{self.label}“{label}”对应多个编码：{options}；请写编码")

    @cached_property
    def _parents(self) -> dict[str, str]:
        return {code: self._above(row) for code, row in self.rows.items()}

    def _above(self, row: Row) -> str:
        shorter = (row.code[:length] for length in reversed(self.levels) if length < len(row.code))
        return next((prefix for prefix in shorter if prefix in self.rows), "")

    @cached_property
    def _children(self) -> dict[str, tuple[str, ...]]:
        return _grouped((parent, code) for code, parent in self._parents.items())

    @cached_property
    def _labels(self) -> dict[str, tuple[str, ...]]:
        return _grouped(
            (fold(text), row.code)
            for row in self.rows.values()
            for text in {row.code, row.name, *row.also, *(row.code + name for name in (row.name, *row.also))}
        )

    def replaced_by(self, code: str) -> tuple[Entry, ...]:
        """The `code_change` entries that took this code's place by the day asked for."""
        return tuple(
            entry for entry in self.changes if entry.value["from"] == code and entry.valid_from <= self.on
        )

    def why_not(self, code: str) -> str:
        """Why the code cannot be used on the day, in Chinese; "" when it can."""
        if code in self.rows:
            return ""
        seen = [(entry, rows_of(entry)[code].name) for entry in self.history if code in rows_of(entry)]
        if not seen:
            return self._why_unknown(code)
        text = f"{self.label} {code}（{seen[-1][1]}）在 {self.on.isoformat()} 不可用：{self._where(seen)}"
        for change in self.replaced_by(code):
            new = change.value["to"]
            name = f"（{self.rows[new].name}）" if new in self.rows else ""
            units = "、".join(change.value.get("units", ()))
            scope = f"，适用于{units}" if units else ""
            text += f"；{_from_year(change)}起改用 {new}{name}：{change.value['reason']}{scope}"
        return f"{text}；确认当年仍可用的，请导入当年完整科目表" if self.levels else text

    def _where(self, seen: Sequence[tuple[Entry, str]]) -> str:
        """In which years a code is in force, or which full table of the day leaves it out."""
        if any(entry.in_force(self.on) for entry, _ in seen):
            full = [
                entry for entry in self.history if entry.in_force(self.on) and entry.value.get("complete")
            ]
            return f"不在完整科目表内，依据{full[-1].cite()}"
        return f"有效年度为 {'、'.join(dict.fromkeys(_years(entry) for entry, _ in seen))}"

    def _why_unknown(self, code: str) -> str:
        near = [item for item in self.rows if self.levels and code.startswith(item)]
        if self.levels and code.isascii() and len(code) not in self.levels:
            lengths = "、".join(str(length) for length in self.levels)
            return f"{self.label}没有“{code}”：编码应为 {lengths} 位，现为 {len(code)} 位"
        if near:
            below = "、".join(f"{item} {self.rows[item].name}" for item in self.children(near[-1]))
            listed = f"其下现有：{below}" if below else "其下没有收录下级科目"
            return (
                f"{self.label}没有“{code}”：上级 {near[-1]} {self.rows[near[-1]].name} 已收录，{listed}；"
                "编码无误时，请导入当年完整科目表"
            )
        if len(self.rows) <= 20:
            return f"{self.label}没有“{code}”：可用的是 {'、'.join(f'{k} {r.name}' for k, r in self.rows.items())}"
        return f"{self.label}没有“{code}”：请核对编码；编码无误时，请导入当年完整科目表"


def _from_year(entry: Entry) -> str:
    start = entry.valid_from
    return f"{start.year} 年" if (start.month, start.day) == (1, 1) else start.isoformat()


def _years(entry: Entry) -> str:
    first = entry.valid_from.year
    if entry.valid_to is None:
        return f"{first} 年起"
    return f"{first} 年" if entry.valid_to.year == first else f"{first}—{entry.valid_to.year} 年"


def build(
    name: str, on: date, in_force: Sequence[Entry], history: Iterable[Entry], changes: Iterable[Entry]
) -> Classification:
    """Merge the entries in force, given from the farthest to the nearest, into one classification."""
    rows: dict[str, Row] = {}
    for entry in in_force:
        if entry.value.get("complete", False):
            rows.clear()
        rows.update(rows_of(entry))
    levels = tuple(in_force[-1].value.get("levels", ()))
    if levels:
        rows = dict(sorted(rows.items()))
    return Classification(name, in_force[-1].value["label"], on, levels, rows, tuple(history), tuple(changes))
