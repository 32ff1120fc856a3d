"""Writing the narrative (编写说明): the words of a paper that are somebody's to write, and writing them to the ledger.

1. find the places in the sentences: reasons 变动原因 and texts 说明文字, those that are missing too; 2. hold what was
written against the paper as it is now: the figures of the sentence must be the same, and the place must be there;
3. write all of it as one logged change of the ledger, or none.

A figure is never written: it comes from the facts, and whatever a screen sends in its place is refused. Words may name
one by its address (`facts.bound`); one that means nothing is refused here, and found later when data changes.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from yiheng.facts import Entered, Figure, Gap, Sentence
from yiheng.facts.address import AddressError
from yiheng.facts.bound import OPEN, Bound, split
from yiheng.facts.sheets import SheetRow, Value
from yiheng.ledger import operations, queries
from yiheng.ledger.edits import Edit
from yiheng.ledger.errors import EditConflict, InvalidContent
from yiheng.ledger.operations import Applied
from yiheng.ledger.sheets import shapes
from yiheng.people.operations import Actor
from yiheng.pipelines.assemble import Assembled
from yiheng.policy import Policy
from yiheng.statements.bound import Nameable
from yiheng.statements.paper import look_of

SHEETS: Final = {"reason": ("reasons", "subject", "变动原因"), "text": ("texts", "section", "说明文字")}
"""Kind of record → its sheet, the column that says what it is about, and its name."""
LONGEST: Final = 20_000
"""Characters of one text; a longer one is a document of its own."""

Chips = tuple[tuple[str, str], ...]
"""Address and printed words of the figures of a sentence, in order."""


@dataclass(frozen=True, slots=True)
class Place:
    """Words that somebody writes, where they stand (可编写的文字)."""

    sentence: str
    record: str
    subject: str
    key: str = ""
    """Row of the ledger; empty where the words are missing."""
    version: int = 0
    text: str = ""
    """As the ledger has it."""
    missing: str = ""
    """What is missing, in words; empty where it is there."""
    locked: str = ""
    """Why it may not be written here; empty where it may."""

    @property
    def name(self) -> str:
        """What the place is called for its reader."""
        return self.missing.partition("：")[0].removeprefix("缺少") or SHEETS[self.record][2]

    @property
    def id(self) -> tuple[str, str, str, str]:
        """Names the place in its paper."""
        return self.sentence, self.record, self.subject, self.key


@dataclass(frozen=True, slots=True)
class Written:
    """What somebody wrote at a place, with the version and the figures that were on screen."""

    sentence: str
    record: str
    subject: str
    key: str
    version: int
    text: str
    chips: Chips

    @property
    def id(self) -> tuple[str, str, str, str]:
        """Names the place in its paper."""
        return self.sentence, self.record, self.subject, self.key


@dataclass(frozen=True, slots=True)
class WritingReport:
    """What became of it: what was written, or every reason why nothing was, each with its place."""

    applied: Applied | None = None
    problems: Mapping[tuple[str, str, str, str], str] = field(default_factory=dict)

    @property
    def ok(self) -> bool:
        return not self.problems


@dataclass(frozen=True, slots=True)
class Past:
    """What a place said once (历次文字)."""

    version: int
    at: dt.datetime
    actor: str
    act: str
    label: str
    text: str | None
    """None where the row was removed."""


def past(place: Place) -> tuple[Past, ...]:
    """All versions of the words at a place, the newest first; none where they are missing."""
    sheet = SHEETS[place.record][0]
    shape = shapes()[sheet]
    return tuple(
        Past(
            found.version, found.at, found.actor, found.act.label, found.label,
            None if found.values is None else str(shape.as_dict(found.values)["text"]),
        )
        for found in reversed(queries.history(sheet, place.key))
    )  # fmt: skip


def chips_of(sentence: Sentence) -> Chips:
    """The figures of a sentence as a screen shows them."""
    return tuple((figure.address, figure.text) for figure in sentence.figures if not figure.entered)


def places(assembled: Assembled) -> dict[str, tuple[Place, ...]]:
    """By the id of each sentence the places in it, in order. Sentences without any are left out."""
    rows = _rows(assembled)
    found = {}
    for section in assembled.paper.sections:
        for sentence in section.sentences:
            if here := tuple(_places(sentence, assembled, rows)):
                found[sentence.id] = here
    return found


_Rows = Mapping[tuple[str, str], tuple[SheetRow, int]]


def _rows(assembled: Assembled) -> _Rows:
    """The reasons and texts of the unit-year by kind of record and key, with their versions."""
    of_year = assembled.department_year
    units = [unit.key for unit in of_year.units]
    return {
        (record, row.key): (row, version)
        for record, (sheet, _, _) in SHEETS.items()
        for row, version in queries.sheet_rows(sheet, units, of_year.year)
    }


def _places(sentence: Sentence, assembled: Assembled, rows: _Rows) -> Iterable[Place]:
    for span in sentence.spans:
        if isinstance(span, Gap) and span.record in SHEETS:
            yield Place(sentence.id, span.record, span.subject, missing=span.what)
        elif isinstance(span, Entered) and span.record in SHEETS and span.part == 0:
            row, version = rows.get((span.record, span.key), (None, 0))
            if row is None:
                continue
            shown = assembled.department_year.record(span.record, span.key)
            words = row.text("text")
            hidden = shown is None or shown.get("text") != words
            # Names of secret projects are covered on screen; writing that back would lose them.
            locked = "含涉密项目名称，只能在工作簿中修改" if hidden else ""
            text = (shown.get("text") if shown else str(span)) if hidden else words
            yield Place(sentence.id, span.record, span.subject, span.key, version, text, locked=locked)


def nameable(assembled: Assembled, policy: Policy) -> Nameable:
    """What the words of the paper may name as figures."""
    paper = assembled.paper
    return Nameable(paper.sections, paper.tables, look_of(assembled.department_year, policy))


def write(assembled: Assembled, written: Sequence[Written], *, actor: Actor, policy: Policy) -> WritingReport:
    """Write the words to the ledger: all of them, or none where a single one is refused. Empty words remove the row."""
    problems: dict[tuple[str, str, str, str], str] = {}
    edits: dict[tuple[str, str, str, str], Edit] = {}
    sentences = {s.id: s for section in assembled.paper.sections for s in section.sentences}
    known = {place.id: place for here in places(assembled).values() for place in here}
    for one in written:
        place, sentence = known.get(one.id), sentences.get(one.sentence)
        if why := _refused(one, place, sentence) or _unknown(one, place, assembled, policy):
            problems[one.id] = why
        elif place is not None and (edit := _edit(one, place, assembled, len(edits) + 1)) is not None:
            edits[one.id] = edit
    if problems:
        return WritingReport(problems=problems)
    if not edits:
        return WritingReport(Applied(None))
    label = f"报告编辑：{assembled.paper.title}"
    try:
        return WritingReport(operations.edit(list(edits.values()), actor=actor, label=label))
    except EditConflict as error:
        by_row = {(edit.sheet, edit.key): id for id, edit in edits.items()}
        for conflict in error.conflicts:
            problems[by_row[conflict.sheet, conflict.key]] = (
                f"{conflict.describe()}。您写的还在框里，没有保存；核对后再保存会以您的为准。"
            )
    except InvalidContent as error:
        ids = list(edits)
        for problem in error.problems:
            id = ids[(problem.row or 1) - 1] if (problem.row or 1) <= len(ids) else ids[0]
            problems[id] = f"{problem.reason}。处理：{problem.remedy}。"
    return WritingReport(problems=problems)


def _refused(one: Written, place: Place | None, sentence: Sentence | None) -> str:
    """Why the words may not be written; empty where they may."""
    if sentence is None or place is None:
        return "这一段已经变化（数据更新后句子改写或不再需要）。请复制您写的文字，刷新页面后再填。"
    if one.chips != chips_of(sentence):
        return _different(one.chips, [figure for figure in sentence.figures if not figure.entered])
    if place.locked:
        return place.locked
    if len(one.text) > LONGEST:
        return f"文字有 {len(one.text)} 个字，超过 {LONGEST} 个字。请缩短，或作为附件另行公开。"
    return ""


def _unknown(one: Written, place: Place | None, assembled: Assembled, policy: Policy) -> str:
    """Which figures that the new words name are not there; empty where all are, or the words are as they were."""
    if place is None or OPEN not in one.text or tidy(one.text) == place.text:
        return ""
    known, found = nameable(assembled, policy), []
    for part in split(tidy(one.text)):
        if isinstance(part, Bound):
            try:
                known.figure(part)
            except AddressError as error:
                found.append(f"{error}。")
    return "\n".join(dict.fromkeys(found))


def _different(chips: Chips, figures: Sequence[Figure]) -> str:
    """Which figure of the sentence is not the one of the facts."""
    for (address, text), figure in zip(chips, figures, strict=False):
        if address == figure.address and text != figure.text:
            return (
                f"段落里的数字“{text}”与台账计算的“{figure.text}”不一致，没有保存。"
                "数字由台账计算，不能在文字里改；要改请改原始数据，然后刷新页面。"
            )
    return "段落里的数字与台账不一致（有增减或换位），没有保存。请刷新页面后再填。"


def _edit(one: Written, place: Place, assembled: Assembled, number: int) -> Edit | None:
    """The change of the ledger's row; None where nothing changes."""
    sheet, about, _ = SHEETS[one.record]
    words = tidy(one.text)
    if place.key:
        if not words:
            return Edit(sheet, place.key, one.version, None, number)
        return None if words == place.text else Edit(sheet, place.key, one.version, {"text": words}, number)
    if not words:
        return None
    of_year = assembled.department_year
    values: dict[str, Value] = {
        "unit": of_year.unit.key, "year": of_year.year, "kind": of_year.kind, about: one.subject, "text": words,
    }  # fmt: skip
    return Edit(sheet, _new_key(assembled, one), one.version, values, number)


def _new_key(assembled: Assembled, one: Written) -> str:
    """The same for everybody who fills the same gap, so that two people at once meet instead of writing twice."""
    of_year = assembled.department_year
    return f"{of_year.unit.key}-{of_year.year}-{of_year.kind}-{one.record}-{one.subject}"


def tidy(text: str) -> str:
    """The words without what a browser adds: other line ends, no-break blanks, invisible signs, blanks at the ends."""
    text = re.sub(r"\r\n?|[\u2028\u2029\x85]", "\n", text).replace("\u00a0", " ")
    kept = "".join(c for c in text if c == "\n" or unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Co"))
    return re.sub(r"\n{3,}", "\n\n", kept).strip()
