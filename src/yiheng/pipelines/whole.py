"""The whole department on screen (部门整体评价填报): what its framework asks for, scored as it is typed, and saved.

1. choose the framework of the department's own sheet; 2. list what it asks for, beside what the ledger computes;
3. put what was typed in the place of the sheet's rows and score again; 4. write scores and inputs as one load.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from yiheng.facts import DepartmentYear, Record, Source
from yiheng.facts.sheets import SheetRow
from yiheng.ledger import queries
from yiheng.ledger.edits import Conflict
from yiheng.ledger.models import Load
from yiheng.people.operations import Actor
from yiheng.performance import department
from yiheng.performance.computed import Computed, computed_inputs
from yiheng.performance.models import Ground
from yiheng.pipelines import editing
from yiheng.pipelines.editing import CellProblem, Place, Typed, as_text
from yiheng.pipelines.evaluate import choose_framework, last_day
from yiheng.policy import Policy
from yiheng.scoring.department import DepartmentScore, evaluate_department
from yiheng.scoring.framework import Criterion, Framework, frameworks_in_force
from yiheng.scoring.inputs import input_names
from yiheng.scoring.needs import Need, needs, points, whole

SCORES: Final = "criterion_scores"
INPUTS: Final = "criterion_inputs"
COLUMNS: Final = {SCORES: ("manual_score", "reason"), INPUTS: ("value", "note")}
"""Sheet → its columns for the answer and for what is said about it."""
_RECORDS: Final = {SCORES: "criterion_score", INPUTS: "criterion_input"}
_SUPPOSED: Final = "试算"


@dataclass(frozen=True, slots=True)
class Asked:
    """One thing that is asked for, with what the ledger computes and the row that answers it."""

    need: Need
    computed: Computed | None = None
    row: SheetRow | None = None
    version: int = 0

    @property
    def sheet(self) -> str:
        """The sheet that the answer stands in."""
        return SCORES if self.need.judged else INPUTS

    @property
    def assumed(self) -> bool:
        """Whether the answer is only implied by a printed score."""
        return self.row is not None and self.row.text("ground") == Ground.ASSUMED

    @property
    def stored(self) -> Mapping[str, str]:
        """The answer as it is stored: `value`, `reason`, `scorer`, `evidence`, `evidence_kind`."""
        texts = as_text(self.row) if self.row else {}
        value, reason = COLUMNS[self.sheet]
        found = {name: texts.get(name, "") for name in ("scorer", "evidence", "evidence_kind")}
        return {"value": texts.get(value, ""), "reason": texts.get(reason, ""), **found}


@dataclass(frozen=True, slots=True)
class Sheet:
    """The department's own sheet with its framework."""

    department_year: DepartmentYear
    head: Record
    framework: Framework
    criteria: tuple[tuple[Criterion, tuple[Asked, ...]], ...]

    @property
    def transcribed(self) -> bool:
        """Whether it was taken over from a published document, and so is not filled in here."""
        return bool(self.head.get("document"))

    @property
    def asked(self) -> tuple[Asked, ...]:
        return tuple(each for _, of_criterion in self.criteria for each in of_criterion)

    def score(
        self, policy: Policy, answers: Mapping[str, Mapping[str, str]], *, trying: bool = False
    ) -> DepartmentScore:
        """The score with these answers by name of the need, as `Asked.stored` has them; nothing is written.

        `trying` lets points count for which nobody has said yet why. Raises `ScoringError` as evaluating does.
        """
        told = dict.fromkeys(("scorer", "reason", "evidence"), _SUPPOSED) if trying else {}
        records = [
            each for each in self.department_year.records
            if each.kind not in _RECORDS.values() or each.get("evaluation") != self.head.key
        ]  # fmt: skip
        for each in self.asked:
            answer = answers.get(each.need.name, {})
            if answer.get("value"):
                given = {**told, **{name: text for name, text in answer.items() if text}}
                fields = {**_fields(each, given, self.head), "evidence": given.get("evidence", "")}
                records.append(
                    Record(_RECORDS[each.sheet], each.need.name, self.head.unit, self.head.year, fields,
                           Source(each.need.name, ""))
                )  # fmt: skip
        supposed = replace(self.department_year, records=tuple(records))
        return evaluate_department(
            self.framework, department.inputs(supposed, self.head, self.framework, policy)
        )


@dataclass(frozen=True, slots=True)
class Saved:
    """What came of saving: the load, or what stands against it, by name of the need ("" for the whole)."""

    load: Load | None = None
    problems: tuple[tuple[str, CellProblem], ...] = ()
    conflicts: tuple[tuple[str, Conflict], ...] = field(default=())


def frameworks(policy: Policy, place: str, year: int) -> tuple[Framework, ...]:
    """The frameworks that a department may be judged by, the nearest first."""
    return frameworks_in_force(policy, place, last_day(year))


def sheet_of(department_year: DepartmentYear, policy: Policy) -> Sheet | None:
    """The department's own sheet as it is filled in; None where it has none. Raises `PolicyUnknown`."""
    head = department.department_evaluation(department_year)
    if head is None:
        return None
    framework = choose_framework(department_year, policy, head.get("framework"))
    units, year = [unit.key for unit in department_year.units], department_year.year
    scores = {
        (row.text("criterion"), row.text("part")): (row, version)
        for row, version in queries.sheet_rows(SCORES, units, year)
        if row.text("evaluation") == head.key
    }
    inputs = {
        row.text("name"): (row, version)
        for row, version in queries.sheet_rows(INPUTS, units, year)
        if row.text("evaluation") == head.key
    }
    computed = computed_inputs(department_year, policy, input_names(framework))
    seen: set[str] = set()
    criteria = []
    for criterion in framework.criteria:
        asked = []
        for need in _needs(criterion, scores):
            if need.name not in seen:
                seen.add(need.name)
                found = scores.get(need.place) if need.judged else inputs.get(need.name)
                asked.append(Asked(need, computed.get(need.name), *(found or (None, 0))))
        criteria.append((criterion, tuple(asked)))
    return Sheet(department_year, head, framework, tuple(criteria))


