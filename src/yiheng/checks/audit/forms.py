"""Methods of rules on the form of a document (形式): brackets, leftovers of a template, announced numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from yiheng.checks.audit.listed import number
from yiheng.checks.audit.register import AuditRule
from yiheng.checks.audit.section_years import is_title
from yiheng.checks.audit.subject import Method, Subject, found
from yiheng.facts import Outcome
from yiheng.facts.audit import AuditFinding, Ground
from yiheng.facts.document import Place, ReadParagraph
from yiheng.money import PrintedKind

_FOLD = str.maketrans({"（": "(", "）": ")"})
_LISTED = re.compile(r"(^|[\s；;。，,、：:）)])([0-9]{1,2}|[a-zA-Z]|[①-⑳])[)）]")
_QUOTED = 40
_LONG = 12
"""A cell of fewer characters may be cut off anywhere."""


def _texts(subject: Subject, least: int) -> Iterator[tuple[str, ReadParagraph | None, Place]]:
    """Paragraphs, and the words of cells that have as many characters."""
    for part in subject.document.paragraphs:
        yield part.text, part, part.place
    for table in subject.document.tables:
        for _, _, _, cell in table.cells():
            if cell.printed.kind is PrintedKind.TEXT and len(cell.text) >= least:
                yield cell.text, None, cell.place


def brackets(rule: AuditRule, subject: Subject) -> Iterator[AuditFinding]:
    """Every bracket that opens closes, and the other way round; a break of page or cell may lie between."""
    texts = list(_texts(subject, _LONG))
    unpaired = [(i, *_unpaired(text)) for i, (text, _, _) in enumerate(texts)]
    unpaired = [entry for entry in unpaired if entry[1]]
    lost = _lost(texts, [sign for _, sign, _ in unpaired])
    for sign in lost:
        message = f"全文的“{sign}”都没有另一半，应是转换格式时丢失，不能判断是否配对"
        yield found(rule, Outcome.COULD_NOT_RUN, message=message)
    unpaired = [entry for entry in unpaired if entry[1] not in lost]
    for i, sign, at in unpaired:
        text, paragraph, place = texts[i]
        near = [other for j, other, _ in unpaired if j != i and abs(j - i) <= _REACH]
        heading = paragraph is not None and not paragraph.contents and _is_heading(paragraph)
        if any((other in _OPENING) != (sign in _OPENING) for other in near) or not (heading or _whole(text)):
            continue
        if (sign in _QUOTES and _STRAIGHT.search(text)) or _cut_off(sign, paragraph, subject):
            continue
        quote = text[max(0, at - 12) : at + _QUOTED - 12]
        where = paragraph.place_at(at) if paragraph else place
        yield found(rule, Outcome.FAIL, where, quote, f"括号“{sign}”没有配对")._replace(printed=sign)
    if texts:
        yield found(rule, Outcome.PASS, quote=f"{len(texts) - len(unpaired)} 段文字括号配对")


def _lost(texts: list[tuple[str, ReadParagraph | None, Place]], signs: list[str]) -> list[str]:
    """Signs that stand alone again and again while their other half is nowhere: a converter dropped it."""
    whole = "".join(text for text, _, _ in texts)
    often = [sign for sign in dict.fromkeys(signs) if signs.count(sign) >= _OFTEN]
    return [sign for sign in often if not any(other in whole for other in _OTHER[sign])]


_OFTEN = 3
_OTHER = dict(zip("《》【】〔〕「」“”", "》《】【〕〔」「”“", strict=True)) | {
    **dict.fromkeys("（(", "）)"),
    **dict.fromkeys("）)", "（("),
}
_OPENING = "（(《【〔「“"
_QUOTES = "“”"
_STRAIGHT = re.compile('["＂〃]')
"""Where straight quotes stand beside curly ones, which of them pair is open."""
_REACH = 8
"""Paragraphs within which the other half may stand, where a table was read as text."""
_ENDS = re.compile(r"[。；！？;!?：:][\s|]*$")
_NUMBERED = re.compile(r"^[（(][一二三四五六七八九十]{1,3}(?![一二三四五六七八九十]*[)）])[\u4e00-\u9fff]")
"""（一收入情况: a number whose bracket does not close."""


def _cut_off(sign: str, paragraph: ReadParagraph | None, subject: Subject) -> bool:
    """Whether the document breaks off within the bracket: an excerpt, or a page that shows only its beginning."""
    if paragraph is None or paragraph is not subject.document.body[-1]:
        return False
    return sign in _OPENING and not _ENDS.search(paragraph.text)


def _is_heading(paragraph: ReadParagraph) -> bool:
    numbered = _NUMBERED.match(paragraph.text.strip()) is not None
    return paragraph.level > 0 or numbered or is_title(paragraph)


def _whole(text: str) -> bool:
    """Not a fragment of a cell: it ends as a sentence does, or is long enough to be one."""
    return bool(_ENDS.search(text)) or len(text) > 60


def _unpaired(text: str) -> tuple[str, int]:
    """The first bracket without its other half and where it stands; empty where all are paired."""
    listed = {hit.end() - 1 for hit in _LISTED.finditer(text)}
    closing = {")": "(", "》": "《", "】": "【", "〕": "〔", "」": "「", "”": "“"}
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
    for text, paragraph, place in _texts(subject, 1):
        hits = [(hit, what) for pattern, what in patterns if (hit := pattern.search(text))]
        clean += not hits
        for hit, what in hits[:1]:
            at = hit.start()
            where = paragraph.place_at(at) if paragraph else place
            quote = text[max(0, at - 10) : at + _QUOTED]
            yield found(rule, Outcome.FAIL, where, quote, f"{what}：“{hit[0]}”")._replace(printed=hit[0])
    if clean:
        yield found(rule, Outcome.PASS, quote=f"{clean} 段文字没有表样遗留字样")


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
            count = number(hit["count"])
            if not count or (not printed and not listed):
                continue
            quote, place = hit[0], paragraph.place_at(hit.start())
            if count == len(printed) or count in listed:
                yield found(rule, Outcome.PASS, place, quote)
            elif len(printed) * 5 >= count * 3:
                message = f"正文写 {count} 个，文件中有 {len(printed)} 张{rule.parameters['what']}"
                yield found(rule, Outcome.FAIL, place, quote, message)._replace(
                    printed=hit["count"],
                    computed=str(len(printed)),
                    sources=tuple(Ground(t.shown, t.read.place) for t in printed[:12]),
                )


def blank_form(rule: AuditRule, subject: Subject) -> Iterator[AuditFinding]:
    """One line on a form that nobody has filled in."""
    ground = next(iter(subject.identity.evidence), Ground("空白表样"))
    message = "文件是空白表样，没有可审校的数字"
    yield found(rule, Outcome.FAIL, ground.place, ground.text, message)._replace(sources=(ground,))


METHODS: Mapping[str, Method] = {
    "blank-form": blank_form,
    "brackets": brackets,
    "leftovers": leftovers,
    "announced": announced,
}
"""Methods by the name that a rule gives."""
