"""Pages of long lists, and answers that need not be sent again (分页与 ETag)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from typing import Any, Final

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from ninja import Schema
from pydantic import Field

MOST: Final = 500
"""Longest page."""


class Page(Schema):
    """Which part of a list is wanted (query `limit` and `offset`)."""

    limit: int = Field(100, ge=1, le=MOST, description="每页条数")
    offset: int = Field(0, ge=0, le=10_000_000, description="从第几条起")


def paged(
    rows: Sequence[Any] | QuerySet[Any], page: Page, data: Callable[[Any], Any] = lambda row: row
) -> dict[str, Any]:
    """A page as the interface gives it: the rows, how many there are, and where the next page begins."""
    end = page.offset + page.limit
    count = rows.count() if isinstance(rows, QuerySet) else len(rows)
    return {
        "count": count,
        "next_offset": end if end < count else None,
        "items": [data(row) for row in rows[page.offset : end]],
    }


def tagged(request: HttpRequest, found: Any) -> HttpResponse:
    """The answer with its ETag; 304 without content where the caller has exactly this already."""
    body = json.dumps(found, ensure_ascii=False, default=str).encode()
    tag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    given = {part.strip().removeprefix("W/") for part in request.headers.get("If-None-Match", "").split(",")}
    headers = {"ETag": tag, "Cache-Control": "private, no-cache"}
    if tag in given:
        return HttpResponse(status=304, headers=headers)
    return HttpResponse(body, content_type="application/json; charset=utf-8", headers=headers)
