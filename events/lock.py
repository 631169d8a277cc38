from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from wagtail.locks import BaseLock


class FollowedLock(BaseLock):
    """An event that follows another calendar is that calendar's to change, until somebody takes it over."""

    def for_user(self, user):
        return True

    def get_message(self, user):
        said = _("This event comes from “%(source)s” and follows it: it cannot be edited here.") % {
            "source": self.object.source.title
        }
        if not self.object.permissions_for_user(user).can_publish():
            return said
        return format_html(
            '{} <a href="{}">{}</a>',
            said,
            reverse("event_take_over", args=[self.object.pk]),
            _("Take it over"),
        )

    def get_locked_by(self, user):
        return _("Comes from another calendar")

    def get_description(self, user):
        return _("It follows “%(source)s”.") % {"source": self.object.source.title}
