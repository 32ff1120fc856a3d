"""Budgets and payments that sentences give a project, beside the project's own sheet (文字中的项目预算数、执行数)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from yiheng.checks.audit.blame import one_digit_away
from yiheng.checks.audit.printed_twice import TableFigure, figures_of_table
from yiheng.checks.audit.sheets import Form, Line, forms
from yiheng.checks.audit.subject import Subject
from yiheng.facts.claims import FigureKind, Role, StatedFigure
from yiheng.facts.document import Place, ReadParagraph
from yiheng.facts.known import CellKey
from yiheng.money import MoneyUnit, PrintedKind, half_width

_BEGINS = r"(?:^|[,，。;；:：、)）”]|项目|该|其)\s*(?:20\d{2}年度?)?(?:项目|资金|支出|专项)?(?:资金)?"
_ENDS = r"(?:为|是|共|共计|合计|总计|总额|安排)*[:：]?\s*$"
_COLUMNS = (
    (re.compile(rf"{_BEGINS}(?:全年|调整后?的?)预算(?:数|金额|总额)?{_ENDS}"), ("全年预算数",)),
    (re.compile(rf"{_BEGINS}年初预算(?:数|金额|总额)?{_ENDS}"), ("年初预算数",)),
    (re.compile(rf"{_BEGINS}(?:全年)?(?:实际)?(?:执行|支出)(?:数|金额|总额){_ENDS}"), ("全年执行数",)),
    (re.compile(rf"{_BEGINS}预算(?:数|金额|总额){_ENDS}"), ("全年预算数", "年初预算数")),
)
_NAME_ENDS = re.compile(
    r"[”」》）)]*(?:项目|支出|资金|经费|专项|绩效|自评|[：:，,。]|全年|年初|预算|20\d{2}年)"
)
_SHORTEST = 4
"""A shorter name of a project may be any words."""
_DIGITS = 3


def said_of_projects(
    subject: Subject, figures: Sequence[StatedFigure], wrong: frozenset[CellKey]
) -> Iterator[tuple[StatedFigure, TableFigure]]:
    """Figures with the cell of the sheet that must print the same; silent where the project or column is not sure.

    `wrong` are the cells that the tables show to be wrong, which nothing is compared with.
    """
    sheets = [
        form for form in forms(subject) if form.scored and form.indicators and form.funds and not form.whole
    ]
    named = {form.name: form for form in sheets if len(form.name) >= _SHORTEST}
    if not named or len(named) < len([form for form in sheets if len(form.name) >= _SHORTEST]):
        return
    tables = {form.table.index: form.table for form in sheets}
    places = {
        (cell.place, cell.text): cell
        for table in tables.values()
        for cell in figures_of_table(table)
        if cell.key not in wrong
    }
    for figure in figures:
        paragraph = subject.document.body[figure.paragraph]
        telling = len(str(abs(figure.value)).replace(".", "").lstrip("0")) >= _DIGITS
        amount = figure.kind is FigureKind.AMOUNT and figure.role is Role.VALUE and not figure.approximate
        if not (amount and telling and isinstance(paragraph, ReadParagraph)):
            continue
        before = half_width(paragraph.text[: figure.offset])
        columns = next((columns for pattern, columns in _COLUMNS if pattern.search(before)), ())
        form = _project(before, named) if columns else None
        if form is not None:
            yield from _beside(figure, form, columns, places)


def _project(text: str, named: dict[str, Form]) -> Form | None:
    """The project that was named last, by its whole name; None where the text speaks of several before it."""
    spots = []
    for name in named:
        for hit in re.finditer(re.escape(half_width(name)), text):
            if _NAME_ENDS.match(text, hit.end()):
                spots.append((hit.end(), hit.end() - hit.start(), name))
    last = max(spots, default=None)
    if last is None:
        return None
    return named[last[2]]


def _beside(
    figure: StatedFigure, form: Form, columns: Sequence[str], places: Mapping[tuple[Place, str], TableFigure]
) -> Iterator[tuple[StatedFigure, TableFigure]]:
    line = form.funds[0]
    held = _held(line)
    found = [
        places[key]._replace(bound=places[key].bound or held)
        for column in columns
        if column in line.cells
        and (key := (line.cells[column].place, line.cells[column].text.strip())) in places
    ]
    equal = [cell for cell in found if figure.interval.contains(cell.fen) or cell.fen == figure.nominal]
    if equal:
        yield figure, equal[0]
    elif len(columns) == 1 and found:
        yield figure, found[0]
    elif found:
        fen = MoneyUnit.of(figure.unit).fen
        slips = [c for c in found if any(value * fen == c.fen for value in one_digit_away(figure))]
        yield from ((figure, cell) for cell in slips[:1])


def _held(line: Line) -> bool:
    """Whether the rate that the sheet prints is that of its amounts, which then hold each other."""
    budget, done = line.number("全年预算数"), line.number("全年执行数")
    rate = line.cells["执行率"].printed if "执行率" in line.cells else None
    if (
        not budget
        or done is None
        or rate is None
        or rate.kind is not PrintedKind.PERCENT
        or rate.value is None
    ):
        return False
    return abs(done / budget * 100 - rate.value) < Decimal(1).scaleb(-rate.places)
