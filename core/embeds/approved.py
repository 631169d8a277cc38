"""Providers whose hosts the network approves one by one (`core.embeds.hosts`)."""

import re
from dataclasses import replace
from hashlib import sha256
from urllib.parse import urljoin

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
        return self.embed(host, candidate, kind, seconds(address.get("start"))) if host else None

    def embed(self, host, found: str, kind: str, start: int) -> Embed:
        root = f"https://{host.hostname}"
        offset = f"{start}s" if start else ""
        path, player = ("w", "videos/embed") if kind == "video" else ("w/p", "video-playlists/embed")
        return Embed(
            provider=self.key,
            provider_name=host.name,
            key=f"{host.hostname}/{'' if kind == 'video' else 'list:'}{found}",
            url=with_query(f"{root}/{path}/{found}", start=offset),
            # p2p would give the visitor's address to the others who watch.
            player_url=with_query(
                f"{root}/{player}/{found}", start=offset, title=0, warningTitle=0, peertubeLink=0, p2p=0
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
        url = with_query(f"https://{address.host}/{'/'.join(address.path)}", **dict(address.query))
        is_player = address.is_player or (address.host == host.player_host != host.hostname)
        return Embed(
            provider=self.key,
            provider_name=host.name,
            key=f"{address.host}/{sha256(url.encode()).hexdigest()[:32]}",
            url=url,
            player_url=url if is_player and address.host == host.players else "",
            details_url=with_query(host.oembed_url, url=url, format="json") if host.oembed_url else "",
        )

    def accepted(self):
        return ApprovedHost.objects.hostnames(ApprovedHost.Kind.OEMBED)

    def details(self, data, embed):
        found = super().details(data, embed)
        try:
            player = parse(str(data.get("html") or ""))
        except NotAnAddress:
            return found
        host = ApprovedHost.objects.named(embed.host, ApprovedHost.Kind.OEMBED)
        if host is None or not player.is_player or player.host != host.players:
            return found
        url = with_query(f"https://{player.host}/{'/'.join(player.path)}", **dict(player.query))
        return replace(found, player_url=url)
