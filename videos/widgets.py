from django import forms
from django.urls import reverse


class VideoAddressInput(forms.TextInput):
    """One line that says at once whose video was pasted, and offers what its provider knows (editor/video.js)."""

    template_name = "videos/widgets/address.html"

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        status = f"{context['widget']['attrs'].get('id', name)}-status"
        described = context["widget"]["attrs"].get("aria-describedby", "")
        context["widget"]["attrs"] |= {
            "data-video-address": reverse("video_details"),
            "maxlength": 4000,
            "aria-describedby": f"{described} {status}".strip(),
        }
        context["status_id"] = status
        return context
