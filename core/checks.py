from django.core.checks import Error, Tags, register
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError
from wagtail_localize.models import LocaleSynchronization

from core.seams import STATIC_SEAMS, doubled


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


@register()
def seams_hold(app_configs, **kwargs):
    """What the rooms bring can be asked for, and no two bring the same."""
    problems = []
    for seam in STATIC_SEAMS:
        try:
            names = doubled(seam)
        except ImproperlyConfigured as error:
            problems.append(Error(str(error), id="core.E002"))
            continue
        problems += [
            Error(
                f"Two rooms bring “{name}” to the seam {seam}.", hint="Give one of them another name.", id="core.E003"
            )
            for name in names
        ]
    return problems
