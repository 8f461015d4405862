"""The delivery app."""

from django.apps import AppConfig


class DeliveryConfig(AppConfig):
    """What was done: hours, days, component hours, sessions, incidents, isolation."""

    name = "tugiplaan.delivery"
    verbose_name = "Teenuse osutamine"
