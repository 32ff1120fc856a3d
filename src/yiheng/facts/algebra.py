"""Table algebra (勾稽表达式): expressions over cells, evaluated by rounding intervals.

    check   := sum ( "=" | "<=" | ">=" ) sum
    sum     := [ "-" ] operand { ( "+" | "-" ) operand }
    operand := cell address | "@" measure "(" view { "|" view } { ";" dimension "=" code { "|" code } } ")"

`*` in a row binds the same name in the whole expression, which is then evaluated once for each. An amount stands for
the interval that its rounding leaves; two sides agree when their intervals meet. Nothing else is tolerated.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple

from yiheng.facts.address import ANY, Address, AddressError, Directory, parse
from yiheng.facts.leaf import Source
from yiheng.facts.select import Conditions
from yiheng.facts.table import Cell
from yiheng.money import Amount


class Relation(Enum):
    """How the two sides are to stand."""

    EQUAL = "="
    AT_MOST = "<="
    AT_LEAST = ">="

    def holds(self, left: Amount, right: Amount) -> bool:
        """Whether some exact values inside the two intervals stand so."""
        if left.meets(right):
            return True
        return {"<=": left.fen < right.fen, ">=": left.fen > right.fen}.get(self.value, False)


@dataclass(frozen=True, slots=True)
class FactSum:
    """A sum of leaves named outside any table: measure, predicates, and views, of which the first one held counts."""

    measure: str
    views: tuple[str, ...]
    where: Conditions

    def __str__(self) -> str:
        parts = ("|".join(self.views), *(f"{dim}={'|'.join(codes)}" for dim, codes in self.where))
        return f"@{self.measure}({'; '.join(parts)})"


class Operand(NamedTuple):
    """One address or sum of leaves, taken with a sign."""

    sign: int
    what: Address | FactSum


class Expression(NamedTuple):
    """A parsed check expression."""

    left: tuple[Operand, ...]
    relation: Relation
    right: tuple[Operand, ...]
    text: str
    """As it is written, for people; it reads back."""

    @property
    def operands(self) -> tuple[Operand, ...]:
        return (*self.left, *self.right)

    def __str__(self) -> str:
        return self.text


def _written(left: Sequence[Operand], right: Sequence[Operand], relation: Relation) -> str:
    return f"{_side(left)} {relation.value} {_side(right)}"


def _side(operands: Sequence[Operand]) -> str:
    text = " ".join(f"{'+' if o.sign > 0 else '-'} {o.what}" for o in operands)
    return text.removeprefix("+ ")


class Value(NamedTuple):
    """What an operand or a side came to."""

    amount: Amount
    cells: tuple[str, ...] = ()
    sources: tuple[Source, ...] = ()
    missing: tuple[str, ...] = ()
    """Rows that the tables do not have, and cells that a document leaves blank; the check says what that means."""
    unknown: tuple[str, ...] = ()
    """Why there is no figure to compare, in Chinese."""
    single: bool = False
    """One figure that was read from a document, not computed: equal precision must print equal digits."""


class ExpressionError(ValueError):
    """An expression that cannot be read; the message is Chinese and says where."""


_TOKEN = re.compile(
    r"\s*(?:(?P<relation><=|>=|≤|≥|=)|(?P<sign>[+\-−])|(?P<fact>@[^()]*\([^()]*\))|"
    r"(?P<cell>[^\[\]=<>≤≥+\-−@\s][^\[\]=<>≤≥+]*\[[^\[\]]*\]))"
)
_RELATIONS = {"≤": "<=", "≥": ">="}


def parse_expression(text: str) -> Expression:
    """Read a check expression. Raises `ExpressionError`."""
    sides: list[list[Operand]] = [[]]
    relations: list[Relation] = []
    sign, position = 0, 0
    while text[position:].strip():
        token = _TOKEN.match(text, position)
        if token is None:
            raise ExpressionError(f"看不懂勾稽表达式“{text}”：从“{text[position:].strip()}”起")
        kind, found, position = str(token.lastgroup), token[str(token.lastgroup)], token.end()
        if kind == "sign":
            if sign:
                raise ExpressionError(f"勾稽表达式“{text}”有连着的两个加减号")
            sign = 1 if found == "+" else -1
        elif kind == "relation":
            _ended(text, sides[-1], sign)
            relations.append(Relation(_RELATIONS.get(found, found)))
            sides.append([])
        else:
            if sides[-1] and not sign:
                raise ExpressionError(f"勾稽表达式“{text}”的“{found}”前面缺少加减号")
            sides[-1].append(Operand(sign or 1, _operand(text, kind, found)))
            sign = 0
    _ended(text, sides[-1], sign)
    if len(relations) != 1:
        raise ExpressionError(f"勾稽表达式“{text}”应写成 左边 = 右边（或 <=、>=），关系符号只有一个")
    left, right = map(tuple, sides)
    return Expression(left, relations[0], right, _written(left, right, relations[0]))


def _ended(text: str, side: Sequence[Operand], sign: int) -> None:
    if sign or not side:
        raise ExpressionError(f"勾稽表达式“{text}”的关系符号两边都要有单元格，加减号后面也要有")


def _operand(text: str, kind: str, found: str) -> Address | FactSum:
    if kind == "fact":
        return _fact_sum(found)
    try:
        return parse(found)
    except AddressError as error:
        raise ExpressionError(f"勾稽表达式“{text}”：{error}") from None


def _fact_sum(text: str) -> FactSum:
    measure, _, inside = text[1:-1].partition("(")
    views, *conditions = inside.split(";")
    pairs = (condition.partition("=") for condition in conditions)
    where = tuple((dim.strip(), _listed(codes)) for dim, _, codes in pairs)
    if not (measure.strip() and all(_listed(views)) and all(dim and all(codes) for dim, codes in where)):
        raise ExpressionError(f"看不懂“{text}”：应写成 @口径(视图; 维度=编码|编码)")
    return FactSum(measure.strip(), _listed(views), where)


def _listed(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split("|"))


def bound(expression: Expression, directory: Directory) -> list[Expression]:
    """The expression once for each name that `*` stands for; as it is where it has none."""
    first = next((o.what for o in expression.operands if _starred(o)), None)
    if not isinstance(first, Address):
        return [expression]
    hole = ("\0",)
    text = _written(_bind(expression.left, hole), _bind(expression.right, hole), expression.relation)
    return [
        Expression(
            _bind(expression.left, names),
            expression.relation,
            _bind(expression.right, names),
            text.replace("\0", "/".join(names)),
        )
        for names in directory.bindings(first)
    ]


def _starred(operand: Operand) -> bool:
    return isinstance(operand.what, Address) and any(name[:1] == ANY for name in operand.what.row)


def _bind(side: Sequence[Operand], names: tuple[str, ...]) -> tuple[Operand, ...]:
    """One side with the names in the place of its stars."""
    return tuple([_bound(operand, names) for operand in side])


def _bound(operand: Operand, names: tuple[str, ...]) -> Operand:
    sign, what = operand
    if not isinstance(what, Address):
        return operand
    table, row, column = what
    for i, name in enumerate(row):
        if name[:1] == ANY:
            return Operand(sign, Address(table, row[:i] + names + row[i + 1 :], column))
    return operand


def total(operands: Sequence[Operand], directory: Directory, facts: Callable[[FactSum], Value]) -> Value:
    """One side of an expression."""
    return add_values(
        [
            (o.sign, cell_value(directory, o.what) if isinstance(o.what, Address) else facts(o.what))
            for o in operands
        ]
    )


def add_values(signed: Sequence[tuple[int, Value]]) -> Value:
    """Values added up, each with its sign; one value alone stays what it is."""
    if len(signed) == 1 and signed[0][0] > 0:
        return signed[0][1]
    amount = Amount.sum([value.amount if sign > 0 else -value.amount for sign, value in signed])
    values = [value for _, value in signed]
    cells = tuple([cell for value in values for cell in value.cells])
    if not any(value.sources or value.missing or value.unknown for value in values):
        return Value(amount, cells)
    return Value(
        amount,
        cells,
        tuple([source for value in values for source in value.sources]),
        tuple([row for value in values for row in value.missing]),
        tuple([reason for value in values for reason in value.unknown]),
    )


def cell_value(directory: Directory, address: Address) -> Value:
    """The cell of that address as an operand; a row that is not there is missing, anything else in doubt is unknown."""
    ref = directory.the_one(address)
    if ref is not None:
        return value_of(ref.cell, ref.address)
    if not directory.has_row(address):
        return Value(Amount(0), missing=(str(address),))
    return Value(Amount(0), unknown=(directory.why_not(address),))


def value_of(cell: Cell, address: str) -> Value:
    """A cell as an operand."""
    if cell.amount is not None and cell.source is None:
        return Value(cell.amount, (address,))
    sources = (cell.source,) if cell.source is not None else ()
    if cell.amount is not None:
        return Value(cell.amount, (address,), sources, single=not cell.terms)
    if cell.status.no_figure:
        return Value(Amount(0), (address,), sources, unknown=(f"{address}：{cell.status.value}",))
    if cell.text.strip():
        return Value(Amount(0), (address,), sources, unknown=(f"{address} 不是金额：“{cell.text}”",))
    return Value(Amount(0), (address,), sources, missing=(address,))
