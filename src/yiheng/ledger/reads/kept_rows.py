"""Rows of a unit-year that pages ask for again and again (常用的行): read once, and after that only what was added.

The tables are append-only and their writers take turns, so that rows with a higher number are all that is new. Kept are
the rows as pages see them; whoever writes reads the table itself. Registers change seldom and are read anew then.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Collection, Hashable
from typing import Any, Final

from yiheng.facts.sheets import SheetRow
from yiheng.ledger.models import Load, RowKind, current
from yiheng.ledger.sheets import Shape
from yiheng.people.once import is_reading

from .state import State, settled, state

Numbered = tuple[SheetRow, int]
"""A row and the number of its newest version."""
PLACES: Final = 64
MOST_ROWS: Final = 5_000
"""Rows of a place that are kept; longer ones are read each time."""

_lock = threading.Lock()
_kept: OrderedDict[tuple[str, frozenset[str], int], _Place] = OrderedDict()
_registers: OrderedDict[Hashable, tuple[State, list[Numbered]]] = OrderedDict()


def rows_of(shape: Shape, units: Collection[str], year: int, stage: str = "") -> list[Numbered]:
    """The rows of a journal's sheet of these units in a year that count, in order; of one stage, where it is named."""
    if "stage" not in shape.place:
        stage = ""
    if not is_reading():
        return _Place(shape, frozenset(units), year, stage).rows()
    found = _kept_rows(shape, frozenset(units), year)
    return [each for each in found if each[0].text("stage") == stage] if stage else found


def register_rows(what: Hashable, read: Callable[[], list[Numbered]]) -> list[Numbered]:
    """Rows of a register for a page: anything that is settled may change them, and `what` names all else that may."""
    if not is_reading():
        return read()
    now = settled()
    with _lock:
        found = _registers.pop(what, None)
        if found is not None:
            _registers[what] = found  # as the one that was asked for last
    if found is None or found[0] != now:
        found = now, read()
        with _lock:
            _registers[what] = found
            while len(_registers) > PLACES:
                _registers.popitem(last=False)
    return list(found[1])


def _kept_rows(shape: Shape, units: frozenset[str], year: int) -> list[Numbered]:
    key = (shape.sheet, units, year)
    with _lock:
        place = _kept.get(key)
        if place is None or not place.catches_up():
            place = _Place(shape, units, year)
        if len(place) <= MOST_ROWS:
            _kept[key] = place
            _kept.move_to_end(key)
            while len(_kept) > PLACES:
                _kept.popitem(last=False)
        return place.rows()


class _Place:
    """One sheet of some units in a year, or one stage of it, which does not catch up."""

    def __init__(self, shape: Shape, units: frozenset[str], year: int, stage: str = "") -> None:
        self._shape, self._units, self._year = shape, units, year
        model: Any = shape.model
        self._model = model
        self._state = state()
        self._last = self._model.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
        self._rows: dict[str, tuple[int, Numbered]] = {}
        where: dict[str, Any] = {f"{self._model.unit_column}__in": units}
        if "year" in shape.place:
            where["year"] = year
        if stage:
            where["stage"] = stage
        self._take(current(self._model).filter(**where))

    def __len__(self) -> int:
        return len(self._rows)

    def rows(self) -> list[Numbered]:
        """As they stand in the sheet."""
        return [row for _, row in sorted(self._rows.values(), key=lambda each: each[0])]

    def catches_up(self) -> bool:
        """Take in what was written since; False where the ledger is no longer the one that was read."""
        now = state()
        if now != self._state:
            if not _is_there(self._state):
                return False
            self._take(self._model.objects.filter(pk__gt=self._last).order_by("pk"))
            self._state = now
        return True

    def _take(self, rows: Any) -> None:
        columns = ("pk", "kind_of_row", "position", "version", *self._shape.attributes)
        for number, kind, position, version, *values in rows.values_list(*columns):
            self._last = max(self._last, number)
            row = self._shape.row(tuple(values))
            if kind != RowKind.REVERSAL and self._is_here(row):
                self._rows[row.key] = position, (row, version)
            else:
                self._rows.pop(row.key, None)

    def _is_here(self, row: SheetRow) -> bool:
        of_year = "year" not in self._shape.place or row.values.get("year") == self._year
        return of_year and row.text(self._model.unit_column) in self._units


def _is_there(load: State) -> bool:
    return load[0] == 0 or Load.objects.filter(pk=load[0], content_hash=load[1]).exists()
