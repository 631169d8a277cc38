"""The demo network, made through the product's own services.

Each pôle is one transaction: an interrupted load goes on where it stopped, and what is there is left as it is.
"""

import tomllib
from collections.abc import Callable
from datetime import date, timedelta
from functools import cached_property, partial
from pathlib import Path
from random import Random
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from wagtail.models import Collection, Locale, Page, Site
from wagtail.rich_text import RichText

from articles.models import ArticleIndexPage, ArticlePage, ArticleTopic
from commons.body import name_anchors
from commons.models import Charter, Principle, PrinciplesPage, Sector, Signature, Topic
from core.models import SiteIdentity, SiteImage
from core.seams import brought
from demo import breton
from demo.bodies import contact, stream
from demo.drawings import draw_scene
from demo.events import load_events
from demo.members import load_members
from demo.reception import load_wordings, number_of, receive_at
from demo.shared_content import (
    BEST_BETS,
    CHARTERS,
    EXAMPLES,
    NOT_SIGNED_YET,
    PORTAL,
    PRINCIPLES,
    SECTORS,
    SYNONYMS,
    TOPICS,
)
from demo.videos import PORTAL as VIDEOS_OF_THE_PORTAL
from demo.videos import load_videos, series_of
from home.models import StandardPage
from network.provisioning import add_page, provision_pole, provision_portal
from poles import roles
from poles.collections import SHARED_COLLECTION
from poles.registry import Pays, Pole, PoleStatus
from search.models import BestBet, SynonymGroup

CONTENT = Path(__file__).parent / "content"
NAMES = {
    "fougeres": "EcoSolidaires",
    "tregor-goelo": "Adess Trégor-Goëlo",
    "cornouaille": "Adess Cornouaille",
}
SECTIONS = {"projets": "Projets accompagnés", "vie-du-pole": "Vie du pôle", "dossiers": "Dossiers"}
BRETON = {
    "tregor-goelo": "<p>Degemer mat war lec’hienn Adess Treger-Goueloù. Bodañ a ra ar gevredigezh strolladoù hag "
    "embregerezhioù an ekonomiezh kevredigezhel ha kengret er vro. Ur raktres ho peus? Deuit da welet ac’hanomp.</p>",
}
# palette, typefaces and motif
LOOKS = {
    "brest": ("ocean", "moderne", "phare"),
    "broceliande": ("bruyere", "livre", "pierres"),
    "centre-ouest-bretagne": ("ajonc", "atelier", "bocage"),
    "cornouaille": ("bruyere", "classique", "hermines"),
    "dinan": ("granit-rose", "classique", "voiles"),
    "fougeres": ("ardoise", "affiche", "ardoises"),
    "lorient": ("phare", "affiche", "voiles"),
    "morlaix": ("goemon", "livre", "vagues"),
    "ploermel": ("bocage", "rond", "pierres"),
    "pontivy": ("hortensia", "moderne", "bocage"),
    "redon": ("emeraude", "rond", "vagues"),
    "rennes": ("granit-rose", "moderne", "hermines"),
    "saint-brieuc": ("ocean", "atelier", "vagues"),
    "saint-malo": ("emeraude", "classique", "voiles"),
    "tregor-goelo": ("granit-rose", "rond", "phare"),
    "vallons-de-vilaine": ("bocage", "classique", "bocage"),
    "vannes": ("goemon", "atelier", "pierres"),
    "vitre": ("ajonc", "moderne", "ardoises"),
}
# the others welcome their visitors with their motif
HOME_SCENES = {
    "cornouaille": "town",
    "lorient": "coast",
    "morlaix": "town",
    "ploermel": "town",
    "pontivy": "town",
    "rennes": "town",
    "saint-brieuc": "coast",
    "saint-malo": "coast",
    "vannes": "town",
}
FIRST_NAMES = {"publication": "Annaïg", "redaction": "Yann", "reseau": "Soizic", "admin": "Alex"}
BEING_STUDIED = ("auray", "centre-bretagne", "guingamp")
DOMAIN = "localhost"
CREDIT = "Dessin de démonstration"


def pole_slugs() -> list[str]:
    return sorted(path.stem for path in CONTENT.glob("*.toml"))


def hostname(slug: str) -> str:
    return f"{slug}.{DOMAIN}"


def pole_name(slug: str) -> str:
    return NAMES.get(slug) or f"Pôle ESS {Pays.objects.get(slug=slug).name}"


def account_emails(slug: str) -> dict[str, str]:
    return {role.label: f"{slugify(role.label)}.{slug}@example.org" for role in roles.POLE_ROLES}


