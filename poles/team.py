"""The people of a pôle, or of the network: who they are, what they may do, how they come and go."""

from dataclasses import dataclass

from allauth.usersessions.models import UserSession
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Page

from core.isolation.visibility import looks_after_every_site
from core.models import SiteDocument, SiteImage
from poles import roles
from poles.audit import Action, record
from poles.registry import Pole
from poles.roles import PUBLICATION, RESEAU, Role

NETWORK_SLUG = "reseau"


class TeamRefusal(ValidationError):
    """What cannot be done to a team; `messages` say why, for the person who asked."""


@dataclass(frozen=True)
class Member:
    user: object
    role: Role


@dataclass(frozen=True)
class Team:
    """The team of `pole`, or of the network where it is None."""

    pole: Pole | None

    @property
    def slug(self) -> str:
        return self.pole.pays.slug if self.pole else NETWORK_SLUG

    @property
    def name(self) -> str:
        return self.pole.name if self.pole else _("the network")

    @property
    def roles(self) -> tuple[Role, ...]:
        return roles.POLE_ROLES if self.pole else (RESEAU,)

    def group_of(self, role: Role) -> Group:
        return getattr(self.pole, role.held_by) if self.pole else Group.objects.get(name=RESEAU.label)

    def members(self) -> list[Member]:
        """Everybody once, with their widest role, by name."""
        found = {}
        for role in self.roles:
            for user in self.group_of(role).user_set.order_by("first_name", "last_name", "email"):
                found[user] = Member(user, role)
        return sorted(found.values(), key=lambda member: str(member.user).lower())

    def size(self) -> int:
        """How many they are; for a pôle, without asking for its groups."""
        if self.pole is None:
            return len(self.members())
        groups = (self.pole.writers_id, self.pole.publishers_id)
        return get_user_model().objects.filter(groups__in=groups).distinct().count()

    def member(self, user_pk: int) -> Member | None:
        return next((member for member in self.members() if member.user.pk == user_pk), None)

    def may_be_managed_by(self, user) -> bool:
        """A pôle's team by those who publish for it, any team by the network."""
        if looks_after_every_site(user):
            return True
        return (
            self.pole is not None
            and not self.pole.is_closed
            and self.group_of(PUBLICATION).user_set.filter(pk=user.pk).exists()
        )

    def check_keeps_a_manager(self, leaving) -> None:
        """Raise `TeamRefusal` where nobody would be left to look after this team."""
        # Two of them removing each other at once come one after the other.
        group = Group.objects.select_for_update().get(pk=self.group_of(self.roles[-1]).pk)
        managing = group.user_set.filter(is_active=True)
        if managing.filter(pk=leaving.pk).exists() and managing.count() == 1:
            raise TeamRefusal(
                _("%(person)s is the last person of “%(role)s”: give that role to somebody else first.")
                % {"person": leaving, "role": self.roles[-1].label}
            )

    @transaction.atomic
    def add(self, user, role: Role) -> None:
        """Give `user` that role here, in the place of any other."""
        user.groups.remove(*(self.group_of(other) for other in self.roles))
        user.groups.add(self.group_of(role))

    @transaction.atomic
    def change_role(self, user, role: Role, *, by) -> None:
        if user.pk == by.pk:
            raise TeamRefusal(_("Somebody else changes your own role."))
        if role != self.roles[-1]:
            self.check_keeps_a_manager(user)
        self.add(user, role)
        record(Action.ROLE_CHANGED, pole=self.pole, actor=by, about=f"{user} ({role.label})")

    @transaction.atomic
    def remove(self, user, *, by, heir=None) -> None:
        """Take `user` out of this team, at once: their sessions end, `heir` gets what was theirs here."""
        if user.pk == by.pk:
            raise TeamRefusal(_("Somebody else removes you from the team."))
        self.check_keeps_a_manager(user)
        if heir is not None:
            self.hand_over(user, heir, by=by)
        user.groups.remove(*(self.group_of(role) for role in self.roles))
        user.invitations_sent.pending().filter(pole=self.pole).delete()
        end_sessions(user)
        record(Action.REMOVED, pole=self.pole, actor=by, about=user)

    def hand_over(self, user, heir, *, by) -> None:
        """Pages and files of this team's that were `user`'s become `heir`'s."""
        if self.pole is None:
            return
        for root in self.pole.homes():
            pages = Page.objects.descendant_of(root, inclusive=True)
            pages.filter(owner=user).update(owner=heir)
            pages.filter(locked_by=user).update(locked_by=heir)
        folders = self.pole.collection.get_descendants(inclusive=True)
        for model in (SiteImage, SiteDocument):
            model.objects.filter(uploaded_by_user=user, collection__in=folders).update(uploaded_by_user=heir)
        record(Action.HANDED_OVER, pole=self.pole, actor=by, about=f"{user} → {heir}")


def end_sessions(user) -> None:
    for session in UserSession.objects.filter(user=user):
        session.end()


def team_at(slug: str) -> Team | None:
    """The team at that address of the editor: the code of a pays, or the network's."""
    if slug == NETWORK_SLUG:
        return Team(None)
    pole = Pole.objects.at(slug)
    return Team(pole) if pole else None


def teams_managed_by(user) -> list[Team]:
    """The teams that this person looks after: the network's first, for those who look after all."""
    poles = Pole.objects.filter(site__isnull=False).select_related("pays")
    if looks_after_every_site(user):
        return [Team(None), *(Team(pole) for pole in poles)]
    return [Team(pole) for pole in poles.filter(publishers__user=user)]
