"""The billing app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BillingConfig(AppConfig):
    """What is owed: statements, invoices, corrections, payments, own contribution."""

    name = "tugiplaan.billing"
    verbose_name = _("Arveldus")
