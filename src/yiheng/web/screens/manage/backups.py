"""Back-ups (备份): the system administrator's. Made and proved by jobs, taken away with the own password, deleted."""

from __future__ import annotations

import shutil
from typing import Final

from django.conf import settings
from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_POST

from yiheng.casework import operations
from yiheng.casework.errors import CaseworkError
from yiheng.casework.queries import jobs
from yiheng.people.models import Role
from yiheng.pipelines.backup import kept
from yiheng.pipelines.backup.kept import Kept
from yiheng.pipelines.refused import of_the_system
from yiheng.web.access import administrator
from yiheng.web.screens.account.forms import ConfirmForm
from yiheng.web.screens.account.own import confirmed

from .people import me

WHOLE: Final = "installation"
"""What a back-up works on: one is made at a time."""


@administrator(Role.SYSTEM_ADMIN)
@require_GET
def listed(request: HttpRequest) -> HttpResponse:
    """All back-ups with what is known of each."""
    proofs = jobs.latest_by_subject("verify_backup")
    context = {
        "lines": [(found, proofs.get(found.name)) for found in kept.listed()],
        "making": jobs.open_job("backup", WHOLE),
        "folder": kept.folder(),
        "free": shutil.disk_usage(settings.YIHENG_HOME).free,
    }
    return render(request, "manage/backups.html", context)


@administrator(Role.SYSTEM_ADMIN)
@require_POST
def make(request: HttpRequest) -> HttpResponse:
    """Let a job make one."""
    name, now = kept.name_at(timezone.now()), timezone.localtime()
    title = f"备份 {now:%Y-%m-%d %H:%M}"
    return _job(request, "backup", name, title, WHOLE)


@administrator(Role.SYSTEM_ADMIN)
@require_GET
def one(request: HttpRequest, name: str) -> HttpResponse:
    """One back-up and what can be done with it."""
    return _one(request, _the(name), ConfirmForm())


@administrator(Role.SYSTEM_ADMIN)
@require_POST
def verify(request: HttpRequest, name: str) -> HttpResponse:
    """Let a job compare every hash."""
    found = _the(name)
    return _job(request, "verify_backup", found.name, f"核对备份 {found.name}", found.name)


@administrator(Role.SYSTEM_ADMIN)
@sensitive_post_parameters("password")
@require_POST
def download(request: HttpRequest, name: str) -> HttpResponseBase:
    """The file itself, for whoever gives the own password once more."""
    found, form = _the(name), ConfirmForm(request.POST)
    if not form.is_valid() or not confirmed(request, form):
        return _one(request, found, form, 422)
    try:
        opened = found.path.open("rb")
    except OSError as error:
        raise Http404 from error
    kept.hand_out(found, by=me(request))
    answer = FileResponse(opened, as_attachment=True, filename=found.name, content_type="application/zip")
    answer["Content-Encoding"] = (
        "identity"  # packed already: packing it again would only cost time and its length
    )
    answer["Cache-Control"] = "no-store"
    return answer


@administrator(Role.SYSTEM_ADMIN)
@require_POST
def delete(request: HttpRequest, name: str) -> HttpResponse:
    """Delete it for good."""
    try:
        kept.delete(_the(name), by=me(request))
    except OSError as error:
        messages.error(request, of_the_system(error), extra_tags="danger")
        return redirect("manage:backup", name)
    messages.success(request, _("已删除备份 %(name)s。") % {"name": name})
    return redirect("manage:backups")


def _job(request: HttpRequest, kind: str, name: str, title: str, subject: str) -> HttpResponse:
    try:
        job = operations.enqueue(kind, {"name": name}, by=me(request), title=title, subject=subject)
    except CaseworkError as error:
        messages.error(request, str(error), extra_tags="danger")
        return redirect("manage:backups")
    return redirect("jobs:job", key=job.pk)


def _one(request: HttpRequest, found: Kept, form: ConfirmForm, status: int = 200) -> HttpResponse:
    proof = jobs.latest_by_subject("verify_backup").get(found.name)
    context = {"backup": found, "proof": proof, "form": form}
    return render(request, "manage/backup.html", context, status=status)


def _the(name: str) -> Kept:
    found = kept.find(name)
    if found is None:
        raise Http404
    return found
