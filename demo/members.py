"""The demo's members, from members/<pays>.toml: invented organisations in real communes, with numbers of nobody."""

import tomllib
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path
from random import Random

from django.utils import timezone
from django.utils.text import slugify
from wagtail.models import Site

from commons.models import Sector
from members.changing import add_member
from members.columns import COLUMNS
from members.identifiers import rna_of_nobody, siret_of_nobody
from members.models import MemberIndexPage, MemberPage, Proposal, VerificationRequest
from members.profile import value_of
from members.vocabulary import Membership

FOLDER = Path(__file__).parent / "members"
MEMBERSHIPS = {"member": Membership.MEMBER, "participant": Membership.PARTICIPANT, "partner": Membership.PARTNER}
ACTIVITIES = {
    "alimentation": "46.31Z", "services-personne": "88.10A", "petite-enfance": "88.91A", "sante-social": "88.99B",
    "insertion": "78.20Z", "culture": "90.01Z", "sport-loisirs": "93.12Z", "habitat-batiment": "43.32A",
    "energie-environnement": "38.32Z", "reemploi": "47.79Z", "numerique": "62.01Z", "mobilite": "49.39A",
    "formation-emploi": "85.59A", "finance-assurance": "65.12Z", "industrie-artisanat": "16.23Z", "tourisme": "55.20Z",
    "commerce": "47.29Z",
}  # fmt: skip
# One cooperative that works in three pays, with one number: the portal shows it once.
SHARED = {
    "name": "Coopérative d’activités Les Aubépines",
    "family": "cae",
    "sectors": ["formation-emploi"],
    "summary": "Des entrepreneuses et entrepreneurs salariés, une comptabilité commune, un filet sous les pieds.",
    "siret": siret_of_nobody(99_001),
    "in": ("fougeres", "vitre", "rennes"),
}


@cache
def content_of(slug: str) -> dict:
    return tomllib.loads((FOLDER / f"{slug}.toml").read_text(encoding="utf-8"))


def load_members(site: Site, slug: str) -> None:
    """Publish the members of that pôle."""
    directory = MemberIndexPage.objects.child_of(site.root_page).first()
    if directory is None or MemberPage.objects.child_of(directory).exists():
        return
    random = Random(f"members:{slug}")
    content = content_of(slug)
    communes = {commune["name"]: commune for commune in content["communes"]}
    sectors = {sector.slug: sector for sector in Sector.objects.filter(locale=directory.locale)}
    taken, members = set(), []
    rank = sorted(path.stem for path in FOLDER.glob("*.toml")).index(slug)
    for number, written in enumerate(content["members"]):
        values = values_of(written, communes[written["commune"]], sectors, random, rank * 100 + number, slug)
        members.append(add_member(directory, values, taken))
    if slug in SHARED["in"]:
        commune = content["communes"][0]
        written = {
            **SHARED,
            "commune": commune["name"],
            "street": "1 allée des Métiers",
            "link": "member",
            "since": 2016,
        }
        values = values_of(written, commune, sectors, random, rank * 100 + 90, slug)
        add_member(directory, {**values, "siret": SHARED["siret"], "rna": ""}, taken)
    if len(members) > 20:
        leave_work(directory, members, taken)


def values_of(written: dict, commune: dict, sectors: dict, random: Random, number: int, slug: str) -> dict[str, object]:
    address = slugify(written["name"])
    is_association = written["family"] in ("association", "fondation")
    return {
        "nom": written["name"],
        "anciens_noms": "\n".join(written.get("former_names", [])),
        "famille": written["family"],
        "secteurs": [sectors[name] for name in written["sectors"] if name in sectors],
        "labels": written.get("labels", []),
        "siret": "" if is_association and number % 2 else siret_of_nobody(number),
        "rna": rna_of_nobody(number) if is_association else "",
        "code_activite": ACTIVITIES[written["sectors"][0]],
        "adresse": written["street"],
        "code_postal": commune["postcode"],
        "commune": commune["name"],
        "code_insee": commune["insee"],
        "latitude": Decimal(f"{commune['latitude'] + random.uniform(-0.008, 0.008):.6f}"),
        "longitude": Decimal(f"{commune['longitude'] + random.uniform(-0.012, 0.012):.6f}"),
        "site_web": f"https://{address[:40]}.example.org/" if random.random() < 0.7 else "",
        "courriel": f"{address[:40]}@{slug}.example.org" if random.random() < 0.9 else "",
        "telephone": f"02 61 91 {random.randint(0, 99):02} {random.randint(0, 99):02}",  # numbers kept for fictions
        "resume": written["summary"],
        "presentation": written.get("presentation", ""),
        "types_d_offre": written.get("offers", []),
        "offre": written.get("offer", ""),
        "publics": written.get("audiences", []),
        "territoire": written.get("area", ""),
        "salaries": Decimal(written.get("staff", 0)),
        "benevoles": written.get("volunteers", 0),
        "horaires": written.get("hours", ""),
        "accessibilite": written.get("accessibility", ""),
        "monnaie_locale": written.get("currency", ""),
        "lien": MEMBERSHIPS[written["link"]],
        "depuis": date(written["since"], random.randint(1, 12), 1),
        "verifie_le": timezone.localdate() - timedelta(days=random.randint(5, 500)) if random.random() < 0.85 else None,
    }


def leave_work(directory: MemberIndexPage, members: list[MemberPage], taken: set[str]) -> None:
    """What a pôle finds on its desk: corrections to answer, a question without an answer, a profile written twice."""
    first, second, *_rest = members
    Proposal.objects.create(
        member=first,
        origin=Proposal.Origin.ORGANISATION,
        texts={"telephone": "02 61 91 12 34", "horaires": "Du mardi au samedi, 9 h – 18 h"},
        sender=f"contact@{directory.get_parent().slug}.example.org",
    )
    VerificationRequest.objects.create(member=second, email=second.email or "contact@example.org")
    twin = {column.key: value_of(second, column) for column in COLUMNS if column.key not in ("siret", "rna", "siren")}
    add_member(directory, {**twin, "telephone": "", "site_web": ""}, taken)
