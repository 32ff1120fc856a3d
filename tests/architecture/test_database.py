"""The suite really runs on the database that it says."""

import os
from urllib.parse import urlsplit

import pytest
from django.db import connection


@pytest.mark.django_db
def test_the_database_is_the_one_asked_for() -> None:
    url = os.environ.get("DATABASE_URL", "sqlite:///:memory:")
    assert connection.vendor == urlsplit(url).scheme
    with connection.cursor() as cursor:
        cursor.execute("SELECT 9007199254740993")  # 2**53 + 1: lost if amounts passed through a float
        assert cursor.fetchone() == (9007199254740993,)
