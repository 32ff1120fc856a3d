"""The papers of the example department-years (公开稿), from a ledger of their own in a temporary folder."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
import tempfile
from pathlib import Path

from yiheng.facts import DepartmentYear, Paper
from yiheng.pipelines.assemble import assemble
from yiheng.policy import Policy

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
_READ = """
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
sys.stdout.buffer.write(pickle.dumps({key_of(found): found for found in read}))
"""


def papers(policy: Policy) -> dict[str, Paper]:
    """Every budget and all accounts of the examples as they are published, by key."""
    folders = sorted(path.parent for path in EXAMPLES.glob("*/department_years.csv"))
    with tempfile.TemporaryDirectory() as home:
        settings = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
        settings |= {"YIHENG_HOME": home, "DJANGO_SETTINGS_MODULE": "yiheng.settings"}
        command = Path(sys.executable).with_name("yiheng")
        subprocess.run(
            [command, "load", *folders, "--yes"], env=settings, check=True, stdout=subprocess.DEVNULL
        )
        done = subprocess.run([sys.executable, "-c", _READ], env=settings, check=True, stdout=subprocess.PIPE)
    years: dict[str, DepartmentYear] = pickle.loads(done.stdout)
    return {key: assemble(year, policy).paper for key, year in sorted(years.items())}
