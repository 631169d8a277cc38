"""Local news: what a visitor reads, in which order, and what other programs read of it."""

import json
import re
from datetime import timedelta

import pytest
from django.utils import timezone

from articles.models import RelatedArticle
from tests.factories import ArticleIndexPageFactory, ArticlePageFactory, ImageFactory, TopicFactory
from tests.markup import compact

pytestmark = pytest.mark.django_db


def html_of(pole, path):
    response = pole.visitor.get(path)
    assert response.status_code == 200
    return compact(response.content.decode())


def json_ld(html, type_name):
    scripts = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.S)
    assert len(scripts) == 1, "exactly one JSON-LD script"
    (found,) = [item for item in json.loads(scripts[0]) if item["@type"] == type_name]
    return found


def days_ago(number):
    return timezone.now() - timedelta(days=number)


# The article


def test_an_article_shows_who_signed_it_with_the_role_of_that_time(north):
    article = ArticlePageFactory(
        parent=north.index,
        byline=[("author", {"name": "Une bénévole", "role": "trésorière", "organisation": "Le Fournil"})],
    )

    html = html_of(north, article.url)

    assert "Une bénévole, trésorière, Le Fournil" in html


def test_its_publication_date_is_the_moment_it_went_on_line_unless_given(north):
    article = ArticlePageFactory(parent=north.index, live=False)
    assert article.published_at is None

    article.save_revision().publish()
    article.refresh_from_db()

    assert article.published_at == article.first_published_at


def test_republishing_does_not_change_its_date(north):
    article = ArticlePageFactory(parent=north.index, live=False)
    article.save_revision().publish()
    article.refresh_from_db()
    first = article.published_at

    article.title = "Corrigé"
    article.save_revision().publish()
    article.refresh_from_db()

    assert article.published_at == first


def test_a_later_correction_is_shown_as_modified(north):
    article = ArticlePageFactory(parent=north.index, published_at=days_ago(9), last_published_at=days_ago(1))

    assert "modifié le" in html_of(north, article.url)


def test_the_articles_around_it_in_the_same_index_are_linked(north):
    before = ArticlePageFactory(parent=north.index, title="Avant", published_at=days_ago(3))
    article = ArticlePageFactory(parent=north.index, published_at=days_ago(2))
    after = ArticlePageFactory(parent=north.index, title="Après", published_at=days_ago(1))
    ArticlePageFactory(parent=north.index, live=False, published_at=days_ago(2))

    assert article.neighbours == {"previous": before, "next": after}


def test_what_to_read_next_is_chosen_by_the_author_else_by_topic_within_the_site(north, south):
    topic = TopicFactory()
    article = ArticlePageFactory(parent=north.index, topics=[topic])
    same = ArticlePageFactory(parent=north.index, topics=[topic])
    ArticlePageFactory(parent=south.index, topics=[topic])
    chosen = ArticlePageFactory(parent=north.index)

    assert article.related(north.home) == [same]

    article.related_articles.add(RelatedArticle(article=chosen))
    article.save()
    assert article.related(north.home) == [chosen]


def test_a_topic_shared_twice_lists_an_article_once(north):
    one, two = TopicFactory(), TopicFactory()
    article = ArticlePageFactory(parent=north.index, topics=[one, two])
    same = ArticlePageFactory(parent=north.index, topics=[one, two])

    assert article.related(north.home) == [same]


def test_search_engines_read_a_news_article_with_its_publisher_and_breadcrumb(north):
    article = ArticlePageFactory(
        parent=north.index,
        title="Un </script> malin",
        topics=[TopicFactory(name="Mer")],
        listing_image=ImageFactory(),
    )
    html = html_of(north, article.url)

    news = json_ld(html, "NewsArticle")
    assert news["headline"] == "Un </script> malin"
    assert news["publisher"]["name"] == "Pôle Nord"
    assert news["keywords"] == "Mer"
    assert news["image"][0].startswith("http://nord.test/media/")
    trail = json_ld(html, "BreadcrumbList")["itemListElement"]
    assert [step["name"] for step in trail] == ["Pôle Nord", "Actualités", "Un </script> malin"]


