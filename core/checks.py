from django.core.checks import Error, Tags, register
from django.db import DatabaseError
from wagtail_localize.models import LocaleSynchronization


@register(Tags.database)
def no_synchronised_locale(app_configs, databases, **kwargs):
    """Synchronised locales fill a tree with live French pages under Breton addresses."""
    if not databases:
        return []
    try:
        found = LocaleSynchronization.objects.exists()
    except DatabaseError:  # before the first migration
        return []
    if not found:
        return []
    return [
        Error(
            "A locale is synchronised from another: French pages are published under Breton addresses.",
            hint="Delete the synchronisation in the editor: Settings → Locales.",
            id="core.E001",
        )
    ]
