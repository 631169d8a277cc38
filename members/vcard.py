"""A profile as a vCard 4.0 (RFC 6350)."""

import re
from collections.abc import Iterator

MAX_OCTETS = 75


def escape(text: str) -> str:
    """A text value (RFC 6350, section 3.4)."""
    text = re.sub(r"[\x00-\x09\x0b-\x1f\x7f]", "", text)
    return text.replace("\\", "\\\\").replace(",", "\\,").replace(";", "\\;").replace("\n", "\\n")


def folded(line: str) -> str:
    """The line cut after 75 octets at most, never inside a character (RFC 6350, section 3.2)."""
    parts, part, size = [], "", 0
    for character in line:
        octets = len(character.encode())
        if size + octets > MAX_OCTETS:
            parts.append(part)
            part, size = "", 1  # the space that continues a line
        part += character
        size += octets
    return "\r\n ".join([*parts, part])


def lines(member, site) -> Iterator[str]:
    yield "BEGIN:VCARD"
    yield "VERSION:4.0"
    yield "KIND:org"
    yield f"UID:{member.translation_key.urn}"
    yield f"FN:{escape(member.title)}"
    yield f"ORG:{escape(member.title)}"
    if member.summary:
        yield f"NOTE:{escape(member.summary)}"
    if member.commune:
        yield f"ADR;TYPE=work:;;{escape(member.street)};{escape(member.commune)};;{escape(member.postcode)};France"
    if member.position:
        yield f"GEO:geo:{member.latitude},{member.longitude}"
    if member.phone:
        yield f"TEL;TYPE=work;VALUE=text:{escape(member.phone)}"
    if member.website:
        yield f"URL:{member.website}"
    yield f"SOURCE:{site.root_url}{member.get_url_parts()[2]}vcard/"
    if member.sectors:
        yield f"CATEGORIES:{','.join(escape(sector.name) for sector in member.sectors)}"
    if member.last_published_at:
        yield f"REV:{member.last_published_at:%Y%m%dT%H%M%SZ}"
    yield "END:VCARD"


def vcard(member, site) -> str:
    """The card of a profile; `site` is the context of the one that shows it."""
    return "".join(f"{folded(line)}\r\n" for line in lines(member, site))
