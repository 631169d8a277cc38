import json
from datetime import date, datetime
from urllib.parse import urlencode, urlsplit

from csp.constants import SELF
from django import template
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import pgettext

from core.geo import Position
from core.site_context import SiteContext
from core.theme.colours import hsl
from core.words import initials

register = template.Library()

# As django.utils.html.json_script: a `</script>` in a title must not end the script.
JSON_ESCAPES = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}


@register.simple_tag(takes_context=True)
def site_context(context):
    """The identity, menu and footer of the site that the request is for."""
    request = context.get("request")
    page = context.get("page")
    return SiteContext.of(request, page if hasattr(page, "url_path") else None) if request else None


@register.simple_tag(takes_context=True)
def structured_data(context, page):
    if not hasattr(page, "structured_data"):
        return ""
    data = page.structured_data(context["request"])
    # The escapes make it safe, and type="application/ld+json" is data: no policy lets it run.
    payload = mark_safe(json.dumps(data, ensure_ascii=False, default=str).translate(JSON_ESCAPES))  # noqa: S308
    return format_html('<script type="application/ld+json">{}</script>', payload)


@register.simple_tag(takes_context=True)
def page_card(context, page, heading="h3", pole_name="", is_lead=False):
    """Any page as a card: the page's own class chooses the template. `pole_name` where a list is of several pôles,
    `is_lead` for the first, which is larger.
    """
    card = template.loader.get_template(getattr(page, "card_template", "core/cards/page.html"))
    values = {
        "page": page,
        "heading": heading,
        "pole_name": pole_name,
        "is_lead": is_lead,
        "show_site": context.get("show_site"),
    }
    return card.render(values, context["request"])


@register.simple_tag(takes_context=True)
def facade(context, facade, show_title=True):
    """A video behind its button (`core.embeds.facade`); its player's host joins those that the page may frame."""
    request = context.get("request")
    if facade.player_url and not facade.is_gone and request is not None:
        SiteContext.of(request).player_hosts.add(
            SELF if facade.is_own_player else f"https://{urlsplit(facade.player_url).hostname}"
        )
    values = {
        "facade": facade,
        "show_title": show_title,
        "host": urlsplit(facade.player_url or facade.address or (facade.embed.url if facade.embed else "")).hostname,
    }
    return template.loader.get_template("core/embeds/facade.html").render(values, request)


@register.simple_tag(takes_context=True)
def page_url(context, page):
    """The page's address: relative on its own site, whole from another."""
    return page.get_url(context.get("request"))


@register.simple_tag
def editor_colour(name: str, colour: str) -> str:
    """One of the editor's colours, as the three numbers from which Wagtail derives its shades."""
    hue, saturation, lightness = hsl(colour)
    prefix = f"--w-color-{name}"
    return f"{prefix}-hue: {hue:.1f}; {prefix}-saturation: {saturation:.1f}%; {prefix}-lightness: {lightness:.1f}%;"


@register.filter
def display_domain(url: str) -> str:
    """`https://www.example.org/a/b` → `example.org`."""
    return url.split("://")[-1].split("/")[0].removeprefix("www.")


@register.simple_tag
def directions_url(position: Position | None, address: str) -> str:
    """A place on the map of OpenStreetMap: by its position, or by its address where nobody gave one."""
    if position is None:
        return f"https://www.openstreetmap.org/search?{urlencode({'query': address})}"
    point = f"{position.latitude:.6f}", f"{position.longitude:.6f}"
    return "https://www.openstreetmap.org/?mlat={0}&mlon={1}#map=17/{0}/{1}".format(*point)


register.filter("initials", initials)


@register.filter
def short_day(day: date) -> str:
    """« lun. 7 déc. »"""
    return date_format(day, pgettext("format of a short day", "D j N"))


@register.filter
def clock(moment: datetime) -> str:
    """« 14 h », « 14 h 30 », of a time by the wall clock."""
    if moment.minute:
        return date_format(moment, pgettext("format of an hour with minutes", "H:i"))
    return date_format(moment, pgettext("format of a whole hour", "H:i"))


@register.filter
def phone_uri(number: str) -> str:
    """A phone number as a `tel:` address wants it: digits and a leading +."""
    return "".join(character for character in number if character.isdigit() or character == "+")


@register.filter
def play_time(length) -> str:
    """How long a film lasts: 3 min 20 s, 1 h 03 min."""
    seconds = int(length.total_seconds())
    hours, minutes, rest = seconds // 3600, seconds // 60 % 60, seconds % 60
    if hours:
        return f"{hours}\u00a0h\u00a0{minutes:02}\u00a0min"
    parts = [f"{minutes}\u00a0min" if minutes else "", f"{rest}\u00a0s" if rest or not minutes else ""]
    return "\u00a0".join(part for part in parts if part)
