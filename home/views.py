from django.conf import settings
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _

from core.public_forms import public_form
from core.querysets import pages
from core.site_context import SiteContext
from home.reception import MessagePage
from inbox.delivery import receive
from inbox.models import Message


@public_form
def write_to_site(request, pk: int):
    """What a visitor sends from a page with a form; such a page posts here, where no CSRF cookie is asked for."""
    page = pages().live().filter(pk=pk).specific().first()
    parts = page.get_url_parts() if isinstance(page, MessagePage) else None
    if parts is None or parts[0] != SiteContext.of(request).site.pk:
        raise Http404
    is_open = all(restriction.accept_request(request) for restriction in page.get_view_restrictions())
    if request.method != "POST" or not is_open:
        return redirect(page.get_url(request))
    SiteContext.of(request, page)
    form = page.form_class(request.POST)
    if not (form.is_valid() and form.is_within_pace(request, "write_to_site")):
        response = page.serve(request, form=form)
        response.status_code = 422
        return response
    if not form.is_from_a_program:
        with translation.override(settings.LANGUAGE_CODE):  # that of those who read it
            message = form.message()
        message.home, message.page = SiteContext.of(request).site.root_page, page
        receive(message)
    said = _("We answer at the address that you gave.")
    if form.cleaned_data["answer_by"] == Message.AnswerBy.PHONE:
        said = _("We call you at the number that you gave.")
    response = render(request, "home/sent.html", {"page": page, "said": said, "answers": form.cleaned_data})
    response["X-Robots-Tag"] = "noindex"
    return response
