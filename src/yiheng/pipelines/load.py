"""Loading (装载): workbooks and data packages in, one logged change of the ledger out, or none at all.

1. open the files; 2. read every table, cell by cell; 3. check the rows against each other, the ledger and the policy;
4. compare with the ledger; 5. have changes and removals confirmed; 6. write everything in one transaction.

Steps 1 to 4 change nothing, and with a single problem none of the files counts. A kill at any moment leaves the ledger
as it was; loading the same files again then does what is left to do.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.db import transaction

from yiheng.casework.queries import counting
from yiheng.ledger import operations
from yiheng.ledger.difference import Plan
from yiheng.ledger.errors import InvalidContent, StalePlan
from yiheng.ledger.operations import Applied
from yiheng.ledger.validation import notices, validate
from yiheng.people.operations import Actor
from yiheng.performance.providers import Provider
from yiheng.performance.validation import sheet_problems
from yiheng.performance.written import written_problems
from yiheng.pipelines.catalogs import catalogs, code_names
from yiheng.pipelines.intake import SHEETS, known_keys
from yiheng.pipelines.mappings import load_mapping
from yiheng.pipelines.progress import Cancelled, Progress, silent
from yiheng.policy import Policy
from yiheng.reading.controls import control_problems
from yiheng.reading.mapping import ColumnMapping
from yiheng.reading.problems import Problem, Unreadable, as_json, report
from yiheng.reading.references import References
from yiheng.reading.source import SourceFile
from yiheng.reading.sources import find_sources, open_source
from yiheng.reading.tables import Reading, read_sources

STEPS: Final = ("打开文件", "读取表格", "核对数据", "与台账比较", "等待确认", "写入台账")

Confirm = Callable[[Plan], bool]
"""Asked once, and only where rows of the ledger would be changed or removed, unless every difference is shown."""


@dataclass(slots=True)
class LoadReport:
    """What came of a load (装载结果). `status` is loaded, unchanged, refused, declined or cancelled."""

    files: list[str] = field(default_factory=list)
    status: str = "refused"
    rows: dict[str, int] = field(default_factory=dict)
    """Rows read by English sheet name."""
    problems: list[Problem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    """What the reader decided by itself, such as the encoding of a file."""
    notices: list[Problem] = field(default_factory=list)
    """What deserves a look but stops nothing."""
    plan: Plan | None = None
    applied: Applied | None = None

    @property
    def ok(self) -> bool:
        """Whether the ledger now has the content."""
        return self.status in ("loaded", "unchanged")

    def describe(self) -> str:
        """The result in Chinese."""
        lines = ["：".join(filter(None, ("、".join(self.files), _STATUS[self.status])))]
        lines += [f"提示：{note}" for note in self.notes]
        if self.notices:
            lines += ["值得留意（不影响装载）：", report(self.notices)]
        if self.problems:
            lines += [report(self.problems), "文件有问题，台账没有任何改动。请全部改正后重新装载。"]
        elif self.plan is not None and not self.plan.is_empty and self.status != "declined":
            lines.append(self.plan.describe())  # who declined has just read it
        return "\n".join(lines)

    def as_json(self) -> dict[str, Any]:
        """The result as plain data, every problem included."""
        return {
            "files": self.files,
            "status": self.status,
            "rows": self.rows,
            "notes": self.notes,
            "problems": as_json(self.problems),
            "notices": as_json(self.notices),
            "changes": self.plan.counts() if self.plan is not None else {},
        }


Within = Callable[[LoadReport], None]
"""Called in the transaction that writes the ledger, when all is written; what it raises undoes the load."""

_STATUS: Final = {
    "loaded": "已装载",
    "unchanged": "与台账一致，无需改动",
    "refused": "未装载",
    "declined": "未确认，未装载",
    "cancelled": "已取消，台账没有任何改动",
}


def load(
    paths: Sequence[Path],
    actor: Actor,
    confirm: Confirm = lambda plan: False,
    progress: Progress = silent,
    mapping: str | None = None,
    *,
    policy: Policy | None = None,
    home: Path | None = None,
    provider: Provider | None = None,
    show_all: bool = False,
    within: Within = lambda report: None,
) -> LoadReport:
    """Load workbooks, data packages and CSV files together; see the module.

    `mapping` is the name of a saved column mapping or the path of one. `provider` knows the names of the queries that
    measured actuals may ask. `progress` may raise `Cancelled`. `show_all` has additions confirmed as well. Nothing is
    raised for what is wrong in the files: it is in the report.
    """
    run = _Load(progress, policy or Policy.load(), home or Path(settings.YIHENG_HOME), provider)
    run.show_all, run.within = show_all, within
    try:
        with _collector_paused():
            run.load([Path(path) for path in paths], actor, confirm, mapping)
    except Cancelled:
        run.report.status = "cancelled"
    return run.report


@contextmanager
def _collector_paused() -> Iterator[None]:
    """No search for garbage cycles meanwhile: among rows by the hundred thousand it finds none and takes a fifth of
    the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


