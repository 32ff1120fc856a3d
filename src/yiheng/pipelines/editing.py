"""Rows changed in a grid (网格编辑): cells as typed → one logged change of the ledger, or none.

1. take the sheet of one unit-year as it is; 2. put the typed cells over it and read each row as a workbook's row is
read; 3. judge the sheet as it would be: the rows, their codes, views and totals; 4. take the turn of writers; where
somebody wrote meanwhile, do 1 to 3 again; 5. write, merging what others wrote.

`check` ends after step 3 and writes nothing. What is wrong is in the report, each with its row and column; with a
single problem or conflict nothing is written.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from django.db import transaction

from yiheng.facts.sheets import SheetRow
from yiheng.ledger import operations, queries
from yiheng.ledger.difference import Plan
from yiheng.ledger.edits import planned
from yiheng.ledger.errors import EditConflict, InvalidContent, StalePlan
from yiheng.ledger.models import Load
from yiheng.ledger.operations import Applied
from yiheng.ledger.sheets import shapes
from yiheng.people.once import reading
from yiheng.people.operations import Actor, take_turns
from yiheng.performance.written import written_problems
from yiheng.policy import Policy
from yiheng.reading.problems import Problem

from .edited import CellProblem, EditReport, Place, Session, Typed, as_text, cell_text, columns_of

__all__ = [
    "CellProblem", "Changes", "EditReport", "Place", "Typed", "as_text", "cell_text", "check", "columns_of", "save",
    "save_together",
]  # fmt: skip

Changes = Sequence[tuple[Place, Sequence[Typed]]]
"""What was typed, by the place where it was typed."""


def check(place: Place, typed: Sequence[Typed], policy: Policy) -> EditReport:
    """Judge the changes; nothing is written."""
    with reading():
        session = Session(place, policy)
        session.read(typed)
    session.report.status = "refused" if session.report.problems else "checked"
    return session.report


def save(
    place: Place,
    typed: Sequence[Typed],
    policy: Policy,
    actor: Actor,
    label: str = "",
    guard: Callable[[], None] = lambda: None,
) -> EditReport:
    """Judge the changes and write them as one load; `label` says what for, where it is not a grid."""
    (report,), _ = save_together([(place, typed)], policy, actor, label, guard)
    return report


def save_together(
    changes: Changes, policy: Policy, actor: Actor, label: str, guard: Callable[[], None] = lambda: None
) -> tuple[list[EditReport], Load | None]:
    """Judge changes of several sheets and write them as one load, which is taken back as one; all of them or none.

    All writers take turns, so what takes long comes before the turn. Where somebody wrote meanwhile it is done again
    within it: what is written was judged on the ledger that it is written to. `guard` is asked when the turn is held,
    and raises where the changes may no longer be made; what it raises goes through.
    """
    ready = _Ready(changes, policy)
    if not ready.writes and queries.state() == ready.state:
        return ready.reports, None  # also what is refused was judged on one state
    load = None
    try:
        with transaction.atomic():
            take_turns()
            guard()
            try:
                load = ready.write(actor, label)
            except StalePlan:
                ready = _Ready(changes, policy)
                load = ready.write(actor, label)
    except InvalidContent as error:
        ready.refuse(error)
    return ready.reports, load


class _Ready:
    """Changes that were read and judged on one state of the ledger: what they would write, or what is against it."""

    def __init__(self, changes: Changes, policy: Policy) -> None:
        with reading():
            self.state = queries.state()  # before all else that is read: where it is the same later, all is
            self._policy = policy
            self._sessions = [Session(place, policy) for place, _ in changes]
            self._edits = [edit for each, (_, typed) in zip(self._sessions, changes, strict=True)
                           for edit in each.read(typed)]  # fmt: skip
            self.reports = [session.report for session in self._sessions]
            self._plan = Plan("", 0, (), {})
            if any(report.problems or report.conflicts for report in self.reports):
                for report in self.reports:
                    report.status = "refused" if report.problems else "conflict"
            else:
                self._make_plan()

    def _make_plan(self) -> None:
        try:
            self._plan = planned(self._edits, self.state[0])
        except EditConflict as error:
            self._conflict(error)
        except InvalidContent as error:
            self.refuse(error)
        else:
            self._end("unchanged", Applied(None))

    @property
    def writes(self) -> bool:
        """Whether there is anything to write."""
        return not self._plan.is_empty

    def write(self, actor: Actor, label: str) -> Load | None:
        """Write it; None where there is nothing to write. Raises `InvalidContent`, and `StalePlan` where somebody wrote
        since.
        """
        if not self.writes:
            if queries.state() != self.state:
                raise StalePlan
            return None
        applied = operations.write_planned(
            self._plan, actor=actor, label=label or self._sessions[0].label, check=self._written
        )
        self._end("saved", applied)
        return applied.load

    def refuse(self, error: InvalidContent) -> None:
        """What the ledger refuses goes to the report of its sheet."""
        by_title = {session.sheet.title: session for session in self._sessions}
        for problem in error.problems:
            session = by_title.get(problem.sheet, self._sessions[0])
            session.complain(session.name(problem.row), problem)
        self._end("refused")

    def _conflict(self, error: EditConflict) -> None:
        by_sheet = {session.sheet.name: session for session in self._sessions}
        numbers = {(edit.sheet, edit.key): edit.number for edit in self._edits}
        for each in error.conflicts:
            session = by_sheet[each.sheet]
            session.report.conflicts.append((session.name(numbers[each.sheet, each.key]), each))
        self._end("conflict")

    def _end(self, status: str, applied: Applied | None = None) -> None:
        for report in self.reports:
            report.status, report.applied = status, applied

    def _written(self) -> list[Problem]:
        """What does not fit the ledger's amounts, once the rows stand beside them."""
        numbers = {(edit.sheet, edit.key): edit.number for edit in self._edits}
        rows: dict[str, list[SheetRow]] = {}
        for change in self._plan.changes:
            if change.after is not None:
                row = shapes()[change.sheet].row(change.after)
                number = numbers[change.sheet, change.key]
                rows.setdefault(change.sheet, []).append(replace(row, number=number))
        return written_problems(rows, self._policy)
