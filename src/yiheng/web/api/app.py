"""The interface as one object: its operations by subject, and what it answers when something is wrong."""

from __future__ import annotations

import logging
from typing import Any, Final

from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from yiheng.casework.errors import CaseworkError
from yiheng.ledger.errors import LedgerError, NoDepartmentYear, UnknownUnit
from yiheng.pipelines.uploads import UploadRefused
from yiheng.policy import PolicyUnknown
from yiheng.scoring.errors import ScoringError
from yiheng.web import errors
from yiheng.web.api import jobs, papers, units
from yiheng.web.api.tokens import Refused, TokenAuth

_log: Final = logging.getLogger(__name__)
api = NinjaAPI(
    title="医衡接口",
    version="1",
    description="部门预算、决算与绩效的接口。令牌在“我的账号·接口令牌”签发，随请求头 Authorization: Bearer 发送。",
    urls_namespace="api",
    auth=TokenAuth(),
    docs_url=None,  # the page of the library loads from elsewhere; the description itself is at /api/v1/openapi.json
)
api.add_router("", units.router)
api.add_router("", papers.router)
api.add_router("", jobs.router)


def _problem(request: HttpRequest, status: int, message: str, details: Any = None) -> HttpResponse:
    return api.create_response(request, {"message": message, "details": details or []}, status=status)


@api.exception_handler(AuthenticationError)
def _unknown(request: HttpRequest, error: Exception) -> HttpResponse:
    return _problem(request, 401, "缺少令牌，或令牌无效、过期、已收回。")


@api.exception_handler(Refused)
def _refused(request: HttpRequest, error: Exception) -> HttpResponse:
    return _problem(request, 403, str(error))


@api.exception_handler(ValidationError)
def _invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    details = [
        {"where": ".".join(str(part) for part in found["loc"]), "reason": found["msg"]}
        for found in error.errors
    ]
    return _problem(request, 422, "请求的参数不符合接口说明。", details)


@api.exception_handler(HttpError)
def _http(request: HttpRequest, error: HttpError) -> HttpResponse:
    return _problem(request, error.status_code, "请求的内容无法识别，请按接口说明发送。")


@api.exception_handler(Http404)
def _missing(request: HttpRequest, error: Exception) -> HttpResponse:
    return _problem(request, 404, str(error) or "没有这个对象。")


def _said(status: int, *kinds: type[Exception]) -> None:
    for kind in kinds:

        @api.exception_handler(kind)
        def _answer(request: HttpRequest, error: Exception) -> HttpResponse:
            return _problem(request, status, str(error))


_said(404, NoDepartmentYear, UnknownUnit)
_said(409, CaseworkError, LedgerError, PolicyUnknown, ScoringError)


def _fault(request: HttpRequest, error: Exception | type[Exception]) -> HttpResponse:
    """The disk is full, or the database does not answer; anything else is Django's to tell and to log."""
    assert isinstance(error, Exception)
    status, _, text = errors.fault(error)
    if status == 500:
        raise error
    _log.error("the interface could not answer", exc_info=error)
    answer = _problem(request, status, text)
    if status == 503:
        answer.headers["Retry-After"] = str(errors.RETRY_AFTER)
    return answer


for _kind in (OSError, OperationalError, InterfaceError):
    api.add_exception_handler(_kind, _fault)


@api.exception_handler(UploadRefused)
def _upload(request: HttpRequest, error: UploadRefused) -> HttpResponse:
    return _problem(request, 422, "上传的文件没有被接受。", list(error.problems))
