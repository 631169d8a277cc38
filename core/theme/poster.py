"""A poster for a film that has none: its title in the colours of its site, for those who want a picture file."""

import re
from hashlib import sha256
from io import BytesIO

import font_rhd
from django.core.cache import cache
from PIL import Image, ImageDraw, ImageFont

from core.theme.palettes import Tones

WIDTH, HEIGHT = 1200, 675
MARGIN = 80
SIZES = (84, 72, 60, 50, 42, 34)
MAX_LINES = 6
MAX_WORD_LENGTH = 28  # cut before it is measured, letter by letter, at every size
A_DAY = 86_400


def drawn_poster(title: str, signature: str, tones: Tones) -> bytes:
    """As `draw_poster`, once a day for the same words and colours."""
    key = sha256(repr((title, signature, tones.band, tones.on_band, tones.accent)).encode()).hexdigest()
    found = cache.get_or_set(f"poster-{key}", lambda: draw_poster(title, signature, tones), A_DAY)
    return bytes(found or draw_poster(title, signature, tones))


def draw_poster(title: str, signature: str, tones: Tones) -> bytes:
    """A PNG of 1200 × 675: the title, cut where it does not fit, and who shows the film."""
    picture = Image.new("RGB", (WIDTH, HEIGHT), tones.band)
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, HEIGHT - 28, WIDTH, HEIGHT), fill=tones.accent)
    lines, font = fit(draw, printable(title))
    draw.multiline_text((MARGIN, MARGIN), "\n".join(lines), font=font, fill=tones.on_band, spacing=font.size // 4)
    draw.polygon([(MARGIN, 530), (MARGIN, 600), (MARGIN + 62, 565)], fill=tones.accent)
    draw.text((MARGIN + 90, 565), printable(signature)[:60], font=letters(34), fill=tones.on_band, anchor="lm")
    output = BytesIO()
    picture.quantize(32).save(output, "PNG", optimize=True)
    return output.getvalue()


def letters(size: int) -> ImageFont.FreeTypeFont:
    """Bold letters that have every accent of French and Breton, which Pillow's own have not."""
    return ImageFont.truetype(font_rhd.RedHatDisplayBold, size)


def printable(text: str) -> str:
    return "".join(character if character.isprintable() else " " for character in text)


def fit(draw: ImageDraw.ImageDraw, title: str) -> tuple[list[str], ImageFont.FreeTypeFont]:
    """The title in lines, in the largest letters in which all of it fits; the smallest ones cut it."""
    for size in SIZES:
        font = letters(size)
        lines = wrap(draw, title, font)
        if len(lines) * size * 1.25 <= HEIGHT - MARGIN - 180 and len(lines) <= MAX_LINES:
            return lines, font
    lines = lines[:MAX_LINES]
    lines[-1] = lines[-1][:-1] + "…"
    return lines, font


def wrap(draw: ImageDraw.ImageDraw, text: str, font: ImageFont.FreeTypeFont) -> list[str]:
    lines, current = [], ""
    for word in re.findall(rf"\S{{1,{MAX_WORD_LENGTH}}}", text):
        tried = f"{current} {word}".strip()
        if draw.textlength(tried, font=font) <= WIDTH - 2 * MARGIN:
            current = tried
            continue
        if current:
            lines.append(current)
        while draw.textlength(word, font=font) > WIDTH - 2 * MARGIN:  # a word longer than the line
            cut = next(n for n in range(len(word), 0, -1) if draw.textlength(word[:n], font=font) <= WIDTH - 2 * MARGIN)
            lines.append(word[:cut])
            word = word[cut:]
        current = word
    return [*lines, current] if current else lines or [""]
