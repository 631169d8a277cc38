"""Does the proof bite? Reopen each hole of the stock editor in turn, and see the tests of this folder fail.

    python tests/isolation/holes.py [number …]

prints a line a hole, with the first case that found it, and fails if one was not found. Not part of `make test`: it
takes about a minute a hole.
"""

import os
import subprocess
import sys
from collections.abc import Callable

VARIABLE = "ISOLATION_HOLE"
KEY = "not anonymous and not stranger and not writer"


def rule_off(*names: str) -> Callable:
    def reopen(patch):
        from core.isolation import guard

        for name in names:
            patch.setitem(guard.RULES, name, guard.anybody)

    return reopen


def granted(*permissions: str) -> Callable:
    def reopen(patch):
        from django.contrib.auth.models import Group

        from poles import roles

        for group in Group.objects.filter(name__contains=" – "):
            group.permissions.add(*roles.permissions(permissions))

    return reopen


def without_limits_on_files(patch):
    from wagtail.documents.api.admin.views import DocumentsAdminAPIViewSet
    from wagtail.images.api.admin.views import ImagesAdminAPIViewSet

    from core.isolation import choosers

    patch.setattr(choosers.OwnImages, "get_queryset", ImagesAdminAPIViewSet.get_queryset)
    patch.setattr(choosers.OwnDocuments, "get_queryset", DocumentsAdminAPIViewSet.get_queryset)


def without_limits_on_pages(patch):
    from wagtail.models import Page

    from core.isolation import choosers, guard

    def everything(user, queryset=None):
        return Page.objects.all() if queryset is None else queryset

    patch.setattr(choosers, "choosable_pages", everything)
    patch.setattr(guard, "choosable_pages", everything)


def everybody_moderates(patch):
    """As Wagtail's task does for its groups."""
    from wagtail.models import TaskState

    from core.isolation import guard
    from poles.moderation import PublisherApprovalTask

    patch.setattr(PublisherApprovalTask, "may_moderate", staticmethod(lambda page, user: True))
    patch.setattr(
        PublisherApprovalTask,
        "get_task_states_user_can_moderate",
        lambda self, user, **kwargs: TaskState.objects.filter(status=TaskState.STATUS_IN_PROGRESS),
    )
    for view in ("workflow_action", "collect_workflow_action_data", "workflow_preview"):
        patch.setitem(guard.RULES, f"wagtailadmin_pages:{view}", guard.anybody)


def raw_exports(patch):
    from wagtail.admin.views.mixins import SpreadsheetExportMixin

    as_typed = {key: value for key, value in SpreadsheetExportMixin.custom_value_preprocess.items() if key is not str}
    patch.setattr(SpreadsheetExportMixin, "custom_value_preprocess", as_typed)


def live_is_public(patch):
    from core.querysets import PublicPageQuerySet

    patch.setattr(PublicPageQuerySet, "published", lambda self: self.live())


LOCALIZE = "wagtail_localize"
SNIPPETS = tuple(
    f"commons.{action}_{model}" for action in ("add", "change", "delete", "view") for model in ("topic", "principle")
)
HOLES: dict[int, tuple[str, Callable]] = {
    1: ("translation of another's page", rule_off(f"{LOCALIZE}:submit_page_translation")),
    2: ("update of another's translations", rule_off(f"{LOCALIZE}:update_translations")),
    3: ("translation of a network snippet", rule_off(f"{LOCALIZE}:submit_snippet_translation")),
    4: (
        "reports on all sites",
        rule_off(f"{LOCALIZE}:translations_report", "wagtailadmin_reports:page_types_usage"),
    ),
    5: ("localize's list of snippets", rule_off(f"{LOCALIZE}:snippets_api_listing")),
    6: ("the editor's API for files", without_limits_on_files),
    7: ("titles in bulk actions", rule_off("wagtail_bulk_action")),
    8: ("the page chooser", without_limits_on_pages),
    9: ("redirects", granted("wagtailredirects.add_redirect", "wagtailredirects.change_redirect")),
    10: ("snippets", granted(*SNIPPETS)),
    11: ("users", granted("accounts.change_user")),
    12: ("one task for all moderators", everybody_moderates),
    13: ("settings of every site", granted("core.change_siteidentity")),
    14: ("formulas in exports", raw_exports),
    15: ("private pages in public lists and searches", live_is_public),
    16: ("cancelling another's moderation", rule_off("wagtailadmin_pages:confirm_workflow_cancellation")),
    # Found by the matrix alone, beyond what one reads in the code of Wagtail
    17: ("titles in the explorer's results", rule_off("wagtailadmin_explore", "wagtailadmin_explore_results")),
    18: ("messages about another's moderation", rule_off("wagtailadmin_pages:workflow_action")),
    19: ("everybody's names in reports", rule_off("wagtailadmin_reports:site_history")),
    20: ("workflow tasks", rule_off("wagtailadmin_workflows:task_chooser")),
    21: ("keywords", rule_off("wagtailadmin_tag_autocomplete")),
}


def main(numbers: list[int]) -> int:
    missed = 0
    for number in numbers or HOLES:
        run = subprocess.run(
            [sys.executable, "-m", "pytest", "tests/isolation", "-n", "4", "--show-capture=no", "-k", KEY],
            env={**os.environ, VARIABLE: str(number)},
            capture_output=True,
            text=True,
            check=False,
        )
        found = [line for line in run.stdout.splitlines() if line.startswith("E  ")]
        missed += not found
        print(f"{number:>2} {HOLES[number][0]}: {found[0][4:200].strip() if found else 'NOT FOUND'}", flush=True)
    return missed


if __name__ == "__main__":
    sys.exit(main([int(argument) for argument in sys.argv[1:]]))
