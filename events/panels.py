"""The form of an event: what is asked, in which order."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    HelpPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    PageChooserPanel,
    TabbedInterface,
)
from wagtail.models import Page

from commons.topics import topics_panel
from core.pages import BasePage, page_tabs
from events.forms import MAX_CHANGES


def event_panels() -> TabbedInterface:
    return page_tabs(
        ObjectList(
            [
                HelpPanel(template="events/state_panel.html"),
                *Page.content_panels,
                FieldRowPanel([FieldPanel("kind_of_event"), FieldPanel("campaign")]),
                MultiFieldPanel(
                    [
                        FieldRowPanel([FieldPanel("starts_on"), FieldPanel("starts_at")]),
                        FieldRowPanel([FieldPanel("ends_on"), FieldPanel("ends_at")]),
                        FieldPanel("recurrence"),
                    ],
                    heading=_("When"),
                ),
                InlinePanel(
                    "changes",
                    [
                        FieldRowPanel([FieldPanel("kind"), FieldPanel("day")]),
                        FieldRowPanel(
                            [
                                FieldPanel("to_day"),
                                FieldPanel("starts_at"),
                                FieldPanel("ends_at"),
                            ]
                        ),
                        FieldPanel("note"),
                    ],
                    heading=_("Dates that differ"),
                    label=_("date"),
                    help_text=_("A date more, one that is cancelled or moved."),
                    max_num=MAX_CHANGES,
                ),
                HelpPanel(template="events/preview_panel.html"),
                MultiFieldPanel(
                    [
                        HelpPanel(template="events/places_panel.html"),
                        FieldPanel("place_name"),
                        FieldPanel("street"),
                        FieldRowPanel([FieldPanel("postcode"), FieldPanel("commune")]),
                        FieldRowPanel([FieldPanel("latitude"), FieldPanel("longitude")]),
                        HelpPanel(template="events/map_panel.html"),
                        FieldPanel("online_url"),
                        FieldPanel("shows_online_url"),
                    ],
                    heading=_("Where"),
                ),
                *BasePage.listing_panels,
                FieldPanel("body"),
            ],
            heading=_("Event"),
        ),
        ObjectList(
            [
                MultiFieldPanel([FieldPanel("state"), FieldPanel("state_note")], heading=_("Is it still on?")),
                MultiFieldPanel(
                    [
                        FieldPanel("registration"),
                        FieldRowPanel([FieldPanel("registration_url"), FieldPanel("registration_email")]),
                        FieldRowPanel([FieldPanel("registration_phone"), FieldPanel("registration_until")]),
                    ],
                    heading=_("Registration"),
                ),
                MultiFieldPanel([FieldPanel("price"), FieldPanel("prices")], heading=_("Price")),
                FieldPanel("audiences"),
                MultiFieldPanel([FieldPanel("access"), FieldPanel("access_note")], heading=_("Accessibility")),
                FieldPanel("contact"),
            ],
            heading=_("To come"),
        ),
        ObjectList(
            [
                topics_panel(),
                InlinePanel(
                    "organisers",
                    [
                        FieldPanel("member"),
                        FieldPanel("site"),
                        FieldRowPanel([FieldPanel("name"), FieldPanel("url")]),
                    ],
                    heading=_("Organisers"),
                    label=_("organiser"),
                    help_text=_("Left empty: your pôle."),
                    max_num=12,
                ),
                PageChooserPanel("follow_up"),
            ],
            heading=_("Around the event"),
        ),
    )
