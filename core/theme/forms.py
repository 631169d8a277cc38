from django.core.exceptions import ValidationError
from django.utils.html import format_html
from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.images import get_image_model
from wagtail.permissions import policy_registry


def with_button(refusal: ValidationError, field_id: str) -> str:
    """Why a colour is refused, with the nearest one that can be read and a button that takes it."""
    return format_html(
        '{} <button type="button" class="button button-small" data-take-colour="{}" data-for="{}">'
        '<svg class="take-colour" viewBox="0 0 1 1" aria-hidden="true"><rect width="1" height="1" fill="{}"/></svg> '
        "{}</button>",
        refusal.message % refusal.params,
        refusal.params["nearest"],
        field_id,
        refusal.params["nearest"],
        _("Take this colour"),
    )


class SiteIdentityForm(WagtailAdminModelForm):
    """The form of an identity: a colour that cannot be read is refused with a button that takes the nearest one."""

    def clean_logo(self):
        """Only a picture that this person may choose: the chooser shows no other, a forged form might."""
        logo = self.cleaned_data["logo"]
        if logo is not None and "logo" in self.changed_data:
            policy = policy_registry.get_by_type(get_image_model())
            if not policy.user_has_permission_for_instance(self.for_user, "choose", logo):
                raise ValidationError(_("Choose a picture of your own site or of the network."))
        return logo

    def add_error(self, field, error):
        for refusal in getattr(error, "error_dict", {}).get("own_primary", []):
            if refusal.code == "contrast":
                refusal.message = with_button(refusal, self["own_primary"].id_for_label)
                refusal.params = None
        super().add_error(field, error)
