"""Methods of rules on the form of a document (形式): brackets, leftovers of a template, contents, notes, counts."""

from __future__ import annotations

import datetime as dt
import difflib
import re
from collections.abc import Iterator, Mapping, Sequence

from yiheng.checks.audit import network
from yiheng.checks.audit.register import AuditRule
from yiheng.checks.audit.relations import Relation
from yiheng.checks.audit.shown import amount, statement
from yiheng.checks.audit.subject import Method, Subject, found
from yiheng.facts import Outcome
from yiheng.facts.audit import AuditFinding, Ground
from yiheng.facts.document import Place, ReadParagraph
from yiheng.facts.known import CellKey, KnownBlock, KnownTable
from yiheng.money import PrintedKind

_FOLD = str.maketrans({"（": "(", "）": ")"})
_LISTED = re.compile(r"(^|[\s；;。，,、：:）)])([0-9]{1,2}|[a-zA-Z]|[①-⑳])[)）]")
_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")}
_QUOTED = 40


def _texts(subject: Subject) -> Iterator[tuple[str, ReadParagraph | None, Place]]:
    """Paragraphs, and the long words of cells."""
    for part in subject.document.paragraphs:
        yield part.text, part, part.place
    for table in subject.document.tables:
        for _, _, _, cell in table.cells():
            if cell.printed.kind is PrintedKind.TEXT and len(cell.text) >= 12:
                yield cell.text, None, cell.place


def brackets(rule: AuditRule, subject: Subject) -> Iterator[AuditFinding]:
    """Every bracket that opens closes, and the other way round; a break of page or cell may lie between."""
    texts = list(_texts(subject))
    unpaired = [(i, *_unpaired(text)) for i, (text, _, _) in enumerate(texts)]
    unpaired = [entry for entry in unpaired if entry[1]]
    for i, sign, at in unpaired:
        text, paragraph, place = texts[i]
        near = [other for j, other, _ in unpaired if j != i and abs(j - i) <= _REACH]
        if any((other in _OPENING) != (sign in _OPENING) for other in near) or not _whole(text):
            continue
        quote = text[max(0, at - 12) : at + _QUOTED - 12]
        where = paragraph.place_at(at) if paragraph else place
        yield found(rule, Outcome.FAIL, where, quote, f"括号“{sign}”没有配对")._replace(printed=sign)
    if texts:
        yield found(rule, Outcome.PASS, quote=f"{len(texts) - len(unpaired)} 段文字括号配对")


_OPENING = "（(《【〔「"
_REACH = 8
"""Paragraphs within which the other half may stand, where a table was read as text."""
_ENDS = re.compile(r"[。；！？;!?]\s*$")


def _whole(text: str) -> bool:
    """Not a fragment of a cell: it ends as a sentence does, or is long enough to be one."""
    return bool(_ENDS.search(text)) or len(text) > 60


def _unpaired(text: str) -> tuple[str, int]:
    """The first bracket without its other half and where it stands; empty where all are paired."""
    listed = {hit.end() - 1 for hit in _LISTED.finditer(text)}
    closing = {")": "(", "》": "《", "】": "【", "〕": "〔", "」": "「"}
    open_: list[tuple[str, int]] = []
    for i, c in enumerate(text.translate(_FOLD)):
        if c in closing.values():
            open_.append((c, i))
        elif c in closing:
            if open_ and open_[-1][0] == closing[c]:
                open_.pop()
            elif i not in listed:
                return text[i], i
    return (text[open_[-1][1]], open_[-1][1]) if open_ else ("", 0)


def leftovers(rule: AuditRule, subject: Subject) -> Iterator[AuditFinding]:
    """No words of the template are left in the text: 增长/下降, （列明…）, XX, 填写说明."""
    patterns = [(re.compile(p["find"]), p["what"]) for p in rule.parameters["patterns"]]
    clean = 0
    for text, paragraph, place in _texts(subject):
        hits = [(hit, what) for pattern, what in patterns if (hit := pattern.search(text))]
        clean += not hits
        for hit, what in hits[:1]:
            at = hit.start()
            where = paragraph.place_at(at) if paragraph else place
            quote = text[max(0, at - 10) : at + _QUOTED]
            yield found(rule, Outcome.FAIL, where, quote, f"{what}：“{hit[0]}”")._replace(printed=hit[0])
    if clean:
        yield found(rule, Outcome.PASS, quote=f"{clean} 段文字没有表样遗留字样")


# -- contents (目录) -------------------------------------------------------------------------------------------------

_ENTRY = re.compile(r"^[\s\-*•]*(?P<text>.+?)[\s.…·\-—]*(?P<page>\d{0,3})\s*$")
_NUMBERING = re.compile(
    r"^(第[一二三四五六七八九十]+[部章节]分?|[（(]?[一二三四五六七八九十]{1,3}[)）、.]|\d{1,2}[.、．]|表\s*\d+|附[件表]\s*[\d-]*)[\s、.:：]*"
)


