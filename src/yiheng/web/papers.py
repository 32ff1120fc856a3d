"""Assembled papers kept in memory (编成的公开稿), so that a reading screen need not compute them again.

What is kept is keyed by the state of the ledger: after a write of something it rests on, the next reader computes anew.
A figure on a screen is therefore never older than the ledger.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any, Final, TypeVar, cast

from yiheng.facts import DepartmentYear
from yiheng.ledger import queries
from yiheng.pipelines import installation
from yiheng.pipelines.assemble import Assembled, assemble
from yiheng.policy import Policy

T = TypeVar("T")
KEPT: Final = 64
"""Results a process keeps; a department-year's paper is some megabytes."""

_lock = threading.RLock()
_kept: OrderedDict[Hashable, Any] = OrderedDict()
_policy: dict[str, Policy] = {}


def policy() -> Policy:
    """The rules in force with the installation's own folder on top, read once a process."""
    with _lock:
        if "now" not in _policy:
            _policy["now"] = installation.policy()
        return _policy["now"]


def kept(what: Hashable, compute: Callable[[], T], *, drafts: bool = False) -> T:
    """The result of `compute` for the ledger as it is now, computed at most once a process.

    `drafts` says that it rests on budget lines of a stage before the approved budget as well (`queries.settled`).
    """
    key = (what, queries.state() if drafts else queries.settled())
    with _lock:
        if key in _kept:
            _kept.move_to_end(key)
            return cast("T", _kept[key])
    found = compute()
    with _lock:
        _kept[key] = found
        while len(_kept) > KEPT:
            _kept.popitem(last=False)
    return found


def department_year(unit: str, year: int, kind: str) -> DepartmentYear:
    """The facts of a department-year. Raises `NoDepartmentYear`."""
    return kept(
        ("facts", unit, year, kind), lambda: queries.department_year(unit, year, kind, policy=policy())
    )


def assembled(unit: str, year: int, kind: str, audience: str = "internal") -> Assembled:
    """The paper of a department-year for an audience. Raises `NoDepartmentYear` and `PolicyNotInForce`."""
    return kept(
        ("paper", unit, year, kind, audience),
        lambda: assemble(department_year(unit, year, kind), policy(), audience),
    )
