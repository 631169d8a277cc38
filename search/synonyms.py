"""Other words for the same thing, which the network writes: « recyclerie » finds « ressourcerie »."""

from collections import defaultdict

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from core.analysis import stem, words_of
from core.page_cache.generations import NETWORK
from core.page_cache.kept import kept

Phrase = tuple[str, ...]
MAX_EXPRESSIONS = 30
MAX_WORDS = 8  # of an expression


def phrase_of(expression: str) -> Phrase:
    """The stems that an expression is known by."""
    return tuple(stem(word) for word in words_of(expression)[:MAX_WORDS])


class SynonymGroup(models.Model):
    """Expressions that are looked for together."""

    words = models.TextField(
        _("words"),
        max_length=2000,
        help_text=_("One word or expression a line. Singular and plural, with or without accents, are one already."),
    )
    is_one_way = models.BooleanField(
        _("one way only"),
        default=False,
        help_text=_("The first finds the others as well, but none of these finds the first."),
    )

    panels = [FieldPanel("words"), FieldPanel("is_one_way")]

    class Meta:
        verbose_name = _("synonyms")
        verbose_name_plural = _("synonyms")
        ordering = ["words"]

    def __str__(self):
        return (" → " if self.is_one_way else " = ").join(self.expressions)

    @property
    def expressions(self) -> list[str]:
        return [line.strip() for line in self.words.splitlines() if line.strip()]

    def clean(self):
        super().clean()
        known: dict[Phrase, str] = {}
        for expression in self.expressions:
            phrase = phrase_of(expression)
            if not phrase:
                raise ValidationError({"words": _("“%(words)s” holds no word.") % {"words": expression}})
            if phrase in known:
                message = _("“%(one)s” and “%(other)s” are one word for the search already: keep one of them.")
                raise ValidationError({"words": message % {"one": known[phrase], "other": expression}})
            known[phrase] = expression
        if len(known) < 2:
            raise ValidationError({"words": _("Write at least two expressions, each on a line of its own.")})
        if len(known) > MAX_EXPRESSIONS:
            raise ValidationError({"words": _("These are too many: make several groups.")})


def synonyms() -> dict[Phrase, tuple[Phrase, ...]]:
    """Each expression with those that are looked for beside it; groups are not chained, so that none can loop."""
    return kept("synonyms", [NETWORK], read_synonyms)


def read_synonyms() -> dict[Phrase, tuple[Phrase, ...]]:
    found: defaultdict[Phrase, dict[Phrase, None]] = defaultdict(dict)
    for group in SynonymGroup.objects.all():
        phrases = list(dict.fromkeys(filter(None, map(phrase_of, group.expressions))))
        for phrase in phrases[:1] if group.is_one_way else phrases:
            found[phrase] |= dict.fromkeys(other for other in phrases if other != phrase)
    return {phrase: tuple(others) for phrase, others in found.items()}
