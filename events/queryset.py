from django.db.models import Q

from commons.publications import PublicationQuerySet
from core.querysets import PublicPageManager
from events import zone


class EventQuerySet(PublicationQuerySet):
    def not_over(self):
        """Those that take place today or later, as far as they are written down."""
        return self.filter(last_day__gte=zone.today())

    def over(self):
        return self.filter(last_day__lt=zone.today())

    def in_commune(self, commune_key: str):
        return self.filter(commune_key=commune_key)

    def online(self):
        return self.filter(is_online=True)

    def own(self):
        """Each event once: an alias is another's."""
        return self.filter(alias_of__isnull=True)

    def or_untranslated(self, french):
        """These, and those of `french` that are not translated among them."""
        return self.filter(Q()) | french.exclude(translation_key__in=self.values("translation_key"))


EventManager = PublicPageManager.from_queryset(EventQuerySet)
