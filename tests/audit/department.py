"""A made-up department (虚构) with figures that agree, in 万元; documents of several forms are made from it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

D = Decimal
ZERO = D(0)


class Line(NamedTuple):
    """A functional subject (功能分类科目) with what was spent on it."""

    code: str
    name: str
    basic: Decimal
    project: Decimal

    @property
    def whole(self) -> Decimal:
        return self.basic + self.project


NAMES = {
    "208": "社会保障和就业支出",
    "20805": "行政事业单位养老支出",
    "210": "卫生健康支出",
    "21011": "行政事业单位医疗",
    "21012": "财政对基本医疗保险基金的补助",
    "21013": "医疗救助",
    "21015": "医疗保障管理事务",
    "221": "住房保障支出",
    "22102": "住房改革支出",
}
FUND = (
    ("229", "其他支出"),
    ("22960", "彩票公益金安排的支出"),
    ("2296013", "用于城乡医疗救助的彩票公益金支出"),
)
ORDINALS = {"208": "八", "210": "九", "221": "十九", "229": "二十三"}


@dataclass(frozen=True)
class Department:
    """One unit and one year."""

    unit: str
    year: int
    lines: tuple[Line, ...]
    fund: Decimal
    staff: tuple[tuple[str, str, Decimal], ...]
    """Economic subjects (经济分类) of 人员经费, then those of 公用经费."""
    running: tuple[tuple[str, str, Decimal], ...]

    @property
    def basic(self) -> Decimal:
        return sum((line.basic for line in self.lines), ZERO)

    @property
    def project(self) -> Decimal:
        return sum((line.project for line in self.lines), ZERO)

    @property
    def general(self) -> Decimal:
        return self.basic + self.project

    @property
    def people(self) -> Decimal:
        return sum((amount for _, _, amount in self.staff), ZERO)

    @property
    def office(self) -> Decimal:
        return sum((amount for _, _, amount in self.running), ZERO)

    def of(self, prefix: str) -> Decimal:
        """All that was spent on the subjects whose code begins so."""
        return sum((line.whole for line in self.lines if line.code.startswith(prefix)), ZERO)

    def rows(self, *figures: Callable[[Line], Decimal]) -> Iterator[tuple[str, str, tuple[Decimal, ...]]]:
        """类, 款 and 项 with their sums."""
        done: set[str] = set()
        for line in self.lines:
            for length in (3, 5, 7):
                code = line.code[:length]
                if code in done:
                    continue
                done.add(code)
                mine = [other for other in self.lines if other.code.startswith(code)]
                name = NAMES.get(code, line.name)
                yield code, name, tuple(sum((figure(m) for m in mine), ZERO) for figure in figures)

    def economic(self, listed: Sequence[tuple[str, str, Decimal]]) -> Iterator[tuple[str, str, Decimal]]:
        """Classes (301, 302 …) with their sums, then their subjects."""
        for code, name in CLASSES:
            mine = [row for row in listed if row[0].startswith(code)]
            if mine:
                yield code, name, sum((row[2] for row in mine), ZERO)
                yield from mine


CLASSES = (
    ("301", "工资福利支出"),
    ("302", "商品和服务支出"),
    ("303", "对个人和家庭的补助"),
    ("310", "资本性支出"),
)


def department(unit: str, year: int, factor: str = "1") -> Department:
    """A department whose amounts are those below times `factor`, cut to the cent."""

    def x(amount: str) -> Decimal:
        return (D(amount) * D(factor)).quantize(D("0.01"), ROUND_HALF_UP)

    pension, annuity, medical, housing = x("52.37"), x("26.18"), x("31.44"), x("60.21")
    staff = (
        ("30101", "基本工资", x("120.33")),
        ("30102", "津贴补贴", x("150.21")),
        ("30103", "奖金", x("131.08")),
        ("30108", "机关事业单位基本养老保险缴费", pension),
        ("30109", "职业年金缴费", annuity),
        ("30110", "职工基本医疗保险缴费", medical),
        ("30113", "住房公积金", housing),
        ("30305", "生活补助", x("2.10")),
    )
    running = (
        ("30201", "办公费", x("20.50")),
        ("30217", "公务接待费", D("1.25")),
        ("30231", "公务用车运行维护费", D("3.60")),
        ("30239", "其他交通费用", x("18.40")),
        ("30299", "其他商品和服务支出", x("34.45")),
        ("31002", "办公设备购置", x("5.00")),
    )
    basic = sum((row[2] for row in (*staff, *running)), ZERO)
    lines = (
        Line("2080505", "机关事业单位基本养老保险缴费支出", pension, ZERO),
        Line("2080506", "机关事业单位职业年金缴费支出", annuity, ZERO),
        Line("2101101", "行政单位医疗", medical, ZERO),
        Line("2101202", "财政对城乡居民基本医疗保险基金的补助", ZERO, x("18650.00")),
        Line("2101301", "城乡医疗救助", ZERO, x("1260.50")),
        Line("2101501", "行政运行", basic - pension - annuity - medical - housing, ZERO),
        Line("2101502", "一般行政管理事务", ZERO, x("88.30")),
        Line("2101505", "医疗保障政策管理", ZERO, x("45.76")),
        Line("2101599", "其他医疗保障管理事务支出", ZERO, x("120.15")),
        Line("2210201", "住房公积金", housing, ZERO),
    )
    return Department(unit, year, lines, x("36.00"), staff, running)


def percent(part: Decimal, whole: Decimal) -> str:
    """A share with two decimals."""
    return f"{(part / whole * 100).quantize(D('0.01'), ROUND_HALF_UP)}%"
