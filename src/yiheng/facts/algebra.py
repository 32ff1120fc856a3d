"""Table algebra (勾稽表达式): expressions over cells, evaluated by rounding intervals.

    check   := sum ( "=" | "<=" | ">=" ) sum
    sum     := [ "-" ] operand { ( "+" | "-" ) operand }
    operand := cell address | "@" measure "(" [ view ] { ";" dimension "=" code { "|" code } } ")"

`*` in a row binds the same name in the whole expression, which is then evaluated once for each. An amount stands for
the interval that its rounding leaves; two sides agree when their intervals meet. Nothing else is tolerated.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import Enum

from yiheng.facts.address import ANY, Address, Directory, parse
from yiheng.facts.leaf import Source
from yiheng.facts.table import CellRef, Status
from yiheng.money import Amount


class Relation(Enum):
    """How the two sides are to stand."""

    EQUAL = "="
    AT_MOST = "<="
    AT_LEAST = ">="

    def holds(self, left: Amount, right: Amount) -> bool:
        """Whether some exact values inside the two intervals stand so."""
        a, b = left.interval, right.interval
        if self is Relation.EQUAL:
            return a.meets(b)
        if self is Relation.AT_LEAST:
            a, b = b, a
        return a.lo < b.hi or a.meets(b)


@dataclass(frozen=True, slots=True)
class FactSum:
    """A sum of leaves named outside any table: measure, view and predicates."""

    measure: str
    view: str
    where: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Operand:
    sign: int
    what: Address | FactSum


@dataclass(frozen=True, slots=True)
class Expression:
    """A parsed check expression."""

    text: str
    left: tuple[Operand, ...]
    relation: Relation
    right: tuple[Operand, ...]

    @property
    def operands(self) -> tuple[Operand, ...]:
        return (*self.left, *self.right)


@dataclass(frozen=True, slots=True)
class Value:
    """What an operand or a side came to. `status` other than VALUE or NOTHING means that there is no figure."""

    amount: Amount
    status: Status = Status.VALUE
    cells: tuple[str, ...] = ()
    sources: tuple[Source, ...] = ()
    missing: tuple[str, ...] = ()
    """Rows that the tables do not have; they count as 0 only where the check says so."""
    single: bool = False
    """One figure that was read from a document, not computed: equal precision must print equal digits."""


class ExpressionError(ValueError):
    """An expression that cannot be read; the message is Chinese and says where."""


_TOKEN = re.compile(
    r"\s*(?:(?P<relation><=|>=|≤|≥|=)|(?P<sign>[+\-−])|(?P<fact>@[^()]+\([^()]*\))|"
    r"(?P<cell>[^\[\]=<>≤≥+]+?\[[^\[\]]*\]))"
)
_RELATIONS = {
    "=": Relation.EQUAL,
    "<=": Relation.AT_MOST,
    "≤": Relation.AT_MOST,
    ">=": Relation.AT_LEAST,
    "≥": Relation.AT_LEAST,
}


def parse_expression(text: str) -> Expression:
    """Read a check expression. Raises `ExpressionError`."""
    sides: list[list[Operand]] = [[], []]
    relation: Relation | None = None
    sign, position = 1, 0
    while text[position:].strip():
        token = _TOKEN.match(text, position)
        if token is None:
            raise ExpressionError(f"看不懂勾稽表达式“{text}”：从“{text[position:].strip()}”起")
        position = token.end()
        if token["relation"]:
            if relation is not None:
                raise ExpressionError(f"勾稽表达式“{text}”有两个关系符号")
            relation, sign = _RELATIONS[token["relation"]], 1
        elif token["sign"]:
            sign = 1 if token["sign"] == "+" else -1
        else:
            what = _fact_sum(token["fact"]) if token["fact"] else parse(token["cell"])
            sides[0 if relation is None else 1].append(Operand(sign, what))
            sign = 1
    if relation is None or not all(sides):
        raise ExpressionError(f"勾稽表达式“{text}”应写成 左边 = 右边（或 <=、>=）")
    return Expression(text, tuple(sides[0]), relation, tuple(sides[1]))


def _fact_sum(text: str) -> FactSum:
    measure, _, inside = text[1:-1].partition("(")
    view, *conditions = (part.strip() for part in inside.split(";"))
    where = tuple(
        (d.strip(), tuple(c.strip() for c in codes.split("|")))
        for d, _, codes in (c.partition("=") for c in conditions)
    )
    return FactSum(measure.strip(), view, where)


def bound(expression: Expression, directory: Directory) -> list[tuple[str, Expression]]:
    """The expression once for each name that `*` stands for; as it is, with an empty name, where it has none."""
    first = next((o.what for o in expression.operands if isinstance(o.what, Address) and _star(o.what)), None)
    if first is None:
        return [("", expression)]
    return [(name, _bind(expression, name)) for name in directory.bindings(first)]


def _star(address: Address) -> bool:
    return any(name[:1] == ANY for name in address.row)


def _bind(expression: Expression, name: str) -> Expression:
    def side(operands: tuple[Operand, ...]) -> tuple[Operand, ...]:
        return tuple(
            replace(o, what=replace(o.what, row=tuple(name if n[:1] == ANY else n for n in o.what.row)))
            if isinstance(o.what, Address)
            else o
            for o in operands
        )

    return replace(expression, left=side(expression.left), right=side(expression.right))


def total(operands: tuple[Operand, ...], directory: Directory, facts: Callable[[FactSum], Value]) -> Value:
    """One side of an expression. The worst status of its operands is its own."""
    values = [
        (o.sign, _cell_value(directory, o.what) if isinstance(o.what, Address) else facts(o.what))
        for o in operands
    ]
    amount = Amount.sum([v.amount if sign > 0 else -v.amount for sign, v in values])
    bad = [v.status for _, v in values if v.status not in (Status.VALUE, Status.NOTHING)]
    return Value(
        amount,
        bad[0] if bad else Status.VALUE,
        tuple(c for _, v in values for c in v.cells),
        tuple(s for _, v in values for s in v.sources),
        tuple(m for _, v in values for m in v.missing),
        len(values) == 1 and values[0][0] > 0 and values[0][1].single,
    )


def _cell_value(directory: Directory, address: Address) -> Value:
    found = directory.matching(address)
    exact = [ref for ref in found if len(ref.row.path) == len(address.row)] or found
    if len(exact) != 1:
        return Value(Amount(0), missing=(str(address),))
    return value_of(exact[0])


def value_of(ref: CellRef) -> Value:
    """A cell as an operand."""
    cell = ref.cell
    sources = (cell.source,) if cell.source is not None else ()
    amount = cell.amount if cell.amount is not None else Amount(0)
    return Value(
        amount, cell.status, (ref.address,), sources, single=not cell.terms and cell.source is not None
    )
