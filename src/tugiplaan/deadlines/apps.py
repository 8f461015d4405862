"""The deadlines app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DeadlinesConfig(AppConfig):
    """What is due, derived from facts; of its own it keeps only the keys of calendars."""

    name = "tugiplaan.deadlines"
    verbose_name = _("Kalender")
