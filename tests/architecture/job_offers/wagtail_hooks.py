from wagtail import hooks
from wagtail.blocks import IntegerBlock

from commons.latest import LatestBlock
from core.seams import HomeBlockType, NetworkListing, PeriodicJob, StarterPage, add_page_button
from core.transfer.parts import PageRows
from tests.architecture.job_offers.models import Application, JobIndexPage, JobOfferPage


class LatestOffersBlock(LatestBlock):
    model, context_name = JobOfferPage, "latest_offers"

    count = IntegerBlock(default=3, min_value=1, max_value=12)

    class Meta:
        label = "Dernières offres"
        template = "job_offers/latest.html"


@hooks.register("starter_pages")
def starter_pages():
    return [
        StarterPage(
            JobIndexPage, "Offres d’emploi", "emploi", order=45, key="emploi", label="Offres d’emploi", in_menu=True
        )
    ]


@hooks.register("editor_tasks")
def job_tasks(site, user):
    return add_page_button(site, user, JobIndexPage, JobOfferPage, "Proposer un emploi", "user", 45)


@hooks.register("home_blocks")
def home_blocks():
    return [HomeBlockType("latest_offers", LatestOffersBlock, 45, frozenset({"pole"}))]


@hooks.register("network_listings")
def network_listings():
    return [
        NetworkListing(
            "network_offers",
            JobOfferPage,
            label="Emplois de tous les pôles",
            heading="On recrute dans le réseau",
            description="Les dernières offres, chacune avec le nom de son pôle.",
            empty="Aucune offre pour le moment.",
            order=45,
            is_default=True,
        )
    ]


@hooks.register("transfer_parts")
def transfer_parts():
    return [PageRows("applications", Application, "offer")]


@hooks.register("periodic_jobs")
def periodic_jobs():
    return [PeriodicJob("forget refused applications", Application.objects.filter(name="").delete)]
