"""What this room shows in the style guide (see `home.style_guide`)."""

from datetime import datetime

from django.utils.translation import gettext as _

from search.entries import SearchEntry
from search.finding import Result
from search.passages import marked, passage


def search_results(request):
    roots = {"scop"}
    entry = SearchEntry(
        title="La SCOP en huit questions",
        summary="Qui commande dans une SCOP ? Où va le bénéfice ? Les réponses données au comptoir.",
        language="fr",
        date=datetime(2026, 3, 14),
    )
    result = Result(entry, marked(entry.title, roots), passage(entry.summary, roots), "Article", "", "#")
    return _("Search results"), "search/_results.html", {"results": [result], "start": 1}
