from commons.feeds import publication_entry
from core.feeds import FeedEntry, Media


def video_entry(video, request, root_url: str) -> FeedEntry:
    """A video as an item of a feed, with its Media RSS description."""
    location = video.player_location(request)
    return publication_entry(
        video,
        request,
        root_url,
        video.poster,
        authors=video.author,
        media=Media(
            title=video.title,
            player_url=location.get("embedUrl") or video.get_full_url(request),
            content_url=location.get("contentUrl", ""),
            content_type=video.facade().film.content_type if video.film_id else "",
            thumbnail_url=video.poster_url(request),
            seconds=int(video.length.total_seconds()) if video.length else None,
            language=video.language,
            credits=tuple((block.value.label, block.value["names"]) for block in video.credits),
        ),
    )
