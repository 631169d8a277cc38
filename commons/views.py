"""Answers that the editor's scripts ask for while a story is written."""

from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST
from wagtail.blocks import Block

from commons.body import StoryBlock
from commons.pasting import REST, PastedText, read_html
from core.blocks import PictureBlock

KINDS = {
    **dict.fromkeys(("audio", "video"), _("films and sounds")),
    **dict.fromkeys(("embed", "iframe", "object"), _("content of other sites")),
    **dict.fromkeys(("button", "form", "input", "select"), _("forms")),
    REST: _("the end of the text, which is too long: paste it in several parts"),
    **dict.fromkeys(("canvas", "math", "svg"), _("drawings and formulas")),
}


@require_POST
def paste(request: HttpRequest) -> JsonResponse:
    """The blocks of a pasted text as the editor's form holds them, and a sentence that says what became of it."""
    text = read_html(request.POST.get("html", ""))
    story = StoryBlock()
    blocks = [{"type": name, "value": form_state(story.child_blocks[name], value)} for name, value in text.blocks]
    return JsonResponse({"blocks": blocks, "said": what_is_said(text), "undo": gettext("Undo the paste")})


def form_state(block: Block, value):
    """A value of `read_html` as the form holds it."""
    if isinstance(block, PictureBlock):  # not yet a picture: one to choose, with the words that described it
        state = block.get_form_state(block.get_default())
        state["image"] |= {"alt_text": value["alt_text"]}
        return state
    return block.get_form_state(block.to_python(value))


def what_is_said(text: PastedText) -> str:
    count = len(text.blocks)
    said = [ngettext("%(count)s block was pasted.", "%(count)s blocks were pasted.", count) % {"count": count}]
    if text.pictures:
        said.append(
            ngettext(
                "%(count)s picture is to be chosen: its place is kept.",
                "%(count)s pictures are to be chosen: their places are kept.",
                text.pictures,
            )
            % {"count": text.pictures}
        )
    if text.left_out:
        kinds = dict.fromkeys(str(KINDS[name]) for name in text.left_out)
        said.append(gettext("Left out: %(kinds)s.") % {"kinds": ", ".join(kinds)})
    return " ".join(said)
