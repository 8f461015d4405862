"""The people app."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """The people who are supported, those who speak for them, and their network."""

    name = "tugiplaan.people"
    verbose_name = "Inimesed"
