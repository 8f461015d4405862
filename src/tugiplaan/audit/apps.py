"""The audit app."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """Events, and the history of rows."""

    name = "tugiplaan.audit"
    verbose_name = "Sündmuste raamat"
