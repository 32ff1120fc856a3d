"""The menu (菜单): what a user finds at the top of every page, and the tabs of a unit's year."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from django.urls import NoReverseMatch, resolve, reverse
from django.utils.translation import gettext, gettext_noop

from yiheng.people.models import User
from yiheng.web.access import Rule, rule_of


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the menu: its words (translated when shown) and the name of the view that it leads to."""

    label: str
    view: str
    shown: tuple[str, ...] = ()
    """Further namespaces in which the entry counts as the current one."""


MAIN: Final = (
    Entry(gettext_noop("工作台"), "workbench:home"),
    Entry(
        gettext_noop("年度"),
        "years:list",
        ("year", "budget", "execution", "performance", "tables", "report", "disclosure"),
    ),
    Entry(gettext_noop("审校"), "review:home"),
    Entry(gettext_noop("任务"), "jobs:list"),
    Entry(gettext_noop("规则"), "rules:list"),
    Entry(gettext_noop("管理"), "manage:home", ("calendar",)),
)
YEAR: Final = (
    Entry(gettext_noop("周期"), "year:home"),
    Entry(gettext_noop("项目与预算"), "budget:home"),
    Entry(gettext_noop("执行与采购"), "execution:home"),
    Entry(gettext_noop("绩效"), "performance:home"),
    Entry(gettext_noop("报表"), "tables:home"),
    Entry(gettext_noop("报告"), "report:home"),
    Entry(gettext_noop("公开"), "disclosure:home"),
)


@dataclass(frozen=True, slots=True)
class Link:
    """An entry that the user may follow."""

    label: str
    url: str
    current: bool


_rules: dict[str, Rule | None] = {}
"""The rule of each view that an entry leads to: looking an address up takes longer than all else here."""


def links(
    entries: Iterable[Entry], user: User | None, namespace: str, arguments: dict[str, Any] | None = None
) -> tuple[Link, ...]:
    """The entries that are there and that the user may open."""
    found = []
    for entry in entries:
        try:
            url = reverse(entry.view, kwargs=arguments)
        except NoReverseMatch:
            continue
        rule = _rules.get(entry.view) or _rules.setdefault(entry.view, rule_of(resolve(url).func))
        if rule is not None and rule.allows(user, arguments or {}):
            here = namespace in (entry.view.partition(":")[0], *entry.shown)
            found.append(Link(gettext(entry.label), url, here))
    return tuple(found)