def test_shares_show_title_summary_and_picture_at_absolute_addresses(north):
    article = ArticlePageFactory(parent=north.index, listing_image=ImageFactory())

    html = html_of(north, article.url)

    assert f'<link rel="canonical" href="{article.full_url}">' in html
    assert '<meta property="og:type" content="article">' in html
    assert re.search(r'<meta property="og:image" content="http://nord\.test/media/', html)


def test_its_permanent_link_survives_a_new_address(north):
    article = ArticlePageFactory(parent=north.index)
    permalink = f"/lien/{article.pk}/"

    article.slug = "nouvelle-adresse"
    article.save_revision().publish()

    assert north.visitor.get(permalink).url.endswith("/nouvelle-adresse/")


def test_a_page_whose_address_changed_redirects_from_the_old_one(north, django_capture_on_commit_callbacks):
    article = ArticlePageFactory(parent=north.index, slug="ancienne")
    with django_capture_on_commit_callbacks(execute=True):
        article.slug = "nouvelle"
        article.save_revision().publish()

    response = north.visitor.get("/actualites/ancienne/")

    assert response.status_code == 301 and response.url.endswith("/actualites/nouvelle/")


def test_a_publication_date_in_the_future_asks_for_a_schedule_instead(north):
    from django.core.exceptions import ValidationError

    article = ArticlePageFactory(parent=north.index)
    article.published_at = timezone.now() + timedelta(days=3)

    with pytest.raises(ValidationError, match="programmez"):
        article.full_clean()


# The listing


def test_a_section_is_a_child_index_whose_articles_its_parent_lists_too(north):
    section = ArticleIndexPageFactory(parent=north.index, title="Dossiers")
    ArticlePageFactory(parent=section, title="Dans la rubrique")

    html = html_of(north, north.index.url)

    assert "Dans la rubrique" in html
    assert f'href="{section.relative_url(north.site)}"' in html


def test_the_newest_comes_first(north):
    ArticlePageFactory(parent=north.index, title="Vieux", published_at=days_ago(9))
    ArticlePageFactory(parent=north.index, title="Neuf", published_at=days_ago(1))

    html = html_of(north, north.index.url)

    assert html.index("Neuf") < html.index("Vieux")


def test_visitors_filter_by_topic_and_year_in_the_address(north):
    topic = TopicFactory(slug="mer", name="Mer")
    ArticlePageFactory(parent=north.index, title="Marin récent", topics=[topic], published_at=days_ago(1))
    ArticlePageFactory(parent=north.index, title="Marin ancien", topics=[topic], published_at=days_ago(800))
    ArticlePageFactory(parent=north.index, title="Terrien", published_at=days_ago(1))

    year = days_ago(1).year
    by_topic = html_of(north, f"{north.index.url}?theme=mer")
    by_both = html_of(north, f"{north.index.url}?theme=mer&annee={year}")

    assert "Marin ancien" in by_topic and "Terrien" not in by_topic
    assert "Marin récent" in by_both and "Marin ancien" not in by_both


def test_a_long_list_comes_in_pages_that_keep_the_filter(north):
    topic = TopicFactory(slug="mer")
    for _ in range(13):
        ArticlePageFactory(parent=north.index, topics=[topic])

    html = html_of(north, f"{north.index.url}?theme=mer")

    assert "?theme=mer&amp;page=2" in html
    assert html.count('<article class="card">') == 9


@pytest.mark.parametrize(
    "query",
    [
        "page=" + "9" * 20,
        "page=%00",
        "theme=%00",
        "theme=inconnu",
        "annee=99999999999999999999",
        "annee=-1",
        "annee=²",
        "theme=" + "a" * 5000,
    ],
)
def test_an_unknown_choice_shows_the_whole_list(north, query):
    ArticlePageFactory(parent=north.index, title="Toujours là")

    assert "Toujours là" in html_of(north, f"{north.index.url}?{query}")


def test_an_empty_index_says_so_and_offers_the_feed(north):
    html = html_of(north, north.index.url)

    assert "Aucun article n’a encore été publié" in html
    assert "rss/" in html


def test_the_filter_without_a_result_offers_the_whole_list(north):
    topic = TopicFactory(slug="mer")
    ArticlePageFactory(parent=north.index, topics=[topic], published_at=days_ago(1))
    ArticlePageFactory(parent=north.index, published_at=days_ago(800))

    html = html_of(north, f"{north.index.url}?theme=mer&annee={days_ago(800).year}")

    assert "Aucun article ne correspond" in html
