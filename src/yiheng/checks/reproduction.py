"""Reproduction (复现): computed tables against the cells that a document printed.

Every printed figure ends as equal, as a rounding tail (by the interval rule), or as printed wrongly; the last only
where the transcription names the cell with exactly what is printed and what is right. Everything else is unexplained.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from yiheng.facts import CellRef, Status, Table
from yiheng.facts.address import AddressError, Directory
from yiheng.money import MoneyUnit, Printed, PrintedKind, parse_printed


class Verdict(Enum):
    """How a printed cell stands to the computed one."""

    EQUAL = "equal"
    ROUNDING_TAIL = "rounding_tail"
    PRINTED_WRONGLY = "printed_wrongly"
    WITHHELD = "withheld"
    UNEXPLAINED = "unexplained"

    @property
    def label(self) -> str:
        return _LABELS[self]


_LABELS = {
    Verdict.EQUAL: "一致",
    Verdict.ROUNDING_TAIL: "舍入尾差",
    Verdict.PRINTED_WRONGLY: "原件印错",
    Verdict.WITHHELD: "不予公开",
    Verdict.UNEXPLAINED: "无法解释",
}


@dataclass(frozen=True, slots=True)
class PrintedCell:
    """A cell as a document prints it."""

    table: str
    row: str
    column: str
    text: str
    place: str

    @property
    def address(self) -> str:
        return f"{self.table}[{self.row}, {self.column}]"


@dataclass(frozen=True, slots=True)
class KnownError:
    """A cell that the document prints wrongly, with what it prints, what is right, and how that is known."""

    address: str
    printed: str
    right: str
    reason: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """One cell of the reproduction."""

    address: str
    verdict: Verdict
    printed: str
    computed: str
    given: bool = False
    """The computed cell is itself a leaf: it was transcribed, not added up."""
    numeric: bool = True
    """The document prints a figure here, not a blank or a dash."""
    place: str = ""
    reason: str = ""


def compare(
    tables: Sequence[Table],
    printed: Iterable[PrintedCell],
    errors: Sequence[KnownError],
    secret: Iterable[str],
) -> tuple[Comparison, ...]:
    """Every printed cell against the computed one, then what the document withholds.

    `secret` are the names under which secret projects are printed.
    """
    directory = Directory(tables)
    known = {(e.address, e.printed): e for e in errors}
    compared = [_compare(directory, cell, known) for cell in printed]
    return (*compared, *_withheld(tables, frozenset(secret)))


def _compare(
    directory: Directory, cell: PrintedCell, known: Mapping[tuple[str, str], KnownError]
) -> Comparison:
    numeric = parse_printed(cell.text).kind is PrintedKind.NUMBER
    try:
        ref = directory.resolve(cell.address)
    except AddressError as why:
        return Comparison(
            cell.address, Verdict.UNEXPLAINED, cell.text, "", False, numeric, cell.place, str(why)
        )
    verdict, reason = _judge(ref, cell.text), ""
    error = known.get((cell.address, cell.text))
    if verdict is Verdict.UNEXPLAINED and error is not None and error.right == ref.cell.text:
        verdict, reason = Verdict.PRINTED_WRONGLY, error.reason
    return Comparison(
        ref.address, verdict, cell.text, ref.cell.text, ref.cell.given, numeric, cell.place, reason
    )


def _judge(ref: CellRef, text: str) -> Verdict:
    unit = MoneyUnit.of(ref.table.unit)
    printed, computed = parse_printed(text, unit), parse_printed(ref.cell.text or "0", unit)
    if ref.cell.amount is None or printed.kind is not PrintedKind.NUMBER:
        return Verdict.UNEXPLAINED
    if printed.value == computed.value:
        return Verdict.EQUAL
    return Verdict.ROUNDING_TAIL if _meets(printed, ref) else Verdict.UNEXPLAINED


def _meets(printed: Printed, ref: CellRef) -> bool:
    return ref.cell.amount is not None and printed.interval().meets(ref.cell.amount.interval)


def _withheld(tables: Sequence[Table], secret: frozenset[str]) -> Iterable[Comparison]:
    """Rows whose finer rows the document leaves out, and rows of secret projects."""
    for table in tables:
        for block in table.blocks:
            for row in block.rows:
                where = f"{table.code}[{row.address}]"
                if row.role == "gap":
                    reason = "下级科目未公开"
                elif row.label in secret and row.kind in ("project", "task"):
                    reason = "涉密项目只公开金额和科目"
                else:
                    continue
                yield Comparison(where, Verdict.WITHHELD, "", Status.WITHHELD.value, False, False, "", reason)


def tally(compared: Iterable[Comparison]) -> dict[str, int]:
    """How many cells ended in each verdict."""
    found = list(compared)
    return {v.value: sum(c.verdict is v for c in found) for v in Verdict}
