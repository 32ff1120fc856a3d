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
from yiheng.checks.audit.culprits import Culprit, Shares, culprits, mends
from yiheng.checks.audit.framework import framework_relations
from yiheng.checks.audit.identities import NO_ROWS, Binder, Unresolved
from yiheng.checks.audit.named_weights import named_weight_relations
from yiheng.checks.audit.one_column import one_column_relations
from yiheng.checks.audit.register import AuditRule
from yiheng.checks.audit.relations import Figures, Relation, State, Term
from yiheng.checks.audit.rows import row_relations
from yiheng.checks.audit.shown import exceeds, passed, wrong
from yiheng.checks.audit.subject import Subject, found
from yiheng.checks.audit.units import by_unit
from yiheng.facts import Outcome, Severity
from yiheng.facts.audit import AuditFinding
from yiheng.facts.known import CellKey

Made = Iterator[Relation | Unresolved]


@dataclass
class Network:
    """What was found, rule by rule."""

    figures: Figures
    findings: dict[str, list[AuditFinding]] = field(default_factory=lambda: defaultdict(list))
    wrong: frozenset[CellKey] = frozenset()
    """Cells that a finding names; what is compared with them elsewhere is not reported again."""
    corrected: Mapping[CellKey, Fraction] = field(default_factory=dict)
    """For each wrong figure that is known for sure, what to multiply it with to put it right."""
    blank: tuple[tuple[CellKey, Relation], ...] = ()
    """Totals that print nothing over parts that print something."""
    holding: tuple[Relation, ...] = ()
    """Equalities that hold and are believed: a changed digit in one of their cells can be seen."""
    passing: Mapping[str, Sequence[Relation]] = field(default_factory=dict)
    """By rule what passes; told one by one when it is asked for, since there is most of it."""

    def told(self, rule: AuditRule) -> Iterator[AuditFinding]:
        """Every evaluation of a rule: what is wrong or could not be judged, then what passes."""
        yield from self.findings.get(rule.id, ())
        for relation in self.passing.get(rule.id, ()):
            yield passed(relation, self.figures)

    @property
    def bound(self) -> frozenset[CellKey]:
        """Cells of this document that such an equality holds."""
        return frozenset(term.key for r in self.holding for term in r.terms if term.key.document == 0)


def _columns(rule: AuditRule, subject: Subject, figures: Figures) -> Made:
    for table in subject.tables:
        yield from column_relations(rule, table)


def _rows(rule: AuditRule, subject: Subject, figures: Figures) -> Made:
    for table in subject.tables:
        yield from row_relations(rule, table)


def _levels(rule: AuditRule, subject: Subject, figures: Figures) -> Made:
    for table in subject.tables:
        yield from framework_relations(rule, table)
        yield from one_column_relations(rule, table)
        yield from named_weight_relations(rule, table)


def _identities(rule: AuditRule, subject: Subject, figures: Figures) -> Made:
    for tables in by_unit(subject.tables):
        yield from Binder(tables, subject.identity.year, figures).relations(rule)


