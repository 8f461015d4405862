"""The quality app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class QualityConfig(AppConfig):
    """Assessment rounds by the themes of QualityRights, improvements, complaints."""

    name = "tugiplaan.quality"
    verbose_name = _("Kvaliteet")
