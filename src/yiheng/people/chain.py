"""The hash chain of the log (日志校验链): canonical JSON and SHA-256. Nothing here touches the database."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from decimal import Decimal
from typing import Any, Final

START: Final = "0" * 64
"""What the first entry names as its predecessor."""


def _plain(value: Any) -> str:
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return format(value, "f")
    raise TypeError(f"{type(value).__name__} has no canonical form: {value!r}")


def canonical(value: Any) -> str:
    """JSON with sorted keys and no blanks, equal for equal content. TypeError on floats and unknown types."""
    return json.dumps(
        refuse_floats(value), ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_plain
    )


def flat_json(rows: list[Any]) -> str:
    """As `canonical`, for rows of typed values that are known to hold no float, by the hundred thousand."""
    return json.dumps(rows, ensure_ascii=False, separators=(",", ":"), default=_plain)


def refuse_floats(value: Any) -> Any:
    """The value itself, once no float was found in it: a float is never the same twice."""
    if isinstance(value, float):
        raise TypeError(f"a float has no canonical form: {value!r}")
    if isinstance(value, dict):
        for item in value.values():
            refuse_floats(item)
    elif isinstance(value, (list, tuple)):
        for item in value:
            refuse_floats(item)
    return value


def plain(value: Any) -> Any:
    """The value as JSON gives it back, so that what is hashed is what is stored."""
    return json.loads(canonical(value))


def digest(text: str) -> str:
    """SHA-256 of the text, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def entry_hash(
    *,
    prev_hash: str,
    at: dt.datetime,
    user: int | None,
    actor: str,
    action: str,
    table: str,
    key: str,
    before: Any,
    after: Any,
    batch: str,
) -> str:
    """The hash of one log entry: of everything in it and of the entry before."""
    return digest(
        canonical(
            {
                "prev_hash": prev_hash,
                "at": at.astimezone(dt.UTC).isoformat(timespec="microseconds"),
                "user": user,
                "actor": actor,
                "action": action,
                "table": table,
                "key": key,
                "before": before,
                "after": after,
                "batch": batch,
            }
        )
    )
