import pytest
from hypothesis import HealthCheck, settings

from tests.events.calendars import IcalJs

# Rules are expanded over years: some examples take longer than Hypothesis expects of one.
settings.register_profile("calendars", deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
settings.load_profile("calendars")


@pytest.fixture(scope="module")
def ical_js():
    reader = IcalJs()
    yield reader
    reader.close()
