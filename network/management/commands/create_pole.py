from django.core.management.base import BaseCommand, CommandError

from core.theme.palettes import DEFAULT_PALETTE
from network.provisioning import Refusal, provision_pole


class Command(BaseCommand):
    help = "Open a pôle: its site, pages, groups, rights and identity. May be run again: it adds what is missing."

    def add_arguments(self, parser):
        parser.add_argument("--pays", required=True, help="code of the pays, e.g. fougeres")
        parser.add_argument("--name", required=True, help="name of the pôle")
        parser.add_argument("--hostname", required=True, help="e.g. fougeres.example.org")
        parser.add_argument("--palette", default=DEFAULT_PALETTE)
        parser.add_argument("--email", default="", help="public address of the pôle")
        parser.add_argument("--dry-run", action="store_true", help="say what would be made, make nothing")

    def handle(self, *args, pays, name, hostname, palette, email, dry_run, **options):
        try:
            report = provision_pole(
                pays=pays, name=name, hostname=hostname, palette=palette, email=email, dry_run=dry_run
            )
        except Refusal as refusal:
            raise CommandError("\n".join(refusal.messages)) from None
        for line in report.lines or ["Nothing to do: the pôle was complete."]:
            self.stdout.write(f"  {line}")
        if dry_run:
            self.stdout.write(self.style.WARNING("Dry run: nothing was kept."))
        else:
            self.stdout.write(self.style.SUCCESS(report.site.root_url))
