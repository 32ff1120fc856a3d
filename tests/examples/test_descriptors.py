"""The descriptors beside the examples say what the files are, and the files read by them without a complaint."""

import json
import runpy
from pathlib import Path

import pytest

from yiheng.pipelines.catalogs import catalogs
from yiheng.pipelines.intake import SHEETS
from yiheng.policy import Policy
from yiheng.reading.sources import open_source
from yiheng.reading.tables import read_sources

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
FOLDERS = sorted(path.parent.name for path in EXAMPLES.glob("*/department_years.csv"))


def test_all_descriptors_are_as_the_script_writes_them(repository: Path) -> None:
    script = runpy.run_path(str(repository / "scripts" / "describe_examples.py"))
    written = dict(script["descriptors"]())
    assert sorted(path.parent.name for path in written) == FOLDERS
    assert [path.parent.name for path, content in written.items() if path.read_bytes() != content] == []


@pytest.mark.parametrize("name", FOLDERS)
def test_a_descriptor_names_every_file_with_its_columns(name: str) -> None:
    folder = EXAMPLES / name
    described = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    headers = {
        path.name: path.read_text(encoding="utf-8").partition("\n")[0].split(",")
        for path in folder.glob("*.csv")
    }
    fields = {
        item["path"]: [field["name"] for field in item["schema"]["fields"]] for item in described["resources"]
    }
    assert fields == headers


@pytest.mark.parametrize("name", FOLDERS)
def test_the_files_read_by_their_descriptor_without_a_complaint(name: str) -> None:
    source = open_source(EXAMPLES / name)
    reading = read_sources([source], SHEETS, catalogs(Policy.load()))
    assert reading.problems == []
    assert source.title and source.notes == []
    for sheet, rows in reading.rows.items():
        lines = (EXAMPLES / name / f"{sheet}.csv").read_text(encoding="utf-8").splitlines()
        assert len(rows) == len(lines) - 1, sheet
