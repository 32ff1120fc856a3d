"""Every write of casework (事项办理), by subject; each is one transaction and logged."""

from .jobs import cancel, confirm, enqueue

__all__ = ["cancel", "confirm", "enqueue"]
