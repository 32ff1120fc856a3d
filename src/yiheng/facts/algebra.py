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
from dataclasses import dataclass, replace
from enum import Enum

from yiheng.facts.address import ANY, Address, AddressError, Directory, parse
from yiheng.facts.leaf import Source
from yiheng.facts.select import Conditions
from yiheng.facts.table import CellRef
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


@dataclass(frozen=True, slots=True)
class Operand:
    """One address or sum of leaves, taken with a sign."""

    sign: int
    what: Address | FactSum


@dataclass(frozen=True, slots=True)
class Expression:
    """A parsed check expression."""

    left: tuple[Operand, ...]
    relation: Relation
    right: tuple[Operand, ...]

    @property
    def operands(self) -> tuple[Operand, ...]:
        return (*self.left, *self.right)

    def __str__(self) -> str:
        return f"{_side(self.left)} {self.relation.value} {_side(self.right)}"


def _side(operands: Sequence[Operand]) -> str:
    text = " ".join(f"{'+' if o.sign > 0 else '-'} {o.what}" for o in operands)
    return text.removeprefix("+ ")


@dataclass(frozen=True, slots=True)
class Value:
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
    return Expression(tuple(sides[0]), relations[0], tuple(sides[1]))


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
    first = next((o.what for o in expression.operands if _starred(o.what)), None)
    if not isinstance(first, Address):
        return [expression]
    return [_bind(expression, names) for names in directory.bindings(first)]


def _starred(what: Address | FactSum) -> bool:
    return isinstance(what, Address) and any(name[:1] == ANY for name in what.row)


def _bind(expression: Expression, names: tuple[str, ...]) -> Expression:
    def operand(one: Operand) -> Operand:
        if not isinstance(one.what, Address) or not _starred(one.what):
            return one
        row = tuple(n for name in one.what.row for n in (names if name[:1] == ANY else (name,)))
        return Operand(one.sign, replace(one.what, row=row))

    return Expression(
        tuple(map(operand, expression.left)), expression.relation, tuple(map(operand, expression.right))
    )


def total(operands: Sequence[Operand], directory: Directory, facts: Callable[[FactSum], Value]) -> Value:
    """One side of an expression."""
    values = [
        cell_value(directory, o.what) if isinstance(o.what, Address) else facts(o.what) for o in operands
    ]
    signed = zip(operands, values, strict=True)
    return Value(
        Amount.sum([v.amount if o.sign > 0 else -v.amount for o, v in signed]),
        tuple(c for v in values for c in v.cells),
        tuple(s for v in values for s in v.sources),
        tuple(m for v in values for m in v.missing),
        tuple(u for v in values for u in v.unknown),
        len(values) == 1 and operands[0].sign > 0 and values[0].single,
    )


def cell_value(directory: Directory, address: Address) -> Value:
    """The cell of that address as an operand; a row that is not there is missing, anything else in doubt is unknown."""
    found = directory.matching(address)
    if len(found) == 1:
        return value_of(found[0])
    if not found and not directory.has_row(address):
        return Value(Amount(0), missing=(str(address),))
    return Value(Amount(0), unknown=(directory.why_not(address),))


def value_of(ref: CellRef) -> Value:
    """A cell as an operand."""
    cell, address = ref.cell, ref.address
    sources = (cell.source,) if cell.source is not None else ()
    if cell.amount is not None:
        single = not cell.terms and cell.source is not None
        return Value(cell.amount, (address,), sources, single=single)
    if cell.status.no_figure:
        return Value(Amount(0), (address,), sources, unknown=(f"{address}：{cell.status.value}",))
    if cell.text.strip():
        return Value(Amount(0), (address,), sources, unknown=(f"{address} 不是金额：“{cell.text}”",))
    return Value(Amount(0), (address,), sources, missing=(address,))
