"""The living style guide: every component from its real template, in any theme, by day or by night."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from django import forms
from django.http import HttpRequest
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_safe
from wagtail import hooks
from wagtail.blocks import StreamBlock, StreamValue

from commons.body import StoryBlock
from core.pagination import paginate
from core.site_context import SiteContext
from core.theme.colours import contrast
from core.theme.motifs import MOTIFS, motif_choices
from core.theme.palettes import OWN_COLOURS, PALETTES, Tones, palette_choices
from core.theme.stylesheet import OWN_COLOURS_KEY, Theme
from core.theme.typefaces import TYPEFACES, typeface_choices
from home.blocks import CallToActionBlock, WelcomeBlock

APPEARANCES = [("", _("As my device")), ("light", pgettext_lazy("appearance", "Light")), ("dark", _("Dark"))]
A_DAY = datetime(2026, 3, 14, 9, 30, tzinfo=UTC)
A_LONG_TITLE = (
    "Assemblée générale extraordinaire de l’union régionale des coopératives d’activité et d’emploi : "
    "anticonstitutionnellement, la multiséctorialitéinterterritoriale fait débat, et chacune des cent vingt "
    "structures présentes a pris la parole pendant plus de dix minutes"
)
MONTHS = ["janv.", "févr.", "mars", "avril", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov."]
TWELVE_COLUMNS = {
    "caption": "Porteurs de projet reçus, mois par mois",
    "columns": [
        {"type": "row_heading", "heading": "Pays"},
        *({"type": "text", "heading": month} for month in MONTHS),
    ],
    "rows": [
        {"values": ["Fougères", *(str(number + 20) for number in range(11))]},
        {"values": ["Vitré", *(str(number * 7 + 10) for number in range(11))]},
    ],
}
AN_ARABIC_QUOTE = {
    "text": "التعاون قوة، والمشاركة أساس كل مشروع ناجح.",
    "author": "Nadia B.",
    "role": "Coopératrice",
    "portrait": None,
    "language": "ar",
}
WARNING = {"tone": "warning", "title": "", "text": "<p>Le dossier se dépose avant le 15 du mois.</p>"}
EDGE_CASES = [("callout", WARNING), ("table", TWELVE_COLUMNS), ("quote", AN_ARABIC_QUOTE)]


@dataclass
class SamplePage:
    """What the templates ask of a page, without one."""

    title: str
    summary: str = ""
    listing_image: None = None
    card_template: str = "core/cards/page.html"
    pk: int = 1
    breadcrumb: list = field(default_factory=list)

    @staticmethod
    def get_url(request=None) -> str:
        return "#"


@dataclass
class SampleTopic:
    name: str
    slug: str


@dataclass
class SamplePrinciple:
    title: str
    summary: str
    slug: str


class SampleForm(forms.Form):
    name = forms.CharField(label=_("Your name"), max_length=80, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    email = forms.EmailField(
        label=_("Your e-mail address"),
        help_text=_("Only to answer you. For instance: name@example.org"),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    subject = forms.ChoiceField(label=_("Subject"), choices=[("", "–"), ("projet", "Un projet"), ("autre", "Autre")])
    message = forms.CharField(label=_("Your message"), widget=forms.Textarea(attrs={"rows": 4}))
    agreed = forms.BooleanField(label=_("I have read how my data is used"))


@require_safe
def style_guide(request: HttpRequest):
    """`?palette=&typeface=&motif=&appearance=`: anything else shows the site's own theme.

    A palette may be two colours (`00696b-f2784b`). Rooms that this one does not know add their components through the
    hook `style_guide_samples`: a function of the request that returns a title, a template and its context.
    """
    site = SiteContext.of(request)
    own = site.identity.theme
    two_colours = OWN_COLOURS_KEY.fullmatch(request.GET.get("palette", ""))
    theme = Theme(
        two_colours[0] if two_colours else chosen(request, "palette", PALETTES, own.palette_name),
        chosen(request, "typeface", TYPEFACES, own.typeface_name),
        chosen(request, "motif", MOTIFS, own.motif_name),
    )
    site.chosen_theme = theme
    site.chosen_appearance = chosen(request, "appearance", ("light", "dark"), "")
    return render(
        request,
        "home/style_guide.html",
        {
            "theme": theme,
            "choices": [
                ("palette", _("Palette"), theme.palette_name, palettes_to_choose(theme)),
                ("typeface", _("Typefaces"), theme.typeface_name, typeface_choices()),
                ("motif", _("Drawing"), theme.motif_name, motif_choices()),
                ("appearance", _("Appearance"), site.chosen_appearance, APPEARANCES),
            ],
            "contrasts": [
                (_("By day"), contrasts(theme.palette.light)),
                (_("By night"), contrasts(theme.palette.dark)),
            ],
            "samples_of_rooms": [
                (title, render_to_string(template, context, request=request))
                for title, template, context in (hook(request) for hook in hooks.get_hooks("style_guide_samples"))
            ],
            **samples(request),
        },
    )


def palettes_to_choose(theme: Theme) -> list[tuple]:
    choices = [(slug, name) for slug, name in palette_choices() if slug != OWN_COLOURS]
    if theme.palette_name not in PALETTES:
        choices.append((theme.palette_name, _("Two colours of our own")))
    return choices


def chosen(request: HttpRequest, name: str, known, default: str) -> str:
    value = request.GET.get(name, "")
    return value if value in known else default


def contrasts(tones: Tones) -> list[tuple]:
    """Two tones, their contrast and the one needed, for each pair that readers must tell apart."""
    return [
        (ink, ground, contrast(getattr(tones, ink), getattr(tones, ground)), least)
        for ink, ground, least in tones.pairs()
    ]


def samples(request: HttpRequest) -> dict:
    story = StoryBlock()
    previews = [(name, story.child_blocks[name].get_preview_value()) for name in story.child_blocks]
    topics = [SampleTopic("Coopératives", "cooperatives"), SampleTopic("Transition écologique", "transition")]
    page = SamplePage(
        "Charte graphique",
        breadcrumb=[SamplePage("Accueil"), SamplePage("Le pôle")],
    )
    refused = SampleForm({"name": "Nolwenn", "email": "nolwenn(at)example.org", "message": ""})
    return {
        "page_sample": page,
        "welcome": rendered_block(WelcomeBlock(), "welcome"),
        "call_to_action": rendered_block(CallToActionBlock(), "call_to_action"),
        "story": StreamValue(story, [*normal(story, previews), *normal(story, EDGE_CASES)]),
        "cards": [
            SamplePage("Une crèche parentale reprend son souffle", "Deux phrases de résumé. Pas une de plus."),
            SamplePage("Sans résumé ni thème"),
            SamplePage(A_LONG_TITLE, "Un titre de deux cent cinquante caractères, avec un mot très long."),
            SamplePage("Quatrième carte", "La carte a une image dessinée."),
        ],
        "topics": topics,
        "years": [2026, 2025],
        "filters": {"topic": topics[0], "year": 2026},
        "pagination": paginate(request, list(range(200)), 10),
        "principles": [
            SamplePrinciple("Utilité sociale", "Répondre à un besoin réel des habitants.", "utilite"),
            SamplePrinciple("Ancrage territorial", "Travailler avec les autres, ici.", "ancrage"),
            SamplePrinciple("Gouvernance démocratique", "Une personne, une voix.", "gouvernance"),
        ],
        "forms": [SampleForm(prefix="vide"), refused],
        "now": A_DAY,
        "later": A_DAY + timedelta(days=40),
    }


def normal(story: StreamBlock, blocks: list[tuple]) -> list[tuple]:
    return [(name, story.child_blocks[name].normalize(value)) for name, value in blocks]


def rendered_block(block, name: str):
    """One block of a page, with its preview value, ready for `{% include_block %}`."""
    stream = StreamBlock([(name, block)])
    return StreamValue(stream, [(name, stream.child_blocks[name].normalize(block.get_preview_value()))])[0]
