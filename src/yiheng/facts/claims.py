"""What a document says in sentences (情况说明): every figure, and the relations that the sentences claim among them.

`reading.narrative` makes it from a `ReadDocument`, `checks.audit` judges it. A claim says only what the words say;
nothing here is computed or judged.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from functools import lru_cache
from typing import Final, NamedTuple

from yiheng.facts.document import Place
from yiheng.money import Interval, MoneyUnit


class FigureKind(Enum):
    """What a figure in a sentence counts."""

    AMOUNT = "金额"
    PERCENT = "百分比"
    COUNT = "数量"
    RATE = "单价"
    """An amount for each person, month or piece (元/月)."""


class Direction(Enum):
    """Which way a change goes (增减方向)."""

    UP = "增加"
    DOWN = "减少"
    FLAT = "持平"

    @property
    def sign(self) -> int:
        return {"增加": 1, "减少": -1, "持平": 0}[self.value]


class Role(Enum):
    """What a figure is in its sentence."""

    VALUE = "数额"
    BASE = "基数"
    CHANGE = "增减额"
    GROWTH = "增减幅"
    SHARE = "占比"
    COMPLETION = "完成率"
    OTHER = "其他"


class Stage(Enum):
    """Of which stage of the year the amount is (口径阶段)."""

    INITIAL = "年初预算"
    ADJUSTED = "调整预算"
    BUDGET = "预算"
    FINAL = "决算"
    UNKNOWN = ""


class Scope(Enum):
    """Accounting scope (核算口径)."""

    ALL = "全口径"
    FISCAL = "财政拨款"
    GENERAL = "一般公共预算"
    FUND = "政府性基金"
    CAPITAL = "国有资本经营"
    UNKNOWN = ""


class StatedFigure(NamedTuple):
    """A figure in a sentence (说明数字). What the words leave open is empty, never a guess."""

    number: int
    """Position in `Claims.figures`."""
    text: str
    """As printed, with its unit: 201,787.94 万元."""
    value: Decimal
    places: int
    unit: str
    kind: FigureKind
    role: Role
    subject: str
    """What it is the figure of, without year, stage and unit's name: 项目支出."""
    year: int
    stage: Stage
    scope: Scope
    direction: Direction | None
    approximate: bool
    """约, 近, 超过, ≥, 以上 …: never compared."""
    place: Place
    quote: str
    """The short part of the sentence that holds it."""
    paragraph: int
    """Index in `ReadDocument.body`."""
    offset: int
    """Where it begins in the text of the paragraph or cell."""
    sentence: int
    """Sentences are counted through the document."""
    owner: str = ""
    """Heading that it stands under: the same subject under another heading may be another unit's."""
    cell: tuple[int, int, int] | None = None
    """(block, row, column) where the sentence stands in the cell of a table."""

    @property
    def printed(self) -> str:
        return self.text.replace(" ", "").replace("\u3000", "")

    @property
    def exact(self) -> Exactness:
        """What it stands for."""
        return Exactness(self.value, self.places, self.unit, self.kind)

    @property
    def nominal(self) -> Fraction:
        return self.exact.nominal

    @property
    def interval(self) -> Interval:
        return self.exact.interval

    @property
    def part_interval(self) -> Interval:
        return self.exact.part_interval


class Exactness(NamedTuple):
    """The exact values behind a printed figure of any kind: fen, pieces, or a ratio for a percentage."""

    value: Decimal
    places: int
    unit: str
    kind: FigureKind

    @property
    def scale(self) -> Fraction:
        """What one of its unit is."""
        if self.kind in (FigureKind.AMOUNT, FigureKind.RATE):
            return Fraction(MoneyUnit.of(self.unit).fen)
        if self.kind is FigureKind.PERCENT:
            return Fraction(1, 100)
        return Fraction({"万": 10**4, "亿": 10**8}.get(self.unit[:1], 1))

    @property
    def quantum(self) -> Fraction:
        """The worth of one unit of the last printed place; 0 where the figure is exact."""
        step = self.scale / 10**self.places
        whole = self.kind in (FigureKind.AMOUNT, FigureKind.COUNT) and step <= 1
        return Fraction(0) if whole else step

    @property
    def nominal(self) -> Fraction:
        """The printed value."""
        return _nominal(self)

    @property
    def interval(self) -> Interval:
        """All exact values that print like this, a printed 0 with its true width."""
        return _interval(self)

    @property
    def part_interval(self) -> Interval:
        """What it adds to a sum: a printed 0 adds no width."""
        return _part_interval(self)


