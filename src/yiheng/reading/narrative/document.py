"""A whole document's sentences: paragraphs and long cells, their headings, and lists that run over paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from yiheng.facts.audit import Identity
from yiheng.facts.claims import (
    BareNumber,
    ClaimKind,
    Claims,
    FigureKind,
    Role,
    Scope,
    Stage,
    StatedFigure,
    Strength,
)
from yiheng.facts.document import Place, ReadDocument, ReadParagraph, ReadTable
from yiheng.reading.narrative import (
    balances,
    below,
    changes,
    counts,
    elsewhere,
    estimates,
    itemised,
    lists,
    overview,
    partwise,
    ranks,
    respective,
    sharing,
    unopened,
    wholes,
)
from yiheng.reading.narrative.bare import bare_numbers, usual_unit
from yiheng.reading.narrative.drafts import Draft
from yiheng.reading.narrative.lexicon import Words
from yiheng.reading.narrative.mentions import Mention, bare, mentions, scope_of
from yiheng.reading.narrative.plain import Plain, plain
from yiheng.reading.narrative.subjects import inherited

_LONG = 20
"""A cell with fewer characters holds a label or a value, no sentence."""
_QUOTE_BREAK = re.compile(r"[，,。；;：:！？]")
_DIGIT = re.compile(r"[0-9０-９]")
_CLAUSES = re.compile("[。；，]")
"""What a cell of words has that tells something; a range or a list of numbers has none."""
_QUOTE_LIMIT = 48
_TITLE = 40
_ENDED = re.compile(r"[。！？!?;.…)]\s*$")
_NUMBER = re.compile(r"^(?:[一二三四五六七八九十]+、|\d+[.、．]|\(.{1,2}\)|[⒈-⒛])")


@dataclass(slots=True)
class Passage:
    """A paragraph or a long cell with its figures."""

    plain: Plain
    paragraph: int
    paragraph_of: ReadParagraph | None
    place: Place
    headings: tuple[str, ...]
    found: list[Mention]
    cell: tuple[int, int, int] | None = None


def read_claims(document: ReadDocument, identity: Identity, words: Words) -> Claims:
    """Figures and claims in the order of the document."""
    passages = list(_passages(document, identity, words))
    figures: list[StatedFigure] = []
    sentence = 0
    for passage in passages:
        _inherit(passage, identity, words)
        for mention in passage.found:
            mention.index = len(figures)
            figures.append(_stated(mention, passage, sentence))
        sentence += max((m.sentence for m in passage.found), default=0) + 1
    drafts = [draft for passage in passages for draft in _drafts(passage, words)]
    drafts += overview.drafts(passages, words)
    drafts += overview.all_projects(passages)
    drafts += list(below.drafts(passages, drafts))
    drafts += list(wholes.drafts(passages, drafts, words))
    drafts += list(elsewhere.drafts(passages, drafts, words))
    drafts += list(itemised.drafts(passages, drafts))
    drafts += list(sharing.drafts(passages, drafts, words))
    drafts += list(partwise.drafts(passages, drafts, words))
    usual = usual_unit(m for passage in passages for m in passage.found)
    broken = _breaks_off(document, passages)
    if broken is not None:
        drafts = [_begun(draft, broken) for draft in drafts]
    bare = [
        n for p in passages for n in _bare(p, usual) if p is not broken or not p.plain.text.endswith(n.text)
    ]
    ranked = tuple(ranks.rankings(passages, words))
    return Claims(tuple(figures), tuple(draft.claim() for draft in drafts), tuple(bare), ranked)


def _breaks_off(document: ReadDocument, passages: list[Passage]) -> Passage | None:
    """The last paragraph, where the document ends within a sentence: an excerpt, or the begin of a page."""
    last = passages[-1] if passages else None
    whole = last is None or last.paragraph_of is not document.body[-1] or _ENDED.search(last.plain.text)
    return None if whole else last


def _begun(draft: Draft, broken: Passage) -> Draft:
    """A list that the end of the document cuts off is not whole, if its parts do not themselves show that it is."""
    ends = broken.found[-1].sentence if broken.found else 0
    inside = any(m is part for part in draft.left for m in broken.found if m.sentence == ends)
    cut = draft.kind is ClaimKind.PARTS and draft.strength is Strength.PRESUMED and inside
    return replace(draft, strength=Strength.UPPER) if cut else draft


def _passages(document: ReadDocument, identity: Identity, words: Words) -> Iterator[Passage]:
    for index, part in enumerate(document.body):
        if isinstance(part, ReadParagraph):
            if _DIGIT.search(part.text):
                text = plain(part.text)
                found = mentions(text, words, identity.year)
                yield Passage(text, index, part, part.place, document.headings_of(part), found)
            else:
                yield Passage(
                    Plain(part.text, (), part.text), index, part, part.place, document.headings_of(part), []
                )
        else:
            yield from _cells(part, index, identity, words)


def _cells(table: ReadTable, index: int, identity: Identity, words: Words) -> Iterator[Passage]:
    for b, block in enumerate(table.blocks):
        for r, row in enumerate(block.cells):
            for c, cell in enumerate(row):
                if len(cell.text) >= _LONG and _DIGIT.search(cell.text) and _CLAUSES.search(cell.text):
                    text = plain(cell.text)
                    found = mentions(text, words, identity.year)
                    if found:
                        yield Passage(text, index, None, cell.place, (table.title,), found, (b, r, c))


def _drafts(passage: Passage, words: Words) -> Iterator[Draft]:
    if not passage.found:
        return
    lists.mark_parts(passage.found, words)
    yield from changes.changes(passage.found, words)
    yield from changes.completions(passage.found, words)
    yield from changes.reasons(passage.found, passage.plain.text, words)
    yield from changes.sides(passage.found, passage.plain.text)
    divided = list(lists.parts(passage.found, words))
    yield from divided
    yield from unopened.drafts(passage.found, passage.plain.text, divided, words)
    yield from lists.shares(passage.found, words)
    yield from lists.sums(passage.found)
    yield from lists.rates(passage.found)
    yield from balances.balances(passage.found)
    yield from balances.fund_balances(passage.found)
    yield from partwise.reasons(passage.found)
    yield from counts.products(passage.found, passage.plain.text)
    yield from counts.averages(passage.found)
    yield from counts.spoken_products(passage.found, passage.plain.text)
    yield from counts.counts(passage.found, passage.plain.text)
    yield from estimates.drafts(passage.found, passage.plain.text)
    yield from counts.listed_after(passage.found, passage.plain.text)


def _bare(passage: Passage, usual: str) -> Iterator[BareNumber]:
    if passage.found and passage.paragraph_of is not None:
        yield from bare_numbers(passage.plain, passage.found, passage.place, usual)


def _inherit(passage: Passage, identity: Identity, words: Words) -> None:
    """Give each figure the subject, year and scope that its sentence or heading left to it."""
    respective.mark(passage.found)
    named = (scope_of(text, words) for text in reversed(passage.headings))
    scope = next((found for found in named if found is not Scope.UNKNOWN), Scope.UNKNOWN)
    subject, titled, stage = _title(passage, words), True, Stage.UNKNOWN
    for mention in passage.found:
        if identity.unit and identity.unit in mention.own_subject:
            mention.own_subject = mention.subject = bare(
                mention.own_subject.replace(identity.unit, ""), words
            )
        if mention.role is Role.VALUE and mention.kind is not FigureKind.PERCENT:
            titled = titled or (stage is Stage.UNKNOWN and mention.stage is Stage.UNKNOWN)
            subject = mention.subject = inherited(mention.own_subject, subject, titled)
            titled, stage = False, mention.stage
        elif not mention.own_subject:
            mention.subject = subject
        if mention.in_turn:
            mention.subject = ""
        if mention.scope is Scope.UNKNOWN:
            own = scope_of(mention.subject, words)
            mention.scope = own if own is not Scope.UNKNOWN else scope
        if not mention.year and mention.role is Role.VALUE:
            mention.year = identity.year


def _title(passage: Passage, words: Words) -> str:
    """What the first figure is of, where its own words leave it open: the sentence before it, or the heading."""
    if not passage.found:
        return ""
    before = passage.plain.text[: passage.found[0].start]
    sentences = [s for s in re.split(r"[。:]", before)[:-1] if s.strip()]
    if sentences:
        return _named(sentences[-1], words)
    return _named(plain(passage.headings[-1]).text, words) if passage.headings else ""


def _named(title: str, words: Words) -> str:
    return bare(_NUMBER.sub("", title), words)[-_TITLE:]


def _stated(mention: Mention, passage: Passage, sentence: int) -> StatedFigure:
    text = passage.plain
    offset = text.offsets[mention.start]
    start, end = _quote_span(text, mention)
    place = passage.paragraph_of.place_at(offset) if passage.paragraph_of else passage.place
    return StatedFigure(
        number=mention.index,
        text=text.printed_part(mention.start, mention.end),
        value=mention.value,
        places=mention.places,
        unit=mention.unit,
        kind=mention.kind,
        role=mention.role,
        subject=mention.subject,
        year=mention.year,
        stage=mention.stage,
        scope=mention.scope,
        direction=mention.direction,
        approximate=mention.approximate,
        place=place,
        quote=text.printed_part(start, end).strip(),
        paragraph=passage.paragraph,
        offset=offset,
        sentence=sentence + mention.sentence,
        owner=passage.headings[0] if passage.headings else "",
        cell=passage.cell,
    )


def _quote_span(text: Plain, mention: Mention) -> tuple[int, int]:
    """The part of the sentence between breaks that holds the figure."""
    start = 0
    for found in _QUOTE_BREAK.finditer(text.text, 0, mention.start):
        if not _inside_number(text.text, found.start()):
            start = found.end()
    after = next(
        (
            m.start()
            for m in _QUOTE_BREAK.finditer(text.text, mention.end)
            if not _inside_number(text.text, m.start())
        ),
        len(text.text),
    )
    return max(start, mention.start - _QUOTE_LIMIT), min(after, mention.end + _TAIL)


_TAIL = 24


def _inside_number(text: str, at: int) -> bool:
    return text[at] in ",，" and text[at - 1 : at].isdigit() and text[at + 1 : at + 2].isdigit()
