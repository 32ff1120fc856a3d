"""The method of the rule on contents lists (目录): each entry against the heading or table that it names."""

from __future__ import annotations

import difflib
import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from yiheng.checks.audit import numbering
from yiheng.checks.audit.register import AuditRule
from yiheng.checks.audit.subject import Method, Subject, found
from yiheng.facts import Outcome
from yiheng.facts.audit import AuditFinding, Ground
from yiheng.facts.document import Place, ReadParagraph

_ENTRY = re.compile(r"^[\s\-*•]*(?P<text>.+?)[\s.…·\-—]*(?P<page>\d{0,3})\s*$")
_NUMBERING = re.compile(
    r"^(第[一二三四五六七八九十]+[部章节]分?|[（(]?[一二三四五六七八九十]{1,3}[)）、.]|\d{1,2}[.、．]|(?:公开|附)?表?\s*\d+\s*表|表\s*\d+|附[件表]\s*[\d-]*)[\s、.:：]*"
)
_ORDINAL = re.compile(
    r"^(?P<before>第|[（(]?)(?P<number>[一二三四五六七八九十]{1,3})(?P<after>[部章节]分?|[)）、])"
)
_LABEL = re.compile(r"^(?P<before>公开|附?表)\s*(?P<number>\d{1,2})(?P<after>\s*表?)(?!\d)")
_APPENDIX = re.compile(r"(附表|表格|报表|附件|公开表|预算表|决算表)$")
_SHORT = 50
_ALIKE = 0.85
_FEWEST = 3
"""Entries from which a contents list is one; siblings from which a heading that is not listed is missing."""
_MOVED = 1
"""Entries that may stand elsewhere before the order of the body is another one altogether."""
_FILLERS = re.compile(r"关于|情况|说明|部门|单位|本级|年度|的|各")
"""Words that contents and headings often write differently."""


class _Heading(NamedTuple):
    """What an entry may name: a heading, or the title of a table."""

    name: str
    text: str
    place: Place
    at: int
    """Position in the order of the document."""
    table: bool = False


_Entries = Sequence[tuple[ReadParagraph, str]]
"""Lines of the contents list with their bare names."""


def contents(rule: AuditRule, subject: Subject) -> Iterator[AuditFinding]:
    """Everything that the contents list stands in the document, under its number and in order; no part is left out."""
    paragraphs = subject.document.paragraphs
    start = next((i for i, p in enumerate(paragraphs[:40]) if re.sub(r"\s", "", p.text) == "目录"), -1)
    if start < 0:
        return
    listed, end = _listed(paragraphs, start)
    if len(listed) < _FEWEST:
        return
    there = _there(subject, paragraphs[end:])
    entries: _Entries = [(entry, name) for entry in listed if (name := _bare(_strip_page(entry.text)))]
    tables = any(heading.table for heading in there)
    names = {name for _, name in entries}
    missing = [
        entry
        for entry, name in entries
        if not any(name == h.name or (h.name not in names and _same(name, h.name)) for h in there)
        and not (tables and _APPENDIX.search(name))
    ]
    if len(missing) * 5 > len(listed) * 2:
        of_all = len(missing)
        entries = _reached(entries, there)
        missing = [entry for entry, _ in entries if entry in missing]
        if len(entries) <= _FEWEST or len(missing) > 1:
            message = f"目录 {len(listed)} 项中 {of_all} 项没有对上，可能没有读对标题"
            yield found(rule, Outcome.COULD_NOT_RUN, paragraphs[start].place, message=message)
            return
    broken = {slip.part.index for slip in numbering.slips(subject.document)}
    found_odd = {**_misnumbered(entries, there), **_misplaced(entries, there)}
    odd = {
        index: (heading, message)
        for index, (heading, message) in found_odd.items()
        if index not in broken and heading.at not in broken
    }
    unlisted = list(_unlisted(entries, there, subject)) if not missing else []
    for entry, name in entries:
        quote = entry.text.strip()
        if entry in missing:
            close = _closest(name, [h for h in there if h.name not in names])
            near = f"，相近的是“{close}”" if close else ""
            message = f"目录列有此项，正文没有相应的标题或表{near}"
            yield found(rule, Outcome.FAIL, entry.place, quote, message)._replace(
                printed=quote, computed=close
            )
        elif entry.index in odd:
            heading, message = odd[entry.index]
            yield found(rule, Outcome.FAIL, entry.place, quote, message)._replace(
                printed=quote,
                computed=heading.text,
                sources=(Ground(heading.text, heading.place),),
                cells=(entry.place, heading.place),
            )
        else:
            yield found(rule, Outcome.PASS, entry.place, quote)
    for heading in unlisted:
        message = "同级的标题都列入目录，此标题没有列入"
        yield found(rule, Outcome.FAIL, heading.place, heading.text, message)._replace(printed=heading.text)


