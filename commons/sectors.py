"""Sectors of activity: what the organisations of every pôle do, in the network's words."""

from django.utils.translation import gettext_lazy as _

from commons.taxonomy import Taxonomy


class Sector(Taxonomy):
    """What an organisation does: food, building, culture. Profiles and addresses name it by its slug."""

    class Meta(Taxonomy.Meta):
        verbose_name = _("sector of activity")
        verbose_name_plural = _("sectors of activity")
