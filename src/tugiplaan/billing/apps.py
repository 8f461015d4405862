"""The billing app."""

from django.apps import AppConfig


class BillingConfig(AppConfig):
    """What is owed: statements, invoices, corrections, payments, own contribution."""

    name = "tugiplaan.billing"
    verbose_name = "Arveldus"
