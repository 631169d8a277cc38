from wagtail import hooks

from core.views import redirect_to_source


@hooks.register("before_serve_page")
def keep_languages_apart(page, request, serve_args, serve_kwargs):
    return redirect_to_source(page, request)
