from importlib import import_module

from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "core"

    def ready(self):
        import_module("core.checks")
        import_module("core.page_changes").listen()
        import_module("core.date_fields").register()
        import_module("core.spreadsheets").neutralise_exports()
        import_module("core.isolation.masks").mask_choosers()
        import_module("core.isolation.tags").forbid_tags()
        import_module("core.private_pages").passwords_alone()
        import_module("core.images.filters").read_specs_once()
