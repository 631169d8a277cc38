"""What this room shows in the style guide (see `home.style_guide`)."""

from datetime import datetime
from types import SimpleNamespace

from django.utils.translation import gettext as _


def search_results(request):
    found = [
        SimpleNamespace(
            title="La SCOP en huit questions",
            kind="article",
            display_date=datetime(2026, 3, 14),
            description="x",
            summarise="Qui commande ? Où va le bénéfice ? Les réponses données au comptoir.",
            get_url=lambda request: "#",
        )
    ]
    page = SimpleNamespace(object_list=found, start_index=1)
    return _("Search results"), "search/_results.html", {"pagination": SimpleNamespace(page=page)}
