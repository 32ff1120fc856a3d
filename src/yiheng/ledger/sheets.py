"""The sheets of all apps as the database sees them: columns, types, and rows as tuples of values.

Every model that is a sheet says so itself (`SheetModel.sheet`), so that the mechanism of loading serves the apps
above this one without knowing them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, cached_property
from typing import Any, Final, cast

from django.apps import apps
from django.db import models

from yiheng.facts.sheets import SheetRow, Value
from yiheng.money import MoneyUnit, format_amount
from yiheng.people.chain import digest, flat_json

from .models import Precision, Register, SheetModel

QUANTUM: Final = "quantum"
"""The one column of the database that a sheet row carries beside its values."""
MONEY: Final = frozenset({"amount", "total_amount", "price", "sme_amount", "micro_amount", "original_value"})
"""Columns that hold whole fen. A 已公布数 is not among them: its `value` is fen or a count, as its `uom` says."""
NOT_NEGATIVE: Final[Mapping[str, tuple[str, ...]]] = {
    "projects": ("total_amount",),
    "costing": ("amount", "price", "quantity", "periods"),
    "budget_lines": ("amount",),
    "three_public": ("amount",),
    "procurements": ("amount", "sme_amount", "micro_amount"),
    "contracts": ("amount",),
    "transfers": ("amount",),
    "eliminations": ("amount",),
    "assets": ("original_value",),
}
"""Planned and agreed amounts and values; movements (adjustments, payments, income received) may be negative."""

Values = tuple[Any, ...]
"""The values of one row in the order of `Shape.columns`."""


_KINDS: Final[Mapping[type, type]] = {
    models.CharField: str,
    models.TextField: str,
    models.ForeignKey: str,
    models.BigIntegerField: int,
    models.PositiveIntegerField: int,
    models.PositiveSmallIntegerField: int,
    models.DateField: dt.date,
    models.BooleanField: bool,
}
"""The type whose values a field takes as they are."""


class WrongType(TypeError):
    """A value that its column cannot hold. Readers give typed values, so this is a defect of the program."""


@dataclass(frozen=True)
class Shape:
    """The columns of one sheet's table. A column that refers to another sheet holds that row's key."""

    model: type[SheetModel]

    @property
    def sheet(self) -> str:
        """English name of the sheet."""
        return self.model.sheet

    @cached_property
    def title(self) -> str:
        """Chinese name of the sheet."""
        return str(self.model._meta.verbose_name)

    @property
    def is_register(self) -> bool:
        return issubclass(self.model, Register)

    @cached_property
    def fields(self) -> tuple[models.Field[Any, Any], ...]:
        """The fields that are columns of the sheet, the key first."""
        own = [f for f in self.model._meta.concrete_fields if f.name not in self.model.bookkeeping]
        return tuple(sorted(own, key=lambda field: field.name != "key"))

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """Names of the columns, as on the sheet."""
        return tuple(field.name for field in self.fields)

    @cached_property
    def attributes(self) -> tuple[str, ...]:
        """Names of the same columns as attributes of an instance: of a reference, the key that it holds."""
        return tuple(field.attname for field in self.fields)

    @cached_property
    def place(self) -> Mapping[str, int]:
        """Index of each column in the tuple of values."""
        return {name: index for index, name in enumerate(self.columns)}

    @cached_property
    def references(self) -> tuple[tuple[str, str], ...]:
        """(column, sheet) for each column that holds the key of a register's row."""
        keys = (field for field in self.fields if isinstance(field, models.ForeignKey))
        return tuple((field.name, cast(type[SheetModel], field.related_model).sheet) for field in keys)

    def label(self, column: str) -> str:
        """Chinese title of a column."""
        return str(self.fields[self.place[column]].verbose_name)

    def values(self, row: SheetRow) -> Values:
        """The row's values as the database keeps them. `WrongType` for a value of another type."""
        values = list(map(row.values.get, self.columns))
        try:
            for index, fit in self._to_fit(tuple(map(type, values))):
                values[index] = fit(values[index])
        except TypeError as error:
            raise WrongType(f"{self.sheet} {row.key}: {error}") from error
        place = self.place
        if QUANTUM in place:
            values[place[QUANTUM]] = row.quantum
        _settle_precision(values, place)
        return tuple(values)

    def _to_fit(self, types: tuple[type, ...]) -> Sequence[tuple[int, Callable[[Value], Any]]]:
        """What values of these types need to become the fields' values; worked out once for all rows alike."""
        found = self._fitted.get(types)
        if found is None:
            fitters = [_fitter(field) for field in self.fields]
            found = self._fitted[types] = [
                (i, fitters[i])
                for i, kind in enumerate(types)
                if kind is not _KINDS.get(type(self.fields[i]))
            ]
        return found

    @cached_property
    def _fitted(self) -> dict[tuple[type, ...], list[tuple[int, Callable[[Value], Any]]]]:
        return {}

    @cached_property
    def required(self) -> tuple[str, ...]:
        """The columns that must not be blank."""
        return tuple(f.name for f in self.fields if not f.blank and not f.null and not f.has_default())

    def key(self, values: Values) -> str:
        """The row's key; a department-year is named by unit, year and kind."""
        if "key" in self.place:
            return str(values[0])
        place = self.place
        return f"{values[place['unit']]}/{values[place['year']]}/{values[place['kind']]}"

    def as_dict(self, values: Values) -> dict[str, Any]:
        """The values by column."""
        return dict(zip(self.columns, values, strict=True))

    def show(self, column: str, value: Any) -> str:
        """A value as people read it: money in 元, 是 and 否, a blank as （空）."""
        if value is None or value == "":
            return "（空）"
        if isinstance(value, bool):
            return "是" if value else "否"
        if column == QUANTUM:
            return f"{yuan(value)} 元" if value else "精确"
        return f"{yuan(value)} 元" if column in MONEY else str(value)

    def text(self, values: Values) -> dict[str, str]:
        """The columns that are not blank, as text: money in 元 with two decimals, days as 2021-01-31, 是 and 否.

        `quantum` is there, in 元 too, only where the amount is not exact.
        """
        named = zip(self.columns, values, strict=True)
        return {name: _text(name, value) for name, value in named if not _says_nothing(name, value)}

    def digest(self, rows: Iterable[Values]) -> str:
        """SHA-256 over the rows, equal for equal rows in any order."""
        return digest(flat_json(sorted(rows, key=self.key)))

    def seal(self, written: Iterable[tuple[Values, int, str]]) -> str:
        """SHA-256 over versions of rows as they were written: values, version, and what the version does."""
        return digest(
            flat_json(sorted(([*values, version, kind] for values, version, kind in written), key=_sealed))
        )

    def given(self, values: Values) -> dict[str, Any]:
        """The values by column, a blank as None, the quantum among them."""
        return {name: None if value == "" else value for name, value in self.as_dict(values).items()}

    def row(self, values: Values) -> SheetRow:
        """The row as it is handed to exports: blank as None, the quantum beside the values."""
        given = self.given(values)
        return SheetRow(self.sheet, 0, given, given.pop(QUANTUM, 0) or 0)


