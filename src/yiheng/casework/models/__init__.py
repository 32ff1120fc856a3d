"""The tables of casework (事项办理)."""

from .jobs import OPEN, Job, JobState, job_folder
from .publications import Preparation, PreparationState, Publication
from .reviews import FindingDecision, ReviewedDocument

__all__ = [
    "OPEN",
    "FindingDecision",
    "Job",
    "JobState",
    "Preparation",
    "PreparationState",
    "Publication",
    "ReviewedDocument",
    "job_folder",
]
