"""Queries whose words are written once (预编译查询), for the few that every page asks.

Django takes longer to write such a query than the database to answer it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final
from weakref import WeakKeyDictionary

from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.models import Field, Model, QuerySet

_NUMBER: Final = 7_316_540_000
_SMALL: Final = 31_650
"""Stand-ins for parameters while the words are written: no constant of a query."""


@dataclass(frozen=True, slots=True)
class _Form:
    """How the columns of an answer become an object."""

    model: type[Model]
    fields: tuple[str, ...]
    annotations: tuple[tuple[str, int], ...]
    converters: tuple[tuple[int, Any, tuple[Callable[..., Any], ...]], ...]
    """Column, expression, and what makes of the database's value ours."""

    def made(self, row: tuple[Any, ...]) -> Any:
        values = list(row)
        for place, expression, converters in self.converters:
            for convert in converters:
                values[place] = convert(values[place], expression, connection)
        found = self.model.from_db(DEFAULT_DB_ALIAS, self.fields, values[: len(self.fields)])
        for name, place in self.annotations:
            setattr(found, name, values[place])
        return found


class Prepared:
    """A query of whole numbers and texts. `make` gives it for stand-ins of its parameters, which must be kept apart as
    whole numbers (`Prepared.number`) or texts (`Prepared.text`); the rows hold what the database gives.
    """

    def __init__(self, make: Callable[..., QuerySet[Any, Any]], *stand_ins: int | str) -> None:
        self._make, self._stand_ins = make, stand_ins
        self._written: dict[str, tuple[str, tuple[Any, ...]]] = {}
        self._forms: WeakKeyDictionary[Any, _Form] = WeakKeyDictionary()
        """By connection, whose own settings converters may ask for."""

    @staticmethod
    def number(place: int) -> int:
        """The stand-in of a whole number."""
        return _NUMBER + place

    @staticmethod
    def year(place: int) -> int:
        """The stand-in of a small whole number, such as a year: no year, and no constant of a query."""
        return _SMALL + place

    @staticmethod
    def text(place: int) -> str:
        """The stand-in of a text."""
        return f"\x01{_NUMBER + place}"

    def words(self, *values: int | str) -> tuple[str, list[Any]]:
        """The query and its parameters, for a cursor."""
        if connection.vendor not in self._written:
            sql, parameters = self._make(*self._stand_ins).query.sql_with_params()
            missing = [each for each in self._stand_ins if each not in parameters]
            if missing:
                raise ValueError(f"parameters that are not in the query: {missing}")
            self._written[connection.vendor] = sql, parameters
        sql, parameters = self._written[connection.vendor]
        given = dict(zip(self._stand_ins, values, strict=True))
        return sql, [given.get(each, each) for each in parameters]

    def rows(self, *values: int | str) -> list[tuple[Any, ...]]:
        """The rows of the answer."""
        with connection.cursor() as cursor:
            cursor.execute(*self.words(*values))
            found: list[tuple[Any, ...]] = cursor.fetchall()
        return found

    def objects(self, *values: int | str) -> list[Any]:
        """The objects that the query gives, with what it was annotated with; without related ones."""
        rows = self.rows(*values)
        if not rows:
            return []
        here = connections[DEFAULT_DB_ALIAS]
        form = self._forms.get(here)
        if form is None:
            form = self._forms[here] = self._form()
        return [form.made(row) for row in rows]

    def _form(self) -> _Form:
        compiler = self._make(*self._stand_ins).query.get_compiler(connection=connection)
        compiler.as_sql()
        columns = [column for column, _, _ in compiler.select]
        places = compiler.klass_info["select_fields"]
        if places != list(range(len(places))):
            raise ValueError(f"columns of the object that do not come first: {places}")
        return _Form(
            compiler.klass_info["model"],
            tuple(columns[place].target.attname for place in places),
            tuple(compiler.annotation_col_map.items()),
            tuple(
                (place, expression, tuple(converters))
                for place, (converters, expression) in compiler.get_converters(columns).items()
            ),
        )


class PreparedKeys:
    """As `Prepared`, for a query that names some keys: written once for each number of them, while they are few."""

    FEW: Final = 20

    def __init__(self, make: Callable[[Sequence[str]], QuerySet[Any, Any]]) -> None:
        self._make = make
        self._by_count: dict[int, Prepared] = {}

    def rows(self, keys: Collection[str]) -> list[tuple[Any, ...]]:
        """The rows of the answer; of many keys, by a query of their own."""
        count = len(keys)
        if count > self.FEW:
            return list(self._make(list(keys)))
        if count not in self._by_count:
            marks = [Prepared.text(place) for place in range(count)]
            self._by_count[count] = Prepared(lambda *named: self._make(named), *marks)
        return self._by_count[count].rows(*keys) if count else []


class PreparedInsert:
    """Rows added in one statement whose words are written once for each number of them, while they are few.

    Fields that fill themselves when they are saved (`auto_now`) are not for it, and the objects get no number.
    """

    FEW: Final = 20

    def __init__(self, model: type[Model]) -> None:
        self._model = model

    @cached_property
    def _fields(self) -> list[Field[Any, Any]]:
        return [field for field in self._model._meta.concrete_fields if not field.primary_key]

    def add(self, rows: Sequence[Model]) -> None:
        """Write the objects; many by Django's own `bulk_create`."""
        if len(rows) > self.FEW:
            self._model._default_manager.bulk_create(rows)
        elif rows:
            values = [
                field.get_db_prep_save(getattr(row, field.attname), connection)
                for row in rows
                for field in self._fields
            ]
            with connection.cursor() as cursor:
                cursor.execute(self._words(len(rows)), values)

    def _words(self, count: int) -> str:
        quote = connection.ops.quote_name
        columns = ", ".join(quote(str(field.column)) for field in self._fields)
        marks = f"({', '.join(['%s'] * len(self._fields))})"
        return (
            f"INSERT INTO {quote(self._model._meta.db_table)} ({columns}) VALUES {', '.join([marks] * count)}"
        )
