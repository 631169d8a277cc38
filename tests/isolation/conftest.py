import os

import pytest

from poles.registry import Pole
from tests.conftest import PoleUnderTest
from tests.isolation.holes import HOLES, VARIABLE
from tests.isolation.world import World


@pytest.fixture(scope="module")
def world(kept_for_the_module):
    """Theirs: the other pôle's, from where the tests ask."""
    return World(PoleUnderTest(Pole.objects.get(pays__slug="vannes")), canary="Zibeline")


@pytest.fixture(scope="module")
def own(kept_for_the_module):
    return World(PoleUnderTest(Pole.objects.get(pays__slug="saint-malo")), canary="Marmotte")


@pytest.fixture(autouse=True)
def reopened_hole(db, monkeypatch):
    """See holes.py: a run that must fail."""
    if number := os.environ.get(VARIABLE):
        HOLES[int(number)][1](monkeypatch)
