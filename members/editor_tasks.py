from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.seams import Button, Waiting
from members.models import MemberIndexPage, Proposal


def member_tasks(site, user):
    """What the dashboard says of the directory: the way to it, and the corrections that wait."""
    directory = MemberIndexPage.objects.descendant_of(site.root_page).order_by("path").first()
    if directory is None or not directory.permissions_for_user(user).can_publish_subpage():
        return []
    tasks = [Button(_("The directory"), reverse("manage_directory", args=[directory.pk]), "group", 40)]
    if count := Proposal.objects.in_directory(directory).waiting().count():
        said = ngettext(
            "%(count)s correction of a member’s profile waits for your answer.",
            "%(count)s corrections of members’ profiles wait for your answer.",
            count,
        )
        tasks.append(Waiting(said % {"count": count}, reverse("directory_proposals", args=[directory.pk]), 10))
    return tasks
