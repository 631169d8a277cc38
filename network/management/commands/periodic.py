from django.core.management import call_command
from django.core.management.base import BaseCommand

from network.audit import AuditEntry


class Command(BaseCommand):
    help = "What must happen by itself: run it every five minutes. Safe to run twice at once."

    def handle(self, *args, **options):
        call_command("publish_scheduled")  # scheduled publishing and expiry
        call_command("clearsessions")
        AuditEntry.objects.outdated().delete()
