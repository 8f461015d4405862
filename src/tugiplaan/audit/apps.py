"""The audit app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AuditConfig(AppConfig):
    """Events, and the history of rows."""

    name = "tugiplaan.audit"
    verbose_name = _("Sündmuste raamat")
