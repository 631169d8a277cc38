"""What the network does to a pôle that exists: another name, another address, a pause, the end."""

import socket
from concurrent.futures import ThreadPoolExecutor, wait
from urllib.parse import urlsplit

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import GroupCollectionPermission, GroupPagePermission, GroupSitePermission, Page, Site

from core.identity import SiteState
from core.models import FormerAddress, SiteIdentity
from core.page_cache.changes import changed
from core.page_cache.generations import NETWORK
from network.provisioning import RESERVED_NAMES, Refusal, Report, check_hostname, grant_rights
from poles import roles
from poles.audit import Action, record
from poles.registry import Pole, PoleStatus
from poles.team import Team, end_sessions

DNS_TIMEOUT = 2  # seconds


def lock(pole: Pole) -> Pole:
    """The pôle as it is now, held until the transaction ends: two admins at once come one after the other."""
    return Pole.objects.select_for_update().get(pk=pole.pk)


@transaction.atomic
def rename(pole: Pole, name: str, *, by) -> None:
    """Give the pôle another name: on its site, home page, groups, files and in the register."""
    pole = lock(pole)
    name = name.strip()
    if not name or len(name) > Pole._meta.get_field("name").max_length:
        raise Refusal(_("The pôle needs a name, of 120 characters at most."))
    if name in RESERVED_NAMES or Pole.objects.filter(name__iexact=name).exclude(pk=pole.pk).exists():
        raise Refusal(_("The name “%(name)s” is taken.") % {"name": name})
    before, pole.name = pole.name, name
    pole.save()
    for role in roles.POLE_ROLES:
        group = getattr(pole, role.held_by)
        group.name = roles.group_name(role, name)
        try:
            with transaction.atomic():
                group.save()
        except IntegrityError:  # another pôle was given this name in the same second
            raise Refusal(_("The name “%(name)s” is taken.") % {"name": name}) from None
    pole.collection.name = pole.site.site_name = name
    pole.collection.save()
    pole.site.save()
    identity = SiteIdentity.for_site(pole.site)
    identity.name = name
    if identity.publisher == before:
        identity.publisher = name
    identity.save()
    rename_home(pole.site.root_page.specific, before, name)
    record(Action.RENAMED, pole=pole, actor=by, about=f"{before} → {name}")


def rename_home(home: Page, before: str, name: str) -> None:
    """The home page bears the pôle's name, unless its staff gave it another; what they are writing there stays."""
    if home.title != before:
        return
    if not home.has_unpublished_changes:
        home.title = name
        home.save_revision().publish()
        return
    Page.objects.filter(pk=home.pk).update(title=name)
    changed({NETWORK})
    draft = home.latest_revision
    if draft.content.get("title") == before:
        draft.content["title"] = name
        draft.save()
        Page.objects.filter(pk=home.pk).update(draft_title=name)


@transaction.atomic
def move(pole: Pole, hostname: str, *, by) -> None:
    """Serve the site at another hostname; the one it had redirects to it, page by page."""
    pole = lock(pole)
    hostname = check_hostname(hostname)
    if Site.objects.filter(hostname=hostname).exclude(pk=pole.site_id).exists():
        raise Refusal(_("%(hostname)s is taken by another site.") % {"hostname": hostname})
    if FormerAddress.objects.filter(hostname=hostname).exclude(site=pole.site).exists():
        raise Refusal(_("%(hostname)s still leads to another site that had it before.") % {"hostname": hostname})
    before = pole.site.hostname
    if hostname == before:
        raise Refusal(_("The site is at this address already."))
    FormerAddress.objects.filter(hostname=hostname).delete()
    FormerAddress.objects.create(hostname=before, site=pole.site)
    pole.site.hostname = hostname
    pole.site.full_clean()
    pole.site.save()
    transaction.on_commit(Site.clear_site_root_paths_cache)
    record(Action.MOVED, pole=pole, actor=by, about=f"{before} → {hostname}")


def set_state(pole: Pole, state: SiteState, notice: str = "") -> None:
    identity = SiteIdentity.for_site(pole.site)
    identity.state, identity.state_notice = state, notice.strip()
    identity.state_since = None if state == SiteState.OPEN else timezone.localdate()
    identity.save()


@transaction.atomic
def suspend(pole: Pole, notice: str, *, by) -> None:
    """Answer every visit with that notice (503); its people can still work in the editor."""
    set_state(pole, SiteState.SUSPENDED, notice)
    record(Action.SUSPENDED, pole=pole, actor=by, about=notice)


@transaction.atomic
def resume(pole: Pole, *, by) -> None:
    """Open the site again, after a suspension or a closing; its people get their rights back."""
    set_state(pole, SiteState.OPEN)
    if pole.is_closed:
        set_status(pole, PoleStatus.Status.ACTIVE)
        grant_rights(Report(), pole)
    record(Action.RESUMED, pole=pole, actor=by)


@transaction.atomic
def close(pole: Pole, notice: str, *, by) -> None:
    """Leave the site on line as an archive that nobody of the pôle may change any more."""
    set_state(pole, SiteState.ARCHIVED, notice)
    set_status(pole, PoleStatus.Status.CLOSED)
    withdraw_rights(pole)
    for member in Team(pole).members():
        end_sessions(member.user)
    record(Action.CLOSED, pole=pole, actor=by, about=notice)


def withdraw_rights(pole: Pole) -> None:
    for role in roles.POLE_ROLES:
        for model in (GroupPagePermission, GroupCollectionPermission, GroupSitePermission):
            model.objects.filter(group=getattr(pole, role.held_by)).delete()


def set_status(pole: Pole, status: PoleStatus.Status) -> None:
    PoleStatus.objects.update_or_create(pole=pole, since=timezone.localdate(), defaults={"status": status})


def dns_advice(hostname: str) -> str:
    """What DNS says of that hostname, in a sentence; empty where it leads here. Never takes more than two seconds."""
    pool = ThreadPoolExecutor(max_workers=2)
    asked = [pool.submit(addresses_of, name) for name in (urlsplit(settings.WAGTAILADMIN_BASE_URL).hostname, hostname)]
    late = wait(asked, DNS_TIMEOUT).not_done
    pool.shutdown(wait=False)
    if late:
        return _("DNS did not answer in time: check that %(hostname)s leads to this server.") % {"hostname": hostname}
    here, found = (answer.result() for answer in asked)
    if not found:
        return _(
            "%(hostname)s is not known to DNS yet. The site is made all the same, and will answer once it leads here."
        ) % {"hostname": hostname}
    if here and not found & here:
        return _("%(hostname)s leads to another server for now.") % {"hostname": hostname}
    return ""


def addresses_of(hostname: str) -> set[str]:
    try:
        return {answer[4][0] for answer in socket.getaddrinfo(hostname, None)}
    except (OSError, UnicodeError):
        return set()
