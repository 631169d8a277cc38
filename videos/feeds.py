from uuid import uuid5

from commons.feeds import feed_image
from core.feeds import Entry, Media


def video_entry(video, request, root_url: str) -> Entry:
    """A video as an item of a feed, with its Media RSS description."""
    url = video.get_full_url(request)
    location = video.player_location(request)
    return Entry(
        id=uuid5(video.translation_key, str(video.locale_id)).urn,
        url=url,
        title=video.title,
        published=video.published_at,
        updated=video.last_published_at or video.published_at,
        summary=video.description,
        image=feed_image(video.poster, root_url),
        authors=video.author,
        categories=[topic.name for topic in video.topics],
        media=Media(
            title=video.title,
            player_url=location.get("embedUrl") or url,
            content_url=location.get("contentUrl", ""),
            content_type=video.facade().film.content_type if video.film_id else "",
            thumbnail_url=video.poster_url(request),
            seconds=int(video.length.total_seconds()) if video.length else None,
            language=video.language,
            credits=tuple((block.value.label, block.value["names"]) for block in video.credits),
        ),
    )
