from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path, re_path
from django.views.generic import RedirectView
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.contrib.sitemaps import views as sitemaps
from wagtail.documents import urls as wagtaildocs_urls
from wagtail.urls import serve_pattern

from core import routing, views
from core.embeds.views import example_player
from core.films import serve_document
from core.private_pages import documents_password, page_password
from core.sitemaps import SiteSitemap
from core.theme import stylesheet
from home.style_guide import style_guide
from home.views import write_to_site
from members.urls import public_urlpatterns as directory_forms
from poles.views.invitation import accept_invitation
from search.views import open_search, search, suggestions
from videos.sitemaps import VideoSitemap

SITEMAPS = {"pages": SiteSitemap, "videos": VideoSitemap}

urlpatterns = [
    path("healthz", views.healthz, name="healthz"),
    # Asked for by what was restricted to accounts before only passwords were offered.
    path("_util/login/", RedirectView.as_view(pattern_name="account_login"), name="wagtailcore_login"),
    path("robots.txt", views.robots, name="robots"),
    path(".well-known/security.txt", views.security_txt, name="security_txt"),
    path("favicon.ico", views.favicon_ico, name="favicon_ico"),
    path("favicon.svg", views.favicon_svg, name="favicon_svg"),
    re_path(rf"^theme/(?P<key>{stylesheet.KEY})-(?P<version>[0-9a-f]{{12}})\.css$", views.theme, name="theme"),
    path(
        "sitemap.xml",
        sitemaps.index,
        {"sitemaps": SITEMAPS, "sitemap_url_name": "sitemap_section"},
        name="sitemap",
    ),
    path(
        "sitemap-<section>.xml",
        sitemaps.sitemap,
        {"sitemaps": SITEMAPS, "template_name": "core/sitemap.xml"},
        name="sitemap_section",
    ),
    path("video-exemple/<slug:slug>/", example_player, name="example_player"),
    path("lien/<int:page_id>/", views.permalink, name="permalink"),
    path("admin/", include("accounts.urls")),
    path("admin/invitation/<str:token>/", accept_invitation, name="accept_invitation"),
    path("admin/", include("core.isolation.urls")),
    path("admin/", include(wagtailadmin_urls)),
    re_path(r"^documents/(\d+)/(.*)$", serve_document, name="wagtaildocs_serve"),
    path(
        "documents/authenticate_with_password/<int:restriction_id>/",
        documents_password,
        name="documents_password",
    ),
    path("documents/", include(wagtaildocs_urls)),
    re_path(r"^media/(?P<path>(?:images|original_images)/.+)$", views.picture_file),
    *i18n_patterns(
        path("recherche/", search, name="search"),
        path("recherche/suggestions/", suggestions, name="search_suggestions"),
        path("recherche/description.xml", open_search, name="open_search"),
        *directory_forms,
        path("message/<key:pk>/", write_to_site, name="write_to_site"),
        path(
            "_util/authenticate_with_password/<int:page_view_restriction_id>/<int:page_id>/",
            page_password,
            name="wagtailcore_authenticate_with_password",
        ),
        re_path(serve_pattern, routing.serve, name="wagtail_serve"),
        prefix_default_language=False,
    ),
]

if settings.STYLE_GUIDE_IS_PUBLIC:
    urlpatterns.insert(0, path("charte-graphique/", style_guide, name="public_style_guide"))

handler404 = "core.views.page_not_found"
handler500 = "core.views.server_error"
