"""Providers whose hosts the network approves one by one (`core.embeds.hosts`)."""

import re
from dataclasses import replace
from hashlib import sha256
from urllib.parse import urljoin, urlsplit

from django.utils.translation import gettext as _

from core.embeds.address import NotAnAddress, parse, seconds
from core.embeds.hosts import ApprovedHost
from core.embeds.provider import Details, Embed, Provider, lasting, plain, web_addresses, with_query


class PeerTube(Provider):
    """Any instance that the network has approved."""

    key, name = "peertube", "PeerTube"
    VIDEO = re.compile(r"[0-9A-Za-z-]{8,40}", re.ASCII)

    def recognise(self, address):
        candidate, kind = "", "video"
        match address.path:
            case ("w", candidate) | ("videos", "watch" | "embed", candidate):
                pass
            case ("w", "p", candidate) | ("videos", "watch", "playlist", candidate):
                kind = "playlist"
            case ("video-playlists", "embed", candidate):
                kind = "playlist"
        if not self.VIDEO.fullmatch(candidate):
            return None
        host = ApprovedHost.objects.named(address.host, ApprovedHost.Kind.PEERTUBE)
        moments = (seconds(address.get(name)) for name in ("start", "stop"))
        return self.embed(host, candidate, kind, *moments) if host else None

    def embed(self, host, found: str, kind: str, start: int, end: int) -> Embed:
        root = f"https://{host.hostname}"
        offset, stop = (f"{moment}s" if moment else "" for moment in (start, end))
        path, player = ("w", "videos/embed") if kind == "video" else ("w/p", "video-playlists/embed")
        return Embed(
            provider=self.key,
            provider_name=host.name,
            key=f"{host.hostname}/{'' if kind == 'video' else 'list:'}{found}",
            url=with_query(f"{root}/{path}/{found}", start=offset, stop=stop),
            # p2p would give the visitor's address to the others who watch.
            player_url=with_query(
                f"{root}/{player}/{found}", start=offset, stop=stop, title=0, warningTitle=0, peertubeLink=0, p2p=0
            ),
            details_url=f"{root}/api/v1/videos/{found}" if kind == "video" else "",
        )

    def accepted(self):
        return [
            _("PeerTube (%(hosts)s)") % {"hosts": ", ".join(names)}
            for names in [ApprovedHost.objects.hostnames(ApprovedHost.Kind.PEERTUBE)]
            if names
        ]

    def details(self, data, embed):
        """PeerTube's own description of a video (`GET /api/v1/videos/{id}`)."""
        account, ratio = data.get("account"), data.get("aspectRatio")
        is_upright = isinstance(ratio, int | float) and 0 < ratio < 1
        preview = data.get("previewPath") or data.get("thumbnailPath")
        return Details(
            title=plain(data.get("name")),
            author=plain(account.get("displayName")) if isinstance(account, dict) else "",
            duration=lasting(data.get("duration")),
            width=9 if is_upright else 16,
            height=16 if is_upright else 9,
            posters=web_addresses(urljoin(f"https://{embed.host}/", preview) if isinstance(preview, str) else None),
        )


class OEmbed(Provider):
    """Any other host that the network has approved and that describes its videos by oEmbed: INA, Arte…

    Where its player is only the host says; an address is played here once it has been asked.
    """

    key, name = "oembed", "oEmbed"

    def recognise(self, address):
        host = ApprovedHost.objects.named(address.host, ApprovedHost.Kind.OEMBED)
        if host is None or not address.path:
            return None
        is_player = address.host == host.players and (address.is_player or host.players != host.hostname)
        return Embed(
            provider=self.key,
            provider_name=host.name,
            key=f"{address.host}/{sha256(address.url.encode()).hexdigest()[:32]}",
            url=address.url,
            player_url=address.url if is_player else "",
            # Of a player's address the host would say that it is no video's.
            details_url="" if is_player else with_query(host.oembed_url, url=address.url, format="json"),
        )

    def accepted(self):
        return ApprovedHost.objects.hostnames(ApprovedHost.Kind.OEMBED)

    def details(self, data, embed):
        found = super().details(data, embed)
        try:
            player = parse(str(data.get("html") or ""))
        except NotAnAddress:
            return found
        return replace(found, player_url=player.url) if player.is_player and is_player_of(embed, player.url) else found


def is_player_of(embed: Embed, player_url: str) -> bool:
    """Whether an address that a host gave for its player is on the host that is approved for it, today."""
    host = ApprovedHost.objects.named(embed.host, ApprovedHost.Kind.OEMBED)
    return host is not None and urlsplit(player_url).hostname == host.players
