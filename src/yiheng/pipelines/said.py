"""What the writers warn of (缺少的字体、没有字形的字), as lines for a summary instead of Python's own warnings."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def said() -> Iterator[list[str]]:
    """Collect the warnings of the block, each once; the list is filled when the block ends."""
    lines: list[str] = []
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always", UserWarning)
        yield lines
    lines.extend(dict.fromkeys(str(warning.message) for warning in caught))
