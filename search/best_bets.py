"""The page that answers a query at once, on every site: « contact » leads to the contact page."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page

from core.page_cache.generations import NETWORK
from core.page_cache.kept import kept
from core.querysets import pages
from search.synonyms import phrase_of


class BestBet(models.Model):
    """Queries, and the address on each site of the page that answers them."""

    words = models.TextField(
        _("when somebody looks for"), max_length=2000, help_text=_("One word or expression a line: “contact”.")
    )
    address = models.CharField(
        _("show first the page at"),
        max_length=200,
        help_text=_("Its address on each site, after the name of the site: “contact”. A site without it shows none."),
    )

    panels = [FieldPanel("words"), FieldPanel("address")]

    class Meta:
        verbose_name = _("first answer")
        verbose_name_plural = _("first answers")
        ordering = ["address"]

    def __str__(self):
        return f"{', '.join(self.words.split(chr(10)))} → /{self.path}"

    @property
    def path(self) -> str:
        return f"{self.address.strip('/ ')}/"

    def clean(self):
        super().clean()
        if "://" in self.address or any(sign in self.address for sign in "?#"):
            raise ValidationError({"address": _("Write the address after the name of the site alone: “contact”.")})
        if not any(map(phrase_of, self.words.splitlines())):
            raise ValidationError({"words": _("Write at least one word.")})


def best_bets() -> dict[tuple[str, ...], str]:
    """Each expression that has an answer, with its address on a site."""
    return kept("best bets", [NETWORK], read_best_bets)


def best_bet(query: str, homes: list[Page], answers: dict[tuple[str, ...], str]) -> Page | None:
    """The published page that answers the query on the site with these homes, the language's own first."""
    address = answers.get(phrase_of(query))
    if address is None:
        return None
    found = pages().published().filter(url_path__in=[home.url_path + address for home in homes])
    own = {page.url_path: page for page in found.select_related("locale")}
    return next((own[home.url_path + address] for home in homes if home.url_path + address in own), None)


def read_best_bets() -> dict[tuple[str, ...], str]:
    return {
        phrase: bet.path
        for bet in BestBet.objects.order_by("-pk")
        for phrase in map(phrase_of, bet.words.splitlines())
        if phrase
    }
