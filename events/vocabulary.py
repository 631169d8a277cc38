"""The words that an event chooses among. Their codes are in addresses and files: they do not change."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Kind(TextChoices):
    WORKSHOP = "atelier", _("Workshop")
    TRAINING = "formation", _("Training")
    CONFERENCE = "conference", _("Talk, debate")
    MEETING = "rencontre", _("Meeting")
    ASSEMBLY = "assemblee", _("General assembly")
    DROP_IN = "permanence", _("Drop-in")
    VISIT = "visite", _("Visit")
    FESTIVAL = "fete", _("Festival, party")
    MARKET = "marche", _("Market, fair")
    SHOW = "spectacle", _("Show, film, exhibition")
    VOLUNTEERING = "chantier", _("Volunteer work")
    OTHER = "autre", _("Other")


class EventAudience(TextChoices):
    EVERYONE = "tout-public", _("Everyone")
    FAMILIES = "familles", _("Families")
    YOUNG = "jeunes", _("Young people")
    PROJECTS = "porteurs-de-projet", _("People with a project")
    EMPLOYERS = "structures", _("Organisations of the ESS")
    VOLUNTEERS = "benevoles", _("Volunteers")
    OFFICIALS = "collectivites", _("Local authorities")
    MEMBERS = "adherents", _("Members of the pôle")


class State(TextChoices):
    CONFIRMED = "confirme", _("Confirmed")
    CANCELLED = "annule", _("Cancelled")
    POSTPONED = "reporte", _("Postponed")
    ONLINE = "en-ligne", _("Moved online")
    FULL = "complet", _("Full")


class Price(TextChoices):
    UNKNOWN = "", _("Not said")
    FREE = "gratuit", _("Free")
    OPEN = "prix-libre", _("Pay what you can")
    PAID = "payant", _("Paid")


class Registration(TextChoices):
    UNKNOWN = "", _("Not said")
    NONE = "sans", _("Without registration")
    NEEDED = "sur-inscription", _("Registration needed")


class Access(TextChoices):
    WHEELCHAIR = "fauteuil", _("Wheelchair access")
    LOOP = "boucle", _("Hearing loop")
    SIGNED = "lsf", _("French sign language")
    EASY = "falc", _("Easy language")
    CHILDREN = "garde", _("Child care")
    CAR_SHARING = "covoiturage", _("Car sharing")


class DateChange(TextChoices):
    """The codes are those of `events.schedule`."""

    ADDED = "added", _("One date more")
    CANCELLED = "cancelled", _("Cancelled")
    MOVED = "moved", pgettext_lazy("event", "Moved")
    FULL = "full", _("Full")
    NOTED = "noted", _("Takes place otherwise: see the note")
    SKIPPED = "skipped", _("Does not take place (nobody is told)")
