from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from core.embeds.recognition import UnknownVideo, storable
from core.films import extension, is_film, read_captions, transcript_of
from core.page_forms import PageForm
from core.words import plain_text


class VideoPageForm(PageForm):
    """What makes a page a video: an address or a film. A draft may wait for it; what is given must be right.

    In the form, not in the model: a page whose host is no longer approved, or whose file is lost, can still be
    published by the clock, moved and unpublished.
    """

    def clean(self):
        cleaned = super().clean()
        address, film, captions = (cleaned.get(name) for name in ("address", "film", "captions"))
        address = (address or "").strip()
        if address and film:
            self.add_error("address", _("You gave an address and a film of your own: take one of the two away."))
        elif not (address or film or self.is_deferred_validation):
            self.add_error("address", _("Paste the address of a video, or choose a film of your own."))
        elif address:
            try:
                cleaned["address"] = storable(address)
            except UnknownVideo as error:
                self.add_error("address", error)
        if film and not is_film(film.file.name):
            self.add_error("film", _("Choose an MP4 or WebM file."))
        if captions and extension(captions.file.name) != "vtt":
            self.add_error("captions", _("Choose a WebVTT file (.vtt)."))
        elif captions and not plain_text(cleaned.get("transcript") or ""):
            try:
                with captions.file.open() as file:
                    cleaned["transcript"] = transcript_of(read_captions(file))
            except ValidationError as error:
                self.add_error("captions", error)
            except OSError:
                self.add_error("captions", _("This file is no longer there: send it again."))
        return cleaned
