from django.apps import AppConfig
from django.db.models.signals import pre_delete


class TrashConfig(AppConfig):
    name = "trash"

    def ready(self):
        from wagtail.models import Site

        from trash.pages import empty_with_site

        pre_delete.connect(empty_with_site, sender=Site, dispatch_uid="trash.empty_with_site")
