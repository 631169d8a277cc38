"""What every public page keeps from: cookies, inline code, other hosts; and the headers that say so."""

import re

import pytest
from wagtail.models import PageViewRestriction

from tests.factories import ArticlePageFactory, CharterFactory, ImageFactory, PrincipleFactory, TopicFactory

pytestmark = pytest.mark.django_db

PATHS = [
    "/",
    "/actualites/",
    "/actualites/?theme=mer",
    "/actualites/un-article/",
    "/recherche/",
    "/recherche/?q=article",
    "/principes/",
    "/charte/",
    "/le-pole/",
    "/mentions-legales/",
    "/confidentialite/",
    "/accessibilite/",
    "/plan-du-site/",
    "/nulle-part/",
    "/actualites/rss/",
    "/robots.txt",
    "/sitemap.xml",
    "/favicon.ico",
]
LOADED = re.compile(
    r'(?:<(?:script|img|iframe|source|video|audio|embed)\b[^>]*?\b(?:src|srcset)|<form\b[^>]*?\baction)="([^"]*)"'
)
LINKS = re.compile(r'<link rel="(?:stylesheet|icon|preload|modulepreload)"[^>]*href="([^"]*)"')


@pytest.fixture
def full_site(north):
    topic = TopicFactory(slug="mer")
    PrincipleFactory()
    CharterFactory()
    image = ImageFactory()
    article = ArticlePageFactory(
        parent=north.index, slug="un-article", title="Un article", topics=[topic], listing_image=image
    )
    block = article._meta.get_field("body").stream_block
    article.body = [
        (name, child.get_preview_value())
        for name, child in block.child_blocks.items()
        if name not in ("page_card", "documents", "principle", "image", "gallery")
    ]
    article.body.append(("image", {"image": image, "caption": "Légende", "width": "wide"}))
    article.body.append(("gallery", {"images": [image, image], "caption": ""}))
    article.save_revision().publish()
    return north


@pytest.mark.parametrize("path", PATHS)
def test_no_cookie_no_inline_code_no_other_host(full_site, path):
    response = full_site.visitor.get(path)
    text = response.content.decode(errors="replace")

    assert response.cookies == {}
    assert "cookie" not in response.get("Vary", "").lower()
    assert "language" not in response.get("Vary", "").lower()
    assert not re.search(r"<style|\sstyle=|\son\w+=|javascript:", text)
    for script in re.findall(r"<script\b([^>]*)>", text):
        assert "src=" in script or 'type="application/ld+json"' in script
    for address in LOADED.findall(text) + LINKS.findall(text):
        for candidate in address.split(","):
            assert candidate.strip().startswith("/") and not candidate.strip().startswith("//"), candidate


def test_the_style_sheet_and_the_script_name_no_other_host(north):
    from config.env import ROOT
    from core.theme.stylesheet import stylesheet

    for text in (
        stylesheet(north.identity.theme),
        *(path.read_text() for path in (ROOT / "site/static/js").glob("*.js")),
    ):
        assert "//" not in re.sub(r"(?m)^\s*//.*$|/\*.*?\*/", "", text, flags=re.S)


@pytest.mark.parametrize("path", PATHS)
def test_the_policy_is_strict_on_every_public_response(full_site, path):
    response = full_site.visitor.get(path)
    policy = response["Content-Security-Policy"]

    assert "default-src 'none'" in policy and "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Referrer-Policy"] == "strict-origin-when-cross-origin"
    assert "camera=()" in response["Permissions-Policy"]


def test_the_editor_has_its_own_policy(north):
    assert "unsafe-inline" in north.writer_client.get("/admin/")["Content-Security-Policy"]


def test_a_cookie_changes_nothing_to_a_public_page(full_site, north):
    plain = full_site.visitor.get("/").content

    for cookie in ("django_language=br", "sessionid=abc", "theme=dark"):
        assert full_site.visitor.get("/", headers={"cookie": cookie, "accept-language": "en"}).content == plain


def test_an_unchanged_page_is_not_sent_twice(full_site):
    etag = full_site.visitor.get("/")["ETag"]

    assert full_site.visitor.get("/", headers={"if-none-match": etag}).status_code == 304


def test_a_page_with_a_password_asks_for_it_and_opens(north):
    article = ArticlePageFactory(parent=north.index, title="Compte rendu du bureau", summary="Réservé au bureau")
    PageViewRestriction.objects.create(page=article, restriction_type="password", password="sésame")
    path = article.relative_url(north.site)

    asked = north.visitor.get(path).content.decode()
    assert "Réservé au bureau" not in asked

    action = re.search(r'action="([^"]+/_util/[^"]+|/_util/[^"]+)"', asked)[1]
    north.visitor.post(action, {"password": "sésame", "return_url": path})
    assert "Réservé au bureau" in north.visitor.get(path).content.decode()
