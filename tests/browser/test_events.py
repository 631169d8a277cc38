"""The agenda as people use it: an event entered by its rule, a date cancelled, found again everywhere."""

import json
import re
from datetime import date, timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.browser.accessibility import violations

pytestmark = pytest.mark.browser

NEXT_MONTH = (date.today().replace(day=28) + timedelta(days=7)).replace(day=1)


def fill_in(editor: Page, **values: str) -> None:
    for name, value in values.items():
        editor.locator(f"#id_{name}").fill(value)
        editor.keyboard.press("Escape")  # closes the picker of dates or hours


def publish(editor: Page) -> None:
    editor.get_by_role("button", name="Plus d’actions").or_(
        editor.locator("footer [data-w-dropdown-target=toggle]")
    ).first.click()
    editor.get_by_role("button", name="Publier", exact=True).click()


def test_the_2nd_tuesday_but_in_august_is_entered_seen_and_one_date_of_it_cancelled(product, log_in, page: Page):
    editor = log_in("publication.fougeres@example.org")
    editor.get_by_role("link", name="Annoncer un événement").click()
    fill_in(editor, title="Apéro des coopératives")
    fill_in(editor, starts_on=NEXT_MONTH.isoformat(), starts_at="18:30", ends_at="20:00")
    editor.get_by_label("A lieu").select_option("Par mois")
    editor.get_by_label("Le", exact=True).select_option("2ᵉ")
    editor.get_by_label("Jour de la semaine").select_option(label="mardi")
    editor.get_by_text("Sauf ces mois").or_(editor.locator("[data-recurrence] details summary")).first.click()
    editor.get_by_label("août").check()

    preview = editor.locator("[data-event-preview]")
    expect(preview).to_contain_text("tous les mois, le 2ᵉ mardi, sauf en août")
    dates = preview.locator("ol > li")
    expect(dates.nth(1)).to_contain_text("mardi")
    assert not any("août" in text for text in dates.all_inner_texts())
    second = second_tuesday(NEXT_MONTH)

    editor.locator("#id_changes-ADD").click()
    editor.locator("#id_changes-0-kind").select_option("cancelled")
    editor.locator("#id_changes-0-day").fill(second.isoformat())
    editor.keyboard.press("Escape")
    editor.locator("#id_changes-0-note").fill("La salle est prise ce soir-là.")
    expect(preview).to_contain_text("annulé")
    publish(editor)
    expect(editor.get_by_role("link", name="Visualiser la version publiée").first).to_be_visible()

    address = product.address("fougeres", "/agenda/apero-des-cooperatives/")
    page.goto(address)
    expect(page.get_by_text("La salle est prise ce soir-là.")).to_be_visible()
    expect(page.locator(".date--cancelled").first).to_contain_text(str(second.day))
    (script,) = page.locator('script[type="application/ld+json"]').all_inner_texts() or [
        page.locator('script[type="application/ld+json"]').text_content()
    ]
    series = json.loads(script)[0]
    assert series["subEvent"][0]["eventStatus"].endswith("EventCancelled")
    calendar = page.evaluate("fetch('ical/').then((response) => response.text())")
    assert "STATUS:CANCELLED" in calendar and "RRULE:FREQ=MONTHLY" in calendar
    page.goto(product.address("fougeres", f"/agenda/?du={second}&au={second}"))
    line = page.locator(".date", has_text="Apéro des coopératives")
    expect(line).to_contain_text("Annulé")


def second_tuesday(first: date) -> date:
    return first + timedelta(days=(1 - first.weekday()) % 7 + 7)


def test_the_month_is_a_table_that_the_keyboard_walks_through(product, page: Page):
    page.goto(product.address("fougeres", f"/agenda/mois/{NEXT_MONTH:%Y/%-m}/"))
    table = page.get_by_role("table")
    expect(table.get_by_role("columnheader")).to_have_count(7)
    assert violations(page) == []

    day = table.get_by_role("link").first
    day.focus()
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", level=3)).to_have_count(7)
    assert "#j" in page.url
    page.go_back()
    page.get_by_role("link", name="→").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("table")).to_be_visible()


def test_without_a_script_the_agenda_sorts_out_subscribes_and_prints(product, browser, browser_context_args):
    context = browser.new_context(**browser_context_args, java_script_enabled=False)
    page = context.new_page()
    page.goto(product.address("fougeres", "/agenda/"))
    page.locator(".agenda-filters summary").click()
    page.get_by_label("Type").select_option(index=1)
    page.get_by_role("button", name="Filtrer").click()
    assert "type=" in page.url
    expect(page.locator(".date").first).to_be_visible()

    page.get_by_role("link", name=re.compile("abonner", re.IGNORECASE)).first.click()
    expect(page.locator("code.address")).to_contain_text("/agenda/ical/?type=")
    expect(page.locator('a[href^="webcal:"]')).to_be_visible()

    page.goto(product.address("fougeres", "/agenda/imprimer/"))
    page.get_by_label("Papier").select_option("a5")
    page.locator("form.no-print button[type=submit]").click()
    expect(page.locator(".programme--leaflet")).to_be_visible()
    context.close()


def test_a_programme_is_pasted_from_a_spreadsheet_corrected_and_published(product, log_in, page: Page):
    editor = log_in("publication.cornouaille@example.org")
    editor.get_by_role("link", name="L’agenda").first.click()
    editor.get_by_role("link", name="Saisir un programme").first.click()
    day = NEXT_MONTH + timedelta(days=3)
    rows = [["Atelier pain", f"{day:%d/%m/%Y}", "14h", "17h"], ["Balade contée", "31/02/2027", "10h", "12h"]] * 6
    text = "\n".join("\t".join(row) for row in rows)
    editor.locator("#id_form-0-title").focus()
    editor.evaluate(
        """(text) => {
          const data = new DataTransfer();
          data.setData("text/plain", text);
          document.activeElement.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true }));
        }""",
        text,
    )
    expect(editor.locator("#id_form-11-title")).to_have_value("Balade contée")
    editor.get_by_role("button", name="Publier ces événements").click()
    expect(editor.get_by_role("alert").first).to_contain_text("6")
    for number in range(1, 12, 2):
        editor.locator(f"#id_form-{number}-starts_on").fill(f"{day + timedelta(days=number):%d/%m/%Y}")
    editor.get_by_role("button", name="Publier ces événements").click()
    expect(editor.get_by_text("12 événements")).to_be_visible()

    page.goto(product.address("cornouaille", f"/agenda/?du={day}&au={day}"))
    expect(page.get_by_role("link", name="Atelier pain").first).to_be_visible()


def test_the_place_of_an_event_is_set_by_a_click_on_a_map(product, log_in):
    editor = log_in("publication.cornouaille@example.org")
    editor.route("https://tuiles.example.net/**", lambda route: route.abort())
    editor.get_by_role("link", name="Annoncer un événement").click()
    editor.get_by_role("button", name="Montrer sur une carte").or_(editor.locator("[data-show]")).first.click()
    ground = editor.locator(".event-map")
    expect(ground).to_be_visible()
    ground.click(position={"x": 200, "y": 150})

    assert 47 < float(editor.locator("#id_latitude").input_value()) < 49.5
    assert -6 < float(editor.locator("#id_longitude").input_value()) < 0
