"""What becomes of a picture when it arrives: read whatever camera or program wrote it, and stored as the web shows it.

Without what cameras write into it (where it was taken), upright, no larger than a page needs, in a format and in
colours that every size of a page can be made of.

Willow, which Wagtail reads pictures with, makes Pillow read HEIC where pillow-heif finds its library (libstdc++).
"""

from contextlib import nullcontext
from io import BytesIO
from pathlib import PurePath

from django.core.files.base import ContentFile
from PIL import Image as PillowImage
from PIL import ImageCms, ImageOps
from wagtail.images.models import Filter, Image

from core.heavy_work import one_at_a_time
from core.images.renditions import SPECS

MAX_SIDE = 2560  # pixels: twice the widest picture of a page
SMALL_SIDE = 64  # of the picture on which every conversion is tried
SAVE_OPTIONS = {
    "JPEG": {"quality": 92, "optimize": True},
    "PNG": {"optimize": True},
    "WEBP": {"quality": 92},
    "GIF": {"optimize": True},
}
EXTENSIONS = {"JPEG": ".jpg", "PNG": ".png", "WEBP": ".webp", "GIF": ".gif"}


class UnreadableImageError(ValueError):
    """The bytes start like a picture but cannot be decoded to the end, or no page could show it."""


class ArrivedFile(ContentFile):
    """A picture that `prepared` made: needs no second pass."""


def prepared(file) -> ArrivedFile:
    """Return the picture of `file` (an open binary file) as pages can show it, without EXIF, GPS, XMP or comments.

    A GIF or a WebP that moves still moves. What the web does not show (HEIC, AVIF, 16 bits, CMYK…) becomes a JPEG, or a
    PNG where parts of it are transparent; its name follows. A JPEG that needs no change keeps its own quantisation,
    hence its quality.

    Raises `UnreadableImageError` when the picture is broken, or when a size that pages use cannot be made of it, and
    `ValidationError` while another picture that moves is being read.
    """
    try:
        file.seek(0)
        with PillowImage.open(file) as source:
            moves = source.format in ("GIF", "WEBP") and getattr(source, "is_animated", False)
            with one_at_a_time("a picture that moves") if moves else nullcontext():
                # A JPEG of a telephone is decoded at the size at which it is kept: a quarter of the memory.
                source.draft(None, (MAX_SIDE, MAX_SIDE))
                source.load()
                stored, image_format = moving(source) if moves else still(source)
    except (OSError, SyntaxError, ValueError, EOFError, PillowImage.DecompressionBombError) as error:
        raise UnreadableImageError(str(error)) from error
    try:
        try_every_size(stored)
    except Exception as error:  # whatever it is, a public page would fail of it
        raise UnreadableImageError(str(error)) from error
    name = PurePath(file.name or "image").with_suffix(EXTENSIONS[image_format]).name
    return ArrivedFile(stored, name=name)


def moving(source: PillowImage.Image) -> tuple[bytes, str]:
    output, options = BytesIO(), dict(SAVE_OPTIONS[source.format])
    loop = source.info.get("loop", 0)
    source.seek(0)
    source.info.pop("comment", None)
    source.save(output, format=source.format, save_all=True, loop=loop, **options)
    return output.getvalue(), source.format


def still(source: PillowImage.Image) -> tuple[bytes, str]:
    """The first picture of those that the file holds: telephones write several."""
    picture = in_colours_of_the_web(ImageOps.exif_transpose(source))
    if max(picture.size) > MAX_SIDE:
        if picture.mode == "P":
            picture = picture.convert("RGBA")  # a palette cannot be reduced without steps
        picture.thumbnail((MAX_SIDE, MAX_SIDE), PillowImage.Resampling.LANCZOS, reducing_gap=2)
    image_format = source.format
    if image_format not in SAVE_OPTIONS:
        image_format = "PNG" if picture.has_transparency_data else "JPEG"
    options = dict(SAVE_OPTIONS[image_format])
    if image_format == "JPEG" and picture.mode not in ("L", "RGB"):
        picture = picture.convert("RGB")
    if picture.mode == source.mode and (profile := source.info.get("icc_profile")):
        options["icc_profile"] = profile
    unchanged = source.format == "JPEG" and (picture.mode, picture.size) == (source.mode, source.size)
    if unchanged and is_upright(source):
        picture, options["quality"] = source, "keep"
    picture.info = {key: picture.info[key] for key in ("transparency",) if key in picture.info}
    output = BytesIO()
    picture.save(output, format=image_format, exif=b"", **options)
    return output.getvalue(), image_format


def in_colours_of_the_web(picture: PillowImage.Image) -> PillowImage.Image:
    """In 8 bits a channel, grey or red, green and blue: AVIF, WebP and JPEG know no other."""
    if picture.mode.startswith("I;16") or picture.mode == "I":
        return picture.convert("I").point(lambda value: value / 257).convert("L")
    if picture.mode == "CMYK" and (profile := picture.info.get("icc_profile")):
        try:
            return ImageCms.profileToProfile(
                picture, BytesIO(profile), ImageCms.createProfile("sRGB"), outputMode="RGB"
            )
        except ImageCms.PyCMSError:
            return picture.convert("RGB")
    if picture.mode in ("LA", "La", "PA", "RGBa"):
        return picture.convert("RGBA")
    return picture if picture.mode in ("1", "L", "P", "RGB", "RGBA") else picture.convert("RGB")


def is_upright(image: PillowImage.Image) -> bool:
    orientation_tag = 0x0112
    return image.getexif().get(orientation_tag, 1) == 1


def try_every_size(stored: bytes) -> None:
    """Make each rendition that pages ask for of the picture, small; what fails here would be a 500 of a public page."""
    with PillowImage.open(BytesIO(stored)) as picture:
        small, image_format, profile = BytesIO(), picture.format, picture.info.get("icc_profile", b"")
        picture.thumbnail((SMALL_SIDE, SMALL_SIDE))
        picture.save(small, format=image_format, icc_profile=profile)
    of_it = Image(width=picture.width, height=picture.height, collection=None)
    for spec in SPECS:
        Filter(spec).run(of_it, BytesIO(), source=BytesIO(small.getvalue()))
