"""Auditing documents that were read (审校): rules in `policy`, methods here."""

from yiheng.checks.audit.across import beside
from yiheng.checks.audit.register import TYPE, AuditRule
from yiheng.checks.audit.run import audit, evaluations, validate
from yiheng.checks.audit.subject import Subject

__all__ = ["TYPE", "AuditRule", "Subject", "audit", "beside", "evaluations", "validate"]