def contents(rule: AuditRule, subject: Subject) -> Iterator[AuditFinding]:
    """Everything that the contents list stands in the document: as a heading or as the title of a table."""
    paragraphs = subject.document.paragraphs
    start = next((i for i, p in enumerate(paragraphs[:40]) if re.sub(r"\s", "", p.text) == "目录"), -1)
    if start < 0:
        return
    listed, end = _listed(paragraphs, start)
    if len(listed) < 3:
        return
    tables = [(t.read.title, t.read.label) for t in subject.tables]
    there = [_bare(p.text) for p in paragraphs[end:] if p.level or len(p.text) < 50]
    there += [_bare(title) for title, _ in tables] + [_bare(label + title) for title, label in tables]
    there += [_bare(line) for t in subject.tables for line in t.read.caption]
    named = [(entry, _bare(_strip_page(entry.text))) for entry in listed]
    missing = [
        entry
        for entry, name in named
        if name
        and not any(_same(name, other) for other in there if other)
        and not (tables and _APPENDIX.search(name))
    ]
    if len(missing) * 5 > len(listed) * 2:
        message = f"目录 {len(listed)} 项中 {len(missing)} 项没有对上，可能没有读对标题"
        yield found(rule, Outcome.COULD_NOT_RUN, paragraphs[start].place, message=message)
        return
    for entry, name in named:
        quote = entry.text.strip()
        if entry in missing:
            message = "目录列有此项，正文没有相应的标题或表"
            yield found(rule, Outcome.FAIL, entry.place, quote, message)._replace(printed=quote)
        elif name:
            yield found(rule, Outcome.PASS, entry.place, quote)


_APPENDIX = re.compile(r"(附表|表格|报表|附件|公开表|预算表|决算表)$")


def _listed(paragraphs: Sequence[ReadParagraph], start: int) -> tuple[list[ReadParagraph], int]:
    """The lines of the contents: up to where the first of them comes again."""
    listed: list[ReadParagraph] = []
    numbered = 0
    for i in range(start + 1, len(paragraphs)):
        paragraph = paragraphs[i]
        name = _bare(_strip_page(paragraph.text))
        if listed and name and name == _bare(_strip_page(listed[0].text)):
            return (_numbered(listed) if numbered * 3 > len(listed) * 2 else listed), i
        numbered += bool(_NUMBERING.match(paragraph.text.strip(" -*#\t")))
        if len(paragraph.text) > 60 or len(listed) > 80:
            return _until_repeat(listed, paragraphs, i)
        listed.append(paragraph)
    return [], len(paragraphs)


def _numbered(listed: list[ReadParagraph]) -> list[ReadParagraph]:
    """Where most lines are numbered, a line without number is the title of what follows."""
    return [p for p in listed if _NUMBERING.match(p.text.strip(" -*#\t"))]


def _until_repeat(
    listed: list[ReadParagraph], paragraphs: Sequence[ReadParagraph], end: int
) -> tuple[list[ReadParagraph], int]:
    """Contents whose first line does not come again word for word: not certain where they end, so none."""
    return [], end


def _strip_page(text: str) -> str:
    entry = _ENTRY.match(text)
    return entry["text"] if entry else text


def _bare(text: str) -> str:
    bare = re.sub(r"[\s“”\"'（）()《》、，。：:.·…—\-#*]", "", _NUMBERING.sub("", text.strip(" -*#\t")))
    return re.sub(r"20\d{2}年?度?", "", bare)


def _same(name: str, other: str) -> bool:
    """Equal but for a few signs; a heading may say more than the contents, a title of a table may not."""
    if name == other or difflib.SequenceMatcher(None, name, other).ratio() >= _ALIKE:
        return True
    return not name.endswith("表") and len(name) >= 4 and name in other and len(other) - len(name) < 14


_ALIKE = 0.85


# -- numbers of things (个数) ----------------------------------------------------------------------------------------


def announced(rule: AuditRule, subject: Subject) -> Iterator[AuditFinding]:
    """As many forms are printed as the text announces (设置并编报 12 个项目绩效目标)."""
    pattern = re.compile(rule.parameters["find"])
    titles = re.compile(rule.parameters["titles"])
    printed = [t for t in subject.tables if titles.search(re.sub(r"\s", "", t.read.title))]
    listed = [
        sum(bool(row.label.strip()) for row in block.rows)
        for t in subject.tables
        for block in t.blocks
        if re.search(rule.parameters["lists"], "".join("".join(c.path) for c in block.columns))
        and not any(row.name == "合计" for row in block.rows)
    ]
    for paragraph in subject.document.paragraphs:
        for hit in pattern.finditer(paragraph.text):
            number = _number(hit["count"])
            if not number or (not printed and not listed):
                continue
            quote, place = hit[0], paragraph.place_at(hit.start())
            if number == len(printed) or number in listed:
                yield found(rule, Outcome.PASS, place, quote)
            elif len(printed) * 5 >= number * 3:
                message = f"正文写 {number} 个，文件中有 {len(printed)} 张{rule.parameters['what']}"
                yield found(rule, Outcome.FAIL, place, quote, message)._replace(
                    printed=hit["count"],
                    computed=str(len(printed)),
                    sources=tuple(Ground(t.shown, t.read.place) for t in printed[:12]),
                )


def _number(text: str) -> int:
    if text.isdigit():
        return int(text)
    tens, ten, ones = text.partition("十")
    if not ten:
        return _DIGITS.get(text, 0)
    return (_DIGITS.get(tens, 1) if tens else 1) * 10 + (_DIGITS.get(ones, 0) if ones else 0)


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


def _is_blank_row(block: KnownBlock, row: int) -> bool:
    return not any(cell.text.strip() for cell in block.cells[row])


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
        rule.parameters["deadline"], subject.identity.jurisdiction or "100000", disclosed[0]
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


def blank_form(rule: AuditRule, subject: Subject) -> Iterator[AuditFinding]:
    """One line on a form that nobody has filled in."""
    ground = next(iter(subject.identity.evidence), Ground("空白表样"))
    message = "文件是空白表样，没有可审校的数字"
    yield found(rule, Outcome.FAIL, ground.place, ground.text, message)._replace(sources=(ground,))


METHODS: Mapping[str, Method] = {
    "blank-form": blank_form,
    "brackets": brackets,
    "leftovers": leftovers,
    "contents": contents,
    "announced": announced,
    "empty-tables": empty_tables,
    "blank-totals": blank_totals,
    "in-time": in_time,
}
"""Methods by the name that a rule gives."""
