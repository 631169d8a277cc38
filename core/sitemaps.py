from wagtail.contrib.sitemaps import Sitemap

from core.querysets import pages


class SiteSitemap(Sitemap):
    """Every published page of the site one is on, in all its languages (Wagtail's own stops at the first)."""

    limit = 5000

    def items(self):
        site = self.get_wagtail_site()
        homes = pages().published().filter(depth=2, translation_key=site.root_page.translation_key)
        found = pages().none()
        for home in homes:
            found = found | pages().under(home)
        return found.order_by("path").defer_streamfields().specific()
