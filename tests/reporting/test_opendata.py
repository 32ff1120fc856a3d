"""Open data hold to their own description: names, types, keys, lengths and digests, and to the facts."""

import csv
import dataclasses
import hashlib
import io
import json
import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from tests.reporting import sample2

from yiheng.facts import Fact, Source
from yiheng.reporting import opendata

NAME = re.compile(r"[-a-z0-9._/]+")
CAST = {"string": str, "integer": int, "number": Decimal}


@pytest.fixture(params=["public", "internal"])
def folder(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    opendata.write(sample2.paper(request.param), tmp_path, sample2.LABELS)
    return tmp_path


def descriptor(folder: Path) -> dict[str, Any]:
    content: dict[str, Any] = json.loads((folder / opendata.DESCRIPTOR).read_text(encoding="utf-8"))
    return content


def table(folder: Path, path: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO((folder / path).read_bytes().decode("utf-8"))))


def test_the_descriptor_has_what_the_profiles_require(folder: Path) -> None:
    package = descriptor(folder)
    assert package["profile"] == "tabular-data-package"
    assert NAME.fullmatch(package["name"])
    names = [resource["name"] for resource in package["resources"]]
    assert names == ["budget", "counts", "table-01", "table-02", "table-04"]
    for resource in package["resources"]:
        assert resource["profile"] == "tabular-data-resource"
        assert NAME.fullmatch(resource["name"]) and not resource["path"].startswith(("/", ".", "~"))
        assert {"path", "schema", "encoding", "dialect"} <= resource.keys()


def test_files_have_the_length_and_digest_that_are_described(folder: Path) -> None:
    for resource in descriptor(folder)["resources"]:
        content = (folder / resource["path"]).read_bytes()
        assert resource["bytes"] == len(content)
        assert resource["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"
        assert not content.startswith(b"\xef\xbb\xbf") and b"\r" not in content


def test_columns_and_values_are_as_the_schema_says(folder: Path) -> None:
    for resource in descriptor(folder)["resources"]:
        fields = resource["schema"]["fields"]
        rows = table(folder, resource["path"])
        assert rows and list(rows[0]) == [field["name"] for field in fields]
        assert len({field["name"] for field in fields}) == len(fields)
        for field in fields:
            constraints = field.get("constraints", {})
            for row in rows:
                value = row[field["name"]]
                assert value or not constraints.get("required"), field["name"]
                if value:
                    CAST[field["type"]](value)
                    assert value in constraints.get("enum", [value])
        key = resource["schema"].get("primaryKey", [])
        assert not key or len({tuple(row[name] for name in key) for row in rows}) == len(rows)


def test_fiscal_concepts_are_named_once_each_and_the_model_uses_existing_columns(folder: Path) -> None:
    package = descriptor(folder)
    fields = package["resources"][0]["schema"]["fields"]
    concepts = [field["columnType"] for field in fields if "columnType" in field]
    assert len(set(concepts)) == len(concepts)
    assert {"value", "date:fiscal-year", "budget-line-id", "phase:id", "direction"} <= set(concepts)
    labels = [concept for concept in concepts if concept.endswith(":label")]
    assert all(
        {c.removesuffix("label") + "code", c.removesuffix("label") + "id"} & set(concepts) for c in labels
    )
    names = {field["name"] for field in fields}
    dimensions = package["model"]["dimensions"].values()
    assert all(
        names >= dimension["attributes"].keys() >= set(dimension["primaryKey"]) for dimension in dimensions
    )


def test_leaves_stand_in_yuan_with_their_levels_and_precision(folder: Path) -> None:
    rows = {row["id"]: row for row in table(folder, "budget.csv")}
    assert len(rows) == 8
    row = rows["spending/function/s2"]
    # 413.04 万元 (公开03表), printed with two decimals of 万元: known to 100 元.
    assert (row["amount"], row["uom"], row["precision"]) == ("4130400.00", "元", "100.00")
    assert (row["function_class"], row["function_section"], row["function_item"]) == (
        "208",
        "20805",
        "2080505",
    )
    assert row["function_item_name"] == "机关事业单位基本养老保险缴费支出"
    assert (row["phase"], row["direction"], row["economic_class"]) == ("executed", "expenditure", "")
    exact = rows["budget/joint/b1"]
    assert (exact["amount"], exact["precision"], exact["economic_section"]) == ("1200000.50", "0", "30217")
    assert (exact["phase"], exact["project_name"]) == ("approved", sample2.EVIL)


def test_counts_are_apart_from_money(folder: Path) -> None:
    (row,) = table(folder, "counts.csv")
    assert (row["amount"], row["uom"], row["item"]) == ("3", "辆", "一般公务用车")


def test_tables_are_tidy_and_unknown_is_blank(folder: Path) -> None:
    rows = {row["address"]: row for row in table(folder, "tables/table-02.csv")}
    assert len(rows) == 21
    total = rows["公开03表[合计, 其中/基本支出]"]
    assert (total["value"], total["printed"], total["unit"]) == ("57120100.00", "5,712.01", "万元")
    assert rows["公开03表[2050803, 其中/基本支出]"]["status"] == "无发生额"
    states = {row["row"]: (row["value"], row["status"]) for row in table(folder, "tables/table-01.csv")}
    assert states["一般公共预算"] == ("", "数据未录入")
    assert states["上年数"] == ("", "原件未列明")


def test_ledger_rows_are_for_internal_papers(tmp_path: Path) -> None:
    for audience, there in (("public", False), ("internal", True)):
        opendata.write(sample2.paper(audience), tmp_path / audience, sample2.LABELS)
        assert ("ledger_row" in table(tmp_path / audience, "budget.csv")[0]) is there


def test_a_dimension_outside_the_vocabulary_is_not_lost(tmp_path: Path) -> None:
    fact = Fact("x", "budget", "joint", "u", 2024, {"region": "南山"}, 100, 0, Source("支出预算", "x"))
    spent = sample2.money([fact], "规则")
    paper = sample2.paper()
    cells = paper.tables[1].blocks[0].cells
    block = dataclasses.replace(
        paper.tables[1].blocks[0], cells=((*cells[0][:2], spent, *cells[0][3:]), *cells[1:])
    )
    changed = dataclasses.replace(paper.tables[1], blocks=(block,))
    opendata.write(dataclasses.replace(paper, tables=(changed,)), tmp_path)
    assert [row["region"] for row in table(tmp_path, "budget.csv") if row["id"] == "budget/joint/x"] == [
        "南山"
    ]


def test_the_same_paper_gives_the_same_bytes(tmp_path: Path) -> None:
    first = [path.read_bytes() for path in opendata.write(sample2.paper(), tmp_path / "a", sample2.LABELS)]
    assert [p.read_bytes() for p in opendata.write(sample2.paper(), tmp_path / "b", sample2.LABELS)] == first


def test_synthetic_data_say_so(folder: Path) -> None:
    assert descriptor(folder)["description"].startswith("演示数据（虚构）")
