"""The folders of files: one for each pôle, and one that the network shares."""

from wagtail.models import Collection, Site

from poles.registry import Pole

SHARED_COLLECTION = "Réseau"


def collection_of(site: Site) -> Collection | None:
    """The collection that what the software adds to a site is put in: its pôle's, the shared one for the portal."""
    pole = Pole.objects.filter(site=site).select_related("collection").first()
    return pole.collection if pole else Collection.objects.filter(name=SHARED_COLLECTION, depth=2).first()
