from django.conf import settings
from wagtail.contrib.sitemaps import Sitemap

from core.querysets import home_of, pages


class SiteSitemap(Sitemap):
    """Every published page of the site one is on, in all its languages (Wagtail's own stops at the first)."""

    limit = 5000

    def items(self):
        site = self.get_wagtail_site()
        found = pages().none()
        for language, _name in settings.LANGUAGES:
            home = home_of(site, language, settings.LANGUAGE_CODE)
            if home is not None:
                found = found | pages().under(home)
        return found.order_by("path").defer_streamfields().specific()
