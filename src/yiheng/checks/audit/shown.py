"""Findings about relations (勾稽结果的表述): the wrong figure, what it should be, and the relations that show it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from yiheng.checks.audit.culprits import Culprit
from yiheng.checks.audit.relations import Figures, Relation, Term
from yiheng.checks.audit.subject import found
from yiheng.facts import Outcome
from yiheng.facts.audit import AuditFinding, Ground
from yiheng.facts.document import Place
from yiheng.facts.known import CellKey
from yiheng.money import MoneyUnit, format_amount

_SHOWN_GROUNDS = 12
_SHOWN_PARTS = 40


def passed(relation: Relation, figures: Figures) -> AuditFinding:
    key = relation.left[0].key
    return found(relation.rule, Outcome.PASS, figures.cell(key).place, figures.table(key).address(key))


def wrong(culprit: Culprit, figures: Figures) -> AuditFinding:
    """The finding on a wrong figure; where several explain the failure as well, on their sum."""
    if culprit.rivals:
        return _one_of(culprit, figures)
    key, table = culprit.key, figures.table(culprit.key)
    cell = figures.cell(key)
    figure = figures[key]
    printed = Fraction(figure.fen) if figure else Fraction(0)
    shown = [statement(relation, figures) for relation in culprit.shown_by]
    more = f"（另有 {len(shown) - 1} 处关系同样不符）" if len(shown) > 1 else ""
    return found(
        culprit.shown_by[0].rule, Outcome.FAIL, cell.place, table.address(key), f"{shown[0]}，不成立{more}"
    )._replace(
        printed=cell.text.strip() or "（空白）",
        computed=amount(culprit.right, key, figures),
        difference=amount(printed - culprit.right, key, figures),
        sources=tuple(_grounds(culprit, figures)),
        cells=(cell.place, *_places(culprit, figures)),
    )


def _one_of(culprit: Culprit, figures: Figures) -> AuditFinding:
    """A sum that does not close, where nothing else shows which of its figures is wrong."""
    relation = culprit.shown_by[0]
    key = relation.left[0].key
    cell = figures.cell(key)
    left, right = figures.span(relation.left), figures.span(relation.right)
    first = left.middle if left else Fraction(0)
    second = right.middle if right else Fraction(0)
    parts = [
        text for t in relation.right if (text := figures.cell(t.key).text.strip()) not in ("", "0", "—", "-")
    ]
    total = " + ".join(figures.cell(t.key).text.strip() for t in relation.left)
    message = f"{statement(relation, figures)}，不成立；其中有一个数字有误，其余关系不能确定是哪一个"
    return found(relation.rule, Outcome.FAIL, cell.place, figures.table(key).address(key), message)._replace(
        printed=f"{total}；{'、'.join(parts[:_SHOWN_PARTS])}",
        computed=amount(second, key, figures),
        difference=amount(first - second, key, figures),
        sources=tuple(_grounds(culprit, figures)),
        cells=(cell.place, *_places(culprit, figures)),
    )


def _grounds(culprit: Culprit, figures: Figures) -> Iterator[Ground]:
    for relation in culprit.shown_by[:_SHOWN_GROUNDS]:
        others = [t.key for t in relation.terms if t.key != culprit.key]
        place = figures.cell(others[0]).place if others else figures.cell(culprit.key).place
        yield Ground(statement(relation, figures), place)


def _places(culprit: Culprit, figures: Figures) -> Iterator[Place]:
    seen = {culprit.key}
    for relation in culprit.shown_by:
        for term in relation.terms:
            if term.key not in seen and term.key.document == 0 and figures.cell(term.key).text.strip():
                seen.add(term.key)
                yield figures.cell(term.key).place


def exceeds(relation: Relation, figures: Figures) -> AuditFinding:
    key = relation.left[0].key
    cell = figures.cell(key)
    left, right = figures.span(relation.left), figures.span(relation.right)
    most = right.middle if right else Fraction(0)
    over = (left.middle if left else Fraction(0)) - most
    message = f"{statement(relation, figures)}，不成立"
    return found(relation.rule, Outcome.FAIL, cell.place, figures.table(key).address(key), message)._replace(
        printed=cell.text.strip(),
        computed=f"≤{amount(most, key, figures)}",
        difference=amount(over, key, figures),
        sources=tuple(
            Ground(
                f"{figures.table(t.key).address(t.key)} {figures.cell(t.key).text.strip()}",
                figures.cell(t.key).place,
            )
            for t in relation.right[:_SHOWN_GROUNDS]
        ),
        cells=tuple(figures.cell(t.key).place for t in relation.terms),
    )


def amount(fen: Fraction, key: CellKey, figures: Figures) -> str:
    """An amount in the unit and with the decimals of the cell."""
    unit = figures.table(key).unit_of(key) or MoneyUnit.WAN
    printed = figures.cell(key).printed
    text = format_amount(int(fen), unit, printed.places)
    return text


def statement(relation: Relation, figures: Figures) -> str:
    """The relation with its figures, for people; sides with many parts are named by their number."""
    same = {term.key.table for term in relation.terms}
    sign = {"=": " = ", "<=": " ≤ "}[relation.sign]
    return sign.join(
        _side(side, figures, len(same) > 1 or i == 0)
        for i, side in enumerate((relation.left, relation.right))
    )


def _side(terms: Sequence[Term], figures: Figures, full: bool) -> str:
    nonzero = [t for t in terms if (f := figures[t.key]) and f.fen] or list(terms[:1])
    if len(nonzero) > 6:
        table = figures.table(terms[0].key).shown
        span = figures.span(terms)
        total = amount(span.middle, terms[0].key, figures) if span else ""
        return f"{table} {len(nonzero)} 项之和 {total}"
    return "".join(_term(term, figures, full, i) for i, term in enumerate(nonzero))


def _term(term: Term, figures: Figures, full: bool, position: int) -> str:
    table, cell = figures.table(term.key), figures.cell(term.key)
    block = table.blocks[term.key.block]
    name = (
        table.address(term.key)
        if full
        else f"[{block.rows[term.key.row].shown}, {block.columns[term.key.column].label}]"
    )
    sign = "−" if term.sign < 0 else "+" if position else ""
    return (
        f" {sign} {name} {cell.text.strip() or '空白'}".strip()
        if not position
        else f" {sign} {name} {cell.text.strip() or '空白'}"
    )
