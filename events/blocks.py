from decimal import Decimal

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, DecimalBlock, StructBlock


class PriceBlock(StructBlock):
    label = CharBlock(max_length=80, label=_("For whom"), help_text=_("Members, others, reduced…"))
    amount = DecimalBlock(min_value=Decimal(0), max_digits=7, decimal_places=2, label=_("Amount (€)"))

    class Meta:
        icon = "tag"
        label = _("Price")
        label_format = "{label}: {amount} €"
