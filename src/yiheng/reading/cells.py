"""One cell → one typed value, or the reason why not. Numbers never pass through binary arithmetic."""

from __future__ import annotations

import datetime as dt
import difflib
import re
from collections import defaultdict
from collections.abc import Callable
from decimal import Decimal
from functools import cache
from typing import Final, TypeVar

from yiheng.facts.sheets import Catalogs, Column, Kind, Value, plain_label
from yiheng.money import MoneyError, MoneyUnit, to_fen
from yiheng.money.numerals import half_width, is_number
from yiheng.reading.dates import DAY, DateError, parse_date

Converter = Callable[[object], Value]
T = TypeVar("T")

LARGEST_FEN: Final = 2**63 - 1
"""What a database's 8-byte whole number holds."""
_HIDDEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_CODE_AND_TITLE = re.compile(r"([0-9A-Za-z][0-9A-Za-z.\-]*)[ 　]+(\S.*)", re.DOTALL)
_YES, _NO = ("是", "true", "yes", "y", "1"), ("否", "false", "no", "n", "0")


class CellError(Exception):
    """A cell that cannot be taken: a kind to group by, why, and what to do."""

    def __init__(self, kind: str, reason: str, remedy: str) -> None:
        super().__init__(reason)
        self.kind, self.reason, self.remedy = kind, reason, remedy


def converter(column: Column, catalogs: Catalogs) -> Converter:
    """How the cells of a column become values; amounts also need the unit of their row, see `fen_of`.

    A blank cell becomes None. The converter raises `CellError`.
    """
    match column.kind:
        case Kind.TEXT:
            return _numberless_text if column.text_only else text_of
        case Kind.INT:
            return remembered(lambda raw: _within(column, int_of(raw)))
        case Kind.DECIMAL:
            return lambda raw: _within(column, decimal_of(raw))
        case Kind.DATE:
            return remembered(lambda raw: dated(raw, partial=False)[0])
        case Kind.BOOL:
            return remembered(bool_of)
        case Kind.ENUM:
            return _enum(column)
        case Kind.CODE:
            return _code(column, catalogs)
        case Kind.REFERENCE:
            return remembered(text_of)
        case Kind.AMOUNT:
            raise ValueError(f"column {column.name}: an amount needs the unit of its row")


def is_blank(raw: object) -> bool:
    """Whether a cell holds nothing, or blanks only."""
    return raw is None or raw == "" or (isinstance(raw, str) and not raw.strip())


def text_of(raw: object) -> str | None:
    """A cell as text without blanks around it; a number as it would be typed."""
    if type(raw) is str:
        text = raw.strip()
        if not text.isprintable():
            return _checked_text(text)
        return text or None
    if raw is None:
        return None
    if isinstance(raw, bool):
        return "是" if raw else "否"
    if isinstance(raw, float):
        return str(int(raw)) if raw.is_integer() else f"{Decimal(repr(raw)):f}"
    if isinstance(raw, dt.datetime):
        return raw.date().isoformat() if raw.time() == dt.time() else raw.isoformat(" ")
    return str(raw)


def _checked_text(text: str) -> str | None:
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    if _HIDDEN.search(plain):
        raise CellError("含不可见字符", "文字里有不可见的控制字符", "请删去该单元格后手工重新录入")
    return plain or None


def _numberless_text(raw: object) -> str | None:
    if raw is not None and not isinstance(raw, str):
        raise CellError(
            "文字列里是数字",
            "电子表格已把录入的文字改成了数字（例如 95% 变成 0.95、前导零丢失），原文不可恢复",
            "请把该列设为“文本”格式后按原文重新录入",
        )
    return text_of(raw)


def int_of(raw: object) -> int | None:
    """A whole number."""
    number = decimal_of(raw)
    if number is None:
        return None
    if number != number.to_integral_value() or abs(number) > LARGEST_FEN:
        raise CellError("不是整数", "应是整数", "请填写整数，不带单位")
    return int(number)


def decimal_of(raw: object) -> Decimal | None:
    """A number, exactly as typed; a float through its shortest decimal form, which is what was typed."""
    if isinstance(raw, float):
        return Decimal(repr(raw))
    if isinstance(raw, (bool, dt.date, dt.time, dt.timedelta)):
        raise CellError(
            "不是数字", "应是数字，这里却是日期、时间或真假值", "请把单元格设为数字格式并重新填写"
        )
    if isinstance(raw, int):
        return Decimal(raw)
    text = half_width(str(raw)) if raw is not None else ""
    if not text:
        return None
    if not is_number(text):
        raise CellError("不是数字", "应是数字", "请只填数字，不带单位和文字；没有数字请留空")
    return Decimal(text.replace(",", ""))


def bool_of(raw: object) -> bool | None:
    """是 or 否."""
    if isinstance(raw, bool):
        return raw
    text = (text_of(raw) or "").casefold()
    if not text:
        return None
    if text in _YES or text in _NO:
        return text in _YES
    raise CellError("不是“是”或“否”", "应是“是”或“否”", "请填“是”或“否”")


def dated(raw: object, partial: bool) -> tuple[dt.date | None, str]:
    """A date cell or date text, and its precision; `partial` also takes a month, a quarter or a year."""
    if isinstance(raw, dt.datetime):
        return raw.date(), DAY
    if isinstance(raw, dt.date):
        return raw, DAY
    text = "" if isinstance(raw, (bool, dt.time, dt.timedelta)) else text_of(raw)
    if text is None:
        return None, ""
    try:
        return parse_date(text, partial)
    except DateError:
        raise CellError(
            "不是日期", "应是日期", "请填 2021-01-31、2021.1.31 或 2021年1月31日，或把单元格设为日期格式"
        ) from None


