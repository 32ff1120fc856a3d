"""Named queries over business data (业务查询): how their answers reach performance, which asks no system itself.

A pipeline hands down a provider; without one every query could not run, and says so.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from typing import Protocol

from yiheng.facts import YUAN_UOM, DepartmentYear, Fact
from yiheng.facts.days import happened
from yiheng.money import MoneyUnit, format_amount

from .measures import CouldNotMeasure, Measurement


class Provider(Protocol):
    """Whoever answers queries by name."""

    def names(self) -> Collection[str]:
        """The queries that can be asked."""

    def answer(
        self, query: str, department_year: DepartmentYear, project: str, day: dt.date
    ) -> Measurement | CouldNotMeasure:
        """What the query gives at the end of the day, with its facts. Only asked for names that it has."""


class HandedFacts:
    """A provider of facts that were computed beforehand, by query; of each the newest up to the day counts."""

    def __init__(self, facts: Mapping[str, Sequence[Fact]]) -> None:
        self._facts = facts

    def names(self) -> Collection[str]:
        return self._facts.keys()

    def answer(
        self, query: str, department_year: DepartmentYear, project: str, day: dt.date
    ) -> Measurement | CouldNotMeasure:
        own = [
            fact
            for fact in self._facts[query]
            if fact.year == department_year.year
            and fact.on is not None
            and happened(fact, day)
            and fact.dims.get("project", "") in ("", project)
        ]
        if not own:
            return CouldNotMeasure(
                f"查询“{query}”没有截至 {day.isoformat()} 的数", "请先运行该查询，或改为之后的日期"
            )
        newest = max(own, key=lambda fact: fact.on or dt.date.min)
        return Measurement(_written(newest), f"查询“{query}”截至 {newest.on} 的结果", (newest,))


def ask(
    provider: Provider | None, query: str, department_year: DepartmentYear, project: str, day: dt.date
) -> Measurement | CouldNotMeasure:
    """The answer of the provider; why there is none where nobody provides the query."""
    if provider is None:
        return CouldNotMeasure(f"查询“{query}”没有提供者", "请由接入业务数据的命令运行，或改为填报并附佐证")
    if unknown := unknown_query(provider, query):
        return CouldNotMeasure(unknown, "请改正查询名称")
    return provider.answer(query, department_year, project, day)


def unknown_query(provider: Provider, query: str) -> str:
    """Why the provider does not have the query; "" where it does."""
    names = sorted(provider.names())
    return "" if query in names else f"没有查询“{query}”，现有：{'、'.join(names) or '无'}"


def _written(fact: Fact) -> str:
    """A fact as an actual is written."""
    if fact.uom == YUAN_UOM:
        return f"{format_amount(fact.amount, MoneyUnit.YUAN, grouping=False)}元"
    return f"{fact.amount}{fact.uom}"
