"""What a chooser shows of its choice: of a thing that is not this person's to see, only that there is one.

A refused form is shown again with what was posted; without this it would answer a forged number with a title. And a
picture that a network admin put in a page from elsewhere stays chosen when the page's staff save it.
"""

from django.utils.translation import gettext as _
from wagtail.admin.widgets import BaseChooser

from core.isolation.viewer import looking
from core.isolation.visibility import may_choose

BLANK_PICTURE = "data:image/gif;base64,R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw=="

_get_value_data = BaseChooser.get_value_data


def masked_value_data(self, value):
    instance = self.get_instance(value)
    user = looking.get()
    if instance and user is not None and not may_choose(user, type(instance), {str(instance.pk)}):
        return {
            "id": instance.pk,
            "edit_url": None,
            self.display_title_key: _("Something of another site"),
            "preview": {"url": BLANK_PICTURE, "width": 1, "height": 1},
            "default_alt_text": "",
        }
    return _get_value_data(self, value)


def mask_choosers() -> None:
    """Every chooser of the editor shares this one method; no hook or setting reaches it."""
    BaseChooser.get_value_data = masked_value_data
