"""The parts of a narrative template (说明模板), typed: sections, sentences, figures and charts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from yiheng.facts.select import Conditions
from yiheng.statements.template import TermSpec

BECAUSE: Final = "主要原因是："


@dataclass(frozen=True, slots=True)
class Shown:
    """How a figure prints where it differs from the template's unit and decimals, and the words before it."""

    places: int | None = None
    strip: bool | None = None
    before: str | None = None


@dataclass(frozen=True, slots=True)
class AmountSpec:
    """An amount or count."""

    terms: tuple[TermSpec, ...]
    views: tuple[str, ...] = ("function",)
    where: Conditions = ()
    label: str = ""
    """What is said to be missing where the ledger does not hold it."""
    uom: str = ""
    """Counting word where there are no rows to say it."""
    optional: bool = False
    """Left out, and no gap, where the ledger does not hold it."""
    shown: Shown = Shown()

    def in_year(self, offset: int) -> AmountSpec:
        """The same of another year."""
        return replace(self, terms=tuple(replace(term, year=offset) for term in self.terms))


@dataclass(frozen=True, slots=True)
class CompareSpec:
    """A change 增减, or a growth, share or completion rate, of two amounts of the sentence."""

    kind: str
    of: tuple[str, str]
    optional: bool = False
    shown: Shown = Shown()


@dataclass(frozen=True, slots=True)
class ListItem:
    """One labelled amount of a list; of 0 it is left out unless it is said `always`."""

    label: str
    amount: AmountSpec
    always: bool = False


@dataclass(frozen=True, slots=True)
class ListSpec:
    """Labelled amounts one after the other."""

    items: tuple[ListItem, ...]
    separator: str = "，"
    none: str = "无"
    shown: Shown = Shown()


@dataclass(frozen=True, slots=True)
class EachSpec:
    """The codes of a dimension that have an amount: what a section, sentence or chart is repeated for."""

    dim: str
    amount: AmountSpec
    level: int = 0


@dataclass(frozen=True, slots=True)
class NamesSpec:
    """The names of the codes that have an amount."""

    each: EachSpec


@dataclass(frozen=True, slots=True)
class TextSpec:
    """Words of the ledger (说明文字) for a section."""

    section: str


@dataclass(frozen=True, slots=True)
class ReasonSpec:
    """The ledger's reason (变动原因) for the difference of two amounts of the sentence."""

    subject: str
    of: tuple[str, str]
    before: str = BECAUSE


@dataclass(frozen=True, slots=True)
class CostingSpec:
    """The itemised costing (测算) of the project, in brackets."""


@dataclass(frozen=True, slots=True)
class StopSpec:
    """A full stop where the named amount is there."""

    amount: str


FigureSpec = AmountSpec | CompareSpec | ListSpec | NamesSpec | TextSpec | ReasonSpec | CostingSpec | StopSpec


@dataclass(frozen=True, slots=True)
class SentenceSpec:
    """One paragraph."""

    id: str
    text: str
    figures: Mapping[str, FigureSpec]
    each: EachSpec | None = None
    when: str = ""
    """Said only where this amount is other than 0."""
    unless: str = ""
    """Said only where this amount is 0."""


@dataclass(frozen=True, slots=True)
class SectionSpec:
    """A heading with its sentences and tables."""

    id: str
    level: int
    heading: str
    sentences: tuple[SentenceSpec, ...] = ()
    tables: tuple[str, ...] = ()
    """Codes of the tables printed here; `all` for all of them."""
    glossary: str = ""
    """Kind of paper whose terms are explained here."""
    each: EachSpec | None = None


@dataclass(frozen=True, slots=True)
class ChartSpec:
    """A chart: structure, comparison (with last year) or progress (of spending through the year)."""

    id: str
    kind: str
    title: str
    items: tuple[ListItem, ...] = ()
    each: EachSpec | None = None
    amount: AmountSpec | None = None
    budget: AmountSpec | None = None


@dataclass(frozen=True, slots=True)
class NarrativeSpec:
    """The narrative of one kind of paper from one year on."""

    kind: str
    unit: str
    places: int
    strip: bool
    sections: tuple[SectionSpec, ...]
    charts: tuple[ChartSpec, ...]
