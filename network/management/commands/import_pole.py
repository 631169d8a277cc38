from django.core.management.base import BaseCommand, CommandError

from network.provisioning import Refusal
from network.transfer.load import import_pole


class Command(BaseCommand):
    help = "Open a pôle from the file that export_pole wrote, in an install that does not have it."

    def add_arguments(self, parser):
        parser.add_argument("file")
        parser.add_argument("--hostname", default="", help="another address than the one it had")

    def handle(self, *args, file, hostname, **options):
        try:
            report = import_pole(file, hostname=hostname)
        except FileNotFoundError:
            raise CommandError(f"{file}: no such file.") from None
        except Refusal as refusal:
            raise CommandError("\n".join(refusal.messages)) from None
        self.stdout.write(self.style.SUCCESS(report.site.root_url))
