from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand

from core.embeds.records import check_due
from events import importing, upkeep
from members.importing.imports import forget_old_imports
from members.lookups import look_up_due
from poles.audit import AuditEntry


class Command(BaseCommand):
    help = "What must happen by itself: run it every five minutes. Safe to run twice at once."

    def handle(self, *args, **options):
        call_command("publish_scheduled")  # scheduled publishing and expiry
        call_command("clearsessions")
        AuditEntry.objects.outdated().delete()
        check_due()  # whether the videos of other servers still exist
        look_up_due()  # what public registers know of the members
        forget_old_imports()
        importing.refresh_due()  # the calendars that pôles follow
        importing.forget_old_imports()
        upkeep.extend_occurrences()
        if "Database" in settings.TASKS["default"]["BACKEND"]:
            call_command("prune_db_task_results")  # the text of the mails sent is among them
