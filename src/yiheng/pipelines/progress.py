"""Progress (进度) of long work: a callback that shows it and may stop it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

_T = TypeVar("_T")

Progress = Callable[[str, int, int], None]
"""Called with the step in Chinese, the number done and the total; raising `Cancelled` ends the work cleanly."""


class Cancelled(Exception):
    """The user asked to stop. Nothing of the interrupted work is kept."""


def silent(step: str, done: int, total: int) -> None:
    """Progress that nobody watches."""


class Steps:
    """Runs the steps of some work one after the other and reports each."""

    def __init__(self, progress: Progress, total: int) -> None:
        """`total` is the number of steps, each part of a step that has parts counted."""
        self._progress = progress
        self._done = 0
        self.total = total

    def run(self, name: str, step: Callable[[], _T], parts: int = 1) -> _T:
        """Do one step. A step with parts tells of them by `inner`."""
        self._progress(name, self._done, self.total)
        result = step()
        self._done += parts
        self._progress(name, self._done, self.total)
        return result

    def inner(self, name: str, done: int, total: int) -> None:
        """The progress of the step that is being done, by its parts."""
        self._progress(name, self._done + min(done, total), self.total)

    def end(self) -> None:
        """All is done, also what there was no need of."""
        self._progress("完成", self.total, self.total)
