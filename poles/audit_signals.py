"""What the journal learns from the rooms below: sign-ins from Django's signals, refusals from the editor's guard."""

from allauth.core.internal.httpkit import get_client_ip
from django.contrib.auth import get_user_model
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.db.models.signals import pre_delete
from wagtail.log_actions import get_active_log_context
from wagtail.models import Collection, Page

from core.isolation.guard import refused
from core.models import SiteDocument, SiteImage
from core.querysets import HOME_LENGTH
from poles.audit import Action, record, record_for_person
from poles.registry import Pole
from trash.pages import purged, restored, trashed


def address_of(request) -> str | None:
    """The visitor's address, as the throttle sees it: a spoofed header changes nothing."""
    return get_client_ip(request) if request is not None else None


def on_signed_in(sender, request, user, **kwargs):
    record_for_person(Action.SIGNED_IN, user, address=address_of(request))


def on_signed_out(sender, request, user, **kwargs):
    if user is not None:
        record_for_person(Action.SIGNED_OUT, user, address=address_of(request))


def on_sign_in_failed(sender, credentials, request=None, **kwargs):
    email = str(credentials.get("email") or credentials.get("username") or "")
    user = get_user_model().objects.filter(email__iexact=email).first()
    if user is not None:
        record_for_person(Action.SIGN_IN_FAILED, user, address=address_of(request))
    else:
        record(Action.SIGN_IN_FAILED, pole=None, actor_name=email, address=address_of(request))


def on_refused(sender, request, **kwargs):
    record_for_person(Action.REFUSED, request.user, about=request.path, address=address_of(request))


def on_deleted(sender, instance, **kwargs):
    """Wagtail's own line on a deletion no longer says whose the thing was."""
    if sender is Page:
        poles = Pole.objects.filter(site__root_page__translation_key__in=homes_above(instance))
    else:
        path = instance.collection.path
        above = [path[:length] for length in range(Collection.steplen, len(path) + 1, Collection.steplen)]
        poles = Pole.objects.filter(collection__path__in=above)
    if pole := poles.first():
        context = get_active_log_context()
        record(Action.DELETED, pole=pole, actor=context.user, about=str(instance))


def homes_above(page: Page):
    return Page.objects.filter(depth=2, path=page.path[:HOME_LENGTH]).values("translation_key")


def on_trash(action: Action):
    def record_it(sender, site, title, user, **kwargs):
        record(action, pole=Pole.objects.filter(site=site).first(), actor=user, about=title)

    return record_it


def connect() -> None:
    # No hook of Wagtail runs for every way to delete: bulk actions, the API, the tree below a page.
    for model in (Page, SiteImage, SiteDocument):
        pre_delete.connect(on_deleted, sender=model, dispatch_uid=f"poles.audit_signals.deleted.{model.__name__}")
    for action, signal in ((Action.TRASHED, trashed), (Action.RESTORED, restored), (Action.DELETED, purged)):
        signal.connect(on_trash(action), weak=False, dispatch_uid=f"poles.audit_signals.{action}")
    for signal, receiver in (
        (user_logged_in, on_signed_in),
        (user_logged_out, on_signed_out),
        (user_login_failed, on_sign_in_failed),
        (refused, on_refused),
    ):
        signal.connect(receiver, dispatch_uid=f"poles.audit_signals.{receiver.__name__}")
