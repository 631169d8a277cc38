"""The bytes of a calendar into its components, each for itself: what one of them has wrong spoils that one alone.

RFC 5545, sections 3.1 and 3.4, read as tolerantly as the calendars of others ask for: lines are unfolded before they
are decoded (a fold may cut a letter in two), a text that was broken without a fold is put together again, a component
ends where the next one begins.
"""

import re
from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property

from core.decoding import Decoded, decode
from core.words import ILLEGAL

FOLD = re.compile(rb"(?:\r*\n|\r)+[ \t](?![ \t]*(?:BEGIN|END):V)", re.IGNORECASE)
BREAK = re.compile(r"\r\n|\n|\r")
# Before the first colon outside quotation marks; Outlook writes “TZID=(UTC+01:00) Brussels, Paris” without any.
# Nothing is tried twice: a line may be millions of spaces long.
PROPERTY = re.compile(
    r"""\s*+([A-Za-z0-9-]++)\s*+((?:;(?:\((?:UTC|GMT)[+-]\d\d:\d\d\)|"[^"]*+"|[^":])*+)?+):(.*)""", re.DOTALL
)
UNBALANCED = re.compile(r"\s*+([A-Za-z0-9-]++)\s*+;[^:]*+:(.*)", re.DOTALL)
PARAMETER = re.compile(r""";\s*([A-Za-z0-9-]+)\s*=\s*("[^"]*"|[^;]*)""")
# RFC 5545, 7986, 9073 and 9253: anything else before a colon may be a word of a text.
NAMES = {
    "BEGIN", "END", "ACTION", "ATTACH", "ATTENDEE", "CALSCALE", "CATEGORIES", "CLASS", "COLOR", "COMMENT",
    "COMPLETED", "CONCEPT", "CONFERENCE", "CONTACT", "CREATED", "DESCRIPTION", "DTEND", "DTSTAMP", "DTSTART", "DUE",
    "DURATION", "EXDATE", "EXRULE", "FREEBUSY", "GEO", "IMAGE", "LAST-MODIFIED", "LINK", "LOCATION", "METHOD", "NAME",
    "ORGANIZER", "PERCENT-COMPLETE", "PRIORITY", "PRODID", "RDATE", "RECURRENCE-ID", "REFID", "REFRESH-INTERVAL",
    "RELATED-TO", "REPEAT", "REQUEST-STATUS", "RESOURCES", "RRULE", "SEQUENCE", "SOURCE", "STATUS", "STRUCTURED-DATA",
    "STYLED-DESCRIPTION", "SUMMARY", "TRANSP", "TRIGGER", "TZID", "TZNAME", "TZOFFSETFROM", "TZOFFSETTO", "TZURL",
    "UID", "URL", "VERSION",
}  # fmt: skip
RULES = {"RRULE", "EXRULE"}
TEXTS = {"SUMMARY", "DESCRIPTION", "LOCATION"}
TOP = {"VEVENT", "VTODO", "VJOURNAL", "VFREEBUSY", "VTIMEZONE", "VAVAILABILITY"}
KEPT_PARAMETERS = {"VALUE", "RANGE", "FMTTYPE", "ENCODING"}
ZONE = "X-ZONE"  # the parameter under which the name of a zone goes on: who parses the line knows no zone of this file


@dataclass
class Component:
    """The lines of one component, without those of what it holds, in one spelling: NAME;PARAMETER=…:value."""

    name: str
    calendar: "Component | None" = None  # that it is in
    lines: list[str] = field(default_factory=list)
    is_whole: bool = True
    parts: list["Component"] = field(default_factory=list)

    @cached_property
    def usual_zone(self) -> str:
        """The zone of the hours without one, as a calendar says it."""
        return self.value("X-WR-TIMEZONE")

    def add(self, name: str, parameters: str, value: str) -> None:
        """Keep the line if it says something; an empty rule says that there was to be one, a text may go on below."""
        if value or name in TEXTS or name in RULES:
            self.lines.append(f"{name}{parameters}:{value}")

    def value(self, *names: str) -> str:
        """The first of these properties that says something, as it is written."""
        for name in names:
            for line in self.lines:
                if re.match(rf"{name}[;:]", line) and (value := line.partition(":")[2]):
                    return value
        return ""


