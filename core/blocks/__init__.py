"""The blocks that a story is made of, by concern; `commons.body` puts them together with the shared content."""

from core.blocks.data import KeyFiguresBlock, StepsBlock, StoryTableBlock, TimelineBlock
from core.blocks.links import ButtonsBlock, LinksBlock, PageCardBlock
from core.blocks.media import DocumentsBlock, GalleryBlock, PictureBlock
from core.blocks.people import ContactBlock, QuoteBlock
from core.blocks.text import AccordionBlock, CalloutBlock, HeadingBlock, ParagraphBlock
from core.blocks.video import VideoBlock

__all__ = [
    "AccordionBlock",
    "ButtonsBlock",
    "CalloutBlock",
    "ContactBlock",
    "DocumentsBlock",
    "GalleryBlock",
    "HeadingBlock",
    "KeyFiguresBlock",
    "LinksBlock",
    "PageCardBlock",
    "ParagraphBlock",
    "PictureBlock",
    "QuoteBlock",
    "StepsBlock",
    "StoryTableBlock",
    "TimelineBlock",
    "VideoBlock",
]
