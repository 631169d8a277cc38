"""The sizes that cards, articles and stories want of every picture, made when it arrives rather than while a visitor
waits; a logo's when it is chosen.

The templates ask for the same specs in the same order (`format-…` first): a spec in another order is another file.
"""

from django.db.models import Prefetch
from django_tasks import task
from wagtail.images import get_image_model

CARD = ("fill-400x225", "fill-800x450")
LARGE = "fill-1200x675"
ARTICLE = ("fill-800x450", LARGE)
BODY = ("width-480", "width-960")
STRIP = ("fill-800x160",)  # of a home, on a telephone
FORMATS = ("format-avif", "format-webp", "format-jpeg")
PORTRAIT = "fill-160x160"
SPECS = [
    *(f"{image_format}|{size}" for size in dict.fromkeys(CARD + ARTICLE + BODY + STRIP) for image_format in FORMATS),
    f"format-webp|{PORTRAIT}",
]
SHARED = f"format-jpeg|{LARGE}"  # where a link is shared
# The first card of a list may be large.
CARD_SPECS = [*(f"{image_format}|{size}" for size in (*CARD, LARGE) for image_format in FORMATS), SHARED]
LOGO_SPECS = ["format-webp|max-480x112"]


def prefetch_for_cards(picture: str) -> Prefetch:
    """The sizes that a card prints of the picture in that field, of the twenty that there are."""
    made = get_image_model().get_rendition_model().objects.filter(filter_spec__in=CARD_SPECS)
    return Prefetch(f"{picture}__renditions", made)


@task()
def make_renditions(image_id: int, specs: list[str] = SPECS) -> None:
    image = get_image_model().objects.filter(pk=image_id).first()
    if image is not None:
        image.get_renditions(*specs)
