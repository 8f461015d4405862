"""The providers app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProvidersConfig(AppConfig):
    """Providers: places, licences, contracts, staff, and the book of each month."""

    name = "tugiplaan.providers"
    verbose_name = _("Teenuseosutajad")
