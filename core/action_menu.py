"""The buttons under a form of the editor: what one is there to do is a button, and not behind an arrow."""

from django.utils.safestring import mark_safe
from wagtail.admin.ui.components import Component

SAVE = ("action-save-draft", "action-save")
# The first that a person may do stands beside « save »: to approve what was submitted, to publish, to submit.
MAIN_ACTIONS = ("approve", "action-publish", "action-submit")


class SaveAndMainAction(Component):
    """Two buttons in one place of Wagtail's menu.

    Saving stays the first in the form: Enter in a field presses the first button, and must not publish.
    """

    order = 0
    name = "save-and-main-action"

    def __init__(self, save, main):
        self.items = (save, main)

    @property
    def media(self):
        return self.items[0].media + self.items[1].media

    def render_html(self, parent_context=None):
        return mark_safe("".join(item.render_html(parent_context) for item in self.items))  # noqa: S308 – Wagtail's own


def show_main_action(menu_items, request, context) -> None:
    """For `construct_page_action_menu` and `construct_snippet_action_menu`: changes the list in place."""

    def first(names):
        return next((item for name in names for item in menu_items if item.name == name), None)

    save, main = first(SAVE), first(MAIN_ACTIONS)
    if save and main:
        menu_items[:] = [
            SaveAndMainAction(save, main),
            *(item for item in menu_items if item not in (save, main)),
        ]
