"""An agenda as files: CSV by occurrence, GeoJSON (RFC 7946) by event."""

from collections.abc import Iterator

from django.http import HttpResponse, JsonResponse
from django.utils.translation import pgettext

from core.spreadsheets import csv_response
from events import zone
from events.vocabulary import State

HEADER = (
    "identifiant", "titre", "type", "debut", "fin", "journee_entiere", "etat", "note", "lieu", "adresse",
    "code_postal", "commune", "latitude", "longitude", "tarif", "organisateurs", "themes", "campagne", "fiche",
)  # fmt: skip


def facts(event, request) -> dict:
    """What the files say of an event, by the names of their columns; the moments apart."""
    return {
        "identifiant": str(event.translation_key),
        "titre": event.title,
        "type": str(event.get_kind_of_event_display()),
        "etat": str(event.get_state_display()),
        "lieu": event.place_name,
        "adresse": event.street,
        "code_postal": event.postcode,
        "commune": event.commune,
        "latitude": event.latitude,
        "longitude": event.longitude,
        "tarif": str(event.get_price_display()) if event.price else "",
        "organisateurs": " | ".join(organiser["name"] for organiser in event.organised_by),
        "themes": " | ".join(topic.name for topic in event.topics),
        "campagne": event.live_campaign.name if event.live_campaign else "",
        "fiche": event.get_full_url(request),
    }


def when(occurrence) -> dict:
    """Its moments in ISO 8601, with their offset; days for what lasts all day, the last one included."""
    if occurrence.is_all_day:
        return {
            "debut": occurrence.first_day.isoformat(),
            "fin": occurrence.last_day.isoformat(),
            "journee_entiere": "oui",
        }
    end = occurrence.local_end.isoformat() if occurrence.has_end else ""
    return {"debut": occurrence.local_start.isoformat(), "fin": end, "journee_entiere": "non"}


def rows(events, request) -> Iterator[list]:
    yield list(HEADER)
    for event in events.iterator(chunk_size=200):
        known = facts(event, request)
        for occurrence in event.dates:
            state = known["etat"]
            if occurrence.is_cancelled:
                state = str(State.CANCELLED.label)
            elif occurrence.is_full:
                state = str(State.FULL.label)
            elif occurrence.is_moved and event.state == State.CONFIRMED:
                state = pgettext("event", "Moved")
            values = {**known, **when(occurrence), "etat": state, "note": occurrence.note or event.state_note}
            yield [values[name] for name in HEADER]


def as_csv(request, events) -> HttpResponse:
    return csv_response(f"agenda-{zone.today():%Y-%m-%d}.csv", rows(events, request))


def as_geojson(agenda, request, events) -> HttpResponse:
    """A Feature for each event, with its next or last occurrence; its geometry is null where it has no position."""
    features = []
    for event in events.iterator(chunk_size=200):
        position, occurrence = event.position, event.next_occurrence
        # Longitude first (RFC 7946, section 3.1.1)
        geometry = {"type": "Point", "coordinates": [position.longitude, position.latitude]} if position else None
        values = {**facts(event, request), **(when(occurrence) if occurrence else {})}
        values |= {"occurrences": [when(other) for other in event.coming]}
        features.append({"type": "Feature", "id": values["identifiant"], "geometry": geometry, "properties": values})
    content = {"type": "FeatureCollection", "titre": agenda.title, "source": agenda.get_full_url(request),
               "features": features}  # fmt: skip
    response = JsonResponse(content, json_dumps_params={"ensure_ascii": False}, content_type="application/geo+json")
    response["Content-Disposition"] = f'attachment; filename="agenda-{zone.today():%Y-%m-%d}.geojson"'
    return response
