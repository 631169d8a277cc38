"""The large providers, which need nobody's approval."""

import re
from dataclasses import replace

from core.embeds.address import seconds
from core.embeds.provider import Embed, Provider, plain, query, web_addresses, with_query


class YouTube(Provider):
    key, name = "youtube", "YouTube"
    hosts = frozenset(
        {
            "youtube.com", "www.youtube.com", "m.youtube.com", "music.youtube.com", "youtu.be",
            "youtube-nocookie.com", "www.youtube-nocookie.com",
        }
    )  # fmt: skip
    gone_statuses = frozenset({401, 404, 410})  # 401: private, or not to be shown elsewhere
    VIDEO = re.compile(r"[\w-]{11}", re.ASCII)
    LIST = re.compile(r"[\w-]{2,64}", re.ASCII)
    NO_VIDEO = ("videoseries", "live_stream")  # eleven letters too

    def read(self, address):
        video, listed = self.video(address), address.get("list")
        listed = listed if self.LIST.fullmatch(listed) else ""
        start = seconds(address.get("t", "start", "time_continue") or address.fragment.removeprefix("t="))
        if video:
            parameters = {"start": start, "end": seconds(address.get("end")), "list": listed}
            told = query(v=video, list=listed, t=f"{start}s" if start else "", end=parameters["end"] or "")
            url = f"https://www.youtube.com/watch?{told}"
        elif listed and address.path[:1] in (("playlist",), ("watch",), ("embed",)):
            video, parameters = "videoseries", {"list": listed}
            url = f"https://www.youtube.com/playlist?{query(list=listed)}"
        else:
            return None
        return Embed(
            provider=self.key,
            provider_name=self.name,
            key=f"list:{listed}" if video == "videoseries" else video,
            url=url,
            player_url=with_query(f"https://www.youtube-nocookie.com/embed/{video}", **parameters, rel=0),
            details_url=f"https://www.youtube.com/oembed?{query(url=url.partition('&t=')[0], format='json')}",
        )

    def video(self, address) -> str:
        if address.host == "youtu.be":
            candidates = address.path[:1]
        elif address.path[:1] == ("watch",):
            candidates = (address.get("v"),) if len(address.path) == 1 else address.path[1:2]
        elif address.path[:1] in [(name,) for name in ("embed", "v", "e", "shorts", "live")]:
            candidates = address.path[1:2]
        else:
            candidates = ()
        return next((found for found in candidates if self.VIDEO.fullmatch(found) and found not in self.NO_VIDEO), "")

    def details(self, data, embed):
        found = super().details(data, embed)
        if not embed.key.startswith("list:"):  # the one that oEmbed names is small, with black bands
            best = f"https://i.ytimg.com/vi/{embed.key}/maxresdefault.jpg"
            found = replace(found, posters=(best, *found.posters))
        return found


class Dailymotion(Provider):
    key, name = "dailymotion", "Dailymotion"
    hosts = frozenset(
        {"dailymotion.com", "www.dailymotion.com", "m.dailymotion.com", "touch.dailymotion.com", "geo.dailymotion.com",
         "dai.ly"}
    )  # fmt: skip
    VIDEO = re.compile(r"([kx][a-zA-Z0-9]{4,20})(?:_.*)?")
    FIELDS = "title,owner.screenname,duration,width,height,thumbnail_1080_url,thumbnail_720_url"

    def read(self, address):
        kind, candidate = "video", ""
        path = address.path[1:] if re.fullmatch(r"[a-z]{2}", "".join(address.path[:1])) else address.path
        match path:
            case (candidate,) if address.host == "dai.ly":
                pass
            case ("video", candidate) | ("embed", "video", candidate) | ("swf", "video", candidate):
                pass
            case ("playlist", candidate) | ("playlist", candidate, _) | ("embed", "playlist", candidate):
                kind = "playlist"
            case ("player.html",) | ("player", _):
                candidate = address.get("video", "playlist")
                kind = "video" if address.get("video") else "playlist"
        found = self.VIDEO.fullmatch(candidate)
        if not found:
            return None
        start = seconds(address.get("start", "startTime", "t"))
        return Embed(
            provider=self.key,
            provider_name=self.name,
            key=found[1] if kind == "video" else f"list:{found[1]}",
            url=with_query(f"https://www.dailymotion.com/{kind}/{found[1]}", start=start),
            player_url=with_query("https://geo.dailymotion.com/player.html", **{kind: found[1]}, startTime=start),
            details_url=f"https://api.dailymotion.com/video/{found[1]}?{query(fields=self.FIELDS)}"
            if kind == "video"
            else "",
        )

    def details(self, data, embed):
        common = super().details(data, embed)
        posters = web_addresses(data.get("thumbnail_1080_url"), data.get("thumbnail_720_url"))
        return replace(common, author=plain(data.get("owner.screenname")), posters=posters)


class Vimeo(Provider):
    key, name = "vimeo", "Vimeo"
    hosts = frozenset({"vimeo.com", "www.vimeo.com", "player.vimeo.com"})
    VIDEO = re.compile(r"\d{5,12}", re.ASCII)
    HASH = re.compile(r"[0-9a-f]{6,20}")

    def read(self, address):
        number = secret = ""
        match address.path:
            case (number,) | ("video", number) | ("channels", _, number) | ("groups", _, "videos", number):
                pass
            case ("album" | "showcase", _, "video", number) | ("ondemand", _, number) | ("manage", "videos", number):
                pass
            case ("album" | "showcase", listed) | ("album" | "showcase", listed, "embed" | "embed2"):
                return self.showcase(listed)
            case (number, secret) | ("video", number, secret) | ("manage", "videos", number, secret):
                pass
        secret = secret or address.get("h")
        if not self.VIDEO.fullmatch(number) or (secret and not self.HASH.fullmatch(secret)):
            return None
        start = seconds(address.fragment.removeprefix("t=") or address.get("t"))
        page = f"https://vimeo.com/{number}" + (f"/{secret}" if secret else "")
        offset = f"#t={start}s" if start else ""
        return Embed(
            provider=self.key,
            provider_name=self.name,
            key=f"{number}/{secret}" if secret else number,
            url=page + offset,
            player_url=with_query(f"https://player.vimeo.com/video/{number}", h=secret, dnt=1) + offset,
            details_url=f"https://vimeo.com/api/oembed.json?{query(url=page, width=1280)}",
        )

    def showcase(self, number: str) -> Embed | None:
        if not self.VIDEO.fullmatch(number):
            return None
        url = f"https://vimeo.com/showcase/{number}"
        return Embed(self.key, self.name, f"list:{number}", url, player_url=f"{url}/embed2")
