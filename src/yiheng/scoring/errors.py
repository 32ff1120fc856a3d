"""What goes wrong when a target or sheet is judged, told in Chinese."""

from __future__ import annotations


class ScoringError(ValueError):
    """A judgement that cannot be made (无法评分): what, where, why, and what to do."""
