"""Where a point of a chart stands in the paper (图中数值的出处): the cell or figure that is made of the same facts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from yiheng.facts import Section, Table, Term

_Key = frozenset[tuple[int, str, str, str]]


class Printed:
    """The amounts that a paper prints: table cells first, then figures in sentences."""

    def __init__(self, tables: Sequence[Table] = (), sections: Sequence[Section] = ()) -> None:
        self._by_amount: dict[int, list[tuple[Sequence[Term], str]]] = {}
        for fen, terms, address in (*_cells(tables), *_figures(sections)):
            self._by_amount.setdefault(fen, []).append((terms, address))

    def address(self, fen: int, terms: Sequence[Term]) -> str:
        """The first place that prints this amount from exactly these facts; empty where there is none.

        An equal amount from other facts is another figure.
        """
        candidates = self._by_amount.get(fen)
        if not candidates or not terms:
            return ""
        wanted = _key(terms)
        return next((address for held, address in candidates if _key(held) == wanted), "")


def _cells(tables: Sequence[Table]) -> Iterator[tuple[int, Sequence[Term], str]]:
    for table in tables:
        for ref in table.money_cells():
            cell = ref.cell
            if cell.amount is not None and cell.terms and cell.text.strip():
                yield cell.amount.fen, cell.terms, ref.address


def _figures(sections: Sequence[Section]) -> Iterator[tuple[int, Sequence[Term], str]]:
    for section in sections:
        for sentence in section.sentences:
            for figure in sentence.figures:
                if figure.kind == "amount" and figure.amount is not None and figure.terms:
                    yield figure.amount.fen, figure.terms, figure.address


def _key(terms: Sequence[Term]) -> _Key:
    return frozenset((t.sign, t.fact.measure, t.fact.view, t.fact.key) for t in terms)
