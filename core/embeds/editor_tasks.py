from django.db.models import Prefetch
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.models import Page
from wagtail.permissions import policy_registry

from core.embeds.records import RemoteVideo
from core.seams import Waiting


def lost_videos(site, user):
    """The published pages with a video that its provider no longer has, a line each."""
    pages = policy_registry.get_by_type(Page).instances_user_has_permission_for(user, "change")
    gone = Prefetch("pages", pages.live(), to_attr="pages_to_mend")
    return [
        Waiting(
            _("“%(page)s”: its video can no longer be seen. Give another address, or remove it.")
            % {"page": page.get_admin_display_title()},
            reverse("wagtailadmin_pages:edit", args=[page.pk]),
            order=20,
        )
        for record in RemoteVideo.objects.gone().filter(site=site).prefetch_related(gone)
        for page in record.pages_to_mend
        if (record.provider, record.key) in {(embed.provider, embed.key) for embed in page.specific.embeds()}
    ]
