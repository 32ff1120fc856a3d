"""A paper (公开稿): the finished content of one publication, before it is given a file format."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from yiheng.facts.chart import Chart
from yiheng.facts.finding import Finding
from yiheng.facts.sentence import Section
from yiheng.facts.table import Table


@dataclass(frozen=True, slots=True)
class Paper:
    """Everything that the files of one department-year show. `reporting` formats it and computes nothing."""

    key: str
    """Short file-name stem, for example szybzx-2020-accounts."""
    title: str
    owner: str
    year: int
    kind: str
    audience: str
    """public 对外公开 or internal 内部."""
    sections: tuple[Section, ...]
    tables: tuple[Table, ...]
    findings: tuple[Finding, ...]
    charts: tuple[Chart, ...] = ()
    synthetic: bool = False
    """The data are invented for demonstration; every output says so."""
    documents: Mapping[str, str] = field(default_factory=dict)
    """Titles of the source documents by key."""
    notices: tuple[str, ...] = ()
    """What the reader must know, such as 沿用…年表式."""
    stamp: Mapping[str, str] = field(default_factory=dict)
    """Hashes of rules and facts and the code version (复算凭据)."""
    table_labels: Mapping[str, str] = field(default_factory=dict)

    def table(self, code: str) -> Table:
        """The table with that code."""
        return next(t for t in self.tables if t.code == code)
