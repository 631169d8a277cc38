from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand
from wagtail.models import Site

from demo.loader import load_demo, pole_slugs, steps
from demo.removal import remove_demo

BAR = 30


class Command(BaseCommand):
    help = "Load the demo network (what is missing of it), or remove it."

    def add_arguments(self, parser):
        parser.add_argument("--remove", action="store_true", help="remove the demo's pôles, pages, files and accounts")
        parser.add_argument("--only", nargs="+", choices=pole_slugs(), help="these pays alone: a smaller demo")

    def handle(self, *args, remove, only, **options):
        if remove:
            self.stdout.write(f"{remove_demo()} pôles removed.")
            return
        self.done = 0
        self.steps = steps(only)
        load_demo(self.progress, only)
        self.stdout.write("")
        self.show_addresses()

    def progress(self, step):
        self.done += 1
        filled = BAR * self.done // self.steps
        self.stdout.write(f"\r[{'█' * filled}{'·' * (BAR - filled)}] {step:<24}", ending="")
        self.stdout.flush()

    def show_addresses(self):
        self.stdout.write("\nSites")
        for site in Site.objects.select_related("root_page").order_by("-is_default_site", "hostname"):
            self.stdout.write(f"  {site.root_url:<46} {site.site_name}")
        account = get_user_model().objects.get(email="admin@example.org")
        known = account.check_password(settings.DEMO_PASSWORD)
        password = settings.DEMO_PASSWORD if known else "the one of the first load"
        self.stdout.write(f"\nEditor  {settings.WAGTAILADMIN_BASE_URL}/admin/   (password: {password})")
        for email, who in (
            ("reseau@example.org", "network admin"),
            ("publication.fougeres@example.org", "publishes at Fougères (the same for every pôle)"),
            ("redaction.fougeres@example.org", "writes at Fougères (the same for every pôle)"),
            ("admin@example.org", "superuser"),
        ):
            self.stdout.write(f"  {email:<46} {who}")
