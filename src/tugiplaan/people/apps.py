"""The people app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PeopleConfig(AppConfig):
    """The people who are supported, those who speak for them, and their network."""

    name = "tugiplaan.people"
    verbose_name = _("Inimesed")
