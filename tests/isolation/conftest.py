import os

import pytest

from tests.isolation.holes import HOLES, VARIABLE


@pytest.fixture(autouse=True)
def reopened_hole(db, monkeypatch):
    """See holes.py: a run that must fail."""
    if number := os.environ.get(VARIABLE):
        HOLES[int(number)][1](monkeypatch)