class _Load:
    """One load on its way through the steps."""

    def __init__(self, progress: Progress, policy: Policy, home: Path, provider: Provider | None) -> None:
        self.report = LoadReport()
        self._progress, self._policy, self._home, self._provider = progress, policy, home, provider
        self.show_all = False
        self.within: Within = lambda report: None

    def load(self, paths: list[Path], actor: Actor, confirm: Confirm, mapping_name: str | None) -> None:
        self._begin(0)
        mapping = self._mapping(mapping_name)
        if self.report.problems:
            return  # without the mapping, every column of the files would be blamed
        sources = self._open(paths)
        self._begin(1)
        reading = self._read(sources, mapping)
        self._begin(2)
        self.report.problems += self._check(reading)
        if self.report.problems:
            return
        self.report.notices += notices(reading.rows, self._policy, clock=counting(self._policy))
        self._begin(3)
        plan = self._compare(reading)
        if plan is None:
            return
        self._begin(4)
        asks = plan.needs_confirmation or (self.show_all and not plan.is_empty)
        if asks and not confirm(plan):
            self.report.status = "declined"
            return
        self._begin(5)
        self._write(plan, actor, reading)

    def _begin(self, step: int, detail: str = "") -> None:
        self._progress(STEPS[step] + detail, step, len(STEPS))

    def _mapping(self, name: str | None) -> ColumnMapping | None:
        if name is None:
            return None
        try:
            mapping, problems = load_mapping(name, self._home)
        except Unreadable as error:
            self.report.problems.append(error.problem)
            return None
        self.report.problems += problems
        return mapping

    def _open(self, paths: Iterable[Path]) -> list[SourceFile]:
        sources = []
        for path in paths:
            try:
                for found in find_sources(path):
                    self.report.files.append(found.name)
                    sources.append(open_source(found))
            except Unreadable as error:
                self.report.problems.append(error.problem)
        return sources

    def _read(self, sources: list[SourceFile], mapping: ColumnMapping | None) -> Reading:
        def tick(count: int) -> None:
            self._begin(1, f"（{count:,} 行）")

        reading = read_sources(sources, SHEETS, catalogs(self._policy), mapping, tick)
        self.report.rows = {name: len(rows) for name, rows in reading.rows.items()}
        self.report.notes += reading.notes
        return reading

    def _check(self, reading: Reading) -> list[Problem]:
        references = References(reading, SHEETS, known_keys())
        found = [
            *reading.problems,
            *control_problems(reading, SHEETS, catalogs(self._policy)),
            *references.problems(),
            *validate(references.settled("units"), self._policy),
        ]
        # A sheet is scored from its rows, so it is judged once they are sound.
        return found or sheet_problems(reading.rows, self._policy, provider=self._provider)

    def _compare(self, reading: Reading) -> Plan | None:
        try:
            self.report.plan = replace(operations.plan(reading.rows), called=code_names(self._policy))
        except InvalidContent as error:
            self.report.problems += error.problems
        return self.report.plan

    def _write(self, plan: Plan, actor: Actor, reading: Reading) -> None:
        label = "、".join(self.report.files)
        try:
            with transaction.atomic():
                self.report.applied = operations.apply(
                    plan, actor=actor, confirmed=True, label=label,
                    check=lambda: written_problems(reading.rows, self._policy),
                )  # fmt: skip
                self.report.status = "unchanged" if plan.is_empty else "loaded"
                self.within(self.report)
        except InvalidContent as error:
            self.report.problems += error.problems
        except StalePlan as error:
            remedy = "请重新装载，核对新的差异"
            self.report.problems.append(Problem("台账已变", label, str(error), remedy))
        self._progress(STEPS[-1], len(STEPS), len(STEPS))
