"""What the views of this screen share: who may look, names for codes, how personal data are shown, exports."""

from __future__ import annotations

import csv
import io
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Final

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yiheng.facts.sheets import SheetRow
from yiheng.ledger import queries
from yiheng.people.masking import Viewer
from yiheng.people.models import Right, Work
from yiheng.people.queries import viewer
from yiheng.pipelines import spending
from yiheng.reporting.xlsx.plain import write_list
from yiheng.web import files, papers
from yiheng.web.access import for_unit
from yiheng.web.rendered import inert
from yiheng.web.screens.budget import place
from yiheng.web.screens.budget.place import UnitYear
from yiheng.web.screens.year.views import place_or_404

READ: Final = for_unit(Right.READ, Work.EXECUTION)
BY: Final = {"project": gettext_lazy("项目"), "function": gettext_lazy("功能分类科目")}
Cell = str | int | Decimal


def unit_year(request: HttpRequest, unit: str, year: int) -> UnitYear:
    """The unit and year of the address; 404 where there is no such unit, or a year that no paper can have."""
    place_or_404(unit, year)
    return place.unit_year(request, unit, year)


def rows_of(at: UnitYear, sheet: str) -> tuple[SheetRow, ...]:
    """The rows of a sheet of the unit-year, read once for each state of the ledger."""
    return papers.kept(
        ("movements", sheet, at.unit.key, at.year), lambda: spending.movements(sheet, at.unit.key, at.year)
    )


def project_names(at: UnitYear) -> dict[str, str]:
    """The projects of the unit-year by key."""

    def read() -> dict[str, str]:
        units = [each.key for each in at.below]
        return {row.key: row.text("name") for row in queries.plain_rows("projects", units, at.year)}

    # Drafts may name further projects.
    return papers.kept(("project names", at.unit.key, at.year), read, drafts=True)


def names_by(at: UnitYear, by: str) -> Mapping[str, str]:
    """The names of projects, or of the codes of a classification."""
    if by == "project":
        return project_names(at)
    return papers.kept(("codes", by, at.unit.key, at.year), lambda: dict(at.codes(by)))


def called(by: str, code: str, names: Mapping[str, str]) -> str:
    """A code in words; a blank one as what it means."""
    if not code:
        return (
            _("不属于项目的支出（基本支出等）")
            if by == "project"
            else _("未填%(what)s") % {"what": BY.get(by, "")}
        )
    name = names.get(code, "")
    return (name or code) if by == "project" else f"{code} {name}".strip()


def unit_name(at: UnitYear, key: str) -> str:
    """A unit as people call it."""
    found = at.tree.by_key.get(key)
    return (found.short_name or found.name) if found else key


def viewer_of(at: UnitYear) -> Viewer:
    """How the user sees the personal data of the unit."""
    return viewer(at.user, Work.EXECUTION, at.tree.chain(at.unit.key))


def query_of(request: HttpRequest) -> str:
    """What was asked for, encoded, without the page."""
    asked = request.GET.copy()
    asked.pop("page", None)
    return asked.urlencode()


def export(
    form: str, title: str, notes: Sequence[str], columns: Mapping[str, int], rows: Iterable[Sequence[Cell]]
) -> HttpResponse:
    """The list as CSV or XLSX; no cell of it acts as a formula. 404 for another form.

    Cells with amounts are `Decimal`, in 元.
    """
    if form == "csv":
        text = io.StringIO(newline="")
        writer = csv.writer(text)
        writer.writerow(columns)
        writer.writerows([inert(str(cell)) for cell in row] for row in rows)
        content = f"\ufeff{text.getvalue()}".encode()  # the mark tells Excel that the file is UTF-8
    elif form == "xlsx":
        with tempfile.TemporaryDirectory(prefix="yiheng-") as folder:
            content = write_list(Path(folder) / "list.xlsx", title, notes, columns, rows).read_bytes()
    else:
        raise Http404
    answer = HttpResponse(content, content_type=files.TYPES[f".{form}"])
    answer.headers["Content-Disposition"] = attachment(f"{title}.{form}")
    return answer


def yuan(fen: int | None) -> Decimal | str:
    """An amount for a file, in 元 with both decimals; a blank where nothing is known."""
    return "" if fen is None else Decimal(fen).scaleb(-2)


def attachment(name: str) -> str:
    """The header that hands a file to the browser under its Chinese name."""
    return content_disposition_header(True, name) or "attachment"
