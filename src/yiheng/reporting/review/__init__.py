"""The review (复核) of an audit: a web page with page pictures, a workbook of findings, the PDF itself with marks.

It shows what the audit found and computes nothing. Everything opens from a folder, without a network.
"""

from yiheng.reporting.review.annotate import annotate
from yiheng.reporting.review.decisions import DECISIONS, DecisionsUnreadable, decision_data, read_decisions
from yiheng.reporting.review.page import write_review
from yiheng.reporting.review.sheet import write_findings

__all__ = [
    "DECISIONS",
    "DecisionsUnreadable",
    "annotate",
    "decision_data",
    "read_decisions",
    "write_findings",
    "write_review",
]
