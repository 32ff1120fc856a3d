"""Reads made once while a page is made (同一页只读一次): the unit tree, rights, the state of the ledger.

Outside `reading` every call reads anew, and a write ends what was read so far.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any, Final, ParamSpec, TypeVar, cast

P = ParamSpec("P")
T = TypeVar("T")

_answers: Final[ContextVar[dict[Hashable, Any] | None]] = ContextVar("answers", default=None)


@contextmanager
def reading() -> Iterator[None]:
    """Answer equal reads once from here on, in this thread."""
    token = _answers.set({})
    try:
        yield
    finally:
        _answers.reset(token)


def is_reading() -> bool:
    """Whether what is read now is shown and not written from."""
    return _answers.get() is not None


def forget() -> None:
    """Read anew from here on: something was written."""
    answers = _answers.get()
    if answers is not None:
        answers.clear()


def once(read: Callable[P, T]) -> Callable[P, T]:
    """Let a read be made once within `reading`. Arguments must be hashable, and nobody may change what it gives."""

    @wraps(read)
    def answered(*args: P.args, **kwargs: P.kwargs) -> T:
        answers = _answers.get()
        if answers is None:
            return read(*args, **kwargs)
        asked = (read, args, *sorted(kwargs.items()))
        if asked not in answers:
            answers[asked] = read(*args, **kwargs)
        return cast("T", answers[asked])

    return answered
