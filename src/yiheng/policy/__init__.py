"""Policy as data (政策数据): what official documents fix, dated, sourced, by jurisdiction. Pure."""

from .classification import Classification
from .entry import NATION, Entry, Source, freeze, thaw
from .errors import PolicyError, PolicyNotInForce, PolicyUnknown, Problem
from .family import Family
from .store import Jurisdiction, Policy, Validator
from .validators import VALIDATORS

__all__ = [
    "NATION",
    "VALIDATORS",
    "Classification",
    "Entry",
    "Family",
    "Jurisdiction",
    "Policy",
    "PolicyError",
    "PolicyNotInForce",
    "PolicyUnknown",
    "Problem",
    "Source",
    "Validator",
    "freeze",
    "thaw",
]
