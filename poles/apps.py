from importlib import import_module

from django.apps import AppConfig


class PolesConfig(AppConfig):
    name = "poles"

    def ready(self):
        for module in ("translation_rights", "translations", "audit_signals", "notifications"):
            import_module(f"poles.{module}").connect()
