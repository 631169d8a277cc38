"""« Messages reçus »: read, shared out, answered and forgotten by the people of the site, and by nobody else."""

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.utils import timezone

from core.public_forms import new_key
from inbox.delivery import forget_old_messages
from inbox.models import Message
from poles.models import AuditEntry

INBOX = "/admin/messages/"


def message_at(pole, **values) -> Message:
    given = {"kind": "contact", "subject": "Une salle", "body": "Bonjour", "email": "m@example.org", "name": "Maëlle"}
    return Message.objects.create(home=pole.home, form_key=new_key(), **{**given, **values})


@pytest.fixture
def message(north):
    return message_at(north)


def test_those_who_publish_read_it_and_the_dashboard_says_so(north, message):
    assert "Une salle" in north.publisher_client.get(INBOX).content.decode()
    assert "1 message attend une réponse" in north.publisher_client.get("/admin/").content.decode()
    html = north.publisher_client.get(f"{INBOX}{message.pk}/").content.decode()
    assert "Bonjour" in html and "mailto:m@example.org?subject=Re%3A%20Une%20salle" in html


def test_another_pole_and_those_who_only_write_read_nothing(north, south, message):
    for client in (south.publisher_client, north.writer_client):
        assert "Une salle" not in client.get(INBOX).content.decode()
        assert client.get(f"{INBOX}{message.pk}/").status_code == 404
        assert client.post(f"{INBOX}{message.pk}/", {"action": "delete"}).status_code == 404
    assert Message.objects.exists()
    assert 'href="/admin/messages/"' not in north.writer_client.get("/admin/").content.decode()


def test_it_is_dealt_with_and_opened_again(north, message):
    north.publisher_client.post(f"{INBOX}{message.pk}/", {"action": "done"})
    message.refresh_from_db()
    assert message.answered_by == north.publisher
    assert "Aucun message n’attend de réponse" in north.publisher_client.get(INBOX).content.decode()
    assert "Une salle" in north.publisher_client.get(f"{INBOX}?state=done").content.decode()

    north.publisher_client.post(f"{INBOX}{message.pk}/", {"action": "reopen"})
    assert Message.objects.waiting().exists()


def test_it_is_given_to_a_colleague_and_never_to_somebody_of_another_pole(north, south, message):
    address = f"{INBOX}{message.pk}/"
    north.publisher_client.post(address, {"action": "assign", "to": south.publisher.pk})
    assert Message.objects.get().assigned_to is None

    north.publisher_client.post(address, {"action": "assign", "to": north.publisher.pk})
    assert Message.objects.get().assigned_to == north.publisher
    assert "Une salle" in north.publisher_client.get(f"{INBOX}?state=mine").content.decode()


def test_it_is_found_by_its_words_and_a_long_list_has_pages(north):
    for number in range(45):
        message_at(north, subject=f"Sujet {number:02}")

    assert "Page 1" in north.publisher_client.get(INBOX).content.decode()
    found = north.publisher_client.get(f"{INBOX}?q=Sujet+07&kind=contact").content.decode()
    assert "Sujet 07" in found and "Sujet 08" not in found


def test_it_leaves_as_a_table_and_the_journal_says_so(north, message):
    response = north.publisher_client.get(f"{INBOX}?export=csv")

    assert "Une salle" in response.getvalue().decode("utf-8-sig")
    assert AuditEntry.objects.filter(pole=north.pole, action="exported", actor=north.publisher).exists()


def test_a_formula_in_a_message_is_no_formula_in_the_table(north):
    message_at(north, subject="=HYPERLINK(1)")

    assert ";=HYPERLINK" not in north.publisher_client.get(f"{INBOX}?export=csv").getvalue().decode("utf-8-sig")


def test_it_is_forgotten_after_twelve_months_and_at_once_when_asked(north, message):
    other = message_at(north)
    Message.objects.filter(pk=other.pk).update(created_at=timezone.now() - timedelta(days=366))
    forget_old_messages()
    assert list(Message.objects.all()) == [message]

    north.publisher_client.post(f"{INBOX}{message.pk}/", {"action": "delete"})
    assert not Message.objects.exists()


def test_messages_outlive_the_account_of_who_dealt_with_them(north, message):
    north.publisher_client.post(f"{INBOX}{message.pk}/", {"action": "done"})
    get_user_model().objects.filter(pk=north.publisher.pk).delete()

    message.refresh_from_db()
    assert message.answered_at and message.answered_by is None
