"""The narrative as an editor, its pages as pictures, its files; what was written goes through `pipelines.writing`."""

from __future__ import annotations

import json
from typing import Any, Final

from django.core import signing
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from yiheng.casework.queries import editable
from yiheng.ledger import operations
from yiheng.ledger.errors import EditConflict, InvalidContent
from yiheng.people.models import Right
from yiheng.pipelines import writing
from yiheng.web import papers, rendered
from yiheng.web.access import for_unit, may
from yiheng.web.readings import MONITORING, TITLES, WORKS, Prepared, Reader
from yiheng.web.screens.tables.views import CANNOT, file_of, reader_of, source_page, tabs
from yiheng.web.screens.tables.views import WORKS as READABLE
from yiheng.web.shared import shared

from . import blocks, naming, packages

FORMS: Final = ("pdf", "docx", "xlsx")
UNDO: Final = "report.undo"
UNDO_SECONDS: Final = 8 * 3600
MOST: Final = 500
"""Places that one save may change; a paper has far fewer."""


@for_unit(Right.READ, *READABLE)
def home(request: HttpRequest, unit: str, year: int) -> HttpResponse:
    """Lead to the first report that the year has."""
    reader = reader_of(request, unit, year)
    if reader.kinds:
        return redirect("report:editor", unit, year, reader.kinds[0])
    return render(request, "tables/none.html", {"reader": reader})


@for_unit(Right.READ, *READABLE)
@shared
def editor(request: HttpRequest, unit: str, year: int, kind: str) -> HttpResponse:
    """The narrative with its chips, what is missing, and the pages beside it."""
    reader = reader_of(request, unit, year)
    context = {"reader": reader, "kind": kind, "title": TITLES.get(kind, ""), "tabs": tabs(reader, kind)}
    try:
        prepared = reader.open(kind)
    except CANNOT as error:
        return render(request, "tables/cannot.html", {**context, "why": str(error), "view": "report:editor"})
    return render(
        request, "report/editor.html",
        {**context, **_editor(reader, prepared), "forms": FORMS,
         "may_package": kind in packages.JOBS and packages.may_package(reader, kind)},
    )  # fmt: skip


@for_unit(Right.READ, *READABLE)
def source(request: HttpRequest, unit: str, year: int, kind: str) -> HttpResponse:
    """Where a figure of the narrative comes from: the same drawer as for the tables."""
    reader = reader_of(request, unit, year)
    return source_page(request, reader, reader.open(kind))


@for_unit(Right.WRITE, *READABLE)
@require_POST
def save(request: HttpRequest, unit: str, year: int, kind: str) -> HttpResponse:
    """Write reasons and texts: all of them, or none and the reasons why. The answer is the editor as it now is."""
    reader = reader_of(request, unit, year)
    prepared = reader.open(kind)
    changes = _changes(request)
    if changes is None:
        return _answer(
            request, reader, prepared, error=_("浏览器发来的内容无法识别，没有保存。请刷新页面后重试。")
        )
    if why := _not_editable(reader, prepared):
        return _answer(request, reader, prepared, typed={c.id: c.text for c in changes}, error=why)
    report = writing.write(prepared.assembled, changes, actor=reader.user, policy=papers.policy())
    if not report.ok:
        typed = {change.id: change.text for change in changes}
        # A conflict is over the newest state; what is shown again must be that.
        fresh = reader.open(kind)
        error = _("有 %(count)s 处不能保存，全部没有写入。请看标红处的说明。") % {
            "count": len(report.problems)
        }
        error += _orphans(fresh, typed, report.problems)
        return _answer(request, reader, fresh, typed=typed, problems=report.problems, error=error)
    applied = report.applied
    count = applied.added + applied.changed + applied.removed if applied else 0
    done = _("已保存 %(count)s 处。") % {"count": count} if count else _("没有需要保存的改动。")
    token = ""
    if applied and applied.load:
        token = signing.dumps([applied.load.pk, *_whose(reader, kind)], salt=UNDO)
    return _answer(request, reader, reader.open(kind), done=done, undo=token)


