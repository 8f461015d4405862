"""The assessments app."""

from django.apps import AppConfig


class AssessmentsConfig(AppConfig):
    """Assessments of support need by versioned instruments."""

    name = "tugiplaan.assessments"
    verbose_name = "Hindamised"
