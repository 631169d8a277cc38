"""Who is looking at the editor's screen, for what has no request at hand."""

from contextvars import ContextVar

from wagtail.models import Page
from wagtail.permissions import policy_registry

looking: ContextVar = ContextVar("looking", default=None)


def shows_draft_title(page: Page) -> bool:
    """Whether the title that a live page is going to have may be shown: to those who may edit the page.

    Wagtail's choosers show it to everybody, of pages that are only public as they are.
    """
    if not page.live or page.draft_title == page.title:
        return True
    user = looking.get()
    return user is None or policy_registry.get_by_type(Page).user_has_any_permission_for_instance(
        user, ["add", "change", "publish"], page
    )