PRODUCERS: Mapping[str, Callable[[AuditRule, Subject, Figures], Made]] = {
    "column-sums": _columns,
    "row-sums": _rows,
    "level-sums": _levels,
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


def _relations(subject: Subject, figures: Figures, result: Network) -> list[Relation]:
    """What the rules ask, each relation once; what could not be asked is told with its reason."""
    relations: list[Relation] = []
    by_left: dict[tuple[Term, ...], list[Relation]] = defaultdict(list)
    for rule in subject.rules:
        producer = PRODUCERS.get(rule.method)
        if producer is None or not rule.applies(subject.identity.kind):
            continue
        reasons: dict[str, None] = {}
        for made in producer(rule, subject, figures):
            if isinstance(made, Unresolved):
                reasons[made.reason] = None
            elif not any(_is_same(made, other) for other in by_left[made.left]):
                by_left[made.left].append(made)
                relations.append(made)
        result.findings[rule.id] += [found(rule, _unasked(reason), message=reason) for reason in reasons]
    return relations


def _is_same(one: Relation, other: Relation) -> bool:
    """Of relations with one left side."""
    return one.sign == other.sign and (one.right == other.right or set(one.right) == set(other.right))


def _build(subject: Subject) -> Network:
    figures = figures_of(subject)
    result = Network(figures)
    relations = _relations(subject, figures, result)
    states = {i: figures.state(relation) for i, relation in enumerate(relations)}
    relations, states = _chosen(relations, states, figures)
    believed = _believed(relations, states, figures, result)
    blank = [i for i in believed if states[i] is State.FAILS and _blank_total(relations[i], figures)]
    result.blank = tuple((relations[i].left[0].key, relations[i]) for i in blank)
    judged = {i: states[i] for i in believed if i not in set(blank)}
    shares = Shares(subject.tables)
    named, doubted = _trusted(culprits(relations, judged, figures, shares), figures)
    for finding in doubted:
        result.findings[finding.rule].append(finding)
    result.wrong = frozenset(key for culprit in named for key in (culprit.key, *culprit.rivals))
    result.corrected = {
        culprit.key: culprit.right / figure.fen
        for culprit in named
        if not culprit.rivals and (figure := figures[culprit.key]) is not None and figure.fen
    }
    result.holding = tuple(
        relations[i] for i, state in judged.items() if state is State.HOLDS and relations[i].sign == "="
    )
    added = _added([relations[i] for i, state in judged.items() if state is State.HOLDS])
    for culprit in named:
        finding = wrong(culprit, figures)
        if _rounded_apart(culprit, figures, added):
            finding = finding._replace(severity=Severity.HINT, message=f"{finding.message}。{_ROUNDED_APART}")
        result.findings[culprit.shown_by[0].rule.id].append(finding)
    passing: dict[str, list[Relation]] = defaultdict(list)
    for i, state in judged.items():
        relation = relations[i]
        if state in (State.HOLDS, State.EMPTY):
            passing[relation.rule.id].append(relation)
        elif relation.sign == "<=" and not any(term.key in result.wrong for term in relation.terms):
            result.findings[relation.rule.id].append(exceeds(relation, figures))
    result.passing = passing
    return result


def _added(holding: Sequence[Relation]) -> set[CellKey]:
    """Totals that add up printed parts, and those that only repeat such a total (部门合计 over its one unit)."""
    found_ = {r.left[0].key for r in holding if len(r.left) == 1 and len(r.right) > 1}
    for relation in holding:
        if len(relation.left) == len(relation.right) == 1 and relation.right[0].key in found_:
            found_.add(relation.left[0].key)
    return found_


_ROUNDED_APART = "两处只差末位一个单位，可能是各自舍入后再加总"


_MOST_WRONG, _MOST_SHARE = 6, 8
"""From this many wrong figures in a table, and one in so many of its figures, it was rather misread than misprinted."""


def _trusted(named: Sequence[Culprit], figures: Figures) -> tuple[list[Culprit], list[AuditFinding]]:
    """The wrong figures without those of tables that were probably misread; what is left out is counted."""
    tables = Counter((culprit.key.document, culprit.key.table) for culprit in named)
    doubted: dict[tuple[int, int], AuditFinding] = {}
    kept: list[Culprit] = []
    for culprit in named:
        at = (culprit.key.document, culprit.key.table)
        table = figures.table(culprit.key)
        filled = sum(
            bool(cell.printed.value) for block in table.blocks for row in block.cells for cell in row
        )
        if tables[at] >= _MOST_WRONG and tables[at] * _MOST_SHARE > filled:
            reason = f"{table.shown}：{tables[at]} 处不符，可能没有读对，未作判断"
            rule = culprit.shown_by[0].rule
            doubted[at] = found(rule, Outcome.COULD_NOT_RUN, table.read.place, message=reason)
        else:
            kept.append(culprit)
    return kept, list(doubted.values())


def _rounded_apart(culprit: Culprit, figures: Figures, added: set[CellKey]) -> bool:
    """A total printed twice, one last place apart, of which one adds up rounded parts."""
    figure = figures[culprit.key]
    if figure is None or abs(culprit.right - figure.fen) != figure.quantum or not figure.quantum:
        return False
    pairs = [relation for relation in culprit.shown_by if len(relation.terms) == 2]
    return len(pairs) == len(culprit.shown_by) and any(term.key in added for r in pairs for term in r.terms)


def _unasked(reason: str) -> Outcome:
    return Outcome.NOT_APPLICABLE if reason == NO_ROWS else Outcome.COULD_NOT_RUN


def _chosen(
    relations: list[Relation], states: dict[int, State], figures: Figures
) -> tuple[list[Relation], dict[int, State]]:
    """Of alternatives none of which holds one stays: that whose correction mends most elsewhere, else the nearest."""
    failing: dict[CellKey, list[int]] = defaultdict(list)
    groups: dict[str, list[int]] = defaultdict(list)
    for i, relation in enumerate(relations):
        if relation.group:
            groups[relation.group].append(i)
        elif states[i] is State.FAILS and relation.sign == "=":
            for term in relation.terms:
                failing[term.key].append(i)
    dropped: set[int] = set()
    for members in groups.values():
        best = max(
            members, key=lambda i: (_mended(i, relations, failing, figures), -_gap(relations[i], figures))
        )
        dropped.update(i for i in members if i != best)
    kept = [i for i in range(len(relations)) if i not in dropped]
    return [relations[i] for i in kept], {n: states[i] for n, i in enumerate(kept)}


def _mended(
    position: int, relations: Sequence[Relation], failing: Mapping[CellKey, Sequence[int]], figures: Figures
) -> int:
    """How many other failing relations would hold if one figure of the alternative were corrected."""
    most = 0
    for term in relations[position].terms:
        span = figures.needed(relations[position], term.key)
        if span is not None:
            most = max(
                most, sum(mends(figures, relations[i], term.key, span.middle) for i in failing[term.key])
            )
    return most


def _gap(relation: Relation, figures: Figures) -> int:
    left, right = figures.span(relation.left), figures.span(relation.right)
    return abs(int(left.middle - right.middle)) if left and right else 0


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
            reason = f"{table.shown}：有 {len(members) - len(known)} 处不是数字或分项都空白，未作比较"
            result.findings[rule.id].append(
                found(rule, Outcome.COULD_NOT_RUN, table.read.place, message=reason)
            )
        borne_out = proved + (tally[State.HOLDS] - proved) / _SINGLES
        units = bool(table.name) and "/行单位" in relations[members[0]].family
        doubtful = failed and (
            (not certain and borne_out < (1 if units else 2) * failed)
            or (certain and failed > 3 and failed > proved)
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
