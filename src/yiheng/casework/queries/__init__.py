"""Every read of casework (事项办理), by subject."""

from .calendar import Counting, counting, working_calendar, year_sheet
from .cycles import CycleView, Editable, StepView, cycle_view, editable
from .jobs import job, jobs_of, may_see

__all__ = [
    "Counting",
    "CycleView",
    "Editable",
    "StepView",
    "counting",
    "cycle_view",
    "editable",
    "job",
    "jobs_of",
    "may_see",
    "working_calendar",
    "year_sheet",
]
