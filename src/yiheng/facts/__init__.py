"""Facts (事实): leaves, tables, sentences, findings and cell addresses, shared by all rooms above."""

from yiheng.facts.chart import Chart, PointState, Series
from yiheng.facts.finding import Finding, Outcome, Severity
from yiheng.facts.leaf import JOINT_VIEW, YUAN_UOM, DepartmentYear, Fact, Record, Source, Unit
from yiheng.facts.paper import Paper
from yiheng.facts.sentence import Entered, Figure, Gap, Section, Sentence, Span
from yiheng.facts.table import Block, Cell, CellKind, CellRef, Column, Row, Status, Table, Term

__all__ = [
    "JOINT_VIEW",
    "YUAN_UOM",
    "Block",
    "Cell",
    "CellKind",
    "CellRef",
    "Chart",
    "Column",
    "DepartmentYear",
    "Entered",
    "Fact",
    "Figure",
    "Finding",
    "Gap",
    "Outcome",
    "Paper",
    "PointState",
    "Record",
    "Row",
    "Section",
    "Sentence",
    "Series",
    "Severity",
    "Source",
    "Span",
    "Status",
    "Table",
    "Term",
    "Unit",
]
