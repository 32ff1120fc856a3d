"""The examples and the people of `served` in Django's test database, quickly: loaded once a run, then copied."""

from __future__ import annotations

import contextlib
import pickle
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.apps import apps
from django.contrib.auth.hashers import make_password
from django.core.management.color import no_style
from django.db import connection, transaction
from tests import once
from tests.command import loaded
from tests.web import served

LEDGER = "yiheng.sqlite3"
"""The embedded database's file in a data folder."""


def replace(home: Path) -> None:
    """Give Django's test database, which SQLite keeps in memory, the content of a data folder's."""
    connection.ensure_connection()
    with sqlite3.connect(home / LEDGER) as source:
        source.backup(connection.connection)
    source.close()


@contextlib.contextmanager
def filled() -> Iterator[None]:
    """Fill the empty tables, which loading would take many seconds for, and empty them again."""
    if connection.vendor == "sqlite":
        replace(served.prepared() / "home")
        _quick_passwords()
        yield
        replace(loaded(()))
    else:
        with transaction.atomic():
            _write()
            _quick_passwords()
            yield
            transaction.set_rollback(True)


def _quick_passwords() -> None:
    """The tests' settings know quick hashes only."""
    from yiheng.people.models import User

    User.objects.update(password=make_password(served.PASSWORD))


READ = """
import pickle
from pathlib import Path
from django.apps import apps
from yiheng.pipelines.backup.tables import columns, rows, saved_models
found = [(model._meta.label, columns(model), list(rows(model))) for model in saved_models(apps)]
Path({path!r}).write_bytes(pickle.dumps(found))
"""


def _write() -> None:
    def read(folder: Path) -> None:
        with served.loaded() as env:
            served.program(env, READ.format(path=str(folder / "rows")))

    path = once.made("rows", read) / "rows"
    found: list[tuple[str, list[str], list[tuple[Any, ...]]]] = pickle.loads(path.read_bytes())
    models = [apps.get_model(label) for label, *_ in found]
    for model, (_, names, rows) in zip(models, found, strict=True):
        made = [model(**dict(zip(names, row, strict=True))) for row in rows]
        model._base_manager.bulk_create(made, batch_size=500)
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), models):
            cursor.execute(statement)
