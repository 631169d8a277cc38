from django.templatetags.static import static
from django.urls import path
from django.utils.html import format_html
from wagtail import hooks

from core.rich_text import register_languages
from core.theme.views import colour_advice
from core.views import redirect_to_source


@hooks.register("before_serve_page")
def keep_languages_apart(page, request, serve_args, serve_kwargs):
    return redirect_to_source(page, request)


@hooks.register("register_admin_urls")
def theme_urls():
    return [path("apparence/couleur/", colour_advice, name="colour_advice")]


@hooks.register("insert_global_admin_css")
def editor_css():
    return format_html('<link rel="stylesheet" href="{}">', static("editor/editor.css"))


@hooks.register("insert_global_admin_js")
def editor_js():
    return format_html('<script type="module" src="{}"></script>', static("editor/editor.js"))


@hooks.register("register_rich_text_features")
def rich_text_features(features):
    register_languages(features)
