from django.apps import AppConfig
from wagtail.signals import post_page_move


class EventsConfig(AppConfig):
    name = "events"

    def ready(self):
        from events.upkeep import follow_move

        post_page_move.connect(follow_move)
