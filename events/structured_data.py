"""An event as schema.org describes it (https://schema.org/Event): its state, how one attends, what it costs."""

from core.site_context import SiteContext
from core.structured_data import SCHEMA, organization, share_picture_urls
from events.vocabulary import Price, State

STATUSES = {
    State.CANCELLED: "EventCancelled",
    State.POSTPONED: "EventPostponed",
    State.ONLINE: "EventMovedOnline",
}
MAX_DATES = 12


def status(event, occurrence=None) -> str:
    if occurrence is not None and occurrence.is_cancelled:
        return f"{SCHEMA}/EventCancelled"
    if occurrence is not None and occurrence.is_moved and event.state == State.CONFIRMED:
        return f"{SCHEMA}/EventRescheduled"
    return f"{SCHEMA}/{STATUSES.get(event.state, 'EventScheduled')}"


def attendance(event) -> str:
    if event.state == State.ONLINE or (event.is_online and not event.where):
        return f"{SCHEMA}/OnlineEventAttendanceMode"
    return f"{SCHEMA}/{'Mixed' if event.is_online else 'Offline'}EventAttendanceMode"


def location(event) -> list[dict]:
    found = []
    if event.where and event.state != State.ONLINE:
        address = {
            "@type": "PostalAddress",
            "streetAddress": event.street,
            "postalCode": event.postcode,
            "addressLocality": event.commune,
            "addressCountry": "FR",
        }
        place = {
            "@type": "Place",
            "name": event.place_name or event.commune,
            "address": {key: value for key, value in address.items() if value},
        }
        if event.position:
            position = event.position
            place["geo"] = {
                "@type": "GeoCoordinates", "latitude": position.latitude, "longitude": position.longitude
            }  # fmt: skip
        found.append(place)
    if event.is_online:
        found.append({"@type": "VirtualLocation", "url": event.online_address or event.full_url})
    return found


def offers(event, url: str, *, is_full: bool = False) -> list[dict]:
    """What it costs; free is a price of 0."""
    availability = f"{SCHEMA}/{'SoldOut' if event.state == State.FULL or is_full else 'InStock'}"
    prices = [(block.value["label"], block.value["amount"]) for block in event.prices]
    if event.price == Price.FREE:
        prices = [("", 0)]
    return [
        {
            "@type": "Offer",
            **({"name": label} if label else {}),
            "price": str(amount),
            "priceCurrency": "EUR",
            "availability": availability,
            "url": event.registration_url or url,
        }
        for label, amount in prices
    ]


def dates(occurrence) -> dict:
    if occurrence.is_all_day:
        return {"startDate": occurrence.first_day.isoformat(), "endDate": occurrence.last_day.isoformat()}
    end = {"endDate": occurrence.local_end.isoformat()} if occurrence.has_end else {}
    return {"startDate": occurrence.local_start.isoformat(), **end}


def organisers(event, request) -> list[dict]:
    found = [
        {
            "@type": "Organization",
            "name": organiser["name"],
            "url": organiser["page"].get_full_url(request) if organiser["page"] else organiser["url"],
        }
        for organiser in event.organised_by
    ]
    if not found:
        site = SiteContext.of(request, event)
        return [organization(site.identity, site.root_url)]
    return [{key: value for key, value in organiser.items() if value} for organiser in found]


def event_data(event, request) -> dict:
    """One Event; an EventSeries with an Event for each date to come where there are several."""
    url = event.get_full_url(request)
    root_url = SiteContext.of(request, event).root_url
    common = {
        "name": event.title,
        "description": event.description,
        "eventAttendanceMode": attendance(event),
        "location": location(event),
        "offers": offers(event, url),
        "isAccessibleForFree": True if event.price == Price.FREE else None,
        "image": share_picture_urls(event.share_image, root_url),
        "organizer": organisers(event, request),
    }
    shown = (event.coming or event.dates[-1:])[:MAX_DATES]
    if len(shown) == 1:
        data = {"@type": "Event", **common, **dates(shown[0]), "eventStatus": status(event, shown[0])}
    else:
        data = {"@type": "EventSeries", **common, "eventStatus": status(event)}
        if shown:
            data |= {"startDate": dates(shown[0])["startDate"]}
        data["subEvent"] = [
            clean({"@type": "Event", **common, **dates(occurrence), "url": url,
                   "eventStatus": status(event, occurrence),
                   "offers": offers(event, url, is_full=occurrence.is_full),
                   "description": occurrence.note or event.description})
            for occurrence in shown
        ]  # fmt: skip
    return clean({"@context": SCHEMA, "@id": url, "url": url, **data})


def clean(data: dict) -> dict:
    return {key: value for key, value in data.items() if value not in (None, "", [], {})}
