"""Inviting somebody to a team: a signed link, by mail, good for seven days and once."""

from datetime import timedelta

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import models, transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.mail import send_mail
from core.single_use_links import SingleUseLink, SingleUseLinkQuerySet
from poles.audit import Action, record
from poles.registry import Pole
from poles.roles import ROLES, Role
from poles.team import Team, TeamRefusal


class InvitationQuerySet(SingleUseLinkQuerySet):
    def of_team(self, team: Team):
        return self.filter(pole=team.pole)


class Invitation(SingleUseLink):
    VALIDITY = timedelta(days=7)
    SALT = "poles.invitation"

    pole = models.ForeignKey(Pole, null=True, on_delete=models.CASCADE, related_name="invitations")  # None: the network
    role_key = models.CharField(_("role"), max_length=16, choices=[(role.key, role.label) for role in ROLES.values()])
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="invitations_sent"
    )

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["-sent_at"]

    @property
    def team(self) -> Team:
        return Team(self.pole)

    @property
    def role(self) -> Role:
        return ROLES[self.role_key]

    @property
    def url(self) -> str:
        return f"{settings.WAGTAILADMIN_BASE_URL}{reverse('accept_invitation', args=[self.token])}"

    def send(self) -> None:
        """Send the link, a new one: those sent before are worthless."""
        self.renew()
        send_mail("poles/mail/invitation", self.email, {"invitation": self})

    def account(self):
        """The account that has this address already, if any."""
        return get_user_model().objects.filter(email__iexact=self.email).first()

    @transaction.atomic
    def accept(self, user) -> None:
        """Put `user` in the team. Raises `TeamRefusal` where the invitation was used or withdrawn meanwhile."""
        if not self.use():
            raise TeamRefusal(_("This link is no longer good"))
        self.team.add(user, self.role)
        record(Action.JOINED, pole=self.pole, actor=user, about=self.role.label)


@transaction.atomic
def invite(team: Team, email: str, role: Role, *, by) -> Invitation:
    """Invite `email` to that role. Raises `TeamRefusal` where the role is not the team's, or the person is in it."""
    if role not in team.roles:
        raise TeamRefusal(_("This team has no such role."))
    email = email.strip().lower()
    if any(member.user.email.lower() == email for member in team.members()):
        raise TeamRefusal(_("%(email)s is in the team already.") % {"email": email})
    invitation = Invitation.objects.of_team(team).pending().filter(email=email).first() or Invitation(
        email=email, pole=team.pole
    )
    invitation.role_key, invitation.invited_by = role.key, by if by and by.pk else None
    invitation.send()
    record(Action.INVITED, pole=team.pole, actor=by, about=f"{email} ({role.label})")
    return invitation
