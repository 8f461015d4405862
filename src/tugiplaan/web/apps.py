"""The web application for Django."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Pages, their templates, their words in three languages."""

    name = "tugiplaan.web"
