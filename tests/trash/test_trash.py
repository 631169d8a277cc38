"""Deleting can be undone: for thirty days what was deleted waits in the trash of its site."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, Revision, Site

from articles.models import ArticlePage
from poles.audit import Action, AuditEntry
from tests.conftest import PoleUnderTest
from tests.factories import ArticlePageFactory, EventPageFactory, MemberPageFactory, StandardPageFactory
from tests.kinds import kinds, page_of_kind
from tests.markup import compact
from trash.models import KEPT_FOR, TrashedPage

pytestmark = pytest.mark.django_db


def delete(client, page: Page, **more):
    return client.post(reverse("wagtailadmin_pages:delete", args=[page.pk]), more, follow=True)


def put_back(client, page: Page):
    row = TrashedPage.objects.get(page=page)
    return client.post(reverse("trash_restore", args=[row.pk]), follow=True)


def address(pole: PoleUnderTest, page: Page) -> str:
    return page.relative_url(pole.site)


@pytest.fixture
def article(north) -> ArticlePage:
    article = ArticlePageFactory(parent=north.index, title="Le four à pain", slug="le-four-a-pain")
    article.save_revision().publish()
    return article


def test_it_is_said_before_that_it_can_be_undone_and_who_leads_there(north, article):
    StandardPageFactory(
        parent=north.home, title="Renvoi", body=[("paragraph", f'<a linktype="page" id="{article.pk}">le four</a>')]
    )

    html = compact(north.publisher_client.get(reverse("wagtailadmin_pages:delete", args=[article.pk])).content.decode())

    assert "va à la corbeille" in html and "30 jours" in html
    assert "1 de vos pages y mène" in html
    # What the trash itself remembers is no page that leads there.
    delete(north.publisher_client, ArticlePageFactory(parent=north.index))
    index = north.publisher_client.get(reverse("wagtailadmin_pages:delete", args=[north.index.pk])).content.decode()
    assert "mène" not in index
    assert north.visitor.get(address(north, article)).status_code == 200


def test_what_is_deleted_is_gone_for_visitors_and_comes_back_at_its_address_with_its_links(north, article):
    url = address(north, article)
    linking = StandardPageFactory(
        parent=north.home, slug="renvoi", body=[("paragraph", f'<a linktype="page" id="{article.pk}">le four</a>')]
    )
    assert f'{url}">le four' in north.visitor.get(address(north, linking)).content.decode()
    said = compact(delete(north.publisher_client, article).content.decode())

    assert "1 page est à la corbeille pour 30 jours" in said and "Restaurer" in said
    assert north.visitor.get(url).status_code == 404
    assert "Le four à pain" not in north.visitor.get(address(north, north.index)).content.decode()
    assert f'{url}">le four' not in north.visitor.get(address(north, linking)).content.decode()
    assert "Le four à pain" in north.publisher_client.get(reverse("trash")).content.decode()

    assert "est de retour" in put_back(north.publisher_client, article).content.decode()
    assert north.visitor.get(url).status_code == 200
    assert "Le four à pain" in north.visitor.get(address(north, north.index)).content.decode()
    assert f'{url}">le four' in north.visitor.get(address(north, linking)).content.decode()
    assert "La corbeille est vide" in north.publisher_client.get(reverse("trash")).content.decode()


def test_a_section_goes_and_comes_back_with_its_pages_each_as_it_was(north, article):
    draft = ArticlePageFactory(parent=north.index, title="Brouillon", live=False)
    edited = ArticlePageFactory(parent=north.index, title="En ligne", slug="en-ligne")
    edited.save_revision().publish()
    edited.title = "Retouché"
    edited.save_revision()
    before = north.index.path
    following = north.index.get_next_sibling()

    delete(north.publisher_client, north.index)
    assert not Page.objects.filter(pk__in=[article.pk, edited.pk, north.index.pk], live=True).exists()
    put_back(north.publisher_client, north.index)

    index = Page.objects.get(pk=north.index.pk)
    assert index.live and len(index.path) == len(before)
    assert index.get_next_sibling() == following  # its place in the menu
    assert not Page.objects.get(pk=draft.pk).live
    edited.refresh_from_db()
    assert edited.live and edited.has_unpublished_changes
    assert edited.title == "En ligne" and edited.get_latest_revision_as_object().title == "Retouché"
    assert north.visitor.get(address(north, article)).status_code == 200


@pytest.mark.parametrize("kind", kinds(), ids=lambda kind: kind.__name__)
def test_every_kind_of_page_goes_and_comes_back(north, kind):
    found = page_of_kind(north, kind)
    values = Page.objects.filter(pk=found.pk).values("slug", "url_path", "live", "title", "show_in_menus")
    before = values.get()

    assert delete(north.publisher_client, found).status_code == 200
    assert Page.objects.get(pk=found.pk).get_site() is None
    assert put_back(north.publisher_client, found).status_code == 200

    assert values.get() == before


def test_an_address_that_was_taken_meanwhile_is_changed_and_said(north, article):
    delete(north.publisher_client, article)
    ArticlePageFactory(parent=north.index, title="Le four à pain", slug="le-four-a-pain")

    said = put_back(north.publisher_client, article).content.decode()

    assert "le-four-a-pain-2" in said
    article.refresh_from_db()
    assert article.slug == "le-four-a-pain-2"


def test_two_pages_of_one_address_may_wait_together(north, south):
    pages = [ArticlePageFactory(parent=pole.index, title="Bilan", slug="bilan") for pole in (north, south)]
    for pole, page in zip((north, south), pages, strict=True):
        delete(pole.publisher_client, page)
    for pole, page in zip((north, south), pages, strict=True):
        put_back(pole.publisher_client, page)

    assert {Page.objects.get(pk=page.pk).slug for page in pages} == {"bilan"}


def test_what_was_below_a_deleted_page_waits_for_it(north, article):
    delete(north.publisher_client, article)
    delete(north.publisher_client, north.index)

    assert "restaurez-la d’abord" in put_back(north.publisher_client, article).content.decode()
    put_back(north.publisher_client, north.index)
    put_back(north.publisher_client, article)

    assert north.visitor.get(address(north, article)).status_code == 200


def test_a_schedule_is_held_back_in_the_trash_and_goes_on_after_it(north):
    article = ArticlePageFactory(parent=north.index, live=False)
    article.go_live_at = timezone.now() + timedelta(days=2)
    revision = article.save_revision()
    revision.publish()
    wanted = Revision.objects.get(pk=revision.pk).approved_go_live_at
    assert wanted

    delete(north.publisher_client, article)
    assert Revision.objects.get(pk=revision.pk).approved_go_live_at is None
    put_back(north.publisher_client, article)

    assert Revision.objects.get(pk=revision.pk).approved_go_live_at == wanted


def test_a_text_that_awaits_review_is_taken_back_from_the_reviewers(north):
    article = ArticlePageFactory(parent=north.index, live=False, owner=north.writer)
    article.save_revision()
    article.get_workflow().start(article, north.writer)

    delete(north.writer_client, article)

    assert not Page.objects.get(pk=article.pk).workflow_in_progress


def test_a_writer_brings_their_own_draft_back_and_publishes_nothing(north, article):
    draft = ArticlePageFactory(parent=north.index, live=False, owner=north.writer)
    delete(north.writer_client, draft)
    put_back(north.writer_client, draft)
    assert Page.objects.get(pk=draft.pk).get_parent() == north.index.page_ptr

    delete(north.publisher_client, article)
    said = put_back(north.writer_client, article).content.decode()

    assert "brouillon" in said
    assert not Page.objects.get(pk=article.pk).live


def test_only_who_may_publish_or_deleted_it_deletes_for_good(north, article):
    delete(north.publisher_client, article)
    url = reverse("trash_purge", args=[TrashedPage.objects.get().pk])

    north.writer_client.post(url)
    assert Page.objects.filter(pk=article.pk).exists()
    assert "supprimée définitivement" in north.publisher_client.post(url, follow=True).content.decode()
    assert not Page.objects.filter(pk=article.pk).exists()


def test_nobody_of_another_pole_sees_or_touches_it(north, south, article):
    delete(north.publisher_client, article)
    row = TrashedPage.objects.get()

    assert "Le four à pain" not in south.publisher_client.get(reverse("trash")).content.decode()
    for name in ("trash_restore", "trash_purge"):
        south.publisher_client.post(reverse(name, args=[row.pk]))
    assert TrashedPage.objects.filter(pk=row.pk).exists()


def test_nobody_of_its_own_pole_works_on_it_either_until_it_is_back(north, article):
    delete(north.publisher_client, article)

    for name in ("edit", "view_draft", "move", "copy", "history", "usage", "delete"):
        answer = north.publisher_client.get(reverse(f"wagtailadmin_pages:{name}", args=[article.pk]))
        assert answer.status_code in (302, 403), name
    assert "Le four à pain" not in north.publisher_client.get(reverse("wagtailadmin_home")).content.decode()


def test_the_network_finds_it_by_its_site_and_in_no_list_of_pages(network_client, north, south, article):
    delete(north.publisher_client, article)
    delete(south.publisher_client, ArticlePageFactory(parent=south.index, title="Autre"))

    html = network_client.get(reverse("trash"), {"q": "four"}).content.decode()
    assert "Le four à pain" in html and "Autre" not in html
    assert north.site.site_name in network_client.get(reverse("trash")).content.decode()
    root = Page.get_first_root_node()
    explorer = network_client.get(reverse("wagtailadmin_explore", args=[root.pk])).content.decode()
    assert "corbeille/" not in explorer.replace(reverse("trash"), "")
    chooser = network_client.get(reverse("wagtailadmin_choose_page_search"), {"q": "four à pain"}).content.decode()
    assert "Le four à pain" not in chooser


def test_several_pages_go_at_once(north, article):
    other = ArticlePageFactory(parent=north.index, title="Autre")
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"])
    asked = f"{url}?id={article.pk}&id={other.pk}&next={reverse('wagtailadmin_explore', args=[north.index.pk])}"

    assert "à la corbeille" in north.publisher_client.get(asked).content.decode()
    said = north.publisher_client.post(asked, follow=True).content.decode()

    assert "2 pages sont à la corbeille pour 30 jours" in said
    assert TrashedPage.objects.count() == 2


def test_homes_do_not_go_with_others(network_client, north, article):
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"])

    network_client.post(f"{url}?id={north.home.pk}&id={article.pk}")

    assert Site.objects.filter(pk=north.site.pk).exists()
    assert TrashedPage.objects.get().page_id == article.pk


def test_a_page_that_mirrored_it_comes_back_only_where_it_still_does(north, south, article):
    mirror, own = (article.create_alias(parent=south.index, update_slug=slug) for slug in ("miroir", "a-eux"))
    delete(north.publisher_client, article)
    assert not Page.objects.filter(pk__in=[mirror.pk, own.pk], live=True).exists()
    Page.objects.filter(pk=own.pk).update(alias_of=None)  # made a page of their own meanwhile

    put_back(north.publisher_client, article)

    assert Page.objects.get(pk=mirror.pk).live and not Page.objects.get(pk=own.pk).live


def test_a_mirror_in_the_trash_is_not_written_by_what_it_mirrors(north, article):
    mirror = article.create_alias(parent=north.index, update_slug="miroir")
    delete(north.publisher_client, mirror)
    article.save_revision().publish()
    assert not Page.objects.get(pk=mirror.pk).live

    put_back(north.publisher_client, mirror)

    assert Page.objects.get(pk=mirror.pk).alias_of_id == article.pk and Page.objects.get(pk=mirror.pk).live


def test_a_date_that_is_over_does_not_publish_what_comes_back(north):
    article = ArticlePageFactory(parent=north.index, live=False)
    article.go_live_at = timezone.now() + timedelta(days=2)
    revision = article.save_revision()
    revision.publish()
    delete(north.publisher_client, article)
    row = TrashedPage.objects.get()
    row.schedule = {str(revision.pk): (timezone.now() - timedelta(days=1)).isoformat()}
    row.save()

    assert "programmez-la de nouveau" in put_back(north.publisher_client, article).content.decode()
    assert Revision.objects.get(pk=revision.pk).approved_go_live_at is None


def test_the_list_asks_as_much_for_two_as_for_thirty(north, django_assert_max_num_queries):
    for number in range(30):
        delete(
            north.writer_client,
            ArticlePageFactory(parent=north.index, title=f"N° {number}", live=False, owner=north.writer),
        )
    north.publisher_client.get(reverse("trash"))

    with django_assert_max_num_queries(25):
        north.publisher_client.get(reverse("trash"), {"q": "N°\x00"})


def test_a_section_and_a_page_of_it_chosen_together_go_once(north, article):
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"])

    north.publisher_client.post(f"{url}?id={north.index.pk}&id={article.pk}")

    assert TrashedPage.objects.get().page_id == north.index.pk


def test_after_thirty_days_it_is_gone(north, article):
    kept = ArticlePageFactory(parent=north.index, title="Gardé")
    for page in (article, kept):
        delete(north.publisher_client, page)
    TrashedPage.objects.filter(page=article).update(at=timezone.now() - KEPT_FOR - timedelta(hours=1))

    call_command("periodic")

    assert not Page.objects.filter(pk=article.pk).exists()
    assert Page.objects.filter(pk=kept.pk).exists()


def test_the_journal_says_who_deleted_and_who_restored(north, article):
    delete(north.publisher_client, article)
    put_back(north.publisher_client, article)

    written = AuditEntry.objects.filter(pole=north.pole, about="Le four à pain").values_list("action", "actor")
    assert set(written) == {(Action.TRASHED, north.publisher.pk), (Action.RESTORED, north.publisher.pk)}


def test_a_site_that_ends_leaves_nothing_in_the_trash(north, article):
    delete(north.publisher_client, article)

    Site.objects.get(pk=north.site.pk).delete()

    assert not Page.objects.filter(pk=article.pk).exists()


def test_a_member_and_an_event_leave_every_list_and_come_back_to_it(north):
    member = MemberPageFactory(parent=north.directory, title="La Varlope")
    event = EventPageFactory(parent=north.agenda, title="Portes ouvertes")
    lists = {member: address(north, north.directory), event: address(north, north.agenda)}
    for page, url in lists.items():
        assert page.title in north.visitor.get(url).content.decode()
        delete(north.publisher_client, page)
        assert page.title not in north.visitor.get(url).content.decode()
        put_back(north.publisher_client, page)
        assert page.title in north.visitor.get(url).content.decode()
