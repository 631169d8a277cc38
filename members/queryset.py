from django.db.models import Prefetch, Q
from django.utils import timezone
from wagtail.models import Page

from core.querysets import PublicPageManager, PublicPageQuerySet


class MemberQuerySet(PublicPageQuerySet):
    def with_sectors(self):
        """With the sectors of each, in one query more."""
        relation = self.model._meta.get_field("page_sectors").related_model
        return self.prefetch_related(Prefetch("page_sectors", relation.objects.select_related("sector")))

    def in_directory(self, directory: Page):
        """Every profile below that page, in whatever state; an alias is another's."""
        return self.descendant_of(directory).filter(alias_of__isnull=True)

    def current(self):
        """Those whose link with the pôle has not ended."""
        return self.filter(Q(until__isnull=True) | Q(until__gte=timezone.localdate()))

    def of_same_organisation(self, siret: str, rna: str):
        """Profiles that bear one of these numbers; none where both are empty."""
        same = Q(pk__in=[])
        if siret:
            same |= Q(siret=siret)
        if rna:
            same |= Q(rna=rna)
        return self.filter(same)

    def by_name(self):
        return self.order_by("name_key", "pk")


MemberManager = PublicPageManager.from_queryset(MemberQuerySet)
