from importlib import import_module

from django.apps import AppConfig


class NetworkConfig(AppConfig):
    name = "network"

    def ready(self):
        import_module("network.checks")
        import_module("network.translation_rights").connect()
        import_module("network.witness").connect()
        import_module("network.notifications").connect()
