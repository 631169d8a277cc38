"""Where the pôles of the demo receive people: contact pages with their teams, messages that wait, shared wordings."""

import random
from datetime import timedelta

from django.conf import settings
from django.utils import timezone
from wagtail.models import Locale, Site

from core.models import SiteIdentity
from core.public_forms import new_key
from home.models import ContactPage, InvolvementText
from home.reception import Purpose
from inbox.models import Message
from poles.registry import Pole

WORDINGS = {
    Purpose.PROJECT: (
        "Créer, reprendre, développer : parlez-en à quelqu’un, c’est gratuit.",
        "<p>Une activité à créer, une entreprise à reprendre, une association qui change d’échelle : racontez-nous en "
        "quelques lignes. Une personne du pôle vous répond sous une semaine, vous écoute une heure, et vous présente à "
        "celles et ceux qui pourront vous accompagner. <b>Le premier rendez-vous est gratuit et confidentiel.</b></p>",
    ),
    Purpose.MEMBERSHIP: (
        "Associations, coopératives, entreprises, habitants : le pôle, c’est vous.",
        "<p>Adhérer, c’est voter à l’assemblée, figurer dans l’annuaire, participer aux groupes de travail et être "
        "prévenu de ce qui se prépare sur le territoire.</p>",
    ),
    Purpose.VOLUNTEERING: (
        "Une heure, un savoir-faire, une soirée : il y a à faire pour tout le monde.",
        "<p>Tenir un stand, relire un dossier, animer un atelier, porter des tables : dites-nous ce que vous aimeriez "
        "faire et quand. On vous appelle.</p>",
    ),
}
TEAMS = [
    ("Nolwenn", "Coordination du pôle", "Du lundi au jeudi"),
    ("Malo", "Création et reprise d’activités", "Mardi et jeudi"),
    ("Fatou", "Vie du réseau et communication", "Du mardi au vendredi"),
    ("Gwenaël", "Emploi et insertion", "Lundi et mercredi"),
    ("Inès", "Économie circulaire", "Mercredi et jeudi"),
]
HOURS = [
    "Du mardi au jeudi, 9 h – 12 h 30 et 14 h – 17 h 30\nLes autres jours sur rendez-vous",
    "Lundi, mardi et jeudi, 9 h 30 – 12 h 30\nMercredi, 14 h – 18 h",
    "Du lundi au vendredi, 9 h – 12 h\nL’après-midi sur rendez-vous",
]
DIRECTIONS = (
    "<p>À cinq minutes à pied de la gare, arrêt de bus « Coopération ». Abri à vélos dans la cour. "
    "L’entrée est de plain-pied.</p>"
)
RECEIVED = [
    ("project", "Un projet à {town}", "Bonjour, je voudrais ouvrir un atelier de réparation de vélos avec deux amis. "
     "Nous avons un local en vue et peu d’argent. Par où commencer ?", "Maëlle", 2,
     [["Dans quelle commune ?", "{town}"], ["Où en êtes-vous ?", "J’ai une idée"]]),
    ("contact", "Prêt de salle en janvier", "Notre association cherche une salle pour trente personnes un samedi de "
     "janvier. En connaissez-vous une ?", "Un bureau d’association", 5, []),
    ("correction", "Erreur sur une fiche de l’annuaire", "La porte est désormais côté cour, au numéro 12 bis.", "", 8,
     []),
]  # fmt: skip


def number_of(slug: str) -> int:
    """Seven figures at most, always the same for a pôle."""
    return random.Random(slug).randint(0, 9_999_999)


def phone_of(slug: str) -> str:
    """A number of those that the regulator keeps for fiction (02 61 91 …)."""
    number = number_of(slug) % 10_000
    return f"02 61 91 {number // 100:02} {number % 100:02}"


def load_wordings() -> None:
    """Those of the network, where it has written none."""
    locale = Locale.objects.get(language_code=settings.LANGUAGE_CODE)
    for purpose, (summary, introduction) in WORDINGS.items():
        if not InvolvementText.objects.filter(purpose=purpose, locale=locale).exists():
            text = InvolvementText(purpose=purpose, summary=summary, introduction=introduction, locale=locale)
            text.save()
            text.save_revision().publish()


def receive_at(site: Site, slug: str, pole: Pole | None = None) -> None:
    """Give a site its telephone number, its hours and its team, and the pôle some messages to answer."""
    chosen = random.Random(f"contact {slug}")
    identity = SiteIdentity.for_site(site)
    identity.phone = phone_of(slug)
    identity.save()
    page = ContactPage.objects.child_of(site.root_page).get()
    page.opening_hours = chosen.choice(HOURS)
    page.directions = DIRECTIONS
    page.team = [
        {"type": "person", "value": {"name": name, "role": role, "portrait": None, "phone": "", "days": days}}
        for name, role, days in chosen.sample(TEAMS, chosen.randint(2, 4))
    ]
    if pole is not None:
        page.latitude, page.longitude = pole.pays.latitude, pole.pays.longitude
        leave_messages(site, slug, pole)
    page.save_revision().publish()


def leave_messages(site: Site, slug: str, pole: Pole) -> None:
    for kind, subject, body, name, days_ago, details in RECEIVED:
        moment = timezone.now() - timedelta(days=days_ago, hours=3)
        Message.objects.create(
            home=site.root_page,
            kind=kind,
            subject=subject.format(town=pole.pays.name),
            body=body,
            details=[[label, answer.format(town=pole.pays.name)] for label, answer in details],
            name=name,
            email=f"visite@{slug}.example.org" if name else "",
            answer_by=Message.AnswerBy.MAIL if name else "",
            form_key=new_key(),
            created_at=moment,
            mailed_at=moment,
        )
