"""Score sheets (自评打分): every project's sheet, scored row by row, recomputed while one types, saved on demand."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from yiheng.facts.sheets import SheetRow
from yiheng.money import is_number
from yiheng.people.models import Work
from yiheng.performance.actuals import Taken
from yiheng.pipelines import editing
from yiheng.pipelines.editing import Place, Typed
from yiheng.pipelines.evaluate import Evaluation
from yiheng.pipelines.evidence import Evidence, named, without_files
from yiheng.pipelines.whatif import suppose_all
from yiheng.scoring.errors import ScoringError
from yiheng.scoring.evaluate import SheetScore
from yiheng.scoring.reproduction import SheetReproduction
from yiheng.scoring.rowscore import Method, RowScore, show
from yiheng.scoring.sheet import Judgement
from yiheng.web import papers
from yiheng.web.access import works_on

from .forms import RowForm
from .place import At, page, tried, unit_year
from .proof import cells as evidence_cells
from .rows import rows_of
from .views import READ

WRITE = works_on(Work.PERFORMANCE)
A_PAGE: Final = 50
_MANUAL: Final = ("manual_score", "scorer", "manual_reason")
_TEXTS: Final = ("reason", "explanation", *_MANUAL)
NO_REASON: Final = gettext_lazy("这一行失分，须写明偏差原因和改进措施。")


@dataclass(frozen=True)
class ShownRow:
    """One row of a sheet on screen."""

    number: int
    score: RowScore
    printed: str
    verdict: str
    form: RowForm | None
    taken: Taken | None
    """Where the system gives the actual."""
    files: tuple[Evidence, ...]
    files_of: str
    """Key of the row that names the files."""
    weight: str

    @property
    def asks(self) -> bool:
        """Whether points are missing and nobody has said why."""
        return self.form is not None and self.score.shortfall and not self.score.row.reason

    @property
    def sheet(self) -> str:
        """The sheet of the row that names the files."""
        return "evaluation_rows" if self.files_of == self.score.row.key else "actuals"


@READ
@require_GET
def scores(request: HttpRequest, unit: str, year: int) -> HttpResponse:
    """All sheets with their totals."""
    at = unit_year(request, unit, year)
    done, trouble = tried(at.evaluation)
    found = done.projects if done else ()
    pages = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": pages, "trouble": trouble, "count": len(found), "evaluation": done,
        "printed": any(each.score.sheet.printed_total for each in found),
    }  # fmt: skip
    return page(request, at, "scores", "scores.html", context)


@READ
@require_GET
def sheet(request: HttpRequest, unit: str, year: int, key: str) -> HttpResponse:
    """One sheet with its rows."""
    at = unit_year(request, unit, year)
    done, found = sheet_of(at, key)
    return _page(request, at, found, _rows(at, done, found))


@READ
@require_POST
def attempt(request: HttpRequest, unit: str, year: int, key: str) -> HttpResponse:
    """The sheet's scores with what is being typed; nothing is written."""
    at = unit_year(request, unit, year)
    done, found = sheet_of(at, key)
    rows = _rows(at, done, found, request.POST)
    try:
        after = _supposed(at, done, found, rows)
    except ScoringError as error:
        return render(request, "performance/total.html", {"wrong": str(error), "score": found.score})
    context = {"score": after, "before": found.score, "rows": _scored(rows, after), "live": True}
    return render(request, "performance/attempt.html", context)


@WRITE
@require_POST
def save(request: HttpRequest, unit: str, year: int, key: str) -> HttpResponse:
    """Write what was typed. Every row that loses points needs its reason."""
    at = unit_year(request, unit, year)
    done, found = sheet_of(at, key)
    rows = _rows(at, done, found, request.POST, request.FILES)
    wrong = "" if at.editable else at.editable.reason
    if found.score.sheet.transcribed:
        wrong = gettext("这张自评表是照已公开的文件转录的，不在这里改；原件有误的，改正台账中的转录。")
    filled = [row.form for row in rows if row.form is not None]
    judgements = [form.is_valid() for form in filled]  # every form, so that all problems are told at once
    if all(judgements) and not wrong:
        try:
            after = _supposed(at, done, found, rows)
        except ScoringError as error:
            wrong = str(error)
        else:
            for row, new in zip(rows, after.rows, strict=True):
                if row.form is not None and new.shortfall and not row.form.cleaned_data["reason"].strip():
                    row.form.add_error("reason", NO_REASON)
    if not wrong and not any(form.errors for form in filled):
        wrong = _write(at, rows)
        if not wrong and not any(form.errors for form in filled):
            messages.success(
                request, gettext("已保存“%(name)s”的自评表。") % {"name": found.score.sheet.name}
            )
            return redirect("performance:sheet", unit=unit, year=year, key=key)
    return _page(request, at, found, rows, wrong or gettext("没有保存：请改正标出的各处。"), 422)


def _page(
    request: HttpRequest,
    at: At,
    found: SheetReproduction,
    rows: list[ShownRow],
    wrong: str = "",
    status: int = 200,
) -> HttpResponse:
    context = {
        "sheet": found.score.sheet, "score": found.score, "found": found, "rows": rows, "wrong": wrong,
        "execution_weight": show(found.score.execution.weight), "edits": bool(rows and rows[0].form),
    }  # fmt: skip
    return page(request, at, "scores", "sheet.html", context, status)


def sheet_of(at: At, key: str) -> tuple[Evaluation, SheetReproduction]:
    """The evaluation and the sheet of that key; 404 where there is none."""
    done, _ = tried(at.evaluation)
    found = next((each for each in done.projects if each.score.sheet.key == key), None) if done else None
    if done is None or found is None:
        raise Http404
    return done, found


