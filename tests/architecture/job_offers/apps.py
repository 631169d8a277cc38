from django.apps import AppConfig


class JobOffersConfig(AppConfig):
    name = "tests.architecture.job_offers"
    label = "job_offers"
    default_auto_field = "django.db.models.BigAutoField"
