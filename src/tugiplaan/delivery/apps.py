"""The delivery app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DeliveryConfig(AppConfig):
    """What was done: hours, days, component hours, sessions, incidents, isolation."""

    name = "tugiplaan.delivery"
    verbose_name = _("Teenuse osutamine")
