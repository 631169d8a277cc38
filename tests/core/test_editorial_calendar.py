"""A pôle sees what it has scheduled, week by week, and which of its pages nobody has looked at for too long."""

from datetime import datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page

from tests.factories import ArticlePageFactory, MemberPageFactory, StandardPageFactory
from tests.markup import compact

pytestmark = pytest.mark.django_db


def calendar(client, **asked) -> str:
    response = client.get(reverse("editorial_calendar"), asked)
    assert response.status_code == 200
    return compact(response.content.decode())


def schedule(page, at: datetime) -> None:
    page.go_live_at = at
    page.save_revision().publish()


@pytest.fixture
def monday() -> datetime:
    """Of the week after next, at nine."""
    day = timezone.localtime() + timedelta(days=14)
    return (day - timedelta(days=day.weekday())).replace(hour=9, minute=0, second=0, microsecond=0)


def test_what_is_scheduled_stands_in_its_week_at_its_hour(north, monday):
    schedule(ArticlePageFactory(parent=north.index, title="Le forum", live=False), monday + timedelta(days=2))
    ending = ArticlePageFactory(parent=north.index, title="L’appel", expire_at=monday + timedelta(days=9))

    html = calendar(north.writer_client)

    first, second = html.index("Le forum"), html.index("L’appel")
    assert html.count("Semaine du") == 2 and html.index("Semaine du") < first < second
    assert "mercredi" in html and "09:00" in html
    assert "paraît :" in html[:first] and "se retire :" in html[first:second]
    assert reverse("wagtailadmin_pages:edit", args=[ending.pk]) in html


def test_where_nothing_is_scheduled_it_says_how_to(north):
    assert "Rien n’est programmé" in calendar(north.writer_client)


def test_pages_unchanged_for_eighteen_months_are_to_be_looked_at_but_not_what_is_of_its_date(north):
    old = StandardPageFactory(parent=north.home, title="Nos tarifs")
    fresh = StandardPageFactory(parent=north.home, title="Notre équipe")
    dated = ArticlePageFactory(parent=north.index, title="Le forum de 2020")
    verified = MemberPageFactory(parent=north.directory, title="La Varlope")
    long_ago = timezone.now() - timedelta(days=600)
    Page.objects.filter(pk__in=[old.pk, dated.pk, verified.pk]).update(last_published_at=long_ago)
    Page.objects.filter(pk=fresh.pk).update(last_published_at=timezone.now() - timedelta(days=500))

    html = calendar(north.writer_client)
    assert "Nos tarifs" in html
    for other in ("Notre équipe", "Le forum de 2020", "La Varlope"):
        assert other not in html

    old.save_revision().publish()
    assert "tout a été revu" in calendar(north.writer_client)


def test_a_long_list_has_pages_and_asks_the_database_no_more(north, django_assert_max_num_queries, monday):
    pages = [StandardPageFactory(parent=north.home) for _ in range(45)]
    Page.objects.filter(pk__in=[page.pk for page in pages]).update(
        last_published_at=timezone.now() - timedelta(days=700), expire_at=monday
    )
    calendar(north.writer_client)

    with django_assert_max_num_queries(25):
        assert "Page 2 sur 2" in calendar(north.writer_client, p=2)


def test_each_sees_their_own_pole_and_the_network_all(north, south, network_client, monday):
    schedule(ArticlePageFactory(parent=south.index, title="Secret du sud", live=False), monday)

    assert "Secret du sud" not in calendar(north.publisher_client)
    assert "Secret du sud" in calendar(network_client)


def test_it_is_in_the_menu_in_the_place_of_wagtails_own_list(north):
    html = north.publisher_client.get(reverse("wagtailadmin_home")).content.decode()

    assert reverse("editorial_calendar") in html
    assert reverse("wagtailadmin_reports:aging_pages") not in html
