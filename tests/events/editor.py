"""The form of an event as the editor posts it."""

from django.utils import timezone
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

NEXT_YEAR = timezone.localdate().year + 1


def form_data(*, changes=(), organisers=(), publish=True, **values) -> dict:
    """What the form of an event posts."""
    recurrence = {f"recurrence_{name}": value for name, value in values.pop("recurrence", {}).items()}
    data = nested_form_data(
        {
            "title": "Café des projets", "slug": "cafe-des-projets", "kind_of_event": "rencontre",
            "starts_on": f"{NEXT_YEAR}-03-10", "starts_at": "18:30", "ends_on": "", "ends_at": "20:00",
            "state": "confirme", "state_note": "", "registration": "sans", "price": "",
            "prices": streamfield([]), "contact": streamfield([]), "body": streamfield([]),
            "changes": inline_formset(changes), "page_topics": inline_formset([]),
            "organisers": inline_formset(organisers), "comments": inline_formset([]),
            **values,
        }
    )  # fmt: skip
    return {**data, "recurrence_frequency": "", **recurrence, **({"action-publish": "1"} if publish else {})}
