"""The columns of a directory as a table: one for each thing that a profile says, the same in every file, out or in.

The headers of exports are the `key`s. They are the format that others rely on: a column may be added, none renamed.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from django.utils.translation import gettext_lazy

from members import cells
from members.identifiers import check_naf, check_rna, check_siren, check_siret
from members.vocabulary import Family, Label, MemberAudience, Membership, Nomenclature, Offer


@dataclass(frozen=True)
class Column:
    """`read` makes of a cell what the field of the profile holds, or raises; `write` the other way."""

    key: str
    field: str
    label: str
    read: Callable[[str], object]
    write: Callable[[object], str]
    also: tuple[str, ...] = ()  # other headers that mean it
    example: str = ""
    is_public: bool = True
    is_long: bool = False


FAMILIES = {
    "association loi 1901": "association",
    "asso": "association",
    "association 1901": "association",
    "societe cooperative et participative": "scop",
    "sarl scop": "scop",
    "sa scop": "scop",
    "scop sarl": "scop",
    "scop sa": "scop",
    "societe cooperative d interet collectif": "scic",
    "scic sarl": "scic",
    "scic sas": "scic",
    "cooperative d activites et d emploi": "cae",
    "cooperative": "cooperative",
    "autre cooperative": "cooperative",
    "mutuelle": "mutuelle",
    "fondation": "fondation",
    "fonds de dotation": "fondation",
    "entreprise esus": "esus",
    "societe commerciale esus": "esus",
    "entreprise solidaire d utilite sociale": "esus",
}
LABELS = {
    "agrement esus": "esus",
    "siae": "iae",
    "insertion": "iae",
    "entreprise adaptee": "ea",
    "ab": "bio",
    "agriculture biologique": "bio",
    "commerce equitable": "equitable",
}
MEMBERSHIPS = {"adherent": "membre", "adherente": "membre", "oui": "membre"}
AUDIENCES = {
    "habitants": "particuliers",
    "menages": "particuliers",
    "tout public": "particuliers",
    "mairies": "collectivites",
    "professionnels": "entreprises",
}
OFFERS = {"produit": "produits", "service": "services", "lieux": "lieu", "salle": "lieu", "conseil": "formation"}
NOMENCLATURES = {"rev 2": "naf-rev2", "naf rev 2": "naf-rev2", "2008": "naf-rev2", "2025": "naf-2025"}

COLUMNS = (
    Column(
        "nom",
        "title",
        gettext_lazy("name"),
        cells.read_line,
        cells.write_text,
        (
            "name",
            "raison sociale",
            "structure",
            "denomination",
            "organisation",
            "nom de la structure",
            "intitule",
            "association",
        ),
        "Les Copeaux",
    ),
    Column(
        "anciens_noms",
        "former_names",
        gettext_lazy("former names"),
        cells.read_lines,
        cells.write_lines,
        ("ancien nom", "ancienne denomination"),
    ),
    Column(
        "famille",
        "family",
        gettext_lazy("family of the ESS"),
        partial(cells.read_choice, Family, FAMILIES),
        cells.write_text,
        ("statut", "statut juridique", "forme juridique", "type de structure", "famille ess"),
        "scop",
    ),
    Column(
        "secteurs",
        "sectors",
        gettext_lazy("sectors"),
        cells.read_sectors,
        cells.write_sectors,
        ("secteur", "secteur d activite", "activite", "domaine", "domaines", "activites"),
        "habitat-batiment | insertion",
    ),
    Column(
        "labels",
        "labels",
        gettext_lazy("labels and approvals"),
        partial(cells.read_choices, Label, LABELS),
        cells.write_list,
        ("label", "agrement", "agrements"),
        "esus | bio",
    ),
    Column(
        "siret",
        "siret",
        gettext_lazy("SIRET"),
        cells.number(check_siret),
        cells.write_text,
        ("n siret", "numero siret", "no siret"),
        "91234567500017",
    ),
    Column(
        "siren",
        "siren",
        gettext_lazy("SIREN"),
        cells.number(check_siren),
        cells.write_text,
        ("n siren", "numero siren"),
    ),
    Column(
        "rna",
        "rna",
        gettext_lazy("RNA number"),
        cells.number(check_rna),
        cells.write_text,
        ("n rna", "numero rna", "identifiant rna", "waldec"),
        "W353001234",
    ),
    Column(
        "code_activite",
        "activity_code",
        gettext_lazy("activity code"),
        cells.number(check_naf),
        cells.write_text,
        ("ape", "code ape", "naf", "code naf"),
        "43.32A",
    ),
    Column(
        "nomenclature",
        "nomenclature",
        gettext_lazy("nomenclature"),
        partial(cells.read_choice, Nomenclature, NOMENCLATURES),
        cells.write_text,
        (),
        "naf-rev2",
    ),
    Column(
        "adresse",
        "street",
        gettext_lazy("street"),
        cells.read_line,
        cells.write_text,
        ("rue", "voie", "adresse postale", "adresse 1", "numero et voie"),
    ),
    Column(
        "code_postal",
        "postcode",
        gettext_lazy("postcode"),
        cells.read_postcode,
        cells.write_text,
        ("cp", "code postal"),
        "35300",
    ),
    Column("commune", "commune", gettext_lazy("commune"), cells.read_line, cells.write_text, ("ville", "localite")),
    Column(
        "code_insee",
        "insee_code",
        gettext_lazy("INSEE code of the commune"),
        cells.read_postcode,
        cells.write_text,
        ("insee", "code commune", "code insee commune"),
        "35115",
    ),
    Column(
        "latitude",
        "latitude",
        gettext_lazy("latitude"),
        cells.read_degrees,
        cells.write_decimal,
        ("lat", "y"),
        "48.3525",
    ),
    Column(
        "longitude",
        "longitude",
        gettext_lazy("longitude"),
        cells.read_degrees,
        cells.write_decimal,
        ("lon", "long", "lng", "x"),
        "-1.2046",
    ),
    Column(
        "site_web",
        "website",
        gettext_lazy("website"),
        cells.read_url,
        cells.write_text,
        ("site", "site internet", "url", "web", "www"),
    ),
    Column(
        "courriel",
        "email",
        gettext_lazy("e-mail address"),
        cells.read_email,
        cells.write_text,
        ("email", "e mail", "mail", "adresse mail", "adresse e mail", "mel", "courrier electronique"),
        is_public=False,
    ),
    Column(
        "telephone",
        "phone",
        gettext_lazy("telephone"),
        cells.read_phone,
        cells.write_text,
        ("tel", "numero de telephone", "tel fixe", "portable"),
    ),
    Column(
        "reseaux_sociaux",
        "social_links",
        gettext_lazy("social networks"),
        cells.read_addresses,
        cells.write_words,
        ("reseaux", "facebook", "mastodon", "instagram"),
    ),
    Column(
        "resume",
        "summary",
        gettext_lazy("summary"),
        cells.read_text,
        cells.write_text,
        ("accroche", "objet", "description courte"),
        is_long=True,
    ),
    Column(
        "presentation",
        "presentation",
        gettext_lazy("presentation"),
        cells.read_text,
        cells.write_text,
        ("description", "texte", "projet"),
        is_long=True,
    ),
    Column(
        "types_d_offre",
        "offers",
        gettext_lazy("what it offers"),
        partial(cells.read_choices, Offer, OFFERS),
        cells.write_list,
        ("type d offre", "offres"),
        "produits | services",
    ),
    Column(
        "offre",
        "offer",
        gettext_lazy("its products and services"),
        cells.read_text,
        cells.write_text,
        ("produits et services", "prestations", "produits", "catalogue"),
        is_long=True,
    ),
    Column(
        "publics",
        "audiences",
        gettext_lazy("for whom"),
        partial(cells.read_choices, MemberAudience, AUDIENCES),
        cells.write_list,
        ("public", "publics vises", "clients"),
        "particuliers | collectivites",
    ),
    Column(
        "territoire",
        "area",
        gettext_lazy("in what area"),
        cells.read_line,
        cells.write_text,
        ("zone", "zone d intervention", "perimetre", "rayon d action"),
    ),
    Column(
        "salaries",
        "staff",
        gettext_lazy("employees"),
        cells.read_tenths,
        cells.write_decimal,
        ("nombre de salaries", "effectif", "etp", "nb salaries"),
        "4.5",
    ),
    Column(
        "benevoles",
        "volunteers",
        gettext_lazy("volunteers"),
        cells.read_whole,
        cells.write_whole,
        ("nombre de benevoles", "nb benevoles"),
        "30",
    ),
    Column(
        "horaires",
        "opening_hours",
        gettext_lazy("opening hours"),
        cells.read_text,
        cells.write_text,
        ("horaires d ouverture", "ouverture"),
        is_long=True,
    ),
    Column(
        "accessibilite",
        "accessibility",
        gettext_lazy("accessibility"),
        cells.read_text,
        cells.write_text,
        ("accessibilite pmr", "acces pmr"),
        is_long=True,
    ),
    Column(
        "monnaie_locale",
        "local_currency",
        gettext_lazy("local currency accepted"),
        cells.read_currency,
        cells.write_text,
        ("monnaie",),
    ),
    Column(
        "lien",
        "membership",
        gettext_lazy("link with the pôle"),
        partial(cells.read_choice, Membership, MEMBERSHIPS),
        cells.write_text,
        ("adhesion", "adherent", "statut d adhesion", "type d adhesion"),
        "membre",
    ),
    Column(
        "depuis",
        "since",
        gettext_lazy("since"),
        cells.read_date,
        cells.write_date,
        ("date d adhesion", "membre depuis", "adherent depuis"),
        "2019-03-01",
    ),
    Column(
        "jusqu_a",
        "until",
        gettext_lazy("until"),
        cells.read_date,
        cells.write_date,
        ("date de fin", "fin d adhesion", "jusqu au", "jusqu a"),
    ),
    Column(
        "verifie_le",
        "verified_on",
        gettext_lazy("verified on"),
        cells.read_past,
        cells.write_date,
        ("date de verification", "mis a jour le", "date de mise a jour"),
        "2026-03-05",
    ),
)
BY_KEY = {column.key: column for column in COLUMNS}
BY_FIELD = {column.field: column for column in COLUMNS}
