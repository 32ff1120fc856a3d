"""Fixtures and marks that every room's tests share."""

import os
from collections.abc import Generator
from pathlib import Path

import hypothesis
import pytest
from tests import once
from tests.command import loaded

LONG = (
    "test_browser", "test_restart", "_killed", "test_disk_full", "test_same_cell", "test_faults", "test_companion",
    "test_backup", "test_commands", "test_matrix", "test_swap",
)  # fmt: skip
"""In the names of files whose tests start programs and wait for them."""
REPOSITORY = Path(__file__).resolve().parent.parent

# Shared runners stall now and then; a slow example is not a wrong one.
hypothesis.settings.register_profile("yiheng", deadline=None)
hypothesis.settings.load_profile("yiheng")


once.begin()  # before other processes are started, which then share what is made


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """The test database begins as a copy of one that has its tables: making them takes each process many seconds."""
    from django.db import connection
    from django.db.backends.signals import connection_created
    from tests.web import filling, served

    if connection.vendor == "postgresql":
        connection.settings_dict["TEST"]["TEMPLATE"] = (served.migrated() / served.MARK).read_text()
        return

    def begin(**_: object) -> None:
        if not connection.introspection.table_names():
            filling.replace(loaded(()))

    connection_created.connect(begin, weak=False)


@pytest.fixture(scope="session")
def repository() -> Path:
    """The repository's root folder."""
    return REPOSITORY


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of published documents and transcribed tables that lies beside the repository, not in it."""
    folder = Path(os.environ.get("YIHENG_SHARED") or REPOSITORY.parent / "shared")
    if not folder.is_dir():
        pytest.skip(f"no {folder}: the published documents are not beside the repository (YIHENG_SHARED)")
    return folder


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> Generator[None]:
    """Mark what uses the database, so that `-m db` repeats exactly that on PostgreSQL. Long files come first."""
    for item in items:
        names = getattr(item, "fixturenames", ())
        if item.get_closest_marker("django_db") or {"db", "transactional_db"} & set(names):
            item.add_marker(pytest.mark.db)
    yield
    # After pytest-django has put them in its order: a file that takes minutes must not be begun last.
    items.sort(key=lambda item: not any(part in item.path.name for part in LONG))
