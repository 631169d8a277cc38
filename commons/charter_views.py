"""« La charte »: where the people of a pôle read the version in force, sign it, and may withdraw."""

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Exists, OuterRef, Subquery
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.widgets.button import HeaderButton
from wagtail.documents import get_document_model
from wagtail.documents.widgets import AdminDocumentChooser

from commons.charter import Charter
from commons.signatures import Signature, charter_to_sign, sign, withdraw
from core.date_fields import DayField
from core.isolation.visibility import visible
from core.screens import breadcrumb
from core.seams import Button, Waiting
from poles.registry import Pole


class SignatureForm(forms.Form):
    charter = forms.ModelChoiceField(Charter.objects.all(), widget=forms.HiddenInput)
    signed_on = DayField(
        label=gettext_lazy("Signed on"),
        help_text=gettext_lazy("The day on which your pôle decided it: the general assembly, the board."),
    )
    document = forms.ModelChoiceField(
        get_document_model().objects.none(),
        label=gettext_lazy("The signed paper, or the minutes"),
        required=False,
        widget=AdminDocumentChooser,
        help_text=gettext_lazy("If you wish to show it: everybody can read it."),
    )

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["document"].queryset = visible(get_document_model(), user)

    def clean_signed_on(self):
        day = self.cleaned_data["signed_on"]
        if day > timezone.localdate():
            raise ValidationError(_("This day is still to come: come back when it is done."))
        return day


class WithdrawalForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Why"), max_length=300, help_text=gettext_lazy("For the network, and for your successors.")
    )


class SignatureView(WagtailAdminTemplateMixin, TemplateView):
    template_name = "commons/manage/signature.html"
    page_title = gettext_lazy("The network’s charter")
    header_icon = "doc-full"

    @cached_property
    def pole(self) -> Pole:
        pole = Pole.objects.at(self.kwargs["pays"])
        if pole is None:
            raise Http404
        return pole

    def dispatch(self, request, *args, **kwargs):
        if not self.pole.site.root_page.permissions_for_user(request.user).can_publish_subpage():
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def header_buttons(self):
        return [HeaderButton(_("Guide"), reverse("guide", args=["charte"]), icon_name="help")]

    def get_page_subtitle(self):
        return self.pole.name

    def get_breadcrumbs_items(self):
        return breadcrumb((self.request.path, self.page_title))

    @cached_property
    def charter(self) -> Charter | None:
        return charter_to_sign()

    @cached_property
    def signatures(self):
        return list(self.pole.signatures.select_related("charter", "document", "recorded_by"))

    @cached_property
    def current(self):
        """Of the version in force, if this pôle signed it."""
        standing = (one for one in self.signatures if one.withdrawn_on is None and one.charter_id == self.charter.pk)
        return next(standing, None) if self.charter else None

    def get_context_data(self, **kwargs):
        new = SignatureForm(
            user=self.request.user, initial={"charter": self.charter, "signed_on": timezone.localdate()}
        )
        return {
            "form": new,
            "withdrawal": WithdrawalForm(),
            **super().get_context_data(**kwargs),
            "charter": self.charter,
            "current": self.current,
            "signatures": self.signatures,
        }

    def post(self, request, *args, **kwargs):
        if request.POST.get("action") == "withdraw":
            return self.take_back()
        form = SignatureForm(request.POST, user=request.user)
        if form.is_valid():
            given = form.cleaned_data
            try:
                sign(
                    self.pole,
                    given["charter"],
                    signed_on=given["signed_on"],
                    user=request.user,
                    document=given["document"],
                )
            except ValidationError as error:
                form.add_error(None, error)
            else:
                messages.success(request, _("Thank you: your signature stands on your site and on the network’s."))
                return redirect(request.path)
        return self.render_to_response(self.get_context_data(form=form), status=422)

    def take_back(self):
        form = WithdrawalForm(self.request.POST)
        if self.current is None:
            messages.error(self.request, _("There is no signature to withdraw."))
            return redirect(self.request.path)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(withdrawal=form), status=422)
        withdraw(self.current, reason=form.cleaned_data["reason"], user=self.request.user)
        messages.success(self.request, _("The signature is withdrawn, on your site and on the network’s."))
        return redirect(self.request.path)


def signature_tasks(site, user) -> list[Button | Waiting]:
    """On the dashboard of who publishes a pôle: its charter, and whether the version in force waits for a signature."""
    if not site.root_page.permissions_for_user(user).can_publish_subpage():
        return []
    pole = Pole.objects.filter(site=site)
    signed = Signature.objects.standing().filter(pole__site=site, charter=OuterRef("pk"))
    in_force = Charter.objects.adopted().filter(locale__language_code=settings.LANGUAGE_CODE)
    charter = in_force.annotate(pays=Subquery(pole.values("pays__slug")), is_signed=Exists(signed)).first()
    if charter is None or charter.pays is None:
        return []
    address = reverse("charter_signature", args=[charter.pays])
    if charter.is_signed:
        return [Button(_("The charter"), address, "doc-full", 90)]
    return [Waiting(_("“%(charter)s” waits for the signature of your pôle.") % {"charter": charter}, address, 40)]
