"""What cameras write into pictures, taken out before a picture is stored."""

from io import BytesIO
from pathlib import PurePath

from django.core.files.base import ContentFile
from PIL import Image as PillowImage
from PIL import ImageOps

SAVE_OPTIONS = {
    "JPEG": {"quality": 92, "optimize": True},
    "PNG": {"optimize": True},
    "WEBP": {"quality": 92},
    "GIF": {"optimize": True},
}


class UnreadableImageError(ValueError):
    """The bytes start like a picture but cannot be decoded to the end."""


class StrippedFile(ContentFile):
    """A picture that `without_metadata` made: needs no second pass."""


def without_metadata(file) -> StrippedFile:
    """Return the picture of `file` (an open binary file) upright and without EXIF, GPS, XMP or comments.

    The colour profile stays. A JPEG that needs no turning keeps its own quantisation, hence its quality.
    Raises `UnreadableImageError` when the picture is broken or truncated.
    """
    try:
        file.seek(0)
        with PillowImage.open(file) as source:
            source.load()
            # Phones write MPO, several JPEGs in one file: the first is the picture.
            image_format = "JPEG" if source.format == "MPO" else source.format
            options = dict(SAVE_OPTIONS.get(image_format, {}))
            if profile := source.info.get("icc_profile"):
                options["icc_profile"] = profile
            output = BytesIO()
            if getattr(source, "is_animated", False) and image_format != "JPEG":
                options |= {"save_all": True, "loop": source.info.get("loop", 0)}
                source.seek(0)
                source.info.pop("comment", None)
                source.save(output, format=image_format, **options)
            else:
                upright = ImageOps.exif_transpose(source)
                if source.format == "JPEG" and is_upright(source):
                    upright, options["quality"] = source, "keep"
                upright.info = {key: upright.info[key] for key in ("transparency",) if key in upright.info}
                upright.save(output, format=image_format, exif=b"", **options)
    except (OSError, SyntaxError, ValueError, EOFError, PillowImage.DecompressionBombError) as error:
        raise UnreadableImageError(str(error)) from error
    return StrippedFile(output.getvalue(), name=PurePath(file.name or "image").name)


def is_upright(image: PillowImage.Image) -> bool:
    orientation_tag = 0x0112
    return image.getexif().get(orientation_tag, 1) == 1
