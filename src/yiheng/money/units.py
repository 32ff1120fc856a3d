"""Money units (金额单位) and the way from a typed amount to whole fen (分)."""

import re
from decimal import Decimal
from enum import Enum

from yiheng.money.errors import MoneyError
from yiheng.money.numerals import half_width, is_number
from yiheng.money.rounding import exact

_HEADER = re.compile(r"\(?(?:(?:金额)?单位:)?(?:人民币)?(元|万元|亿元|万|亿)\)?")


class MoneyUnit(Enum):
    """A unit that documents print amounts in: its Chinese label and its worth in fen."""

    YUAN = ("元", 100)
    WAN = ("万元", 1_000_000)
    YI = ("亿元", 10_000_000_000)

    label: str
    fen: int

    def __init__(self, label: str, fen: int) -> None:
        # Plain attributes: they are asked for millions of times.
        self.label = label
        self.fen = fen

    @classmethod
    def of(cls, text: str) -> "MoneyUnit":
        """The unit a cell or header names: `万元`, `万`, `（万元）`, `单位：万元`. Raises `MoneyError`."""
        found = _HEADER.fullmatch(re.sub(r"\s", "", half_width(text))) if isinstance(text, str) else None
        if found is None:
            allowed = "、".join(unit.label for unit in cls)
            raise MoneyError(f"不认识的金额单位 {text!r}：只能是 {allowed}（也可以写“万”“亿”“单位：万元”）。")
        return _BY_NAME[found[1]]


_BY_NAME = {unit.label: unit for unit in MoneyUnit} | {"万": MoneyUnit.WAN, "亿": MoneyUnit.YI}


def to_fen(value: int | Decimal | str, unit: MoneyUnit = MoneyUnit.YUAN) -> int:
    """`value` of `unit` as whole fen. Text may carry thousands separators and full-width digits.

    Never rounds: a rest below one fen raises `MoneyError`, as do floats, bools and malformed text.
    """
    shown = f"{value!r}" if isinstance(value, str) else f"{value}"
    if isinstance(value, str):
        text = half_width(value)
        if not is_number(text):
            raise MoneyError(
                f"{shown} 不是金额：只能写数字，可带正负号、小数点和三位一节的千分位（例如 368,494.62）。"
            )
        value = Decimal(text.replace(",", ""))
    fen = exact(value, "金额") * unit.fen
    if fen.denominator != 1:
        raise MoneyError(f"金额 {shown} {unit.label} 含有不足一分的零头，系统不代为舍入。请按分填写准确数。")
    return fen.numerator