def _sealed(row: Sequence[Any]) -> tuple[str, int]:
    """Key and version: they name a version, and the rest need not be comparable."""
    return str(row[0]), row[-2]


def _says_nothing(column: str, value: Any) -> bool:
    return value is None or value == "" or (column == QUANTUM and not value)


def _text(column: str, value: Any) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    if column in MONEY or column == QUANTUM:
        return yuan(value)
    return f"{value.normalize():f}" if isinstance(value, Decimal) else str(value)


def yuan(fen: int) -> str:
    """Whole fen as decimal text in 元 with two decimals."""
    return format_amount(fen, MoneyUnit.YUAN, grouping=False)


@cache
def shapes() -> Mapping[str, Shape]:
    """All sheets of all apps by English name, in the order of the workbook."""
    found = [m for m in apps.get_models() if issubclass(m, SheetModel)]
    return {model.sheet: Shape(model) for model in sorted(found, key=lambda model: model.number)}


def _settle_precision(values: list[Any], place: Mapping[str, int]) -> None:
    """A date whose precision is not given is a day."""
    if (
        "date_precision" in place
        and values[place["date"]] is not None
        and not values[place["date_precision"]]
    ):
        values[place["date_precision"]] = Precision.DAY.value
    if "as_of_precision" in place and not values[place["as_of_precision"]]:
        values[place["as_of_precision"]] = Precision.DAY.value


def _fitter(field: models.Field[Any, Any]) -> Callable[[Value], Any]:
    """The function that turns a value of a sheet into the field's value. It raises TypeError."""
    blank = None if field.null else field.get_default() if field.has_default() else None
    if isinstance(field, models.ForeignKey):
        return _of(str, None)
    if isinstance(field, (models.CharField, models.TextField)):
        return _of(str, blank or "")
    if isinstance(field, models.BooleanField):
        return _of(bool, blank)
    if isinstance(field, models.DateField):
        return _of(dt.date, blank)
    if isinstance(field, models.DecimalField):
        return _decimal(field.decimal_places)
    return _of(int, blank)


def _of(kind: type, blank: Any) -> Callable[[Value], Any]:
    def fit(value: Value) -> Any:
        if value is None:
            return blank
        # `bool` is an `int` and a `datetime` is a `date`, but neither is meant where the other is.
        if value.__class__ is not kind and not (kind is str and isinstance(value, str)):
            raise TypeError(f"{kind.__name__} expected, not {value!r}")
        return value

    return fit


def _decimal(places: int) -> Callable[[Value], Any]:
    step = Decimal(1).scaleb(-places)

    def fit(value: Value) -> Any:
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, (int, Decimal)):
            raise TypeError(f"Decimal expected, not {value!r}")
        fitted = Decimal(value).quantize(step)
        if fitted != value:
            raise TypeError(f"more than {places} decimals: {value}")
        return fitted

    return fit
