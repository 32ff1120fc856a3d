"""Fixtures of the command-line tests."""

from pathlib import Path

import pytest
from tests.command import loaded


@pytest.fixture(scope="session")
def home() -> Path:
    """A data folder with the three real papers and the synthetic bureau-year."""
    return loaded()
