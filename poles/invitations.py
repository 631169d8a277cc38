"""Inviting somebody to a team: a signed link, by mail, good for seven days and once."""

from datetime import timedelta

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core import signing
from django.core.mail import send_mail
from django.db import models, transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_lazy as _

from poles.audit import Action, record
from poles.registry import Pole
from poles.roles import ROLES, Role
from poles.team import Team, TeamRefusal

GOOD_FOR = timedelta(days=7)
SALT = "poles.invitation"


def new_nonce() -> str:
    return get_random_string(16)


class InvitationQuerySet(models.QuerySet):
    def pending(self):
        """Not answered; those past their date included, so that they can be sent again."""
        return self.filter(accepted_at__isnull=True)

    def of_team(self, team: Team):
        return self.filter(pole=team.pole)


class Invitation(models.Model):
    email = models.EmailField(_("e-mail address"))
    pole = models.ForeignKey(Pole, null=True, on_delete=models.CASCADE, related_name="invitations")  # None: the network
    role_key = models.CharField(_("role"), max_length=16, choices=[(role.key, role.label) for role in ROLES.values()])
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="invitations_sent"
    )
    nonce = models.CharField(max_length=16, default=new_nonce)  # a new one makes the links sent before worthless
    sent_at = models.DateTimeField(_("sent"), default=timezone.now)
    accepted_at = models.DateTimeField(_("accepted"), null=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["-sent_at"]

    def __str__(self):
        return self.email

    @property
    def team(self) -> Team:
        return Team(self.pole)

    @property
    def role(self) -> Role:
        return ROLES[self.role_key]

    @property
    def expires_at(self):
        return self.sent_at + GOOD_FOR

    @property
    def is_expired(self) -> bool:
        return timezone.now() > self.expires_at

    @property
    def token(self) -> str:
        return signing.dumps([self.pk, self.nonce], salt=SALT)

    @property
    def url(self) -> str:
        return f"{settings.WAGTAILADMIN_BASE_URL}{reverse('accept_invitation', args=[self.token])}"

    def send(self) -> None:
        """Send the link, in the language of the site."""
        with translation.override(settings.LANGUAGE_CODE):
            context = {"invitation": self, "team": self.team, "role": self.role}
            send_mail(
                _("Invitation to write on the site of %(team)s") % {"team": self.team.name},
                render_to_string("poles/mail/invitation.txt", context),
                None,
                [self.email],
            )

    def send_again(self) -> None:
        self.nonce, self.sent_at = new_nonce(), timezone.now()
        self.save()
        self.send()

    def account(self):
        """The account that has this address already, if any."""
        return get_user_model().objects.filter(email__iexact=self.email).first()

    @transaction.atomic
    def accept(self, user) -> None:
        """Put `user` in the team. Raises `TeamRefusal` where the invitation was used or withdrawn meanwhile."""
        mine = Invitation.objects.pending().filter(pk=self.pk, nonce=self.nonce)
        if not mine.update(accepted_at=timezone.now(), nonce=new_nonce()):
            raise TeamRefusal(_("This link is no longer good"))
        self.team.add(user, self.role)
        record(Action.JOINED, pole=self.pole, actor=user, about=self.role.label)


def invitation_of(token: str) -> Invitation | None:
    """The invitation that this link stands for, unless it was used, withdrawn or replaced since."""
    try:
        pk, nonce = signing.loads(token, salt=SALT)
    except (signing.BadSignature, ValueError):
        return None
    return Invitation.objects.pending().filter(pk=pk, nonce=nonce).select_related("pole__pays").first()


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
    invitation.send_again()
    record(Action.INVITED, pole=team.pole, actor=by, about=f"{email} ({role.label})")
    return invitation
