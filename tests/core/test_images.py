"""Pictures: described for those who cannot see them, silent about where they were taken, never too large."""

from contextlib import suppress
from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image as PillowImage
from wagtail.images.exceptions import InvalidFilterSpecError
from wagtail.images.models import Filter

from core.images.arrival import UnreadableImageError, prepared
from core.images.renditions import SPECS
from core.models import SiteImage
from tests.factories import ArticlePageFactory, ImageFactory, jpeg

pytestmark = pytest.mark.django_db

GPS_TAG, ORIENTATION_TAG, CAMERA_TAG = 0x8825, 0x0112, 0x0110


def photograph(orientation=1, size=(80, 40)) -> bytes:
    exif = PillowImage.Exif()
    exif[CAMERA_TAG] = "Appareil de Jeanne"
    exif[ORIENTATION_TAG] = orientation
    exif.get_ifd(GPS_TAG)[2] = (48.0, 38.0, 57.0)
    return jpeg(*size, exif=exif)


def upload(pole, name="photo.jpg", content=None, **fields):
    data = {
        "title": "Une photo",
        "file": SimpleUploadedFile(name, content if content is not None else jpeg(), content_type="image/jpeg"),
        "collection": pole.collection.pk,
        "description": "Un quai désert",
        "licence": "reserved",
        **fields,
    }
    return pole.writer_client.post(reverse("wagtailimages:add"), data)


def test_a_picture_needs_a_description(north):
    response = upload(north, description="")

    assert "Décrivez" in response.content.decode()
    assert 'value="Une photo"' in response.content.decode(), "what was typed is kept"
    assert not SiteImage.objects.exists()


def test_or_to_be_ticked_as_decorative(north):
    upload(north, description="", is_decorative="on")

    assert SiteImage.objects.get().default_alt_text == ""


def test_where_it_was_taken_is_not_kept(north):
    content = photograph()
    assert b"Appareil de Jeanne" in content

    upload(north, content=content)

    image = SiteImage.objects.get()
    stored = image.file.read()
    assert b"Jeanne" not in stored
    assert not PillowImage.open(BytesIO(stored)).getexif()
    assert (image.file_size, bool(image.file_hash)) == (len(stored), True)


def test_a_picture_taken_upright_stays_upright(north):
    upload(north, content=photograph(orientation=6, size=(80, 40)))

    image = SiteImage.objects.get()
    assert (image.width, image.height) == (40, 80)


def test_a_phones_several_pictures_in_one_file_become_one_upright_jpeg(north):
    output = BytesIO()
    exif = PillowImage.Exif()
    exif[ORIENTATION_TAG] = 6
    frames = [PillowImage.new("RGB", (64, 48), colour) for colour in ("red", "blue")]
    frames[0].save(output, "MPO", save_all=True, append_images=frames[1:], exif=exif)

    upload(north, content=output.getvalue())

    image = SiteImage.objects.get()
    assert (image.width, image.height) == (48, 64)
    assert PillowImage.open(image.file).format == "JPEG"


def test_code_that_stores_a_picture_cannot_forget_it():
    image = ImageFactory(file=ContentFile(photograph(), name="photo.jpg"))

    assert b"Jeanne" not in image.file.read()


@pytest.mark.parametrize("image_format", ["PNG", "WEBP", "GIF"])
def test_other_formats_lose_their_metadata_too(north, image_format):
    output = BytesIO()
    exif = PillowImage.Exif()
    exif[CAMERA_TAG] = "Appareil de Jeanne"
    options = {} if image_format == "GIF" else {"exif": exif}
    PillowImage.new("RGB", (20, 20)).save(output, image_format, comment=b"Jeanne", **options)

    upload(north, name=f"photo.{image_format.lower()}", content=output.getvalue())

    assert b"Jeanne" not in SiteImage.objects.get().file.read()


def broken_png() -> bytes:
    output = BytesIO()
    PillowImage.effect_noise((200, 200), 90).save(output, "PNG")
    return output.getvalue()[:600]


def moving_png() -> bytes:
    output = BytesIO()
    frames = [PillowImage.new("RGB", (64, 48), colour) for colour in ("red", "blue")]
    frames[0].save(output, "PNG", save_all=True, append_images=frames[1:])
    return output.getvalue()


def huge_png() -> bytes:
    output = BytesIO()
    PillowImage.new("1", (8000, 8000)).save(output, "PNG")
    return output.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("cassee.png", broken_png(), "abîmée"),
        ("animee.png", moving_png(), "ne bouge pas"),
        ("enorme.png", huge_png(), "trop grand nombre de pixels"),
        ("lourde.jpg", jpeg() + b"0" * 32_000_000, "trop gros"),
        ("texte.jpg", b"bonjour", "image"),
        ("vide.png", b"", "vide"),
        ("dessin.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "en png, sur fond transparent"),
    ],
)
def test_a_picture_that_cannot_be_used_is_an_error_in_french_and_loses_nothing(north, name, content, message):
    response = upload(north, name=name, content=content)
    html = response.content.decode()

    assert response.status_code == 200
    assert message in html.lower()
    assert 'value="Une photo"' in html and "Un quai désert" in html
    assert not SiteImage.objects.exists()


def encoded(picture: PillowImage.Image, image_format: str, **options) -> bytes:
    output = BytesIO()
    picture.save(output, image_format, **options)
    return output.getvalue()


def heic() -> bytes:
    exif = PillowImage.Exif()
    exif[CAMERA_TAG] = "Appareil de Jeanne"
    return encoded(PillowImage.new("RGB", (64, 48), "red"), "HEIF", exif=exif)


def in_inks() -> PillowImage.Image:
    return PillowImage.new("CMYK", (64, 48), (0, 200, 200, 0))


