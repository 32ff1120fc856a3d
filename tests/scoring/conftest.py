"""The packaged rules and words, for all scoring tests."""

import datetime as dt

import pytest

from yiheng.policy import Policy
from yiheng.scoring.lexicon import Lexicon


@pytest.fixture(scope="session")
def policy() -> Policy:
    return Policy.load()


@pytest.fixture(scope="session")
def lexicon(policy: Policy) -> Lexicon:
    return Lexicon.of(policy, "440300", dt.date(2020, 12, 31))
