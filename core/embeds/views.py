"""What the editor shows while somebody pastes an address, and the player of the example videos."""

from csp.constants import SELF
from csp.decorators import csp_replace
from django.conf import settings
from django.http import Http404, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from core.embeds.provider import VideoGone
from core.embeds.recognition import UnknownVideo, provider, recognise
from core.fetcher import FetchError


@require_safe
def video_details(request):
    """`?address=`: whose video it is, or why it is none; with `&ask=1` also what its provider says of it."""
    try:
        embed = recognise(request.GET.get("address", ""))
    except UnknownVideo as error:
        return JsonResponse({"error": error.messages[0]})
    name = {"provider": embed.provider_name}
    answer = {**name, "message": _("Recognised: %(provider)s.") % name}
    if "ask" not in request.GET:
        return JsonResponse(answer)
    try:
        details = provider(embed.provider).ask(embed)
    except VideoGone:
        return JsonResponse({"error": _("%(provider)s has no such video, or shows it to nobody.") % name})
    except FetchError:
        message = _("%(provider)s cannot be asked for the moment: write the title yourself; nothing else is needed.")
        return JsonResponse({**answer, "message": message % name})
    return JsonResponse(
        {
            **answer,
            "title": details.title,
            "author": details.author,
            "duration": str(details.duration or ""),
        }
    )


@require_safe
@xframe_options_sameorigin
@csp_replace({"frame-ancestors": [SELF]})
def example_player(request, slug: str):
    """Stands for the player of a provider, where the examples are allowed."""
    if "core.embeds.example.Example" not in settings.VIDEO_PROVIDERS:
        raise Http404
    return render(request, "core/embeds/example_player.html", {"slug": slug})
