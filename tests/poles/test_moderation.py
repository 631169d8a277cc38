"""What a writer submits is approved by whoever may publish that page, and by nobody of another pôle."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, PageLogEntry, TaskState
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield
from wagtail.users.models import UserProfile

from articles.models import ArticlePage
from core.scheduling import due, each, put_on_line
from poles.audit import AuditEntry
from tests.factories import ArticlePageFactory
from tests.markup import compact

pytestmark = pytest.mark.django_db


def article_form(title, **more):
    return nested_form_data(
        {
            "title": title,
            "slug": "un-article",
            "summary": "En une phrase.",
            "body": streamfield([("paragraph", rich_text("<p>Le texte.</p>"))]),
            "byline": streamfield([]),
            "contact": streamfield([]),
            "sources": streamfield([]),
            "page_topics": {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0, "MIN_NUM_FORMS": 0, "MAX_NUM_FORMS": 5},
            "related_articles": {
                "TOTAL_FORMS": 0,
                "INITIAL_FORMS": 0,
                "MIN_NUM_FORMS": 0,
                "MAX_NUM_FORMS": 3,
            },
            "comments": {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0, "MIN_NUM_FORMS": 0, "MAX_NUM_FORMS": ""},
            **more,
        }
    )


def submit_new_article(pole, title="Un article du nord"):
    url = reverse("wagtailadmin_pages:add", args=["articles", "articlepage", pole.index.pk])
    response = pole.writer_client.post(url, {**article_form(title), "action-submit": "1"})
    assert response.status_code == 302, response.context["form"].errors
    return ArticlePage.objects.get(title=title)


def approve(client, page):
    state = page.current_workflow_task_state
    url = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", state.pk])
    return client.post(url)


def test_an_article_written_submitted_and_approved_is_on_line(north):
    article = submit_new_article(north)
    assert not article.live

    approve(north.publisher_client, article)

    article.refresh_from_db()
    assert article.live
    assert article.published_at is not None
    assert north.visitor.get(article.url).status_code == 200


def test_the_publishers_of_the_pole_find_it_among_what_awaits_them(north, south):
    submit_new_article(north)

    assert TaskState.objects.reviewable_by(north.publisher).count() == 1
    assert TaskState.objects.reviewable_by(north.writer).count() == 0
    assert TaskState.objects.reviewable_by(south.publisher).count() == 0


def test_network_admins_may_approve_in_any_pole(north, network_admin):
    submit_new_article(north)

    assert TaskState.objects.reviewable_by(network_admin).count() == 1


def test_nobody_of_another_pole_approves_or_even_sees_it(north, south):
    article = submit_new_article(north)

    approve(south.publisher_client, article)
    page = south.publisher_client.get(reverse("wagtailadmin_pages:edit", args=[article.pk]), follow=True)

    article.refresh_from_db()
    assert not article.live
    assert article.title not in page.content.decode()


def test_when_two_people_write_in_one_page_the_second_is_told_and_nothing_is_overwritten(north):
    article = ArticlePageFactory(parent=north.index)
    article.save_revision(user=north.writer)
    edit = reverse("wagtailadmin_pages:edit", args=[article.pk])
    loaded = article.latest_revision_id
    seen = article.latest_revision.created_at.isoformat()
    first = article_form(
        "Première version", slug=article.slug, loaded_revision_id=loaded, loaded_revision_created_at=seen
    )
    second = article_form(
        "Seconde version", slug=article.slug, loaded_revision_id=loaded, loaded_revision_created_at=seen
    )

    assert north.writer_client.post(edit, first).status_code == 302
    response = north.publisher_client.post(edit, second, headers={"accept": "application/json"})

    assert response.json()["error_code"] == "invalid_revision"
    article.refresh_from_db()
    assert article.latest_revision.content["title"] == "Première version"

    # The same with the button, or without JavaScript: said once, and what was typed is there.
    response = north.publisher_client.post(edit, second)
    html = compact(response.content.decode())
    assert "pendant que vous écriviez" in html and "Seconde version" in html
    article.refresh_from_db()
    assert article.latest_revision.content["title"] == "Première version"

    again = {**second, "loaded_revision_id": article.latest_revision_id,
             "loaded_revision_created_at": article.latest_revision.created_at.isoformat()}  # fmt: skip
    assert f'name="loaded_revision_id" value="{article.latest_revision_id}"' in html
    assert north.publisher_client.post(edit, again).status_code == 302


def test_those_who_may_publish_the_page_are_told_by_mail_once_each(north, south):
    north.publisher.groups.add(north.pole.writers)  # two groups, one mail
    assert south.publisher.email

    article = submit_new_article(north)

    assert [message.to for message in mail.outbox] == [[north.publisher.email]]
    message = mail.outbox[0]
    assert message.subject == "À relire : Un article du nord"
    assert f"http://reseau.test/admin/pages/{article.pk}/edit/" in message.body


def test_a_page_sent_withdrawn_and_sent_again_is_one_piece_of_news(north):
    article = submit_new_article(north)
    mail.outbox.clear()
    article.current_workflow_state.cancel(user=north.writer)

    ArticlePage.objects.get(pk=article.pk).get_workflow().start(article, north.writer)

    assert not [message for message in mail.outbox if "À relire" in message.subject]


def test_who_wants_no_such_mail_gets_none(north):
    profile = UserProfile.get_for_user(north.publisher)
    profile.submitted_notifications = False
    profile.save()

    submit_new_article(north)

    assert not mail.outbox


def test_the_author_is_told_that_the_page_is_on_line(north):
    article = submit_new_article(north)
    mail.outbox.clear()

    approve(north.publisher_client, article)

    assert [message.to for message in mail.outbox] == [[north.writer.email]]


def test_what_was_scheduled_goes_on_line_and_off_again_by_the_periodic_command(north, monkeypatch):
    coming = ArticlePageFactory(parent=north.index, title="Demain", slug="demain", live=False)
    coming.go_live_at = timezone.now() + timedelta(hours=1)
    coming.save_revision().publish()
    going = ArticlePageFactory(parent=north.index, title="Hier", slug="hier")
    going.expire_at = timezone.now() + timedelta(hours=1)
    going.save_revision().publish()
    assert north.visitor.get("/actualites/demain/").status_code == 404

    later = timezone.now() + timedelta(hours=2)
    monkeypatch.setattr(timezone, "now", lambda: later)
    call_command("periodic")
    call_command("periodic")

    assert north.visitor.get("/actualites/demain/").status_code == 200
    assert north.visitor.get("/actualites/hier/").status_code == 404


def test_a_page_whose_address_was_taken_stops_no_other_and_is_told_to_its_pole(north, south, monkeypatch):
    coming = {}
    for slug in ("premier", "pris", "dernier"):
        page = ArticlePageFactory(parent=north.index, title=f"Article {slug}", slug=slug, live=False)
        page.go_live_at = timezone.now() + timedelta(hours=1)
        page.save_revision().publish()
        coming[slug] = page
    Page.objects.filter(pk=coming["pris"].pk).update(slug="attend")
    ArticlePageFactory(parent=north.index, slug="pris")

    later = timezone.now() + timedelta(hours=2)
    monkeypatch.setattr(timezone, "now", lambda: later)
    with pytest.raises(CommandError):
        call_command("periodic")

    assert [ArticlePage.objects.get(pk=page.pk).live for page in coming.values()] == [True, False, True]
    assert ArticlePage.objects.get(pk=coming["pris"].pk).scheduled_revision is not None
    assert "Article pris" in compact(north.writer_client.get("/admin/").content.decode())
    assert "Article pris" not in compact(south.writer_client.get("/admin/").content.decode())


def test_two_runs_at_once_publish_a_page_once(north, monkeypatch):
    page = ArticlePageFactory(parent=north.index, live=False)
    page.go_live_at = timezone.now() + timedelta(hours=1)
    page.save_revision().publish()
    later = timezone.now() + timedelta(hours=2)
    monkeypatch.setattr(timezone, "now", lambda: later)
    seen_by_both = due()

    each(seen_by_both, put_on_line)
    each(seen_by_both, put_on_line)

    assert PageLogEntry.objects.filter(page=page, action="wagtail.publish.scheduled").count() == 1


def test_the_journal_forgets_after_a_year(north):
    AuditEntry.objects.create(pole=north.pole, action="signed_in", at=timezone.now() - timedelta(days=366))
    AuditEntry.objects.create(pole=north.pole, action="signed_in", at=timezone.now() - timedelta(days=364))

    call_command("periodic")

    assert AuditEntry.objects.count() == 1
