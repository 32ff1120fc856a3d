"""Accounts of a department that prints the tables of its units (所属单位) one after the other."""

from __future__ import annotations

from collections.abc import Sequence

from tests.audit.accounts import Accounts
from tests.audit.department import Department
from tests.audit.drafts import Draft
from tests.audit.year import Form, Year


def joint(name: str, units: Sequence[Department], form: Form) -> Draft:
    """The nine tables of each unit under its own heading; the first unit is the department's own office."""
    draft = Draft()
    year = units[0].year
    draft.heading(f"{name}{year}年度部门决算", 1)
    for number, unit in zip("二三四五", units, strict=False):
        draft.heading(f"第{number}部分 {unit.unit}{year}年度决算表")
        one = Accounts(Year(unit), form)
        one.draft = draft
        one.tables()
    return draft
