from functools import partial

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, MultiFieldPanel, ObjectList, TabbedInterface
from wagtail.blocks import ChoiceBlock, StructBlock, URLBlock
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.fields import StreamField
from wagtail.models import PreviewableMixin

from core.images.renditions import LOGO_SPECS, make_renditions
from core.theme.colours import COLOUR
from core.theme.forms import SiteIdentityForm
from core.theme.motifs import DEFAULT_MOTIF, motif_choices
from core.theme.palettes import DEFAULT_PALETTE, OWN_COLOURS, palette_choices, refuse_primary
from core.theme.stylesheet import Theme
from core.theme.typefaces import DEFAULT_TYPEFACE, typeface_choices
from core.theme.widgets import ColourInput, MotifSelect, PaletteSelect, TypefaceSelect
from core.words import address_lines, initials

COMMON_WORDS = {"pôle", "pôles", "ess", "adess", "pays"}
SOCIAL_NETWORKS = [
    ("mastodon", "Mastodon"),
    ("facebook", "Facebook"),
    ("linkedin", "LinkedIn"),
    ("instagram", "Instagram"),
    ("peertube", "PeerTube"),
    ("youtube", "YouTube"),
    ("bluesky", "Bluesky"),
]


class SiteState(models.TextChoices):
    OPEN = "open", _("open")
    SUSPENDED = "suspended", _("suspended")
    ARCHIVED = "archived", _("archived")


class SocialLinkBlock(StructBlock):
    network = ChoiceBlock(SOCIAL_NETWORKS, label=_("Network"))
    url = URLBlock(label=_("Address of the account"))

    class Meta:
        icon = "link-external"
        label = _("Social network")


