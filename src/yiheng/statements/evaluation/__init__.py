"""Evaluation papers (绩效自评材料): scores in; sheets, report and charts out. Nothing is judged here."""

from yiheng.statements.evaluation.form import TYPE as FORM_TYPE
from yiheng.statements.evaluation.judged import Judged, SurveyPart
from yiheng.statements.evaluation.outline import TYPE as OUTLINE_TYPE
from yiheng.statements.evaluation.paper import EvaluationPaper, evaluation_paper, validate

__all__ = [
    "FORM_TYPE",
    "OUTLINE_TYPE",
    "EvaluationPaper",
    "Judged",
    "SurveyPart",
    "evaluation_paper",
    "validate",
]
