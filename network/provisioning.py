"""Opening the portal and the pôles: everything a site needs, in one transaction, as often as one likes.

Each function may be called again on what exists: it adds what is missing, overwrites nothing that people wrote, and
says what it did.
"""

import re
from collections.abc import Container
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Collection, GroupPagePermission, Locale, Page, Site, Workflow

from core.addresses import site_formerly_at
from core.models import SiteIdentity
from core.seams import StarterPage, brought
from core.slugs import free_slug_below
from core.theme.palettes import DEFAULT_PALETTE, PALETTES
from home.models import HomePage
from poles import roles
from poles.collections import SHARED_COLLECTION
from poles.moderation import assign_workflow
from poles.pays_data import PAYS
from poles.registry import Pays, Pole, PoleStatus
from portal.page import PortalPage

# RFC 1123, section 2.1: labels of letters, digits and inner hyphens; at least two of them, but for `localhost`.
HOST_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
HOSTNAME = re.compile(rf"^(?:{HOST_LABEL}\.)+{HOST_LABEL}$")

RESERVED_NAMES = {SHARED_COLLECTION, "Root"}


class Refusal(ValidationError):
    """A site that cannot be opened as asked; `messages` say why, for the person who asked."""


@dataclass
class Report:
    """What a provisioning made, in order, one line for each thing; empty when all was there."""

    lines: list[str] = field(default_factory=list)
    pole: Pole | None = None
    site: Site | None = None

    def made(self, what: str):
        self.lines.append(what)


class _DryRunFinished(Exception):
    pass


def check_hostname(hostname: str) -> str:
    """The hostname in lower case; raises `Refusal` unless it is a name that DNS may hold."""
    hostname = hostname.strip().lower().rstrip(".")
    if len(hostname) > 253 or not (HOSTNAME.match(hostname) or hostname == "localhost"):
        raise Refusal(
            _(
                "“%(hostname)s” is not a host name. Expected: a name such as pole.example.org, "
                "without http:// or a path."
            )
            % {"hostname": hostname}
        )
    return hostname


def provision_portal(*, hostname: str, name: str = "Réseau des pôles ESS de Bretagne") -> Report:
    """Make the network itself: languages, the 21 pays, the portal's site and pages, the network's group and files."""
    hostname = check_hostname(hostname)
    if hostname != urlsplit(settings.WAGTAILADMIN_BASE_URL).hostname:
        raise Refusal(
            _("The portal is the editor's host, which EDITOR_URL says is %(host)s.")
            % {"host": urlsplit(settings.WAGTAILADMIN_BASE_URL).hostname}
        )
    report = Report()
    with transaction.atomic():
        for code, _name in settings.LANGUAGES:
            if Locale.objects.get_or_create(language_code=code)[1]:
                report.made(_("language: %(code)s") % {"code": code})
        for slug, pays_name, departement, latitude, longitude in PAYS:
            defaults = {
                "name": pays_name,
                "departement": departement,
                "latitude": latitude,
                "longitude": longitude,
            }
            if Pays.objects.get_or_create(slug=slug, defaults=defaults)[1]:
                report.made(_("pays: %(name)s") % {"name": pays_name})

        root = Page.get_first_root_node()
        if root.title == "Root":  # as Wagtail names it: the choosers of pages show it
            root.title = root.draft_title = _("The whole network")
            root.save(update_fields=["title", "draft_title"])
        portal = PortalPage.objects.first()
        if portal is None:
            portal = PortalPage(title=name, slug="portail", locale=default_locale())
            add_page(report, root, portal)
        site = Site.objects.filter(root_page=portal).first()
        if site is None:
            site = Site.objects.filter(is_default_site=True).first() or Site(is_default_site=True)
            site.hostname, site.port = hostname, settings.SITES_PORT
            site.site_name, site.root_page = name, portal
            site.full_clean()
            site.save()
            report.made(_("site: %(address)s") % {"address": site.root_url})
        remove_wagtail_defaults(report)

        get_collection(report, SHARED_COLLECTION)
        group, created = Group.objects.get_or_create(name=roles.RESEAU.label)
        if created:
            report.made(_("group: %(name)s") % {"name": group.name})
        roles.grant(roles.RESEAU, group, root=root, collection=Collection.get_first_root_node())
        transaction.on_commit(Site.clear_site_root_paths_cache)
        assign_workflow(portal)
        make_identity(report, site, {"name": name, "palette": DEFAULT_PALETTE})
        make_starter_pages(report, portal)
        report.site = site
    return report


