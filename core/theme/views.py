"""What the editor's fields ask of the server while one chooses."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from core.theme.colours import COLOUR
from core.theme.forms import with_button
from core.theme.palettes import refuse_primary


@require_safe
def colour_advice(request):
    """`?colour=#rrggbb&field=<id>`: nothing where the colour can be read, else why not and a button for the nearest."""
    colour = request.GET.get("colour", "")
    refusal = refuse_primary(colour.lower()) if COLOUR.fullmatch(colour) else None
    return HttpResponse(with_button(refusal, request.GET.get("field", "")) if refusal else "")
