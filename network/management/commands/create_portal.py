from django.core.management.base import BaseCommand, CommandError

from network.provisioning import Refusal, provision_portal


class Command(BaseCommand):
    help = "Make the network: its portal, languages, pays and rights. To be run once, before the first pôle."

    def add_arguments(self, parser):
        parser.add_argument("--hostname", required=True, help="e.g. reseau.example.org")
        parser.add_argument("--name", default="Réseau des pôles ESS de Bretagne")

    def handle(self, *args, hostname, name, **options):
        try:
            report = provision_portal(hostname=hostname, name=name)
        except Refusal as refusal:
            raise CommandError("\n".join(refusal.messages)) from None
        for line in report.lines or ["Nothing to do: the portal was complete."]:
            self.stdout.write(f"  {line}")
        self.stdout.write(self.style.SUCCESS(report.site.root_url))
