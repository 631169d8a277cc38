from django.utils.translation import gettext as _

from core.isolation.references import OwnReferencesForm
from events.rules import RESERVED_SLUGS


class EventIndexPageForm(OwnReferencesForm):
    def clean(self):
        cleaned = super().clean()
        if cleaned.get("slug") in RESERVED_SLUGS:
            self.add_error("slug", _("The agenda needs this address itself: choose another, “%(slug)s-1”.") % cleaned)
        return cleaned
