"""A small network to look for things in, and what must come among the first five for each query."""

from datetime import timedelta

from django.utils import timezone

from search.models import SynonymGroup
from tests.factories import (
    ArticlePageFactory,
    CharterFactory,
    EventPageFactory,
    MemberPageFactory,
    PrincipleFactory,
    SectorFactory,
    StandardPageFactory,
    TopicFactory,
    VideoPageFactory,
)

SYNONYMS = [
    "ressourcerie\nrecyclerie",
    "AMAP\npanier de légumes",
    "subvention\nfinancement",
    "ESS\néconomie sociale et solidaire",
]
ARTICLES = {
    "Une monnaie qui ne quitte pas la rade": "La monnaie locale circule entre les commerces.",
    "La coopérative de plaisance change de cap": "Cent sociétaires ont voté.",
    "Devenir bénévole sans s’épuiser": "Le bénévolat ne s’improvise pas.",
    "Financer son premier projet": "Prêts d’honneur, dons, et le reste.",
    "Créer une association en dix étapes": "Les aides à la création, pas à pas.",
    "La SCOP en huit questions": "Qui commande dans une société coopérative ?",
    "L’agrément ESUS, mode d’emploi": "economie sociale | Entreprise solidaire d’utilité sociale.",
    "Le DLA, pour qui ?": "Le dispositif local d’accompagnement aide les associations employeuses.",
    "SIAE : insérer par le travail": "L’insertion par l’activité économique.",
    "Nous cherchons un·e chargé·e de mission": "Candidatures jusqu’au mois prochain.",
    "Œuvrer ensemble dans les Côtes-d’Armor": "Trois pôles se parlent.",
    "Réparer plutôt que jeter": "Un atelier de réparation chaque samedi.",
    "Louer des locaux partagés": "La location à plusieurs.",
    "Former les administrateurs": "Une formation en deux soirs.",
    "Le covoiturage du lundi": "Sept communes, quarante conducteurs.",
    "Chauffer l’école au bois": "Une énergie d’ici.",
    "Rédiger ses statuts": "La rédaction, article par article.",
    "Agriculteurs et cantines": "Producteurs bio du pays.",
    "Solidarité avec les voisins": "Un café solidaire a ouvert.",
    "Entreprendre autrement": "Portraits d’entrepreneurs.",
}  # fmt: skip
MEMBERS = {
    "La Remise aux Merveilles": "Ressourcerie qui collecte et revend.",
    "Les Copeaux": "Menuiserie et agencement.",
    "Cuisine à quatre mains": "Traiteur bio pour vos réunions.",
    "L’Épicerie du Ponant": "Produits secs en vrac.",
    "Les Pas Menus": "Crèche parentale, vingt places.",
    "Pédales rousses": "Atelier vélo participatif.",
    "Le Jardin des Trois Haies": "Maraîchage et AMAP.",
    "Fil et Grand-Voile": "Couture et voilerie.",
    "Ty Boulange": "Boulangerie au levain.",
}
PAGES = {
    "Adhérer au pôle": "L’adhésion coûte trente euros.",
    "Nos conseils": "Conseiller, orienter.",
}
EVENTS = {"Fête du travail autrement": "Animation et spectacle.", "Ciné-débat : une usine à nous": "Une projection."}
VIDEOS = ["Les monnaies locales", "Reprendre en SCOP"]

# Title → the queries, among whose first five results it must be.
QUERIES = {
    "Une monnaie qui ne quitte pas la rade": "monnaie locale",
    "Les monnaies locales": "monnaies locales | monnaie locle",
    "La coopérative de plaisance change de cap": "coopertive | cooperatives | COOPÉRATIVE | coopératif",
    "Les principes de l’ESS": "économie sociale et solidaire | ESS",
    "Devenir bénévole sans s’épuiser": "benevole | benevoles | benevolat | bénévol",
    "Les Pas Menus": "creche | crèches",
    "Pédales rousses": "velo | vélos",
    "L’Épicerie du Ponant": "epicerie | l'épicerie | épicier",
    "Créer une association en dix étapes": (
        "associations | creation | créer | aide creation association | comment créer une association"
    ),
    "Le DLA, pour qui ?": "DLA | dispositif local d'accompagnement",
    "Financer son premier projet": "financer mon projet | financement | subvention | subventions",
    "La Remise aux Merveilles": "ressourcerie | recyclerie | recycleries | resourcerie | réemploi",
    "Les Copeaux": "menuisier | menuiserie | menuisière",
    "Cuisine à quatre mains": "traiteur | un traiteur | traiteurs",
    "La SCOP en huit questions": "SCOP | scops",
    "Reprendre en SCOP": "les SCOP",
    "L’agrément ESUS, mode d’emploi": "economie sociale | ESUS | agrement",
    "SIAE : insérer par le travail": "SIAE | insertion",
    "Œuvrer ensemble dans les Côtes-d’Armor": "cotes d'armor | Côtes-d’Armor | cotes darmor | oeuvrer | œuvre",
    "Pôle Nord": "nord | pole nord",
    "Nous cherchons un·e chargé·e de mission": (
        "chargée | chargé(e) de mission | chargé-e de mission | chargés de missions"
    ),
    "Lucrativité limitée": "lucrativité limitée | lucrativite | lucratif",
    "Contact": "contact | contacts",
    "Adhérer au pôle": "adhésion | adhesion | adhérent | adherer",
    "Réparer plutôt que jeter": "réparation | reparateur",
    "Louer des locaux partagés": "location | louer | local",
    "Former les administrateurs": "formation | administratrice",
    "Le covoiturage du lundi": "covoiturage | covoiturer",
    "Chauffer l’école au bois": "énergétique | energie",
    "Rédiger ses statuts": "rédaction",
    "Agriculteurs et cantines": "agricole | agricultrice",
    "Solidarité avec les voisins": "solidaire",
    "Entreprendre autrement": "entrepreneuse | entreprise",
    "Le Jardin des Trois Haies": "amap | panier de légumes | maraîcher",
    "Fil et Grand-Voile": "couturière",
    "Ty Boulange": "boulanger",
    "Nos conseils": "conseillère",
    "Fête du travail autrement": "animer | travailler",
    "Ciné-débat : une usine à nous": "cine debat",
    "Gouverner ensemble": "gouverner ensemble",
}


def write_corpus(pole) -> None:
    for words in SYNONYMS:
        SynonymGroup.objects.create(words=words)
    topic, sector = TopicFactory(name="Coopération"), SectorFactory(name="Réemploi")
    PrincipleFactory(title="Lucrativité limitée", summary="Les bénéfices restent dans l’entreprise.")
    CharterFactory(
        commitments=[{"type": "commitment", "value": {"title": "Gouverner ensemble", "text": "<p>Une voix.</p>"}}]
    )
    today = timezone.now()
    for number, (title, summary) in enumerate(ARTICLES.items()):
        ArticlePageFactory(
            parent=pole.index,
            title=title,
            summary=summary,
            published_at=today - timedelta(days=number),
            topics=[topic] if number % 7 == 1 else [],
        )
    for number, (title, summary) in enumerate(MEMBERS.items()):
        MemberPageFactory(parent=pole.directory, title=title, summary=summary, sectors=[sector] if not number else [])
    for title, summary in PAGES.items():
        StandardPageFactory(parent=pole.home, title=title, summary=summary)
    for title, summary in EVENTS.items():
        EventPageFactory(parent=pole.agenda, title=title, summary=summary)
    for title in VIDEOS:
        VideoPageFactory(parent=pole.video_index, title=title)
