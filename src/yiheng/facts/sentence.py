"""Sentences (说明文字) whose figures are bound to facts."""

from __future__ import annotations

from dataclasses import dataclass

from yiheng.facts.table import Term
from yiheng.money import Amount, Rate


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure inside a sentence. It prints `text`; `address` asks where it comes from."""

    name: str
    address: str
    text: str
    kind: str
    """amount, change, rate, count or direction."""
    amount: Amount | None = None
    rate: Rate | None = None
    terms: tuple[Term, ...] = ()
    rule: str = ""
    entered: str = ""
    """Key of the row whose words name it; empty for a figure of the template."""


@dataclass(frozen=True, slots=True)
class Gap:
    """Something that the ledger should give and does not, such as the reason of a change (缺变动原因)."""

    name: str
    address: str
    what: str
    remedy: str
    record: str = ""
    """The kind of record that would fill it, reason 变动原因 or text 说明文字; empty where words cannot."""
    subject: str = ""
    """What that record has to be about."""
    entered: str = ""
    """Key of the row whose words name a figure that is not there."""


class Entered(str):
    """Words that somebody entered (录入的文字): a reason or text of the ledger, as it stands in the sentence.

    Where the words name figures, these stand between parts of them; the first part is there even if it is empty.
    """

    __slots__ = ("key", "part", "record", "subject")

    def __new__(cls, words: str, record: str, subject: str, key: str, part: int = 0) -> Entered:
        """`record` is reason or text, `subject` what it is about, `key` its row; parts count from 0."""
        made = super().__new__(cls, words)
        made.record, made.subject, made.key, made.part = record, subject, key, part
        return made

    record: str
    subject: str
    key: str
    part: int

    def __reduce__(self) -> tuple[type[Entered], tuple[str, str, str, str, int]]:
        return Entered, (str(self), self.record, self.subject, self.key, self.part)


Span = str | Figure | Gap
"""Words, a figure, or what is missing. Words that somebody entered are `Entered`, those of the template plain."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """One paragraph (段) of the narrative, made of words, figures and gaps."""

    id: str
    spans: tuple[Span, ...]

    @property
    def text(self) -> str:
        """As published: a gap prints nothing."""
        return "".join(
            s if isinstance(s, str) else s.text if isinstance(s, Figure) else "" for s in self.spans
        )

    @property
    def figures(self) -> tuple[Figure, ...]:
        return tuple(s for s in self.spans if isinstance(s, Figure))

    @property
    def gaps(self) -> tuple[Gap, ...]:
        return tuple(s for s in self.spans if isinstance(s, Gap))


@dataclass(frozen=True, slots=True)
class Section:
    """A heading (标题) with its paragraphs. `level` 1 is 一、, 2 is （一）, 3 is 1., 4 is （1）; 0 is a part title."""

    id: str
    level: int
    heading: str
    sentences: tuple[Sentence, ...] = ()
    tables: tuple[str, ...] = ()
    """Codes of the tables that are printed here."""
    charts: tuple[str, ...] = ()
    """Ids of the charts that are drawn here, below text and tables. Those that no section names stand under 图示."""
