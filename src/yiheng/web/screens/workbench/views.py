"""The workbench (工作台), and the cases of all one's units (线索)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Final

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from yiheng.casework.models import CaseState
from yiheng.casework.queries import remarks
from yiheng.casework.queries.cycles import CycleView, reader
from yiheng.casework.queries.tasks import Desk, Task, is_named, logged_desk, readable_units, with_comments
from yiheng.facts import Unit
from yiheng.ledger.queries import department_years, unit_tree
from yiheng.people.models import Right, User, Work
from yiheng.web import papers
from yiheng.web.access import for_unit, may, signed_in, some_unit, user_of
from yiheng.web.screens.year.views import place_or_404
from yiheng.web.shared import drawn, kept_for, shared_but

from .standing import CHECKED, HEIGHT, WIDTH, standing

WORKS: Final = (Work.BUDGET, Work.EXECUTION, Work.ACCOUNTS, Work.PERFORMANCE, Work.DISCLOSURE)
PAGE: Final = 50
CARDS: Final = 12
"""Units shown on the workbench; all of them stand in the list of years."""


@dataclass(frozen=True, slots=True)
class Card:
    """A unit in its newest year."""

    unit: Unit
    year: int
    cycle: CycleView | None


def _desk(user: User) -> Desk:
    """The desk without comments, the same for all who have the same rights."""
    return kept_for(
        user, "desk", is_named,
        lambda: logged_desk(user, policy=papers.policy(), today=timezone.localdate()),
    )  # fmt: skip


def _tasks(request: HttpRequest) -> str:
    """The tasks, among them comments, which come and go all day."""
    user = user_of(request)
    if user is None or user.administrator:
        return ""
    mine = with_comments(_desk(user), user)
    now, later = (
        [drawn(("task", task), partial(_line, task)) for task in tasks] for tasks in (mine.now, mine.later)
    )
    context = {"now": now, "later": later, "late": sum(task.is_over for task in mine.now)}
    return render_to_string("workbench/tasks.html", context)


def _line(task: Task) -> str:
    return render_to_string("workbench/task.html", {"task": task, "url": _url(task)})


@signed_in
@require_safe
@shared_but(is_named, _tasks)
def home(request: HttpRequest) -> HttpResponse:
    """My tasks, the latest first, and how my units stand."""
    user = user_of(request)
    if user is None:
        raise Http404
    mine = _desk(user)
    cards = _cards(mine)
    context = {
        "today": timezone.localdate(),
        "tasks": lambda: _tasks(request),
        "warnings": mine.warnings,
        "cards": cards[:CARDS],
        "more": max(0, len(cards) - CARDS),
        "administrator": user.administrator,
    }
    return render(request, "workbench/home.html", context)


def _url(task: Task) -> str:
    place = [task.unit, task.year]
    if task.kind == "case":
        return reverse("year:case", args=[*place, task.key])
    if task.kind == "comments":
        return reverse("year:comments", args=place)
    if task.kind == "draft":
        return reverse("disclosure:draft", args=[*place, task.key])
    if task.kind == "withdrawal":
        return reverse("disclosure:version", args=[*place, task.key])
    if task.kind == "matter":
        return reverse("execution:adjustments", args=place)
    return reverse("year:home", args=place)


def _cards(mine: Desk) -> list[Card]:
    """Each unit that the user may look at, in its newest year."""
    of = {(view.cycle.unit_id, view.cycle.year): view for view in mine.cycles}
    years = [(entry.unit.key, entry.year) for entry in papers.kept("years", department_years)]
    newest: dict[str, int] = {}
    for unit, year in (*of, *years):
        if unit in mine.units:
            newest[unit] = max(year, newest.get(unit, 0))
    by_key = unit_tree().by_key
    return [
        Card(by_key[unit], newest[unit], of.get((unit, newest[unit])))
        for unit in mine.units
        if unit in newest
    ]


@for_unit(Right.READ, *WORKS)
@require_safe
def card(request: HttpRequest, unit: str, year: int) -> HttpResponse:
    """How one unit-year stands: a part of the workbench that is fetched by itself."""
    user = user_of(request)
    if user is None:
        raise Http404
    place_or_404(unit, year)
    watched = any(may(user, Right.READ, work, unit) for work in (Work.EXECUTION, Work.PERFORMANCE))
    checked = [kind for kind in CHECKED if may(user, Right.READ, kind, unit)]
    found = standing(unit, year, timezone.localdate(), watched=watched, checked=checked)
    context = {"found": found, "unit": unit, "year": year, "width": WIDTH, "height": HEIGHT}
    return render(request, "workbench/standing.html", context)


@some_unit(Right.READ, *WORKS)
@require_safe
def cases(request: HttpRequest) -> HttpResponse:
    """The cases of all units that the user may look at."""
    user = user_of(request)
    if user is None:
        raise Http404
    state = request.GET.get("state", "unclosed")
    if state not in ("", "unclosed", *CaseState.values):
        state = "unclosed"
    found = remarks.cases(readable_units(reader(user, papers.policy())), state=state)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "state": state, "states": CaseState.choices, "query": f"state={state}"}
    return render(request, "workbench/cases.html", context)
