"""Typed targets (绩效目标值). Each prints itself in one form: `parse(target.text())` is the same target."""

from __future__ import annotations

import calendar
import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import ClassVar, Final

from yiheng.scoring.lexicon import SCALES, Lexicon

PLAIN: Final = ""
"""No comparator printed (未标比较符): at least, or at most where the indicator counts cost."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with scale and unit as written: 14.83 / 万 / 宗. The number is before its scale."""

    number: Decimal
    scale: str = ""
    unit: str = ""

    def text(self) -> str:
        return f"{self.number:f}{self.scale}{self.unit}"

    def value(self, lexicon: Lexicon) -> Fraction:
        """In the base of its dimension: 14.83 万宗 is 148300, 95% is 19/20, 5 个半版 is 5/2."""
        # Two whole numbers make a fraction three times as quickly as a decimal does.
        value, factor = Fraction(*self.number.as_integer_ratio()), lexicon.factor(self.unit)
        if self.scale:
            value *= SCALES[self.scale]
        return value if factor == 1 else value * factor


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A target value (指标值). `printed` is the original text and no part of equality."""

    type_name: ClassVar[str] = ""
    label: ClassVar[str] = ""
    printed: str = field(default="", compare=False)

    def text(self) -> str:
        """The target in its normal spelling: no blanks, no thousands separators."""
        raise NotImplementedError

    @property
    def quantities(self) -> tuple[Quantity, ...]:
        """The quantities in it, in order."""
        return ()

    @property
    def qualitative(self) -> bool:
        """Whether it is judged by words (定性指标)."""
        return False


@dataclass(frozen=True, slots=True)
class Comparison(Target):
    """≥80%, 不低于2次, 9家, 增长幅度达5%. `operator` is ≥ ≤ > < = or `PLAIN`; `word` is how it was written; `subject`
    names what is compared, where the target says so itself.
    """

    type_name: ClassVar[str] = "comparison"
    label: ClassVar[str] = "比较"
    operator: str
    quantity: Quantity
    word: str = ""
    subject: str = ""

    def text(self) -> str:
        return f"{self.subject}{self.word or self.operator}{self.quantity.text()}"

    @property
    def quantities(self) -> tuple[Quantity, ...]:
        return (self.quantity,)


@dataclass(frozen=True, slots=True)
class Approx(Target):
    """约845组, 约为2亿条 (约数)."""

    type_name: ClassVar[str] = "approx"
    label: ClassVar[str] = "约数"
    quantity: Quantity
    word: str = "约"

    def text(self) -> str:
        return f"{self.word}{self.quantity.text()}"

    @property
    def quantities(self) -> tuple[Quantity, ...]:
        return (self.quantity,)


@dataclass(frozen=True, slots=True)
class Range(Target):
    """1-2批次, or 90%≤预算执行率≤100% with the indicator's name as `subject`. Both ends belong to it."""

    type_name: ClassVar[str] = "range"
    label: ClassVar[str] = "区间"
    low: Quantity
    high: Quantity
    subject: str = ""

    def text(self) -> str:
        if self.subject:
            return f"{self.low.text()}≤{self.subject}≤{self.high.text()}"
        same = (self.low.scale, self.low.unit) == (self.high.scale, self.high.unit)
        low = f"{self.low.number:f}" if same else self.low.text()
        return f"{low}-{self.high.text()}"

    @property
    def quantities(self) -> tuple[Quantity, ...]:
        return (self.low, self.high)


@dataclass(frozen=True, slots=True)
class Tolerance(Target):
    """532人（±3%） (允许偏差)."""

    type_name: ClassVar[str] = "tolerance"
    label: ClassVar[str] = "允许偏差"
    quantity: Quantity
    percent: Decimal

    def text(self) -> str:
        return f"{self.quantity.text()}（±{self.percent:f}%）"

    @property
    def quantities(self) -> tuple[Quantity, ...]:
        return (self.quantity,)


@dataclass(frozen=True, slots=True)
class FromTo(Target):
    """由5%提升至70%. `direction` is 1 or -1."""

    type_name: ClassVar[str] = "from_to"
    label: ClassVar[str] = "由此及彼"
    start: Quantity
    end: Quantity
    verb: str
    direction: int
    opening: str = "由"
    joint: str = "至"

    def text(self) -> str:
        return f"{self.opening}{self.start.text()}{self.verb}{self.joint}{self.end.text()}"

    @property
    def quantities(self) -> tuple[Quantity, ...]:
        return (self.start, self.end)


