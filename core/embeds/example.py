import re
from datetime import timedelta

from core.embeds.provider import Details, Embed, Provider, VideoGone


class Example(Provider):
    """Stands for a provider where there is none: it answers without a network, and its player is a page of ours.

    For the demo and the tests; the settings of production do not name it.
    """

    key, name = "example", "Exemple"
    hosts = frozenset({"video.example.org"})

    def read(self, address):
        match address.path:
            case ("w", slug) if re.fullmatch(r"[a-z0-9-]{1,60}", slug):
                url = f"https://video.example.org/w/{slug}"
                return Embed(self.key, self.name, slug, url, player_url=f"/video-exemple/{slug}/")
        return None

    def accepted(self):
        return []

    def ask(self, embed):
        if embed.key.startswith("disparue"):
            raise VideoGone
        return Details(
            title=embed.key.replace("-", " ").capitalize(),
            author="Chaîne d’exemple",
            duration=timedelta(minutes=3, seconds=20),
        )