@register_setting(icon="site", order=100)
class SiteIdentity(PreviewableMixin, BaseSiteSetting):
    """Who a site is: what its header, footer, theme and legal pages say. One per site, edited by its own staff."""

    name = models.CharField(_("name"), max_length=120, help_text=_("As visitors know you: “EcoSolidaires”."))
    tagline = models.CharField(
        _("tagline"), max_length=140, blank=True, help_text=_("One line under the name, on the home page.")
    )
    logo = models.ForeignKey(
        "core.SiteImage",
        verbose_name=_("logo"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Without a logo the name is drawn in your colours."),
    )
    logo_holds_name = models.BooleanField(
        _("the logo shows the name"),
        default=False,
        help_text=_("Tick when the name can be read in the logo: it will not be written beside it."),
    )
    palette = models.CharField(_("colours"), max_length=24, choices=palette_choices, default=DEFAULT_PALETTE)
    own_primary = models.CharField(
        _("main colour"),
        max_length=7,
        default="#00696b",
        blank=True,
        help_text=_("For links, buttons and large grounds."),
    )
    own_accent = models.CharField(
        _("second colour"),
        max_length=7,
        default="#f2784b",
        blank=True,
        help_text=_("For drawings and touches; it may be vivid."),
    )
    typeface = models.CharField(_("typefaces"), max_length=24, choices=typeface_choices, default=DEFAULT_TYPEFACE)
    motif = models.CharField(
        _("drawing"),
        max_length=24,
        choices=motif_choices,
        default=DEFAULT_MOTIF,
        help_text=_("It stands where there is no photograph, and gives the corners their shape."),
    )
    # Not in the form: the network suspends and closes sites (network.governance).
    state = models.CharField(max_length=10, choices=SiteState.choices, default=SiteState.OPEN, editable=False)
    state_notice = models.TextField(max_length=500, blank=True, editable=False)
    state_since = models.DateField(null=True, editable=False)
    breton_enabled = models.BooleanField(
        _("pages in Breton"),
        default=False,
        help_text=_(
            "At once your site has a part in Breton, below /br/: its home, and the lists of its menu. What is not "
            "translated is shown in French, and it says so. Unticked, that part is hidden and nothing is lost."
        ),
    )

    email = models.EmailField(_("e-mail address"), blank=True)
    phone = models.CharField(_("phone"), max_length=24, blank=True)
    street_address = models.CharField(_("street"), max_length=200, blank=True)
    postcode = models.CharField(_("postcode"), max_length=10, blank=True)
    city = models.CharField(_("town"), max_length=100, blank=True)
    social_links = StreamField([("account", SocialLinkBlock())], verbose_name=_("social networks"), blank=True)

    publisher = models.CharField(
        _("publisher"),
        max_length=160,
        blank=True,
        help_text=_("The legal name of your association, shown in the legal notice."),
    )
    registration = models.CharField(
        _("registration"), max_length=80, blank=True, help_text=_("SIRET or RNA number of the publisher.")
    )
    publication_director = models.CharField(
        _("publication director"),
        max_length=160,
        blank=True,
        help_text=_("The person, or the office, who answers for what is published."),
    )
    host_name = models.CharField(_("host"), max_length=160, blank=True)
    host_address = models.CharField(_("address of the host"), max_length=250, blank=True)
    host_phone = models.CharField(_("phone of the host"), max_length=24, blank=True)

    updated_at = models.DateTimeField(auto_now=True)

    select_related = ["logo"]

    edit_handler = TabbedInterface(
        [
            ObjectList(
                [
                    FieldPanel("name"),
                    FieldPanel("tagline"),
                    MultiFieldPanel([FieldPanel("logo"), FieldPanel("logo_holds_name")], heading=_("Logo")),
                    FieldPanel("breton_enabled"),
                ],
                heading=_("Name and logo"),
            ),
            ObjectList(
                [
                    HelpPanel(
                        _(
                            "See your home page change as you choose, before you save: open the preview, the telephone "
                            "at the top right."
                        )
                    ),
                    FieldPanel("palette", widget=PaletteSelect),
                    FieldRowPanel(
                        [
                            FieldPanel("own_primary", widget=ColourInput(advice=True)),
                            FieldPanel("own_accent", widget=ColourInput),
                        ],
                        heading=_("Two colours of our own"),
                        classname="own-colours",
                    ),
                    FieldPanel("motif", widget=MotifSelect),
                    FieldPanel("typeface", widget=TypefaceSelect),
                ],
                heading=_("Look"),
            ),
            ObjectList(
                [
                    FieldRowPanel([FieldPanel("email"), FieldPanel("phone")]),
                    MultiFieldPanel(
                        [
                            FieldPanel("street_address"),
                            FieldRowPanel([FieldPanel("postcode"), FieldPanel("city")]),
                        ],
                        heading=_("Address"),
                    ),
                    FieldPanel("social_links"),
                ],
                heading=_("Contact"),
            ),
            ObjectList(
                [
                    FieldPanel("publisher"),
                    FieldPanel("registration"),
                    FieldPanel("publication_director"),
                    MultiFieldPanel(
                        [FieldPanel("host_name"), FieldPanel("host_address"), FieldPanel("host_phone")],
                        heading=_("Host of the site"),
                    ),
                ],
                heading=_("Legal identity"),
            ),
        ],
        base_form_class=SiteIdentityForm,
    )

    class Meta:
        verbose_name = _("site identity")
        verbose_name_plural = _("site identities")

    def __str__(self):
        return self.name

    def clean(self):
        """Refuse colours that are none or cannot be read; as long as a palette is chosen, they may be anything."""
        super().clean()
        if self.palette != OWN_COLOURS:
            return
        wrong = {name: _("Write the colour as # and six figures or letters: #00696b.")
                 for name in ("own_primary", "own_accent") if not COLOUR.fullmatch(getattr(self, name))}  # fmt: skip
        if wrong:
            raise ValidationError(wrong)
        self.own_primary, self.own_accent = self.own_primary.lower(), self.own_accent.lower()
        if refusal := refuse_primary(self.own_primary):
            raise ValidationError({"own_primary": refusal})

    def save(self, *args, **kwargs):
        super().save(*args, **kwargs)
        if self.logo_id:
            transaction.on_commit(partial(make_renditions.enqueue, self.logo_id, LOGO_SPECS))

    @property
    def full_address(self) -> str:
        """In one line, as one asks a map for it."""
        return ", ".join(address_lines(self.street_address, postcode=self.postcode, town=self.city))

    @property
    def theme(self) -> Theme:
        """What the site looks like; the standard look where a choice is one that this release does not have."""
        palette = self.palette
        if palette == OWN_COLOURS:
            palette = f"{self.own_primary}-{self.own_accent}".replace("#", "").lower()
        try:
            return Theme.from_key(f"{palette}.{self.typeface}.{self.motif}")
        except KeyError:
            return Theme()

    appearance = ""  # `light` or `dark` in a preview; visitors' own choice stays in their browser
    preview_modes = [("light", _("Home page")), ("dark", _("Home page, by night"))]

    def serve_preview(self, request, mode_name):
        """The site's own home page in this identity, saved or not."""
        home = self.site.root_page.specific
        self.appearance = mode_name  # Wagtail has left this identity on the request
        return home.serve_preview(request, home.default_preview_mode)

    @property
    def initials(self) -> str:
        """For the drawn logo and the icon."""
        return initials(self.name, but=COMMON_WORDS)
