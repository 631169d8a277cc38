from django.conf import settings

from core.querysets import home_of
from core.sitemaps import SiteSitemap
from videos.page import VideoPage


class VideoSitemap(SiteSitemap):
    """The videos of the site one is on, described for search engines (Google's extension of the protocol)."""

    limit = 500

    def items(self):
        site = self.get_wagtail_site()
        homes = [home_of(site, language, settings.LANGUAGE_CODE) for language, _name in settings.LANGUAGES]
        found = VideoPage.objects.none()
        for home in filter(None, homes):
            found = found | VideoPage.objects.published().descendant_of(home)
        return found.filter(noindex=False).select_related("film").for_cards().newest_first()

    def _urls(self, page, protocol, domain):
        return [
            {"location": video.get_full_url(self.request), "lastmod": self.lastmod(video), "videos": [described]}
            for video in self.paginator.page(page).object_list
            if (described := video.described_for_sitemap(self.request))
        ]
