"""Progress (进度) of long work: a callback that shows it and may stop it."""

from __future__ import annotations

from collections.abc import Callable

Progress = Callable[[str, int, int], None]
"""Called with the step in Chinese, the number done and the total; raising `Cancelled` ends the work cleanly."""


class Cancelled(Exception):
    """The user asked to stop. Nothing of the interrupted work is kept."""


def silent(step: str, done: int, total: int) -> None:
    """Progress that nobody watches."""
