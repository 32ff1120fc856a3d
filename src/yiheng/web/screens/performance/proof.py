"""Evidence on screen (佐证): taking a file with a form, and handing it to whoever may read the row that names it."""

from __future__ import annotations

from pathlib import Path

from django.http import Http404, HttpRequest, HttpResponseBase
from django.views.decorators.http import require_GET

from yiheng.performance.models import EvidenceKind
from yiheng.pipelines import evidence
from yiheng.pipelines.uploads import UploadRefused
from yiheng.web.files import PLAIN, TYPES, answer

from .forms import EvidenceFields
from .place import unit_year
from .rows import rows_of
from .views import READ

SHEETS = ("evaluation_rows", "actuals", "follow_ups", "criterion_scores", "criterion_inputs")
"""The sheets whose rows may name a file."""


def cells(form: EvidenceFields, before: str = "") -> dict[str, str] | None:
    """The evidence of a row as the form gives it, the uploaded file kept; None where that is refused, with the reason
    in the form. Files that the row named before stay.
    """
    text, kind = form.cleaned_data["evidence"], form.cleaned_data["evidence_kind"]
    files = list(evidence.named(before))
    if upload := form.cleaned_data["upload"]:
        try:
            files.append(evidence.keep(upload))
        except UploadRefused as refused:
            for problem in refused.problems:
                form.add_error("upload", problem)
            return None
        kind = EvidenceKind.FILE.value
    return {
        "evidence": evidence.joined(text, *files),
        "evidence_kind": kind or (EvidenceKind.FILE.value if files else ""),
    }


@READ
@require_GET
def file(request: HttpRequest, unit: str, year: int, sheet: str, key: str, sha256: str) -> HttpResponseBase:
    """A file that a row of the unit's year names as its evidence."""
    at = unit_year(request, unit, year)
    if sheet not in SHEETS:
        raise Http404
    row, _ = rows_of(at, sheet).get(key, (None, 0))
    found = evidence.named(row.text("evidence")) if row else ()
    wanted = next((each for each in found if each.sha256 == sha256), None)
    if wanted is None:
        raise Http404
    response = answer(wanted.path, name=wanted.name)
    response["Content-Type"] = TYPES.get(Path(wanted.name).suffix.lower(), PLAIN)
    return response
