"""Figures and claims of sentences (情况说明): a small grammar of words and figures, its words in `policy`.

What cannot be read for sure is left alone: no claim is made of it.
"""

from __future__ import annotations

from datetime import date

from yiheng.facts.audit import Identity
from yiheng.facts.claims import Claims
from yiheng.facts.document import ReadDocument
from yiheng.policy import NATION, Policy
from yiheng.reading.narrative.document import read_claims
from yiheng.reading.narrative.lexicon import LATEST, LEXICON, TYPE, validate, words

__all__ = ["LEXICON", "TYPE", "claims", "validate"]


def claims(document: ReadDocument, identity: Identity, policy: Policy) -> Claims:
    """All figures and claims of a document's sentences. An unknown year takes the newest words."""
    on = date(identity.year, 12, 31) if identity.year else LATEST
    return read_claims(document, identity, words(policy, identity.jurisdiction or NATION, on))
