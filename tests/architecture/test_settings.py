"""What the environment decides about the settings (运行设置)."""

import json
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from yiheng.settings import database

PRINT = (
    "import json, yiheng.settings as s; "
    "print(json.dumps([s.SECRET_KEY, str(s.YIHENG_HOME), s.DATABASES['default']['NAME']]))"
)


def settings_with(**environment: str) -> subprocess.CompletedProcess[str]:
    """The key, home and database name that a new process sees under `environment` alone."""
    return subprocess.run(
        [sys.executable, "-c", PRINT],
        env={"PATH": os.environ["PATH"]} | environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_key_is_generated_once_and_only_the_owner_can_read_it(tmp_path: Path) -> None:
    home = tmp_path / "new" / "home"
    first = json.loads(settings_with(YIHENG_HOME=str(home)).stdout)
    second = json.loads(settings_with(YIHENG_HOME=str(home)).stdout)
    assert first == second
    assert len(first[0]) >= 50
    assert first[1:] == [str(home), str(home / "yiheng.sqlite3")]
    assert stat.S_IMODE((home / "secret-key").stat().st_mode) == 0o600
    assert [path.name for path in home.iterdir()] == ["secret-key"]


def test_the_embedded_database_keeps_references_and_lets_readers_go_on(tmp_path: Path) -> None:
    script = (
        "import django; django.setup(); from django.db import connection; c = connection.cursor()\n"
        "for name in ('foreign_keys', 'journal_mode', 'busy_timeout'):\n"
        "    print(c.execute(f'PRAGMA {name}').fetchone()[0])"
    )
    result = subprocess.run(
        [sys.executable, "-c", script],
        env={"YIHENG_HOME": str(tmp_path), "DJANGO_SETTINGS_MODULE": "yiheng.settings"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.stdout.split() == ["1", "wal", "20000"], result.stderr


def test_two_installations_have_two_keys(tmp_path: Path) -> None:
    keys = {json.loads(settings_with(YIHENG_HOME=str(tmp_path / n)).stdout)[0] for n in ("a", "b")}
    assert len(keys) == 2


def test_the_environment_gives_the_key(tmp_path: Path) -> None:
    home = tmp_path / "home"
    seen = json.loads(settings_with(YIHENG_HOME=str(home), YIHENG_SECRET_KEY="given").stdout)
    assert seen[0] == "given"
    assert not home.exists()


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="XDG folders are those of other systems")
def test_the_default_home_is_the_users_data_folder(tmp_path: Path) -> None:
    assert json.loads(settings_with(HOME=str(tmp_path)).stdout)[1] == str(tmp_path / ".local/share/yiheng")
    xdg = tmp_path / "data"
    seen = json.loads(settings_with(HOME=str(tmp_path), XDG_DATA_HOME=str(xdg)).stdout)
    assert seen[1] == str(xdg / "yiheng")


def test_a_home_that_cannot_be_made_is_explained(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    result = settings_with(YIHENG_HOME=str(tmp_path / "file" / "home"))
    assert result.returncode == 1
    assert "YIHENG_HOME" in result.stderr
    assert "不可读写" in result.stderr


def test_a_postgresql_url_is_taken_apart() -> None:
    found = database("postgresql://b%40r:p%2Fw@db.example:5433/yi%20heng?sslmode=require")
    assert found == {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "yi heng",
        "USER": "b@r",
        "PASSWORD": "p/w",
        "HOST": "db.example",
        "PORT": "5433",
        "OPTIONS": {"sslmode": "require"},
    }


def test_a_socket_folder_may_stand_for_the_host() -> None:
    found = database("postgresql:///yiheng?host=/run/pg&user=clerk")
    assert (found["HOST"], found["PORT"], found["USER"], found["OPTIONS"]) == ("/run/pg", "", "clerk", {})


@pytest.mark.parametrize(
    ("url", "name"),
    [("sqlite:///a/b.sqlite3", "a/b.sqlite3"), ("sqlite:////srv/b.sqlite3", "/srv/b.sqlite3")],
)
def test_a_sqlite_url_names_a_file(url: str, name: str) -> None:
    assert database(url)["NAME"] == name


@pytest.mark.parametrize(
    "url", ["mysql://db/yiheng", "postgresql://db", "yiheng.sqlite3", "postgresql://db:x/y"]
)
def test_an_url_that_is_not_understood_is_explained(url: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="DATABASE_URL"):
        database(url)