def load_demo(progress: Callable[[str], None] = lambda step: None, only: list[str] | None = None) -> None:
    """Load what is missing of the demo network; `progress` is called with the name of each step done.

    `only` limits the pôles to these pays.
    """
    with transaction.atomic():
        load_network()
    progress("Réseau")
    for slug in only or pole_slugs():
        with transaction.atomic():
            PoleLoader(slug).load()
        progress(slug)
    with transaction.atomic():
        load_studies()
    follow_port()
    progress("Préfigurations")


def steps(only: list[str] | None = None) -> int:
    return len(only or pole_slugs()) + 2


def load_network() -> None:
    report = provision_portal(hostname=urlsplit(settings.WAGTAILADMIN_BASE_URL).hostname)
    if not Topic.objects.exists():
        load_shared_content()
        load_shared_breton()
        load_search_words()
    load_wordings()
    make_account("admin@example.org", is_superuser=True)
    make_account("reseau@example.org", group=Group.objects.get(name=roles.RESEAU.label))
    shared = Collection.objects.get(name=SHARED_COLLECTION, depth=2)
    load_videos(
        report.site, VIDEOS_OF_THE_PORTAL, shared, partial(draw_for, "reseau", PORTAL["identity"]["palette"], shared)
    )
    identity = SiteIdentity.for_site(report.site)
    if identity.tagline:
        return
    for name, value in PORTAL["identity"].items():
        setattr(identity, name, value)
    identity.save()
    receive_at(report.site, "reseau")
    about = StandardPage.objects.child_of(report.site.root_page).first()
    about.body = stream(PORTAL["about"], draw=None)
    name_anchors(about.body)
    about.save_revision().publish()


def load_shared_content() -> None:
    locale = Locale.objects.get(language_code=settings.LANGUAGE_CODE)
    for slug, name, description in TOPICS:
        publish(Topic(slug=slug, name=name, description=description, locale=locale))
    for slug, name in SECTORS:
        publish(Sector(slug=slug, name=name, locale=locale))
    for order, principle in enumerate(PRINCIPLES, start=1):
        publish(Principle(sort_order=order, locale=locale, **principle))
    for charter in CHARTERS:
        years_ago = charter["years_ago"]
        publish(
            Charter(
                title=charter["title"],
                version=charter["version"],
                in_force_from=date(timezone.localdate().year - years_ago, 1, 15),
                introduction=charter["introduction"],
                commitments=[
                    {"type": "commitment", "value": {"title": title, "text": text}}
                    for title, text in charter["commitments"]
                ],
                locale=locale,
            )
        )


def load_shared_breton() -> None:
    """What the network shares, in Breton, so that each pôle that has opened it shows it."""
    locale = Locale.objects.get(language_code="br")

    def translate(row, **texts) -> None:
        translated = row.copy_for_translation(locale)
        for name, text in texts.items():
            setattr(translated, name, text)
        publish(translated)

    for sector in Sector.objects.filter(locale__language_code=settings.LANGUAGE_CODE):
        translate(sector, name=breton.SECTORS[sector.slug])
    for topic in Topic.objects.filter(locale__language_code=settings.LANGUAGE_CODE):
        name, description = breton.TOPICS[topic.slug]
        translate(topic, name=name, description=description)
    for principle in Principle.objects.filter(locale__language_code=settings.LANGUAGE_CODE):
        title, summary, text = breton.PRINCIPLES[principle.slug]
        translate(principle, title=title, summary=summary, text=text)
    in_force = Charter.objects.filter(locale__language_code=settings.LANGUAGE_CODE).adopted().first()
    commitments = [
        {"type": "commitment", "value": {"title": title, "text": text}} for title, text in breton.CHARTER["commitments"]
    ]
    translate(
        in_force,
        title=breton.CHARTER["title"],
        introduction=breton.CHARTER["introduction"],
        commitments=commitments,
    )


def load_search_words() -> None:
    for words in SYNONYMS:
        SynonymGroup.objects.create(words="\n".join(words))
    for words, address in BEST_BETS:
        BestBet.objects.create(words="\n".join(words), address=address)


def publish(snippet) -> None:
    snippet.save()
    snippet.save_revision().publish()


def make_account(email: str, *, group: Group | None = None, is_superuser: bool = False) -> None:
    User = get_user_model()
    if User.objects.filter(email=email).exists():
        return
    user = User.objects.create_user(
        email,
        settings.DEMO_PASSWORD,
        is_superuser=is_superuser,
        is_staff=is_superuser,
        first_name=FIRST_NAMES.get(email.split("@")[0].split(".")[0], ""),
    )
    if group:
        user.groups.add(group)


