"""Feeds: one RSS and one Atom for each index and each topic in it, with ids that outlive moves."""

import xml.etree.ElementTree as ElementTree

import pytest
from wagtail.models import PageViewRestriction

from tests.factories import ArticlePageFactory, ImageFactory, TopicFactory
from tests.markup import compact

pytestmark = pytest.mark.django_db

ATOM = "{http://www.w3.org/2005/Atom}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"


def rss(pole, query="", host=None):
    headers = {"host": host} if host else {}
    response = pole.visitor.get(f"/actualites/rss/{query}", headers=headers)
    assert response.status_code == 200
    assert response["Content-Type"].startswith("application/rss+xml")
    return ElementTree.fromstring(response.content).find("channel")


def test_each_item_has_an_absolute_address_and_a_stable_id(north):
    article = ArticlePageFactory(parent=north.index, title="Une nouvelle")

    (item,) = rss(north).findall("item")

    assert item.findtext("title") == "Une nouvelle"
    assert item.findtext("link") == article.full_url
    assert item.findtext("guid").startswith("urn:uuid:")


def test_the_id_stays_when_the_address_changes(north):
    article = ArticlePageFactory(parent=north.index)
    before = rss(north).find("item").findtext("guid")

    article.slug = "ailleurs"
    article.save_revision().publish()
    north.site.hostname = "grand-nord.test"
    north.site.save()

    assert rss(north, host="grand-nord.test:8443").find("item").findtext("guid") == before


def test_what_a_visitor_adds_to_the_address_is_in_no_feed(north):
    ArticlePageFactory(parent=north.index)

    plain, decorated = (north.visitor.get(f"{north.index.url}rss/{query}").content for query in ("", "?utm=zzz"))

    assert plain == decorated


def test_a_control_character_pasted_from_a_pdf_does_not_break_the_feed(north):
    article = ArticlePageFactory(parent=north.index, title="Une \x0bnouvelle", summary="En \x02bref")
    article.body = [("paragraph", "<p>Du \x0btexte</p>")]
    article.save_revision().publish()

    assert rss(north).find("item").findtext("title") == "Une nouvelle"


def test_a_picture_lost_on_disk_costs_neither_the_article_nor_the_feed(north):
    image = ImageFactory()
    image.file.storage.delete(image.file.name)
    article = ArticlePageFactory(parent=north.index, listing_image=image)

    assert north.visitor.get(article.relative_url(north.site)).status_code == 200
    assert rss(north).find("item").find("enclosure") is None


def test_the_whole_text_travels_without_scripts_and_with_absolute_links(north):
    image = ImageFactory(title="Le port")
    article = ArticlePageFactory(parent=north.index)
    article.body = [
        ("heading", {"text": "Un titre", "level": "2", "anchor": "un-titre"}),
        ("paragraph", '<p>Voir <a href="/contact/">la page</a>.</p>'),
        ("image", {"image": image, "caption": "", "width": "text"}),
    ]
    article.save_revision().publish()

    text = compact(rss(north).find("item").findtext(CONTENT))

    assert "<h2>Un titre</h2>" in text
    assert 'href="http://nord.test/contact/"' in text
    assert 'src="http://nord.test/media/' in text
    assert "class=" not in text


def test_an_index_may_give_the_summary_only(north):
    ArticlePageFactory(parent=north.index, summary="Le résumé")
    north.index.feed_content = "summary"
    north.index.save()

    item = rss(north).find("item")

    assert item.findtext("description") == "Le résumé"
    assert item.find(CONTENT) is None


def test_a_picture_is_enclosed_with_its_size(north):
    ArticlePageFactory(parent=north.index, listing_image=ImageFactory())

    enclosure = rss(north).find("item").find("enclosure")

    assert enclosure.get("url").startswith("http://nord.test/media/")
    assert int(enclosure.get("length")) > 0


def test_a_topic_has_its_own_feed_and_an_unknown_one_is_refused(north):
    topic = TopicFactory(slug="mer", name="Mer")
    ArticlePageFactory(parent=north.index, title="Marin", topics=[topic])
    ArticlePageFactory(parent=north.index, title="Terrien")

    channel = rss(north, "?theme=mer")

    assert [item.findtext("title") for item in channel.findall("item")] == ["Marin"]
    assert channel.find("item").findtext("category") == "Mer"
    assert north.visitor.get(f"{north.index.url}rss/?theme=inconnu").status_code == 400


def test_atom_says_the_same(north):
    article = ArticlePageFactory(parent=north.index, title="Une nouvelle")

    response = north.visitor.get(f"{north.index.url}atom/")
    feed = ElementTree.fromstring(response.content)
    (entry,) = feed.findall(f"{ATOM}entry")

    assert response["Content-Type"].startswith("application/atom+xml")
    assert entry.findtext(f"{ATOM}id").startswith("urn:uuid:")
    assert entry.find(f"{ATOM}link").get("href") == article.full_url


def test_drafts_private_articles_and_other_sites_are_in_no_feed(north, south):
    ArticlePageFactory(parent=north.index, title="Brouillon", live=False)
    private = ArticlePageFactory(parent=north.index, title="Réservé")
    PageViewRestriction.objects.create(page=private, restriction_type="password", password="x")
    ArticlePageFactory(parent=south.index, title="Du sud")

    assert rss(north).findall("item") == []


def test_the_listing_announces_its_feeds(north):
    html = north.visitor.get(north.index.url).content.decode()

    assert 'type="application/rss+xml"' in html and 'type="application/atom+xml"' in html
