"""The demo network: made by the product's own services, resumable, removable, never in production."""

import pytest
from django.contrib.auth import get_user_model
from wagtail.models import Locale, Page, Site
from wagtail_localize.operations import translate_object

from articles.models import ArticlePage
from config.settings import base
from core.models import SiteImage
from demo import loader
from demo.drawings import SCENES, draw_scene
from demo.removal import remove_demo

pytestmark = pytest.mark.django_db


def keep_small(patch):
    """The smallest demo that has a rich pôle and a plain one."""
    patch.setattr(loader, "pole_slugs", lambda: ["brest", "fougeres"])
    patch.setattr("demo.removal.pole_slugs", lambda: ["brest", "fougeres"])
    patch.setattr(loader, "draw_scene", lambda scene, palette, seed: small_drawing())


@pytest.fixture
def two_poles(monkeypatch):
    keep_small(monkeypatch)


@pytest.fixture(scope="module")
def before_the_demo(kept_for_the_module):
    """What there was; the demo is loaded since then, once for the tests of this module."""
    before = everything()
    with pytest.MonkeyPatch.context() as patch:
        keep_small(patch)
        loader.load_demo()
    return before


def small_drawing():
    from tests.factories import jpeg

    return jpeg()


def everything():
    return (
        set(Page.objects.values_list("title", "url_path")),
        set(get_user_model().objects.values_list("email", flat=True)),
        SiteImage.objects.count(),
    )


def test_an_interrupted_load_goes_on_where_it_stopped(two_poles, monkeypatch):
    class InterruptedError(Exception):
        pass

    write_home = loader.PoleLoader.write_home

    def interrupted(self):
        if self.slug == "fougeres":
            raise InterruptedError
        write_home(self)

    monkeypatch.setattr(loader.PoleLoader, "write_home", interrupted)
    with pytest.raises(InterruptedError):
        loader.load_demo()
    assert Site.objects.filter(hostname="brest.localhost").exists()
    assert not Site.objects.filter(hostname="fougeres.localhost").exists()

    monkeypatch.setattr(loader.PoleLoader, "write_home", write_home)
    loader.load_demo()

    fougeres = Site.objects.get(hostname="fougeres.localhost")
    assert ArticlePage.objects.descendant_of(fougeres.root_page).count() >= 12


def test_a_second_load_changes_nothing(before_the_demo, two_poles):
    before = everything()

    loader.load_demo()

    assert everything() == before


def test_its_removal_leaves_the_other_poles_alone(before_the_demo, two_poles, north):
    assert {page for page in everything()[0] if "fougeres" in page[1]}

    assert remove_demo() == 2

    pages, users, images = everything()
    assert {page for page in pages if "nord" in page[1] or "saint-malo" in page[1]}
    assert not {page for page in pages if "fougeres" in page[1]}
    assert (users, images) == before_the_demo[1:]


def test_it_is_never_among_the_applications_of_production():
    assert "demo" not in base.INSTALLED_APPS


def test_every_content_file_names_known_topics_and_scenes(db):
    import tomllib

    from demo.shared_content import TOPICS

    topics = {slug for slug, _name, _description in TOPICS}
    for path in loader.CONTENT.glob("*.toml"):
        for article in tomllib.loads(path.read_text())["articles"]:
            assert set(article["topics"]) <= topics, path
            assert article["scene"] in (*SCENES, ""), path
            assert len(article["title"]) <= 90 and len(article["lead"]) <= 320, path


@pytest.mark.parametrize("scene", SCENES)
def test_the_same_seed_draws_the_same_picture(scene):
    assert draw_scene(scene, "ocean", "graine") == draw_scene(scene, "ocean", "graine")
    assert draw_scene(scene, "ocean", "graine") != draw_scene(scene, "ocean", "autre")


def test_the_home_pages_of_the_demo_can_be_translated(before_the_demo):
    """wagtail-localize fails on a picture block that holds nothing at all, which the editor never writes."""
    home = Site.objects.get(hostname="fougeres.localhost").root_page.specific

    translate_object(home, [Locale.objects.get(language_code="br")])

    assert home.get_translations().exists()
