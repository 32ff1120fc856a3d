"""Methods of rules on satisfaction surveys (满意度调查): the options of a question, and the composite in the text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from yiheng.checks.audit.register import AuditRule
from yiheng.checks.audit.subject import Method, Subject, found
from yiheng.facts import Outcome, Severity
from yiheng.facts.audit import AuditFinding, Ground
from yiheng.facts.document import ReadCell, ReadDocument, ReadParagraph, ReadTable
from yiheng.facts.known import KnownBlock, KnownTable
from yiheng.money import PrintedKind, Rounding, round_to
from yiheng.scoring.errors import ScoringError
from yiheng.scoring.survey import counts_from_percents

_OPTIONS = ("非常满意", "满意", "比较满意", "基本满意", "不满意", "非常不满意")
_TOP = ("非常满意", "满意")
_COMPOSITE = re.compile(r"综合满意度[为是达到：:\s]{0,3}(?P<value>\d{1,3}(?:\.\d+)?)\s*[%％]")
_ANSWERS = re.compile(r"有效问卷\s*(?P<answers>\d+)\s*份[，,、\s]*" + _COMPOSITE.pattern)
_TABLE = re.compile(r"表\s*(\d+(?:[-—]\d+)?)")
_BEFORE = 2
"""Fewest composites of one paragraph that are put beside the surveys below it in their order."""


class _Said(NamedTuple):
    """A composite in a sentence and the survey that it sums up."""

    table: KnownTable
    block: KnownBlock
    paragraph: ReadParagraph
    hit: re.Match[str]


def options(rule: AuditRule, subject: Subject) -> Iterator[AuditFinding]:
    """The shares of the answers to a question add up to 100 % but for what rounding leaves."""
    for table, block in _surveys(subject):
        for row, cells in zip(block.rows, block.cells, strict=True):
            values = _answers(block, cells)
            if len(values) < 2:
                continue
            total = sum((_value(value) for value in values.values()), Decimal(0))
            steps: list[Decimal] = [
                Decimal(1).scaleb(-cell.printed.places) for cell in values.values() if _value(cell)
            ]
            slack = sum(steps, Decimal(0)) / 2
            at = f"{table.shown}[{row.shown}]"
            if abs(total - 100) <= slack:
                yield found(rule, Outcome.PASS, row.place, at)
            else:
                listed = " + ".join(f"{_value(value)}" for value in values.values())
                yield found(rule, Outcome.FAIL, row.place, at, f"各选项相加 {listed} = {total}%")._replace(
                    printed=f"{total}%", computed="100%", difference=f"{total - 100}"
                )


def composites(rule: AuditRule, subject: Subject) -> Iterator[AuditFinding]:
    """The composite satisfaction of a survey is the mean of 非常满意 + 满意 over its questions."""
    surveys: dict[int, tuple[KnownTable, KnownBlock]] = {}
    for table, block in _surveys(subject):
        surveys.setdefault(table.index, (table, block))
    if not surveys:
        return
    document = subject.document
    made = [(said, _composite(rule, document, said)) for said in _beside(document, surveys)]
    for several in _listed(document, surveys):
        listed = [(said, _composite(rule, document, said)) for said in several]
        unlike = [f for _, f in listed if f is None or _wrong(f)]
        made += listed if len(unlike) < 2 else []
    told: dict[tuple[int, str], AuditFinding] = {}
    for said, finding in sorted(made, key=lambda pair: pair[0].paragraph.index):
        if finding is None or finding.outcome is Outcome.PASS:
            yield from () if finding is None else (finding,)
            continue
        key = (said.table.index, finding.printed)
        first = told.setdefault(key, finding)
        if first is not finding:
            told[key] = first._replace(cells=(*first.cells, finding.place))
    yield from told.values()


def _wrong(finding: AuditFinding) -> bool:
    return finding.outcome is Outcome.FAIL and finding.severity is not Severity.HINT


def _beside(document: ReadDocument, surveys: Mapping[int, tuple[KnownTable, KnownBlock]]) -> Iterator[_Said]:
    """Paragraphs with one composite: the survey that they name (如表2所示), else the one that follows."""
    labels: dict[str, list[int]] = {}
    for index, (table, _) in surveys.items():
        labels.setdefault(re.sub(r"\s", "", table.read.label), []).append(index)
    waiting: tuple[ReadParagraph, re.Match[str]] | None = None
    for part in document.body:
        if isinstance(part, ReadTable):
            if waiting is not None and part.index in surveys:
                yield _Said(*surveys[part.index], *waiting)
            waiting = None
            continue
        hits = list(_COMPOSITE.finditer(part.text))
        if not hits:
            continue
        waiting = (part, hits[0]) if len(hits) == 1 else None
        named = set(_TABLE.findall(part.text))
        if waiting is not None and named:
            at = labels.get(f"表{next(iter(named))}", []) if len(named) == 1 else []
            if len(at) == 1:
                yield _Said(*surveys[at[0]], *waiting)
            waiting = None


def _listed(
    document: ReadDocument, surveys: Mapping[int, tuple[KnownTable, KnownBlock]]
) -> Iterator[list[_Said]]:
    """A paragraph with as many composites as surveys follow in the document, in their order."""
    for part in document.body:
        if not isinstance(part, ReadParagraph):
            continue
        hits = list(_COMPOSITE.finditer(part.text))
        if len(hits) < _BEFORE:
            continue
        below = [p.index for p in document.body[part.index :] if isinstance(p, ReadTable)]
        following = [surveys[index] for index in below if index in surveys]
        if len(following) == len(hits):
            yield [_Said(*survey, part, hit) for survey, hit in zip(following, hits, strict=True)]


def _composite(rule: AuditRule, document: ReadDocument, said: _Said) -> AuditFinding | None:
    """Whether one composite is that of its survey; None where the table does not show it."""
    rows = [row for cells in said.block.cells if len(row := _answers(said.block, cells)) >= 2]
    if not rows or not all(name in answers for answers in rows for name in _TOP):
        return None
    printed = Decimal(said.hit["value"])
    places = len(said.hit["value"].partition(".")[2])
    exact = _exact(rows, _size(document, said.hit["value"]))
    low, high = (exact, exact) if exact is not None else _interval(rows)
    mean = round_to((low + high) / 2, places, Rounding.HALF_UP)
    half = Fraction(1, 2 * 10**places)
    place = said.paragraph.place_at(said.hit.start())
    holds = printed == mean if exact is not None else low - half <= Fraction(printed) <= high + half
    if holds:
        return found(rule, Outcome.PASS, place, said.hit[0])
    message = f"{said.table.shown} {len(rows)} 个问题“非常满意”与“满意”之和的平均数为 {mean}%"
    made = found(rule, Outcome.FAIL, place, said.hit[0], message)._replace(
        printed=f"{printed}%",
        computed=f"{mean}%",
        difference=str(printed - mean),
        sources=(Ground(said.table.shown, said.table.read.place),),
        cells=(place,),
    )
    if exact is not None and printed == round_to(exact, places, Rounding.DOWN):
        made = made._replace(
            severity=Severity.HINT, message=f"{message}（按份数还原），印数是直接舍去小数的结果"
        )
    return made


def _interval(rows: list[dict[str, ReadCell]]) -> tuple[Fraction, Fraction]:
    """The least and the most that the composite can be, given how the shares are rounded."""
    low = high = Fraction(0)
    for answers in rows:
        for name in _TOP:
            value = Fraction(_value(answers[name]))
            half = Fraction(1, 2 * 10 ** answers[name].printed.places) if value else Fraction(0)
            low, high = low + value - half, high + value + half
    return low / len(rows), high / len(rows)


def _exact(rows: list[dict[str, ReadCell]], answers: int) -> Fraction | None:
    """The composite from whole numbers of answers, where the shares leave only one; None otherwise."""
    if not answers:
        return None
    total = 0
    for row in rows:
        percents = [(name, f"{_value(cell):.{cell.printed.places}f}%") for name, cell in row.items()]
        try:
            counts = counts_from_percents(percents, answers)
        except ScoringError:
            return None
        total += sum(counts[name] for name in _TOP)
    return Fraction(total * 100, answers * len(rows))


def _size(document: ReadDocument, composite: str) -> int:
    """The valid questionnaires (有效问卷) that a sentence names directly before this composite; 0 where unsure."""
    sizes = {
        int(hit["answers"])
        for paragraph in document.paragraphs
        for hit in _ANSWERS.finditer(paragraph.text)
        if hit["value"] == composite
    }
    return sizes.pop() if len(sizes) == 1 else 0


def _surveys(subject: Subject) -> Iterator[tuple[KnownTable, KnownBlock]]:
    for table in subject.tables:
        for block in table.blocks:
            if block.part == "满意度调查":
                yield table, block


def _value(cell: ReadCell) -> Decimal:
    return cell.printed.value or Decimal(0)


def _answers(block: KnownBlock, cells: tuple[ReadCell, ...]) -> dict[str, ReadCell]:
    """Percentages by option; none for a row whose one cell stands across the options (回收率)."""
    made: dict[str, ReadCell] = {}
    places = set()
    columns = 0
    for name in _OPTIONS:
        for c in block.by_column.get(name, ()):
            printed = cells[c].printed
            if printed.kind is PrintedKind.PERCENT and printed.value is not None:
                made[name] = cells[c]
                places.add(cells[c].place)
                columns += 1
    across = columns > 1 and len(places) == 1 and any(place.box or place.where for place in places)
    return {} if across else made


METHODS: Mapping[str, Method] = {
    "survey-options": options,
    "survey-composites": composites,
}
"""Methods by the name that a rule gives."""
