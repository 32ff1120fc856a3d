"""Every read of casework (事项办理), by subject."""

from .jobs import job, jobs_of, may_see

__all__ = ["job", "jobs_of", "may_see"]
