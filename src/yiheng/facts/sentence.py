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


@dataclass(frozen=True, slots=True)
class Gap:
    """Something that the ledger should give and does not, such as the reason of a change (缺变动原因)."""

    name: str
    address: str
    what: str
    remedy: str


Span = str | Figure | Gap


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