def load_studies() -> None:
    """The three pays where a pôle is being studied: in the register, without a site."""
    for slug in BEING_STUDIED:
        pays = Pays.objects.get(slug=slug)
        pole, created = Pole.objects.get_or_create(pays=pays, defaults={"name": f"Pôle ESS {pays.name}"})
        if created:
            PoleStatus.objects.create(
                pole=pole,
                status=PoleStatus.Status.PREFIGURATION,
                since=timezone.localdate() - timedelta(days=240),
                note="Étude portée avec le conseil de développement",
            )


def follow_port() -> None:
    """The demo may be served on another port than last time."""
    for site in Site.objects.exclude(port=settings.SITES_PORT):
        if site.hostname == DOMAIN or site.hostname.endswith(f".{DOMAIN}"):
            site.port = settings.SITES_PORT
            site.save()


def draw_for(slug: str, palette: str, collection: Collection, scene: str, alt: str) -> SiteImage:
    """A drawn picture, stored in that collection."""
    image = SiteImage(
        title=alt.removeprefix("Dessin : ")[:120] or "Bandeau d’accueil",
        description=alt,
        is_decorative=not alt,
        credit=CREDIT,
        licence="cc0",
        collection=collection,
        file=ContentFile(draw_scene(scene, palette, f"{slug}:{alt}"), name=f"{slug}-{scene}.jpg"),
    )
    image.save()
    return image


def first_sentence(html: str) -> str:
    """What a home says of its pôle; the page « Le pôle » says the rest."""
    return f"{html.partition('. ')[0].removesuffix('</p>').rstrip('.')}.</p>"


