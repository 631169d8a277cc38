"""The words that a profile chooses among. Their codes are in addresses and files: they do not change."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Family(TextChoices):
    """The families of the ESS (law of 31 July 2014, article 1)."""

    ASSOCIATION = "association", _("Association")
    SCOP = "scop", _("SCOP")
    SCIC = "scic", _("SCIC")
    CAE = "cae", _("CAE")
    COOPERATIVE = "cooperative", _("Other cooperative")
    MUTUELLE = "mutuelle", _("Mutual society")
    FONDATION = "fondation", _("Foundation")
    ESUS = "esus", _("Company of social utility")


class Label(TextChoices):
    ESUS = "esus", _("ESUS approval")
    FINANSOL = "finansol", _("Finansol label")
    IAE = "iae", _("Integration through work (SIAE)")
    EA = "ea", _("Adapted company (EA)")
    ESAT = "esat", _("ESAT")
    BIO = "bio", _("Organic farming")
    EQUITABLE = "equitable", _("Fair trade")
    JEP = "jep", _("Youth and popular education (JEP)")
    QUALIOPI = "qualiopi", _("Qualiopi")


class Offer(TextChoices):
    PRODUCTS = "produits", _("Products")
    SERVICES = "services", _("Services")
    VENUE = "lieu", _("Rooms and places")
    TRAINING = "formation", _("Training and advice")


class MemberAudience(TextChoices):
    HOUSEHOLDS = "particuliers", _("Households")
    COMPANIES = "entreprises", _("Companies")
    AUTHORITIES = "collectivites", _("Local authorities")
    ASSOCIATIONS = "associations", _("Associations")


class Membership(TextChoices):
    """What an organisation is to the pôle."""

    MEMBER = "membre", _("Member")
    PARTICIPANT = "participant", _("Participant")
    PARTNER = "partenaire", _("Partner")


class Nomenclature(TextChoices):
    """The version of the French nomenclature of activities that a code belongs to; 2025 applies from 2027."""

    REV2 = "naf-rev2", _("NAF rev. 2 (2008)")
    NAF2025 = "naf-2025", _("NAF 2025")