def _reached(entries: _Entries, there: Sequence[_Heading]) -> _Entries:
    """The entries of an excerpt: what comes behind the last of them that the body has is cut off."""
    names = {heading.name for heading in there}
    last = max((i for i, (_, name) in enumerate(entries) if name in names), default=-1)
    return entries[: last + 1]


def _there(subject: Subject, body: Sequence[ReadParagraph]) -> list[_Heading]:
    """Headings, short lines and titles of tables in the order of the document."""
    made = [
        _Heading(_bare(p.text), p.text.strip(), p.place, p.index)
        for p in body
        if p.level or len(p.text) < _SHORT
    ]
    at = {id(part): i for i, part in enumerate(subject.document.body)}
    for table in subject.tables:
        read = table.read
        for text in dict.fromkeys((read.title, read.label + read.title, *read.caption)):
            made.append(_Heading(_bare(text), text, read.place, at.get(id(read), -1), True))
    return [heading for heading in made if heading.name]


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
            return [], i
        listed.append(paragraph)
    return [], len(paragraphs)


def _numbered(listed: list[ReadParagraph]) -> list[ReadParagraph]:
    """Where most lines are numbered, a line without number is the title of what follows."""
    return [p for p in listed if _NUMBERING.match(p.text.strip(" -*#\t"))]


def _strip_page(text: str) -> str:
    entry = _ENTRY.match(text)
    return entry["text"] if entry else text


def _bare(text: str) -> str:
    bare = re.sub(r"[\s“”\"'（）()《》、，。：:.·…—\-#*]", "", _NUMBERING.sub("", text.strip(" -*#\t")))
    return re.sub(r"20\d{2}年?度?", "", bare)


# -- names -------------------------------------------------------------------------------------------------------------


def _same(name: str, other: str) -> bool:
    """Equal but for a few signs; a heading may say more than the contents, a title of a table may not."""
    if _nearly(name, other) or _FILLERS.sub("", name) == _FILLERS.sub("", other) != "":
        return True
    return not name.endswith("表") and len(name) >= 4 and name in other and len(other) - len(name) < 14


def _nearly(name: str, other: str) -> bool:
    """Words left out or added; a word in the place of another one (项目 for 基本) makes another heading."""
    matcher = difflib.SequenceMatcher(None, name, other, autojunk=False)
    if matcher.ratio() < _ALIKE:
        return False
    replaced = [(name[a:b], other[c:d]) for tag, a, b, c, d in matcher.get_opcodes() if tag == "replace"]
    return not any(len(_FILLERS.sub("", one)) > 1 and len(_FILLERS.sub("", two)) > 1 for one, two in replaced)


def _closest(name: str, there: Sequence[_Heading]) -> str:
    """The heading that the entry was probably meant for; empty where none comes near."""
    ratios = [(difflib.SequenceMatcher(None, name, h.name, autojunk=False).ratio(), h.text) for h in there]
    best = max(ratios, default=(0.0, ""))
    return best[1] if best[0] >= _ALIKE else ""


