"""Methods of rules on the form of a document (形式): brackets, leftovers of a template, contents, notes, counts."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping, Sequence

from yiheng.checks.audit.register import AuditRule
from yiheng.checks.audit.subject import Method, Subject, found
from yiheng.facts import Outcome
from yiheng.facts.audit import AuditFinding, Ground
from yiheng.facts.document import Place, ReadParagraph
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
}
"""Methods by the name that a rule gives."""
