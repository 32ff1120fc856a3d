"""Every write of the ledger: one transaction, logged, never a silent overwrite.

Loading goes in two steps. `plan` compares a content with the ledger by key and changes nothing. `apply` writes the
difference: an added row as it is, a changed row as a correction, a missing one as a reversal; or not at all.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from yiheng.facts.sheets import SheetRow
from yiheng.people.chain import canonical, digest
from yiheng.people.models import LogEntry, User
from yiheng.people.operations import Actor, Write, actor_name, record, take_turns
from yiheng.policy import Policy
from yiheng.reading.problems import Problem

from .bulk import insert
from .compare import Content, coverage_of, ledger_rows, ledger_state, removed
from .difference import Act, Change, Plan, changes_of
from .edits import Edit, overtaken, planned
from .errors import ChangesNeedConfirmation, EditConflict, InvalidContent, StalePlan, YearRefused
from .invariants import broken_invariants, still_named
from .models import Load, RowKind
from .opening import opening_content
from .references import unknown_references
from .sheets import Shape, Values, shapes
from .validation.structure import structural_problems
from .versions import RowVersion, versions

Rows = Mapping[str, Sequence[SheetRow]]
"""A content: the rows of each sheet by its English name. A sheet that is named and empty is known to have no rows."""


@dataclass(frozen=True, slots=True)
class Applied:
    """What was written. `load` is None where the ledger had the content already."""

    load: Load | None
    added: int = 0
    changed: int = 0
    removed: int = 0


def plan(rows: Rows) -> Plan:
    """The difference between the content and the ledger; nothing is written.

    A row that the content lacks is removed only where the content covers it (see `coverage`). Raises
    `InvalidContent` with every defect: duplicate keys, blanks, impossible amounts and dates, unknown references.
    Codes, views and totals are judged by `validation.validate`, which needs the policy.
    """
    if problems := structural_problems(rows):
        raise InvalidContent(problems)
    content = _content(rows)
    if problems := unknown_references(rows, content):
        raise InvalidContent(problems)
    coverage = coverage_of(content)
    changes: list[Change] = []
    unchanged = {}
    for sheet, values in content.items():
        shape = shapes()[sheet]
        rows_there = ledger_rows(shape, values, coverage)
        differing = changes_of(shape, values, rows_there)
        unchanged[sheet] = len(values) - len(differing)
        changes += differing + removed(shape, values, rows_there, coverage)
    return Plan(_hash(content), ledger_state(), tuple(changes), unchanged)


@dataclass(frozen=True, slots=True)
class Opened:
    """A year that was opened: what was written, and what has to be filled in by hand."""

    applied: Applied
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Beginning:
    """A year about to be opened: what would be written, and what has to be filled in by hand."""

    plan: Plan
    notes: tuple[str, ...]
    label: str


def begin_year(
    unit: str, from_year: int, to_year: int, *, kind: str = "budget", policy: Policy | None = None
) -> Beginning:
    """What `open_year` would write. Nothing is written. Raises as it does."""
    rows, notes = opening_content(unit, from_year, to_year, kind, policy)
    begun = plan(rows)
    if begun.needs_confirmation:
        raise YearRefused(
            f"开立 {to_year} 年度会改动台账里已有的行：\n{begun.describe()}\n处理：先处理这些行，再开立新年度。"
        )
    return Beginning(begun, tuple(notes), f"开立{to_year}年度（{unit}）")


@transaction.atomic
def open_year(
    unit: str,
    from_year: int,
    to_year: int,
    *,
    actor: Actor,
    kind: str = "budget",
    policy: Policy | None = None,
    at: dt.datetime | None = None,
    beginning: Beginning | None = None,
) -> Opened:
    """Begin a department-year with what the last one leaves: projects, targets as text, 结转, comparatives.

    `beginning` is what was shown and confirmed. Raises `YearRefused` where the new year is there already, where rows
    would be overwritten, or where the last year ends below zero; `NoDepartmentYear` where there is no last one;
    `StalePlan` where the ledger is no longer the one that was shown.
    """
    begun = beginning or begin_year(unit, from_year, to_year, kind=kind, policy=policy)
    return Opened(apply(begun.plan, actor=actor, label=begun.label, at=at), begun.notes)


def _content(rows: Rows) -> Content:
    content = {}
    for sheet, shape in shapes().items():
        if sheet in rows:
            of_sheet = [shape.values(row) for row in rows[sheet]]
            content[sheet] = {shape.key(values): values for values in of_sheet}
    return content


def _hash(content: Content) -> str:
    return digest(
        canonical({sheet: shapes()[sheet].digest(rows.values()) for sheet, rows in content.items()})
    )


@transaction.atomic
def apply(
    plan: Plan,
    *,
    actor: Actor,
    confirmed: bool = False,
    label: str = "",
    at: dt.datetime | None = None,
    check: Callable[[], list[Problem]] = list,
) -> Applied:
    """Write a difference and log it. An empty one writes nothing at all.

    Raises `ChangesNeedConfirmation` where rows would be changed or removed and nobody confirmed it, `StalePlan`
    where the ledger is no longer the one that was compared, `InvalidContent` where the ledger would contradict
    itself afterwards, or `check` (asked when the rows are there) finds problems. Nothing is written then.
    """
    if plan.needs_confirmation and not confirmed:
        raise ChangesNeedConfirmation(plan)
    if plan.is_empty:
        return Applied(None)
    take_turns()
    return _applied(plan, actor, label, at, check)


def _applied(
    plan: Plan, actor: Actor, label: str, at: dt.datetime | None, check: Callable[[], list[Problem]]
) -> Applied:
    """`apply` within a transaction of the caller's that holds the turn; `StalePlan` leaves that as it was."""
    if plan.is_empty:
        return Applied(None)
    if ledger_state() != plan.state:
        raise StalePlan
    with transaction.atomic(savepoint=False):
        return _written(plan, actor, label, at, check)


