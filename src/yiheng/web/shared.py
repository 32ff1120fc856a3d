"""Pages that are the same for all who have the same rights (同权同页): made once, and shown until something is written.

What is kept is keyed by address, language, rights and day, by the state of the ledger that papers rest on, and by the
newest log entry that counts. The reader's name and form token are put in afterwards, and the `hole` of a page: its part
that changes all the time. A view whose page shows comments, drafts or jobs elsewhere must not be marked.
"""

from __future__ import annotations

import re
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
from django.utils.cache import patch_vary_headers
from django.utils.html import escape
from django.utils.translation import get_language

from yiheng.ledger.queries import settled, state
from yiheng.ledger.sheets import shapes
from yiheng.people.models import User
from yiheng.people.once import once
from yiheng.people.queries import rights_of
from yiheng.people.written import Entry, Newest
from yiheng.web import pressed
from yiheng.web.access import View, user_of

T = TypeVar("T")
Hole = Callable[..., str]
"""Makes the part of a page that is made anew each time, from what the view is given."""
KEPT: Final = 256
"""Pages that a process keeps; one has some ten thousand letters."""
PARTS: Final = 2048
"""Parts of pages that a process keeps; one has some hundred letters."""
PIECES: Final = 16
"""Pieces of a page that are compressed each by itself: many short ones would make it longer."""
ATTRIBUTE: Final = "made_for_all"
_MARK: Final = secrets.token_hex(16)
NAME_MARK: Final = f"name-{_MARK}"
TOKEN_MARK: Final = f"token-{_MARK}"
HOLE_MARK: Final = f"hole-{_MARK}"
_MARKS: Final = re.compile(f"((?:name|token|hole)-{_MARK})")
_PASSING: Final = frozenset({"sessions", "comments", "jobs"})
"""Tables whose entries come all the time and change only the holes of pages that are shared."""

_newest = once(Newest(lambda table: table not in _PASSING and table not in shapes()))


@dataclass(frozen=True, slots=True)
class _Page:
    texts: tuple[str, ...]
    """The page, cut where a mark stands; the marks are among them."""
    pieces: tuple[pressed.Piece | None, ...]
    """The same compressed, None for a mark; empty where there are too many marks for that."""
    headers: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, response: HttpResponse) -> _Page:
        texts = tuple(text for text in _MARKS.split(response.content.decode()) if text)
        pieces: tuple[pressed.Piece | None, ...] = ()
        if len(texts) <= PIECES:
            pieces = tuple(None if _MARKS.fullmatch(text) else pressed.piece(text) for text in texts)
        return cls(texts, pieces, tuple(response.headers.items()))


class _Shelf:
    """What was made last of each key, with the state that it was made of; what is asked for most is kept."""

    def __init__(self, most: int) -> None:
        self._most, self._lock = most, threading.Lock()
        self._kept: OrderedDict[Hashable, tuple[Hashable, Any]] = OrderedDict()

    def __len__(self) -> int:
        return len(self._kept)

    def get(self, key: Hashable, now: Hashable = None) -> Any:
        """It, or None where there is none of that state."""
        with self._lock:
            found = self._kept.get(key)
            if found is None or found[0] != now:
                return None
            self._kept.move_to_end(key)
        return found[1]

    def put(self, key: Hashable, made: object, now: Hashable = None) -> None:
        """Keep it in place of what was made of another state."""
        with self._lock:
            self._kept[key] = now, made
            self._kept.move_to_end(key)
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._kept.clear()


_pages, _results, _holes, _parts = _Shelf(KEPT), _Shelf(KEPT), _Shelf(KEPT), _Shelf(PARTS)


def shared(view: View) -> View:
    """Mark a view whose page is the same for all who have the same rights."""
    return _shared(view, nobody, None)


def shared_but(named: Callable[[User], bool], hole: Hole | None = None) -> Callable[[View], View]:
    """As `shared`, but with a page of their own for people who are `named` in it, and with the hole if there is one."""
    return lambda view: _shared(view, named, hole)


def kept_for(
    user: User,
    what: Hashable,
    named: Callable[[User], bool],
    compute: Callable[[], T],
    *,
    drafts: bool = False,
) -> T:
    """What was computed of all that is logged and settled, for all who have the same rights and are not named in it.

    `drafts` says that it rests on budget lines of an early stage as well.
    """
    key, now = (what, _who(user, named)), _state(drafts)
    found = _results.get(key, now)
    if found is None:
        found = compute()
        _results.put(key, found, now)
    return cast("T", found)


def drawn(shown: Hashable, draw: Callable[[], str]) -> str:
    """A part of a page that was drawn before of the same things, in the same language; it must show nothing else."""
    key = shown, get_language()
    found = _parts.get(key)
    if found is None:
        found = draw()
        _parts.put(key, found)
    return cast("str", found)


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
        key, now = (request.get_full_path(), _who(user_of(request), named)), _state()
        page = _pages.get(key, now)
        if page is None:
            setattr(request, ATTRIBUTE, True)
            try:
                response = view(request, *args, **kwargs)
            except BaseException:
                setattr(request, ATTRIBUTE, False)  # the page that tells of it is the reader's own
                raise
            if response.status_code != 200 or response.streaming:
                setattr(request, ATTRIBUTE, False)
                return cast("HttpResponse", view(request, *args, **kwargs))
            page = _Page.of(response)
            _pages.put(key, page, now)
        return _for_one(request, page, hole(request, *args, **kwargs) if hole else "")

    return cast("View", respond)


def for_all(request: HttpRequest) -> dict[str, str]:
    """What stands in a page for all in place of what is the reader's own; nothing for any other page."""
    if not getattr(request, ATTRIBUTE, False):
        return {}
    return {"csrf_token": TOKEN_MARK, "my_name": NAME_MARK, "hole": HOLE_MARK}


def _who(user: User | None, named: Callable[[User], bool]) -> Hashable:
    """For whom a page is made: everybody of whom this is the same gets the same."""
    if user is None:
        return get_language(), None
    own = user.pk if named(user) else 0
    return get_language(), own, user.administrator, user.is_active, rights_of(user)


def _state(drafts: bool = False) -> Hashable:
    """What a page was made of: whenever something is written that it may show, this is another."""
    return timezone.localdate(), state() if drafts else settled(), _newest()


def _for_one(request: HttpRequest, page: _Page, hole: str) -> HttpResponse:
    user = user_of(request)
    own = {HOLE_MARK: hole, NAME_MARK: "", TOKEN_MARK: ""}
    if user is not None:
        own |= {NAME_MARK: escape(user.name), TOKEN_MARK: get_token(request)}
    if not page.pieces or not pressed.is_taken(request.headers.get("Accept-Encoding", "")):
        return HttpResponse("".join(own.get(each, each) for each in page.texts), headers=dict(page.headers))
    pieces = (
        made or (_pressed(hole) if text == HOLE_MARK else pressed.plain(own[text]))
        for text, made in zip(page.texts, page.pieces, strict=True)
    )
    response = HttpResponse(pressed.stream(pieces), headers=dict(page.headers))
    response.headers["Content-Encoding"] = "gzip"
    patch_vary_headers(response, ("Accept-Encoding",))
    return response


def _pressed(hole: str) -> pressed.Piece:
    found: pressed.Piece | None = _holes.get(hole)
    if found is None:
        found = pressed.piece(hole)
        _holes.put(hole, found)
    return found
