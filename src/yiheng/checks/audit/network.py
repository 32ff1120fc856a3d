"""All relations of a document at once (勾稽网): which hold, which figures are wrong, and the findings of each rule.

Inner sums, identities between tables and between documents share their cells. Seen together, one wrong figure is one
finding, and a structure that the figures do not bear out is not believed.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from yiheng.checks.audit.columns import column_relations
from yiheng.checks.audit.culprits import Culprit, culprits
from yiheng.checks.audit.identities import NO_ROWS, Binder, Unresolved
from yiheng.checks.audit.register import AuditRule
from yiheng.checks.audit.relations import Figures, Relation, State, Term
from yiheng.checks.audit.rows import row_relations
from yiheng.checks.audit.subject import Subject, found
from yiheng.facts import Outcome, Severity
from yiheng.facts.audit import AuditFinding, Ground
from yiheng.facts.document import Place
from yiheng.facts.known import CellKey, KnownTable
from yiheng.money import MoneyUnit, format_amount

Made = Iterator[Relation | Unresolved]
_SHOWN_GROUNDS = 12


@dataclass
class Network:
    """What was found, rule by rule."""

    findings: dict[str, list[AuditFinding]] = field(default_factory=lambda: defaultdict(list))
    wrong: frozenset[CellKey] = frozenset()
    """Cells that a finding names; what is compared with them elsewhere is not reported again."""
    blank: tuple[tuple[CellKey, Relation], ...] = ()
    """Totals that print nothing over parts that print something."""


def _columns(rule: AuditRule, subject: Subject, figures: Figures) -> Made:
    for table in subject.tables:
        yield from column_relations(rule, table)


def _rows(rule: AuditRule, subject: Subject, figures: Figures) -> Made:
    for table in subject.tables:
        yield from row_relations(rule, table)


def _identities(rule: AuditRule, subject: Subject, figures: Figures) -> Made:
    yield from Binder(subject.tables, subject.identity.year, figures).relations(rule)


PRODUCERS: Mapping[str, Callable[[AuditRule, Subject, Figures], Made]] = {
    "column-sums": _columns,
    "row-sums": _rows,
    "identity": _identities,
}
"""Methods that give relations between cells."""


def network(subject: Subject) -> Network:
    """The relations of the document, worked out once."""
    made = subject.memo.get("network")
    if not isinstance(made, Network):
        made = _build(subject)
        subject.memo["network"] = made
    return made


def figures_of(subject: Subject) -> Figures:
    """The cells of the document's tables as amounts, and those of the documents beside it."""
    documents = [subject.tables, *(other.tables for other in subject.others)]
    return Figures({d: {t.index: t for t in tables} for d, tables in enumerate(documents)})


def _build(subject: Subject) -> Network:
    figures = figures_of(subject)
    result = Network()
    relations: list[Relation] = []
    seen: set[tuple[object, ...]] = set()
    for rule in subject.rules:
        producer = PRODUCERS.get(rule.method)
        if producer is None or not rule.applies(subject.identity.kind):
            continue
        reasons: dict[str, None] = {}
        for made in producer(rule, subject, figures):
            if isinstance(made, Unresolved):
                reasons[made.reason] = None
            elif (bound := (made.left, frozenset(made.right), made.sign)) not in seen:
                seen.add(bound)
                relations.append(made)
        result.findings[rule.id] += [found(rule, _unasked(reason), message=reason) for reason in reasons]
    states = {i: figures.state(relation) for i, relation in enumerate(relations)}
    believed = _believed(relations, states, figures, result)
    blank = [i for i in believed if states[i] is State.FAILS and _blank_total(relations[i], figures)]
    result.blank = tuple((relations[i].left[0].key, relations[i]) for i in blank)
    judged = {i: states[i] for i in believed if i not in set(blank)}
    named = culprits(relations, judged, figures)
    result.wrong = frozenset(culprit.key for culprit in named)
    added = {
        relations[i].left[0].key
        for i, state in judged.items()
        if state is State.HOLDS and len(relations[i].right) > 1
    }
    for culprit in named:
        finding = _wrong(culprit, figures)
        if _rounded_apart(culprit, figures, added):
            finding = finding._replace(severity=Severity.HINT, message=f"{finding.message}。{_ROUNDED_APART}")
        result.findings[culprit.shown_by[0].rule.id].append(finding)
    for i, state in judged.items():
        relation = relations[i]
        if state in (State.HOLDS, State.EMPTY):
            result.findings[relation.rule.id].append(_passed(relation, figures))
        elif relation.sign == "<=" and not any(term.key in result.wrong for term in relation.terms):
            result.findings[relation.rule.id].append(_exceeds(relation, figures))
    return result


