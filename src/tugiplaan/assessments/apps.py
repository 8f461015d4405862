"""The assessments app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AssessmentsConfig(AppConfig):
    """Assessments of support need by versioned instruments."""

    name = "tugiplaan.assessments"
    verbose_name = _("Hindamised")
