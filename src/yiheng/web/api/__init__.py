"""The HTTP interface (接口) for other systems: the same operations as the screens, with tokens."""

from .app import api

__all__ = ["api"]