_ROUNDED_APART = "两处只差末位一个单位，可能是各自舍入后再加总"


def _rounded_apart(culprit: Culprit, figures: Figures, added: set[CellKey]) -> bool:
    """A total printed twice, one last place apart, of which one adds up rounded parts."""
    figure = figures[culprit.key]
    if figure is None or abs(culprit.right - figure.fen) != figure.quantum or not figure.quantum:
        return False
    pairs = [relation for relation in culprit.shown_by if len(relation.terms) == 2]
    return len(pairs) == len(culprit.shown_by) and any(term.key in added for r in pairs for term in r.terms)


def _unasked(reason: str) -> Outcome:
    return Outcome.NOT_APPLICABLE if reason == NO_ROWS else Outcome.COULD_NOT_RUN


# -- what is believed ------------------------------------------------------------------------------------------------


def _believed(
    relations: Sequence[Relation], states: Mapping[int, State], figures: Figures, result: Network
) -> list[int]:
    """Positions of the relations that are judged; what is left out is counted with its reason."""
    families: dict[tuple[str, str], list[int]] = defaultdict(list)
    for i, relation in enumerate(relations):
        families[(relation.rule.id, relation.family)].append(i)
    kept: list[int] = []
    for members in families.values():
        known = [i for i in members if states[i] is not State.UNKNOWN]
        tally = Counter(states[i] for i in known)
        proved = sum(states[i] is State.HOLDS and _proves(relations[i], figures) for i in known)
        failed = tally[State.FAILS]
        rule = relations[members[0]].rule
        table = figures.table(relations[members[0]].left[0].key)
        certain = relations[members[0]].certain
        if len(known) < len(members):
            reason = f"{table.shown}：有 {len(members) - len(known)} 处不是数字，未作比较"
            result.findings[rule.id].append(
                found(rule, Outcome.COULD_NOT_RUN, table.read.place, message=reason)
            )
        borne_out = proved + (tally[State.HOLDS] - proved) / _SINGLES
        doubtful = failed and (
            (not certain and borne_out < 2 * failed) or (certain and failed > 3 and failed > proved)
        )
        if doubtful and certain:
            reason = f"{table.shown}：{failed} 处不符、{proved} 处相符，表的结构不能确定，未作判断"
            result.findings[rule.id].append(
                found(rule, Outcome.COULD_NOT_RUN, table.read.place, message=reason)
            )
        if not doubtful and (certain or proved):
            kept += known
    return sorted(kept)


_SINGLES = 3
"""Sums of a single figure that bear a structure out as much as one sum of several."""


def _proves(relation: Relation, figures: Figures) -> bool:
    """A sum of at least two figures, or two figures of at least two digits each."""
    parts = [f for term in relation.right if (f := figures[term.key]) and f.fen]
    return len(parts) >= 2 or (len(relation.right) == 1 and bool(parts))


def _blank_total(relation: Relation, figures: Figures) -> bool:
    if len(relation.left) != 1 or relation.sign != "=":
        return False
    figure = figures[relation.left[0].key]
    return bool(figure and figure.blank)


# -- findings --------------------------------------------------------------------------------------------------------


def _passed(relation: Relation, figures: Figures) -> AuditFinding:
    key = relation.left[0].key
    return found(relation.rule, Outcome.PASS, figures.cell(key).place, figures.table(key).address(key))


def _wrong(culprit: Culprit, figures: Figures) -> AuditFinding:
    key, table = culprit.key, figures.table(culprit.key)
    cell = figures.cell(key)
    rule = culprit.shown_by[0].rule
    figure = figures[key]
    printed = Fraction(figure.fen) if figure else Fraction(0)
    shown = [statement(relation, figures) for relation in culprit.shown_by]
    also = "" if culprit.sole else "；也可能是该关系中的其他数字有误"
    message = (
        f"{shown[0]}，不成立{f'（另有 {len(shown) - 1} 处关系同样不符）' if len(shown) > 1 else ''}{also}"
    )
    return found(rule, Outcome.FAIL, cell.place, table.address(key), message)._replace(
        printed=cell.text.strip() or "（空白）",
        computed=amount(culprit.right, key, figures),
        difference=amount(printed - culprit.right, key, figures),
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


def _exceeds(relation: Relation, figures: Figures) -> AuditFinding:
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


__all__ = ["PRODUCERS", "KnownTable", "Network", "amount", "figures_of", "network", "statement"]
