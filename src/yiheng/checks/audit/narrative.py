"""Methods of rules on sentences (情况说明审核): what the claims of a document's sentences come to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from yiheng.checks.audit import network, odd_units, printed_twice
from yiheng.checks.audit.blame import Suspect, Witness, suspects
from yiheng.checks.audit.far_completions import far_completions
from yiheng.checks.audit.register import AuditRule
from yiheng.checks.audit.said_of_projects import said_of_projects
from yiheng.checks.audit.stated import Ledger, Result, Verdict, judge, shown
from yiheng.checks.audit.subject import Method, Subject, found
from yiheng.facts import Outcome
from yiheng.facts.audit import AuditFinding, Ground
from yiheng.facts.claims import (
    AVERAGE,
    OF_PARTS,
    Claim,
    ClaimKind,
    FigureKind,
    Role,
    Scope,
    Stage,
    StatedFigure,
    Strength,
)
from yiheng.money import half_width

_KINDS: Mapping[str, ClaimKind] = {
    "claim-difference": ClaimKind.DIFFERENCE,
    "claim-growth": ClaimKind.GROWTH,
    "claim-direction": ClaimKind.DIRECTION,
    "claim-share": ClaimKind.SHARE,
    "claim-completion": ClaimKind.COMPLETION,
    "claim-parts": ClaimKind.PARTS,
    "claim-product": ClaimKind.PRODUCT,
    "claim-count": ClaimKind.COUNT,
    "claim-same": ClaimKind.SAME,
}
_FORMULA: Mapping[ClaimKind, str] = {
    ClaimKind.DIFFERENCE: "两数相减与所写增减额不符",
    ClaimKind.GROWTH: "按所列数额计算的增减幅与所写不符",
    ClaimKind.DIRECTION: "增减额与增减幅的方向相反",
    ClaimKind.SHARE: "按所列数额计算的占比与所写不符",
    ClaimKind.COMPLETION: "按所列数额计算的完成率与所写不符",
    ClaimKind.PARTS: "各分项之和与总数不符",
    ClaimKind.PRODUCT: "所列因数的乘积与所写不符",
    ClaimKind.COUNT: "所列事项的个数与所写不符",
    ClaimKind.SAME: "同一数字两处写法不同",
}
_TO_BUDGET = "完成率与所写的决算数、预算数大小不符"
_FORMS: Mapping[tuple[ClaimKind, str], str] = {
    (ClaimKind.SAME, "projects"): "全部项目支出的资金与项目支出总数不符",
    (ClaimKind.PARTS, "changes"): "各分项的增减额之和与总的增减额不符",
    (ClaimKind.GROWTH, OF_PARTS): "按各分项及其增减幅推算的总增减幅与所写不符",
    (ClaimKind.COMPLETION, OF_PARTS): "按各分项及其完成率推算的总完成率与所写不符",
    (ClaimKind.PRODUCT, AVERAGE): "平均数与所列金额、数量不符",
    **{(ClaimKind.DIRECTION, way): "增减方向与所写原因不一致" for way in ("up", "down")},
    **{(ClaimKind.DIRECTION, side): _TO_BUDGET for side in ("below", "above", "equal")},
}
_SHOWN_GROUNDS = 12
_SHOWN_SUSPECTS = 24
_BOUND = 2
"""A cell that the tables' own relations hold counts as printed that often again."""
_OR = "；"


@dataclass
class Judged:
    """All claims of a document with their verdicts, and the figures that are wrong."""

    figures: tuple[StatedFigure, ...]
    claims: tuple[Claim, ...]
    results: tuple[Result, ...]
    suspects: tuple[Suspect, ...]
    by_table: frozenset[int]
    """Positions of the claims that put a sentence beside a table."""
    unsure: frozenset[int] = frozenset()
    cells: dict[int, printed_twice.TableFigure] = field(default_factory=dict)
    """Figures that stand for a cell of a table."""
    slipped: tuple[tuple[StatedFigure, StatedFigure | None], ...] = ()
    """Figures in 元, read as 万元 by all rules."""


def judged(subject: Subject) -> Judged:
    """The claims of a document, judged once."""
    made = subject.memo.get("narrative")
    if not isinstance(made, Judged):
        made = _judged(subject)
        subject.memo["narrative"] = made
    return made


