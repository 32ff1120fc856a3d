"""Methods of rules on what is left empty, and on the days until disclosure (空表、空白合计、公开时限)."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping

from yiheng.checks.audit import network
from yiheng.checks.audit.register import AuditRule
from yiheng.checks.audit.relations import Relation
from yiheng.checks.audit.shown import amount, statement
from yiheng.checks.audit.subject import Method, Subject, found
from yiheng.facts import Outcome
from yiheng.facts.audit import AuditFinding, Ground
from yiheng.facts.document import Place
from yiheng.facts.known import CellKey, KnownBlock, KnownTable
from yiheng.money import PrintedKind
from yiheng.policy import NATION

# -- empty tables and totals (空表、空白合计) ------------------------------------------------------------------------


def empty_tables(rule: AuditRule, subject: Subject) -> Iterator[AuditFinding]:
    """A table of the form without any amount says why, below it or in the text."""
    excuse = re.compile(r"无|没有|未安排|不涉及|未发生|为零|为 ?0|空表|\b0(\.0+)?\s*万?元")
    for table in subject.tables:
        if not table.name or _prints_figures(table):
            continue
        if not any(block.rows for block in table.blocks):
            message = f"{table.shown} 没有读出任何一行"
            yield found(rule, Outcome.COULD_NOT_RUN, table.read.place, table.shown, message)
            continue
        subject_words = re.sub(r"(财政拨款|收入|支出|决算|预算|总|表|[“”（）()])", "", table.name)
        notes = [note for note in table.read.notes if excuse.search(note)]
        said = (
            notes
            or [
                p.text
                for p in subject.document.paragraphs
                if subject_words and subject_words[:4] in p.text.replace(" ", "") and excuse.search(p.text)
            ]
            or _short_section(subject, subject_words, excuse)
        )
        if said:
            yield found(rule, Outcome.PASS, table.read.place, table.shown)
        else:
            yield found(rule, Outcome.FAIL, table.read.place, table.shown, "空表没有说明为什么没有数据")


def _short_section(subject: Subject, words: str, excuse: re.Pattern[str]) -> list[str]:
    """A section about the subject that says 无."""
    return [
        p.text
        for p in subject.document.paragraphs
        if len(p.text) <= 12
        and excuse.search(p.text)
        and any(words[:4] in heading.replace(" ", "") for heading in subject.document.headings_of(p))
    ]


def _prints_figures(table: KnownTable) -> bool:
    """Whether it prints any figure, zeros as well."""
    return any(
        cell.printed.kind is PrintedKind.NUMBER
        for block in table.blocks
        for row in block.cells
        for cell in row
    )


def blank_totals(rule: AuditRule, subject: Subject) -> Iterator[AuditFinding]:
    """A total prints its figure where its parts do."""
    made = network.network(subject)
    figures = network.figures_of(subject)
    rows: dict[tuple[int, int, int], tuple[CellKey, Relation]] = {}
    for key, relation in made.blank:
        rows.setdefault((key.table, key.block, key.row), (key, relation))
    for key, relation in rows.values():
        table = figures.table(key)
        block = table.blocks[key.block]
        if _leaves_scores(block, key.row):
            continue
        if not _is_blank_row(block, key.row) and subject.document.format in ("text", "pdf"):
            message = f"{table.address(key)} 空白，可能没有读出"
            yield found(rule, Outcome.COULD_NOT_RUN, figures.cell(key).place, message=message)
            continue
        span = figures.span(relation.right)
        computed = amount(span.middle, relation.right[0].key, figures) if span else ""
        yield found(
            rule,
            Outcome.FAIL,
            figures.cell(key).place,
            table.address(key),
            f"{statement(relation, figures)}：合计行没有填写",
        )._replace(printed="（空白）", computed=computed)


def _leaves_scores(block: KnownBlock, row: int) -> bool:
    """A total of amounts beside scores (得分), which do not add up: what it leaves empty is left on purpose."""
    scores = [c for c, column in enumerate(block.columns) if _SCORE.search("/".join(column.path))]
    return bool(scores) and not any(block.cells[row][c].text.strip() for c in scores)


def _is_blank_row(block: KnownBlock, row: int) -> bool:
    return not any(cell.text.strip() for cell in block.cells[row])


_SCORE = re.compile(r"得分|评分|分值|分数")


# -- days until disclosure (公开时限) --------------------------------------------------------------------------------

_DAY = r"(?P<{0}y>20\d{{2}})\s*年\s*(?P<{0}m>\d{{1,2}})\s*月\s*(?P<{0}d>\d{{1,2}})\s*日"
_APPROVED = re.compile(
    _DAY.format("a") + r"[^。；]{0,30}(?:批复|批准)|(?:批复|批准)(?:日期|时间)[:：]\s*" + _DAY.format("b")
)
_DISCLOSED = re.compile(
    _DAY.format("a")
    + r"[^。；]{0,16}(?:向社会公开|公开发布|予以公开)|(?:公开|发布|公示)(?:日期|时间)[:：]\s*"
    + _DAY.format("b")
)


def in_time(rule: AuditRule, subject: Subject) -> Iterator[AuditFinding]:
    """Disclosure within the days of the deadline after approval, where the document gives both days."""
    approved, disclosed = _day(subject, _APPROVED), _day(subject, _DISCLOSED)
    if approved is None or disclosed is None:
        return
    entry = subject.policy.find(
        rule.parameters["deadline"], subject.identity.jurisdiction or NATION, disclosed[0]
    )
    if entry is None:
        yield found(rule, Outcome.COULD_NOT_RUN, message=f"没有期限 {rule.parameters['deadline']}")
        return
    taken = (disclosed[0] - approved[0]).days
    quote = f"批复 {approved[0].isoformat()}，公开 {disclosed[0].isoformat()}"
    late = taken > entry.value["days"]
    message = f"批复后 {taken} 日公开，期限为 {entry.value['days']} 日"
    outcome = Outcome.FAIL if late else Outcome.PASS
    yield found(rule, outcome, disclosed[1], quote, message)._replace(
        printed=f"{taken} 日", computed=f"≤{entry.value['days']} 日", sources=(Ground(quote, approved[1]),)
    )


def _day(subject: Subject, pattern: re.Pattern[str]) -> tuple[dt.date, Place] | None:
    """The one day that the document gives; None where it gives none or several."""
    days: dict[dt.date, Place] = {}
    for paragraph in subject.document.paragraphs:
        for hit in pattern.finditer(paragraph.text):
            side = "a" if hit["ay"] else "b"
            try:
                day = dt.date(int(hit[f"{side}y"]), int(hit[f"{side}m"]), int(hit[f"{side}d"]))
            except ValueError:
                continue
            days[day] = paragraph.place_at(hit.start())
    return next(iter(days.items())) if len(days) == 1 else None


METHODS: Mapping[str, Method] = {
    "empty-tables": empty_tables,
    "blank-totals": blank_totals,
    "in-time": in_time,
}
"""Methods by the name that a rule gives."""
