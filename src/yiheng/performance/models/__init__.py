"""The tables of performance (绩效), one a sheet: what was declared, what was reached, how it was judged."""

from .declared import Curve, Indicator, Objective, Task
from .deviations import Deviation, FollowUp, State
from .evidence import EvidenceKind
from .frames import DrawMethod, Group, SurveyFrame
from .judged import CriterionInput, CriterionScore, Evaluation, EvaluationRow, Ground, Level
from .online import OnlineCount, OnlineSurvey
from .reached import Actual, ActualKind, Survey, SurveyAnswer

__all__ = [
    "Actual",
    "ActualKind",
    "CriterionInput",
    "CriterionScore",
    "Curve",
    "Deviation",
    "DrawMethod",
    "Evaluation",
    "EvaluationRow",
    "EvidenceKind",
    "FollowUp",
    "Ground",
    "Group",
    "Indicator",
    "Level",
    "Objective",
    "OnlineCount",
    "OnlineSurvey",
    "State",
    "Survey",
    "SurveyAnswer",
    "SurveyFrame",
    "Task",
]