def _judged(subject: Subject) -> Judged:
    slipped = _slipped(subject)
    figures = odd_units.in_wan(subject.claims.figures, (figure for figure, _ in slipped))
    shared = network.network(subject)
    cells, bound = printed_twice.sound_figures(subject, shared.wrong), shared.bound
    claims = [*subject.claims.claims, *printed_twice.said_twice(figures, subject.claims.claims)]
    first = len(claims)
    stood: dict[int, printed_twice.TableFigure] = {}
    of_projects = tuple(said_of_projects(subject, figures, shared.wrong))
    own = {figure.number for figure, _ in of_projects}
    printed = (p for p in printed_twice.said_and_printed(figures, cells) if p[0].number not in own)
    for figure, cell in (*of_projects, *printed):
        twin = _as_figure(cell, figure, len(figures))
        stood[twin.number] = cell
        figures.append(twin)
        claims.append(Claim(ClaimKind.SAME, (twin.number,), (figure.number,), Strength.STATED))
    for claim, cell in tuple(printed_twice.last_years(figures, claims, cells)):
        now = figures[claim.left[1]]
        twin = _as_figure(cell, now, len(figures))._replace(year=cell.year, role=Role.BASE)
        stood[twin.number] = cell
        figures.append(twin)
        claims.append(claim._replace(left=(now.number, twin.number), form="now-base"))
    for claim, cell in tuple(
        far_completions(figures[: len(subject.claims.figures)], claims, subject.tables, shared.wrong)
    ):
        done = figures[claim.left[0]]
        twin = _as_figure(cell, done, len(figures))._replace(stage=Stage.BUDGET)
        stood[twin.number] = cell
        figures.append(twin)
        claims.append(claim._replace(left=(done.number, twin.number)))
    ledger = Ledger(figures)
    results = tuple(judge(claim, ledger) for claim in claims)
    known = printed_twice.witness(figures[: len(figures) - len(stood)], cells)
    again = {
        number: (known.printed[(FigureKind.AMOUNT, cell.fen)] if cell.fen else printed_twice.zeros(subject))
        - 1
        + (_BOUND if cell.bound or cell.key in bound else 0)
        for number, cell in stood.items()
    }
    known = Witness({**known.repeats, **again}, known.printed)
    named = suspects(figures, claims, [r.verdict for r in results], known)
    explained = {i for suspect in named for i in suspect.claims}
    failing = {i for i, result in enumerate(results) if result.verdict is Verdict.FAILS}
    return Judged(
        tuple(figures),
        tuple(claims),
        results,
        tuple(named),
        frozenset(range(first, len(claims))),
        frozenset(failing - explained),
        stood,
        slipped,
    )


def _slipped(subject: Subject) -> tuple[tuple[StatedFigure, StatedFigure | None], ...]:
    """Figures in 元 that mean 万元, each with the one that shows it where there is one."""
    figures = subject.claims.figures
    made: dict[int, tuple[StatedFigure, StatedFigure | None]] = {}
    for figure, twin in odd_units.slips(figures):
        made.setdefault(figure.number, (figure, twin))
    for figure in (*odd_units.borne_out(figures, subject.claims.claims), *odd_units.lone(figures)):
        made.setdefault(figure.number, (figure, None))
    return tuple(made.values())


def _as_figure(cell: printed_twice.TableFigure, like: StatedFigure, number: int) -> StatedFigure:
    return like._replace(
        number=number,
        text=cell.text,
        value=cell.value,
        places=cell.places,
        unit=cell.unit.label,
        place=cell.place,
        quote=cell.address,
    )


def claim_findings(rule: AuditRule, subject: Subject) -> Iterator[AuditFinding]:
    """Rules on one kind of claim: what holds, what does not, and what could not be decided."""
    made = judged(subject)
    kind = _KINDS[rule.method]
    of_table = bool(rule.parameters.get("tables", False))
    same = kind is ClaimKind.SAME
    mine = [
        i
        for i, c in enumerate(made.claims)
        if c.kind is kind and (not same or (i in made.by_table) == of_table)
    ]
    for suspect in made.suspects:
        if suspect.claims[0] in mine:
            yield _wrong(rule, made, suspect)
    for i in mine:
        claim, result = made.claims[i], made.results[i]
        at = made.figures[(claim.right or claim.left)[0]]
        if result.verdict in (Verdict.HOLDS, Verdict.EMPTY, Verdict.TRUNCATED):
            yield found(rule, Outcome.PASS, at.place, at.quote)
        elif i in made.unsure:
            yield found(rule, Outcome.COULD_NOT_RUN, at.place, at.quote, "句中关系有多种读法，未作判断")


