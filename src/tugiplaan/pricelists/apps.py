"""The pricelists app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PricelistsConfig(AppConfig):
    """Own prices, component price lists, and a provider's own sourced rates."""

    name = "tugiplaan.pricelists"
    verbose_name = _("Hinnakirjad")
