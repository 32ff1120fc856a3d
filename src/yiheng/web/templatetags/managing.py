"""The menu of administration (管理菜单)."""

from __future__ import annotations

from typing import Any, Final

from django import template
from django.utils.translation import gettext_noop

from yiheng.web import menu
from yiheng.web.access import user_of
from yiheng.web.menu import Entry

register = template.Library()

ENTRIES: Final = (
    Entry(gettext_noop("概况"), "manage:home"),
    Entry(gettext_noop("人员"), "manage:people"),
    Entry(gettext_noop("会话"), "manage:sessions"),
    Entry(gettext_noop("工作日历"), "calendar:home"),
    Entry(gettext_noop("备份"), "manage:backups"),
    Entry(gettext_noop("操作日志"), "manage:log"),
    Entry(gettext_noop("角色权限"), "manage:roles"),
    Entry(gettext_noop("规则"), "rules:list"),
)


@register.inclusion_tag("manage/menu.html", takes_context=True)
def manage_menu(context: dict[str, Any]) -> dict[str, Any]:
    """The parts of administration that are there and that the user may open."""
    request = context["request"]
    links = menu.links(ENTRIES, user_of(request), "")
    path = request.path
    here = max((link.url for link in links if path.startswith(link.url)), key=len, default="")
    return {"links": [(link, link.url == here) for link in links]}