def truncated(rule: AuditRule, subject: Subject) -> Iterator[AuditFinding]:
    """Percentages that were cut off instead of rounded."""
    yield from _of_verdict(rule, subject, Verdict.TRUNCATED, "直接舍去了后面的小数，没有四舍五入")


def zero_base(rule: AuditRule, subject: Subject) -> Iterator[AuditFinding]:
    """Percentages of nothing."""
    yield from _of_verdict(rule, subject, Verdict.ZERO_BASE, "基数为0，不能计算百分比")


def _of_verdict(rule: AuditRule, subject: Subject, verdict: Verdict, message: str) -> Iterator[AuditFinding]:
    made = judged(subject)
    for claim, result in zip(made.claims, made.results, strict=True):
        if claim.kind not in (ClaimKind.GROWTH, ClaimKind.SHARE, ClaimKind.COMPLETION):
            continue
        percent = made.figures[claim.right[0]]
        if result.verdict is not verdict:
            yield found(rule, Outcome.PASS, percent.place, percent.quote)
            continue
        computed = shown(result.computed, percent) if result.computed is not None else ""
        grounds = tuple(_ground(made.figures[i]) for i in result.reading)
        yield found(rule, Outcome.FAIL, percent.place, percent.quote, message)._replace(
            printed=percent.printed, computed=computed, sources=grounds, cells=(percent.place,)
        )


def carryover(rule: AuditRule, subject: Subject) -> Iterator[AuditFinding]:
    """Totals of expenditure that only come out with the carry-over (年末结转) among the parts."""
    made = judged(subject)
    for claim, result in zip(made.claims, made.results, strict=True):
        if claim.kind is not ClaimKind.PARTS or result.verdict is not Verdict.HOLDS:
            continue
        total = made.figures[claim.right[0]]
        carried = [
            made.figures[i]
            for i in result.reading
            if any(word in made.figures[i].subject for word in rule.parameters["carried"])
            and made.figures[i].value
        ]
        quote = half_width(total.quote)
        spent = any(word in quote for word in rule.parameters["totals"])
        if not carried or not spent or any(word in quote for word in rule.parameters["except"]):
            continue
        part = carried[0]
        right = shown(total.nominal - part.nominal, total)
        message = f"支出总数中含有{part.subject} {part.printed}，结转不是支出"
        yield found(rule, Outcome.FAIL, total.place, total.quote, message)._replace(
            printed=total.printed,
            computed=right,
            difference=part.printed,
            sources=tuple(_ground(made.figures[i]) for i in result.reading),
            cells=(total.place, part.place),
        )


def scope_bases(rule: AuditRule, subject: Subject) -> Iterator[AuditFinding]:
    """The same base for 全口径 and 一般公共预算, although another fund had a base of its own."""
    made = judged(subject)
    bases = _bases(made)
    funds = [(figure, value) for figure, scope, value in bases if scope is Scope.FUND and value > 0]
    general = [figure for figure, scope, _ in bases if scope is Scope.GENERAL]
    seen: set[tuple[object, ...]] = set()
    for figure, scope, value in bases:
        twin = next((g for g in general if g.nominal == value and g.year == figure.year), None)
        key = (value, figure.year)
        if scope not in (Scope.ALL, Scope.FISCAL) or twin is None or not funds or key in seen:
            continue
        seen.add(key)
        fund, amount = funds[0]
        message = f"总数与一般公共预算用了同一基数，而政府性基金另有基数 {shown(amount, figure)}，口径不一致"
        yield found(rule, Outcome.FAIL, figure.place, figure.quote, message)._replace(
            printed=figure.printed,
            computed=shown(value + amount, figure),
            sources=(_ground(twin), _ground(fund)),
            cells=(figure.place, twin.place),
        )


