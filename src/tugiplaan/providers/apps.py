"""The providers app."""

from django.apps import AppConfig


class ProvidersConfig(AppConfig):
    """Providers: places, licences, contracts, staff, and the book of each month."""

    name = "tugiplaan.providers"
    verbose_name = "Teenuseosutajad"