def _needs(criterion: Criterion, scores: Mapping[tuple[str, str], tuple[SheetRow, int]]) -> Iterable[Need]:
    """What the criterion asks for; points that a workbook gave for the whole or for a computed part stay in sight."""
    given = {part for of, part in scores if of == criterion.id and _scored(scores[of, part][0])}
    own = list(needs(criterion))
    names = {need.name for need in own}
    if "" in given and criterion.judged and criterion.id not in names:
        yield whole(criterion)
    yield from own
    for part in criterion.parts:
        if part.id in given and part.kind.computed:
            yield points(criterion, part)


def _scored(row: SheetRow) -> bool:
    return row.values.get("manual_score") is not None


def start(unit: str, year: int, framework: str, policy: Policy, actor: Actor) -> editing.EditReport:
    """Begin the department's own sheet by a framework."""
    cells = {"level": "department", "framework": framework}
    return editing.save(
        Place("evaluations", unit, year), [Typed("row", "", 0, cells)], policy, actor, "开始部门整体评价"
    )


def save(
    sheet: Sheet,
    answers: Mapping[str, Mapping[str, str]],
    versions: Mapping[str, int],
    policy: Policy,
    actor: Actor,
) -> Saved:
    """Write the answers that differ from what is stored: an emptied one takes its row away, or its points where the row
    has a printed score. `versions` are those that the screen showed. Everything or nothing is written.
    """
    place = sheet.department_year.unit.key, sheet.department_year.year
    changes = {name: [*_changed(sheet, name, answers, versions)] for name in (SCORES, INPUTS)}
    reports, load = editing.save_together(
        [(Place(name, *place), typed) for name, typed in changes.items()], policy, actor,
        f"部门整体评价：{sheet.department_year.unit.name}{sheet.department_year.year}年",
    )  # fmt: skip
    return Saved(
        load,
        _named_problems(sheet, reports),
        tuple((_named(sheet, row), each) for report in reports for row, each in report.conflicts),
    )


def problems(
    sheet: Sheet, answers: Mapping[str, Mapping[str, str]], versions: Mapping[str, int], policy: Policy
) -> tuple[tuple[str, CellProblem], ...]:
    """What the ledger has against the answers, by name of the need; nothing is written."""
    place = sheet.department_year.unit.key, sheet.department_year.year
    return _named_problems(
        sheet,
        [
            editing.check(Place(name, *place), [*_changed(sheet, name, answers, versions)], policy)
            for name in (SCORES, INPUTS)
        ],
    )


def _named_problems(
    sheet: Sheet, reports: Iterable[editing.EditReport]
) -> tuple[tuple[str, CellProblem], ...]:
    return tuple((_named(sheet, each.row), each) for report in reports for each in report.problems)


def _named(sheet: Sheet, row: str) -> str:
    """The need that a row of the report is of: it is called by the need's name or by its key."""
    if any(each.need.name == row for each in sheet.asked):
        return row
    return next((each.need.name for each in sheet.asked if each.row and each.row.key == row), "")


def _changed(
    sheet: Sheet,
    name: str,
    answers: Mapping[str, Mapping[str, str]],
    versions: Mapping[str, int],
) -> Iterable[Typed]:
    for each in sheet.asked:
        answer = answers.get(each.need.name)
        if each.sheet != name or answer is None or dict(answer) == dict(each.stored):
            continue
        key, version = (each.row.key if each.row else ""), versions.get(each.need.name, 0)
        if answer.get("value"):
            cells = _fields(each, answer, sheet.head)
            if each.row is None:
                cells |= {"unit": sheet.head.unit}
            yield Typed(each.need.name, key, version, cells)
        elif each.row is not None:
            printed = each.row.text("printed_score") if name == SCORES else ""
            emptied = {column: "" for column in _fields(each, {}, sheet.head) if column not in _NAMING}
            yield Typed(each.need.name, key, version, emptied if printed else None)


def _ground(each: Asked, answer: Mapping[str, str]) -> str:
    """A person's answer is an entered one; what stays as it is stored keeps what it rests on."""
    if not answer.get("value"):
        return ""
    kept = each.row is not None and answer["value"] == each.stored["value"]
    return (each.row.text("ground") if kept and each.row else "") or Ground.ENTERED.value


_NAMING: Final = frozenset({"evaluation", "criterion", "part", "name"})


def _fields(each: Asked, answer: Mapping[str, str], head: Record) -> dict[str, str]:
    """The cells of the row that the answer makes."""
    value, reason = COLUMNS[each.sheet]
    cells = {
        "evaluation": head.key, value: answer.get("value", ""), reason: answer.get("reason", ""),
        "ground": _ground(each, answer),
        "evidence_kind": answer.get("evidence_kind", ""), "evidence": answer.get("evidence", ""),
    }  # fmt: skip
    if each.sheet == INPUTS:
        return {**cells, "name": each.need.name}
    criterion, part = each.need.place
    return {**cells, "criterion": criterion, "part": part, "scorer": answer.get("scorer", "")}
