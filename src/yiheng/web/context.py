"""What every page knows (页面公共内容)."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

import yiheng
from yiheng.people.masking import Viewer
from yiheng.web import menu, shared
from yiheng.web.access import user_of


def page(request: HttpRequest) -> dict[str, Any]:
    """The menu for the user, the tabs of the unit's year where the address names one, the version."""
    match = request.resolver_match
    namespace = match.namespace if match else ""
    arguments = dict(match.kwargs) if match else {}
    of_year: dict[str, Any] = {name: arguments[name] for name in ("unit", "year") if name in arguments}

    def tabs() -> tuple[menu.Link, ...]:
        return menu.links(menu.YEAR, user_of(request), namespace, of_year) if len(of_year) == 2 else ()

    return {
        "program_version": yiheng.__version__,
        "viewer": Viewer(),  # personal data are masked where a view names no other
        "main_menu": SimpleLazyObject(lambda: menu.links(menu.MAIN, user_of(request), namespace)),
        "year_menu": SimpleLazyObject(tabs),
        "the_unit": of_year.get("unit", ""),
        "the_year": of_year.get("year", ""),
        **shared.for_all(request),
    }
