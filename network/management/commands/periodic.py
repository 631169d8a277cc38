from django.core.management.base import BaseCommand, CommandError

from core.seams import brought
from network.periodic import run


class Command(BaseCommand):
    help = "What must happen by itself: run it every five minutes, from any machine. Safe to run twice at once."

    def handle(self, *args, **options):
        failed = [job.name for job in brought("periodic_jobs") if not run(job)]
        if failed:
            raise CommandError(f"Failed: {', '.join(failed)}. The log says why; the others ran.")
