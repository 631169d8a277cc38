"""The settings of the tests, with one application more."""

from config.settings.testing import *

INSTALLED_APPS = [*INSTALLED_APPS, "tests.architecture.job_offers"]
