"""Old addresses lead to new ones: each pôle looks after those of its own site, the network after all."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from wagtail.contrib.redirects.models import Redirect

from core.slugs import reserved_slugs
from tests.factories import (
    ArticleIndexPageFactory,
    ArticlePageFactory,
    EventPageFactory,
    MemberPageFactory,
    StandardPageFactory,
)
from tests.markup import compact
from tests.visits import commit

pytestmark = pytest.mark.django_db


def add(client, site, old_path: str, **target):
    data = {"old_path": old_path, "site": site.pk, "is_permanent": "on", "redirect_page": "", "redirect_link": ""}
    return client.post(reverse("wagtailredirects:add"), {**data, **target})


def import_lines(client, site, text: str = "", **more) -> str:
    data = {"site": site.pk, "lines": text, **more}
    response = client.post(reverse("wagtailredirects:start_import"), data, follow=True)
    return compact(response.content.decode())


@pytest.fixture
def target(north):
    return StandardPageFactory(parent=north.home, title="Nous écrire", slug="nous-ecrire")


def test_a_publisher_sends_an_old_address_of_their_site_to_a_page(north, target):
    assert "/admin/redirects/" in north.publisher_client.get(reverse("wagtailadmin_home")).content.decode()

    add(north.publisher_client, north.site, "/nous-joindre", redirect_page=target.pk)

    answer = north.visitor.get("/nous-joindre/")
    assert (answer.status_code, answer["Location"]) == (301, target.get_full_url())
    assert "/nous-joindre" in north.publisher_client.get(reverse("wagtailredirects:index")).content.decode()


def test_a_writer_has_no_redirects(north, target):
    add(north.writer_client, north.site, "/nous-joindre", redirect_page=target.pk)

    assert not Redirect.objects.exists()
    assert "/admin/redirects/" not in north.writer_client.get(reverse("wagtailadmin_home")).content.decode()


def test_an_address_is_taken_as_it_was_copied(north, target):
    add(north.publisher_client, north.site, " https://nord.test/contact.php?lang=fr ", redirect_page=target.pk)

    assert Redirect.objects.get().old_path == "/contact.php?lang=fr"


@pytest.mark.parametrize(
    ("old_path", "more", "said"),
    [
        ("/", {"redirect_link": "https://example.org/"}, "La page d’accueil ne peut pas mener ailleurs"),
        ("/nous-joindre", {}, "Choisissez une page ou indiquez une adresse"),
        ("/nous-ecrire", {"redirect_link": "https://example.org/"}, "Une page est à cette adresse"),
        ("/nous-joindre", {"redirect_link": "javascript:alert(1)"}, "valide"),
        ("http://[x", {"redirect_link": "https://example.org/"}, "Ce n’est pas une adresse"),
    ],
)
def test_what_makes_no_sense_is_refused_with_the_remedy_and_nothing_is_lost(north, target, old_path, more, said):
    html = compact(add(north.publisher_client, north.site, old_path, **more).content.decode())

    assert said in html
    assert f'value="{old_path}"' in html
    assert not Redirect.objects.exists()


def test_one_address_leads_to_one_place(north, target):
    add(north.publisher_client, north.site, "/nous-joindre", redirect_page=target.pk)

    said = add(
        north.publisher_client, north.site, "/nous-joindre/", redirect_link="https://example.org/"
    ).content.decode()

    assert "mène déjà ailleurs" in compact(said)
    assert Redirect.objects.count() == 1


def test_nobody_of_another_pole_sees_or_changes_them(north, south, target):
    add(north.publisher_client, north.site, "/nous-joindre", redirect_page=target.pk)
    kept = Redirect.objects.get()
    client = south.publisher_client

    assert "/nous-joindre" not in client.get(reverse("wagtailredirects:index")).content.decode()
    for name in ("edit", "delete"):
        url = reverse(f"wagtailredirects:{name}", args=[kept.pk])
        assert client.get(url).status_code == client.post(url, {"old_path": "/pris"}).status_code == 404
    refused = add(client, north.site, "/adhesion", redirect_link="https://mal.example.org/")
    assert refused.status_code == 200
    import_lines(client, north.site, "/adhesion;https://mal.example.org/")
    assert list(Redirect.objects.all()) == [kept]


def test_a_redirect_of_every_site_is_the_networks(north, network_client):
    data = {"old_path": "/forum", "site": "", "is_permanent": "on", "redirect_link": "https://forum.example.org/"}
    assert "Champ requis" in north.publisher_client.post(reverse("wagtailredirects:add"), data).content.decode()

    network_client.post(reverse("wagtailredirects:add"), data)

    assert north.visitor.get("/forum/")["Location"] == "https://forum.example.org/"
    assert "/forum" in network_client.get(reverse("wagtailredirects:index")).content.decode()
    assert "/forum" not in north.publisher_client.get(reverse("wagtailredirects:index")).content.decode()


def test_a_file_of_addresses_of_the_old_site_is_imported(north, target):
    article = ArticlePageFactory(parent=north.index, slug="le-four")
    lines = [
        "ancienne;nouvelle",
        "/contact.html;/nous-ecrire/",
        "http://nord.test/four;http://nord.test/actualites/le-four",
        "/flux;/actualites/rss/",
        "/dons;https://dons.example.org/",
        ";",
    ]
    file = SimpleUploadedFile("adresses.csv", "\r\n".join(lines).encode("cp1252"), "text/csv")

    said = import_lines(north.publisher_client, north.site, file=file)

    assert "4 redirections ajoutées" in said
    targets = {redirect.old_path: redirect.link for redirect in Redirect.objects.all()}
    assert targets == {
        "/contact.html": target.url,
        "/four": article.url,
        "/flux": f"{north.site.root_url}/actualites/rss/",
        "/dons": "https://dons.example.org/",
    }


def test_lines_that_cannot_be_taken_come_back_with_their_reason_to_be_corrected(north, target):
    said = import_lines(
        north.publisher_client, north.site, "/nous-joindre;/nous-ecrire\n/dons;/nulle-part\n/;/nous-ecrire"
    )

    assert "1 redirection ajoutée" in said and "2 lignes n’ont pas pu être prises" in said
    assert "Il n’y a pas de page à /nulle-part." in said
    assert "/dons;/nulle-part /;/nous-ecrire</textarea>" in said
    assert Redirect.objects.get().old_path == "/nous-joindre"


def test_targets_are_taken_as_people_write_them(north, target):
    lines = "index.html;/\n/prix;/nous-ecrire/#tarifs\n/mai;/agenda/?q=mai"

    assert "3 redirections ajoutées" in import_lines(north.publisher_client, north.site, lines)

    root = north.site.root_url
    links = set(Redirect.objects.values_list("redirect_link", flat=True))
    assert links == {"", f"{root}/nous-ecrire/#tarifs", f"{root}/agenda/?q=mai"}
    assert Redirect.objects.get(old_path="/index.html").redirect_page_id == north.home.pk


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"/vieux;/nous-ecrire\r/dons;/nous-ecrire\r", "2 redirections ajoutées"),  # of an old Excel
        (b"http://[x;/nous-ecrire\n/a;http://[x", "2 lignes n’ont pas pu être prises"),
        (b'/a;"' + b"x" * 140_000, "Ce fichier ne se lit pas"),
        (b"/vieux;/nous-ecrire\n" * 501, "501 lignes : 500 au plus à la fois"),
    ],
)
def test_a_file_of_any_kind_is_read_or_says_why_not(north, target, content, said):
    assert said in import_lines(north.publisher_client, north.site, file=SimpleUploadedFile("a.csv", content))


def test_an_empty_import_says_what_it_needs(north):
    assert "Choisissez un fichier, ou écrivez les lignes." in import_lines(north.publisher_client, north.site)


def test_a_publisher_reaches_the_import_from_the_list(north):
    html = north.publisher_client.get(reverse("wagtailredirects:index")).content.decode()

    assert reverse("wagtailredirects:start_import") in html
    assert "Importer" in north.publisher_client.get(reverse("wagtailredirects:start_import")).content.decode()


def test_the_list_asks_as_much_for_two_as_for_forty(north, target, django_assert_max_num_queries):
    for number in range(40):
        Redirect.objects.create(old_path=f"/vieux-{number}", site=north.site, redirect_page=target)
    north.publisher_client.get(reverse("wagtailredirects:index"))

    with django_assert_max_num_queries(45):
        assert "/vieux-1" in north.publisher_client.get(reverse("wagtailredirects:index")).content.decode()


def parts_of(page) -> list[str]:
    """What a page answers below its address without being asked for anything: feeds, files, calendars."""
    return sorted(reserved_slugs(type(page)))


@pytest.mark.parametrize("kind", ["index", "agenda", "directory", "event", "member"])
def test_what_people_subscribed_to_answers_at_the_new_address_of_its_page(north, kind):
    page = {
        "event": lambda: EventPageFactory(parent=north.agenda),
        "member": lambda: MemberPageFactory(parent=north.directory),
    }.get(kind, lambda: getattr(north, kind))()
    before, parts = page.relative_url(north.site), parts_of(page)
    assert parts
    answers = {part: north.visitor.get(f"{before}{part}/").status_code for part in parts}
    parts = [part for part in parts if answers[part] != 404]  # the others ask for a month, a campaign
    for slug in ("une-fois", "deux-fois"):
        page = type(page).objects.get(pk=page.pk)
        page.slug = slug
        page.save_revision().publish()
        commit()
    now = type(page).objects.get(pk=page.pk).relative_url(north.site)

    for part in parts:
        response = north.visitor.get(f"{before}{part}/?x=1")
        assert (response.status_code, response["Location"]) == (301, f"{now}{part}/?x=1")
        assert north.visitor.get(response["Location"]).status_code == answers[part]
    assert north.visitor.get(f"{before}rien/").status_code == 404


def test_a_section_that_is_moved_takes_its_feeds_along(north):
    section = ArticleIndexPageFactory(parent=north.index, slug="velo")
    article = ArticlePageFactory(parent=section)
    other = ArticleIndexPageFactory(parent=north.index, slug="mobilites")
    section.move(other, "last-child")

    response = north.visitor.get("/actualites/velo/rss/", follow=True)

    assert response.status_code == 200 and article.title in response.content.decode()
    assert response.redirect_chain == [("/actualites/mobilites/velo/rss/", 301)]
