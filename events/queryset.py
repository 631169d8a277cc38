from commons.publications import PublicationQuerySet
from core.querysets import PublicPageManager
from events import zone


class EventQuerySet(PublicationQuerySet):
    def not_over(self):
        """Those that take place today or later, as far as they are written down."""
        return self.filter(last_day__gte=zone.today())

    def over(self):
        return self.filter(last_day__lt=zone.today())

    def own(self):
        """Each event once: an alias is another's."""
        return self.filter(alias_of__isnull=True)


EventManager = PublicPageManager.from_queryset(EventQuerySet)