def _rows(
    at: At,
    done: Evaluation,
    found: SheetReproduction,
    data: QueryDict | None = None,
    files: MultiValueDict[str, Any] | None = None,
) -> list[ShownRow]:
    stored, reached = rows_of(at, "evaluation_rows"), rows_of(at, "actuals")
    taken = {each.indicator: each for each in done.actuals}
    edits = bool(at.editable) and not found.score.sheet.transcribed
    rows = []
    for number, (score, seen) in enumerate(zip(found.score.rows, found.rows, strict=True), 1):
        row, version = stored.get(score.row.key, (None, 0))
        form = None
        if edits and row is not None:
            form = RowForm(data, files, prefix=f"r{number}", initial=_initial(row, score, version))
            if score.method not in (Method.OPEN, Method.JUDGED):
                for name in _MANUAL:
                    del form.fields[name]
        own = row.text("evidence") if row else ""
        key, text = (score.row.key, own) if own else _reached(row, reached)
        rows.append(
            ShownRow(
                number, score, seen.printed, seen.verdict.label if seen.printed else "", form,
                taken.get(row.text("indicator")) if row and row.text("indicator") else None,
                named(text), key, show(score.weight),
            )
        )  # fmt: skip
    return rows


def _reached(row: SheetRow | None, actuals: dict[str, tuple[SheetRow, int]]) -> tuple[str, str]:
    """Key and evidence of the newest actual that the row takes its value from."""
    indicator = row.text("indicator") if row else ""
    own = [each for each, _ in actuals.values() if indicator and each.text("indicator") == indicator]
    newest = max(own, key=lambda each: each.text("date"), default=None)
    return (newest.key, newest.text("evidence")) if newest else ("", "")


def _initial(row: SheetRow, score: RowScore, version: int) -> dict[str, Any]:
    texts = editing.as_text(row)
    return {
        **{name: texts.get(name, "") for name in _TEXTS}, "version": version, "actual": score.row.actual,
        "evidence": without_files(texts.get("evidence", "")), "evidence_kind": texts.get("evidence_kind", ""),
    }  # fmt: skip


def _supposed(at: At, done: Evaluation, found: SheetReproduction, rows: list[ShownRow]) -> SheetScore:
    """The sheet with what stands in the forms. Raises `ScoringError`."""
    actuals, judged = {}, {}
    for row in rows:
        if row.form is None:
            continue
        actual = str(row.form["actual"].value() or "").strip()
        if actual != row.score.row.actual and row.taken is None:
            actuals[row.score.row.key] = actual
        points = (
            str(row.form["manual_score"].value() or "").strip() if "manual_score" in row.form.fields else ""
        )
        if is_number(points):
            judged[row.score.row.key] = _judgement(row.form, points)
    if not (actuals or judged) or at.judged is None:
        return found.score
    supposed = suppose_all(
        at.judged, papers.policy(), actuals=actuals, weights={}, executed={}, judged=judged, done=done
    )
    return supposed[0].outlook.after


def _judgement(form: RowForm, points: str) -> Judgement:
    scorer, reason, evidence = (
        str(form[name].value() or "") for name in ("scorer", "manual_reason", "evidence")
    )
    return Judgement(Decimal(points), scorer, reason, evidence)


def _scored(rows: list[ShownRow], after: SheetScore) -> list[dict[str, Any]]:
    return [
        {
            "number": row.number, "score": new, "weight": show(new.weight),
            "asks": new.shortfall and not str(row.form["reason"].value() or "").strip() if row.form else False,
        }
        for row, new in zip(rows, after.rows, strict=True)
    ]  # fmt: skip


def _write(at: At, rows: list[ShownRow]) -> str:
    """Save the rows that were changed; problems become errors of their forms, others are returned."""
    stored = rows_of(at, "evaluation_rows")
    typed = []
    for row in rows:
        if row.form is None:
            continue
        before, given = stored[row.score.row.key][0], row.form.cleaned_data
        texts = editing.as_text(before)
        cells: dict[str, str] = {
            name: str(given[name]) if given[name] is not None else "" for name in _TEXTS if name in given
        }
        if given["actual"] != row.score.row.actual and row.taken is None:
            cells["actual"] = given["actual"]
        proof = evidence_cells(row.form, texts.get("evidence", ""))
        if proof is None:
            return ""
        changed = {
            name: text for name, text in {**cells, **proof}.items() if not _same(text, texts.get(name, ""))
        }
        if changed:
            typed.append(Typed(before.key, before.key, given["version"], changed))
    report = editing.save(Place("evaluation_rows", at.unit.key, at.year), typed, papers.policy(), at.user)
    forms = {row.score.row.key: row.form for row in rows}
    general = []
    for problem in report.problems:
        words, form = f"{problem.kind}：{problem.reason}。{problem.remedy}。", forms.get(problem.row)
        if form is None:
            general.append(words)
        else:
            form.add_error(problem.column if problem.column in form.fields else None, words)
    for key, conflict in report.conflicts:
        form, words = (
            forms.get(key),
            gettext("%(conflict)s。请刷新页面，看过对方的改动后再填。") % {"conflict": conflict.describe()},
        )
        if form is None:
            general.append(words)
        else:
            form.add_error(None, words)
    return "\n".join(general)


def _same(one: str, other: str) -> bool:
    """Whether two cells say the same; numbers may be written in several ways."""
    if is_number(one) and is_number(other):
        return Decimal(one) == Decimal(other)
    return one == other