def provision_pole(
    *,
    pays: str,
    name: str,
    hostname: str,
    palette: str = DEFAULT_PALETTE,
    email: str = "",
    starters: Container[str] | None = None,
    dry_run: bool = False,
) -> Report:
    """Open a pôle: its pages, site, collection, groups and rights, workflow, identity, legal pages and history.

    `pays` is the code of one of the 21 (`fougeres`). Raises `Refusal` with every reason at once when the hostname is
    wrong or taken, the pays unknown or served by another pôle. `starters` names the optional pages to begin with
    (`starter_choices()`), all of them by default. A dry run does it all, then takes it back.
    """
    hostname, territory = check_request(pays=pays, name=name, hostname=hostname, palette=palette, email=email)
    report = Report()
    try:
        with transaction.atomic():
            open_pole(report, territory, name.strip(), hostname, {"palette": palette, "email": email}, starters)
            if dry_run:
                raise _DryRunFinished
    except _DryRunFinished:
        # Wagtail cached the addresses of a site that no longer exists.
        Site.clear_site_root_paths_cache()
        report.pole = report.site = None
    return report


def check_request(*, pays, name, hostname, palette, email) -> tuple[str, Pays]:
    reasons = []
    name = name.strip()
    longest = Pole._meta.get_field("name").max_length
    if not name:
        reasons.append(_("The pôle needs a name."))
    elif len(name) > longest:
        reasons.append(_("The name is longer than %(longest)s characters.") % {"longest": longest})
    elif Pole.objects.filter(name__iexact=name).exclude(pays__slug=pays).exists() or name in RESERVED_NAMES:
        # Two pôles of one name could not be told apart in the editor's lists of groups and files.
        reasons.append(_("The name “%(name)s” is taken.") % {"name": name})
    if palette not in PALETTES:
        reasons.append(
            _("Unknown palette “%(palette)s”. Expected one of: %(known)s.")
            % {"palette": palette, "known": ", ".join(PALETTES)}
        )
    if email:
        try:
            validate_email(email)
        except ValidationError:
            reasons.append(_("“%(email)s” is not an e-mail address.") % {"email": email})
    if not PortalPage.objects.exists():
        reasons.append(_("The network has no portal yet: run create_portal first."))
    territory = Pays.objects.filter(slug=pays).first()
    if territory is None:
        known = ", ".join(Pays.objects.order_by("slug").values_list("slug", flat=True))
        reasons.append(_("Unknown pays “%(pays)s”. Expected one of: %(known)s.") % {"pays": pays, "known": known})
    try:
        hostname = check_hostname(hostname)
    except Refusal as refusal:
        reasons.extend(refusal.messages)
    else:
        pole = Pole.objects.filter(pays=territory).select_related("site").first() if territory else None
        own_site = pole.site if pole else None
        if own_site and own_site.hostname != hostname:
            reasons.append(
                _("The pays of %(pays)s has its pôle already: %(pole)s, at %(address)s.")
                % {"pays": territory, "pole": pole, "address": own_site.root_url}
            )
        if site_formerly_at(hostname):
            reasons.append(_("%(hostname)s still leads to another site that had it before.") % {"hostname": hostname})
        taken = Site.objects.filter(hostname=hostname).exclude(pk=own_site.pk if own_site else None).first()
        if taken:
            reasons.append(
                _("%(hostname)s is taken by “%(site)s”.") % {"hostname": hostname, "site": taken.site_name or taken}
            )
    if reasons:
        raise Refusal(reasons)
    return hostname, territory


