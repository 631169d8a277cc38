"""Days and hours in the editor: read as French people write them, refused with an example, never replaced by today."""

from datetime import date, datetime, time

import pytest
from django import forms
from django.urls import reverse
from wagtail.models import get_page_models
from wagtail.snippets.models import get_snippet_models

from articles.models import ArticlePage
from core.date_fields import DayField, DayInput, HourField, HourInput, MomentField, MomentInput
from core.models import SiteIdentity
from core.pages import BasePage
from tests.poles.test_moderation import article_form

EDITED = [*(model for model in get_page_models() if issubclass(model, BasePage)), *get_snippet_models(), SiteIdentity]
NATIVE = {forms.DateField: DayInput, forms.TimeField: HourInput, forms.DateTimeField: MomentInput}


def form_class(model):
    if hasattr(model, "get_edit_handler"):
        return model.get_edit_handler().get_form_class()
    if hasattr(model, "edit_handler"):
        return model.edit_handler.bind_to_model(model).get_form_class()
    return model.snippet_viewset.get_edit_handler().get_form_class()


def fields_of(model):
    form = form_class(model)
    yield from form.base_fields.items()
    for name, formset in getattr(form, "formsets", {}).items():
        for field_name, field in formset.form.base_fields.items():
            yield f"{name}.{field_name}", field


@pytest.mark.database_independent("reads forms")
@pytest.mark.parametrize("model", EDITED, ids=lambda model: model._meta.label)
def test_every_day_and_hour_of_the_editor_has_the_browsers_own_field(model):
    for name, field in fields_of(model):
        for kind, widget in NATIVE.items():
            if isinstance(field, kind) and not name.startswith("comments."):
                assert isinstance(field, DayField | HourField | MomentField), name
                assert isinstance(field.widget, widget), name


@pytest.mark.database_independent("reads texts")
@pytest.mark.parametrize(
    ("field", "text", "expected"),
    [
        (DayField(), "2026-12-01", date(2026, 12, 1)),
        (DayField(), "01/12/2026", date(2026, 12, 1)),
        (DayField(), "1er décembre 2026", date(2026, 12, 1)),
        (DayField(), "mardi 1 déc. 2026", date(2026, 12, 1)),
        (DayField(), "5 Kerzu 2026", date(2026, 12, 5)),
        (HourField(), "18:30", time(18, 30)),
        (HourField(), "9 h", time(9)),
        (HourField(), "9h05", time(9, 5)),
        (MomentField(), "2026-12-01T09:00", datetime(2026, 12, 1, 9)),
        (MomentField(), "01/12/2026 09:00", datetime(2026, 12, 1, 9)),
        (MomentField(), "1er décembre 2026 à 9 h", datetime(2026, 12, 1, 9)),
        (MomentField(), "01/12/2026", datetime(2026, 12, 1)),
    ],
)
def test_what_french_people_write_is_read(field, text, expected):
    value = field.clean(text)

    assert (value.replace(tzinfo=None) if isinstance(value, datetime) else value) == expected


@pytest.mark.database_independent("reads texts")
@pytest.mark.parametrize("text", ["demain", "32/12/2026", "29 février 2027", "12-2026", "9", "\x00", "1" * 5000])
@pytest.mark.parametrize("field", [DayField(), MomentField()], ids=["day", "moment"])
def test_what_cannot_be_read_is_refused_with_an_example(field, text):
    with pytest.raises(forms.ValidationError, match="01/12/2026"):
        field.clean(text)


@pytest.mark.django_db
def test_a_schedule_that_cannot_be_read_publishes_nothing_and_keeps_what_was_typed(north):
    url = reverse("wagtailadmin_pages:add", args=["articles", "articlepage", north.index.pk])

    response = north.publisher_client.post(
        url, {**article_form("Pour bientôt", go_live_at="mardi prochain"), "action-publish": "1"}
    )

    assert response.status_code == 200 and not ArticlePage.objects.filter(title="Pour bientôt").exists()
    html = response.content.decode()
    assert "mardi prochain" in html and "01/12/2026 09:00" in html and "Pour bientôt" in html