@dataclass
class Components:
    """What a file holds. `others` counts what is no event, by name; `is_cut` says that its end is missing."""

    calendars: list[Component] = field(default_factory=list)
    events: list[Component] = field(default_factory=list)
    zones: list[Component] = field(default_factory=list)
    others: Counter[str] = field(default_factory=Counter)
    is_cut: bool = False
    mended: list[tuple[int, str]] = field(default_factory=list)
    doubts: list[tuple[int, str]] = field(default_factory=list)


def text_of(content: bytes) -> str:
    """The calendar as text, unfolded, as it was understood, without what a database cannot hold."""
    return read_text(content).text


def read_text(content: bytes) -> Decoded:
    if b"\x00" in content:  # UTF-16, of which a line break is two bytes
        try:
            content = decode(content).text.encode(errors="replace")
        except UnicodeDecodeError:
            content = content.replace(b"\x00", b"")
    found = decode(FOLD.sub(b"", content))
    found.text = ILLEGAL.sub("", found.text).strip()
    return found


def components(content: bytes, most: int) -> Components:
    """The components of a calendar, whatever is wrong with some of them. Raises `ValueError` beyond `most` events."""
    read = read_text(content)
    found = Components(mended=read.mended, doubts=read.doubts)
    stack: list[Component] = []
    for line in BREAK.split(read.text):
        if not line.strip():
            continue
        name, parameters, value = property_of(line)
        if name == "BEGIN":
            begin(stack, value.upper(), found)
            if len(found.events) > most:
                raise ValueError
        elif name == "END":
            end(stack, value.upper())
        elif stack and name:
            stack[-1].add(name, parameters, value)
        elif stack:
            go_on(stack[-1], line)
    for component in stack:
        component.is_whole = False
    found.is_cut = bool(stack)
    return found


def property_of(line: str) -> tuple[str, str, str]:
    """Name, parameters that matter and value of a line; no name where it is none of a calendar's."""
    match = PROPERTY.fullmatch(line)
    if match is None:
        match, parameters = UNBALANCED.fullmatch(line), ""
    else:
        parameters = match[2]
    name = match[1].upper() if match else ""
    if match is None or not (name in NAMES or name.startswith("X-")):
        return "", "", ""
    kept = []
    for key, value in PARAMETER.findall(parameters):
        value = value.strip().strip('"').replace('"', "")
        if key.upper() == "TZID":
            kept.append(f';{ZONE}="{value}"')
        elif key.upper() in KEPT_PARAMETERS and re.fullmatch(r"[\w/.+-]+", value):
            kept.append(f";{key.upper()}={value.upper()}")
    return name, "".join(kept), match[match.lastindex or 0].strip()


def begin(stack: list[Component], name: str, found: Components) -> None:
    if name == "VCALENDAR":
        stack.clear()
    elif name in TOP:
        # Whatever was not ended before ends here; it may be whole all the same.
        while stack and stack[-1].name != "VCALENDAR":
            stack.pop()
    component = Component(name, found.calendars[-1] if found.calendars else None)
    if name == "VCALENDAR":
        found.calendars.append(component)
    elif name == "VEVENT":
        found.events.append(component)
    elif name == "VTIMEZONE":
        found.zones.append(component)
    elif stack and stack[-1].name == "VTIMEZONE":
        stack[-1].parts.append(component)
    elif name in TOP:
        found.others[name] += 1
    stack.append(component)


def end(stack: list[Component], name: str) -> None:
    """Close what has that name, and what was left open inside it; an end of nothing ends nothing."""
    if any(component.name == name for component in stack):
        while stack.pop().name != name:
            pass


def go_on(component: Component, line: str) -> None:
    """A line that is no property: the text before it goes on, if there is one; else it means nothing."""
    if component.lines and re.split("[;:]", component.lines[-1], maxsplit=1)[0] in TEXTS:
        component.lines[-1] += rf"\n{line.strip()}"
