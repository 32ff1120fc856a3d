"""What the log of writes calls the things of casework (操作日志里的对象表)."""

from typing import Final

CYCLES: Final = "cycles"
"""A cycle and its steps; the key is unit/year."""
MATTERS: Final = "submissions"
"""Matters outside a cycle; the key is unit/year/subject."""
COMMENTS: Final = "comments"
CASES: Final = "cases"
CALENDAR: Final = "calendar"
"""Working days; the key is the day or the year."""
