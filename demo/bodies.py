"""From the demo's TOML to StreamField data: one small function for each block type."""

from collections.abc import Callable

from commons.models import Principle
from core.models import SiteImage
from core.rich_text import clean_paragraphs
from videos.models import VideoPage


def rows(items: list[dict], names: tuple[str, ...], rich: tuple[str, ...] = ()) -> list[dict]:
    """`items` with exactly these names, empty where absent; TOML's `html` is the blocks' rich `text`."""
    return [
        {name: clean_paragraphs(item.get("html", "")) if name in rich else item.get(name, "") for name in names}
        for item in items
    ]


def link(item: dict, title: str, **more) -> dict:
    return {"title": item[title], "page": None, "url": item["url"], **more}


def contact(block: dict) -> dict:
    return {
        "title": block["title"],
        "text": clean_paragraphs(block.get("html", "") or f"<p>{block.get('text', '')}</p>"),
        "name": block.get("name", ""),
        "role": block.get("role", ""),
        "email": block.get("email", ""),
        "phone": "",
        "address": block.get("address", ""),
        "link": {"title": "", "page": None, "url": ""},
    }


def figure(item: dict) -> dict:
    return {
        "value": item["value"],
        "unit": item.get("unit", ""),
        "label": item["label"],
        "year": item.get("year"),
        "source": item.get("source", ""),
        "source_url": "",
    }


def image(block: dict, draw: Callable[[str, str], SiteImage]) -> dict:
    drawn = draw(block["scene"], block["alt"])
    return {
        "image": {"image": drawn.pk, "decorative": False, "alt_text": block["alt"]},
        "caption": block.get("caption", ""),
        "width": "text",
    }


def table(block: dict) -> dict:
    headings, *found = block["rows"]
    return {
        "caption": block["caption"],
        "columns": [{"type": "text", "heading": heading} for heading in headings],
        "rows": [{"values": row} for row in found],
    }


def accordion(block: dict) -> dict:
    return {"questions": rows(block["items"], ("title", "text"), rich=("text",)), "open_first": False}


BLOCKS = {
    "paragraph": lambda block: clean_paragraphs(block["html"]),
    "heading": lambda block: {"text": block["text"], "level": str(block.get("level", 2)), "anchor": ""},
    "quote": lambda block: {
        "text": block["text"],
        "author": block.get("author", ""),
        "role": block.get("role", ""),
        "portrait": None,
    },
    "callout": lambda block: {
        "tone": block["tone"],
        "title": block.get("title", ""),
        "text": clean_paragraphs(block["html"]),
    },
    "steps": lambda block: {
        "title": block.get("title", ""),
        "steps": rows(block["items"], ("title", "text"), rich=("text",)),
    },
    "key_figures": lambda block: {"figures": [figure(item) for item in block["items"]]},
    "accordion": accordion,
    "timeline": lambda block: {"entries": rows(block["items"], ("date", "title", "text"), rich=("text",))},
    "table": table,
    "links": lambda block: {
        "title": block.get("title", ""),
        "links": [link(item, "title", description=item.get("description", "")) for item in block["items"]],
    },
    "buttons": lambda block: {"buttons": [link(item, "label", style="primary") for item in block["items"]]},
    "principle": lambda block: {
        "principle": Principle.objects.get(slug=block["principle"], locale__language_code="fr").pk
    },
    "charter": lambda block: None,
    "video": lambda block: {
        "page": VideoPage.objects.get(address__endswith=f"/{block['video']}").pk,
        "address": "",
        "title": "",
        "caption": block.get("caption", ""),
    },
    "contact": contact,
}


def stream(blocks: list[dict], draw: Callable[[str, str], SiteImage]) -> list[dict]:
    """Raw data of a story body. `draw(scene, alt)` returns the picture of an image block."""
    return [
        {
            "type": block["type"],
            "value": image(block, draw) if block["type"] == "image" else BLOCKS[block["type"]](block),
        }
        for block in blocks
    ]
