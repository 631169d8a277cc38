from hypothesis import HealthCheck, settings

# Rules are expanded over years: some examples take longer than Hypothesis expects of one.
settings.register_profile("calendars", deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
settings.load_profile("calendars")
