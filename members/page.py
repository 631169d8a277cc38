from dataclasses import replace
from functools import cached_property

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator, URLValidator
from django.db import models
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    HelpPanel,
    MultiFieldPanel,
    MultipleChooserPanel,
    ObjectList,
    TitleFieldPanel,
)
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.fields import StreamField
from wagtail.models import Orderable, Page, ReferenceIndex
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from commons.models import Sector
from commons.shared import in_page_language
from core.blocks.media import GalleryBlock
from core.choices import ChoicesField, CodesField
from core.findable import Findable, SearchKind
from core.geo import PositionFields
from core.page_cache.generations import REFERENCES
from core.page_cache.rendering import depends_on
from core.pages import BasePage, page_tabs
from core.querysets import pages
from core.site_context import SiteContext
from core.words import address_lines, fold
from members.forms import MemberPageForm
from members.queryset import MemberManager
from members.rules import MAX_SECTORS
from members.structured_data import member_data
from members.vcard import vcard
from members.vocabulary import Family, Label, MemberAudience, Membership, Nomenclature, Offer

MAX_MENTIONS = 6


def validate_addresses(text: str) -> None:
    """One web address a line."""
    for line in text.split():
        try:
            URLValidator(schemes=["http", "https"])(line)
        except ValidationError:
            raise ValidationError(_("“%(line)s” is not a web address.") % {"line": line}) from None


