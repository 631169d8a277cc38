from django.urls import path, reverse, reverse_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.models import Page

from core import converters  # noqa: F401 (makes <key:…> known)
from core.isolation.visibility import may_publish_a_site
from core.page_cache.rules import NotShown
from core.public_forms import new_key
from core.seams import Button, PeriodicJob, Waiting
from core.transfer.parts import PageRows
from inbox import delivery, views
from inbox.models import Message


@hooks.register("register_admin_urls")
def inbox_urls():
    return [
        path("messages/", views.InboxView.as_view(), name="inbox"),
        path("messages/<key:key>/", views.MessageView.as_view(), name="inbox_message"),
    ]


class InboxMenuItem(MenuItem):
    def is_shown(self, request):
        return may_publish_a_site(request.user)


@hooks.register("register_admin_menu_item")
def inbox_menu_item():
    return InboxMenuItem(_("Messages received"), reverse_lazy("inbox"), name="inbox", icon_name="mail", order=160)


@hooks.register("editor_tasks")
def inbox_tasks(site, user):
    if not site.root_page.permissions_for_user(user).can_publish_subpage():
        return []
    count = Message.objects.waiting().filter(home=site.root_page_id).count()
    tasks = [Button(_("Messages received"), reverse("inbox"), "mail", 45)]
    if count:
        said = ngettext("%(count)s message waits for an answer.", "%(count)s messages wait for an answer.", count)
        tasks.append(Waiting(said % {"count": count}, reverse("inbox"), 5))
    return tasks


@hooks.register("periodic_jobs")
def periodic_jobs():
    return [
        PeriodicJob("inbox: mails that could not go", delivery.deliver_late),
        PeriodicJob("inbox: twelve months", delivery.forget_old_messages),
    ]


@hooks.register("transfer_parts")
def transfer_parts():
    return [PageRows("messages", Message, "home", without=("form_key",), remap=remapped)]


def remapped(mapping, values):
    """With the page of this install, and a key of its own: the form that was sent was another install's."""
    return {**values, "page_id": mapping.get(Page, values["page_id"]), "form_key": new_key()}


@hooks.register("page_cache_rules")
def page_cache_rules():
    return [NotShown((Message,), "The staff's.")]
