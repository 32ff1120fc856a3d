"""Filling in the whole department (整体评价填报): points and inputs by criterion, scored while one types."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yiheng.ledger import operations
from yiheng.ledger.errors import EditConflict, InvalidContent
from yiheng.pipelines import whole
from yiheng.pipelines.evidence import Evidence, named, without_files
from yiheng.scoring.department import CriterionScore, DepartmentScore
from yiheng.scoring.framework import Criterion
from yiheng.scoring.parts import percent
from yiheng.scoring.rowscore import show
from yiheng.scoring.whole import Whole
from yiheng.web import papers

from .forms import FrameworkForm, NeedForm
from .place import At, page, tried, unit_year
from .proof import cells as evidence_cells
from .scores import WRITE
from .views import READ

_UNDO: Final = "performance.whole.undo"
_TYPED: Final = ("value", "scorer", "reason", "evidence", "evidence_kind")
_COLUMNS: Final = {column: name for pair in whole.COLUMNS.values()
                   for column, name in zip(pair, ("value", "reason"), strict=True)}  # fmt: skip
"""Column of the ledger → field of the form, where they differ."""


@dataclass(frozen=True)
class ShownNeed:
    """One thing that is asked for, on screen."""

    asked: whole.Asked
    form: NeedForm | None
    files: tuple[Evidence, ...]

    @property
    def computed(self) -> str:
        """The ledger's own value, as printed."""
        found = self.asked.computed
        return (percent if self.asked.need.rate else show)(found.value) if found else ""

    @property
    def most(self) -> str:
        """The full points."""
        return show(self.asked.need.most) if self.asked.need.most is not None else ""

    @property
    def left(self) -> bool:
        """Whether it is left to the ledger."""
        return self.asked.computed is not None and self.asked.row is None and not self.opens

    @property
    def opens(self) -> bool:
        """Whether what is below it should be in sight at once."""
        return bool(self.form and self.form.errors)


@dataclass(frozen=True)
class ShownCriterion:
    """One criterion with its needs and its points."""

    number: int
    criterion: Criterion
    needs: tuple[ShownNeed, ...]
    score: CriterionScore | None

    @property
    def weight(self) -> str:
        return show(self.criterion.weight) if self.criterion.weight is not None else "—"

    @property
    def wrong(self) -> bool:
        return any(need.opens for need in self.needs)

    @property
    def own(self) -> list[ShownNeed]:
        """What a person has to give, or has given."""
        return [need for need in self.needs if not need.left]

    @property
    def left(self) -> list[ShownNeed]:
        """What the ledger gives and nobody has written over."""
        return [need for need in self.needs if need.left]


@READ
@require_GET
def fill(request: HttpRequest, unit: str, year: int) -> HttpResponse:
    """The framework's criteria with the fields that the user may fill in."""
    at = unit_year(request, unit, year)
    sheet, trouble = tried(lambda: _sheet(at))
    if sheet is None:
        return _none(request, at, trouble)
    return _page(request, at, sheet, _needs(at, sheet))


@READ
@require_POST
def attempt(request: HttpRequest, unit: str, year: int) -> HttpResponse:
    """The score with what is being typed; nothing is written."""
    at = unit_year(request, unit, year)
    sheet = _there(at)
    shown = _needs(at, sheet, request.POST)
    answers = _typed(shown, lambda form, name: str(form[name].value() or "").strip())
    score, wrong = tried(lambda: sheet.score(papers.policy(), answers, trying=True))
    context = {
        "criteria": _criteria(sheet, shown, score) if score else [],
        "wrong": wrong,
        "live": True,
        **_total(score),
    }
    return render(request, "performance/whole_attempt.html", context)


