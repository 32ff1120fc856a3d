"""The monitoring paper (绩效运行监控材料) of a department-year: tables, report and charts of one day."""

from __future__ import annotations

from dataclasses import dataclass

from yiheng.facts import Chart, Section, Table
from yiheng.policy import Entry, Policy
from yiheng.scoring.profiles import is_house
from yiheng.statements.monitoring.chart_sources import with_sources
from yiheng.statements.monitoring.charts import charts
from yiheng.statements.monitoring.form import REPORT, parse_report
from yiheng.statements.monitoring.report import sections
from yiheng.statements.monitoring.tables import tables
from yiheng.statements.monitoring.watched import Watched


@dataclass(frozen=True, slots=True)
class MonitoringPaper:
    """The content of the paper."""

    title: str
    tables: tuple[Table, ...]
    sections: tuple[Section, ...]
    charts: tuple[Chart, ...]
    owner_label: str
    defaults: tuple[Entry, ...]
    """The entries behind it that are house defaults (系统默认)."""


def monitoring_paper(watched: Watched, policy: Policy, audience: str) -> MonitoringPaper:
    """Tables, sections and charts. Raises `PolicyNotInForce` where no form covers the day."""
    entry = policy.get(REPORT, watched.department_year.jurisdiction, watched.as_of)
    form = parse_report(entry.value)
    made = tables(form, watched, audience)
    drawn = with_sources(charts(watched), made)
    year = watched.department_year
    day = f"{watched.as_of.year}年{watched.as_of.month}月{watched.as_of.day}日"
    return MonitoringPaper(
        form.title.format(owner=year.unit.name, year=year.year, as_of=day),
        tuple(table for name in made for table in made[name]),
        sections(form, watched, made, drawn),
        tuple(chart for name in drawn for chart in drawn[name]),
        form.owner_label,
        tuple(each for each in (watched.profile.entry, entry) if is_house(each)),
    )
