"""Questions asked before the views that ask none: one rule by view name.

Only for views that no policy, hook or subclass reaches. In the guarded packages a name without a rule is refused, so
that an upgrade cannot add a view that nobody asks about.
"""

import re
from collections.abc import Callable

from django.apps import apps
from django.contrib.messages import ERROR, get_messages
from django.dispatch import Signal
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from rest_framework.exceptions import APIException
from rest_framework.parsers import FormParser, JSONParser, MultiPartParser
from rest_framework.request import Request
from wagtail.admin.auth import permission_denied
from wagtail.admin.views.bulk_action.registry import bulk_action_registry
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page
from wagtail.permissions import policy_registry
from wagtail_localize.models import OverridableSegment, Translation, TranslationSource

from core.isolation.viewer import looking
from core.isolation.visibility import choosable_pages, looks_after_every_site, may_choose, own_pages, visible
from core.middleware import is_editor_path
from core.querysets import speaks_breton

Rule = Callable[..., bool]

# Sent with `request` when somebody who is signed in was turned back, by this guard or by Wagtail.
refused = Signal()

PLAIN_NUMBER = re.compile(r"[0-9]{1,18}")
GUARDED_PACKAGES = ("wagtail_localize:",)


def anybody(request, **kwargs) -> bool:
    return True


def nobody(request, **kwargs) -> bool:
    return False


def network_only(request, **kwargs) -> bool:
    return looks_after_every_site(request.user)


def may_change(user, instance) -> bool:
    if isinstance(instance, Page):
        return instance.permissions_for_user(user).can_edit()
    return policy_registry.get_by_type(type(instance)).user_has_permission_for_instance(user, "change", instance)


def may_edit_page(request, page_id, **kwargs) -> bool:
    return may_change(request.user, get_object_or_404(Page, pk=page_id))


def may_translate_page(request, page_id, **kwargs) -> bool:
    """A site that has not opened Breton has no page in it."""
    return may_edit_page(request, page_id) and speaks_breton(Page.objects.get(pk=page_id))


def may_change_snippet(request, app_label, model_name, pk=None, **kwargs) -> bool:
    try:
        model = apps.get_model(app_label, model_name)
    except LookupError:
        raise Http404 from None
    return policy_registry.get_by_type(model).user_has_permission(request.user, "change")


def may_edit_translation(request, translation_id, **kwargs) -> bool:
    translation = get_object_or_404(Translation, pk=translation_id)
    try:
        return may_change(request.user, translation.get_target_instance())
    except translation.source.specific_content_type.model_class().DoesNotExist:
        raise Http404 from None


def may_override(request, translation_id, overridable_segment_id, **kwargs) -> bool:
    """What a translation shows instead of its source's pictures and links must be this person's to choose."""
    if not may_edit_translation(request, translation_id):
        return False
    if request.method != "PUT":
        return True
    _ = request.body  # read once here, so that the view can read it again
    try:
        key = int(str(Request(request, parsers=[FormParser(), MultiPartParser(), JSONParser()]).data.get("value")))
    except (ValueError, APIException, AttributeError):
        return True  # no key: a text or an address, which the view judges
    segment = get_object_or_404(OverridableSegment, pk=overridable_segment_id)
    field = segment.source.specific_content_type.model_class()._meta.get_field(segment.context.path.split(".")[0])
    # In a body, the block would have to be looked for: any kind of thing that has this key must be theirs to choose.
    models = [field.related_model] if field.is_relation else [get_image_model(), get_document_model(), Page]
    return all(may_choose(request.user, model, {str(key)}) for model in models if model.objects.filter(pk=key).exists())


def may_replace_page(request, page_id, **kwargs) -> bool:
    """Turning a translation into an alias takes what it says off line."""
    page = get_object_or_404(Page, pk=page_id)
    return may_change(request.user, page) and (not page.live or page.permissions_for_user(request.user).can_publish())


def may_update_translations(request, translation_source_id, **kwargs) -> bool:
    """Updating publishes: the source must be this person's to edit, and each translation theirs to publish."""
    source = get_object_or_404(TranslationSource, pk=translation_source_id)
    instance = source.get_source_instance()
    if not may_change(request.user, instance):
        return False
    if not isinstance(instance, Page):
        return True
    targets = [translation.get_target_instance() for translation in source.translations.filter(enabled=True)]
    return all(target.permissions_for_user(request.user).can_publish() for target in targets)


def may_see_both_ends(request, page_to_move_id, destination_id=None, **kwargs) -> bool:
    ends = {page_to_move_id, destination_id} - {None}
    return own_pages(request.user).filter(pk__in=ends).count() == len(ends)


def may_explore(request, parent_page_id, **kwargs) -> bool:
    return own_pages(request.user).filter(pk=parent_page_id).exists()


def may_browse(request, parent_page_id, **kwargs) -> bool:
    return choosable_pages(request.user).filter(pk=parent_page_id).exists()


