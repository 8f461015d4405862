"""The documents app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DocumentsConfig(AppConfig):
    """Files: what was uploaded or made, to whom it belongs, how long it is kept."""

    name = "tugiplaan.documents"
    verbose_name = _("Dokumendid")
