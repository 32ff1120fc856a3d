"""The department-years of the examples, read once for all tests of this folder."""

import pickle
import subprocess
import sys
from collections.abc import Mapping

import pytest
from tests.command import environment, loaded

from yiheng.facts import DepartmentYear
from yiheng.policy import Policy

READ = """
import pickle, sys
import django
django.setup()
from yiheng.ledger import queries
from yiheng.pipelines.assemble import key_of
read = [
    queries.department_year(entry.unit.key, entry.year, entry.kind)
    for entry in queries.department_years()
    if entry.kind in ("budget", "accounts")
]
sys.stdout.buffer.write(pickle.dumps({key_of(paper): paper for paper in read}))
"""


@pytest.fixture(scope="session")
def policy() -> Policy:
    """The rules that come with the product."""
    return Policy.load()


@pytest.fixture(scope="session")
def papers() -> Mapping[str, DepartmentYear]:
    """Every budget and all accounts of the examples by key, read by a process of its own from a ledger of its own."""
    settings = environment(loaded()) | {"DJANGO_SETTINGS_MODULE": "yiheng.settings"}
    done = subprocess.run([sys.executable, "-c", READ], env=settings, capture_output=True, check=True)
    found: Mapping[str, DepartmentYear] = pickle.loads(done.stdout)
    return found
