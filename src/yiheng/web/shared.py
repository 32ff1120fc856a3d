"""Pages that are the same for all who have the same rights (同权同页): made once, and shown until something is written.

What is kept is keyed by address, language, rights and day, by the state of the ledger that papers rest on, and by the
newest log entry that counts. The reader's name and form token are put in afterwards. A view whose page shows comments,
drafts, jobs or what only one reader did must not be marked.
"""

from __future__ import annotations

import secrets
import threading
from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass
from functools import wraps
from typing import Any, Final, cast

from django.contrib.messages import get_messages
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.utils import timezone
from django.utils.html import escape
from django.utils.translation import get_language

from yiheng.ledger.queries import settled
from yiheng.ledger.sheets import shapes
from yiheng.people.queries import rights_of
from yiheng.people.written import Newest
from yiheng.web.access import View, user_of

KEPT: Final = 256
"""Pages that a process keeps; one has some ten thousand letters."""
ATTRIBUTE: Final = "made_for_all"
_MARK: Final = secrets.token_hex(16)
NAME_MARK: Final = f"name-{_MARK}"
TOKEN_MARK: Final = f"token-{_MARK}"
_PASSING: Final = frozenset({"sessions", "comments"})
"""Tables whose entries come all the time and change no page that is shared."""

_lock = threading.Lock()
_pages: OrderedDict[Hashable, _Page] = OrderedDict()
_newest = Newest(lambda table: table not in _PASSING and table not in shapes())


@dataclass(frozen=True, slots=True)
class _Page:
    content: str
    headers: tuple[tuple[str, str], ...]


def shared(view: View) -> View:
    """Mark a view whose page is the same for all who have the same rights."""

    @wraps(view)
    def respond(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method != "GET" or request.headers.get("HX-Request") or len(get_messages(request)):
            return cast("HttpResponse", view(request, *args, **kwargs))
        key = _key(request)
        with _lock:
            page = _pages.get(key)
            if page is not None:
                _pages.move_to_end(key)
        if page is None:
            setattr(request, ATTRIBUTE, True)
            response = view(request, *args, **kwargs)
            if response.status_code != 200 or response.streaming:
                setattr(request, ATTRIBUTE, False)
                return cast("HttpResponse", view(request, *args, **kwargs))
            page = _Page(response.content.decode(), tuple(response.headers.items()))
            _keep(key, page)
        return _for_one(request, page)

    return cast("View", respond)


def for_all(request: HttpRequest) -> dict[str, str]:
    """What stands in a page for all in place of what is the reader's own; nothing for any other page."""
    if not getattr(request, ATTRIBUTE, False):
        return {}
    return {"csrf_token": TOKEN_MARK, "my_name": NAME_MARK}


def _key(request: HttpRequest) -> Hashable:
    user = user_of(request)
    rights = rights_of(user) if user else None
    who = (user.administrator, user.is_active, rights) if user else ()
    return request.get_full_path(), get_language(), who, timezone.localdate(), settled(), _newest()


def _keep(key: Hashable, page: _Page) -> None:
    with _lock:
        _pages[key] = page
        while len(_pages) > KEPT:
            _pages.popitem(last=False)


def _for_one(request: HttpRequest, page: _Page) -> HttpResponse:
    content, user = page.content, user_of(request)
    if user is not None:
        content = content.replace(NAME_MARK, escape(user.name)).replace(TOKEN_MARK, get_token(request))
    return HttpResponse(content, headers=dict(page.headers))
