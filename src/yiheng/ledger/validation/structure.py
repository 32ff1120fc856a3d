"""What a row must satisfy whatever the policy says (结构校验). The database enforces most of it once more.

Pure: rows in, problems out.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Final

from yiheng.facts.sheets import SheetRow
from yiheng.ledger.sheets import MONEY, NOT_NEGATIVE, Shape, shapes, yuan
from yiheng.money import round_to
from yiheng.reading.problems import Problem

from .problem import problem

Rule = Callable[[SheetRow], Iterable[Problem]]

LONGEST_UNIT_KEY: Final = 50
"""Characters; a name of a folder may have 255 bytes, and a character of Chinese takes three or four."""
UNIT_KEY: Final = re.compile(
    rf"(?!-)[A-Za-z0-9_\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U000323af-]{{1,{LONGEST_UNIT_KEY}}}"
)
"""The key of a unit becomes part of addresses and of names of folders."""
_LARGEST: Final = 2**63 - 1
"""The largest whole number that the database keeps."""
_FIRST_TO_LAST: Final[Mapping[str, tuple[str, str]]] = {
    "projects": ("start", "end"),
    "contracts": ("awarded_on", "signed_on"),
    "vehicles": ("acquired_on", "disposed_on"),
}


def structural_problems(rows: Mapping[str, Sequence[SheetRow]]) -> list[Problem]:
    """Every defect of the rows by themselves. KeyError for a sheet that no app has: a defect of the program."""
    found = []
    for sheet, of_sheet in rows.items():
        shape = shapes()[sheet]
        rules = _rules(shape)
        found += list(_duplicates(shape, of_sheet))
        for row in of_sheet:
            for rule in rules:
                found += rule(row)
    return found


def _rules(shape: Shape) -> list[Rule]:
    rules: list[Rule] = [_required(shape), _choices(shape), _steps(shape), shape.model.row_problems]
    if shape.sheet in NOT_NEGATIVE:
        rules.append(_not_negative)
    if shape.sheet in _FIRST_TO_LAST:
        rules.append(_order)
    if "date" in shape.place:
        rules.append(_date)
    special: dict[str, Rule] = {
        "units": _unit,
        "costing": _product,
        "procurements": _parts,
        "revenues": _planned_revenue,
        "eliminations": _two_units,
        "headcounts": _some_number,
    }
    return [*rules, special[shape.sheet]] if shape.sheet in special else rules


def _duplicates(shape: Shape, rows: Sequence[SheetRow]) -> Iterator[Problem]:
    named = ("key",) if "key" in shape.place else ("unit", "year", "kind")
    first: dict[tuple[object, ...], SheetRow] = {}
    for row in rows:
        key = tuple(row.values.get(name) for name in named)
        if key in first and None not in key:
            yield problem(
                row, "键重复", named[0], f"与第 {first[key].number} 行的键相同，同一表内键不得重复",
                "若是同一笔，删去一行；若是两笔，给其中一行另取一个键",
            )  # fmt: skip
        first.setdefault(key, row)


def _required(shape: Shape) -> Rule:
    def rule(row: SheetRow) -> Iterator[Problem]:
        for name in shape.required:
            if row.values.get(name) in (None, ""):
                yield problem(row, "必填栏为空", name, "此栏必填，缺失不等于零", "补填此栏")

    return rule


def _choices(shape: Shape) -> Rule:
    columns = {field.name: dict(field.flatchoices) for field in shape.fields if field.choices}

    def rule(row: SheetRow) -> Iterator[Problem]:
        for name, choices in columns.items():
            value = row.values.get(name)
            if value not in choices and value not in (None, ""):
                listed = "、".join(f"{code}（{label}）" for code, label in choices.items())
                yield problem(row, "取值不在范围内", name, f"只能是 {listed}", "改为其中之一")

    return rule


def _steps(shape: Shape) -> Rule:
    """Amounts are multiples of the step to which the row says that they are known; a unit price is exact."""
    money = [name for name in shape.columns if name in MONEY and name != "price"]

    def rule(row: SheetRow) -> Iterator[Problem]:
        step = row.quantum
        names = [*money, "value"] if row.values.get("uom") == "元" else money
        if step < 0:
            yield problem(row, "金额精度有误", "", "金额精度为负", "改正小数位")
        for name in names:
            value = row.values.get(name)
            if isinstance(value, int) and abs(value) > _LARGEST:
                yield problem(row, "金额过大", name, "超出可以保存的范围", "核对金额及其单位")
            if step > 0 and isinstance(value, int) and value % step:
                yield problem(
                    row, "金额与小数位不符", name,
                    f"按所填小数位，金额应是 {yuan(step)} 元的整数倍，{yuan(value)} 元不是",
                    "按原文改正金额或小数位",
                )  # fmt: skip

    return rule


def _not_negative(row: SheetRow) -> Iterator[Problem]:
    for name in NOT_NEGATIVE[row.sheet]:
        value = row.values.get(name)
        if isinstance(value, (int, Decimal)) and value < 0:
            yield problem(
                row, "金额为负", name, "此处的数不得为负", "核对正负号；调减预算请填“预算调整”表"
            )  # fmt: skip


def _planned_revenue(row: SheetRow) -> Iterator[Problem]:
    amount = row.values.get("amount")
    if row.values.get("stage") == "budget" and isinstance(amount, int) and amount < 0:
        yield problem(row, "金额为负", "amount", "收入预算不得为负", "核对正负号")


def _order(row: SheetRow) -> Iterator[Problem]:
    names = _FIRST_TO_LAST[row.sheet]
    first, last = (row.values.get(name) for name in names)
    if isinstance(first, dt.date) and isinstance(last, dt.date) and last < first:
        label = shapes()[row.sheet].label(names[0])
        yield problem(row, "日期先后颠倒", names[1], f"早于“{label}” {first.isoformat()}", "核对两个日期")


def _date(row: SheetRow) -> Iterator[Problem]:
    date, precision, year = (row.values.get(name) for name in ("date", "date_precision", "year"))
    if date is None and precision not in (None, "", "year"):
        yield problem(
            row, "日期缺失", "date", f"日期精度填了“{precision}”，日期却是空的", "补填日期，或清空精度"
        )
    if isinstance(date, dt.date) and isinstance(year, int) and date.year != year:
        yield problem(row, "日期不在年度内", "date", f"不在 {year} 年度内", "核对日期和年度")


def _unit(row: SheetRow) -> Iterator[Problem]:
    key = row.values.get("key")
    if isinstance(key, str) and key and not UNIT_KEY.fullmatch(key):
        yield problem(
            row, "单位键不可用", "key",
            f"它要用作网址和文件夹名，只能是汉字、英文字母、数字、“-”和“_”，不以“-”开头，最多 {LONGEST_UNIT_KEY} 字",
            "改用例如 szyb、szyb-main 或“市局本级”的键；引用这个单位的各表一并改正",
        )  # fmt: skip
    if row.values.get("parent") is not None and row.values.get("parent") == row.values.get("key"):
        yield problem(row, "上级单位有误", "parent", "单位的上级是它自己", "改为真正的上级，或清空")


def _product(row: SheetRow) -> Iterator[Problem]:
    factors = [row.values.get(name) for name in ("quantity", "price", "periods")]
    amount = row.values.get("amount")
    if not isinstance(amount, int) or not all(isinstance(f, (int, Decimal)) for f in factors):
        return
    product = Fraction(1)
    for factor in factors:
        product *= Fraction(factor)  # type: ignore[arg-type]
    # A product finer than the amount is printed rounds to it; so it lies at most half a step away.
    if abs(product - amount) * 2 > max(row.quantum, 1):
        exact = f"{round_to(product / 100, 4).normalize():f}"
        yield problem(
            row, "测算不闭合", "amount", f"数量 × 单价 × 期数 = {exact} 元，与金额不符", "核对数量、单价、期数和金额"
        )  # fmt: skip


def _parts(row: SheetRow) -> Iterator[Problem]:
    amount = row.values.get("amount")
    for name in ("sme_amount", "micro_amount"):
        part = row.values.get(name)
        if isinstance(part, int) and isinstance(amount, int) and part > amount:
            yield problem(row, "部分大于总数", name, f"大于采购金额 {yuan(amount)} 元", "核对两个金额")


def _two_units(row: SheetRow) -> Iterator[Problem]:
    if row.values.get("from_unit") is not None and row.values.get("from_unit") == row.values.get("to_unit"):
        yield problem(row, "抵销单位有误", "to_unit", "付出单位与收到单位相同", "改正其中之一")


def _some_number(row: SheetRow) -> Iterator[Problem]:
    if row.values.get("establishment") is None and row.values.get("actual") is None:
        yield problem(row, "必填栏为空", "actual", "编制数和实有人数都没有填", "至少填一个")