def _written(
    plan: Plan, actor: Actor, label: str, at: dt.datetime | None, check: Callable[[], list[Problem]]
) -> Applied:
    when = at or timezone.now()
    load = Load.objects.create(
        at=when,
        user=actor if isinstance(actor, User) else None,
        actor=actor_name(actor),
        label=label,
        content_hash=plan.content_hash,
    )
    writes: list[Write] = []
    for sheet, changes in _by_sheet(plan.changes).items():
        shape = shapes()[sheet]
        writes += (
            _write_register(shape, changes) if shape.is_register else _write_journal(shape, changes, load)
        )
    if problems := broken_invariants(plan.changes) or check():
        raise InvalidContent(problems)
    record(writes, actor=actor, batch=plan.content_hash, at=when, in_turn=True)
    numbers = {act: len(plan.of(act)) for act in Act}
    return Applied(load, numbers[Act.ADD], numbers[Act.CHANGE], numbers[Act.REMOVE])


@transaction.atomic
def edit(
    edits: Sequence[Edit],
    *,
    actor: Actor,
    label: str = "",
    at: dt.datetime | None = None,
    check: Callable[[], list[Problem]] = list,
) -> Applied:
    """Write changes to single rows as one logged load: all of them or none.

    Rows that somebody else changed elsewhere meanwhile are merged cell by cell. Raises `EditConflict` where the same
    cell was changed, `InvalidContent` with every structural defect, then with every broken invariant and whatever
    `check` finds. Codes and totals are judged by `validation.validate`, which needs the policy.
    """
    take_turns()
    return write_planned(planned(edits), actor=actor, label=label, at=at, check=check)


def write_planned(
    plan: Plan,
    *,
    actor: Actor,
    label: str = "",
    at: dt.datetime | None = None,
    check: Callable[[], list[Problem]] = list,
) -> Applied:
    """Write what `edits.planned` gave, as `edit` does, within a transaction that took the turn (`take_turns`).

    It may have been planned before the turn, so that nobody had to wait. Raises `StalePlan` where somebody wrote since:
    then nothing was done, and it may be planned anew; and `InvalidContent` as `edit` does, which ends the transaction.
    """
    return _applied(plan, actor, label, at, lambda: [*still_named(plan.changes), *check()])


def restore(sheet: str, key: str, version: int, *, seen: int, actor: Actor, label: str = "") -> Applied:
    """Write an earlier version of a row again as a correction (恢复). `seen` is the newest version that was shown.

    Raises as `edit` does, and LookupError for a version that never was.
    """
    shape = shapes()[sheet]
    wanted = _version(versions(shape, key), version)
    return edit([_back_to(shape, key, seen, wanted.values)], actor=actor, label=label)


@transaction.atomic
def undo(load: int, *, actor: Actor, label: str = "") -> Applied:
    """Undo one load (撤销): every row that it wrote becomes again what it was before.

    Raises `EditConflict` where somebody has changed one of the rows since, LookupError for a load that never was.
    """
    take_turns()
    batch = Load.objects.filter(pk=load).first()
    if batch is None:
        raise LookupError(load)
    return edit(list(_undone(batch)), actor=actor, label=label or f"撤销：{batch.label}")