def fen_of(raw: object, unit: MoneyUnit) -> int | None:
    """An amount of `unit` as whole fen; raises `CellError` for text, floats finer than a fen and what is no amount."""
    if isinstance(raw, (bool, dt.date, dt.time, dt.timedelta)):
        raise CellError(
            "金额不是数字", "金额单元格里是日期、时间或真假值", "请把单元格设为数字格式并重新填写金额"
        )
    if is_blank(raw):
        return None
    if isinstance(raw, str) and not is_number(half_width(raw)):
        raise CellError(
            "金额不是数字",
            "金额单元格里有文字",
            "请只填数字（千分位可有可无），单位写在“金额单位”列；没有金额请留空",
        )
    fen = _fen_of_float(raw, unit) if isinstance(raw, float) else _fen(raw, unit)
    if fen is None:
        raise CellError(
            "金额细于一分",
            f"按{unit.label}计算不是整数分，系统不代为舍入",
            "请核对金额和金额单位；公式算出的数请用 ROUND(…, 2) 保留到分",
        )
    if abs(fen) > LARGEST_FEN:
        raise CellError("金额过大", "金额超出可记录的范围", "请核对金额和金额单位")
    return fen


def _fen_of_float(raw: float, unit: MoneyUnit) -> int | None:
    fen = _fen(Decimal(repr(raw)), unit)
    # A spreadsheet keeps and shows 15 digits; the two beyond are the dust of its own additions (0.1 + 0.2).
    return fen if fen is not None else _fen(Decimal(format(raw, ".15g")), unit)


def _fen(value: object, unit: MoneyUnit) -> int | None:
    try:
        return to_fen(value, unit)  # type: ignore[arg-type]
    except MoneyError:
        return None


def _within(column: Column, value: int | Decimal | None) -> int | Decimal | None:
    if value is None:
        return None
    if column.minimum is not None and value < column.minimum:
        raise CellError("数字超出范围", f"不得小于 {column.minimum}", "请核对后改正")
    if column.maximum is not None and value > column.maximum:
        raise CellError("数字超出范围", f"不得大于 {column.maximum}", "请核对后改正")
    if isinstance(value, Decimal) and value != round(value, column.decimals):
        raise CellError(
            "小数位过多", f"最多 {column.decimals} 位小数", "请核对；公式算出的数请用 ROUND 保留小数位"
        )
    return value


def _enum(column: Column) -> Converter:
    known = {plain_label(choice.value): choice.value for choice in column.choices}
    known |= {plain_label(choice.label): choice.value for choice in column.choices}

    def convert(raw: object) -> str | None:
        text = text_of(raw)
        if text is None:
            return None
        found = known.get(plain_label(text))
        if found is None:
            labels = [choice.label for choice in column.choices]
            remedy = nearest(text, labels) or "请从下拉列表中选择"
            raise CellError("不在可选值内", f"应是{'、'.join(labels)}之一", remedy)
        return found

    return remembered(convert)


def _code(column: Column, catalogs: Catalogs) -> Converter:
    choices = catalogs.get(column.catalog, ())
    codes = {choice.value for choice in choices}

    @cache
    def meanings() -> dict[str, set[str]]:
        """What labels mean; made when a cell holds none of the codes, since a list may be long."""
        found: dict[str, set[str]] = {}
        for choice in choices:
            for label in (choice.title, choice.value + choice.title):
                found.setdefault(plain_label(label), set()).add(choice.value)
        return found

    def convert(raw: object) -> str | None:
        text = text_of(raw)
        if text is None or text in codes:
            return text
        meant = meanings().get(plain_label(text), set())
        if len(meant) > 1:
            remedy = "请写编码，或从下拉列表中选择"
            raise CellError("名称对应多个编码", f"“{text}”可能是 {'、'.join(sorted(meant))}", remedy)
        match = _CODE_AND_TITLE.fullmatch(text)
        if not meant and match and match[1] in codes:
            remedy = "请从下拉列表中选择，或只填编码"
            raise CellError("编码与名称不符", f"编码 {match[1]} 的名称不是“{match[2]}”", remedy)
        # Whether an unknown text is a code at all is judged later, with the row's year.
        return next(iter(meant), text)

    return remembered(convert)


def nearest(text: str, labels: list[str]) -> str:
    """A remedy that offers the most similar of the known labels, or "" when none is similar."""
    close = difflib.get_close_matches(text, labels, n=1, cutoff=0.5)
    return f"是否应为“{close[0]}”？" if close else ""


def remembered(convert: Callable[[object], T]) -> Callable[[object], T]:
    """The same conversion with a memory: few different values fill most columns, each is judged once."""
    # By type too, since True, 1 and 1.0 are one key to a dictionary.
    memories: defaultdict[type, dict[object, T | CellError]] = defaultdict(dict)

    def lookup(raw: object) -> T:
        memory = memories[raw.__class__]
        if raw not in memory:
            try:
                memory[raw] = convert(raw)
            except CellError as error:
                memory[raw] = error
        found = memory[raw]
        if isinstance(found, CellError):
            raise found
        return found

    return lookup