def sixteen_bits() -> bytes:
    return encoded(PillowImage.new("I;16", (64, 48), 156 * 257), "PNG")


@pytest.mark.parametrize(
    ("name", "content", "stored_as", "colour"),
    [
        ("IMG_0001.HEIC", heic(), "img_0001.jpg", (254, 0, 0)),
        ("telephone.jpg", heic(), "telephone.jpg", (254, 0, 0)),
        ("photo.avif", encoded(PillowImage.new("RGB", (64, 48), "red"), "AVIF"), "photo.jpg", (254, 0, 0)),
        ("verre.avif", encoded(PillowImage.new("RGBA", (64, 48), (255, 0, 0, 9)), "AVIF"), "verre.png", (254, 0, 0, 9)),
        ("scan.png", sixteen_bits(), "scan.png", 156),
        ("imprimeur.jpg", encoded(in_inks(), "JPEG"), "imprimeur.jpg", (255, 55, 55)),
        ("logo.png", encoded(PillowImage.new("LA", (64, 48), (90, 0)), "PNG"), "logo.png", (90, 90, 90, 0)),
        ("photo.png", jpeg(64, 48), "photo.jpg", None),
    ],
)
def test_whatever_a_telephone_a_scanner_or_a_printer_writes_is_shown(north, name, content, stored_as, colour):
    upload(north, name=name, content=content, description="Un quai", collection=north.collection.pk)

    image = SiteImage.objects.get()
    stored = PillowImage.open(image.file)
    assert image.filename.lower().startswith(stored_as.rsplit(".")[0]) and image.filename.endswith(stored_as[-4:])
    assert (image.width, image.height) == stored.size == (64, 48)
    if colour is not None:
        found = stored.getpixel((30, 20))
        pairs = zip(found, colour, strict=True) if isinstance(colour, tuple) else [(found, colour)]
        assert all(abs(one - other) <= 3 for one, other in pairs), found
    article = ArticlePageFactory(parent=north.index, listing_image=image)
    assert north.visitor.get(article.get_url()).status_code == 200
    assert image.renditions.count() >= 6


def test_a_picture_of_sixty_million_pixels_is_reduced_when_it_arrives(north):
    content = jpeg(9_000, 6_600)

    upload(north, content=content)

    image = SiteImage.objects.get()
    assert (image.width, image.height) == (2560, 1877)
    assert image.file_size == image.file.size


def test_the_sizes_that_pages_need_are_made_when_it_arrives(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        image = ImageFactory()

    assert set(image.renditions.values_list("filter_spec", flat=True)) == set(SPECS)


def test_a_visitor_never_makes_a_size(north, django_capture_on_commit_callbacks):
    from core.models import Rendition
    from tests.factories import ArticlePageFactory

    with django_capture_on_commit_callbacks(execute=True):
        image = ImageFactory()
        article = ArticlePageFactory(
            parent=north.index,
            listing_image=image,
            body=[
                ("image", {"image": image, "caption": "", "width": "text"}),
                ("gallery", {"images": [image, image], "caption": ""}),
                ("quote", {"text": "Oui", "author": "", "role": "", "portrait": image, "language": ""}),
            ],
        )
        north.home.body = [("welcome", {"title": "", "text": "", "image": image, "buttons": []})]
        north.home.save_revision().publish()
        north.identity.logo = image
        north.identity.save()
    before = Rendition.objects.count()

    for path in ("/", "/actualites/", article.relative_url(north.site), "/actualites/rss/"):
        assert north.visitor.get(path).status_code == 200

    assert Rendition.objects.count() == before


@pytest.mark.parametrize("path", ["images/../documents/secret.txt", "images/../../db.sqlite3", "images/./image.jpg"])
def test_no_path_leads_out_of_the_pictures(north, path):
    assert north.visitor.get(f"/media/{path}").status_code == 404


def test_the_spec_of_a_size_is_read_once():
    first, second = (Filter("format-webp|fill-400x225").operations for _ in range(2))
    assert first is second
    assert [type(operation).__name__ for operation in first] == ["FormatOperation", "FillOperation"]
    with pytest.raises(InvalidFilterSpecError):
        _ = Filter("nonsense-3").operations


def written_by_pillow() -> list[tuple[str, bytes]]:
    """Every format and mode that Pillow can write; some with a colour profile that means nothing."""
    PillowImage.init()
    modes = ["1", "L", "LA", "P", "PA", "RGB", "RGBA", "RGBX", "CMYK", "YCbCr", "LAB", "HSV", "I", "F", "I;16", "I;16B"]
    found = []
    for image_format in sorted({*PillowImage.SAVE, *PillowImage.SAVE_ALL}):
        for mode in modes:
            options = {"icc_profile": b"no profile"} if mode in ("L", "RGBA") else {}
            with suppress(Exception):  # a format has some of the modes
                content = encoded(PillowImage.new(mode, (70, 50)), image_format, **options)
                found.append((f"{mode}.{image_format.lower()}", content))
    return found


def test_no_picture_that_is_taken_makes_a_page_fail(north):
    kinds: dict[tuple[str, str], bytes] = {}
    for name, content in written_by_pillow():
        with suppress(UnreadableImageError):
            stored = PillowImage.open(prepared(ContentFile(content, name=name)))
            kinds.setdefault((stored.format, stored.mode), content)
    assert len(kinds) >= 6

    article = ArticlePageFactory(parent=north.index)
    for kind, content in kinds.items():
        upload(north, name="image.png", content=content, description=str(kind), collection=north.collection.pk)
        article.listing_image = SiteImage.objects.get(description=str(kind))
        article.save_revision().publish()
        for address in (article.get_url(), "/actualites/", "/actualites/rss/"):
            assert north.visitor.get(address).status_code == 200, kind
