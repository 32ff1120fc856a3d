"""Overrides (改写): another actual in the place of the one that the system gave, with its reason and the difference."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from yiheng.performance.actuals import Taken
from yiheng.performance.measures import Measurement
from yiheng.pipelines import editing
from yiheng.pipelines.evidence import without_files

from .forms import OverrideForm
from .place import At, page, unit_year
from .proof import cells as evidence_cells
from .rows import row_of, rows_of, save
from .scores import WRITE, sheet_of


@WRITE
@require_http_methods(["GET", "POST"])
def override(request: HttpRequest, unit: str, year: int, key: str, row: str) -> HttpResponse:
    """Write over the system's actual of a row, or take that back."""
    at = unit_year(request, unit, year)
    done, _ = sheet_of(at, key)
    stored, _ = row_of(at, "evaluation_rows", row)
    taken = next((each for each in done.actuals if each.indicator == stored.text("indicator")), None)
    if taken is None or not isinstance(taken.found, Measurement):
        raise Http404
    actual, version = rows_of(at, "actuals").get(taken.key, (None, 0))
    texts = editing.as_text(actual) if actual else {}
    initial = {**texts, "evidence": without_files(texts.get("evidence", ""))}
    form = OverrideForm(request.POST or None, request.FILES or None, initial=initial)
    if request.method == "POST":
        if not at.editable:
            raise PermissionDenied(at.editable.reason)
        if form.is_valid():
            cells = _cells(form, taken, texts.get("evidence", ""))
            if cells is not None and actual is None:
                cells |= {
                    "indicator": taken.indicator, "kind": taken.kind, "date": taken.day.isoformat(),
                    "date_precision": "day", "unit": stored.text("unit"),
                }  # fmt: skip
            nothing = actual is None and cells is not None and not cells["value"]
            if cells is not None and (
                nothing or save(at, "actuals", form, cells, actual.key if actual else "", version)
            ):
                messages.success(
                    request, gettext("已保存。") if cells["value"] else gettext("已恢复系统得出的值。")
                )
                return redirect("performance:sheet", unit=unit, year=year, key=key)
    about = gettext("%(name)s：%(label)s得出 %(text)s（%(words)s）") % {
        "name": taken.name,
        "label": taken.label,
        "text": taken.found.text,
        "words": taken.found.words,
    }
    context = {"form": form, "about": about, "title": gettext("改写系统得出的值"), "back": _back(at, key)}
    return page(request, at, "scores", "entry.html", context, 422 if form.errors else 200)


def _cells(form: OverrideForm, taken: Taken, before: str) -> dict[str, str] | None:
    """The cells of the actual; None where the evidence is refused. Without a value everything goes."""
    given = form.cleaned_data
    if not given["value"].strip():
        return dict.fromkeys(("value", "system_value", "override_reason", "evidence", "evidence_kind"), "")
    assert isinstance(taken.found, Measurement)
    proof = evidence_cells(form, before)
    if proof is None:
        return None
    written = {name: given[name] for name in ("value", "override_reason")}
    return {**written, "system_value": taken.found.text, **proof}


def _back(at: At, key: str) -> str:
    return reverse("performance:sheet", kwargs={**at.where, "key": key})
