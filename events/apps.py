from django.apps import AppConfig
from django.db.models.signals import post_delete
from wagtail.signals import post_page_move


class EventsConfig(AppConfig):
    name = "events"

    def ready(self):
        from events.maintenance import follow_move, remember_deletion
        from events.page import EventPage

        post_page_move.connect(follow_move)
        post_delete.connect(remember_deletion, sender=EventPage)