def _undone(batch: Load) -> Iterator[Edit]:
    for shape in shapes().values():
        model: Any = shape.model
        if shape.is_register:
            entries = LogEntry.objects.filter(table=shape.sheet, batch=batch.content_hash, at=batch.at)
            written = [(key, None) for key in entries.values_list("key", flat=True)]
        else:
            written = list(model.objects.filter(load_id=batch.pk).values_list("key", "version"))
        for key, number in written:
            history = versions(shape, key)
            index = next(
                i for i, v in enumerate(history)
                if v.version == number or (number is None and v.at == batch.at)
            )  # fmt: skip
            before = history[index - 1].values if index else None
            if history[index] is not history[-1]:
                raise EditConflict([overtaken(shape, key, history[-1])])
            yield _back_to(shape, key, history[index].version, before)


def _version(history: Sequence[RowVersion], number: int) -> RowVersion:
    found = next((each for each in history if each.version == number), None)
    if found is None:
        raise LookupError(number)
    return found


def _back_to(shape: Shape, key: str, seen: int, values: Values | None) -> Edit:
    return Edit(shape.sheet, key, seen, None if values is None else shape.given(values))


def _by_sheet(changes: Iterable[Change]) -> dict[str, list[Change]]:
    found: dict[str, list[Change]] = {}
    for change in changes:
        found.setdefault(change.sheet, []).append(change)
    return found


def _write_register(shape: Shape, changes: Sequence[Change]) -> list[Write]:
    """Change register rows in place. What they were is kept by the log alone, row by row."""
    model: Any = shape.model
    new = []
    for change in changes:
        if change.base is None:
            named = dict(zip(shape.attributes, change.after or (), strict=True))
            new.append(model(**{"key": change.key, **named}))
        elif change.after is None:
            model.objects.filter(pk=change.base.pk).update(active=False)
        else:
            named = dict(zip(shape.attributes, change.after, strict=True))
            model.objects.filter(pk=change.base.pk).update(active=True, **named)
    model.objects.bulk_create(new)
    return [_write(shape, change) for change in changes]


def _write_journal(shape: Shape, changes: Sequence[Change], load: Load) -> list[Write]:
    """Add the rows: originals, corrections and reversals.

    New rows cannot be changed, so the log holds their number and one hash over all of them (`queries.verify_rows`
    compares it); what was corrected or reversed it holds row by row as well.
    """
    insert(shape.model, _versions(shape, changes, load))
    written = [
        (
            (change.after or change.before or ()),
            change.base.version + 1 if change.base else 1,
            _row_kind(change),
        )
        for change in changes
    ]
    whole = Write(
        "load", shape.sheet, after={"load": load.pk, "rows": len(written), "sha256": shape.seal(written)}
    )
    return [whole, *(_write(shape, change) for change in changes if change.before is not None)]


def _versions(shape: Shape, changes: Sequence[Change], load: Load) -> Iterator[Sequence[Any]]:
    """The new version of each change's row, as the columns of the table."""
    fields = [field for field in shape.model._meta.concrete_fields if not field.primary_key]
    where = [shape.place.get(field.name, -1) for field in fields]
    own = {field.name: index for index, field in enumerate(fields) if field.name in shape.model.bookkeeping}
    for index, change in enumerate(changes):
        values = change.after or change.before or ()
        row = [values[i] if i >= 0 else None for i in where]
        base = change.base
        row[own["load"]] = load.pk
        row[own["version"]] = base.version + 1 if base else 1
        row[own["replaces"]] = base.pk if base else None
        row[own["kind_of_row"]] = _row_kind(change)
        row[own["position"]] = base.position if base else load.pk * _ROWS_OF_A_LOAD + index
        yield row


def _row_kind(change: Change) -> str:
    if change.after is None:
        return RowKind.REVERSAL.value
    return RowKind.CORRECTION.value if change.base else RowKind.ORIGINAL.value


_ROWS_OF_A_LOAD = 10**9
"""More than any load has rows, so that rows of a later load stand behind those of an earlier one."""


def _write(shape: Shape, change: Change) -> Write:
    before = None if change.before is None else shape.as_dict(change.before)
    after = None if change.after is None else shape.as_dict(change.after)
    return Write(change.act.value, shape.sheet, change.key, before, after)