@dataclass(frozen=True, slots=True)
class Rate(Target):
    """4次/月, ≥1次/月, 每月4次. As an actual also 1月/次 (`inverted`: one time per `number` months)."""

    type_name: ClassVar[str] = "rate"
    label: ClassVar[str] = "频次"
    operator: str
    quantity: Quantity
    period: str
    word: str = ""
    leading: bool = False
    """Written 每月4次."""
    inverted: bool = False

    def text(self) -> str:
        if self.inverted:
            return f"{self.quantity.number:f}{self.period}/{self.quantity.unit}"
        if self.leading:
            return f"每{self.period}{self.word or self.operator}{self.quantity.text()}"
        return f"{self.word or self.operator}{self.quantity.text()}/{self.period}"

    @property
    def quantities(self) -> tuple[Quantity, ...]:
        return (self.quantity,)

    def per_year(self, lexicon: Lexicon) -> Fraction:
        """How often in a year."""
        often = lexicon.periods[self.period]
        if self.inverted:
            return Fraction(often) / Fraction(self.quantity.number)
        return self.quantity.value(lexicon) * often


@dataclass(frozen=True, slots=True)
class Frequency(Target):
    """每季度, 每月发放, 按月分析: a rhythm without a count (周期)."""

    type_name: ClassVar[str] = "frequency"
    label: ClassVar[str] = "周期"
    opening: str
    period: str
    action: str = ""

    def text(self) -> str:
        return f"{self.opening}{self.period}{self.action}"

    @property
    def qualitative(self) -> bool:
        return True


@dataclass(frozen=True, slots=True)
class Deadline(Target):
    """2021年12月底前完成, 年底前, 2020年12月, 及时（2023年12月31日前投入使用） (时限).

    Printed parts are kept; `year` is the printed year or, where only 年底 is printed (`relative`), the year of the
    sheet, and then no part of the text.
    """

    type_name: ClassVar[str] = "deadline"
    label: ClassVar[str] = "时限"
    year: int
    month: int = 0
    day: int = 0
    end: str = ""
    """底 or 末."""
    before: str = ""
    """前, 之前 or 以前."""
    action: str = ""
    relative: bool = False
    state: str = ""
    """A state word that carries the date in brackets (及时)."""

    def text(self) -> str:
        parts = "" if self.relative and self.month else "年" if self.relative else f"{self.year}年"
        parts += f"{self.month}月" if self.month else ""
        parts += f"{self.day}日" if self.day else ""
        parts += f"{self.end}{self.before}{self.action}"
        return f"{self.state}（{parts}）" if self.state else parts

    @property
    def first(self) -> dt.date:
        """The first day that the text can mean."""
        return dt.date(self.year, self.month or 1, self.day or 1)

    @property
    def due(self) -> dt.date:
        """The last day in time (含当日)."""
        month = self.month or 12
        return dt.date(self.year, month, self.day or calendar.monthrange(self.year, month)[1])


@dataclass(frozen=True, slots=True)
class Boolean(Target):
    """是 or 否."""

    type_name: ClassVar[str] = "boolean"
    label: ClassVar[str] = "是否"
    value: bool
    word: str

    def text(self) -> str:
        return self.word

    @property
    def qualitative(self) -> bool:
        return True


@dataclass(frozen=True, slots=True)
class Direction(Target):
    """提高, 有所降低, 逐步规范: up (1) or down (-1) without a measure (趋势)."""

    type_name: ClassVar[str] = "direction"
    label: ClassVar[str] = "趋势"
    sign: int
    verb: str
    degree: str = ""

    def text(self) -> str:
        return f"{self.degree}{self.verb}"

    @property
    def qualitative(self) -> bool:
        return True


@dataclass(frozen=True, slots=True)
class State(Target):
    """及时, 合规, 按计划完成: a known state (状态)."""

    type_name: ClassVar[str] = "state"
    label: ClassVar[str] = "状态"
    word: str

    def text(self) -> str:
        return self.word

    @property
    def qualitative(self) -> bool:
        return True


@dataclass(frozen=True, slots=True)
class Each(Target):
    """各1次: the quantity for every one of several (各)."""

    type_name: ClassVar[str] = "each"
    label: ClassVar[str] = "各"
    quantity: Quantity
    operator: str = PLAIN

    def text(self) -> str:
        return f"各{self.operator}{self.quantity.text()}"

    @property
    def quantities(self) -> tuple[Quantity, ...]:
        return (self.quantity,)


@dataclass(frozen=True, slots=True)
class ZeroByText(Target):
    """无资质的人员为0: a sentence that asks for none (文字表述的零)."""

    type_name: ClassVar[str] = "zero"
    label: ClassVar[str] = "为零"
    subject: str
    joint: str = "为"
    unit: str = ""

    def text(self) -> str:
        return f"{self.subject}{self.joint}0{self.unit}"

    @property
    def quantities(self) -> tuple[Quantity, ...]:
        return (Quantity(Decimal(0), unit=self.unit),)


@dataclass(frozen=True, slots=True)
class NotApplicable(Target):
    """不适用."""

    type_name: ClassVar[str] = "not_applicable"
    label: ClassVar[str] = "不适用"
    word: str = "不适用"

    def text(self) -> str:
        return self.word


@dataclass(frozen=True, slots=True)
class Qualitative(Target):
    """Any other wording (其他定性表述); nothing in it is guessed."""

    type_name: ClassVar[str] = "qualitative"
    label: ClassVar[str] = "定性"
    words: str

    def text(self) -> str:
        return self.words

    @property
    def qualitative(self) -> bool:
        return True
