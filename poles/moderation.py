"""Moderation: one workflow for the whole network, whose task concerns whoever may publish the page in question.

Wagtail's own task names groups: one task for all pôles would let each moderate the others: see docs/decisions/0013.
"""

from django.db.models import CharField
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, Task, TaskState, Workflow, WorkflowPage, WorkflowTask

from core.isolation.visibility import pages_with_permission

WORKFLOW_NAME = "Relecture avant publication"
TASK_NAME = "Relecture par la publication du pôle"


class PublisherApprovalTask(Task):
    """Approval by those who may publish the page."""

    class Meta:
        verbose_name = _("approval by the page's publishers")
        verbose_name_plural = _("approvals by the page's publishers")

    @staticmethod
    def may_moderate(page, user) -> bool:
        return isinstance(page, Page) and page.permissions_for_user(user).can_publish()

    def user_can_access_editor(self, obj, user):
        return self.may_moderate(obj, user)

    def locked_for_user(self, obj, user):
        return not self.may_moderate(obj, user)

    def user_can_lock(self, obj, user):
        return self.may_moderate(obj, user)

    def get_actions(self, obj, user):
        if not self.may_moderate(obj, user):
            return []
        return [
            ("reject", _("Ask for changes"), True),
            ("approve", _("Approve"), False),
            ("approve", _("Approve with a comment"), True),
        ]

    def get_task_states_user_can_moderate(self, user, **kwargs):
        publishable = pages_with_permission(user, "publish")
        return TaskState.objects.filter(
            task=self,
            status=TaskState.STATUS_IN_PROGRESS,
            workflow_state__base_content_type__app_label="wagtailcore",
            workflow_state__base_content_type__model="page",
            workflow_state__object_id__in=publishable.annotate(key=Cast("pk", CharField())).values("key"),
        )

    @classmethod
    def get_description(cls):
        return _("Whoever may publish the page may approve it")


def assign_workflow(home: Page) -> None:
    """Submit what is written under `home` to the network's workflow, made at the first call."""
    workflow, _created = Workflow.objects.get_or_create(name=WORKFLOW_NAME)
    if not workflow.workflow_tasks.exists():
        task = PublisherApprovalTask.objects.create(name=TASK_NAME)
        WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    WorkflowPage.objects.update_or_create(page=home, defaults={"workflow": workflow})
