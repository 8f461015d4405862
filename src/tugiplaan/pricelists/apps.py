"""The pricelists app."""

from django.apps import AppConfig


class PricelistsConfig(AppConfig):
    """Own prices, component price lists, and a provider's own sourced rates."""

    name = "tugiplaan.pricelists"
    verbose_name = "Hinnakirjad"
