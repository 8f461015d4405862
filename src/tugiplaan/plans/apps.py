"""The plans app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PlansConfig(AppConfig):
    """Activity plans: goals, activities, component packages, reviews, summaries."""

    name = "tugiplaan.plans"
    verbose_name = _("Tegevusplaanid")
