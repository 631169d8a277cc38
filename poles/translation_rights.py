"""A translated home page gets the rights and the workflow of the home it translates.

Wagtail grants rights by tree, and the Breton home is another tree: without this a pôle could not edit its own Breton.
"""

from django.db.models.signals import post_save
from wagtail.models import GroupPagePermission, Page, WorkflowPage


def copy_rights(home: Page) -> None:
    source = (
        Page.objects.filter(translation_key=home.translation_key, depth=2, sites_rooted_here__isnull=False)
        .exclude(pk=home.pk)
        .first()
    )
    if source is None:
        return
    for granted in GroupPagePermission.objects.filter(page=source):
        GroupPagePermission.objects.get_or_create(group=granted.group, page=home, permission=granted.permission)
    if assigned := WorkflowPage.objects.filter(page=source).first():
        WorkflowPage.objects.get_or_create(page=home, defaults={"workflow": assigned.workflow})


def on_home_saved(sender, instance, created, **kwargs):
    # No hook of Wagtail runs when wagtail-localize creates a page: hence a signal.
    if created and getattr(instance, "site_kind", ""):
        copy_rights(instance)


def connect() -> None:
    post_save.connect(on_home_saved, dispatch_uid="poles.translation_rights")