@for_unit(Right.WRITE, *READABLE)
@require_POST
def undo(request: HttpRequest, unit: str, year: int, kind: str) -> HttpResponse:
    """Take back one's own last save: each text becomes again what it was before."""
    reader = reader_of(request, unit, year)
    prepared = reader.open(kind)
    if why := _not_editable(reader, prepared):
        return _answer(request, reader, prepared, error=why)
    try:
        load, *whose = signing.loads(request.POST.get("undo", ""), salt=UNDO, max_age=UNDO_SECONDS)
    except signing.BadSignature:
        return _answer(request, reader, prepared, error=_("这次保存已不能撤销。请用“历次”恢复以前的文字。"))
    if whose != _whose(reader, kind):
        raise Http404
    try:
        operations.undo(load, actor=reader.user, label=f"撤销报告编辑：{prepared.paper.title}")
    except (EditConflict, InvalidContent) as error:
        return _answer(request, reader, reader.open(kind), error=str(error))
    return _answer(request, reader, reader.open(kind), done=_("已撤销刚才的保存。"))


@for_unit(Right.READ, *READABLE)
def history(request: HttpRequest, unit: str, year: int, kind: str) -> HttpResponse:
    """All versions of one text: who wrote what and when."""
    reader = reader_of(request, unit, year)
    prepared = reader.open(kind)
    place = _place(prepared, request.GET.get("record", ""), request.GET.get("key", ""))
    versions = writing.past(place)
    context = {
        "reader": reader, "kind": kind, "place": place, "versions": versions,
        "newest": versions[0].version, "writable": not (_not_editable(reader, prepared) or place.locked),
    }  # fmt: skip
    small = bool(request.headers.get("HX-Request"))
    return render(request, "report/history.html" if small else "report/history_page.html", context)


@for_unit(Right.WRITE, *READABLE)
@require_POST
def restore(request: HttpRequest, unit: str, year: int, kind: str) -> HttpResponse:
    """Write an earlier version of a text again."""
    reader = reader_of(request, unit, year)
    prepared = reader.open(kind)
    place = _place(prepared, request.POST.get("record", ""), request.POST.get("key", ""))
    why = _not_editable(reader, prepared) or place.locked
    if why:
        return _answer(request, reader, prepared, error=why)
    numbers = request.POST.get("version", ""), request.POST.get("seen", "")
    if not all(number.isdecimal() for number in numbers):
        raise Http404
    version, seen = map(int, numbers)
    label = f"恢复第 {version} 版：{prepared.paper.title}"
    try:
        operations.restore(
            writing.SHEETS[place.record][0], place.key, version, seen=seen, actor=reader.user, label=label
        )
    except (EditConflict, InvalidContent) as error:
        return _answer(request, reader, reader.open(kind), error=str(error))
    except LookupError as error:
        raise Http404 from error
    return _answer(
        request, reader, reader.open(kind), done=_("已恢复第 %(version)s 版的文字。") % {"version": version}
    )


@for_unit(Right.READ, *READABLE)
def preview(request: HttpRequest, unit: str, year: int, kind: str) -> HttpResponse:
    """The pages of the PDF, each a picture that is drawn when it comes into view."""
    reader = reader_of(request, unit, year)
    count = rendered.page_count(reader.open(kind))
    context = {"reader": reader, "kind": kind, "pages": range(1, count + 1), "mark": _mark(reader.open(kind))}
    return render(request, "report/preview.html", context)


@for_unit(Right.READ, *READABLE)
def page(request: HttpRequest, unit: str, year: int, kind: str, number: int) -> HttpResponseBase:
    """One page of the PDF as PNG."""
    found = rendered.page(reader_of(request, unit, year).open(kind), number)
    if found is None:
        raise Http404
    response = FileResponse(found.open("rb"), content_type="image/png")
    # The address carries the state of the paper, so that the same address always shows the same page.
    response.headers["Cache-Control"] = "private, max-age=86400"
    return response


@for_unit(Right.READ, *READABLE)
def download(request: HttpRequest, unit: str, year: int, kind: str, form: str) -> HttpResponseBase:
    """The whole paper as a file."""
    return file_of(request, reader_of(request, unit, year).open(kind), form)


