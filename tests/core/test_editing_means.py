"""Every kind of page has Wagtail's own means in the editor, whatever its form looks like."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from time_machine import travel
from wagtail.models import get_page_models

from articles.models import ArticlePage
from core.pages import BasePage
from tests.poles.test_moderation import article_form

KINDS = [model for model in get_page_models() if issubclass(model, BasePage)]


@pytest.mark.database_independent("reads forms")
@pytest.mark.parametrize("model", KINDS, ids=lambda model: model._meta.label)
def test_every_kind_can_be_scheduled_and_commented(model):
    form_class = model.get_edit_handler().get_form_class()

    assert {"go_live_at", "expire_at"} <= set(form_class.base_fields)
    assert "comments" in form_class.formsets


@pytest.mark.django_db
def test_an_article_written_today_for_tomorrow_goes_on_line_tomorrow(north):
    tomorrow = timezone.localtime() + timedelta(days=1)
    url = reverse("wagtailadmin_pages:add", args=["articles", "articlepage", north.index.pk])
    form = article_form("Pour demain", go_live_at=tomorrow.strftime("%d/%m/%Y %H:%M"))

    response = north.publisher_client.post(url, {**form, "action-publish": "1"})

    assert response.status_code == 302, response.context["form"].errors
    article = ArticlePage.objects.get(title="Pour demain")
    assert not article.live and north.visitor.get("/actualites/un-article/").status_code == 404
    with travel(tomorrow + timedelta(minutes=2)):
        call_command("periodic")
        assert north.visitor.get("/actualites/un-article/").status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize(("title", "slug"), [("Le cœur de l’été", "le-coeur-de-lete"), ("!!!", "article")])
def test_an_article_whose_address_nobody_wrote_has_one(north, title, slug):
    url = reverse("wagtailadmin_pages:add", args=["articles", "articlepage", north.index.pk])

    response = north.publisher_client.post(url, {**article_form(title), "slug": "", "action-publish": "1"})

    assert response.status_code == 302, response.context["form"].errors
    assert ArticlePage.objects.get(title=title).slug == slug
