from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand

from network.audit import AuditEntry


class Command(BaseCommand):
    help = "What must happen by itself: run it every five minutes. Safe to run twice at once."

    def handle(self, *args, **options):
        call_command("publish_scheduled")  # scheduled publishing and expiry
        call_command("clearsessions")
        AuditEntry.objects.outdated().delete()
        if "Database" in settings.TASKS["default"]["BACKEND"]:
            call_command("prune_db_task_results")  # the text of the mails sent is among them