# -- numbers and order -------------------------------------------------------------------------------------------------

_Odd = Mapping[int, tuple[_Heading, str]]


def _named(
    entries: _Entries, there: Sequence[_Heading], tables: bool = False
) -> Iterator[tuple[ReadParagraph, _Heading]]:
    """Entries with the one heading that is called exactly so, or numbered table; names that come twice are left."""
    names = [name for _, name in entries]
    for entry, name in entries:
        fitting = [h for h in there if h.name == name and (not h.table or (tables and _LABEL.match(h.text)))]
        called = list({(h.at, _ordinal(h.text)): h for h in fitting}.values())
        if len(called) == 1 and names.count(name) == 1:
            yield entry, called[0]


def _ordinal(text: str) -> tuple[str, str]:
    """The style of a number and the number: (第部分, 二), (、, 三); empty where there is none."""
    bare = text.strip(" -*#\t")
    hit = _ORDINAL.match(bare) or _LABEL.match(bare)
    if hit is None:
        return ("", "")
    return f"{hit['before']}{hit['after'].strip()}".translate(_HALF), hit["number"].lstrip("0")


_HALF = str.maketrans("（）", "()")


def _misnumbered(entries: _Entries, there: Sequence[_Heading]) -> _Odd:
    """Entries whose heading has another number of the same style; silent where the body numbers in its own way."""
    pairs = [(e, h, _ordinal(e.text), _ordinal(h.text)) for e, h in _named(entries, there, True)]
    alike = [pair for pair in pairs if pair[2][0] and pair[2][0] == pair[3][0]]
    wrong = [(e, h) for e, h, one, other in alike if one[1] != other[1]]
    if len(wrong) * 3 > len(alike):
        return {}
    return {e.index: (h, f"目录与正文的序号不同，正文为“{h.text}”") for e, h in wrong}


def _misplaced(entries: _Entries, there: Sequence[_Heading]) -> _Odd:
    """The one entry that stands elsewhere in the body; of two that changed places the later one in the contents."""
    pairs = list(_named(entries, there))
    kept = _rising([heading.at for _, heading in pairs])
    moved = [pair for i, pair in enumerate(pairs) if i not in kept]
    if len(pairs) < 2 * _FEWEST or not 0 < len(moved) <= _MOVED:
        return {}
    return {e.index: (h, "目录中的次序与正文不同") for e, h in moved}


def _rising(numbers: Sequence[int]) -> set[int]:
    """Positions of a longest rising run."""
    tails: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for i, number in enumerate(numbers):
        at = bisect_left(tails, number)
        tails[at : at + 1] = [number]
        before.append(ends[at - 1] if at else -1)
        ends[at : at + 1] = [i]
    kept: set[int] = set()
    i = ends[-1] if ends else -1
    while i >= 0:
        kept.add(i)
        i = before[i]
    return kept


def _unlisted(entries: _Entries, there: Sequence[_Heading], subject: Subject) -> Iterator[_Heading]:
    """Headings that the contents leave out although they have every other one beside them."""
    listed = {heading.at for _, heading in _named(entries, there)}
    body = subject.document.body
    groups: dict[tuple[object, ...], list[_Heading]] = {}
    for heading in there:
        part = body[heading.at] if not heading.table else None
        style, _ = _ordinal(heading.text)
        if isinstance(part, ReadParagraph) and part.level and style and not part.contents:
            groups.setdefault((style, part.level, part.section), []).append(heading)
    for group in groups.values():
        left = [h for h in group if h.at not in listed and not any(_same(n, h.name) for _, n in entries)]
        if (
            len(left) == 1
            and len(group) > _FEWEST
            and len(group) - len(left) == sum(h.at in listed for h in group)
        ):
            yield left[0]


METHODS: Mapping[str, Method] = {"contents": contents}
"""Methods by the name that a rule gives."""