def open_pole(
    report: Report, pays: Pays, name: str, hostname: str, identity: dict, starters: Container[str] | None = None
) -> None:
    pole, created = Pole.objects.get_or_create(pays=pays, defaults={"name": name})
    if pole.site:
        name = pole.name  # renaming is network.governance's
    if created:
        report.made(_("pôle: %(name)s") % {"name": name})
    home = pole.site.root_page.specific if pole.site else None
    if home is None:
        home = HomePage(title=name, slug=pays.slug, locale=default_locale())
        add_page(report, Page.get_first_root_node(), home)
        site = Site(hostname=hostname, port=settings.SITES_PORT, site_name=name, root_page=home)
        site.full_clean()
        site.save()
        report.made(_("site: %(address)s") % {"address": site.root_url})
        pole.site = site
        pole.name = name
        pole.save()
    status = pole.status
    if status is None or status.status == PoleStatus.Status.PREFIGURATION:
        PoleStatus.objects.update_or_create(
            pole=pole, since=timezone.localdate(), defaults={"status": PoleStatus.Status.ACTIVE}
        )
        report.made(_("status: active"))

    if pole.collection is None:
        pole.collection = get_collection(report, name)
    for role in roles.POLE_ROLES:
        if getattr(pole, role.held_by) is None:
            group = Group.objects.create(name=roles.group_name(role, name))
            setattr(pole, role.held_by, group)
            report.made(_("group: %(name)s") % {"name": group.name})
    pole.save()
    if not pole.is_closed:  # an archive, which its people no longer change
        grant_rights(report, pole)
    transaction.on_commit(Site.clear_site_root_paths_cache)  # a visit before the commit filled it without this site
    assign_workflow(home)
    make_identity(report, pole.site, {"name": name, "city": pays.name, **identity})
    make_starter_pages(report, home, wanted=starters)
    report.pole, report.site = pole, pole.site


def grant_rights(report: Report, pole: Pole) -> None:
    """Give the pôle's groups what their roles may, on its site in every language, and the use of the shared files."""
    shared = get_collection(report, SHARED_COLLECTION)
    for role in roles.POLE_ROLES:
        group = getattr(pole, role.held_by)
        for home in pole.homes():
            roles.grant(role, group, root=home, collection=pole.collection, site=pole.site)
        roles.allow_choosing_shared_files(group, shared)


def make_identity(report: Report, site: Site, values: dict) -> None:
    _identity, created = SiteIdentity.objects.get_or_create(site=site, defaults={"publisher": values["name"], **values})
    if created:
        report.made(_("identity of the site"))


def starter_choices() -> list[tuple[str, str]]:
    """The pages that one may choose to begin a pôle with, by key; the others are always made."""
    return [
        (starter.key, starter.label)
        for starter in brought("starter_pages")
        if starter.key and "pole" in starter.site_kinds & starter.model.home_kinds
    ]


def make_starter_pages(report: Report, home: Page, *, wanted: Container[str] | None = None) -> None:
    """The pages that a site starts with. What its staff later renamed or deleted is found by type, or left alone."""
    is_new = not home.get_children().exists()
    for starter in brought("starter_pages"):
        is_wanted = wanted is None or not starter.key or starter.key in wanted
        is_due = (is_new and is_wanted) or (starter.on_every_site and was_never_below(home, starter))
        if is_due and starter.stands_below(home):
            page = starter.new()
            page.slug = free_slug_below(home, page.slug)
            add_page(report, home, page)


def was_never_below(home: Page, starter: StarterPage) -> bool:
    """Whether that page is neither on the site nor in its trash, where people put what they do not want."""
    here = Q(path__startswith=home.path) | Q(trashed__site__root_page=home)
    return not starter.model.objects.filter(here, **starter.values).exists()


def add_page(report: Report, parent: Page, page: Page) -> None:
    page.locale = page.locale if page.locale_id else parent.locale
    parent.add_child(instance=page)
    page.save_revision().publish()
    report.made(_("page: %(title)s") % {"title": page.title})


def get_collection(report: Report, name: str) -> Collection:
    root = Collection.get_first_root_node()
    collection = root.get_children().filter(name=name).first()
    if collection is None:
        collection = root.add_child(name=name)
        report.made(_("collection: %(name)s") % {"name": name})
    return collection


def default_locale() -> Locale:
    return Locale.objects.get(language_code=settings.LANGUAGE_CODE)


def remove_wagtail_defaults(report: Report) -> None:
    """Wagtail's welcome page, and its groups and workflow, which hold rights on every site of the install."""
    welcome = Page.objects.filter(depth=2, content_type__model="page", content_type__app_label="wagtailcore").first()
    if welcome is not None and not welcome.sites_rooted_here.exists():
        welcome.delete()
        report.made(_("removed: Wagtail's welcome page"))
    root = Page.get_first_root_node()
    for group in Group.objects.filter(name__in=("Editors", "Moderators"), page_permissions__page=root).distinct():
        GroupPagePermission.objects.filter(group=group).delete()
        group.delete()
    Workflow.objects.filter(name="Moderators approval", workflow_pages__page=root).delete()
