import pytest

from tests.visits import commit


@pytest.fixture(autouse=True)
def _nothing_waits(db):
    commit()
