"""« L'équipe »: the people of a pôle, in the place of Wagtail's screens for users and groups, which cross sites."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from core.screens import breadcrumb
from poles.audit import Action, record
from poles.invitations import Invitation, invite
from poles.roles import ROLES
from poles.team import Member, Team, TeamRefusal, team_at, teams_managed_by


class InvitationForm(forms.Form):
    email = forms.EmailField(label=gettext_lazy("E-mail address of your colleague"))
    role = forms.ChoiceField(label=gettext_lazy("What they may do"), widget=forms.RadioSelect)

    def __init__(self, *args, team: Team, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [(role.key, f"{role.label} – {role.description}") for role in team.roles]
        self.fields["role"].initial = team.roles[0].key


class RemovalForm(forms.Form):
    heir = forms.ChoiceField(
        label=gettext_lazy("Who takes over their pages and files"),
        required=False,
        help_text=gettext_lazy("What they wrote stays on the site in any case."),
    )

    def __init__(self, *args, team: Team, leaving, **kwargs):
        super().__init__(*args, **kwargs)
        others = [(member.user.pk, str(member.user)) for member in team.members() if member.user.pk != leaving.pk]
        self.fields["heir"].choices = [("", _("Nobody in particular")), *others]


class TeamView(WagtailAdminTemplateMixin, TemplateView):
    """A screen about one team, for those who look after it."""

    header_icon = "group"
    page_title = gettext_lazy("The team")

    def dispatch(self, request, *args, **kwargs):
        self.team = team_at(kwargs["team"])
        if self.team is None:
            raise Http404
        if not self.team.may_be_managed_by(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_page_subtitle(self):
        return self.team.name

    def get_breadcrumbs_items(self):
        return breadcrumb((reverse("team", args=[self.team.slug]), _("The team: %s") % self.team.name))

    def back_to_team(self):
        return redirect("team", self.team.slug)

    def member(self) -> Member:
        member = self.team.member(self.kwargs["user"])
        if member is None:
            raise Http404
        return member

    def refuse(self, refusal: TeamRefusal):
        for message in refusal.messages:
            messages.error(self.request, message)
        return self.back_to_team()


class MembersView(TeamView):
    """Who is in the team, who is invited, and the form that invites."""

    template_name = "poles/team/members.html"

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        teams = teams_managed_by(self.request.user)
        return {
            **context,
            "team": self.team,
            "teams": teams if len(teams) > 1 else [],
            "members": self.team.members(),
            "invitations": Invitation.objects.of_team(self.team).pending(),
            "form": kwargs.get("form") or InvitationForm(team=self.team),
        }

    def post(self, request, *args, **kwargs):
        form = InvitationForm(request.POST, team=self.team)
        if form.is_valid():
            try:
                invitation = invite(
                    self.team, form.cleaned_data["email"], ROLES[form.cleaned_data["role"]], by=request.user
                )
            except TeamRefusal as refusal:
                form.add_error("email", refusal)
            else:
                messages.success(
                    request,
                    _("An invitation is on its way to %(email)s. It is good for seven days.")
                    % {"email": invitation.email},
                )
                return self.back_to_team()
        return self.render_to_response(self.get_context_data(form=form))


class ChangeRoleView(TeamView):
    http_method_names = ["post"]

    def post(self, request, *args, **kwargs):
        role = ROLES.get(request.POST.get("role"))
        if role not in self.team.roles:
            raise PermissionDenied
        try:
            self.team.change_role(self.member().user, role, by=request.user)
        except TeamRefusal as refusal:
            return self.refuse(refusal)
        messages.success(
            request,
            _("%(person)s now has the role “%(role)s”.") % {"person": self.member().user, "role": role.label},
        )
        return self.back_to_team()


class RemoveView(TeamView):
    """Asks who takes over, then removes."""

    template_name = "poles/team/remove.html"
    page_title = gettext_lazy("Remove from the team")

    def get_breadcrumbs_items(self):
        return [*super().get_breadcrumbs_items(), {"url": self.request.path, "label": self.page_title}]

    def get_context_data(self, **kwargs):
        leaving = self.member().user
        form = kwargs.get("form") or RemovalForm(team=self.team, leaving=leaving)
        return {**super().get_context_data(**kwargs), "team": self.team, "leaving": leaving, "form": form}

    def post(self, request, *args, **kwargs):
        leaving = self.member().user
        form = RemovalForm(request.POST, team=self.team, leaving=leaving)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        heir = self.team.member(int(form.cleaned_data["heir"])) if form.cleaned_data["heir"] else None
        try:
            self.team.remove(leaving, by=request.user, heir=heir and heir.user)
        except TeamRefusal as refusal:
            return self.refuse(refusal)
        messages.success(
            request,
            _("%(person)s has left the team and is signed out.") % {"person": leaving},
        )
        return self.back_to_team()


class InvitationActionView(TeamView):
    http_method_names = ["post"]

    def invitation(self) -> Invitation:
        return get_object_or_404(Invitation.objects.of_team(self.team).pending(), pk=self.kwargs["invitation"])


class ResendView(InvitationActionView):
    def post(self, request, *args, **kwargs):
        invitation = self.invitation()
        invitation.send()
        record(Action.INVITED, pole=self.team.pole, actor=request.user, about=invitation)
        messages.success(request, _("The invitation was sent again to %(email)s.") % {"email": invitation.email})
        return self.back_to_team()


class WithdrawView(InvitationActionView):
    def post(self, request, *args, **kwargs):
        invitation = self.invitation()
        record(Action.INVITATION_WITHDRAWN, pole=self.team.pole, actor=request.user, about=invitation)
        invitation.delete()
        messages.success(request, _("The invitation of %(email)s is withdrawn.") % {"email": invitation.email})
        return self.back_to_team()


def my_team(request):
    """To the team that one looks after; the first of them where there are several."""
    teams = teams_managed_by(request.user)
    if not teams:
        raise PermissionDenied
    return redirect("team", teams[0].slug)
