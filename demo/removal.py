"""Taking the demo network away: what `loader` made, and nothing that stands on other hostnames."""

from django.contrib.auth import get_user_model
from django.db import transaction

from commons.models import Charter, Principle, Sector, Topic
from core.models import SiteDocument, SiteImage
from demo.loader import BEING_STUDIED, CREDIT, account_emails, hostname, pole_slugs
from demo.videos import ADDRESS, PORTAL, series_of
from events.models import Campaign, EventPage
from poles.collections import SHARED_COLLECTION
from poles.registry import Pole
from search.models import BestBet, SynonymGroup
from videos.models import VideoPage, VideoSeriesPage


@transaction.atomic
def remove_demo() -> int:
    """Remove the demo; return how many pôles went. The portal and the shared content stay while a pôle remains."""
    removed = 0
    for slug in pole_slugs():
        pole = Pole.objects.filter(pays__slug=slug, site__hostname=hostname(slug)).select_related("site").first()
        if pole is not None:
            remove_pole(pole)
            removed += 1
        get_user_model().objects.filter(email__in=account_emails(slug).values()).delete()
    Pole.objects.filter(pays__slug__in=BEING_STUDIED, site__isnull=True).delete()
    # The portal's own: no real film is at these addresses.
    VideoSeriesPage.objects.filter(title__in=[series["title"] for series in series_of(PORTAL)]).delete()
    VideoPage.objects.filter(address__startswith=ADDRESS).delete()
    SiteImage.objects.filter(collection__name=SHARED_COLLECTION, credit=CREDIT).delete()
    if not Pole.objects.exists():
        EventPage.objects.filter(campaign__isnull=False).update(campaign=None)
        for model in (Campaign, Topic, Sector, Principle, Charter, SynonymGroup, BestBet):
            model.objects.all().delete()
    get_user_model().objects.filter(email__in=("reseau@example.org", "admin@example.org")).delete()
    return removed


def remove_pole(pole: Pole) -> None:
    site, collection, groups = pole.site, pole.collection, [pole.writers, pole.publishers]
    homes = list(pole.homes())
    pole.delete()
    site.delete()
    for home in homes:
        home.specific.delete()
    for group in groups:
        group.delete()
    for folder in collection.get_descendants(inclusive=True):
        SiteImage.objects.filter(collection=folder).delete()
        SiteDocument.objects.filter(collection=folder).delete()
    collection.delete()
