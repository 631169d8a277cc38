"""In Breton an index lists its own pages, or their French stand-ins, whatever the kind of page."""

import pytest
from bs4 import BeautifulSoup
from wagtail.models import Locale

from core.models import SiteIdentity
from tests.factories import ArticlePageFactory, EventPageFactory, MemberPageFactory, VideoPageFactory

pytestmark = pytest.mark.django_db

INDEXES = {
    "index": ArticlePageFactory,
    "video_index": VideoPageFactory,
    "agenda": EventPageFactory,
    "directory": MemberPageFactory,
}


@pytest.mark.parametrize("name", INDEXES)
def test_a_breton_index_lists_what_is_translated_and_the_rest_in_french(north, name):
    SiteIdentity.objects.filter(site=north.site).update(breton_enabled=True)
    index = getattr(north, name)
    translated = INDEXES[name](parent=index, title="Traduit")
    INDEXES[name](parent=index, title="En français seulement")
    breton = Locale.objects.get(language_code="br")
    for original in (north.home, index, translated):
        copy = original.copy_for_translation(breton)
        copy.title = "Troet"
        copy.save_revision().publish()

    response = north.visitor.get(f"/br/{index.slug}/")
    links = [a.text.strip() for a in BeautifulSoup(response.content, "html.parser").select("main a")]

    assert response.status_code == 200
    assert "Troet" in links and "En français seulement" in links
    assert "Traduit" not in links
