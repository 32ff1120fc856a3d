"""The tables of casework (事项办理)."""

from .jobs import OPEN, Job, JobState, job_folder

__all__ = ["OPEN", "Job", "JobState", "job_folder"]