def keys_asked(request) -> set[str] | None:
    """The keys of `?id=…`; None where one is no plain number: the database would read " 5" as 5."""
    keys = set(request.GET.getlist("id"))
    return keys if all(PLAIN_NUMBER.fullmatch(key) for key in keys) else None


def may_see_chosen_pages(request, **kwargs) -> bool:
    keys = keys_asked(request)
    if keys is None:
        return False
    return choosable_pages(request.user).filter(pk__in=keys, depth__gt=1).count() == len(keys)


def may_act_on_all(request, app_label, model_name, action, **kwargs) -> bool:
    """A bulk action names what it is asked for, before it refuses: all must be visible to this person.

    "Everything" is what they see, not what there is.
    """
    try:
        model = apps.get_model(app_label, model_name)
    except LookupError:
        raise Http404 from None
    action_class = bulk_action_registry.get_bulk_action_class(app_label, model_name, action)
    if action_class is None:
        raise Http404
    seen = visible(model, request.user)
    if "all" in request.GET.getlist("id"):
        everything = action_class(request, model).get_all_objects_in_listing_query(request.GET.get("childOf"))
        request.GET = request.GET.copy()
        request.GET.setlist(
            "id", [str(key) for key in seen.filter(pk__in=list(everything)).values_list("pk", flat=True)]
        )
        return True
    keys = keys_asked(request)
    return keys is not None and seen.filter(pk__in=keys).count() == len(keys)


RULES: dict[str, Rule] = {
    # Views of Wagtail that no hook reaches
    "wagtail_bulk_action": may_act_on_all,
    "wagtailadmin_choose_page_child": may_browse,
    "wagtailadmin_choose_page_chosen_multiple": may_see_chosen_pages,
    "wagtailadmin_explore": may_explore,
    "wagtailadmin_explore_results": may_explore,
    "wagtailadmin_pages:collect_workflow_action_data": may_edit_page,
    "wagtailadmin_pages:confirm_workflow_cancellation": may_edit_page,
    "wagtailadmin_pages:move_confirm": may_see_both_ends,
    "wagtailadmin_pages:workflow_action": may_edit_page,
    "wagtailadmin_pages:workflow_preview": may_edit_page,
    "wagtailadmin_tag_autocomplete": network_only,
    "wagtailadmin_tag_model_autocomplete": network_only,
    # Their filters list everybody's names; a pôle has its journal instead
    **{
        f"wagtailadmin_reports:{report}{part}": network_only
        for report in ("locked_pages", "page_types_usage", "site_history", "workflow", "workflow_tasks")
        for part in ("", "_results")
    },
    **{
        f"wagtailadmin_workflows:{view}": network_only
        for view in ("task_chooser", "task_chooser_results", "task_chooser_create", "task_chosen")
    },
    # wagtail-localize
    "wagtail_localize:javascript_catalog": anybody,
    "wagtail_localize:submit_page_translation": may_translate_page,
    "wagtail_localize:submit_snippet_translation": may_change_snippet,
    "wagtail_localize:update_translations": may_update_translations,
    "wagtail_localize:edit_string_translation": may_edit_translation,
    "wagtail_localize:edit_override": may_override,
    "wagtail_localize:download_pofile": may_edit_translation,
    "wagtail_localize:upload_pofile": may_edit_translation,
    "wagtail_localize:preview_translation": may_edit_translation,
    "wagtail_localize:stop_translation": may_edit_translation,
    "wagtail_localize:machine_translate": nobody,  # no machine is configured
    "wagtail_localize:convert_to_alias": may_replace_page,
    "wagtail_localize:translations_report": network_only,
    "wagtail_localize:translations_report_results": network_only,
    "wagtail_localize:snippets_api_listing": may_change_snippet,
    "wagtail_localize:snippets_api_detail": may_change_snippet,
}


def rule_for(view_name: str) -> Rule:
    fallback = nobody if view_name.startswith(GUARDED_PACKAGES) else anybody
    return RULES.get(view_name, fallback)


def is_refusal(request, response) -> bool:
    """403, or what Wagtail answers instead: to the editor's home, with an error for the person."""
    if response.status_code == 403:
        return True
    went_home = response.status_code == 302 and response.url == reverse("wagtailadmin_home")
    queued = getattr(get_messages(request), "_queued_messages", [])
    return went_home and any(message.level == ERROR for message in queued)


class EditorGuardMiddleware:
    """Ask the rule of a view of the editor before the view runs, and remember who looks at what it shows."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if not is_editor_path(request.path_info):
            return self.get_response(request)
        token = looking.set(request.user)
        try:
            response = self.get_response(request)
        finally:
            looking.reset(token)
        if request.user.is_authenticated and is_refusal(request, response):
            refused.send(sender=type(self), request=request)
        return response

    def process_view(self, request, view, args, kwargs):
        rule = rule_for(request.resolver_match.view_name)
        # Who is not logged in is sent to the login page by the view itself.
        if rule is anybody or not request.user.is_authenticated or rule(request, **kwargs):
            return None
        return permission_denied(request)
