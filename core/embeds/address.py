"""A pasted address or `<iframe>` code, taken apart; what no provider could mean is refused before any is asked."""

import re
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import parse_qsl, quote, unquote, urlsplit

from bs4 import BeautifulSoup

MAX_LENGTH = 4000
SAFE = "/%:@!$&()*+,;=?~-._"  # RFC 3986, section 3.3, but for quotes
CONTROL = re.compile(r"[\x00-\x20\x7f-\x9f\u2028\u2029\ufeff]")
SCHEME = re.compile(r"^[a-z][a-z0-9+.-]*:", re.IGNORECASE)
HOSTNAME = re.compile(r"^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$")
OFFSET = re.compile(r"^(?:(\d{1,2})h)?(?:(\d{1,4})m)?(?:(\d{1,5})s?)?$", re.ASCII)
CLOCK = re.compile(r"^(?:(\d{1,2}):)?(\d{1,3}):(\d{2})$", re.ASCII)

# In a sentence: whole, or from its host on; what closes the sentence is not the address's.
WHOLE = re.compile(r"https?://[^\s<>\"«»]+", re.IGNORECASE)
BARE = re.compile(r"(?<![\w@/.])(?:[a-z0-9-]+\.)+[a-z]{2,10}/[^\s<>\"«»]+", re.IGNORECASE)
CLOSING = ".,;:!?)]}'’…"
MATRIX = re.compile(r";[A-Za-z]+=[^/;]*")  # RFC 3986, section 3.3: PeerTube adds `;threadId=…` to its addresses


class NotAnAddress(ValueError):
    """The text holds no web address, or several, or one that no browser should follow."""


@dataclass(frozen=True)
class Address:
    """An http(s) address: host in lower case, path cut at its slashes, first value of each parameter."""

    url: str  # whole, in https, as a browser would ask it
    host: str
    path: tuple[str, ...]
    query: tuple[tuple[str, str], ...] = ()
    fragment: str = ""
    is_player: bool = False  # taken from an <iframe>

    @cached_property
    def parameters(self) -> dict[str, str]:
        return dict(reversed(self.query))

    def get(self, *names: str) -> str:
        """The value of the first of those parameters that the address has, or ""."""
        return next((self.parameters[name] for name in names if self.parameters.get(name)), "")


def parse(text: str) -> Address:
    """The one address in `text`: itself, without its scheme perhaps, in a sentence, or the source of an `<iframe>`.

    Whatever stands around it (words, scripts, paragraphs, links) is ignored. Raises `NotAnAddress`.
    """
    text = text.strip()
    if len(text) > MAX_LENGTH:
        raise NotAnAddress("too long")
    is_player = "<" in text
    if is_player:
        sources = {
            str(frame.get("src") or "").strip() for frame in BeautifulSoup(text, "html.parser").find_all("iframe")
        }
        if len(sources) != 1:
            raise NotAnAddress(f"{len(sources)} players")
        (text,) = sources
    else:
        text = in_sentence(text.replace("&amp;", "&"))
    if not text or CONTROL.search(text) or "\\" in text:
        raise NotAnAddress("blank, or characters that no address holds")
    if text.startswith("//"):
        text = f"https:{text}"
    elif not SCHEME.match(text) or "." in text.partition(":")[0]:  # `youtube.com:443/…` is no scheme
        text = f"https://{text}"
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError as error:
        raise NotAnAddress(str(error)) from None
    if parts.scheme.lower() not in ("http", "https") or "@" in parts.netloc or port not in (None, 80, 443):
        raise NotAnAddress("scheme, credentials or port")
    host = (parts.hostname or "").removesuffix(".")
    # Letters of other alphabets look like ours (UTS #39): a host is ASCII, or is nobody's that we know.
    if not HOSTNAME.match(host):
        raise NotAnAddress("host")
    query = quote(parts.query, safe=SAFE)
    path = MATRIX.sub("", parts.path)
    return Address(
        url=f"https://{host}{quote(path, safe=SAFE)}" + (f"?{query}" if query else ""),
        host=host,
        path=tuple(unquote(part) for part in path.split("/") if part),
        query=tuple(parse_qsl(parts.query, max_num_fields=50)) if parts.query.count("&") < 50 else (),
        fragment=parts.fragment,
        is_player=is_player,
    )


def in_sentence(text: str) -> str:
    """The one address among words; a text without spaces is one itself. Raises `NotAnAddress`."""
    if not re.search(r"\s", text):
        return text
    found: set[str] = {match.rstrip(CLOSING) for pattern in (WHOLE, BARE) for match in pattern.findall(text)}
    whole = {address for address in found if "://" in address}
    addresses = whole or found
    if len(addresses) != 1:
        raise NotAnAddress(f"{len(addresses)} addresses")
    return addresses.pop()


def seconds(text: str) -> int:
    """A time offset as providers write it (`90`, `90s`, `1m30s`, `1h2m3s`, `1:30`) in seconds; 0 for anything else."""
    text = text.strip().lower()
    if clock := CLOCK.fullmatch(text):
        hours, minutes, rest = clock.groups(default="0")
    elif text and (offset := OFFSET.fullmatch(text)):
        hours, minutes, rest = offset.groups(default="0")
    else:
        return 0
    found = int(hours) * 3600 + int(minutes) * 60 + int(rest)
    return found if found < 86_400 else 0
