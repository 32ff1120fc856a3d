"""Write the national working-day arrangements (节假日安排) as policy data, from the facts in chinesecalendar.

Run it when a new release of that library knows another year: `.venv/bin/python scripts/make_calendar.py`. It
writes src/yiheng/policy/data/cn/calendar.yaml anew; the notice's number of a new year is added to NUMBERS by hand.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from importlib.metadata import version
from itertools import groupby
from pathlib import Path

from chinese_calendar import constants

TARGET = Path(__file__).parent.parent / "src/yiheng/policy/data/cn/calendar.yaml"
NAMES = {
    "New Year's Day": "元旦",
    "Spring Festival": "春节",
    "Tomb-sweeping Day": "清明节",
    "Labour Day": "劳动节",
    "Dragon Boat Festival": "端午节",
    "Mid-autumn Festival": "中秋节",
    "National Day": "国庆节",
    "Anti-Fascist 70th Day": "抗战胜利70周年纪念日",
}
NUMBERS = {2024: "国办发明电〔2023〕7号", 2025: "国办发明电〔2024〕12号"}
"""Numbers of the notices that were looked at."""

ENTRY = """\
- id: calendar.working-days
  type: calendar
  title: {year}年节假日安排
  jurisdiction: "100000"
  valid_from: {year}-01-01
  valid_to: {year}-12-31
  source:
    document: 国务院办公厅关于{year}年部分节假日安排的通知
{number}    publisher: 国务院办公厅
    note: 日期取自 chinesecalendar {version}（MIT 许可）收录的历年通知，含年中的调整
  value:
    holidays:
{holidays}
    workdays: [{workdays}]
"""


def runs(year: int) -> Iterator[tuple[str, dt.date, dt.date]]:
    """Days off of one name that follow each other."""
    days = sorted((day, NAMES[name]) for day, name in constants.holidays.items() if day.year == year)
    numbered = [(day, name, day.toordinal() - place) for place, (day, name) in enumerate(days)]
    for (name, _), run in groupby(numbered, key=lambda each: each[1:]):
        listed = [day for day, *_ in run]
        yield name, listed[0], listed[-1]


def entry(year: int) -> str:
    """The policy entry of a year."""
    number = f"    number: {NUMBERS[year]}\n" if year in NUMBERS else ""
    off = "\n".join(
        f"      - {{name: {name}, from: {first}, to: {last}}}" for name, first, last in runs(year)
    )
    on = ", ".join(str(day) for day in sorted(constants.workdays) if day.year == year)
    return ENTRY.format(
        year=year, number=number, version=version("chinesecalendar"), holidays=off, workdays=on
    )


def main() -> None:
    """Write all years."""
    years = sorted({day.year for day in constants.holidays})
    head = (
        "# 法定节假日与调休上班日，由 scripts/make_calendar.py 生成；没有列出的年份按周一至周五计并提示。\n"
    )
    TARGET.write_text(head + "".join(entry(year) for year in years), encoding="utf-8")


if __name__ == "__main__":
    main()
