"""For tests that commit: Django empties the tables after them, which append-only tables refuse."""

from collections.abc import Iterator

import pytest
from django.apps import apps
from django.db import connection
from pytest_django import DjangoDbBlocker

from yiheng.ledger.models import JournalRow, Load
from yiheng.people.guards import protect, unprotect
from yiheng.people.models import LogEntry


@pytest.fixture
def unguarded(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Lift the protection around a test and its clean-up. Ask for it before `transactional_db`."""
    models = [LogEntry, Load, *(model for model in apps.get_models() if issubclass(model, JournalRow))]
    for change in (unprotect, protect):
        with django_db_blocker.unblock(), connection.schema_editor() as editor:
            for model in models:
                change(editor, model._meta.db_table)
        if change is unprotect:
            yield
