"""schema.org descriptions as plain dictionaries; `{% structured_data %}` prints them as JSON-LD."""

from django.conf import settings
from django.utils import translation
from wagtail.images.models import SourceImageIOError

from core.images.renditions import LOGO_SPECS, SHARED

SCHEMA = "https://schema.org"


def web_page(page, request, type_name: str = "WebPage", **more) -> dict:
    """The description that every page shares; `more` adds or replaces properties, and empty ones are dropped."""
    data = {
        "@context": SCHEMA,
        "@type": type_name,
        "@id": page.get_full_url(request),
        "url": page.get_full_url(request),
        "name": page.title,
        "description": page.description,
        "inLanguage": translation.get_language() or settings.LANGUAGE_CODE,
        "dateModified": page.last_published_at.isoformat() if page.last_published_at else None,
        **more,
    }
    return {key: value for key, value in data.items() if value not in (None, "", [])}


def breadcrumb_list(page, request) -> dict:
    trail = [*page.breadcrumb, page]
    return {
        "@context": SCHEMA,
        "@type": "BreadcrumbList",
        "itemListElement": [
            {
                "@type": "ListItem",
                "position": position,
                "name": step.title,
                "item": step.get_full_url(request),
            }
            for position, step in enumerate(trail, start=1)
        ],
    }


def organization(identity, url: str) -> dict:
    """schema.org Organization of a site's publisher, as its identity says it."""
    address = {
        "@type": "PostalAddress",
        "streetAddress": identity.street_address,
        "postalCode": identity.postcode,
        "addressLocality": identity.city,
        "addressCountry": "FR",
    }
    data = {
        "@type": "Organization",
        "name": identity.publisher or identity.name,
        "url": url,
        "logo": next(iter(picture_urls(identity.logo, LOGO_SPECS[0], url)), ""),
        "email": identity.email,
        "telephone": identity.phone,
        "address": {key: value for key, value in address.items() if value} if identity.city else "",
        "sameAs": [account.value["url"] for account in identity.social_links],
    }
    return {key: value for key, value in data.items() if value}


def share_picture_urls(image, root_url: str) -> list[str]:
    """The address of a picture at the size of shares, in a list; empty without one."""
    return picture_urls(image, SHARED, root_url)


def picture_urls(image, spec: str, root_url: str) -> list[str]:
    """The address of a picture in that form, in a list; empty without one."""
    if image is None:
        return []
    try:
        return [root_url + image.get_rendition(spec).url]
    except SourceImageIOError:  # the page is worth more than its picture
        return []
