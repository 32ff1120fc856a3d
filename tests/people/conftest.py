"""Accounts for tests; and tests that commit: Django empties tables after them, which append-only tables refuse."""

from collections.abc import Callable, Iterator

import pytest
from django.apps import apps
from django.db import connection
from pytest_django import DjangoDbBlocker
from pytest_django.fixtures import Settings

from yiheng.ledger.models import JournalRow, Load
from yiheng.people.guards import protect, unprotect
from yiheng.people.models import LogEntry, User
from yiheng.people.operations import Actor, create_user


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


@pytest.fixture(autouse=True)
def quick_hashes(settings: Settings) -> None:
    """What a password's hash costs is Django's matter; here it would only take time."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def make(db: None) -> Callable[..., User]:
    """Makes an account by its login name; `is_active=False` closes it."""

    def made(username: str, *, actor: Actor = "测试", is_active: bool = True, **values: str) -> User:
        user = create_user(
            username=username, name=f"某{username}", password="four-words-in-a-row", actor=actor, **values
        )
        if not is_active:
            User.objects.filter(pk=user.pk).update(is_active=False)
        return user

    return made
