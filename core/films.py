"""Films that stand on the site itself, and their captions: what such files are, and how browsers get them.

A film is a document of its pôle's collection; its captions are another, in WebVTT (W3C).
"""

from html import escape, unescape
from pathlib import PurePath

from django.core.exceptions import ValidationError
from django.http import FileResponse
from django.utils.translation import gettext_lazy as _
from wagtail.documents import get_document_model
from wagtail.documents.views.serve import serve as wagtail_serve
from webvtt import WebVTT, from_string
from webvtt.errors import MalformedFileError
from whitenoise.middleware import WhiteNoiseFileResponse
from whitenoise.responders import StaticFile

FILM_TYPES = {"mp4": "video/mp4", "webm": "video/webm"}
CAPTION_TYPES = {"vtt": "text/vtt; charset=utf-8"}
SERVED_TYPES = FILM_TYPES | CAPTION_TYPES
MAX_CAPTIONS = 500_000  # twelve hours of talk
SENTENCE_ENDS = (".", "!", "?", "…", "»")
A_PARAGRAPH = 350


def extension(name: str) -> str:
    return PurePath(name or "").suffix.lstrip(".").lower()


def is_film(name: str) -> bool:
    return extension(name) in FILM_TYPES


def check_content(file, kind: str) -> None:
    """Raise `ValidationError` where the bytes of a film or of captions (an open file) are not what `kind` says."""
    file.seek(0)
    start = file.read(12)
    file.seek(0)
    # ISO/IEC 14496-12, section 4.3: a file type box first; EBML (RFC 8794, section 11.1) for WebM.
    if kind == "mp4" and start[4:8] != b"ftyp":
        raise ValidationError(_("This file is no MP4 film. Export the film again as MP4, then send the new file."))
    if kind == "webm" and start[:4] != b"\x1a\x45\xdf\xa3":
        raise ValidationError(_("This file is no WebM film. Export the film again as WebM, then send the new file."))
    if kind == "vtt":
        read_captions(file)


def read_captions(file) -> WebVTT:
    """The captions in an open file. Raises `ValidationError` where it holds none."""
    file.seek(0)
    content = file.read(MAX_CAPTIONS + 1)
    file.seek(0)
    try:
        captions = from_string(content.decode("utf-8-sig"))
        is_readable = len(content) <= MAX_CAPTIONS and len(captions) > 0
    except (MalformedFileError, UnicodeDecodeError, ValueError):
        is_readable = False
    if not is_readable:
        raise ValidationError(
            _("No caption can be read in this file. It must be WebVTT: a first line WEBVTT, then times and words.")
        )
    return captions


def transcript_of(captions: WebVTT) -> str:
    """The words of captions as paragraphs of HTML, without their markup."""
    paragraphs, current = [], ""
    for caption in captions:
        words = " ".join(unescape(caption.text).split())
        if not words or current.endswith(words):  # captions that roll say each line twice
            continue
        current = f"{current} {words}".strip()
        if len(current) > A_PARAGRAPH and current.endswith(SENTENCE_ENDS):
            paragraphs.append(current)
            current = ""
    return "".join(f"<p>{escape(paragraph, quote=False)}</p>" for paragraph in [*paragraphs, current] if paragraph)


def serve_document(request, document_id, document_filename):
    """Wagtail's view of documents, that sends films by the pieces that a player asks for (RFC 9110, section 14)."""
    response = wagtail_serve(request, document_id, document_filename)
    kind = extension(document_filename)
    if kind not in SERVED_TYPES or not isinstance(response, FileResponse):
        return response  # a password asked for, another storage's address, what the browser has already
    try:
        path = get_document_model().objects.get(pk=document_id).file.path
    except NotImplementedError:  # another storage, which Wagtail streams
        return response
    policy = response.get("Content-Security-Policy")
    response.file_to_stream.close()  # not the response: that would tell Django that the request has ended
    # Pieces of a film are never compressed on the way: their numbers would be wrong.
    request.META["HTTP_ACCEPT_ENCODING"] = "identity"
    answer = StaticFile(path, [("Content-Type", SERVED_TYPES[kind])]).get_response(request.method, request.META)
    response = WhiteNoiseFileResponse(answer.file or (), status=int(answer.status))
    response.headers.pop("Content-Type", None)
    for name, value in answer.headers:
        response[name] = value
    if policy:  # Wagtail's own for documents: nothing in them runs
        response["Content-Security-Policy"] = policy
    return response
