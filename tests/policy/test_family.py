"""A table family (表式) holds until another supersedes it."""

from pathlib import Path

import pytest
from tests.policy.overlays import entry, overlay

from yiheng.policy import Policy, PolicyNotInForce

OLD = "{kind: novel, tables: []}"


def family(id: str, valid_from: str, valid_to: str = "null", jurisdiction: str = "440300") -> str:
    return entry(
        id,
        type="table_family",
        jurisdiction=jurisdiction,
        valid_from=valid_from,
        valid_to=valid_to,
        value=OLD,
    )


@pytest.fixture
def policy(tmp_path: Path) -> Policy:
    text = family("tables.old", "2021-01-01", "2022-12-31") + family("tables.new", "2024-01-01")
    nation = family("tables.nation", "2019-01-01", jurisdiction="100000")
    return Policy.load(overlay(tmp_path, cn_4403__tables=text, cn__tables=nation))


@pytest.mark.parametrize(
    ("year", "id", "carried"),
    [
        (2021, "tables.old", ""),
        (2022, "tables.old", ""),
        (2023, "tables.old", "沿用 2021 年表式"),
        (2024, "tables.new", ""),
        (2026, "tables.new", "沿用 2024 年表式"),
        (2020, "tables.nation", "沿用 2019 年表式"),
    ],
)
def test_the_newest_begun_family_of_the_nearest_place_is_taken(
    policy: Policy, year: int, id: str, carried: str
) -> None:
    found = policy.family("novel", "440300", year)
    assert found.id == id
    assert (carried in found.entry_notice) if carried else found.entry_notice == ""
    assert found.value["kind"] == "novel"


def test_a_family_asked_for_by_id_may_be_an_older_one_but_not_one_to_come(policy: Policy) -> None:
    assert policy.family("novel", "440300", 2025, "tables.old").entry_notice.endswith("（试验条目）")
    with pytest.raises(PolicyNotInForce, match=r"tables\.new.*2024-01-01"):
        policy.family("novel", "440300", 2023, "tables.new")


def test_no_family_of_the_kind_or_none_begun_is_said(policy: Policy) -> None:
    with pytest.raises(PolicyNotInForce, match="没有类别为 poetry 的表式"):
        policy.family("poetry", "440300", 2023)
    with pytest.raises(PolicyNotInForce, match="2019-01-01"):
        policy.family("novel", "440100", 2018)
