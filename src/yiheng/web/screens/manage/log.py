"""The audit log (操作日志): the audit administrator's. Read, searched, exported and proved, never changed."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from typing import Any, Final
from urllib.parse import quote

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from yiheng.casework import operations
from yiheng.casework.errors import CaseworkError
from yiheng.people import logbook
from yiheng.people.logbook import Wanted
from yiheng.people.models import LogEntry, Role
from yiheng.people.operations import Write, record
from yiheng.web.access import administrator

from .forms import LogForm
from .people import PAGE, me
from .words import ACTIONS, TABLES

COLUMNS: Final = (
    "序号",
    "时间",
    "操作者",
    "动作",
    "对象表",
    "对象键",
    "批次",
    "变更前",
    "变更后",
    "前一条的校验值",
    "校验值",
)
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


@administrator(Role.AUDIT_ADMIN)
def listed(request: HttpRequest) -> HttpResponse:
    """The entries that are looked for, newest first."""
    form = LogForm(request.GET or None)
    page = Paginator(_found(form), PAGE).get_page(request.GET.get("page"))
    query = request.GET.copy()
    query.pop("page", None)
    return render(
        request,
        "manage/log.html",
        {"form": form, "lines": _lines(page), "page": page, "query": query.urlencode()},
    )


@administrator(Role.AUDIT_ADMIN)
def entry(request: HttpRequest, number: int) -> HttpResponse:
    """One entry with everything in it."""
    found = get_object_or_404(LogEntry, pk=number)
    context = {
        "entry": found,
        "action": ACTIONS.get(found.action, found.action),
        "table": TABLES.get(found.table, found.table),
        "before": _pretty(found.before),
        "after": _pretty(found.after),
    }
    return render(request, "manage/log_entry.html", context)


@administrator(Role.AUDIT_ADMIN)
@require_POST
def chain(request: HttpRequest) -> HttpResponse:
    """Recompute the whole chain and show how it stands; of a long log a job does it."""
    if logbook.is_long():
        title = f"核对操作日志 {timezone.localtime():%Y-%m-%d %H:%M}"
        try:
            job = operations.enqueue("verify_log", {}, by=me(request), title=title, subject="log")
        except CaseworkError as error:
            messages.error(request, str(error), extra_tags="danger")
            return redirect("manage:log")
        return redirect("jobs:job", key=job.pk)
    return render(request, "manage/chain.html", {"state": logbook.chain_state(), "at": timezone.now()})


@administrator(Role.AUDIT_ADMIN)
@require_POST
def export(request: HttpRequest) -> HttpResponseBase:
    """The entries that are looked for as CSV, with their hashes. That they were taken out is itself logged."""
    form = LogForm(request.POST)
    if not form.is_valid():
        return render(request, "manage/log.html", {"form": form, "lines": ()}, status=422)
    found = _found(form)
    last = found.values_list("pk", flat=True).first() or 0
    with transaction.atomic():
        after = {"entries": found.count(), "up_to": last}
        record([Write("export", "log", after=after)], actor=me(request))
    name = timezone.localtime().strftime("操作日志-%Y%m%d-%H%M.csv")
    answer = StreamingHttpResponse(_rows(found.filter(pk__lte=last)), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f"attachment; filename=log.csv; filename*=UTF-8''{quote(name)}"
    return answer


def _found(form: LogForm) -> QuerySet[LogEntry]:
    """What the form asks for; everything when it asks for nothing sensible, with the reason beside the field."""
    given = form.cleaned_data if form.is_bound and form.is_valid() else {}
    return logbook.search(Wanted(**given))


def _lines(page: Any) -> list[tuple[LogEntry, str, str]]:
    return [(e, ACTIONS.get(e.action, e.action), TABLES.get(e.table, e.table)) for e in page]


def _pretty(value: Any) -> str:
    return "" if value is None else json.dumps(value, ensure_ascii=False, indent=2, sort_keys=True)


class _Line:
    """A file that hands on each line that is written to it."""

    def write(self, text: str) -> str:
        """The line itself."""
        return text


def _rows(found: QuerySet[LogEntry]) -> Iterator[str]:
    writer = csv.writer(_Line())
    yield "\ufeff" + str(writer.writerow(COLUMNS))
    for e in found.iterator(chunk_size=2000):
        values = (
            e.pk, timezone.localtime(e.at).isoformat(), e.actor, e.action, e.table, e.key, e.batch,
            json.dumps(e.before, ensure_ascii=False), json.dumps(e.after, ensure_ascii=False), e.prev_hash, e.hash,
        )  # fmt: skip
        yield str(writer.writerow([_harmless(str(value)) for value in values]))


def _harmless(text: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return "'" + text if text.startswith(_FORMULA) else text