@WRITE
@require_POST
def save(request: HttpRequest, unit: str, year: int) -> HttpResponse:
    """Write what was typed: all of it, or nothing and every reason why."""
    at = unit_year(request, unit, year)
    sheet = _there(at)
    _may_write(at)
    if sheet.transcribed:
        raise PermissionDenied(_("这张评价表是照已公开的文件转录的，不在这里改。"))
    shown = _needs(at, sheet, request.POST, request.FILES)
    filled = [(each, each.form) for each in shown.values() if each.form is not None]
    sound = [form.is_valid() for _each, form in filled]  # every form, so that all problems are told at once
    wrong = ""
    if all(sound):
        answers = _kept(filled)
        if answers is not None:
            wrong = _write(request, at, sheet, shown, answers)
    if wrong or any(form.errors for _each, form in filled):
        return _page(request, at, sheet, shown, wrong or _("没有保存：请改正标出的各处。"), 422)
    return redirect("performance:fill_whole", unit=unit, year=year)


@WRITE
@require_http_methods(["GET", "POST"])
def start(request: HttpRequest, unit: str, year: int) -> HttpResponse:
    """Begin the department's own evaluation by a framework in force."""
    at = unit_year(request, unit, year)
    if request.method == "POST":
        _may_write(at)
    if _sheet(at) is not None:
        return redirect("performance:fill_whole", unit=unit, year=year)
    found = whole.frameworks(papers.policy(), at.place, year)
    form = FrameworkForm([(each.id, each.title) for each in found], request.POST or None)
    if request.method == "POST" and form.is_valid():
        report = whole.start(at.unit.key, year, form.cleaned_data["framework"], papers.policy(), at.user)
        if report.applied is not None and report.applied.load is not None:
            return redirect("performance:fill_whole", unit=unit, year=year)
        for problem in report.problems:
            form.add_error(None, f"{problem.kind}：{problem.reason}。{problem.remedy}。")
    context = {
        "form": form, "title": _("开始部门整体评价"), "about": _("选择评价所用的指标体系，再逐项填报。"),
        "back": reverse("performance:whole", kwargs=at.where), "does": _("开始评价"),
    }  # fmt: skip
    return page(request, at, "whole", "entry.html", context, 422 if form.errors else 200)


@WRITE
@require_POST
def undo(request: HttpRequest, unit: str, year: int) -> HttpResponse:
    """Take back one's own last save of this unit-year: every row becomes again what it was before."""
    at = unit_year(request, unit, year)
    _may_write(at)
    load, *where = request.session.pop(_UNDO, [0])
    if where != [unit, year]:
        raise Http404
    try:
        operations.undo(load, actor=at.user, label=f"撤销部门整体评价的填报：{at.unit.name}{year}年")
    except (EditConflict, InvalidContent) as error:
        messages.error(request, str(error), extra_tags="danger")
    else:
        messages.success(request, _("已撤销刚才的保存。"))
    return redirect("performance:fill_whole", unit=unit, year=year)


def _sheet(at: At) -> whole.Sheet | None:
    return whole.sheet_of(at.judged, papers.policy()) if at.judged else None


def _there(at: At) -> whole.Sheet:
    sheet, _trouble = tried(lambda: _sheet(at))
    if sheet is None:
        raise Http404
    return sheet


def _may_write(at: At) -> None:
    if not at.editable:
        raise PermissionDenied(at.editable.reason)


def _none(request: HttpRequest, at: At, trouble: str) -> HttpResponse:
    """No sheet yet, or one that no framework fits: back to the overview, which says so."""
    if trouble:
        messages.error(request, trouble, extra_tags="danger")
    return redirect("performance:whole", unit=at.unit.key, year=at.year)


def _needs(
    at: At, sheet: whole.Sheet, data: QueryDict | None = None, files: MultiValueDict[str, Any] | None = None
) -> dict[str, ShownNeed]:
    """Everything that is asked for by name, with its form where the user may fill in."""
    edits = bool(at.editable) and not sheet.transcribed
    address = reverse("performance:attempt_whole", kwargs=at.where)
    found = {}
    for number, asked in enumerate(sheet.asked, 1):
        stored = asked.stored
        initial = {**stored, "evidence": without_files(stored["evidence"]), "version": asked.version}
        form = (
            NeedForm(asked.need, address, data, files, prefix=f"n{number}", initial=initial)
            if edits
            else None
        )
        found[asked.need.name] = ShownNeed(asked, form, named(stored["evidence"]))
    return found


