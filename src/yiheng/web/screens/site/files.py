"""Files of certified versions (公开文件), each proved to be the one that was certified before it is handed out."""

from __future__ import annotations

import io
import zipfile
from typing import Final

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from yiheng.casework.errors import CaseworkError
from yiheng.casework.models import Publication
from yiheng.casework.queries import publications
from yiheng.web import errors
from yiheng.web.access import public
from yiheng.web.files import answer

from .shown import withdrawn

FRESH: Final = "public, max-age=60, must-revalidate"
"""A version's file never changes, but it may be withdrawn: a copy counts for a minute, then its ETag is asked."""
SHOWN: Final = (".html", ".css", ".js", ".svg", ".png")
_MOMENT: Final = (1980, 1, 1, 0, 0, 0)


@public
@require_safe
def one(request: HttpRequest, number: int, name: str) -> HttpResponseBase:
    """A file: pages are shown, documents are downloaded."""
    version = get_object_or_404(Publication, pk=number)
    if down := publications.withdrawal_of(version):
        return withdrawn(request, down)
    if name in version.manifest and f'"{version.manifest[name][1]}"' == request.headers.get("If-None-Match"):
        return HttpResponse(status=304)
    try:
        path = publications.file_of(version, name)
    except FileNotFoundError as error:
        raise Http404 from error
    except CaseworkError as refused:
        return errors.unavailable(request, str(refused))
    shown = path.suffix.lower() in SHOWN
    found = answer(path, name="" if shown else _file_name(version, name), download=not shown)
    if name in version.manifest:
        found.headers["ETag"] = f'"{version.manifest[name][1]}"'
    found.headers["Cache-Control"] = FRESH
    return found


@public
@require_safe
def bundle(request: HttpRequest, number: int) -> HttpResponseBase:
    """The whole package as a zip: the same bytes each time."""
    version = get_object_or_404(Publication, pk=number)
    if down := publications.withdrawal_of(version):
        return withdrawn(request, down)
    if defects := publications.defects(version):
        return errors.unavailable(request, "；".join(defects))
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(each for each in version.path.rglob("*") if each.is_file()):
            member = zipfile.ZipInfo(path.relative_to(version.path).as_posix(), _MOMENT)
            member.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(member, path.read_bytes())
    held.seek(0)
    found = FileResponse(
        held, as_attachment=True, filename=_file_name(version, "package.zip"), content_type="application/zip"
    )
    found.headers["Cache-Control"] = FRESH
    return found


def _file_name(version: Publication, name: str) -> str:
    last = name.rsplit("/", 1)[-1]
    return f"{version.unit}-{version.year}-{version.kind}-v{version.version}-{last}"
