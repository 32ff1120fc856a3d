"""The method of the rule on years of sentences (说明的年度): this year's figure told as one of the year before."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from fractions import Fraction

from yiheng.checks.audit import repeated, topic_years
from yiheng.checks.audit.printed_twice import TableFigure, table_figures
from yiheng.checks.audit.register import AuditRule
from yiheng.checks.audit.subject import Method, Subject, found
from yiheng.facts import Outcome
from yiheng.facts.audit import AuditFinding, Ground
from yiheng.facts.claims import FigureKind, Role, StatedFigure
from yiheng.facts.document import ReadParagraph

_COMPARES = re.compile(r"比|较|与|上年|去年|同期|持平|结转|以前")
_DIGITS = 5
"""An amount of fewer digits may be the same in two years."""


def said_years(rule: AuditRule, subject: Subject) -> Iterator[AuditFinding]:
    """A figure of this year is not told under the year before: tables print it, or all else names this year."""
    year, figures = subject.identity.year, subject.claims.figures
    twice = {pair.wrong.index for pair in repeated.pairs(subject.document)}
    slips = [slip for slip in topic_years.slips(subject.document, year) if slip.paragraph not in twice]
    for slip in slips:
        message = f"文件各处都写 {slip.right} 年，此处写的是 {slip.said} 年"
        yield found(rule, Outcome.FAIL, slip.place, slip.quote, message)._replace(
            printed=f"{slip.said}年", computed=f"{slip.right}年"
        )
    if not year or slips:
        return
    printed: dict[int | Fraction, list[TableFigure]] = {}
    for cell in table_figures(subject):
        printed.setdefault(cell.fen, []).append(cell)
    for figure in figures:
        cells = printed.get(figure.nominal, [])
        if not cells or not _telling(figure) or any(c.skip or c.year not in (0, year) for c in cells):
            continue
        if figure.year == year:
            yield found(rule, Outcome.PASS, figure.place, figure.quote)
        elif figure.year == year - 1 and not _compared(figure, subject):
            message = f"文字写 {figure.year} 年，而 {cells[0].address} 是 {year} 年的同一数字"
            yield found(rule, Outcome.FAIL, figure.place, figure.quote, message)._replace(
                printed=f"{figure.year}年",
                computed=f"{year}年",
                sources=(Ground(f"{cells[0].address} {cells[0].text}", cells[0].place),),
                cells=(figure.place, cells[0].place),
            )


def _telling(figure: StatedFigure) -> bool:
    amount = figure.kind is FigureKind.AMOUNT and figure.role is Role.VALUE and not figure.approximate
    return amount and len(str(abs(figure.value)).replace(".", "").lstrip("0")) >= _DIGITS


def _compared(figure: StatedFigure, subject: Subject) -> bool:
    """Whether the words set two years side by side: they compare, or the paragraph names this year as well."""
    paragraph = subject.document.body[figure.paragraph]
    named = f"{subject.identity.year}年" in re.sub(
        r"\s", "", paragraph.text if isinstance(paragraph, ReadParagraph) else ""
    )
    return named or _COMPARES.search(figure.quote) is not None


METHODS: Mapping[str, Method] = {"claim-year": said_years}
"""Methods by the name that a rule gives."""
