"""What a room brings to the others: the seams, registered as Wagtail hooks and documented in docs/seams.md.

A room registers functions in its `wagtail_hooks.py`; whoever needs what they bring asks `brought()`. No room lists the
kinds of content of another by their names.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import timedelta

from django.core.exceptions import ImproperlyConfigured
from django.db.models import Model
from django.urls import reverse
from wagtail import hooks
from wagtail.blocks import Block
from wagtail.models import Collection, Page, Site

BOTH_HOMES = frozenset({"pole", "portal"})
# Name of the hook → the attribute by which what it brings is known, which no two may share; "" where there is none.
# The functions of these take no argument.
STATIC_SEAMS = {
    "starter_pages": "",
    "home_blocks": "name",
    "network_listings": "name",
    "network_permissions": "",
    "transfer_parts": "name",
    "periodic_jobs": "name",
    "message_kinds": "name",
    "page_cache_rules": "",
    "demo_loaders": "name",
}
SEAMS = (*STATIC_SEAMS, "editor_tasks", "collection_of_site", "style_guide_samples")


def brought(seam: str, *arguments) -> list:
    """Everything that the rooms bring to that seam, by `order` where it has one.

    Raises `ImproperlyConfigured`, which names the room, where one of them fails.
    """
    found = []
    for function in hooks.get_hooks(seam):
        try:
            found.extend(function(*arguments))
        except Exception as error:
            raise ImproperlyConfigured(f"{room_of(function)}: its hook “{seam}” fails: {error!r}") from error
    return sorted(found, key=lambda item: getattr(item, "order", 0))


def collection_of_site(site: Site) -> Collection | None:
    """The collection of a site's own files: the room that knows it says so. None for a site without one."""
    return next((found for owner in hooks.get_hooks("collection_of_site") if (found := owner(site))), None)


def room_of(function: Callable) -> str:
    return getattr(function, "__module__", "?").partition(".")[0]


def doubled(seam: str) -> list[str]:
    """The names that two rooms bring to that seam."""
    key, items = STATIC_SEAMS[seam], brought(seam)
    names = Counter(getattr(item, key) for item in items) if key else {}
    return [name for name, count in names.items() if count > 1]


@dataclass(frozen=True)
class StarterPage:
    """A page that a new site begins with. `key` names it on the opening screen; "" where it is always made.

    One that is `on_every_site` came with a release: sites of before get it when they are provisioned again.
    """

    model: type[Page]
    title: str
    slug: str
    order: int
    key: str = ""
    label: str = ""
    in_menu: bool = False
    site_kinds: frozenset[str] = BOTH_HOMES
    values: dict = field(default_factory=dict)
    titles: dict[str, str] = field(default_factory=dict)  # in other languages, proposed to translators
    on_every_site: bool = False

    def stands_below(self, home: Page) -> bool:
        return home.site_kind in self.site_kinds & self.model.home_kinds

    def new(self) -> Page:
        """The page, not saved yet."""
        return self.model(title=self.title, slug=self.slug, show_in_menus=self.in_menu, **self.values)


@dataclass(frozen=True)
class HomeBlockType:
    """A block that a home page may be composed of; `default_on` are the homes that show it with nothing configured."""

    name: str
    block: Callable[[], Block]
    order: int
    site_kinds: frozenset[str] = BOTH_HOMES
    default_on: frozenset[str] = frozenset()


@dataclass(frozen=True)
class NetworkListing:
    """A kind of publication (`commons.publications.Publication`) whose newest the portal's home may list."""

    name: str  # of its block
    model: type[Page]
    label: str
    heading: str
    description: str
    empty: str
    order: int
    icon: str = "doc-full"
    is_default: bool = False


@dataclass(frozen=True)
class Button:
    """What people come to the editor for, on the dashboard."""

    label: str
    url: str
    icon: str
    order: int


@dataclass(frozen=True)
class Waiting:
    """What waits for an answer."""

    text: str
    url: str
    order: int = 0


@dataclass(frozen=True)
class Missing:
    """What visitors miss; shown to those who may change the identity of the site."""

    text: str
    url: str | None
    order: int = 0


def add_page_button(
    site: Site, user, index: type[Page], model: type[Page], label, icon: str, order: int
) -> list[Button]:
    """The button that adds a page of `model` below the first `index` of the site, where this person may."""
    page = index.objects.descendant_of(site.root_page).order_by("path").first()
    if page is None or not page.permissions_for_user(user).can_add_subpage():
        return []
    url = reverse("wagtailadmin_pages:add", args=[model._meta.app_label, model._meta.model_name, page.pk])
    return [Button(label, url, icon, order)]


@dataclass(frozen=True)
class MessageKind:
    """What visitors write to a site about; `mail_template` is the text of its mail (`core.mail.send_mail`)."""

    name: str
    label: str
    order: int
    mail_template: str = "inbox/mail/message"


@dataclass(frozen=True)
class PeriodicJob:
    """What must happen by itself every few minutes. It must be safe to run twice at once."""

    name: str
    run: Callable[[], object]
    time_limit: timedelta = timedelta(minutes=4)
    order: int = 50


@dataclass(frozen=True)
class DemoLoader:
    """What the demo shows of a kind of content: `load` is called with each new pôle of the demo."""

    name: str
    load: Callable
    order: int = 50


def network_models() -> list[type[Model]]:
    """The snippets that network admins alone write."""
    models: Iterable[type[Model]] = brought("network_permissions")
    return list(models)
