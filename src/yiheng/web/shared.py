"""Pages that are the same for all who have the same rights (同权同页): made once, and shown until something is written.

What is kept is keyed by address, language, rights and day, by the state of the ledger that papers rest on, and by the
newest log entry that counts. The reader's name and form token are put in afterwards, and the `hole` of a page: its part
that changes all the time. A view whose page shows comments, drafts or jobs elsewhere must not be marked.
"""

from __future__ import annotations

import secrets
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from functools import wraps
from typing import Any, Final, TypeVar, cast

from django.contrib.messages import get_messages
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.utils import timezone
from django.utils.html import escape
from django.utils.translation import get_language

from yiheng.ledger.queries import settled
from yiheng.ledger.sheets import shapes
from yiheng.people.models import User
from yiheng.people.once import once
from yiheng.people.queries import rights_of
from yiheng.people.written import Entry, Newest
from yiheng.web.access import View, user_of

T = TypeVar("T")
Hole = Callable[..., str]
"""Makes the part of a page that is made anew each time, from what the view is given."""
KEPT: Final = 256
"""Pages that a process keeps; one has some ten thousand letters."""
PARTS: Final = 2048
"""Parts of pages that a process keeps; one has some hundred letters."""
ATTRIBUTE: Final = "made_for_all"
_MARK: Final = secrets.token_hex(16)
NAME_MARK: Final = f"name-{_MARK}"
TOKEN_MARK: Final = f"token-{_MARK}"
HOLE_MARK: Final = f"hole-{_MARK}"
_PASSING: Final = frozenset({"sessions", "comments"})
"""Tables whose entries come all the time and change no page that is shared."""

_lock = threading.Lock()
_pages: OrderedDict[Hashable, _Page] = OrderedDict()
_results: OrderedDict[Hashable, Any] = OrderedDict()
_parts: OrderedDict[Hashable, Any] = OrderedDict()
_newest = once(Newest(lambda table: table not in _PASSING and table not in shapes()))


@dataclass(frozen=True, slots=True)
class _Page:
    content: str
    headers: tuple[tuple[str, str], ...]


def shared(view: View) -> View:
    """Mark a view whose page is the same for all who have the same rights."""
    return _shared(view, nobody, None)


def shared_but(named: Callable[[User], bool], hole: Hole | None = None) -> Callable[[View], View]:
    """As `shared`, but with a page of their own for people who are `named` in it, and with the hole if there is one."""
    return lambda view: _shared(view, named, hole)


def kept_for(user: User, what: Hashable, named: Callable[[User], bool], compute: Callable[[], T]) -> T:
    """What was computed of all that is logged and settled, for all who have the same rights and are not named in it."""
    return _kept(_results, (what, *_key(user, named)), compute)


def drawn(shown: Hashable, draw: Callable[[], str]) -> str:
    """A part of a page that was drawn before of the same things, in the same language; it must show nothing else."""
    return _kept(_parts, (shown, get_language()), draw, PARTS)


def _kept(kept: OrderedDict[Hashable, Any], key: Hashable, compute: Callable[[], T], most: int = KEPT) -> T:
    with _lock:
        if key in kept:
            kept.move_to_end(key)
            return cast("T", kept[key])
    found = compute()
    _keep(kept, key, found, most)
    return found


def decided() -> Entry:
    """The newest log entry of what is no row, comment or session: whoever it is the same for may do what they might."""
    return _newest()


def nobody(user: User) -> bool:
    """For pages that name none of their readers."""
    return False


def _shared(view: View, named: Callable[[User], bool], hole: Hole | None) -> View:
    @wraps(view)
    def respond(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method != "GET" or request.headers.get("HX-Request") or len(get_messages(request)):
            return cast("HttpResponse", view(request, *args, **kwargs))
        key = (request.get_full_path(), *_key(user_of(request), named))
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
            _keep(_pages, key, page)
        return _for_one(request, page, hole(request, *args, **kwargs) if hole else "")

    return cast("View", respond)


def for_all(request: HttpRequest) -> dict[str, str]:
    """What stands in a page for all in place of what is the reader's own; nothing for any other page."""
    if not getattr(request, ATTRIBUTE, False):
        return {}
    return {"csrf_token": TOKEN_MARK, "my_name": NAME_MARK, "hole": HOLE_MARK}


def _key(user: User | None, named: Callable[[User], bool]) -> tuple[Hashable, ...]:
    who: Hashable = None
    if user is not None:
        who = user.pk if named(user) else 0, user.administrator, user.is_active, rights_of(user)
    return get_language(), who, timezone.localdate(), settled(), _newest()


def _keep(kept: OrderedDict[Hashable, Any], key: Hashable, found: object, most: int = KEPT) -> None:
    with _lock:
        kept[key] = found
        while len(kept) > most:
            kept.popitem(last=False)


def _for_one(request: HttpRequest, page: _Page, hole: str) -> HttpResponse:
    content, user = page.content.replace(HOLE_MARK, hole), user_of(request)
    if user is not None:
        content = content.replace(NAME_MARK, escape(user.name)).replace(TOKEN_MARK, get_token(request))
    return HttpResponse(content, headers=dict(page.headers))
