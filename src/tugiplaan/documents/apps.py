"""The documents app."""

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    """Files: what was uploaded or made, to whom it belongs, how long it is kept."""

    name = "tugiplaan.documents"
    verbose_name = "Dokumendid"
