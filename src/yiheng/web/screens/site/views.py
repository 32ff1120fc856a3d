"""Pages of the public site: units and years, papers, comparison, search, terms, corrections."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import mark_safe
from django.utils.translation import gettext
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from yiheng.casework.queries import publications
from yiheng.facts import Chart
from yiheng.pipelines import published
from yiheng.pipelines.assemble import KIND_TITLES
from yiheng.reporting import charts
from yiheng.web import papers
from yiheng.web.access import public
from yiheng.web.shared import shared

from .shown import PAGE, Shown, in_force, units_of, versions_of, withdrawn

FRESH = cache_control(public=True, max_age=60)
PER_PAGE = 50


@public
@require_safe
@FRESH
@shared
def home(request: HttpRequest) -> HttpResponse:
    """What is public: units, years, papers; a search field."""
    found = in_force()
    years: dict[int, list[Shown]] = {}
    for each in found:
        years.setdefault(each.version.year, []).append(each)
    return render(request, "site/home.html", {"years": years, "units": units_of(found)})


@public
@require_safe
@FRESH
def unit_page(request: HttpRequest, unit: str) -> HttpResponse:
    """One unit: its papers, and its main figures over the years."""
    found, gone = in_force(unit), [Shown(version) for version in publications.gone(unit)]
    if not found and not gone:
        raise Http404
    tables = [
        _over_years(kind, [each for each in found if each.version.kind == kind]) for kind in KIND_TITLES
    ]
    context = {
        "unit_name": (*found, *gone)[0].unit_name,
        "papers": found,
        "gone": gone,
        "tables": [table for table in tables if table],
    }
    return render(request, "site/unit.html", context)


def _over_years(kind: str, found: list[Shown]) -> dict[str, object] | None:
    """Figures by name and year for one kind of paper, with a chart of the first figure."""
    years = sorted({each.version.year for each in found})
    by_year = {each.version.year: {h.id: (h, each) for h in each.headlines} for each in found}
    names = {h.id: h.name for each in found for h in each.headlines}
    if not names:
        return None
    rows = [(name, [by_year[year].get(key) for year in years]) for key, name in names.items()]
    first = next(iter(names))
    points = [(names[first], str(year), by_year[year][first][0]) for year in years if first in by_year[year]]
    return {
        "title": KIND_TITLES[kind],
        "years": years,
        "rows": rows,
        "chart": _drawn(published.compared(gettext("%(first)s（分年度）") % {"first": names[first]}, points)),
    }


@public
@require_safe
@FRESH
@shared
def year_page(request: HttpRequest, year: int) -> HttpResponse:
    """One year: its papers by unit, with their main figures side by side."""
    everything = in_force()
    found = [each for each in everything if each.version.year == year]
    if not found:
        raise Http404
    tables = [
        _over_units(year, kind, [each for each in found if each.version.kind == kind]) for kind in KIND_TITLES
    ]
    context = {
        "year": year,
        "years": sorted({each.version.year for each in everything}, reverse=True),
        "tables": [table for table in tables if table["rows"]],
    }
    return render(request, "site/year.html", context)


def _over_units(year: int, kind: str, found: list[Shown]) -> dict[str, object]:
    """Figures by unit and name for one kind of paper of a year, with a chart of the first figure."""
    own = [(each, {h.id: h for h in each.headlines}) for each in found]
    names = {h.id: h.name for _, figures in own for h in figures.values()}
    first = next(iter(names), "")
    points = [(names[first], each.unit_name, figures[first]) for each, figures in own if first in figures]
    title = gettext("%(year)s 年各单位%(first)s") % {"year": year, "first": names.get(first, "")}
    return {
        "title": KIND_TITLES[kind],
        "names": names.values(),
        "rows": [
            (each, [(figures[key], each) if key in figures else None for key in names])
            for each, figures in own
        ],
        "chart": _drawn(published.compared(title, points)),
    }


@public
@require_safe
@FRESH
def paper(request: HttpRequest, unit: str, year: int, kind: str) -> HttpResponse:
    """One paper: main figures, tables, what to read and download, and the history of its corrections."""
    version = publications.latest(unit, year, kind)
    if version is None:
        raise Http404
    if down := publications.withdrawal_of(version):
        return withdrawn(request, down)
    context = {"paper": Shown(version), "lines": versions_of(version), "page": PAGE}
    return render(request, "site/paper.html", context)


@public
@require_safe
@FRESH
def compare(request: HttpRequest) -> HttpResponse:
    """One figure over units and years: `kind` and `figure` choose it."""
    kind = request.GET.get("kind", "accounts")
    kind = kind if kind in KIND_TITLES else "accounts"
    found = [(each, {h.id: h for h in each.headlines}) for each in in_force(kind=kind)]
    names = {h.id: h.name for _, own in found for h in own.values()}
    figure = request.GET.get("figure", "")
    figure = figure if figure in names else next(iter(names), "")
    years = sorted({each.version.year for each, own in found if figure in own})
    rows: dict[tuple[str, str], dict[int, object]] = {}
    for each, own in found:
        if figure in own:
            rows.setdefault((each.version.unit, each.unit_name), {})[each.version.year] = (own[figure], each)
    points = [(str(each.version.year), each.unit_name, own[figure]) for each, own in found if figure in own]
    context = {
        "kinds": KIND_TITLES.items(),
        "kind": kind,
        "names": names.items(),
        "figure": figure,
        "years": years,
        "rows": [(unit, name, [of.get(year) for year in years]) for (unit, name), of in rows.items()],
        "chart": _drawn(published.compared(names.get(figure, ""), sorted(points, key=lambda p: p[:2]))),
    }
    return render(request, "site/compare.html", context)


@public
@require_safe
@FRESH
def search(request: HttpRequest) -> HttpResponse:
    """Rows of published tables, papers and terms that hold the words."""
    words = request.GET.get("q", "").strip()[:100]
    hits = (
        [(each, hit) for each in in_force() for hit in published.search(each.contents, words)]
        if words
        else []
    )
    titles = [each for each in in_force() if words and words in f"{each.version.title}{each.unit_name}"]
    explained = [(term, text) for term, text in _terms() if words and words in term]
    page = Paginator(hits, PER_PAGE).get_page(request.GET.get("page"))
    context = {"words": words, "papers": titles, "terms": explained, "page": page, "reading": PAGE}
    return render(request, "site/search.html", context)


@public
@require_safe
@FRESH
def terms(request: HttpRequest) -> HttpResponse:
    """Words of budgets and accounts in plain language."""
    return render(request, "site/terms.html", {"terms": _terms()})


@public
@require_safe
@FRESH
def corrections(request: HttpRequest) -> HttpResponse:
    """Every correction and withdrawal of something public, with its reason, the newest first."""
    found = [
        (version.certified_at, gettext("更正"), Shown(version), version.reason)
        for version in publications.publications().filter(version__gt=1)
    ]
    found += [
        (down.decided_at, gettext("撤下"), Shown(down.publication), down.reason)
        for down in publications.withdrawn().values()
        if down.decided_at is not None
    ]
    found.sort(key=lambda line: line[0], reverse=True)
    return render(request, "site/corrections.html", {"corrections": found})


def _terms() -> list[tuple[str, str]]:
    """(term, plain words), each term once."""
    entries = (entry for entry in papers.policy().entries if entry.type == "glossary")
    return list({row["term"]: row["text"] for entry in entries for row in entry.value}.items())


def _drawn(chart: Chart | None) -> str:
    """The chart as SVG for the page. Our own drawing code escapes every word in it."""
    return mark_safe(charts.svg(chart)) if chart else ""
