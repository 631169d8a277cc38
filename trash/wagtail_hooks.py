from django.urls import path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from core.isolation.visibility import looks_after_every_site
from core.page_cache.rules import NotShown
from core.seams import PeriodicJob
from core.transfer.parts import LeftOut
from trash import views
from trash.models import TrashedPage, TrashFolder
from trash.pages import empty_outdated


@hooks.register("register_admin_urls")
def trash_urls():
    return [
        path("corbeille/", views.TrashView.as_view(), name="trash"),
        path("corbeille/<int:row>/restaurer/", views.RestoreView.as_view(), name="trash_restore"),
        path("corbeille/<int:row>/supprimer/", views.PurgeView.as_view(), name="trash_purge"),
    ]


@hooks.register("register_admin_menu_item")
def trash_menu_item():
    return MenuItem(_("Trash"), reverse_lazy("trash"), name="trash", icon_name="bin", order=1100)


hooks.register("before_delete_page", views.offer_trash)


hooks.register("register_bulk_action", views.TrashBulkAction, order=1000)  # after Wagtail's own, whose place it takes


@hooks.register("construct_page_chooser_queryset")
def without_trash(pages, request):
    """The network's people, who see every page, meet what was deleted in the trash alone."""
    if not looks_after_every_site(request.user):
        return pages
    for found in TrashFolder.objects.all():
        pages = pages.not_descendant_of(found, inclusive=True)
    return pages


@hooks.register("construct_explorer_page_queryset")
def explorer_without_trash(parent, pages, request):
    return without_trash(pages, request)


@hooks.register("periodic_jobs")
def periodic_jobs():
    return [PeriodicJob("trash: thirty days", empty_outdated)]


@hooks.register("transfer_parts")
def transfer_parts():
    return [LeftOut("trash", (TrashedPage,), "What was deleted does not travel.")]


@hooks.register("page_cache_rules")
def page_cache_rules():
    return [NotShown((TrashedPage, TrashFolder), "Outside every site; moving a page there is what visitors see.")]