class MemberPage(RoutablePageMixin, PositionFields, BasePage):
    """An organisation of a pôle: what it is, where, what it offers, and how to reach it."""

    page_description = _("The profile of an organisation, in the directory and on the map.")

    former_names = models.TextField(_("former names"), blank=True, max_length=500, help_text=_("One a line."))
    family = models.CharField(_("family of the ESS"), max_length=16, choices=Family.choices)
    labels = ChoicesField(verbose_name=_("labels and approvals"), allowed=Label)
    siret = models.CharField(
        _("SIRET"), max_length=14, blank=True, db_index=True, help_text=_("14 digits; empty if it has none.")
    )
    siren = models.CharField(
        _("SIREN"), max_length=9, blank=True, help_text=_("9 digits; made from the SIRET if left empty.")
    )
    rna = models.CharField(
        _("RNA number"), max_length=10, blank=True, db_index=True, help_text=_("Of an association: W353001234.")
    )
    activity_code = models.CharField(_("activity code"), max_length=6, blank=True, help_text=_("Such as 43.32A."))
    nomenclature = models.CharField(
        _("nomenclature"), max_length=10, choices=Nomenclature.choices, default=Nomenclature.REV2
    )
    street = models.CharField(_("street"), max_length=200, blank=True)
    postcode = models.CharField(_("postcode"), max_length=5, blank=True)
    commune = models.CharField(_("commune"), max_length=80, blank=True)
    insee_code = models.CharField(
        _("INSEE code of the commune"), max_length=5, blank=True, help_text=_("Not the postcode: 35115.")
    )
    website = models.URLField(
        _("website"), blank=True, max_length=300, validators=[URLValidator(schemes=["http", "https"])]
    )
    email = models.EmailField(
        _("e-mail address"), blank=True, help_text=_("Never shown: visitors write through a form.")
    )
    phone = models.CharField(_("telephone"), max_length=20, blank=True)
    social_links = models.TextField(
        _("social networks"),
        blank=True,
        max_length=1000,
        validators=[validate_addresses],
        help_text=_("The addresses of its accounts, one a line."),
    )
    presentation = models.TextField(_("presentation"), blank=True, max_length=4000)
    offers = ChoicesField(verbose_name=_("what it offers"), allowed=Offer)
    offer = models.TextField(_("its products and services"), blank=True, max_length=2000)
    audiences = ChoicesField(verbose_name=_("for whom"), allowed=MemberAudience)
    area = models.CharField(_("in what area"), max_length=200, blank=True)
    staff = models.DecimalField(
        _("employees"),
        max_digits=7,
        decimal_places=1,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
        help_text=_("In full-time equivalents."),
    )
    volunteers = models.PositiveIntegerField(_("volunteers"), null=True, blank=True)
    opening_hours = models.TextField(_("opening hours"), blank=True, max_length=500)
    accessibility = models.TextField(_("accessibility"), blank=True, max_length=500)
    local_currency = models.CharField(
        _("local currency accepted"), max_length=60, blank=True, help_text=_("Its name: Héol.")
    )
    logo = models.ForeignKey(
        "core.SiteImage", verbose_name=_("logo"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    body = StreamField([("gallery", GalleryBlock())], verbose_name=_("pictures"), blank=True, max_num=1)
    membership = models.CharField(
        _("link with the pôle"), max_length=12, choices=Membership.choices, default=Membership.MEMBER
    )
    since = models.DateField(_("since"), null=True, blank=True)
    until = models.DateField(_("until"), null=True, blank=True)
    verified_on = models.DateField(
        _("verified on"), null=True, blank=True, help_text=_("Shown to visitors; set by the yearly check.")
    )
    # What lists sort and sort out by, written when the profile is saved: one query reads a whole directory.
    name_key = models.CharField(max_length=255, editable=False, default="", db_index=True)
    sector_keys = CodesField(editable=False)

    template = "members/member_page.html"
    card_template = "members/card.html"
    search_kinds = (SearchKind("membre", _("Members")),)
    og_type = "profile"
    parent_page_types = ["members.MemberIndexPage"]
    subpage_types = []
    in_site_map = False
    goes_stale = False  # its yearly verification sees to that

    base_form_class = MemberPageForm
    objects = MemberManager()

    override_translatable_fields = [
        *BasePage.override_translatable_fields,
        *map(SynchronizedField, (
            "former_names", "siret", "siren", "rna", "activity_code", "street", "postcode", "commune",
            "insee_code", "website", "email", "phone", "social_links", "local_currency", "labels", "offers",
            "audiences",
        )),
    ]  # fmt: skip

    search_fields = [
        *BasePage.search_fields,
        index.SearchField("former_names", boost=2),
        index.SearchField("presentation"),
        index.SearchField("offer", boost=2),
        index.SearchField("commune"),
        index.SearchField("get_family_display"),
        # By the beginnings of words: "fenêtre" finds "fenêtres" on both databases.
        index.AutocompleteField("former_names"),
        index.AutocompleteField("summary"),
        index.AutocompleteField("presentation"),
        index.AutocompleteField("offer"),
        index.AutocompleteField("commune"),
        index.AutocompleteField("get_family_display"),
        index.RelatedFields(
            "page_sectors",
            [index.RelatedFields("sector", [index.SearchField("name"), index.AutocompleteField("name")])],
        ),
        index.FilterField("family"),
        index.FilterField("membership"),
        index.FilterField("commune"),
        index.FilterField("verified_on"),
    ]

    edit_handler = page_tabs(
        ObjectList(
            [
                HelpPanel(template="members/state_panel.html"),
                TitleFieldPanel(
                    "title",
                    heading=_("Name of the organisation"),
                    placeholder=_("Name of the organisation"),
                    help_text=_("As it presents itself."),
                ),
                FieldRowPanel([FieldPanel("family"), FieldPanel("membership")]),
                MultipleChooserPanel(
                    "page_sectors",
                    chooser_field_name="sector",
                    heading=_("Sectors"),
                    label=_("sector"),
                    max_num=MAX_SECTORS,
                ),
                FieldPanel("summary"),
                FieldPanel("presentation"),
                MultiFieldPanel(
                    [FieldPanel("offers"), FieldPanel("offer"), FieldPanel("audiences"), FieldPanel("area")],
                    heading=_("What it offers"),
                ),
                MultiFieldPanel(
                    [FieldPanel("logo"), FieldPanel("listing_image"), FieldPanel("body")], heading=_("Pictures")
                ),
            ],
            heading=_("Organisation"),
        ),
        ObjectList(
            [
                MultiFieldPanel(
                    [
                        FieldPanel("street"),
                        FieldRowPanel([FieldPanel("postcode"), FieldPanel("commune"), FieldPanel("insee_code")]),
                        FieldRowPanel([FieldPanel("latitude"), FieldPanel("longitude")]),
                    ],
                    heading=_("Where"),
                ),
                MultiFieldPanel(
                    [
                        FieldRowPanel([FieldPanel("email"), FieldPanel("phone")]),
                        FieldPanel("website"),
                        FieldPanel("social_links"),
                    ],
                    heading=_("How to reach it"),
                ),
                MultiFieldPanel([FieldPanel("opening_hours"), FieldPanel("accessibility")], heading=_("To visit it")),
            ],
            heading=_("Place and contact"),
        ),
        ObjectList(
            [
                FieldRowPanel([FieldPanel("siret"), FieldPanel("siren"), FieldPanel("rna")]),
                FieldRowPanel([FieldPanel("activity_code"), FieldPanel("nomenclature")]),
                FieldPanel("labels"),
                FieldRowPanel([FieldPanel("staff"), FieldPanel("volunteers")]),
                FieldPanel("local_currency"),
                FieldRowPanel([FieldPanel("since"), FieldPanel("until"), FieldPanel("verified_on")]),
                FieldPanel("former_names"),
            ],
            heading=_("Register"),
        ),
    )

    class Meta:
        verbose_name = _("member")
        verbose_name_plural = _("members")

    def full_clean(self, *args, **kwargs):
        """Wagtail cleans before it saves, whoever saves: a SIREN is in its SIRET."""
        self.siren = self.siren or self.siret[:9]
        super().full_clean(*args, **kwargs)

    def save(self, *args, **kwargs):
        # A revision saves a few fields of the page that holds the draft: what is on line must not move with it.
        if kwargs.get("update_fields") is None:
            self.name_key = fold(self.title)[:255]
            self.sector_keys = [str(sector.translation_key) for sector in self.sectors_as_written()]
        super().save(*args, **kwargs)

    def findable(self) -> Findable:
        sectors = {str(sector.translation_key): sector.name for sector in self.sectors_as_written() if sector.live}
        named = (*sectors.values(), *self.label_names, *self.offer_names, *self.audience_names)
        found = super().findable()
        return replace(
            found,
            keywords=(*found.keywords, self.commune, self.former_names, self.local_currency, *map(str, named)),
            picture=self.logo_id or self.listing_image_id,
            commune=self.commune,
            offers=", ".join(map(str, self.offer_names)),
            latitude=self.latitude,
            longitude=self.longitude,
            subjects=sectors,
        )

    def sectors_as_written(self) -> list[Sector]:
        return [relation.sector for relation in self.page_sectors.all() if relation.sector_id]

    @cached_property
    def sectors(self) -> list[Sector]:
        return in_page_language([sector for sector in self.sectors_as_written() if sector.live])

    @property
    def full_address(self) -> str:
        """In one line, as one asks a map for it."""
        return ", ".join(address_lines(self.street, postcode=self.postcode, town=self.commune))

    @property
    def label_names(self) -> list[str]:
        return self._meta.get_field("labels").labels_of(self.labels)

    @property
    def offer_names(self) -> list[str]:
        return self._meta.get_field("offers").labels_of(self.offers)

    @property
    def audience_names(self) -> list[str]:
        return self._meta.get_field("audiences").labels_of(self.audiences)

    @property
    def accounts(self) -> list[str]:
        """The addresses of its accounts on social networks."""
        return self.social_links.split()

    @property
    def waiting_proposals(self):
        """The corrections that nobody answered yet."""
        return self.proposals.waiting()

    @property
    def is_current(self) -> bool:
        """Whether the link with the pôle has not ended."""
        return self.until is None or self.until >= timezone.localdate()

    @property
    def share_image(self):
        return self.social_image or self.listing_image or self.logo

    def pictures(self):
        return [self.logo, *super().pictures()]

    def mentions(self) -> list[Page]:
        """Published pages of any site that point at this one, as Wagtail's index of references knows them."""
        depends_on(REFERENCES)
        references = ReferenceIndex.get_references_to(self).filter(
            base_content_type=ContentType.objects.get_for_model(Page)
        )
        keys = {int(key) for key in references.values_list("object_id", flat=True) if key.isdigit()} - {self.pk}
        return list(pages().published().filter(pk__in=keys).order_by("-first_published_at")[:MAX_MENTIONS])

    def get_context(self, request, *args, **kwargs):
        return {**super().get_context(request, *args, **kwargs), "mentions": self.mentions()}

    def structured_data(self, request):
        return [member_data(self, request), *super().structured_data(request)[1:]]

    @path("vcard/", name="vcard")
    def as_vcard(self, request):
        """RFC 6350, for address books; without the e-mail address, which stays behind the form."""
        response = HttpResponse(vcard(self, SiteContext.of(request, self)), content_type="text/vcard; charset=utf-8")
        response["Content-Disposition"] = f'attachment; filename="{self.slug}.vcf"'
        return response


class MemberSector(Orderable):
    """A sector of a member: a child row, which the index of references follows."""

    page = ParentalKey(MemberPage, on_delete=models.CASCADE, related_name="page_sectors")
    sector = models.ForeignKey("commons.Sector", verbose_name=_("sector"), on_delete=models.PROTECT, related_name="+")

    panels = [FieldPanel("sector")]
