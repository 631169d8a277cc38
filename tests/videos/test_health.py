"""What providers say of their videos, and what becomes of a page whose video is gone; all of it without blocking."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from core.embeds.recognition import providers
from core.embeds.records import ask_provider, check_due
from core.models import RemoteVideo, SiteImage
from tests.factories import ArticlePageFactory, VideoPageFactory, jpeg
from tests.videos.conftest import later, publish, published_and_asked, read, says

pytestmark = pytest.mark.django_db


def test_a_video_is_asked_about_once_whoever_saves_how_often(north, provider, video):
    says(provider, title="Un titre")

    for _ in range(3):
        published_and_asked(video)

    assert len(provider.asked) == 1


def test_who_saves_does_not_wait_for_a_provider(north, provider, video):
    publish(video)

    assert provider.asked == []
    assert RemoteVideo.objects.due().count() == 1


def test_a_worker_is_told_at_once(north, provider, video, settings, django_capture_on_commit_callbacks):
    says(provider, title="Un titre")
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

    with django_capture_on_commit_callbacks(execute=True):
        publish(video)

    (told,) = DBTaskResult.objects.filter(task_path="core.embeds.records.ask_provider")
    ask_provider.call(*told.args_kwargs["args"])  # as the worker does, which would close the test's connection
    assert RemoteVideo.objects.get().title == "Un titre"


def test_two_periodic_commands_at_once_ask_once(north, provider, video):
    says(provider, title="Un titre")
    published_and_asked(video)
    RemoteVideo.objects.update(next_check_at=timezone.now() - timedelta(seconds=1))
    provider.asked.clear()

    one, other = RemoteVideo.objects.get(), RemoteVideo.objects.get()
    one.refresh()
    other.refresh()

    assert len(provider.asked) == 1


def test_a_provider_that_fails_changes_nothing_and_is_asked_again(north, provider, video):
    provider.answers["/oembed"] = (503, "text/html", b"")
    published_and_asked(video)
    assert RemoteVideo.objects.get().missed == 0

    says(provider, title="Revenu")
    later()

    assert RemoteVideo.objects.get().title == "Revenu"


def test_a_dead_video_shows_its_transcript_and_a_sentence_and_comes_back_by_itself(north, provider, video):
    video.transcript = "<p>Ce qui était dit.</p>"
    says(provider, title="Un titre")
    published_and_asked(video)
    says(provider, status=404)

    later()
    assert "data-player=" in read(north, video)  # once may be a mistake

    later()
    text = read(north, video)
    assert "Cette vidéo ne peut plus être vue sur Archives" in text
    assert "Ce qui était dit." in text
    assert "data-player=" not in text
    assert "frame-src" not in north.visitor.get(video.url)["Content-Security-Policy"]

    says(provider, title="Un titre")
    later()
    assert "data-player=" in read(north, video)


def test_the_team_finds_a_line_about_it_on_its_dashboard_and_nobody_else_does(north, south, provider, video):
    says(provider, status=410)
    published_and_asked(video)
    later()

    line = f"« {video.title} » : sa vidéo ne peut plus être vue."
    assert line in north.writer_client.get("/admin/").content.decode()
    assert line not in south.publisher_client.get("/admin/").content.decode()

    says(provider, title="Un titre")
    later()
    assert line not in north.writer_client.get("/admin/").content.decode()


def test_a_video_pasted_in_an_article_is_looked_after_too(north, provider, host):
    says(provider, status=404)
    block = {"page": None, "address": "https://archives.example.net/video/1", "title": "Un film", "caption": ""}
    article = ArticlePageFactory(parent=north.index, title="L’article", body=[("video", block)])
    published_and_asked(article)
    later()

    assert "Cette vidéo ne peut plus être vue" in read(north, article)
    assert "L’article" in north.writer_client.get("/admin/").content.decode()


def test_a_video_that_no_page_shows_any_more_is_asked_about_no_more(north, provider, video):
    says(provider, title="Un titre")
    published_and_asked(video)
    video.address = "https://video.example.org/w/un-autre"
    published_and_asked(video)
    provider.asked.clear()

    later()

    assert provider.asked == []


def test_a_draft_with_another_address_leaves_what_visitors_see(north, provider, video):
    says(provider, title="Un titre", width=9, height=16)
    published_and_asked(video)

    video.address = "https://video.example.org/w/brouillon"
    video.save_revision()

    assert "facade--9x16" in read(north, video)


def test_the_command_asks_about_a_bounded_number_at_a_time(north):
    for _ in range(4):
        VideoPageFactory(parent=north.video_index)
    RemoteVideo.objects.update(next_check_at=timezone.now() - timedelta(days=1))

    assert [check_due(most=3), check_due(most=3), check_due(most=3)] == [3, 1, 0]


def test_a_provider_that_is_no_longer_configured_stops_nothing(north, settings):
    VideoPageFactory(parent=north.video_index)
    RemoteVideo.objects.update(provider="gone", next_check_at=timezone.now() - timedelta(days=1))
    settings.VIDEO_PROVIDERS = []
    providers.cache_clear()

    assert check_due() == 1
    settings.VIDEO_PROVIDERS = ["core.embeds.example.Example"]
    providers.cache_clear()


def test_a_private_link_that_is_given_later_is_another_video(north):
    video = VideoPageFactory(parent=north.video_index, address="https://vimeo.com/76979871")
    RemoteVideo.objects.update(missed=5)
    assert "ne peut plus être vue" in read(north, video)

    video.address = "https://vimeo.com/76979871/0a1b2c3d4e"
    publish(video)

    assert "player.vimeo.com/video/76979871?h=0a1b2c3d4e" in read(north, video)


def test_a_poster_that_was_deleted_does_not_come_back(north, provider, video):
    provider.answers["/affiche.jpg"] = (200, "image/jpeg", jpeg(1280, 720))
    says(provider, title="Un titre", thumbnail_url=f"{provider.root}/affiche.jpg")
    published_and_asked(video)
    SiteImage.objects.all().delete()

    later()

    assert not SiteImage.objects.exists()


def test_what_moves_to_another_pole_is_looked_after_there(north, south, provider, video):
    says(provider, status=404)
    published_and_asked(video)
    video.move(south.video_index, pos="last-child")

    record = RemoteVideo.objects.get(pages=video)
    assert record.site == south.site
    later()
    later()
    assert "ne peut plus être vue" in south.publisher_client.get("/admin/").content.decode()
    assert "ne peut plus être vue" not in north.publisher_client.get("/admin/").content.decode()


def test_a_copy_that_follows_its_source_shows_what_is_known_of_it(north, provider, video):
    says(provider, title="Un titre", width=9, height=16)
    published_and_asked(video)

    alias = video.create_alias(parent=north.video_index, update_slug="copie")

    assert "facade--9x16" in read(north, alias)


def test_the_editing_screen_of_a_dead_video_says_what_to_do(north, provider, video):
    says(provider, status=404)
    published_and_asked(video)
    later()

    text = north.publisher_client.get(reverse("wagtailadmin_pages:edit", args=[video.pk])).content.decode()

    assert "Cette vidéo ne peut plus être vue sur Archives." in text
    assert "dépubliez" in text
