"""What a person may see and choose in the editor, as querysets."""

from collections.abc import Iterable

from django.contrib.auth import get_user_model
from django.db.models import Model, Q, QuerySet
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import DraftStateMixin, Page
from wagtail.permissions import policy_registry

from core.querysets import HOME_DEPTH, pages

FILE_ACTIONS = ["add", "change", "delete", "choose"]


def looks_after_every_site(user) -> bool:
    """Whether this person's rights begin at the root of the tree: a network admin, or a superuser."""
    if not (user.is_active and user.is_authenticated):
        return False
    if user.is_superuser:
        return True
    # Asked by every menu of every screen: Wagtail's policy reads a person's rights once and keeps them on the user.
    granted = policy_registry.get_by_type(Page).get_cached_permissions_for_user(user)
    return any(permission.page.depth == 1 for permission in granted)


def may_publish_a_site(user) -> bool:
    """Whether this person publishes some site from its home page on; asked by every menu, of rights that are kept."""
    if not user.is_active or user.is_superuser:
        return user.is_active
    granted = policy_registry.get_by_type(Page).get_cached_permissions_for_user(user)
    return any(
        permission.permission.codename == "publish_page" and permission.page.depth <= HOME_DEPTH
        for permission in granted
    )


def publishers_at(paths: Iterable[str]) -> QuerySet:
    """The people whose groups may publish the pages at these paths in the tree, by a right given there."""
    granted = Q(
        groups__page_permissions__page__path__in=paths,
        groups__page_permissions__permission__codename="publish_page",
    )
    return get_user_model().objects.filter(granted, is_active=True).distinct()


def own_pages(user) -> QuerySet:
    """The pages that the explorer shows this person: those in their care and the way to them."""
    return policy_registry.get_by_type(Page).explorable_instances(user)


def pages_with_permission(user, *actions: str) -> QuerySet:
    """The pages on which this person may do one of `actions` ("add", "change", "publish"); not the way to them."""
    return policy_registry.get_by_type(Page).instances_user_has_any_permission_for(user, actions)


def choosable_pages(user, queryset: QuerySet | None = None) -> QuerySet:
    """The pages that this person may point at: their own in any state, and what the others have published."""
    queryset = Page.objects.all() if queryset is None else queryset
    return queryset.filter(
        Q(pk__in=own_pages(user).values("pk")) | Q(pk__in=pages().published().values("pk")) | Q(depth=1)
    )


def visible(model: type[Model], user) -> QuerySet:
    """The objects of `model` that the editor may name to this person.

    Pages and files go by their own policies; anything else is the network's, and is shown to whoever may do anything
    with its kind.
    """
    if issubclass(model, Page):
        return own_pages(user)
    policy = policy_registry.get_by_type(model)
    if model in (get_image_model(), get_document_model()):
        return policy.instances_user_has_any_permission_for(user, FILE_ACTIONS)
    return policy.instances_user_has_any_permission_for(user, ["add", "change", "delete", "view"])


def choosable(model: type[Model], user) -> QuerySet:
    """The objects of `model` that this person may put in a page.

    Pages and files by the rules above; what the network shares once it is published, or in any state for those who
    look after it.
    """
    if issubclass(model, Page):
        return choosable_pages(user)
    if model in (get_image_model(), get_document_model()):
        return visible(model, user)
    objects = model._default_manager.all()
    if issubclass(model, DraftStateMixin) and not policy_registry.get_by_type(model).user_has_permission(
        user, "change"
    ):
        return objects.filter(live=True)
    return objects


def may_choose(user, model: type[Model], pks: set[str]) -> set[str]:
    """Those of `pks` that this person may put in a page."""
    pks = {pk for pk in pks if pk.isascii() and pk.isdecimal() and len(pk) < 19}
    return {str(pk) for pk in choosable(model, user).filter(pk__in=pks).values_list("pk", flat=True)}
