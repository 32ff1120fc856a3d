"""The tables of casework (事项办理)."""

from .approvals import Decision, Outcome, Submission
from .cycle import Cycle, State, Step
from .jobs import OPEN, Job, JobState, job_folder, made_folder
from .publications import Preparation, PreparationState, Publication
from .remarks import Case, CaseOrigin, CaseState, Comment
from .reviews import FindingDecision, ReviewedDocument
from .withdrawals import Withdrawal, WithdrawalState
from .workdays import CalendarDay, CalendarYear

__all__ = [
    "OPEN",
    "CalendarDay",
    "CalendarYear",
    "Case",
    "CaseOrigin",
    "CaseState",
    "Comment",
    "Cycle",
    "Decision",
    "FindingDecision",
    "Job",
    "JobState",
    "Outcome",
    "Preparation",
    "PreparationState",
    "Publication",
    "ReviewedDocument",
    "State",
    "Step",
    "Submission",
    "Withdrawal",
    "WithdrawalState",
    "job_folder",
    "made_folder",
]
