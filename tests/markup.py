"""Pages as tests quote them: without the white space of the templates' layout, which browsers do not show either."""

import re

BLOCKS = (
    "a|address|article|aside|body|dd|div|dl|dt|figcaption|figure|footer|form|h[1-6]|head|header|html|legend|li|main|"
    "nav|ol|option|p|section|select|strong|summary|table|tbody|td|th|thead|title|time|tr|ul"
)


def compact(html: str) -> str:
    """That page with one space wherever there is white space, and none just inside a tag or an element.

    For assertions on markup: where a space is seen between a word and a link, read the text of the page instead.
    """
    html = re.sub(r"[ \t\n\r\f]+", " ", html)  # not a no-break space
    html = re.sub(r" (/?>)", r"\1", html)
    html = re.sub(rf"(<(?:{BLOCKS})(?: [^>]*)?>) ", r"\1", html)
    return re.sub(rf" (</(?:{BLOCKS})>)", r"\1", html)
