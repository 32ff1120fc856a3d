"""The picker of the editor: the figures that words may name, found by words of their place or by what is printed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from yiheng.facts.address import AddressError, fold
from yiheng.facts.bound import Bound
from yiheng.people.models import Right
from yiheng.pipelines import writing
from yiheng.web import papers
from yiheng.web.access import for_unit
from yiheng.web.readings import Prepared
from yiheng.web.screens.tables.views import WORKS as READABLE
from yiheng.web.screens.tables.views import reader_of

SHOWN: Final = 40
NAMES: Final = ("budget", "accounts")
"""Papers whose words may name figures: those with reasons and texts."""


@dataclass(frozen=True, slots=True)
class Pick:
    """A figure on offer."""

    raw: str
    text: str
    where: str
    words: str
    """All that it may be found by."""


@for_unit(Right.READ, *READABLE)
@require_GET
def figures(request: HttpRequest, unit: str, year: int, kind: str) -> HttpResponse:
    """The figures that have all the words, in the order of the paper."""
    prepared = reader_of(request, unit, year).open(kind)
    words = [fold(word) for word in request.GET.get("q", "").split()]
    found = (
        [each for each in _picks(prepared) if all(word in each.words for word in words)]
        if words and kind in NAMES
        else []
    )
    context = {"found": found[:SHOWN], "more": max(0, len(found) - SHOWN), "asked": bool(words)}
    return render(request, "report/figures.html", context)


def _picks(prepared: Prepared) -> tuple[Pick, ...]:
    return prepared.remember("picks", lambda: tuple(_all(prepared)))


def _all(prepared: Prepared) -> list[Pick]:
    nameable = writing.nameable(prepared.assembled, papers.policy())
    found: dict[str, Pick] = {}
    for entry in prepared.trace.entries:
        named = Bound(entry.address)
        if entry.address in found:
            continue
        try:
            text = nameable.figure(named).text
        except AddressError:
            continue  # words, an absence, or a figure that words name already
        words = fold(f"{entry.where} {entry.address} {entry.printed} {text}")
        found[entry.address] = Pick(named.raw, text, entry.where, words)
    return list(found.values())
