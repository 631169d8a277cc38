from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from network.transfer.export import export_pole
from poles.registry import Pole


class Command(BaseCommand):
    help = "Write everything that is a pôle's in one ZIP file: pages, pictures, documents, people."

    def add_arguments(self, parser):
        parser.add_argument("--pays", required=True, help="code of the pays, e.g. fougeres")
        parser.add_argument("--output", required=True, type=Path, help="the file to write")

    def handle(self, *args, pays, output, **options):
        pole = Pole.objects.at(pays)
        if pole is None:
            raise CommandError(f"No pôle has a site in the pays “{pays}”.")
        output.write_bytes(export_pole(pole).getvalue())
        self.stdout.write(self.style.SUCCESS(f"{output}: {output.stat().st_size / 1e6:.1f} MB"))
