"""The sizes that cards, articles and stories want of every picture, made when it arrives rather than while a visitor
waits. A logo and a portrait, one small picture each, are made at the first visit.

The templates ask for the same specs in the same order (`format-…` first): a spec in another order is another file.
"""

from django_tasks import task

CARD = ("fill-400x225", "fill-800x450")
ARTICLE = ("fill-800x450", "fill-1200x675")
BODY = ("width-480", "width-960")
FORMATS = ("format-webp", "format-jpeg")
SPECS = [f"{image_format}|{size}" for size in dict.fromkeys(CARD + ARTICLE + BODY) for image_format in FORMATS]


@task()
def make_renditions(image_id: int) -> None:
    from core.models import SiteImage

    image = SiteImage.objects.filter(pk=image_id).first()
    if image is not None:
        image.get_renditions(*SPECS)
