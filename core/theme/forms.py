from django.utils.html import format_html
from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminModelForm


class SiteIdentityForm(WagtailAdminModelForm):
    """The form of an identity: a colour that cannot be read is refused with a button that takes the nearest one."""

    def add_error(self, field, error):
        super().add_error(field, self.with_buttons(error))

    def with_buttons(self, error):
        for refused in getattr(error, "error_dict", {}).get("own_primary", []):
            if refused.code == "contrast":
                refused.message = format_html(
                    '{} <button type="button" class="button button-small" data-take-colour="{}" data-for="{}">'
                    "{}</button>",
                    refused.message % refused.params,
                    refused.params["nearest"],
                    self["own_primary"].id_for_label,
                    _("Take this colour"),
                )
                refused.params = None
        return error
