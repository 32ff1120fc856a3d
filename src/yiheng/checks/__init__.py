"""Checks (审核): tables, sentences and facts against the register in `policy`, ending in findings."""

from yiheng.checks.register import TYPE, Check, register, validate
from yiheng.checks.run import counts, run, unused

__all__ = ["TYPE", "Check", "counts", "register", "run", "unused", "validate"]
