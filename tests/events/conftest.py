import pytest

from tests.events.calendars import IcalJs


@pytest.fixture(scope="module")
def ical_js():
    reader = IcalJs()
    yield reader
    reader.close()
