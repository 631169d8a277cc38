"""The languages that words of a page may be in beside its own (RGAA 4.1, criterion 8.7)."""

from django.utils.translation import gettext_lazy as _

OTHER_LANGUAGES = [
    ("br", _("Breton")),
    ("fr", _("French")),
    ("en", _("English")),
    ("es", _("Spanish")),
    ("de", _("German")),
    ("ar", _("Arabic")),
    ("uk", _("Ukrainian")),
]
# In the toolbar, those that a sentence often quotes; a whole quotation chooses among all.
INLINE_LANGUAGES = [("br", _("Words in Breton")), ("en", _("Words in English"))]
LANGUAGE_FEATURES = [f"lang-{code}" for code, _label in INLINE_LANGUAGES]