def _bases(made: Judged) -> list[tuple[StatedFigure, Scope, Fraction]]:
    """Printed bases, and those that a change leaves of its figure."""
    bases: list[tuple[StatedFigure, Scope, Fraction]] = []
    for claim, result in zip(made.claims, made.results, strict=True):
        if claim.kind is ClaimKind.DIFFERENCE:
            now, base = (made.figures[i] for i in result.reading)
            if base.role is Role.BASE:
                bases.append((base, now.scope, base.nominal))
        elif claim.kind is ClaimKind.GROWTH and claim.form == "change-now":
            change, now = (made.figures[i] for i in result.reading)
            sign = change.direction.sign if change.direction else 1
            bases.append((change, now.scope, now.nominal - sign * change.nominal))
    return bases


def units(rule: AuditRule, subject: Subject) -> Iterator[AuditFinding]:
    """1.74元 where the same figure is printed as 1.74万元, or where all other amounts are in 万元."""
    for figure, twin in judged(subject).slipped:
        message = "同一数字在别处的单位不同" if twin else "其他金额都以万元为单位，此处的单位是元"
        yield found(rule, Outcome.FAIL, figure.place, figure.quote, message)._replace(
            printed=figure.printed,
            computed=twin.printed if twin else figure.printed.replace("元", "万元"),
            sources=(_ground(twin),) if twin else (),
            cells=(figure.place,),
        )


def bare(rule: AuditRule, subject: Subject) -> Iterator[AuditFinding]:
    """Numbers without the unit or percent sign that their words call for."""
    for number in subject.claims.bare:
        wanted = "百分号" if number.wanted == "%" else "金额单位"
        yield found(rule, Outcome.FAIL, number.place, number.quote, f"数字后缺少{wanted}")._replace(
            printed=number.text, computed=f"{number.text}{number.wanted}", cells=(number.place,)
        )


# -- findings --------------------------------------------------------------------------------------------------------


def _wrong(rule: AuditRule, made: Judged, suspect: Suspect) -> AuditFinding:
    all_ = (suspect, *suspect.others)[:_SHOWN_SUSPECTS]
    figure = made.figures[suspect.figure]
    claim = made.claims[suspect.claims[0]]
    message = _FORMS.get((claim.kind, claim.form), _FORMULA[claim.kind])
    if len(suspect.claims) > 1:
        message += f"（另有 {len(suspect.claims) - 1} 处关系同样不符）"
    if len(all_) > 1:
        message += "，所列数字中有一个写错"
    corrected = [_computed(made, one) for one in all_]
    wrong = {one.figure for one in all_}
    others = dict.fromkeys(
        i for c in suspect.claims for i in (*made.results[c].reading, *made.claims[c].right) if i not in wrong
    )
    quote = _OR.join(dict.fromkeys(made.figures[one.figure].quote for one in all_))
    return found(rule, Outcome.FAIL, figure.place, quote, message)._replace(
        printed=_OR.join(made.figures[one.figure].printed for one in all_),
        computed=_OR.join(computed for computed, _ in corrected),
        difference=corrected[0][1] if len(all_) == 1 else "",
        sources=tuple(_ground(made.figures[i]) for i in list(others)[:_SHOWN_GROUNDS]),
        cells=(*(made.figures[one.figure].place for one in all_), *(made.figures[i].place for i in others)),
    )


def _computed(made: Judged, suspect: Suspect) -> tuple[str, str]:
    """What the figure should be, and what it is too much; empty where the claims do not say."""
    figure = made.figures[suspect.figure]
    claim, result = made.claims[suspect.claims[0]], made.results[suspect.claims[0]]
    percentage = claim.right[:1] == (figure.number,) and figure.kind is FigureKind.PERCENT
    if suspect.right is not None and not (percentage and result.computed is not None):
        right = figure.exact._replace(value=suspect.right).nominal
    elif result.computed is not None and claim.right and claim.right[0] == figure.number:
        changes = claim.kind in (ClaimKind.DIFFERENCE, ClaimKind.GROWTH)
        right = abs(result.computed) if changes else result.computed
    else:
        return "", ""
    return shown(right, figure), shown(figure.nominal - right, figure)


def _ground(figure: StatedFigure) -> Ground:
    return Ground(f"{figure.quote}：{figure.printed}", figure.place)


METHODS: Mapping[str, Method] = {
    **dict.fromkeys(_KINDS, claim_findings),
    "claim-truncated": truncated,
    "claim-zero-base": zero_base,
    "claim-carryover": carryover,
    "claim-scope-base": scope_bases,
    "claim-unit": units,
    "claim-bare-number": bare,
}
"""Methods by the name that a rule gives."""

__all__ = ["METHODS", "Judged", "judged"]
