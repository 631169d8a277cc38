from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, IntegerBlock, StructBlock, URLBlock


class SourceBlock(StructBlock):
    title = CharBlock(max_length=200, label=_("Title"))
    publisher = CharBlock(required=False, max_length=140, label=_("Author or publisher"))
    year = IntegerBlock(required=False, min_value=1800, max_value=2100, label=_("Year"))
    url = URLBlock(required=False, label=_("Address"))

    class Meta:
        icon = "link-external"
        label = _("Source")
        label_format = "{title}"


class BylineBlock(StructBlock):
    """Who signs. Role and organisation are copied here, so that they stay what they were *at that time*."""

    name = CharBlock(max_length=120, label=_("Name"))
    role = CharBlock(required=False, max_length=120, label=_("Role at the time"))
    organisation = CharBlock(required=False, max_length=120, label=_("Organisation at the time"))

    class Meta:
        icon = "user"
        label = _("Author")
        label_format = "{name}"