# Worked out once: a figure is compared with many others, and printed more than once.
_KEPT: Final = 4096


@lru_cache(maxsize=_KEPT)
def _nominal(figure: Exactness) -> Fraction:
    return Fraction(figure.value) * figure.scale


@lru_cache(maxsize=_KEPT)
def _interval(figure: Exactness) -> Interval:
    return Interval.of_rounded(figure.nominal, figure.quantum)


@lru_cache(maxsize=_KEPT)
def _part_interval(figure: Exactness) -> Interval:
    return Interval.as_part(figure.nominal, figure.quantum)


class ClaimKind(Enum):
    """What a sentence claims of its figures."""

    DIFFERENCE = "增减额"
    GROWTH = "增减幅"
    DIRECTION = "增减方向"
    SHARE = "占比"
    COMPLETION = "完成率"
    PARTS = "分项合计"
    PRODUCT = "乘积"
    COUNT = "列举个数"
    SAME = "同一数字"


OF_PARTS: Final = "of-parts"
AVERAGE: Final = "average"
BALANCE: Final = "balance"


class Strength(Enum):
    """How surely the words claim the relation."""

    STATED = "明示"
    """The words claim it, or only one reading is possible."""
    PRESUMED = "推定"
    """Other readings are possible: a figure is called wrong only where one changed digit explains all."""
    UPPER = "上限"
    """A list that says itself that it is not whole (主要包括, 等): its parts may only not exceed the total."""


class Claim(NamedTuple):
    """One claimed relation. `left` relates to `right`; figures are positions in `Claims.figures`.

    DIFFERENCE: left (now, base), right (change). GROWTH: left (change, now), (change, base) or (now, base) as `form`
    says, right (percent). SHARE: left (part, whole), right (percent). COMPLETION: left (done, budget), right (percent).
    GROWTH and COMPLETION of `form` OF_PARTS: left (now, part, its percent, part, its percent …), a part without
    a percent is unchanged. SHARE of `form` OF_PARTS: left (part, all parts).
    PARTS: left parts, right (total), `form` whole where the words name all. SAME: one figure left and right.
    DIFFERENCE of `form` BALANCE: left (revenue, expenditure) of a fund, right what is left of it.
    DIRECTION: left (change), right (percent); without left, right is a completion rate and `form` says on which side
    of the whole budget the words put it (below, equal, above), or right is a change and `form` the way (up, down) of
    which the words give the reason.
    PRODUCT: left factors, right (product), `form` the factors without a unit; of `form` AVERAGE: left (amount, number),
    right (amount for each). COUNT: left (), right (count),
    `counted` the fewest and the most that the words list.
    """

    kind: ClaimKind
    left: tuple[int, ...]
    right: tuple[int, ...]
    strength: Strength
    form: str = ""
    counted: tuple[int, ...] = ()
    readings: tuple[tuple[int, ...], ...] = ()
    """Other possible `left` sides; the claim holds when one of all holds."""


class BareNumber(NamedTuple):
    """A number where the words call for an amount or a percentage, printed without unit or percent sign."""

    text: str
    quote: str
    wanted: str
    """% or a money unit."""
    place: Place


class Ranking(NamedTuple):
    """A sentence that says which figures of a list come first or last (位次)."""

    named: tuple[int, ...]
    """Positions in `Claims.figures`, in the order of the words."""
    others: tuple[int, ...]
    """The other figures of the list."""
    highest: bool
    """The greatest; otherwise the smallest."""
    ordered: bool
    """Whether the words put the named ones in order among each other (分列前三位)."""
    quote: str
    place: Place


@dataclass(frozen=True, eq=False)
class Claims:
    """All figures and claims of a document's sentences. Equal only to itself, so that it can be kept in a memo."""

    figures: tuple[StatedFigure, ...] = ()
    claims: tuple[Claim, ...] = ()
    bare: tuple[BareNumber, ...] = ()
    rankings: tuple[Ranking, ...] = ()


NO_CLAIMS = Claims()
