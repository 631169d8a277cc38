from network.periodic import PeriodicRun

__all__ = ["PeriodicRun"]
