from django.contrib.auth import get_user_model
from django.templatetags.static import static
from django.urls import path, reverse_lazy
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Locale, PageViewRestriction, Site
from wagtail_localize.wagtail_hooks import page_listing_more_buttons

from core.action_menu import show_main_action
from core.editorial_calendar import CalendarView
from core.embeds.editor_tasks import lost_videos
from core.embeds.records import check_due
from core.embeds.views import video_details
from core.guides import GuidesView, GuideView
from core.isolation.choosers import limit_editor_api, limit_page_chooser
from core.isolation.listings import OwnPageViewSet
from core.isolation.menus import one_entry, only_what_opens
from core.models import (
    ApprovedHost,
    FormerAddress,
    OwedMove,
    RemoteVideo,
    Rendition,
    SiteDocument,
    SiteIdentity,
    SiteImage,
)
from core.page_cache.changes import scopes_of_site
from core.page_cache.copies import drop_other_releases
from core.page_cache.rules import NotShown, Shown
from core.querysets import speaks_breton
from core.rich_text import register_languages
from core.scheduling import late_pages
from core.seams import PeriodicJob
from core.silence import refuse_silent_document
from core.theme.views import colour_advice
from core.transfer.parts import LeftOut
from core.views import editor_session, page_advice, redirect_to_source


@hooks.register("before_serve_page")
def keep_languages_apart(page, request, serve_args, serve_kwargs):
    return redirect_to_source(page, request)


@hooks.register("register_admin_urls")
def editor_urls():
    return [
        path("apparence/couleur/", colour_advice, name="colour_advice"),
        path("video/", video_details, name="video_details"),
        path("pages/<int:page_id>/conseils/", page_advice, name="page_advice"),
        path("calendrier/", CalendarView.as_view(), name="editorial_calendar"),
        path("session/", editor_session, name="editor_session"),
        path("guides/", GuidesView.as_view(), name="guides"),
        path("guides/<slug:guide>/", GuideView.as_view(), name="guide"),
    ]


@hooks.register("insert_global_admin_css")
def editor_css():
    return format_html('<link rel="stylesheet" href="{}">', static("editor/editor.css"))


@hooks.register("insert_global_admin_js")
def editor_js():
    return format_html('<script type="module" src="{}"></script>', static("editor/editor.js"))


@hooks.register("register_rich_text_features")
def rich_text_features(features):
    register_languages(features)


@hooks.register("register_help_menu_item")
def guides_menu_item():
    return MenuItem(_("Guides"), reverse_lazy("guides"), name="guides", icon_name="help", order=10)


@hooks.register("register_reports_menu_item")
def calendar_menu_item():
    label = _("Calendar, and pages to look at again")
    return MenuItem(label, reverse_lazy("editorial_calendar"), name="calendar", icon_name="calendar", order=10)


hooks.register("construct_reports_menu", one_entry("calendar", "wagtailadmin_reports:aging_pages"))
hooks.register("construct_admin_api", limit_editor_api, order=1000)  # after Wagtail's own endpoints
hooks.register("construct_page_chooser_queryset", limit_page_chooser)
hooks.register("construct_page_action_menu", show_main_action)
hooks.register("construct_snippet_action_menu", show_main_action)


@hooks.register("register_admin_viewset", order=1000)  # after Wagtail's own
def own_page_lists():
    return OwnPageViewSet()


for menu in ("main", "reports", "settings", "help"):
    hooks.register(f"construct_{menu}_menu", only_what_opens)


@hooks.register("network_permissions")
def network_permissions():
    return [ApprovedHost]


@hooks.register("periodic_jobs")
def periodic_jobs():
    return [
        PeriodicJob("core: videos of other servers", check_due),
        PeriodicJob("core: pages kept by older releases", drop_other_releases),
    ]


@hooks.register("transfer_parts")
def transfer_parts():
    return [
        LeftOut("identity and files", (SiteIdentity, SiteImage, SiteDocument), "In files of their own of the export."),
        LeftOut("renditions", (Rendition,), "Made again from the pictures."),
        LeftOut("remote videos", (RemoteVideo,), "Their providers are asked again."),
        LeftOut("approved hosts", (ApprovedHost,), "The network's."),
        LeftOut("owed moves", (OwedMove,), "Of this install's cache."),
        LeftOut("former addresses", (FormerAddress,), "They redirect on the install that had them."),
    ]


# Two queries a row of every list of pages, for what the header of each page offers too.
hooks._hooks["register_page_listing_more_buttons"].remove((page_listing_more_buttons, 0))
hooks._hooks["register_page_header_buttons"].remove((page_listing_more_buttons, 0))


@hooks.register("register_page_header_buttons")
def translation_buttons(page, user, view_name=None, next_url=None):
    """To translate a page, on the sites that have opened Breton."""
    return page_listing_more_buttons(page, user, view_name, next_url) if speaks_breton(page) else []


hooks.register("editor_tasks", lost_videos)
hooks.register("editor_tasks", late_pages)


@hooks.register("page_cache_rules")
def page_cache_rules():
    return [
        *map(Shown, (SiteIdentity, ApprovedHost, Site, Locale, PageViewRestriction)),
        Shown(RemoteVideo, when_added=False),
        Shown(Redirect, lambda redirect: scopes_of_site(redirect.site_id)),
        Shown(SiteImage, when_added=False),
        Shown(SiteDocument, when_added=False),
        NotShown((RemoteVideo.pages.through,), "Which pages show a video: to know what to ask about."),
        NotShown((Rendition,), "Made while a page is; it goes with its picture."),
        NotShown((FormerAddress,), "A host without a site is answered without the cache."),
        NotShown((OwedMove,), "Of the cache itself."),
        NotShown((get_user_model(),), "Bylines are texts; who wrote a page is not shown."),
    ]


hooks.register("before_serve_document", refuse_silent_document)
