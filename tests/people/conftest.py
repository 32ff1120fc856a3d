"""Accounts for tests; and tests that commit: Django empties tables after them, which append-only tables refuse."""

from collections.abc import Callable, Iterator

import pytest
from django.db import connection
from pytest_django import DjangoDbBlocker
from pytest_django.fixtures import Settings

from yiheng.people.guards import protect, trigger_names, unprotect
from yiheng.people.models import User
from yiheng.people.operations import Actor, create_user


@pytest.fixture
def unguarded(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Lift the protection around a test and its clean-up. Ask for it before `transactional_db`."""
    with django_db_blocker.unblock():
        tables = _protected()
    for change in (unprotect, protect):
        with django_db_blocker.unblock(), connection.schema_editor() as editor:
            for table in tables:
                change(editor, table)
        if change is unprotect:
            yield


def _protected() -> list[str]:
    """Every table that the database protects, whichever app it belongs to."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        else:
            cursor.execute("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal")
        triggers = {name for (name,) in cursor.fetchall()}
    return [
        table for table in connection.introspection.table_names() if set(trigger_names(table)) <= triggers
    ]


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
