from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList, TabbedInterface
from wagtail.blocks import ChoiceBlock, StructBlock, URLBlock
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.fields import StreamField

from core.palettes import DEFAULT_PALETTE, PALETTES, palette_choices

SOCIAL_NETWORKS = [
    ("mastodon", "Mastodon"),
    ("facebook", "Facebook"),
    ("linkedin", "LinkedIn"),
    ("instagram", "Instagram"),
    ("peertube", "PeerTube"),
    ("youtube", "YouTube"),
    ("bluesky", "Bluesky"),
]


class SocialLinkBlock(StructBlock):
    network = ChoiceBlock(SOCIAL_NETWORKS, label=_("Network"))
    url = URLBlock(label=_("Address of the account"))

    class Meta:
        icon = "link-external"
        label = _("Social network")


@register_setting(icon="site", order=100)
class SiteIdentity(BaseSiteSetting):
    """Who a site is: what its header, footer, theme and legal pages say. One per site, edited by its own staff."""

    name = models.CharField(_("name"), max_length=80, help_text=_("As visitors know you: “EcoSolidaires”."))
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
    palette = models.CharField(_("palette"), max_length=24, choices=palette_choices, default=DEFAULT_PALETTE)
    breton_enabled = models.BooleanField(
        _("pages in Breton"),
        default=False,
        help_text=_("Show the language switch, once your home page has been translated."),
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
                    FieldPanel("logo"),
                    FieldPanel("palette"),
                    FieldPanel("breton_enabled"),
                ],
                heading=_("Identity"),
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
        ]
    )

    class Meta:
        verbose_name = _("site identity")
        verbose_name_plural = _("site identities")

    def __str__(self):
        return self.name

    def clean(self):
        super().clean()
        if self.palette not in PALETTES:
            raise ValidationError({"palette": _("Choose one of the palettes.")})

    @property
    def colours(self):
        return PALETTES.get(self.palette, PALETTES[DEFAULT_PALETTE])

    @property
    def initials(self) -> str:
        """One or two letters for the drawn logo and the icon."""
        words = [word for word in self.name.replace("-", " ").replace("’", " ").split() if word[0].isalnum()]
        capitals = [word[0] for word in words if word[0].isupper()] or [word[0] for word in words]
        return "".join(capitals[:2]).upper() or "•"
