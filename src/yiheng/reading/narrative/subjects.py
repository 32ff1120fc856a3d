"""Whether two subjects of figures are the same."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

# A figure's subject is compared with those of many others.
_KEPT: Final = 8192
_LOOSE = re.compile(r"[“”\"()《》、,的]")
_MEASURE = re.compile(r"收入|支出")
_TRIVIAL = re.compile(
    r"(?:收入|支出|预算|决算|总额|总|合计|共计|金额|经费|安排|财政拨款|执行|调整|年初|全年|实际|部门|完成|账面|原值|后|按规定程序|"
    r"已支付|计划|本年|数额|额)+"
)


@lru_cache(maxsize=_KEPT)
def core(subject: str) -> str:
    """A subject without signs and without the words that every amount may carry."""
    return _TRIVIAL.sub("", _LOOSE.sub("", subject))


def alike(one: str, other: str) -> bool:
    """Whether two subjects may be of one thing: equal cores or one is left open, and not 收入 against 支出."""
    if not one or not other:
        return True
    left, right = set(_MEASURE.findall(one)), set(_MEASURE.findall(other))
    if left and right and not left & right:
        return False
    a, b = core(one), core(other)
    return not a or not b or a == b or a in b or b in a


def same(one: str, other: str) -> bool:
    """Whether two subjects are of one thing by their words, with nothing left open."""
    left, right = set(_MEASURE.findall(one)), set(_MEASURE.findall(other))
    measures = left == right or (not left and not right) or bool(left & right)
    return measures and core(one) == core(other) and bool(one) and bool(other)


def ends_so(subject: str, name: str) -> bool:
    """Whether a subject is that name with words before it; 税收返还和转移支付 is not 转移支付, which is but a part."""
    before, found, _ = core(subject).rpartition(core(name))
    return core(subject).endswith(core(name)) and not (found and before.endswith(tuple("和及与、")))


def inherited(own: str, before: str, titled: bool = False) -> str:
    """The subject of a figure whose words name only its stage (调整预算数): that of the figure before it.

    `titled` says that `before` is a title or a figure of no stage, which one of 收入 or 支出 does not take over.
    """
    if core(own) or not before:
        return own or before
    left, right = set(_MEASURE.findall(own)), set(_MEASURE.findall(before))
    if left and titled:
        return own
    return before if not left or not right or left & right else own