def _typed(shown: Mapping[str, ShownNeed], text: Callable[[NeedForm, str], str]) -> dict[str, dict[str, str]]:
    """The answers that stand in the forms; those of no form as they are stored."""
    found = {}
    for name, each in shown.items():
        answer = dict(each.asked.stored)
        if each.form is not None:
            answer |= {field: text(each.form, field) for field in _TYPED if field in each.form.fields}
        found[name] = answer
    return found


def _kept(filled: list[tuple[ShownNeed, NeedForm]]) -> dict[str, dict[str, str]] | None:
    """The answers as they will be stored, uploaded files kept; None where a file is refused."""
    answers = {}
    for each, form in filled:
        given, stored = form.cleaned_data, each.asked.stored
        told = {name: str(given.get(name) or "") for name in ("value", "scorer", "reason")}
        if not told["value"]:
            answers[each.asked.need.name] = dict.fromkeys(stored, "")
        elif (proof := evidence_cells(form, stored["evidence"])) is not None:
            answers[each.asked.need.name] = {**stored, **told, **proof}
    return answers if len(answers) == len(filled) else None


def _write(
    request: HttpRequest,
    at: At,
    sheet: whole.Sheet,
    shown: Mapping[str, ShownNeed],
    answers: Mapping[str, Mapping[str, str]],
) -> str:
    """Save; what stands against it becomes errors of the forms, what no form has is returned."""
    versions = {name: each.form.cleaned_data["version"] or 0 for name, each in shown.items() if each.form}
    _score, wrong = tried(lambda: sheet.score(papers.policy(), answers))
    if wrong:
        saved = whole.Saved(None, whole.problems(sheet, answers, versions, papers.policy()))
    else:
        saved = whole.save(sheet, answers, versions, papers.policy(), at.user)
    general = [wrong] if wrong else []
    told = [(name, problem.column, f"{problem.kind}：{problem.reason}。{problem.remedy}。")
            for name, problem in saved.problems]  # fmt: skip
    again = _("%(conflict)s。请刷新页面，看过对方的改动后再填。")
    told += [(name, each.column, again % {"conflict": each.describe()}) for name, each in saved.conflicts]
    for name, column, words in told:
        form = shown[name].form if name in shown else None
        field = _COLUMNS.get(column, column)
        if form is None:
            general.append(words)
        else:
            form.add_error(field if field in form.fields else None, words)
    if not (told or wrong):
        messages.success(request, _("已保存部门整体评价。") if saved.load else _("没有需要保存的改动。"))
        if saved.load:
            request.session[_UNDO] = [saved.load.pk, at.unit.key, at.year]
    return "\n".join(general)


def _page(
    request: HttpRequest,
    at: At,
    sheet: whole.Sheet,
    shown: dict[str, ShownNeed],
    wrong: str = "",
    status: int = 200,
) -> HttpResponse:
    stored = {each.need.name: each.stored for each in sheet.asked}
    score, trouble = tried(lambda: sheet.score(papers.policy(), stored))
    rows = _criteria(sheet, shown, score)
    context = {
        "sheet": sheet, **_total(score), "trouble": trouble, "wrong": wrong,
        "groups": [
            (name, [row for row in rows if row.criterion.level1 == name])
            for name in dict.fromkeys(row.criterion.level1 for row in rows)
        ],
        "edits": any(each.form for each in shown.values()),
        "undo": request.session.get(_UNDO, [0])[1:] == [at.unit.key, at.year] and bool(at.editable),
    }  # fmt: skip
    return page(request, at, "whole", "fill.html", context, status)


def _total(score: DepartmentScore | None) -> dict[str, Any]:
    """What `whole_total.html` shows."""
    found = Whole(score, {}, {}, "") if score else None
    return {
        "reached": found.total if found else None,
        "weight": show(found.weight) if found else "—",
        "open": len(found.open) if found else 0,
    }


def _criteria(
    sheet: whole.Sheet, shown: Mapping[str, ShownNeed], score: DepartmentScore | None
) -> list[ShownCriterion]:
    scores = {row.criterion.id: row for row in score.criteria} if score else {}
    return [
        ShownCriterion(
            number, criterion, tuple(shown[each.need.name] for each in asked), scores.get(criterion.id)
        )
        for number, (criterion, asked) in enumerate(sheet.criteria, 1)
    ]