def _whose(reader: Reader, kind: str) -> list[Any]:
    """Whose save it was, and of which report."""
    return [reader.user.pk, reader.unit.key, reader.year, kind]


def _mark(prepared: Prepared) -> str:
    return prepared.paper.stamp.get("facts", "")[:16] + prepared.paper.audience[:1]


def _changes(request: HttpRequest) -> list[writing.Written] | None:
    """What the browser sent; None where it is not of the agreed form."""
    try:
        sent = json.loads(request.POST.get("changes", ""))
        found = [
            writing.Written(
                _text(one["sentence"]), _text(one["record"]), _text(one["subject"]), _text(one["key"]),
                int(one["version"]), _text(one["text"]),
                tuple((_text(address), _text(text)) for address, text in one["chips"]),
            )
            for one in sent
        ]  # fmt: skip
    except (ValueError, TypeError, KeyError):
        return None
    return found if len(found) <= MOST else None


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def _orphans(prepared: Prepared, typed: blocks.Typed, problems: blocks.Typed) -> str:
    """What was typed at places that are no longer there, so that nobody's words are lost."""
    there = {place.id for here in _places(prepared).values() for place in here}
    return "".join(
        f"\n{why}\n" + _("您写的是：%(text)s") % {"text": typed[id]}
        for id, why in problems.items()
        if id not in there
    )


def _places(prepared: Prepared) -> dict[str, tuple[writing.Place, ...]]:
    return prepared.remember("places", lambda: writing.places(prepared.assembled))


def _place(prepared: Prepared, record: str, key: str) -> writing.Place:
    """The place of that row in this paper; no other row can be asked for here."""
    for here in _places(prepared).values():
        for place in here:
            if key and (place.record, place.key) == (record, key):
                return place
    raise Http404(key)


def _not_editable(reader: Reader, prepared: Prepared) -> str:
    """Why the user may not write now; empty where they may."""
    unit, work = reader.unit.key, WORKS[prepared.kind]
    if prepared.kind == MONITORING:
        return _("监控报告的文字由监控数据生成，不在这里填写。")
    if not may(reader.user, Right.WRITE, work, unit):
        return _("您的岗位只能查看，不能填写这份报告。")
    found = editable(reader.user, unit, reader.year, work, policy=papers.policy())
    return "" if found.allowed else found.reason


def _editor(
    reader: Reader,
    prepared: Prepared,
    typed: blocks.Typed | None = None,
    problems: blocks.Typed | None = None,
) -> dict[str, Any]:
    places = _places(prepared)
    if typed or problems:
        parts = blocks.parts(prepared, places, typed or {}, problems or {})
    else:
        parts = prepared.remember("parts", lambda: blocks.parts(prepared, places, {}, {}))
    missing = blocks.missing(parts)
    why = _not_editable(reader, prepared)
    context = {"reader": reader, "kind": prepared.kind, "parts": parts, "writable": not why}

    def narrative() -> str:
        return render_to_string("report/narrative.html", context)

    # The same for all readers of the audience, but for who may write and in which language.
    drawn = (
        narrative()
        if typed or problems
        else prepared.remember(("narrative", bool(why), get_language()), narrative)
    )
    return {
        "names": prepared.kind in naming.NAMES,
        "paper": prepared.paper, "narrative": drawn, "missing": missing, "writable": not why, "why": why,
    }  # fmt: skip


def _answer(
    request: HttpRequest,
    reader: Reader,
    prepared: Prepared,
    *,
    typed: blocks.Typed | None = None,
    problems: blocks.Typed | None = None,
    done: str = "",
    error: str = "",
    undo: str = "",
) -> HttpResponse:
    """The editor again, with what was said; what could not be saved stays typed."""
    context = {
        "reader": reader, "kind": prepared.kind, "done": done, "error": error, "undo": undo,
        **_editor(reader, prepared, typed, problems),
    }  # fmt: skip
    response = render(request, "report/text.html", context)
    if done:
        response.headers["HX-Trigger-After-Swap"] = "saved"
    return response