class PoleLoader:
    """One pôle with its accounts, pictures, pages and articles."""

    def __init__(self, slug: str):
        self.slug = slug
        self.random = Random(slug)
        self.palette, self.typeface, self.motif = LOOKS[slug]

    @cached_property
    def content(self) -> dict:
        return tomllib.loads((CONTENT / f"{self.slug}.toml").read_text(encoding="utf-8"))

    def load(self) -> None:
        known = Pole.objects.filter(pays__slug=self.slug).select_related("site__root_page").first()
        if known and known.site and ArticlePage.objects.descendant_of(known.site.root_page).exists():
            load_events(known.site, self.slug, self.draw)  # whose dates are counted from today
            return
        name = pole_name(self.slug)
        self.report = provision_pole(
            pays=self.slug,
            name=name,
            hostname=hostname(self.slug),
            palette=self.palette,
            email=f"contact@{self.slug}.example.org",
        )
        self.pole, self.site = self.report.pole, self.report.site
        self.home = self.site.root_page.specific
        self.collection = self.pole.collection
        self.back_date_opening()
        self.sign_charters()
        for role in roles.POLE_ROLES:
            make_account(account_emails(self.slug)[role.label], group=getattr(self.pole, role.held_by))
        self.write_identity()
        self.write_about()
        receive_at(self.site, self.slug, self.pole)
        load_videos(self.site, self.slug, self.collection, self.draw)
        load_members(self.site, self.slug)
        load_events(self.site, self.slug, self.draw)
        self.write_articles()
        self.write_examples()
        for loader in brought("demo_loaders"):
            loader.load(self.pole)
        self.write_home()
        if self.slug in BRETON:
            self.write_breton_home()

    def back_date_opening(self) -> None:
        self.pole.statuses.all().delete()
        opened = timezone.localdate() - timedelta(days=self.random.randint(1200, 4200))
        study = opened - timedelta(days=self.random.randint(300, 600))
        for status, since in ((PoleStatus.Status.PREFIGURATION, study), (PoleStatus.Status.ACTIVE, opened)):
            PoleStatus.objects.create(pole=self.pole, status=status, since=since)

    def sign_charters(self) -> None:
        """Each version in the year after it came, but for the pôles that have not come round to the second yet."""
        versions = Charter.objects.filter(locale__language_code=settings.LANGUAGE_CODE).adopted()
        days = Random(f"{self.slug} signs")
        for charter in versions:
            if charter == versions[0] and self.slug in NOT_SIGNED_YET:
                continue
            day = charter.in_force_from + timedelta(days=days.randint(10, 330))
            Signature.objects.create(pole=self.pole, charter=charter, signed_on=day)

    def write_identity(self) -> None:
        identity = SiteIdentity.for_site(self.site)
        identity.typeface, identity.motif = self.typeface, self.motif
        identity.tagline = self.content["tagline"]
        identity.publisher = f"Association {self.pole.name}"
        identity.publication_director = "La présidence de l’association"
        identity.street_address = "1 place de la Coopération"
        identity.host_name = "Hébergeur associatif de démonstration"
        identity.host_address = "2 rue des Serveurs, 35000 Rennes"
        identity.host_phone = "02 61 91 00 00"
        identity.registration = f"RNA W35{number_of(self.slug):07}"
        identity.social_links = [
            {
                "type": "account",
                "value": {"network": "mastodon", "url": f"https://social.example.org/@{self.slug}"},
            }
        ]
        identity.save()

    def draw(self, scene: str, alt: str) -> SiteImage:
        return draw_for(self.slug, self.palette, self.collection, scene, alt)

    def write_about(self) -> None:
        self.about = StandardPage.objects.child_of(self.home).get(slug="le-pole")
        welcome = {"type": "paragraph", "html": self.content["welcome"]}
        self.about.body = stream([welcome, *self.content["about"]], self.draw)
        name_anchors(self.about.body)
        self.about.summary = self.content["tagline"]
        self.about.save_revision().publish()

    def write_articles(self) -> None:
        index = ArticleIndexPage.objects.child_of(self.home).first()
        wanted = {article["section"] for article in self.content["articles"]} - {""}
        sections = {"": index}
        for slug, title in SECTIONS.items():
            if slug in wanted:
                sections[slug] = ArticleIndexPage(title=title, slug=slug)
                add_page(self.report, index, sections[slug])
        self.topics = {
            topic.slug: topic for topic in Topic.objects.filter(locale__language_code=settings.LANGUAGE_CODE)
        }
        for article in sorted(self.content["articles"], key=lambda article: -article["days_ago"]):
            self.write_article(sections[article["section"]], article)

    def write_article(self, index: ArticleIndexPage, content: dict) -> None:
        moment = timezone.now().replace(hour=self.random.randint(8, 17), minute=self.random.choice((0, 15, 30, 45)))
        moment -= timedelta(days=content["days_ago"])
        page = ArticlePage(
            title=content["title"],
            slug=slugify(content["title"])[:80],
            summary=content["lead"],
            published_at=moment,
            listing_image=self.draw(content["scene"], content["image_alt"]) if content["scene"] else None,
            body=stream(content["body"], self.draw),
            byline=[{"type": "author", "value": {"role": "", "organisation": "", **content["byline"]}}],
            sources=[
                {
                    "type": "source",
                    "value": {
                        "title": source["title"],
                        "publisher": source.get("publisher", ""),
                        "year": source.get("year"),
                        "url": source.get("url", ""),
                    },
                }
                for source in content["sources"]
            ],
            contact=[{"type": "contact", "value": contact(content["contact"])}] if "contact" in content else [],
        )
        page.page_topics = [ArticleTopic(topic=self.topics[slug]) for slug in content["topics"]]
        name_anchors(page.body)
        add_page(self.report, index, page)
        Page.objects.filter(pk=page.pk).update(
            first_published_at=moment, last_published_at=moment, latest_revision_created_at=moment
        )

    def write_examples(self) -> None:
        page = PrinciplesPage.objects.child_of(self.home).get()
        for slug, (text, words) in EXAMPLES.get(self.slug, {}).items():
            principle = Principle.objects.get(slug=slug, locale=page.locale)
            article = ArticlePage.objects.descendant_of(self.home).get(title__contains=words)
            page.examples.append(("example", {"principle": principle, "text": RichText(text), "page": article}))
        page.save_revision().publish()

    def write_home(self) -> None:
        scene = HOME_SCENES.get(self.slug)
        hero = self.draw(scene, "") if scene else None
        self.home.body = [
            {
                "type": "welcome",
                "value": {
                    "title": "",
                    "text": first_sentence(self.content["welcome"]),
                    "image": {"image": hero.pk if hero else None, "decorative": True, "alt_text": ""},
                    "buttons": [],
                },
            },
            {"type": "upcoming_events", "value": {"title": "", "count": 6}},
            {"type": "latest_articles", "value": {"title": "", "count": 5}},
            *([{"type": "latest_videos", "value": {"title": "", "count": 3}}] if series_of(self.slug) else []),
            {"type": "principles", "value": {"title": ""}},
        ]
        self.home.summary = self.content["tagline"]
        self.home.save_revision().publish()

    def write_breton_home(self) -> None:
        """The home page in Breton, for a pôle that opted in; the lists of its menu come with it."""
        identity = SiteIdentity.for_site(self.site)
        identity.breton_enabled = True
        identity.save()
        home = self.home.get_translation(Locale.objects.get(language_code="br")).specific
        home.body = [
            {
                "type": "welcome",
                "value": {"title": "", "text": BRETON[self.slug], "image": None, "buttons": []},
            },
            {"type": "principles", "value": {"title": ""}},
        ]
        home.save_revision().publish()
