"""The plans app."""

from django.apps import AppConfig


class PlansConfig(AppConfig):
    """Activity plans: goals, activities, component packages, reviews, summaries."""

    name = "tugiplaan.plans"
    verbose_name = "Tegevusplaanid"
