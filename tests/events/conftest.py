"""The same examples at each run; `HYPOTHESIS_PROFILE=search pytest tests/events` looks for others, for minutes."""

import os

from hypothesis import HealthCheck, settings

# Rules are expanded over years: some examples take longer than Hypothesis expects of one.
COMMON = {"deadline": None, "suppress_health_check": list(HealthCheck)}
settings.register_profile("same", derandomize=True, **COMMON)
settings.register_profile("search", max_examples=2000, **COMMON)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "same"))
