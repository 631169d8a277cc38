"""What the style guide shows of articles."""

from dataclasses import dataclass, field
from datetime import UTC, datetime

from django.utils.translation import gettext_lazy as _


@dataclass
class SampleArticle:
    """What the templates ask of an article, without one."""

    title: str
    summary: str = ""
    pole_name: str = ""
    topics: list[dict] = field(default_factory=list)
    neighbours: dict[str, "SampleArticle"] = field(default_factory=dict)
    sources: list[dict] = field(default_factory=list)
    listing_image: None = None
    published_at: datetime = datetime(2026, 6, 15, 9, tzinfo=UTC)
    card_template: str = "articles/card.html"

    @staticmethod
    def get_url(request=None) -> str:
        return "#"


def cards_and_parts(request):
    article = SampleArticle(
        "Une crèche parentale reprend son souffle",
        "Deux phrases de résumé. Pas une de plus.",
        topics=[{"name": "Coopératives"}],
        neighbours={
            "previous": SampleArticle("Une monnaie qui ne quitte pas la rade"),
            "next": SampleArticle("La suite"),
        },
        sources=[
            {"value": {"title": "Loi relative à l’ESS", "publisher": "Journal officiel", "year": 2014, "url": "#"}}
        ],
    )
    cards = [article, SampleArticle("Sans résumé ni thème"), SampleArticle("D’un autre pôle", pole_name="Pôle Nord")]
    return _("Articles"), "articles/samples.html", {"page": article, "cards": cards}
